//===- NumberKernel.cpp - Sums of products of bytes -----------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Transforms/NumberKernel.h"
#include "bitserial/Transforms/KernelCost.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace mlir::bitserial;

//===----------------------------------------------------------------------===//
// Which instructions
//===----------------------------------------------------------------------===//

namespace {
/// How products are formed and added up.
enum class Form {
  /// Four bytes by one instruction that adds to 32 bits: vpdpbusd, sdot, udot.
  Dot,
  /// vpmaddubsw: pairs of unsigned times signed bytes, in 16 bits.
  PairsOfBytes,
  /// vpmaddwd: pairs of 16-bit numbers, in 32 bits.
  PairsOfWords,
  /// smull, smlal: signed bytes in 16 bits, pairs of which are added by saddlp.
  Widening,
  /// Each number in a lane of 32 bits.
  Lanes,
};

/// The instructions for a spec, and what bounds follow for it.
struct Plan {
  Form form = Form::Lanes;
  StringRef intrinsic; ///< That multiplies; of Form::Lanes and Widening none.
  /// What a step adds to a 16-bit accumulator at most; 0 if there is none.
  int64_t cost = 0;
};
} // namespace

static constexpr int64_t kCapacity = INT16_MAX;

/// The largest magnitude of a product.
static int64_t getMaxProduct(const KernelSpec &spec) {
  const WordNumbers &lhs = spec.numbers[0], &rhs = spec.numbers[1];
  int64_t most = 0;
  for (int64_t a : {lhs.min, lhs.max})
    for (int64_t w : {rhs.min, rhs.max})
      most = std::max(most, std::abs(a * w));
  return most;
}

/// The x86 intrinsic of `names`, for 128, 256 and 512 bits.
static StringRef pick(int64_t bits, std::array<StringRef, 3> names) {
  return names[bits == 128 ? 0 : bits == 256 ? 1 : 2];
}

static Plan planX86(const KernelSpec &spec, const Target &target,
                    int64_t bits) {
  bool avx512 = bits == 512 ? target.hasFeature("avx512bw")
                            : target.hasFeature("avx512vl");
  const WordNumbers &lhs = spec.numbers[0], &rhs = spec.numbers[1];
  if (lhs.bits == 16)
    return {Form::PairsOfWords,
            pick(bits, {"llvm.x86.sse2.pmadd.wd", "llvm.x86.avx2.pmadd.wd",
                        "llvm.x86.avx512.pmaddw.d.512"})};
  if (lhs.isSigned || !rhs.isSigned)
    return {};
  if ((target.hasFeature("avx512vnni") && avx512) ||
      (target.hasFeature("avxvnni") && bits < 512))
    return {Form::Dot, pick(bits, {"llvm.x86.avx512.vpdpbusd.128",
                                   "llvm.x86.avx512.vpdpbusd.256",
                                   "llvm.x86.avx512.vpdpbusd.512"})};
  if (int64_t pair = 2 * getMaxProduct(spec);
      pair <= kCapacity && target.hasFeature("ssse3"))
    return {Form::PairsOfBytes,
            pick(bits,
                 {"llvm.x86.ssse3.pmadd.ub.sw.128", "llvm.x86.avx2.pmadd.ub.sw",
                  "llvm.x86.avx512.pmaddubs.w.512"}),
            pair};
  return {};
}

static Plan makePlan(const KernelSpec &spec, const Target &target,
                     int64_t numLanes) {
  int64_t bits = numLanes * spec.wordBits;
  if (spec.wordBits != 32)
    return {};
  if (target.arch() == Arch::X86_64)
    return bits >= 128 && bits <= target.vectorBits() &&
                   (bits < 512 || target.hasFeature("avx512bw"))
               ? planX86(spec, target, bits)
               : Plan();
  const WordNumbers &lhs = spec.numbers[0], &rhs = spec.numbers[1];
  if (bits != 128 || lhs.bits != 8 || lhs.isSigned != rhs.isSigned)
    return {};
  if (target.arch() == Arch::AArch64 && target.hasFeature("dotprod"))
    return {Form::Dot,
            lhs.isSigned ? "llvm.aarch64.neon.sdot" : "llvm.aarch64.neon.udot"};
  if (lhs.isSigned && getMaxProduct(spec) <= kCapacity)
    return {Form::Widening, "", getMaxProduct(spec)};
  return {};
}

NumberTypes bitserial::chooseNumberTypes(MLIRContext *context,
                                         const NumberFormat &lhs,
                                         const NumberFormat &rhs,
                                         const Target &target) {
  auto type = [&](unsigned bits, bool isSigned) {
    return IntegerType::get(
        context, bits, isSigned ? IntegerType::Signed : IntegerType::Unsigned);
  };
  if (target.arch() != Arch::X86_64)
    return {type(8, true), type(8, true)};
  NumberTypes bytes = {type(8, false), type(8, true)};
  Plan plan = makePlan(getNumberSpec(lhs, rhs, bytes, 32), target,
                       target.vectorBits() / 32);
  if (plan.form != Form::Lanes)
    return bytes;
  return {type(16, true), type(16, true)};
}

KernelSpec bitserial::getNumberSpec(const NumberFormat &lhs,
                                    const NumberFormat &rhs,
                                    const NumberTypes &types,
                                    unsigned wordBits) {
  KernelSpec spec;
  spec.numPlanes = {1, 1};
  spec.polynomial = BitPolynomial::variable(0) * BitPolynomial::variable(1);
  spec.wordBits = wordBits;
  for (auto [format, type] : {std::pair(&lhs, types.lhs), {&rhs, types.rhs}}) {
    NumberCode code = format->getCode(type.getWidth(), type.isSigned());
    spec.numbers.push_back({type.getWidth(), type.isSigned(),
                            std::min<int64_t>(code.min, 0),
                            std::max<int64_t>(code.max, 0)});
  }
  return spec;
}

//===----------------------------------------------------------------------===//
// The functions
//===----------------------------------------------------------------------===//

namespace {
class NumberKernelBuilder {
public:
  NumberKernelBuilder(MLIRContext *context, const KernelSpec &spec,
                      const Target &target, int64_t numLanes,
                      int64_t maxPositions);

  OwningOpRef<ModuleOp> build();

private:
  VectorType vectorOf(int64_t size, unsigned width) {
    return VectorType::get(size, b.getIntegerType(width));
  }
  Value bitcast(Value vector, unsigned width) {
    auto type = cast<VectorType>(vector.getType());
    int64_t bits = type.getNumElements() * type.getElementTypeBitWidth();
    if (type.getElementTypeBitWidth() == width)
      return vector;
    return vector::BitCastOp::create(b, loc, vectorOf(bits / width, width),
                                     vector);
  }
  Value call(StringRef name, Type type, ValueRange operands) {
    return LLVM::CallIntrinsicOp::create(b, loc, type, b.getStringAttr(name),
                                         operands)
        .getResult(0);
  }
  Value add(Value a, Value c) { return arith::AddIOp::create(b, loc, a, c); }
  Value zero(Type type) {
    return arith::ConstantOp::create(b, loc, b.getZeroAttr(type));
  }
  /// Each number of a lane's word widened to 32 bits.
  Value widenNumber(Value words, unsigned index, const WordNumbers &numbers);
  /// Half of a vector of bytes, as 16-bit numbers.
  Value widenHalf(Value bytes, unsigned half);
  /// Sums of pairs of 16-bit counts, in 32 bits.
  Value addPairs(Value counts);
  /// The products of one position added to `accumulators`: to the counters if
  /// there are any, else to the sums.
  SmallVector<Value> addProducts(ValueRange accumulators, Value a, Value w);
  /// State without counts, which have been added to the sums.
  SmallVector<Value> flush(ValueRange state);

  Block::BlockArgListType startFunction(StringRef name, TypeRange arguments,
                                        TypeRange results);
  void buildFinish();

  OpBuilder b;
  Location loc;
  const KernelSpec &spec;
  const Target &target;
  Plan plan;
  VectorType wordType, resultType;
  /// Steps that the counters hold; 1 if these are not worth having.
  bool hasCounters = false;
  /// Whether counters hold all that a sum adds to them: they are the sums.
  bool isNarrow = false;
  std::optional<int64_t> limit;
  SmallVector<Type> counterTypes, sumTypes, stateTypes;
};
} // namespace

NumberKernelBuilder::NumberKernelBuilder(MLIRContext *context,
                                         const KernelSpec &spec,
                                         const Target &target, int64_t numLanes,
                                         int64_t maxPositions)
    : b(context), loc(UnknownLoc::get(context)), spec(spec), target(target),
      plan(makePlan(spec, target, numLanes)),
      wordType(vectorOf(numLanes, spec.wordBits)),
      resultType(vectorOf(numLanes, 32)) {
  // Half of the outputs each, as widening instructions leave them.
  size_t vectors = plan.form == Form::Widening ? 2 : 1;
  sumTypes.assign(vectors, resultType);
  if (plan.cost) {
    // Emptying them takes two or three instructions.
    constexpr int64_t kFewest = 3;
    int64_t total;
    isNarrow = !llvm::MulOverflow(plan.cost, maxPositions, total) &&
               total <= kCapacity;
    hasCounters = isNarrow || kCapacity / plan.cost >= kFewest;
    if (hasCounters)
      counterTypes.assign(vectors, vectorOf(2 * numLanes, 16));
    if (isNarrow) {
      sumTypes.clear();
      limit = maxPositions;
    }
  }
  stateTypes = counterTypes;
  llvm::append_range(stateTypes, sumTypes);
}

Value NumberKernelBuilder::widenNumber(Value words, unsigned index,
                                       const WordNumbers &numbers) {
  Value lanes = words;
  auto lanesType = cast<VectorType>(words.getType());
  if (index)
    lanes = arith::ShRUIOp::create(
        b, loc, lanes,
        arith::ConstantOp::create(
            b, loc,
            DenseElementsAttr::get(
                lanesType, APInt(spec.wordBits, index * numbers.bits))));
  auto type = vectorOf(lanesType.getNumElements(), numbers.bits);
  if (lanes.getType() != type)
    lanes = arith::TruncIOp::create(b, loc, type, lanes);
  if (numbers.isSigned)
    return arith::ExtSIOp::create(b, loc, resultType, lanes);
  return arith::ExtUIOp::create(b, loc, resultType, lanes);
}

Value NumberKernelBuilder::widenHalf(Value bytes, unsigned half) {
  int64_t size = cast<VectorType>(bytes.getType()).getNumElements() / 2;
  Value part = vector::ExtractStridedSliceOp::create(
      b, loc, bytes, ArrayRef<int64_t>{int64_t(half) * size},
      ArrayRef<int64_t>{size}, ArrayRef<int64_t>{1});
  return arith::ExtSIOp::create(b, loc, vectorOf(size, 16), part);
}

Value NumberKernelBuilder::addPairs(Value counts) {
  if (target.arch() != Arch::X86_64)
    return call(target.arch() == Arch::AArch64 ? "llvm.aarch64.neon.saddlp"
                                               : "llvm.arm.neon.vpaddls",
                resultType, counts);
  Value ones = arith::ConstantOp::create(
      b, loc,
      DenseElementsAttr::get(cast<VectorType>(counts.getType()), APInt(16, 1)));
  return call(pick(resultType.getNumElements() * 32,
                   {"llvm.x86.sse2.pmadd.wd", "llvm.x86.avx2.pmadd.wd",
                    "llvm.x86.avx512.pmaddw.d.512"}),
              resultType, {counts, ones});
}

SmallVector<Value> NumberKernelBuilder::addProducts(ValueRange accumulators,
                                                    Value a, Value w) {
  switch (plan.form) {
  case Form::Dot:
    return {call(plan.intrinsic, resultType,
                 {accumulators[0], bitcast(a, 8), bitcast(w, 8)})};
  case Form::PairsOfWords:
    return {add(accumulators[0], call(plan.intrinsic, resultType,
                                      {bitcast(a, 16), bitcast(w, 16)}))};
  case Form::PairsOfBytes: {
    Value pairs =
        call(plan.intrinsic, vectorOf(2 * wordType.getNumElements(), 16),
             {bitcast(a, 8), bitcast(w, 8)});
    return {add(accumulators[0], hasCounters ? pairs : addPairs(pairs))};
  }
  case Form::Widening: {
    SmallVector<Value> results;
    for (unsigned half = 0; half < 2; ++half) {
      Value products =
          arith::MulIOp::create(b, loc, widenHalf(bitcast(a, 8), half),
                                widenHalf(bitcast(w, 8), half));
      results.push_back(
          add(accumulators[half], hasCounters ? products : addPairs(products)));
    }
    return results;
  }
  case Form::Lanes: {
    Value sum = accumulators[0];
    for (unsigned i = 0; i < spec.wordBits / spec.numbers[0].bits; ++i)
      sum = add(sum, arith::MulIOp::create(b, loc,
                                           widenNumber(a, i, spec.numbers[0]),
                                           widenNumber(w, i, spec.numbers[1])));
    return {sum};
  }
  }
  llvm_unreachable("all forms are handled");
}

SmallVector<Value> NumberKernelBuilder::flush(ValueRange state) {
  SmallVector<Value> result;
  for (Type type : counterTypes)
    result.push_back(zero(type));
  for (auto [counts, sum] :
       llvm::zip_equal(state.take_front(counterTypes.size()),
                       state.drop_front(counterTypes.size())))
    result.push_back(add(sum, addPairs(counts)));
  return result;
}

Block::BlockArgListType NumberKernelBuilder::startFunction(StringRef name,
                                                           TypeRange arguments,
                                                           TypeRange results) {
  auto function =
      func::FuncOp::create(b, loc, name, b.getFunctionType(arguments, results));
  b.setInsertionPointToStart(function.addEntryBlock());
  return function.getArguments();
}

void NumberKernelBuilder::buildFinish() {
  OpBuilder::InsertionGuard guard(b);
  VectorType sumType = spec.lanesAreReduction ? vectorOf(1, 32) : resultType;
  SmallVector<Value> sums =
      llvm::to_vector_of<Value>(startFunction("finish", stateTypes, sumType));
  if (isNarrow)
    for (Value &sum : sums)
      sum = addPairs(sum);
  else
    sums.erase(sums.begin(), sums.begin() + counterTypes.size());
  Value sum = sums.front();
  if (sums.size() == 2) {
    // Two sums of each output side by side, of half of the outputs each.
    int64_t size = resultType.getNumElements();
    auto take = [&](int64_t first) -> Value {
      SmallVector<int64_t> places;
      for (int64_t i = 0; i < size; ++i)
        places.push_back(2 * i + first);
      return vector::ShuffleOp::create(b, loc, sums[0], sums[1], places);
    };
    sum = add(take(0), take(1));
  }
  if (spec.lanesAreReduction) {
    sum = vector::ReductionOp::create(b, loc, vector::CombiningKind::ADD, sum);
    sum = vector::BroadcastOp::create(b, loc, sumType, sum);
  }
  func::ReturnOp::create(b, loc, sum);
}

/// What the instructions are called.
static std::string describe(const Plan &plan, bool hasCounters,
                            const Target &target) {
  switch (plan.form) {
  case Form::Dot:
    return target.arch() == Arch::X86_64 ? "vpdpbusd" : "sdot";
  case Form::PairsOfBytes:
    return hasCounters ? "vpmaddubsw, added up in 16 bits"
                       : "vpmaddubsw and vpmaddwd";
  case Form::PairsOfWords:
    return "vpmaddwd";
  case Form::Widening:
    return hasCounters ? "smlal, added up in 16 bits" : "smull and sadalp";
  case Form::Lanes:
    return "multiplication in 32 bits";
  }
  llvm_unreachable("all forms are handled");
}

OwningOpRef<ModuleOp> NumberKernelBuilder::build() {
  OwningOpRef<ModuleOp> module = ModuleOp::create(loc, "numbers");
  b.setInsertionPointToEnd(module->getBody());
  Kernel kernel;
  kernel.module = *module;
  kernel.spec = spec;
  bool flushes = hasCounters && !isNarrow;
  for (size_t i = 0; i < counterTypes.size(); ++i)
    kernel.stateKinds.push_back(flushes ? StateKind::SignedCounter
                                        : StateKind::Sum);
  kernel.stateKinds.append(sumTypes.size(), StateKind::Sum);
  kernel.sketch =
      "products of numbers by " + describe(plan, hasCounters, target);
  kernel.maxPositions = limit;
  KernelPass &pass = kernel.passes.emplace_back();
  pass.planes = {0, 1};
  pass.capacity = flushes ? kCapacity : 0;
  pass.steps.push_back({1, unsigned(flushes ? plan.cost : 0), {}});
  {
    OpBuilder::InsertionGuard guard(b);
    SmallVector<Type> arguments = stateTypes;
    arguments.append(2, wordType);
    SmallVector<Value> values = llvm::to_vector_of<Value>(
        startFunction("step_0_1", arguments, stateTypes));
    size_t count = hasCounters ? counterTypes.size() : sumTypes.size();
    SmallVector<Value> state(ArrayRef(values).drop_back(2));
    llvm::copy(addProducts(ArrayRef(state).take_front(count),
                           values[values.size() - 2], values.back()),
               state.begin());
    func::ReturnOp::create(b, loc, state);
  }
  if (flushes)
    for (StringRef name : {"flush_0", "end_0"}) {
      OpBuilder::InsertionGuard guard(b);
      auto state = startFunction(name, stateTypes, stateTypes);
      func::ReturnOp::create(b, loc, flush(llvm::to_vector_of<Value>(state)));
    }
  buildFinish();
  kernel.writeAttribute();
  return module;
}

OwningOpRef<ModuleOp> bitserial::makeNumberKernel(MLIRContext *context,
                                                  const KernelSpec &spec,
                                                  const Target &target,
                                                  int64_t numLanes,
                                                  int64_t maxPositions) {
  context->loadDialect<arith::ArithDialect, func::FuncDialect,
                       LLVM::LLVMDialect, vector::VectorDialect>();
  return NumberKernelBuilder(context, spec, target, numLanes,
                             std::max<int64_t>(maxPositions, 1))
      .build();
}

//===----------------------------------------------------------------------===//
// Tile and cost
//===----------------------------------------------------------------------===//

NumberRegisters bitserial::getNumberRegisters(const KernelSpec &spec,
                                              const Target &target) {
  switch (makePlan(spec, target, target.vectorBits() / 32).form) {
  case Form::Dot:
    return {1, 0};
  case Form::PairsOfWords: // A product.
    return {1, 1};
  case Form::PairsOfBytes: // And ones that widen it, where it is not counted.
    return {1, 2};
  case Form::Widening: // Two vectors for each of outputs.
    return {2, 2};
  case Form::Lanes: // Parts of either word and their product.
    return {1, 3};
  }
  llvm_unreachable("all forms are handled");
}

MicroTile bitserial::getNumberTile(const KernelSpec &spec,
                                   const Target &target) {
  bool wide = target.vectorRegisters() >= 32;
  auto tile = [&](MicroTile ofMany, MicroTile ofFew) {
    MicroTile result = wide ? ofMany : ofFew;
    result.isFastest = false; // What counts is how many accumulators there are.
    return result;
  };
  switch (makePlan(spec, target, target.vectorBits() / 32).form) {
  case Form::Dot:
    return tile({6, 4}, {4, 3});
  case Form::PairsOfBytes:
  case Form::PairsOfWords:
    return tile({6, 4}, {4, 2});
  case Form::Widening: // Two vectors for each of outputs.
  case Form::Lanes:
    return tile({4, 2}, {2, 2});
  }
  llvm_unreachable("all forms are handled");
}

/// How many vector instructions of other kinds a CPU executes in the time of
/// one that multiplies. From the ports of uops.info and Arm's optimisation
/// guides, and measured on Zen 5, where counting bits in 256 bits is slower
/// than ports say.
static double getMultiplyCost(const Target &target, Form form) {
  StringRef cpu = target.cpu();
  if (target.arch() == Arch::X86_64) {
    bool is512 = target.vectorBits() == 512;
    if (cpu.starts_with("znver"))
      return is512 ? 2 : 1;
    if (cpu == "haswell" || cpu == "broadwell")
      return 3;
    return is512 ? 1 : 1.5;
  }
  if (form == Form::Dot || getVectorOpsPerCycle(target) == 1)
    return 1;
  return 2;
}

double bitserial::getNumberCost(const KernelSpec &spec, const Target &target,
                                int64_t numLanes, int64_t maxPositions) {
  Plan plan = makePlan(spec, target, numLanes);
  double multiply = getMultiplyCost(target, plan.form);
  bool counts = plan.cost && (plan.cost * double(maxPositions) <= kCapacity ||
                              kCapacity / plan.cost >= 3);
  double perFlush =
      counts ? 3.0 / std::max<int64_t>(kCapacity / plan.cost, 1) : 0;
  switch (plan.form) {
  case Form::Dot:
    return multiply;
  case Form::PairsOfWords:
    return multiply + 1;
  case Form::PairsOfBytes:
    return multiply + 1 + (counts ? perFlush : multiply);
  case Form::Widening:
    return 2 * (multiply + (counts ? perFlush : 1));
  case Form::Lanes:
    return double(spec.wordBits / spec.numbers[0].bits) * (multiply + 7);
  }
  llvm_unreachable("all forms are handled");
}

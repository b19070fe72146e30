//===- ReferenceKernel.cpp - The kernel that is right everywhere ----------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Transforms/Kernel.h"
#include "bitserial/Transforms/KernelEmission.h"
#include "bitserial/Transforms/NumberKernel.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/Builders.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MathExtras.h"

#include <map>

using namespace mlir;
using namespace mlir::bitserial;

//===----------------------------------------------------------------------===//
// The counting plan
//===----------------------------------------------------------------------===//

namespace {
/// One pass over the reductions: counts one monomial.
struct CountingPass {
  BitPolynomial::Monomial planes;
  bool negative;
  /// What the accumulators are multiplied by after the pass.
  int64_t scale;
};

/// The monomials with one coefficient; they are counted together if all are
/// counted in one pass.
struct CountingGroup {
  int64_t coefficient;
  SmallVector<BitPolynomial::Monomial> monomials;
};

/// How the polynomial sum_t c_t * pop(AND of planes t) is computed with one set
/// of accumulators: Horner's rule over the coefficients where each divides the
/// one before it, as for planes of powers of two; else every pass is scaled by
/// its own coefficient and added to a total.
struct CountingPlan {
  SmallVector<CountingPass> passes;
  bool isHorner = true;
  /// The largest magnitude of an accumulator per counted bit position.
  int64_t maxPerBit = 0;
};
} // namespace

static CountingPlan makePlan(const BitPolynomial &polynomial) {
  SmallVector<std::pair<BitPolynomial::Monomial, int64_t>> terms(
      polynomial.getTerms().begin(), polynomial.getTerms().end());
  // Largest first; planes break ties, so that the order is one and the same.
  llvm::sort(terms, [](auto &a, auto &b) {
    return std::make_pair(-std::abs(a.second), a.first) <
           std::make_pair(-std::abs(b.second), b.first);
  });
  CountingPlan plan;
  for (unsigned i = 0; i < terms.size(); ++i) {
    int64_t next = i + 1 < terms.size() ? std::abs(terms[i + 1].second) : 1;
    plan.isHorner &= std::abs(terms[i].second) % next == 0;
  }
  for (unsigned i = 0; i < terms.size(); ++i) {
    int64_t coefficient = std::abs(terms[i].second);
    int64_t next = i + 1 < terms.size() ? std::abs(terms[i + 1].second) : 1;
    plan.passes.push_back({terms[i].first, terms[i].second < 0,
                           plan.isHorner ? coefficient / next : coefficient});
    // The last scale is applied to the 32-bit result.
    int64_t last = std::abs(terms.back().second);
    plan.maxPerBit = plan.isHorner ? plan.maxPerBit + coefficient / last : 1;
  }
  return plan;
}

/// Smallest coefficient first.
static SmallVector<CountingGroup>
groupByCoefficient(const BitPolynomial &polynomial) {
  std::map<int64_t, SmallVector<BitPolynomial::Monomial>> groups;
  for (auto [monomial, coefficient] : polynomial.getTerms())
    groups[coefficient].push_back(monomial);
  SmallVector<CountingGroup> result;
  for (auto &[coefficient, monomials] : groups)
    result.push_back({coefficient, std::move(monomials)});
  return result;
}

unsigned Kernel::countCoefficients(const KernelSpec &spec) {
  return groupByCoefficient(spec.polynomial).size();
}

//===----------------------------------------------------------------------===//
// The functions
//===----------------------------------------------------------------------===//

namespace {
class ReferenceBuilder {
public:
  ReferenceBuilder(MLIRContext *context, const KernelSpec &spec,
                   int64_t numLanes, std::optional<int64_t> maxPositions,
                   bool singlePass)
      : b(context), loc(UnknownLoc::get(context)), spec(spec),
        plan(makePlan(spec.polynomial)),
        groups(singlePass ? groupByCoefficient(spec.polynomial)
                          : SmallVector<CountingGroup>()),
        wordType(VectorType::get({numLanes}, b.getIntegerType(spec.wordBits))),
        resultType(VectorType::get({numLanes}, b.getI32Type())) {
    chooseAccumulatorType(maxPositions);
  }

  OwningOpRef<ModuleOp> build();

private:
  void chooseAccumulatorType(std::optional<int64_t> maxPositions);
  /// Starts a function from the state and `numWords` words; the builder is in
  /// its body.
  Block::BlockArgListType startFunction(const Twine &name, unsigned numWords,
                                        TypeRange results);
  void buildStep(unsigned index);
  /// Scales what the pass has counted, and adds it to the total if there is
  /// one.
  void buildEnd(unsigned index);
  void buildFinish();
  /// The same in one pass.
  void buildSingleStep();
  void buildSingleFinish();
  /// The number of ones in the AND of `words`, as wide as an accumulator.
  Value count(ValueRange words);
  /// `sum`, lanes of sums, as the result of `finish`.
  void returnSum(Value sum);
  Value scale(Value value, int64_t factor);
  /// An accumulator as a vector of i32.
  Value toResultType(Value accumulator);

  OpBuilder b;
  Location loc;
  const KernelSpec &spec;
  CountingPlan plan;
  /// An accumulator each; empty if there is a pass for each monomial.
  SmallVector<CountingGroup> groups;
  VectorType wordType, resultType, accumulatorType;
  /// What the narrow accumulators limit.
  std::optional<int64_t> limit;
  /// The accumulator, and the total if there is one; or the accumulators.
  SmallVector<Type, 2> stateTypes;
};
} // namespace

void ReferenceBuilder::chooseAccumulatorType(
    std::optional<int64_t> maxPositions) {
  // Counts stay in lanes as wide as words where they cannot overflow them:
  // |accumulator| <= maxPerBit * (bit positions per lane). Otherwise, and where
  // 32 bits are enough for the result modulo 2^32, lanes have 32 bits.
  unsigned width = std::max(spec.wordBits, 32u);
  int64_t positions, bound, maxPerBit = plan.maxPerBit;
  for (const CountingGroup &group : groups)
    maxPerBit = std::max<int64_t>(maxPerBit, group.monomials.size());
  if (spec.wordBits < 32 && maxPositions &&
      !llvm::MulOverflow(*maxPositions, int64_t(spec.wordBits), positions) &&
      !llvm::MulOverflow(positions, maxPerBit, bound) &&
      bound < (int64_t(1) << (spec.wordBits - 1))) {
    width = spec.wordBits;
    limit = *maxPositions;
  }
  accumulatorType =
      VectorType::get(wordType.getShape(), b.getIntegerType(width));
  stateTypes.assign(std::max<size_t>(groups.size(), 1), accumulatorType);
  if (groups.empty() && !plan.isHorner)
    stateTypes.push_back(resultType);
}

Block::BlockArgListType ReferenceBuilder::startFunction(const Twine &name,
                                                        unsigned numWords,
                                                        TypeRange results) {
  SmallVector<Type> arguments(stateTypes.begin(), stateTypes.end());
  arguments.append(numWords, wordType);
  auto function = func::FuncOp::create(b, loc, name.str(),
                                       b.getFunctionType(arguments, results));
  b.setInsertionPointToStart(function.addEntryBlock());
  return function.getArguments();
}

Value ReferenceBuilder::count(ValueRange words) {
  Value bits = words.front();
  for (Value word : words.drop_front())
    bits = arith::AndIOp::create(b, loc, bits, word);
  Value ones = math::CtPopOp::create(b, loc, bits);
  if (ones.getType() != accumulatorType)
    ones = arith::ExtUIOp::create(b, loc, accumulatorType, ones);
  return ones;
}

void ReferenceBuilder::buildSingleStep() {
  OpBuilder::InsertionGuard guard(b);
  auto arguments = startFunction("step_0_1", spec.getTotalPlanes(), stateTypes);
  auto words = arguments.drop_front(stateTypes.size());
  SmallVector<Value> state(arguments.take_front(stateTypes.size()));
  for (auto [accumulator, group] : llvm::zip_equal(state, groups))
    for (BitPolynomial::Monomial monomial : group.monomials) {
      SmallVector<Value> factors;
      for (auto [plane, word] : llvm::enumerate(words))
        if (monomial >> plane & 1)
          factors.push_back(word);
      accumulator = arith::AddIOp::create(b, loc, accumulator, count(factors));
    }
  func::ReturnOp::create(b, loc, state);
}

void ReferenceBuilder::buildSingleFinish() {
  OpBuilder::InsertionGuard guard(b);
  VectorType sumType = spec.lanesAreReduction
                           ? VectorType::get({1}, b.getI32Type())
                           : resultType;
  auto state = startFunction("finish", 0, Type(sumType));
  Value sum;
  for (auto [accumulator, group] : llvm::zip_equal(state, groups)) {
    Value term = scale(toResultType(accumulator), std::abs(group.coefficient));
    if (!sum)
      sum = arith::ConstantOp::create(b, loc, b.getZeroAttr(resultType));
    sum = group.coefficient < 0
              ? arith::SubIOp::create(b, loc, sum, term).getResult()
              : arith::AddIOp::create(b, loc, sum, term);
  }
  returnSum(sum);
}

void ReferenceBuilder::returnSum(Value sum) {
  if (spec.lanesAreReduction) {
    sum = vector::ReductionOp::create(b, loc, vector::CombiningKind::ADD, sum);
    sum = vector::BroadcastOp::create(
        b, loc, VectorType::get({1}, b.getI32Type()), sum);
  }
  func::ReturnOp::create(b, loc, sum);
}

void ReferenceBuilder::buildStep(unsigned index) {
  const CountingPass &pass = plan.passes[index];
  OpBuilder::InsertionGuard guard(b);
  auto arguments = startFunction(llvm::formatv("step_{0}_1", index).str(),
                                 llvm::popcount(pass.planes), stateTypes);
  auto words = arguments.drop_front(stateTypes.size());
  Value ones = count(words);
  Value old = arguments.front();
  SmallVector<Value> state(arguments.take_front(stateTypes.size()));
  state[0] = pass.negative
                 ? arith::SubIOp::create(b, loc, old, ones).getResult()
                 : arith::AddIOp::create(b, loc, old, ones).getResult();
  func::ReturnOp::create(b, loc, state);
}

void ReferenceBuilder::buildEnd(unsigned index) {
  const CountingPass &pass = plan.passes[index];
  if (plan.isHorner && pass.scale == 1)
    return;
  OpBuilder::InsertionGuard guard(b);
  auto state = startFunction("end_" + Twine(index), 0, stateTypes);
  if (plan.isHorner) {
    func::ReturnOp::create(b, loc, scale(state[0], pass.scale));
    return;
  }
  Value counts = scale(toResultType(state[0]), pass.scale);
  Value total = arith::AddIOp::create(b, loc, state[1], counts);
  Value zero =
      arith::ConstantOp::create(b, loc, b.getZeroAttr(accumulatorType));
  func::ReturnOp::create(b, loc, ValueRange{zero, total});
}

void ReferenceBuilder::buildFinish() {
  OpBuilder::InsertionGuard guard(b);
  VectorType sumType = spec.lanesAreReduction
                           ? VectorType::get({1}, b.getI32Type())
                           : resultType;
  Value sum = startFunction("finish", 0, Type(sumType)).back();
  if (plan.isHorner)
    sum = toResultType(sum);
  returnSum(sum);
}

Value ReferenceBuilder::scale(Value value, int64_t factor) {
  if (factor == 1)
    return value;
  auto type = cast<VectorType>(value.getType());
  bool isShift = llvm::isPowerOf2_64(factor);
  // Modulo the width of lanes, as everything here.
  APInt number(64, isShift ? llvm::Log2_64(factor) : factor);
  Value constant = arith::ConstantOp::create(
      b, loc,
      DenseElementsAttr::get(type,
                             number.trunc(type.getElementTypeBitWidth())));
  if (isShift)
    return arith::ShLIOp::create(b, loc, value, constant);
  return arith::MulIOp::create(b, loc, value, constant);
}

Value ReferenceBuilder::toResultType(Value accumulator) {
  unsigned width = accumulatorType.getElementTypeBitWidth();
  if (width > 32)
    return arith::TruncIOp::create(b, loc, resultType, accumulator);
  if (width < 32)
    return arith::ExtSIOp::create(b, loc, resultType, accumulator);
  return accumulator;
}

OwningOpRef<ModuleOp> ReferenceBuilder::build() {
  OwningOpRef<ModuleOp> module = ModuleOp::create(loc, "reference");
  b.setInsertionPointToEnd(module->getBody());
  Kernel kernel;
  kernel.module = *module;
  kernel.spec = spec;
  kernel.stateKinds.assign(stateTypes.size(), StateKind::Sum);
  kernel.sketch = plan.isHorner ? "popcounts, Horner's rule"
                                : "popcounts, scaled and added";
  kernel.maxPositions = limit;
  if (!groups.empty()) {
    kernel.sketch = "popcounts, an accumulator for each coefficient";
    KernelPass &made = kernel.passes.emplace_back();
    made.planes = llvm::to_vector<4>(llvm::seq(spec.getTotalPlanes()));
    made.steps.push_back({1, 0, {}});
    buildSingleStep();
    buildSingleFinish();
    kernel.writeAttribute();
    return module;
  }
  for (auto [index, pass] : llvm::enumerate(plan.passes)) {
    KernelPass &made = kernel.passes.emplace_back();
    for (unsigned plane = 0; plane < spec.getTotalPlanes(); ++plane)
      if (pass.planes >> plane & 1)
        made.planes.push_back(plane);
    made.steps.push_back({1, 0, {}});
    buildStep(index);
    buildEnd(index);
  }
  buildFinish();
  kernel.writeAttribute();
  return module;
}

OwningOpRef<ModuleOp> Kernel::makeReference(MLIRContext *context,
                                            const KernelSpec &spec,
                                            int64_t numLanes,
                                            std::optional<int64_t> maxPositions,
                                            bool singlePass) {
  context->loadDialect<arith::ArithDialect, func::FuncDialect,
                       math::MathDialect, vector::VectorDialect>();
  return ReferenceBuilder(context, spec, numLanes, maxPositions, singlePass)
      .build();
}

OwningOpRef<ModuleOp>
Kernel::makeReference(MLIRContext *context, const KernelSpec &spec,
                      const Target &target,
                      std::optional<int64_t> maxPositions) {
  return makeReference(context, spec,
                       int64_t(target.vectorBits() / spec.wordBits),
                       maxPositions);
}

//===----------------------------------------------------------------------===//
// For an op
//===----------------------------------------------------------------------===//

std::optional<ReferenceLowering>
bitserial::makeReferenceLowering(ReduceOp op, const LaneMapping &lanes,
                                 const Target &target) {
  auto found = KernelSpec::get(op, target);
  if (failed(found))
    return std::nullopt;
  auto &[spec, factor] = *found;
  int64_t positions = getNumPositions(op, lanes);
  OwningOpRef<ModuleOp> module;
  if (!spec.numbers.empty()) {
    module = makeNumberKernel(op.getContext(), spec, target, lanes.numLanes,
                              positions);
  } else {
    int64_t states = getNumStates(op, lanes, target);
    bool singlePass = states > 1 && states * *getNumAccumulators(op, lanes) <=
                                        getMaxAccumulators(target);
    module = Kernel::makeReference(op.getContext(), spec, lanes.numLanes,
                                   positions, singlePass);
  }
  Kernel kernel = *Kernel::get(*module);
  kernel.cpu = target.cpu().str();
  kernel.writeAttribute();
  return ReferenceLowering{std::move(module), std::move(kernel), factor};
}

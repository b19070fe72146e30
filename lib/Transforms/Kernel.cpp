//===- Kernel.cpp - Micro-kernels as MLIR ---------------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Transforms/Kernel.h"
#include "KernelBody.h"
#include "bitserial/IR/Nesting.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/Builders.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "mlir/Parser/Parser.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FormatVariadic.h"

#include <cmath>

using namespace mlir;
using namespace mlir::bitserial;

static constexpr StringLiteral kKernelAttrName = "bitserial.kernel";

// What a kernel may have at most, far beyond what any needs: numbers in
// attributes are checked against them before they are used.
static constexpr int64_t kMaxWords = 64;
static constexpr int64_t kMaxCapacity = int64_t(1) << 31;
static constexpr int64_t kMaxGroup = 64;
static constexpr int64_t kMaxTile = 64;
static constexpr int64_t kMaxStates = 64;
static constexpr int64_t kMaxVectorBits = 1 << 16;
static constexpr size_t kMaxOps = 1 << 14;

StringRef bitserial::stringifyStateKind(StateKind kind) {
  switch (kind) {
  case StateKind::Sum:
    return "sum";
  case StateKind::Counter:
    return "counter";
  case StateKind::SignedCounter:
    return "signed-counter";
  case StateKind::Bits:
    return "bits";
  }
  llvm_unreachable("unknown kind of state");
}

static std::optional<StateKind> parseStateKind(StringRef name) {
  for (StateKind kind : {StateKind::Sum, StateKind::Counter,
                         StateKind::SignedCounter, StateKind::Bits})
    if (name == stringifyStateKind(kind))
      return kind;
  return std::nullopt;
}

VectorType Kernel::wordType() const {
  func::FuncOp step = passes.front().steps.front().function;
  return cast<VectorType>(step.getArgumentTypes().back());
}

bool Kernel::isSupportedBy(const Target &target) const {
  return llvm::all_of(features, [&](const std::string &feature) {
    return target.hasFeature(feature);
  });
}

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

/// Whether a vector of integers has more bits than any kernel needs.
static bool isTooLarge(VectorType type) {
  int64_t bits = type.getElementTypeBitWidth();
  for (int64_t size : type.getShape())
    if (llvm::MulOverflow(bits, size, bits) || bits > kMaxVectorBits)
      return true;
  return false;
}

LogicalResult bitserial::checkKernelFunction(func::FuncOp function,
                                             TypeRange arguments,
                                             TypeRange results) {
  auto expected = FunctionType::get(function.getContext(), arguments, results);
  if (function.getFunctionType() != expected)
    return emitError(function.getLoc(), "@")
           << function.getSymName() << " has the type "
           << function.getFunctionType() << ", expected " << expected;
  if (!function.getBody().hasOneBlock())
    return emitError(function.getLoc(), "@")
           << function.getSymName() << " must have one block";
  if (function.getBody().front().getOperations().size() > kMaxOps)
    return emitError(function.getLoc(), "@")
           << function.getSymName() << " has more than " << kMaxOps << " ops";
  for (Operation &op : function.getBody().front().without_terminator()) {
    bool isKnown =
        isa<LLVM::CallIntrinsicOp, LLVM::ConstantOp>(op) ||
        isa<arith::ArithDialect, math::MathDialect, vector::VectorDialect>(
            op.getDialect());
    if (!isKnown || op.getNumRegions() != 0 || op.getNumResults() == 0)
      return emitError(op.getLoc(),
                       "does not belong into a kernel: its functions are "
                       "straight-line code of arith, math and vector ops "
                       "and llvm.call_intrinsic");
    if (auto attributes = op.getDiscardableAttrs(); !attributes.empty())
      return emitError(op.getLoc(), "does not belong into a kernel: nobody "
                                    "says what its attribute ")
             << attributes.begin()->getName() << " means";
    auto isRegister = [](Type type) {
      return getElementTypeOrSelf(type).isSignlessInteger() &&
             isa<VectorType, IntegerType>(type);
    };
    if (!llvm::all_of(op.getOperandTypes(), isRegister) ||
        !llvm::all_of(op.getResultTypes(), isRegister))
      return emitError(op.getLoc(),
                       "does not belong into a kernel, which computes with "
                       "integers and vectors of integers only");
    for (Type type : op.getResultTypes())
      if (auto vector = dyn_cast<VectorType>(type);
          vector && isTooLarge(vector))
        return emitError(op.getLoc(), "does not belong into a kernel: ")
               << vector << " has more than " << kMaxVectorBits << " bits";
  }
  if (!isa<func::ReturnOp>(function.getBody().front().getTerminator()))
    return emitError(function.getLoc(), "@")
           << function.getSymName() << " must end in func.return";
  return success();
}

namespace {
/// Reads the attribute and finds the functions of one kernel. Every member
/// emits a diagnostic when it fails.
class KernelReader {
public:
  explicit KernelReader(ModuleOp module) : module(module) {}

  FailureOr<Kernel> read();

private:
  InFlightDiagnostic fail() {
    return emitError(module.getLoc(), "the kernel ");
  }

  LogicalResult readAttribute();
  LogicalResult readInteger(DictionaryAttr dictionary, StringRef name,
                            int64_t min, int64_t max, int64_t &value);
  LogicalResult readPass(Attribute attr, unsigned index);
  LogicalResult readStep(Attribute attr, KernelPass &pass);
  LogicalResult findFunctions();
  /// The function of this name, which is not one of others; null if absent.
  func::FuncOp takeFunction(const Twine &name);
  LogicalResult checkStateTypes();

  ModuleOp module;
  Kernel kernel;
  llvm::StringSet<> taken;
};
} // namespace

LogicalResult KernelReader::readInteger(DictionaryAttr dictionary,
                                        StringRef name, int64_t min,
                                        int64_t max, int64_t &value) {
  Attribute attr = dictionary.get(name);
  if (!attr)
    return success();
  auto integer = dyn_cast<IntegerAttr>(attr);
  if (integer && integer.getValue().getSignificantBits() <= 64) {
    value = integer.getValue().getSExtValue();
    if (value >= min && value <= max)
      return success();
  }
  return fail() << "has `" << name << "` = " << attr << ", expected " << min
                << " to " << max;
}

LogicalResult KernelReader::readStep(Attribute attr, KernelPass &pass) {
  auto dictionary = dyn_cast<DictionaryAttr>(attr);
  if (!dictionary || !dictionary.get("words") || !dictionary.get("cost"))
    return fail() << "has the step " << attr << ", expected {words, cost}";
  int64_t words = 0, cost = 0;
  if (failed(readInteger(dictionary, "words", 1, kMaxWords, words)) ||
      failed(readInteger(dictionary, "cost", 0, pass.capacity, cost)))
    return failure();
  if (!pass.steps.empty() && pass.steps.back().words <= words)
    return fail() << "must have the steps with most words first, each number "
                     "of words once";
  pass.steps.push_back({unsigned(words), unsigned(cost), {}});
  return success();
}

LogicalResult KernelReader::readPass(Attribute attr, unsigned index) {
  KernelPass &pass = kernel.passes.emplace_back();
  auto dictionary = dyn_cast<DictionaryAttr>(attr);
  auto planes =
      dictionary ? dictionary.getAs<ArrayAttr>("planes") : ArrayAttr();
  auto steps = dictionary ? dictionary.getAs<ArrayAttr>("steps") : ArrayAttr();
  if (!planes || planes.empty() || !steps || steps.empty())
    return fail() << "needs `planes` and `steps` in pass " << index;
  int64_t total = kernel.spec.getTotalPlanes();
  for (Attribute element : planes) {
    auto plane = dyn_cast<IntegerAttr>(element);
    int64_t previous = pass.planes.empty() ? -1 : int64_t(pass.planes.back());
    if (!plane || plane.getValue().getSignificantBits() > 32 ||
        plane.getValue().getSExtValue() <= previous ||
        plane.getValue().getSExtValue() >= total)
      return fail() << "must have planes below " << total
                    << " in ascending order in pass " << index << ", got "
                    << planes;
    pass.planes.push_back(plane.getValue().getSExtValue());
  }
  int64_t capacity = 0;
  if (failed(
          readInteger(dictionary, "capacity", 0, kMaxCapacity - 1, capacity)))
    return failure();
  pass.capacity = capacity;
  for (Attribute element : steps)
    if (failed(readStep(element, pass)))
      return failure();
  if (pass.steps.back().words != 1)
    return fail() << "needs a step of one word in pass " << index;
  return success();
}

LogicalResult KernelReader::readAttribute() {
  auto dictionary = module->getAttrOfType<DictionaryAttr>(kKernelAttrName);
  if (!dictionary)
    return emitError(module.getLoc(), "expected a kernel: the module needs the "
                                      "dictionary attribute ")
           << kKernelAttrName;
  FailureOr<KernelSpec> spec =
      KernelSpec::fromAttr(module.getLoc(), dictionary.get("spec"));
  if (failed(spec))
    return failure();
  kernel.spec = *spec;

  // An array of strings.
  auto readStrings = [&](StringRef name, auto add) -> LogicalResult {
    Attribute attr = dictionary.get(name);
    auto array = dyn_cast_or_null<ArrayAttr>(attr);
    if (attr && !array)
      return fail() << "has `" << name << "` = " << attr
                    << ", expected a list of strings";
    for (Attribute element : array ? array.getValue() : ArrayRef<Attribute>()) {
      auto string = dyn_cast<StringAttr>(element);
      if (!string || !add(string.getValue()))
        return fail() << "has " << element << " in `" << name << "`";
    }
    return success();
  };
  if (!dictionary.get("state"))
    return fail() << "needs `state`, the kinds of its vectors";
  if (failed(readStrings("state",
                         [&](StringRef name) {
                           std::optional<StateKind> kind = parseStateKind(name);
                           if (kind)
                             kernel.stateKinds.push_back(*kind);
                           return kind.has_value();
                         })) ||
      failed(readStrings("features", [&](StringRef name) {
        kernel.features.push_back(name.str());
        return true;
      })))
    return failure();
  if (kernel.stateKinds.empty() ||
      kernel.stateKinds.size() > size_t(kMaxStates))
    return fail() << "must have 1 to " << kMaxStates << " vectors of state";

  auto readString = [&](StringRef name, StringRef &value) -> LogicalResult {
    Attribute attr = dictionary.get(name);
    auto string = dyn_cast_or_null<StringAttr>(attr);
    if (attr && !string)
      return fail() << "has `" << name << "` = " << attr
                    << ", expected a string";
    value = string ? string.getValue() : "";
    return success();
  };
  StringRef cpu, sketch, cycles;
  if (failed(readString("cpu", cpu)) || failed(readString("sketch", sketch)) ||
      failed(readString("cycles", cycles)))
    return failure();
  kernel.cpu = cpu.str();
  kernel.sketch = sketch.str();
  if (!cycles.empty() &&
      (cycles.getAsDouble(kernel.cycles) || !(kernel.cycles >= 0) ||
       !std::isfinite(kernel.cycles)))
    return fail() << "has `cycles` = \"" << cycles << "\", expected a number";

  int64_t group = 1, maxPositions = 0;
  if (failed(readInteger(dictionary, "group", 1, kMaxGroup, group)) ||
      failed(
          readInteger(dictionary, "max_positions", 1, INT64_MAX, maxPositions)))
    return failure();
  kernel.group = group;
  if (maxPositions)
    kernel.maxPositions = maxPositions;
  kernel.sharedWords = dictionary.contains("shared_words");
  if (group != 1 && !kernel.spec.lanesAreReduction)
    return fail() << "must have `group` = 1, because its lanes are outputs";
  if (Attribute attr = dictionary.get("tile")) {
    auto tile = dyn_cast<ArrayAttr>(attr);
    SmallVector<int64_t, 2> sizes;
    for (Attribute element : tile ? tile.getValue() : ArrayRef<Attribute>())
      if (auto size = dyn_cast<IntegerAttr>(element);
          size && size.getValue().getSignificantBits() <= 32)
        sizes.push_back(size.getValue().getSExtValue());
    if (sizes.size() != 2 || llvm::any_of(sizes, [](int64_t size) {
          return size < 1 || size > kMaxTile;
        }))
      return fail() << "has `tile` = " << attr << ", expected [rows, vectors], "
                    << "each 1 to " << kMaxTile;
    kernel.tileRows = sizes[0];
    kernel.tileVectors = sizes[1];
  }

  auto passes = dictionary.getAs<ArrayAttr>("passes");
  if (!passes || passes.empty() ||
      passes.size() > size_t(BitPolynomial::kMaxTerms))
    return fail() << "needs `passes`";
  for (auto [index, pass] : llvm::enumerate(passes))
    if (failed(readPass(pass, index)))
      return failure();
  return success();
}

func::FuncOp KernelReader::takeFunction(const Twine &name) {
  std::string text = name.str();
  auto function = module.lookupSymbol<func::FuncOp>(text);
  if (function)
    taken.insert(text);
  return function;
}

LogicalResult KernelReader::findFunctions() {
  for (auto [index, pass] : llvm::enumerate(kernel.passes)) {
    for (KernelStep &step : pass.steps) {
      std::string name = llvm::formatv("step_{0}_{1}", index, step.words);
      step.function = takeFunction(name);
      if (!step.function)
        return fail() << "has no function @" << name;
    }
    pass.flush = takeFunction("flush_" + Twine(index));
    pass.end = takeFunction("end_" + Twine(index));
    if (pass.capacity && !pass.flush)
      return fail() << "has no function @flush_" << index
                    << " to empty the counters of the pass";
    if (!pass.capacity && pass.flush)
      return emitError(pass.flush.getLoc(), "is not used, because pass ")
             << index << " has no capacity";
  }
  kernel.finish = takeFunction("finish");
  if (!kernel.finish)
    return fail() << "has no function @finish";

  bool hasCounter = llvm::any_of(kernel.stateKinds, [](StateKind kind) {
    return kind == StateKind::Counter || kind == StateKind::SignedCounter;
  });
  bool hasCapacity = llvm::any_of(
      kernel.passes, [](const KernelPass &pass) { return pass.capacity != 0; });
  if (hasCounter != hasCapacity)
    return fail() << (hasCounter ? "has counters, but no pass has a capacity"
                                 : "has a capacity, but no counters");

  // Nothing else: it would not be used, and nobody would check it.
  for (Operation &op : *module.getBody()) {
    auto function = dyn_cast<func::FuncOp>(op);
    if (!function)
      return emitError(op.getLoc(),
                       "does not belong into a kernel, which consists of "
                       "functions");
    if (!taken.contains(function.getSymName()))
      return emitError(function.getLoc(), "@")
             << function.getSymName() << " is no function of the kernel";
    if (function.isExternal())
      return emitError(function.getLoc(), "@")
             << function.getSymName() << " has no body";
  }
  return success();
}

/// Whether `type` is vector<NxiW>, of a width that instructions know.
static bool isLaneVector(Type type) {
  auto vector = dyn_cast<VectorType>(type);
  return vector && vector.getRank() == 1 && !vector.isScalable() &&
         vector.getElementType().isSignlessInteger() &&
         llvm::is_contained({8u, 16u, 32u, 64u},
                            vector.getElementTypeBitWidth()) &&
         !isTooLarge(vector);
}

LogicalResult KernelReader::checkStateTypes() {
  // The first step says what the state is, all functions have to agree.
  const KernelPass &pass = kernel.passes.front();
  func::FuncOp step = pass.steps.front().function;
  size_t numStates = kernel.stateKinds.size();
  if (step.getNumArguments() !=
      numStates + pass.planes.size() * pass.steps.front().words)
    return emitError(step.getLoc(), "@")
           << step.getSymName() << " must have " << numStates
           << " arguments for the state and "
           << pass.planes.size() * pass.steps.front().words << " for words";
  for (Type type : step.getArgumentTypes())
    if (!isLaneVector(type))
      return emitError(step.getLoc(), "@")
             << step.getSymName() << " takes " << type
             << ", expected a vector of 8, 16, 32 or 64-bit integers";
  for (Type type : step.getArgumentTypes().take_front(numStates))
    kernel.stateTypes.push_back(cast<VectorType>(type));
  if (kernel.wordType().getElementTypeBitWidth() != kernel.spec.wordBits)
    return emitError(step.getLoc(), "@")
           << step.getSymName() << " takes words of type " << kernel.wordType()
           << ", but words have " << kernel.spec.wordBits << " bits";
  for (auto [kind, type] :
       llvm::zip_equal(kernel.stateKinds, kernel.stateTypes))
    if (kind == StateKind::Counter || kind == StateKind::SignedCounter) {
      unsigned width = type.getElementTypeBitWidth();
      uint64_t max =
          llvm::maxUIntN(kind == StateKind::Counter ? width : width - 1);
      for (auto [index, other] : llvm::enumerate(kernel.passes))
        if (other.capacity > max)
          return fail() << "has the capacity " << other.capacity << " in pass "
                        << index << ", more than lanes of " << type
                        << " hold as " << stringifyStateKind(kind);
    }
  return success();
}

FailureOr<Kernel> KernelReader::read() {
  kernel.module = module;
  if (failed(readAttribute()) || failed(findFunctions()) ||
      failed(checkStateTypes()))
    return failure();
  SmallVector<Type> state(kernel.stateTypes.begin(), kernel.stateTypes.end());
  for (const KernelPass &pass : kernel.passes) {
    for (const KernelStep &step : pass.steps) {
      SmallVector<Type> arguments = state;
      arguments.append(pass.planes.size() * step.words, kernel.wordType());
      if (failed(checkKernelFunction(step.function, arguments, state)))
        return failure();
    }
    for (func::FuncOp function : {pass.flush, pass.end})
      if (function && failed(checkKernelFunction(function, state, state)))
        return failure();
  }
  SmallVector<Type> arguments;
  for (unsigned i = 0; i < kernel.group; ++i)
    llvm::append_range(arguments, state);
  int64_t sums = kernel.spec.lanesAreReduction
                     ? int64_t(kernel.group)
                     : kernel.wordType().getNumElements();
  auto result =
      VectorType::get({sums}, IntegerType::get(module.getContext(), 32));
  if (failed(checkKernelFunction(kernel.finish, arguments, Type(result))))
    return failure();
  return kernel;
}

FailureOr<Kernel> Kernel::get(ModuleOp module) {
  return KernelReader(module).read();
}

FailureOr<Kernel> Kernel::parse(MLIRContext *context, StringRef text,
                                StringRef name, OwningOpRef<ModuleOp> &owner) {
  context
      ->loadDialect<arith::ArithDialect, func::FuncDialect, LLVM::LLVMDialect,
                    math::MathDialect, vector::VectorDialect>();
  if (failed(checkText(context, text, name)))
    return failure();
  owner = parseSourceString<ModuleOp>(text, ParserConfig(context), name);
  if (!owner)
    return failure();
  // The parser wraps what is not one module into another one.
  if (!(*owner)->hasAttr(kKernelAttrName))
    if (auto only = llvm::to_vector(owner->getOps<ModuleOp>());
        only.size() == 1 && llvm::hasSingleElement(*owner->getBody()))
      return get(only.front());
  return get(*owner);
}

//===----------------------------------------------------------------------===//
// Writing
//===----------------------------------------------------------------------===//

void Kernel::writeAttribute() const {
  Builder b(ModuleOp(module).getContext());
  SmallVector<NamedAttribute> entries;
  auto add = [&](StringRef name, Attribute value) {
    entries.push_back(b.getNamedAttr(name, value));
  };
  SmallVector<StringRef> featureNames(features.begin(), features.end());
  SmallVector<StringRef> kindNames;
  for (StateKind kind : stateKinds)
    kindNames.push_back(stringifyStateKind(kind));
  SmallVector<Attribute> passAttrs;
  for (const KernelPass &pass : passes) {
    SmallVector<Attribute> steps;
    for (const KernelStep &step : pass.steps)
      steps.push_back(b.getDictionaryAttr(
          {b.getNamedAttr("words", b.getI64IntegerAttr(step.words)),
           b.getNamedAttr("cost", b.getI64IntegerAttr(step.cost))}));
    SmallVector<int64_t> planes(pass.planes.begin(), pass.planes.end());
    passAttrs.push_back(b.getDictionaryAttr(
        {b.getNamedAttr("planes", b.getI64ArrayAttr(planes)),
         b.getNamedAttr("capacity", b.getI64IntegerAttr(pass.capacity)),
         b.getNamedAttr("steps", b.getArrayAttr(steps))}));
  }
  add("spec", spec.toAttr(b.getContext()));
  add("cpu", b.getStringAttr(cpu));
  add("features", b.getStrArrayAttr(featureNames));
  add("state", b.getStrArrayAttr(kindNames));
  add("passes", b.getArrayAttr(passAttrs));
  add("group", b.getI64IntegerAttr(group));
  add("tile", b.getI64ArrayAttr({tileRows, tileVectors}));
  add("sketch", b.getStringAttr(sketch));
  add("cycles", b.getStringAttr(llvm::formatv("{0:f2}", cycles).str()));
  if (maxPositions)
    add("max_positions", b.getI64IntegerAttr(*maxPositions));
  if (sharedWords)
    add("shared_words", b.getUnitAttr());
  ModuleOp(module)->setAttr(kKernelAttrName, b.getDictionaryAttr(entries));
}

KernelSource::~KernelSource() = default;

KernelSource *KernelSource::get(MLIRContext *context) {
  auto *dialect = context->getLoadedDialect<BitserialDialect>();
  return dialect ? dialect->getRegisteredInterface<KernelSource>() : nullptr;
}

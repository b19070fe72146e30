//===- RangeAnalysis.cpp - Which numbers tensors may hold -----------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Conversion/Ranges/RangeAnalysis.h"
#include "bitserial/IR/Bitserial.h"
#include "mlir/Analysis/DataFlow/SparseAnalysis.h"
#include "mlir/Analysis/DataFlow/Utils.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/TypeUtilities.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "llvm/ADT/bit.h"
#include <cmath>

using namespace mlir;
using namespace mlir::bitserial;

//===----------------------------------------------------------------------===//
// Types and constants
//===----------------------------------------------------------------------===//

/// A number of any type of at most 64 bits.
static double toDouble(APFloat value) {
  bool losesInfo;
  value.convert(APFloat::IEEEdouble(), APFloat::rmNearestTiesToEven,
                &losesInfo);
  return value.convertToDouble();
}

ValueSet bitserial::getTypeValues(Type type) {
  Type element = getElementTypeOrSelf(type);
  if (auto integer = dyn_cast<IntegerType>(element)) {
    unsigned width = integer.getWidth();
    if (width == 0 || width > 64)
      return ValueSet::unknown();
    return ValueSet::ofWidth(width, width > 1 && !integer.isUnsigned());
  }
  if (auto lowBit = dyn_cast<IntType>(element)) {
    NumberFormat format = lowBit.getFormat();
    SmallVector<int64_t> values;
    for (unsigned bits = 0; bits < (1u << format.getWidth()); ++bits)
      values.push_back(format.decode(bits));
    return ValueSet::of(values);
  }
  return ValueSet::unknown();
}

int64_t bitserial::readInteger(const APInt &value, Type type) {
  bool isUnsigned = value.getBitWidth() == 1 || type.isUnsignedInteger();
  return isUnsigned ? int64_t(value.getZExtValue()) : value.getSExtValue();
}

ValueSet bitserial::getConstantValues(ElementsAttr elements) {
  auto integers = dyn_cast<DenseIntElementsAttr>(elements);
  if (!integers)
    return getTypeValues(elements.getElementType());
  Type type = integers.getElementType();
  auto integer = dyn_cast<IntegerType>(type);
  if (!integer || integer.getWidth() > 64 ||
      (integer.getWidth() == 64 && integer.isUnsigned()))
    return getTypeValues(type);
  if (integers.empty())
    return {};
  if (integers.isSplat())
    return ValueSet::of(readInteger(integers.getSplatValue<APInt>(), type));
  // Weights have millions of elements, but few values.
  if (integer.getWidth() == 8) {
    bool isSeen[256] = {};
    for (char byte : integers.getRawData())
      isSeen[uint8_t(byte)] = true;
    SmallVector<int64_t> values;
    for (unsigned byte = 0; byte < 256; ++byte)
      if (isSeen[byte])
        values.push_back(readInteger(APInt(8, byte), type));
    return ValueSet::of(values);
  }
  DenseSet<int64_t> seen;
  int64_t min = INT64_MAX, max = INT64_MIN;
  for (const APInt &element : integers.getValues<APInt>()) {
    int64_t value = readInteger(element, type);
    min = std::min(min, value);
    max = std::max(max, value);
    if (seen.size() <= ValueSet::kMaxListed)
      seen.insert(value);
  }
  if (seen.size() > ValueSet::kMaxListed)
    return ValueSet::range(min, max);
  return ValueSet::of(llvm::to_vector(seen));
}

FloatType bitserial::getFloatElement(Type type) {
  auto element = dyn_cast<FloatType>(getElementTypeOrSelf(type));
  return element && (element.isF64() || element.isF32() || element.isF16() ||
                     element.isBF16())
             ? element
             : FloatType();
}

FloatSet bitserial::getConstantFloats(ElementsAttr elements) {
  auto floats = dyn_cast<DenseFPElementsAttr>(elements);
  if (!floats || !getFloatElement(floats.getElementType()))
    return FloatSet::unknown();
  if (floats.isSplat())
    return FloatSet::of(toDouble(floats.getSplatValue<APFloat>()));
  // Weights have millions of elements.
  DenseSet<uint64_t> seen;
  SmallVector<double> values;
  double min = 0, max = 0;
  bool isFirst = true, mayBeNaN = false;
  auto add = [&](double value) {
    if (std::isnan(value)) {
      mayBeNaN = true;
      return;
    }
    min = isFirst ? value : std::min(min, value);
    max = isFirst ? value : std::max(max, value);
    isFirst = false;
    if (values.size() <= FloatSet::kMaxListed &&
        seen.insert(llvm::bit_cast<uint64_t>(value + 0.0)).second)
      values.push_back(value);
  };
  if (floats.getElementType().isF32())
    for (float value : floats.getValues<float>())
      add(value);
  else
    for (const APFloat &value : floats.getValues<APFloat>())
      add(toDouble(value));
  if (isFirst)
    return mayBeNaN ? FloatSet::unknown() : FloatSet();
  if (values.size() > FloatSet::kMaxListed)
    return FloatSet::range(min, max, mayBeNaN);
  return FloatSet::of(values, mayBeNaN);
}

ValueSet bitserial::limitToType(const ValueSet &values, Type type) {
  ValueSet all = getTypeValues(type);
  return all.includes(values) ? values : all;
}

//===----------------------------------------------------------------------===//
// The data-flow analysis
//===----------------------------------------------------------------------===//

void ElementValues::print(raw_ostream &os) const {
  os << (floats.isEmpty() ? integers.str() : floats.str());
}

/// What nothing is known of.
static ElementValues getAllValues(Type type) {
  if (getFloatElement(type))
    return {ValueSet(), FloatSet::unknown()};
  return {getTypeValues(type), FloatSet()};
}

static std::optional<ElementValues> inferConstant(Operation *op) {
  Attribute constant;
  if (!matchPattern(op, m_Constant(&constant)))
    return std::nullopt;
  bool isFloat = bool(getFloatElement(op->getResult(0).getType()));
  if (auto elements = dyn_cast<ElementsAttr>(constant)) {
    if (isFloat)
      return ElementValues{ValueSet(), getConstantFloats(elements)};
    return ElementValues{getConstantValues(elements), FloatSet()};
  }
  if (auto number = dyn_cast<FloatAttr>(constant); number && isFloat)
    return ElementValues{ValueSet(), FloatSet::of(toDouble(number.getValue()))};
  auto integer = dyn_cast<IntegerAttr>(constant);
  if (integer && integer.getValue().getBitWidth() <= 64)
    return ElementValues{
        ValueSet::of(readInteger(integer.getValue(), integer.getType())),
        FloatSet()};
  return std::nullopt;
}

std::optional<ElementValues>
bitserial::inferValues(Operation *op, ArrayRef<ElementValues> operands) {
  if (op->getNumResults() != 1)
    return std::nullopt;
  Type type = op->getResult(0).getType();
  bool isFloat = bool(getFloatElement(type));
  if (!isFloat && getTypeValues(type).isUnknown())
    return std::nullopt;
  if (op->hasTrait<OpTrait::ConstantLike>())
    return inferConstant(op);
  bool hasFloats = isFloat || llvm::any_of(operands, [](const auto &operand) {
                     return !operand.floats.isEmpty();
                   });
  if (hasFloats)
    return inferFloatValues(op, operands);
  SmallVector<ValueSet> sets = llvm::map_to_vector(
      operands, [](const ElementValues &operand) { return operand.integers; });
  std::optional<ValueSet> result = inferTosaValues(op, sets);
  if (!result)
    result = inferStableHLOValues(op, sets);
  if (!result)
    result = inferArithValues(op, sets);
  if (!result)
    return std::nullopt;
  return ElementValues{limitToType(*result, type), FloatSet()};
}

namespace {
/// What a tensor may hold grows with each iteration of a loop that carries it:
/// after a few steps it is taken to be anything.
class ElementLattice : public dataflow::Lattice<ElementValues> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(ElementLattice)
  using Lattice::Lattice;

  ChangeResult join(const dataflow::AbstractSparseLattice &other) override {
    return join(static_cast<const ElementLattice &>(other).getValue());
  }
  ChangeResult join(const ElementValues &other) {
    constexpr unsigned kMaxSteps = 16;
    ChangeResult changed = Lattice::join(other);
    if (changed == ChangeResult::Change && ++steps > kMaxSteps)
      changed |= Lattice::join(getAllValues(getAnchor().getType()));
    return changed;
  }

private:
  unsigned steps = 0;
};

class ElementDataFlow
    : public dataflow::SparseForwardDataFlowAnalysis<ElementLattice> {
public:
  ElementDataFlow(DataFlowSolver &solver, double maxInput)
      : SparseForwardDataFlowAnalysis(solver), maxInput(maxInput) {}

  LogicalResult visitOperation(Operation *op,
                               ArrayRef<const ElementLattice *> operands,
                               ArrayRef<ElementLattice *> results) override {
    SmallVector<ElementValues> values;
    for (const ElementLattice *operand : operands)
      values.push_back(operand->getValue());
    // An operand that has not been visited yet: this op will be again.
    if (llvm::any_of(values, [](const auto &set) { return set.isEmpty(); }))
      return success();
    std::optional<ElementValues> found = inferValues(op, values);
    if (!found) {
      for (ElementLattice *result : results)
        propagateIfChanged(
            result, result->join(getAllValues(result->getAnchor().getType())));
      return success();
    }
    propagateIfChanged(results[0], results[0]->join(*found));
    return success();
  }

  void setToEntryState(ElementLattice *lattice) override {
    ElementValues all = getAllValues(lattice->getAnchor().getType());
    auto argument = dyn_cast<BlockArgument>(lattice->getAnchor());
    if (maxInput > 0 && !all.floats.isEmpty() && argument &&
        argument.getOwner()->isEntryBlock() &&
        isa<FunctionOpInterface>(argument.getOwner()->getParentOp()))
      all.floats = FloatSet::range(-maxInput, maxInput);
    propagateIfChanged(lattice, lattice->join(all));
  }

private:
  double maxInput;
};
} // namespace

FailureOr<RangeAnalysis> RangeAnalysis::create(Operation *root,
                                               double maxInput) {
  RangeAnalysis result;
  result.solver = std::make_unique<DataFlowSolver>();
  dataflow::loadBaselineAnalyses(*result.solver);
  result.solver->load<ElementDataFlow>(maxInput);
  if (failed(result.solver->initializeAndRun(root)))
    return failure();
  return result;
}

ElementValues RangeAnalysis::getElements(Value value) const {
  const auto *lattice = solver->lookupState<ElementLattice>(value);
  if (!lattice || lattice->getValue().isEmpty())
    return getAllValues(value.getType());
  return lattice->getValue();
}

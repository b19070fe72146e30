//===- RangeAnalysis.cpp - Which integers tensors may hold ----------------===//
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

using namespace mlir;
using namespace mlir::bitserial;

//===----------------------------------------------------------------------===//
// Types and constants
//===----------------------------------------------------------------------===//

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

ValueSet bitserial::limitToType(const ValueSet &values, Type type) {
  ValueSet all = getTypeValues(type);
  return all.includes(values) ? values : all;
}

//===----------------------------------------------------------------------===//
// The data-flow analysis
//===----------------------------------------------------------------------===//

namespace {
using ValueSetLattice = dataflow::Lattice<ValueSet>;

class ValueSetDataFlow
    : public dataflow::SparseForwardDataFlowAnalysis<ValueSetLattice> {
public:
  using SparseForwardDataFlowAnalysis::SparseForwardDataFlowAnalysis;

  LogicalResult visitOperation(Operation *op,
                               ArrayRef<const ValueSetLattice *> operands,
                               ArrayRef<ValueSetLattice *> results) override {
    SmallVector<ValueSet> sets;
    for (const ValueSetLattice *operand : operands)
      sets.push_back(operand->getValue());
    // An operand that has not been visited yet: this op will be again.
    if (llvm::any_of(sets, [](const ValueSet &set) { return set.isEmpty(); }))
      return success();
    std::optional<ValueSet> values;
    if (results.size() == 1)
      values = infer(op, sets);
    if (!values) {
      setAllToEntryStates(results);
      return success();
    }
    propagateIfChanged(results[0], results[0]->join(limitToType(
                                       *values, op->getResult(0).getType())));
    return success();
  }

  void setToEntryState(ValueSetLattice *lattice) override {
    propagateIfChanged(
        lattice, lattice->join(getTypeValues(lattice->getAnchor().getType())));
  }

private:
  static std::optional<ValueSet> infer(Operation *op,
                                       ArrayRef<ValueSet> operands) {
    // Floats and the like are not looked at.
    if (getTypeValues(op->getResult(0).getType()).isUnknown())
      return std::nullopt;
    Attribute constant;
    if (op->hasTrait<OpTrait::ConstantLike>() &&
        matchPattern(op, m_Constant(&constant))) {
      if (auto elements = dyn_cast<ElementsAttr>(constant))
        return getConstantValues(elements);
      if (auto integer = dyn_cast<IntegerAttr>(constant);
          integer && integer.getValue().getBitWidth() <= 64)
        return ValueSet::of(readInteger(integer.getValue(), integer.getType()));
      return std::nullopt;
    }
    if (std::optional<ValueSet> values = inferTosaValues(op, operands))
      return values;
    if (std::optional<ValueSet> values = inferStableHLOValues(op, operands))
      return values;
    return inferArithValues(op, operands);
  }
};
} // namespace

FailureOr<RangeAnalysis> RangeAnalysis::create(Operation *root) {
  RangeAnalysis result;
  result.solver = std::make_unique<DataFlowSolver>();
  dataflow::loadBaselineAnalyses(*result.solver);
  result.solver->load<ValueSetDataFlow>();
  if (failed(result.solver->initializeAndRun(root)))
    return failure();
  return result;
}

ValueSet RangeAnalysis::get(Value value) const {
  const auto *lattice = solver->lookupState<ValueSetLattice>(value);
  if (!lattice || lattice->getValue().isEmpty())
    return getTypeValues(value.getType());
  return lattice->getValue();
}

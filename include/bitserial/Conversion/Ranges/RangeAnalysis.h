//===- RangeAnalysis.h - Which numbers tensors may hold ---------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Bit-width recovery: a forward data-flow analysis that finds for every value,
/// above all every tensor of integers or floats, a set that contains all its
/// elements.
///
/// What is found holds for all inputs of the program's public functions, as the
/// ops are defined and as upstream lowers them: where an op could overflow, all
/// values of its type are assumed. Elements of i1 are 0 and 1. Those of other
/// signless types are read as signed, so that a u8 kept in an i8 tensor has the
/// values -128 to 127 here.
///
/// The one thing that is assumed of inputs: those of floats are numbers within
/// a given magnitude. Without it any of them might be NaN, which no rounding or
/// clamp takes away.
///
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_CONVERSION_RANGES_RANGEANALYSIS_H
#define BITSERIAL_CONVERSION_RANGES_RANGEANALYSIS_H

#include "bitserial/Conversion/Ranges/FloatFunction.h"
#include "bitserial/Conversion/Ranges/FloatSet.h"
#include "bitserial/Conversion/Ranges/ValueSet.h"
#include "mlir/Analysis/DataFlowFramework.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Value.h"
#include <memory>

namespace mlir::bitserial {

/// What a tensor or a scalar may hold: integers or floats. The other set is
/// empty. Anything else is unknown integers.
struct ElementValues {
  ValueSet integers;
  FloatSet floats;

  bool isEmpty() const { return integers.isEmpty() && floats.isEmpty(); }
  static ElementValues join(const ElementValues &a, const ElementValues &b) {
    return {ValueSet::join(a.integers, b.integers),
            FloatSet::join(a.floats, b.floats)};
  }
  bool operator==(const ElementValues &other) const {
    return integers == other.integers && floats == other.floats;
  }
  void print(raw_ostream &os) const;
};

/// All values of the elements of `type` (or of `type` itself): of builtin
/// integers up to 64 bits and of low-bit numbers; unknown for all else.
ValueSet getTypeValues(Type type);

/// The value of an integer of type `type` as the analysis reads it.
int64_t readInteger(const APInt &value, Type type);

/// The float type of the elements of `type`, or of `type` itself, of at most 64
/// bits; null for others.
FloatType getFloatElement(Type type);

/// The elements of a constant, of integers or of floats.
/// @{
ValueSet getConstantValues(ElementsAttr elements);
FloatSet getConstantFloats(ElementsAttr elements);
/// @}

/// `values` if the type `type` has all of them, else all values of the type.
ValueSet limitToType(const ValueSet &values, Type type);

/// The elements of the only result of `op`, given those of its operands;
/// nullopt for ops that are not known. One function per dialect.
/// @{
std::optional<ValueSet> inferTosaValues(Operation *op,
                                        ArrayRef<ValueSet> operands);
std::optional<ValueSet> inferStableHLOValues(Operation *op,
                                             ArrayRef<ValueSet> operands);
std::optional<ValueSet> inferArithValues(Operation *op,
                                         ArrayRef<ValueSet> operands);
/// @}

/// The elements of the only result of `op`, which is of floats or has operands
/// that are; nullopt for ops that are not known.
std::optional<ElementValues> inferFloatValues(Operation *op,
                                              ArrayRef<ElementValues> operands);

/// What an elementwise op computes of its first one or two operands, floats;
/// nullopt for all other ops.
std::optional<FloatFunction> getFloatFunction(Operation *op);

/// The elements of the only result of any op.
std::optional<ElementValues> inferValues(Operation *op,
                                         ArrayRef<ElementValues> operands);

/// The analysis of everything in an op, through calls of private functions.
/// Valid as long as the IR is not changed.
class RangeAnalysis {
public:
  /// Arguments of floats of public functions are taken to be numbers of
  /// magnitudes up to `maxInput`; anything, also NaN, if that is 0. Fails if
  /// the data-flow solver does.
  static FailureOr<RangeAnalysis> create(Operation *root,
                                         double maxInput = kDefaultMaxInput);

  /// The elements of `value`; all of its type where nothing more is known, and
  /// where it is never computed.
  /// @{
  ElementValues getElements(Value value) const;
  ValueSet get(Value value) const { return getElements(value).integers; }
  FloatSet getFloats(Value value) const { return getElements(value).floats; }
  /// @}

private:
  std::unique_ptr<DataFlowSolver> solver;
};

} // namespace mlir::bitserial

#endif // BITSERIAL_CONVERSION_RANGES_RANGEANALYSIS_H

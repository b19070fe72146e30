//===- RangeAnalysis.h - Which integers tensors may hold --------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Bit-width recovery: a forward data-flow analysis that finds for every value,
/// above all every tensor of integers, a set that contains all its elements.
///
/// What is found holds for all inputs of the program's public functions, as the
/// ops are defined and as upstream lowers them: where an op could overflow, all
/// values of its type are assumed. Elements of i1 are 0 and 1. Those of other
/// signless types are read as signed, so that a u8 kept in an i8 tensor has the
/// values -128 to 127 here.
///
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_CONVERSION_RANGES_RANGEANALYSIS_H
#define BITSERIAL_CONVERSION_RANGES_RANGEANALYSIS_H

#include "bitserial/Conversion/Ranges/ValueSet.h"
#include "mlir/Analysis/DataFlowFramework.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Value.h"
#include <memory>

namespace mlir::bitserial {

/// All values of the elements of `type` (or of `type` itself): of builtin
/// integers up to 64 bits and of low-bit numbers; unknown for all else.
ValueSet getTypeValues(Type type);

/// The value of an integer of type `type` as the analysis reads it.
int64_t readInteger(const APInt &value, Type type);

/// The elements of a constant.
ValueSet getConstantValues(ElementsAttr elements);

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

/// The analysis of everything in an op, through calls of private functions.
/// Valid as long as the IR is not changed.
class RangeAnalysis {
public:
  /// Fails if the data-flow solver does.
  static FailureOr<RangeAnalysis> create(Operation *root);

  /// The elements of `value`; all of its type where nothing more is known, and
  /// where it is never computed.
  ValueSet get(Value value) const;

private:
  std::unique_ptr<DataFlowSolver> solver;
};

} // namespace mlir::bitserial

#endif // BITSERIAL_CONVERSION_RANGES_RANGEANALYSIS_H

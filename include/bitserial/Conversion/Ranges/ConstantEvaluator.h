//===- ConstantEvaluator.h - What ops make of constants ---------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Weights of exported models are often not the constants that they amount to,
/// but the sign, the rounding or the scaling of trained ones, written out. This
/// computes them.
///
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_CONVERSION_RANGES_CONSTANTEVALUATOR_H
#define BITSERIAL_CONVERSION_RANGES_CONSTANTEVALUATOR_H

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Value.h"
#include "llvm/ADT/DenseMap.h"
#include <memory>

namespace mlir::bitserial {

/// Elements of constants that ops of TOSA and StableHLO are computed from.
/// Remembers them; valid as long as the IR is not changed.
class ConstantEvaluator {
public:
  /// `reorderSums`: whether sums of floats may be added up in another order
  /// than the model's, which has none.
  explicit ConstantEvaluator(bool reorderSums = false);
  ~ConstantEvaluator();
  ConstantEvaluator(ConstantEvaluator &&) = default;

  /// The elements of `value`, a tensor of signless or unsigned integers of at
  /// most 64 bits or of floats, as IEEE 754 has them; null if it does not
  /// depend on constants alone, or on ops that processors differ in.
  DenseElementsAttr evaluate(Value value);

private:
  struct Numbers;
  std::shared_ptr<Numbers> compute(Value value, unsigned depth);
  std::shared_ptr<Numbers> computeOp(Operation *op, unsigned depth);

  DenseMap<Value, std::shared_ptr<Numbers>> known;
  bool reorderSums;
};

} // namespace mlir::bitserial

#endif // BITSERIAL_CONVERSION_RANGES_CONSTANTEVALUATOR_H

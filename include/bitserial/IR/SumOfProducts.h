//===- SumOfProducts.h - Integer contractions by linalg ---------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_IR_SUMOFPRODUCTS_H
#define BITSERIAL_IR_SUMOFPRODUCTS_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"

#include <optional>

namespace mlir::bitserial {

/// `extend(element) - zeroPoint`, a factor of a product of integers.
struct ProductFactor {
  /// An integer of at most 32 bits, in the body of the op.
  Value element;
  bool isUnsigned = false;
  /// Of an absolute value of at most 2^32.
  int64_t zeroPoint = 0;

  /// What the factor is for these bits of its element.
  int64_t read(const APInt &bits) const;
  /// The least and the greatest value that the type of the element allows.
  int64_t getMin() const;
  int64_t getMax() const;
};

/// Sums of `terms` products, added to what the destination of the op holds.
/// Sums and products wrap around in the type of the result.
struct SumOfProducts {
  ProductFactor lhs, rhs;
  int64_t terms = 1;
};

/// What `op`, on tensors of static shapes, computes if it adds up products of
/// two extended integers from which constants may be subtracted; nullopt for
/// all others. That `lhs` and `rhs` are inputs of the op, and different ones,
/// is not implied.
std::optional<SumOfProducts> matchSumOfProducts(linalg::LinalgOp op);

} // namespace mlir::bitserial

#endif // BITSERIAL_IR_SUMOFPRODUCTS_H

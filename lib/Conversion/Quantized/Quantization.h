//===- Quantization.h - What a quantised type says --------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// `!quant.uniform` types: a float is scale * (integer - zero point), with one
/// scale and zero point for a tensor or one per index of a dimension.
///
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_CONVERSION_QUANTIZED_QUANTIZATION_H
#define BITSERIAL_CONVERSION_QUANTIZED_QUANTIZATION_H

#include "mlir/IR/BuiltinTypes.h"
#include "mlir/Transforms/DialectConversion.h"

namespace mlir::bitserial {

/// The parameters of a tensor of quantised numbers.
struct Quantization {
  RankedTensorType type; ///< of the tensor
  IntegerType storage;   ///< signless, or without sign (ui8)
  FloatType expressed;
  int64_t min = 0, max = 0; ///< of the stored integers
  int dim = -1;             ///< that scales run along; -1: there is one of each
  SmallVector<double> scales; ///< rounded to `expressed`
  SmallVector<int64_t> zeroPoints;

  bool isPerAxis() const { return dim >= 0; }
  bool hasZeroPoint() const {
    return llvm::any_of(zeroPoints, [](int64_t point) { return point != 0; });
  }
  /// Whether the type's bounds are narrower than the storage type.
  bool hasBounds() const;
  /// The largest magnitude of a stored integer less its zero point.
  int64_t getMagnitude() const;
  /// Whether to quantise what a stored integer stands for gives it again, so
  /// that the order of the floats is that of the integers.
  bool isInvertible() const;
  RankedTensorType getStorageTensor() const { return withElement(storage); }
  RankedTensorType getExpressedTensor() const { return withElement(expressed); }
  RankedTensorType withElement(Type element) const {
    return RankedTensorType::get(type.getShape(), element);
  }
};

/// Whether `type` is a tensor of quantised numbers of any kind.
bool isQuantized(Type type);

/// Reads a tensor type of which isQuantized() is true; `emitError` makes a
/// diagnostic for what is not supported or contradicts itself.
FailureOr<Quantization>
readQuantization(Type type, function_ref<InFlightDiagnostic()> emitError);

/// The same for a type that has been read without an error before.
Quantization getQuantization(Type type);

} // namespace mlir::bitserial

#endif // BITSERIAL_CONVERSION_QUANTIZED_QUANTIZATION_H

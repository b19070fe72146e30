//===- Quantization.cpp - What a quantised type says ----------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Quantization.h"
#include "bitserial/Conversion/Ranges/FloatFunction.h"
#include "bitserial/Conversion/Ranges/RangeAnalysis.h"
#include "mlir/Dialect/Quant/IR/QuantTypes.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/TypeUtilities.h"
#include <cmath>

using namespace mlir;
using namespace mlir::bitserial;

bool Quantization::hasBounds() const {
  unsigned width = storage.getWidth();
  bool isSigned = !storage.isUnsigned();
  return min != quant::QuantizedType::getDefaultMinimumForInteger(isSigned,
                                                                  width) ||
         max !=
             quant::QuantizedType::getDefaultMaximumForInteger(isSigned, width);
}

int64_t Quantization::getMagnitude() const {
  int64_t result = 0;
  for (int64_t point : zeroPoints)
    result = std::max({result, std::abs(min - point), std::abs(max - point)});
  return result;
}

bool Quantization::isInvertible() const {
  // The product with the scale and the quotient by it are rounded, to relative
  // errors of 2^-p each; the zero point is added without error.
  const llvm::fltSemantics &semantics = expressed.getFloatSemantics();
  double precision = llvm::APFloat::semanticsPrecision(semantics);
  double magnitude = double(getMagnitude()) + 1;
  double minNormal =
      std::ldexp(1.0, llvm::APFloat::semanticsMinExponent(semantics));
  if (magnitude * std::ldexp(1.0, 2 - int(precision)) >= 0.25)
    return false;
  return llvm::all_of(scales, [&](double scale) {
    return scale >= minNormal &&
           std::isfinite(roundToType(scale * magnitude, expressed));
  });
}

bool bitserial::isQuantized(Type type) {
  return isa<quant::QuantizedType>(getElementTypeOrSelf(type));
}

FailureOr<Quantization>
bitserial::readQuantization(Type type,
                            function_ref<InFlightDiagnostic()> emitError) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  if (!tensor || !tensor.hasStaticShape() || tensor.getEncoding())
    return emitError() << type
                       << " is not supported: quantised numbers are those of "
                          "tensors of static shape";
  auto element = cast<quant::QuantizedType>(tensor.getElementType());
  Quantization result;
  result.type = tensor;
  result.min = element.getStorageTypeMin();
  result.max = element.getStorageTypeMax();
  if (auto uniform = dyn_cast<quant::UniformQuantizedType>(element)) {
    result.scales = {uniform.getScale()};
    result.zeroPoints = {uniform.getZeroPoint()};
  } else if (auto axis =
                 dyn_cast<quant::UniformQuantizedPerAxisType>(element)) {
    result.dim = axis.getQuantizedDimension();
    result.scales = llvm::to_vector(axis.getScales());
    result.zeroPoints = llvm::to_vector(axis.getZeroPoints());
    if (result.dim < 0 || result.dim >= tensor.getRank() ||
        int64_t(result.scales.size()) != tensor.getDimSize(result.dim))
      return emitError() << type << " has " << result.scales.size()
                         << " scales for dimension " << result.dim
                         << ", expected one per index of a dimension";
  } else {
    return emitError() << type
                       << " is not supported: expected !quant.uniform with a "
                          "scale per tensor or per index of a dimension";
  }
  auto storage = dyn_cast<IntegerType>(element.getStorageType());
  result.expressed = getFloatElement(element.getExpressedType());
  if (!storage || storage.getWidth() < 2 || !result.expressed)
    return emitError() << type
                       << " is not supported: expected stored integers of 2 or "
                          "more bits and floats of type f16, bf16, f32 or f64";
  result.storage = IntegerType::get(type.getContext(), storage.getWidth(),
                                    element.isSigned() ? IntegerType::Signless
                                                       : IntegerType::Unsigned);
  for (int64_t point : result.zeroPoints)
    if (point < result.min || point > result.max)
      return emitError() << type << " has the zero point " << point
                         << ", expected one of " << result.min << " to "
                         << result.max;
  for (double &scale : result.scales) {
    scale = roundToType(scale, result.expressed);
    if (!(scale > 0) || !std::isfinite(scale))
      return emitError() << type
                         << " has a scale that is no positive number of "
                         << result.expressed;
  }
  return result;
}

Quantization bitserial::getQuantization(Type type) {
  return *readQuantization(type, [&]() -> InFlightDiagnostic {
    llvm_unreachable("the type has been read before");
  });
}

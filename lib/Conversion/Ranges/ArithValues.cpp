//===- ArithValues.cpp - Elements of arith, tensor and own ops ------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Conversion/Ranges/RangeAnalysis.h"
#include "bitserial/IR/Bitserial.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/CheckedArithmetic.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::bitserial;

/// `value` modulo 2^width, read as `type` is.
static int64_t wrap(int64_t value, Type type) {
  unsigned width = getElementTypeOrSelf(type).getIntOrFloatBitWidth();
  return readInteger(APInt(width, value, /*isSigned=*/true,
                           /*implicitTrunc=*/true),
                     getElementTypeOrSelf(type));
}

std::optional<ValueSet>
bitserial::inferArithValues(Operation *op, ArrayRef<ValueSet> operands) {
  using Result = std::optional<ValueSet>;
  Type type = op->getResult(0).getType();
  // Unlike others, a signless i1 is not a signed number here.
  bool isBool = getElementTypeOrSelf(type).isInteger(1);
  return llvm::TypeSwitch<Operation *, Result>(op)
      .Case([&](arith::AddIOp) -> Result {
        return isBool ? getTypeValues(type)
                      : ValueSet::combine(operands[0], operands[1], true,
                                          llvm::checkedAdd<int64_t>);
      })
      .Case([&](arith::SubIOp) -> Result {
        return isBool ? getTypeValues(type)
                      : ValueSet::combine(operands[0], operands[1], true,
                                          llvm::checkedSub<int64_t>);
      })
      .Case([&](arith::MulIOp) -> Result {
        return ValueSet::combine(operands[0], operands[1], true,
                                 llvm::checkedMul<int64_t>);
      })
      .Case([&](arith::MaxSIOp) -> Result {
        if (isBool)
          return getTypeValues(type);
        return ValueSet::combine(
            operands[0], operands[1], true,
            [](int64_t a, int64_t b) { return std::max(a, b); });
      })
      .Case([&](arith::MinSIOp) -> Result {
        if (isBool)
          return getTypeValues(type);
        return ValueSet::combine(
            operands[0], operands[1], true,
            [](int64_t a, int64_t b) { return std::min(a, b); });
      })
      .Case([&](arith::ShRSIOp) -> Result {
        unsigned width = getElementTypeOrSelf(type).getIntOrFloatBitWidth();
        if (isBool || !operands[1].isWithin(0, width - 1))
          return getTypeValues(type);
        return ValueSet::combine(operands[0], operands[1], true,
                                 [](int64_t a, int64_t b) { return a >> b; });
      })
      .Case([&](arith::ExtSIOp extend) -> Result {
        if (getElementTypeOrSelf(extend.getIn().getType()).isInteger(1))
          return operands[0].map([](int64_t v) { return -v; });
        return operands[0];
      })
      .Case([&](arith::ExtUIOp extend) -> Result {
        unsigned width = getElementTypeOrSelf(extend.getIn().getType())
                             .getIntOrFloatBitWidth();
        if (operands[0].isWithin(0, INT64_MAX))
          return operands[0];
        if (width > 32)
          return std::nullopt;
        ValueSet images = operands[0].map([&](int64_t v) {
          return v & llvm::maskTrailingOnes<uint64_t>(width);
        });
        return images.isBounded() ? images : ValueSet::ofWidth(width, false);
      })
      .Case([&](arith::TruncIOp) -> Result {
        if (getTypeValues(type).includes(operands[0]))
          return operands[0];
        return operands[0].map([&](int64_t v) { return wrap(v, type); });
      })
      .Case([&](arith::SelectOp select) -> Result {
        if (operands[0] == ValueSet::of(1))
          return operands[1];
        if (operands[0] == ValueSet::of(0))
          return operands[2];
        return operands[1].unite(operands[2]);
      })
      .Case<DecodeOp, EncodeOp, UnpackOp, PackOp, tensor::CastOp,
            tensor::ReshapeOp, tensor::ExpandShapeOp, tensor::CollapseShapeOp,
            tensor::ExtractSliceOp, tensor::ExtractOp>(
          [&](Operation *) -> Result { return operands[0]; })
      .Case([&](tensor::ConcatOp) -> Result {
        ValueSet all;
        for (const ValueSet &set : operands)
          all = all.unite(set);
        return all;
      })
      .Default([](Operation *) -> Result { return std::nullopt; });
}

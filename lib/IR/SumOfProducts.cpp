//===- SumOfProducts.cpp - Integer contractions by linalg -----------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/IR/SumOfProducts.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Matchers.h"
#include "llvm/Support/CheckedArithmetic.h"

using namespace mlir;
using namespace mlir::bitserial;

int64_t ProductFactor::read(const APInt &bits) const {
  return (isUnsigned ? bits.getZExtValue() : bits.getSExtValue()) - zeroPoint;
}

int64_t ProductFactor::getMin() const {
  unsigned width = element.getType().getIntOrFloatBitWidth();
  return read(isUnsigned ? APInt::getZero(width)
                         : APInt::getSignedMinValue(width));
}

int64_t ProductFactor::getMax() const {
  unsigned width = element.getType().getIntOrFloatBitWidth();
  return read(isUnsigned ? APInt::getMaxValue(width)
                         : APInt::getSignedMaxValue(width));
}

static std::optional<ProductFactor> matchFactor(linalg::LinalgOp op,
                                                Value value) {
  constexpr unsigned kMaxWidth = 32;
  ProductFactor factor;
  if (auto sub = value.getDefiningOp<arith::SubIOp>()) {
    // The constant is in the body, or a scalar input.
    Value constant = sub.getRhs();
    if (auto argument = dyn_cast<BlockArgument>(constant);
        argument && argument.getOwner() == op.getBlock())
      constant = op.getMatchingOpOperand(argument)->get();
    APInt zeroPoint;
    if (!matchPattern(constant, m_ConstantInt(&zeroPoint)) ||
        zeroPoint.getSignificantBits() > kMaxWidth + 1)
      return std::nullopt;
    factor.zeroPoint = zeroPoint.getSExtValue();
    value = sub.getLhs();
  }
  Operation *extension = value.getDefiningOp();
  if (!isa_and_nonnull<arith::ExtSIOp, arith::ExtUIOp>(extension))
    return std::nullopt;
  factor.element = extension->getOperand(0);
  factor.isUnsigned = isa<arith::ExtUIOp>(extension);
  if (factor.element.getType().getIntOrFloatBitWidth() > kMaxWidth)
    return std::nullopt;
  return factor;
}

std::optional<SumOfProducts>
mlir::bitserial::matchSumOfProducts(linalg::LinalgOp op) {
  if (op.getNumReductionLoops() == 0 || op->getNumResults() != 1 ||
      op.hasDynamicShape() || !op.hasPureTensorSemantics())
    return std::nullopt;
  auto add = op.getBlock()
                 ->getTerminator()
                 ->getOperand(0)
                 .getDefiningOp<arith::AddIOp>();
  if (!add)
    return std::nullopt;
  Value sum = op.getRegionOutputArgs().front();
  Value product = add.getLhs() == sum   ? add.getRhs()
                  : add.getRhs() == sum ? add.getLhs()
                                        : Value();
  auto mul = product ? product.getDefiningOp<arith::MulIOp>() : nullptr;
  if (!mul)
    return std::nullopt;
  std::optional<ProductFactor> lhs = matchFactor(op, mul.getLhs()),
                               rhs = matchFactor(op, mul.getRhs());
  if (!lhs || !rhs)
    return std::nullopt;
  SumOfProducts result{*lhs, *rhs};
  for (auto [range, iterator] :
       llvm::zip_equal(op.getStaticLoopRanges(), op.getIteratorTypesArray()))
    if (iterator == utils::IteratorType::reduction) {
      std::optional<int64_t> terms = llvm::checkedMul(result.terms, range);
      if (!terms)
        return std::nullopt;
      result.terms = *terms;
    }
  return result;
}

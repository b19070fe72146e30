//===- TilingUtils.cpp - What the tiling of several ops needs -------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TilingUtils.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/Interfaces/LoopLikeInterface.h"
#include <numeric>

using namespace mlir;
using namespace mlir::bitserial;

int64_t bitserial::getKnownDivisor(OpFoldResult value) {
  if (std::optional<int64_t> constant = getConstantIntValue(value))
    return std::abs(*constant);
  // Compose down to induction variables, and replace each by the number that
  // its loop's start and step make it a multiple of.
  auto asValue = cast<Value>(value);
  MLIRContext *context = asValue.getContext();
  AffineMap map = AffineMap::getMultiDimIdentityMap(1, context);
  SmallVector<Value> operands = {asValue};
  affine::fullyComposeAffineMapAndOperands(&map, &operands);
  affine::canonicalizeMapAndOperands(&map, &operands);
  SmallVector<AffineExpr> replacements;
  for (auto [i, operand] : llvm::enumerate(operands)) {
    AffineExpr variable =
        i < map.getNumDims()
            ? getAffineDimExpr(i, context)
            : getAffineSymbolExpr(i - map.getNumDims(), context);
    auto argument = dyn_cast<BlockArgument>(operand);
    auto loop = argument ? dyn_cast_or_null<LoopLikeOpInterface>(
                               argument.getOwner()->getParentOp())
                         : nullptr;
    auto ivs = loop ? loop.getLoopInductionVars() : std::nullopt;
    auto lowerBounds = loop ? loop.getLoopLowerBounds() : std::nullopt;
    auto steps = loop ? loop.getLoopSteps() : std::nullopt;
    if (ivs && lowerBounds && steps)
      for (auto [iv, lower, step] :
           llvm::zip_equal(*ivs, *lowerBounds, *steps)) {
        std::optional<int64_t> start = getConstantIntValue(lower),
                               stride = getConstantIntValue(step);
        if (iv == argument && start && stride && *stride > 0)
          variable = variable * std::gcd(*start, *stride);
      }
    replacements.push_back(variable);
  }
  ArrayRef<AffineExpr> all = replacements;
  AffineExpr expr = map.getResult(0).replaceDimsAndSymbols(
      all.take_front(map.getNumDims()), all.drop_front(map.getNumDims()));
  expr = simplifyAffineExpr(expr, map.getNumDims(), map.getNumSymbols());
  if (auto constant = dyn_cast<AffineConstantExpr>(expr))
    return std::abs(constant.getValue());
  return expr.getLargestKnownDivisor();
}

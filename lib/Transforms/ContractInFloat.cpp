//===- ContractInFloat.cpp - 8-bit contractions by f32 arithmetic ---------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/IR/SumOfProducts.h"
#include "bitserial/Transforms/Passes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/DenseMap.h"

namespace mlir::bitserial {
#define GEN_PASS_DEF_CONTRACTINFLOAT
#include "bitserial/Transforms/Passes.h.inc"
} // namespace mlir::bitserial

using namespace mlir;
using namespace mlir::bitserial;

/// Up to here f32 has all integers.
static constexpr int64_t kMaxExact = int64_t(1) << 24;

/// Larger constants stay as they are, and are converted when they are read.
static constexpr int64_t kMaxConverted = int64_t(1) << 16;

//===----------------------------------------------------------------------===//
// Matching
//===----------------------------------------------------------------------===//

namespace {
/// A factor that is an input of the op.
struct Factor : ProductFactor {
  OpOperand *input = nullptr;
  DenseIntElementsAttr constant = {};

  RankedTensorType getType() const {
    return cast<RankedTensorType>(input->get().getType());
  }
  /// The largest absolute value that the type allows.
  int64_t getMagnitude() const {
    return std::max(std::abs(getMin()), std::abs(getMax()));
  }
};
} // namespace

static std::optional<Factor> matchFactor(linalg::GenericOp op,
                                         const ProductFactor &product) {
  Factor factor{product};
  auto argument = dyn_cast<BlockArgument>(product.element);
  if (!argument || argument.getOwner() != op.getBody() ||
      std::abs(product.zeroPoint) > UINT8_MAX)
    return std::nullopt;
  factor.input = op.getMatchingOpOperand(argument);
  auto type = dyn_cast<RankedTensorType>(factor.input->get().getType());
  if (!type || !op.isDpsInput(factor.input) ||
      type.getElementTypeBitWidth() > 8)
    return std::nullopt;
  (void)matchPattern(factor.input->get(), m_Constant(&factor.constant));
  return factor;
}

/// The factors of `op`, if it adds up their products in 32 bits.
static std::optional<std::pair<Factor, Factor>>
matchContraction(linalg::GenericOp op) {
  std::optional<SumOfProducts> sum = matchSumOfProducts(op);
  if (!sum || !getElementTypeOrSelf(op.getResult(0).getType()).isInteger(32))
    return std::nullopt;
  std::optional<Factor> lhs = matchFactor(op, sum->lhs),
                        rhs = matchFactor(op, sum->rhs);
  if (!lhs || !rhs || lhs->input == rhs->input)
    return std::nullopt;
  return std::pair(*lhs, *rhs);
}

//===----------------------------------------------------------------------===//
// Bounds
//===----------------------------------------------------------------------===//

/// The largest sum of absolute values of `factor` that any element of the
/// result takes.
static int64_t boundSums(linalg::GenericOp op, const Factor &factor) {
  SmallVector<int64_t> ranges = op.getStaticLoopRanges();
  AffineMap map = op.getMatchingIndexingMap(factor.input);
  SmallVector<utils::IteratorType> iterators = op.getIteratorTypesArray();
  auto isReduction = [&](AffineExpr expr) {
    return iterators[cast<AffineDimExpr>(expr).getPosition()] ==
           utils::IteratorType::reduction;
  };
  int64_t terms = 1;
  for (auto [range, iterator] : llvm::zip_equal(ranges, iterators))
    if (iterator == utils::IteratorType::reduction)
      terms *= range;
  if (!factor.constant || !map.isProjectedPermutation())
    return llvm::SaturatingMultiply<uint64_t>(terms, factor.getMagnitude()) >
                   uint64_t(kMaxExact)
               ? kMaxExact + 1
               : terms * factor.getMagnitude();
  // Reductions that it does not depend on repeat it.
  int64_t repetitions = terms;
  ArrayRef<int64_t> shape = factor.getType().getShape();
  for (auto [expr, size] : llvm::zip_equal(map.getResults(), shape))
    if (isReduction(expr))
      repetitions /= size;
  llvm::DenseMap<int64_t, int64_t> sums;
  SmallVector<int64_t> position(shape.size(), 0);
  int64_t largest = 0;
  for (const APInt &element : factor.constant.getValues<APInt>()) {
    int64_t key = 0;
    for (auto [expr, size, at] :
         llvm::zip_equal(map.getResults(), shape, position))
      if (!isReduction(expr))
        key = key * size + at;
    int64_t &sum = sums[key];
    sum += std::abs(factor.read(element)) * repetitions;
    largest = std::max(largest, sum);
    for (int64_t dim = int64_t(shape.size()) - 1; dim >= 0; --dim) {
      if (++position[dim] < shape[dim])
        break;
      position[dim] = 0;
    }
  }
  return std::min(largest, kMaxExact + 1);
}

/// Whether no partial sum is beyond what f32 holds.
static bool isExact(linalg::GenericOp op, const Factor &lhs,
                    const Factor &rhs) {
  return std::min(boundSums(op, lhs) * rhs.getMagnitude(),
                  boundSums(op, rhs) * lhs.getMagnitude()) <= kMaxExact;
}

//===----------------------------------------------------------------------===//
// Rewriting
//===----------------------------------------------------------------------===//

/// `element - zeroPoint` as f32, of a scalar or a tensor.
static Value convert(OpBuilder &b, Location loc, const Factor &factor,
                     Value value) {
  Type type = b.getF32Type();
  if (auto tensor = dyn_cast<RankedTensorType>(value.getType()))
    type = tensor.clone(type);
  Value result = factor.isUnsigned
                     ? arith::UIToFPOp::create(b, loc, type, value).getResult()
                     : arith::SIToFPOp::create(b, loc, type, value).getResult();
  if (factor.zeroPoint == 0)
    return result;
  TypedAttr zeroPoint = b.getF32FloatAttr(factor.zeroPoint);
  if (auto tensor = dyn_cast<RankedTensorType>(type))
    zeroPoint = DenseElementsAttr::get(tensor, float(factor.zeroPoint));
  return arith::SubFOp::create(b, loc, result,
                               arith::ConstantOp::create(b, loc, zeroPoint));
}

static void rewrite(RewriterBase &b, linalg::GenericOp op, const Factor &lhs,
                    const Factor &rhs) {
  Location loc = op.getLoc();
  b.setInsertionPoint(op);
  SmallVector<Value> inputs;
  SmallVector<bool> isConverted;
  for (const Factor *factor : {&lhs, &rhs}) {
    RankedTensorType type = factor->getType();
    isConverted.push_back(!factor->constant ||
                          type.getNumElements() <= kMaxConverted);
    if (!isConverted.back()) {
      inputs.push_back(factor->input->get());
    } else if (factor->constant) {
      SmallVector<float> values = llvm::map_to_vector(
          factor->constant.getValues<APInt>(),
          [&](const APInt &element) { return float(factor->read(element)); });
      inputs.push_back(arith::ConstantOp::create(
          b, loc,
          DenseElementsAttr::get(type.clone(b.getF32Type()),
                                 ArrayRef<float>(values))));
    } else {
      inputs.push_back(convert(b, loc, *factor, factor->input->get()));
    }
  }
  auto type = cast<RankedTensorType>(op.getResult(0).getType());
  auto floatType = type.clone(b.getF32Type());
  Value empty =
      tensor::EmptyOp::create(b, loc, type.getShape(), b.getF32Type());
  Value zero = arith::ConstantOp::create(b, loc, b.getF32FloatAttr(0));
  Value zeros = linalg::FillOp::create(b, loc, zero, empty).getResult(0);
  AffineMap maps[] = {
      op.getMatchingIndexingMap(lhs.input),
      op.getMatchingIndexingMap(rhs.input),
      op.getMatchingIndexingMap(op.getDpsInitOperand(0)),
  };
  Value sums =
      linalg::GenericOp::create(
          b, loc, floatType, inputs, zeros, maps, op.getIteratorTypesArray(),
          [&](OpBuilder &b, Location loc, ValueRange args) {
            Value x = isConverted[0] ? args[0] : convert(b, loc, lhs, args[0]);
            Value w = isConverted[1] ? args[1] : convert(b, loc, rhs, args[1]);
            Value product = arith::MulFOp::create(b, loc, x, w);
            Value sum = arith::AddFOp::create(b, loc, args[2], product);
            linalg::YieldOp::create(b, loc, sum);
          })
          .getResult(0);
  Value result = arith::FPToSIOp::create(b, loc, type, sums);
  // What the sums start from may be any 32-bit number.
  auto fill = op.getDpsInits()[0].getDefiningOp<linalg::FillOp>();
  if (!fill || !matchPattern(fill.getInputs()[0], m_Zero()))
    result = arith::AddIOp::create(b, loc, result, op.getDpsInits()[0]);
  b.replaceOp(op, result);
}

namespace {
struct ContractInFloatPass
    : bitserial::impl::ContractInFloatBase<ContractInFloatPass> {
  void runOnOperation() override {
    IRRewriter b(&getContext());
    SmallVector<linalg::LinalgOp> ops;
    getOperation().walk([&](linalg::LinalgOp op) {
      if (op.getNumReductionLoops() != 0 && op.hasPureTensorSemantics())
        ops.push_back(op);
    });
    for (linalg::LinalgOp op : ops) {
      b.setInsertionPoint(op);
      auto generic = dyn_cast<linalg::GenericOp>(op.getOperation());
      if (!generic) {
        FailureOr<linalg::GenericOp> made = linalg::generalizeNamedOp(b, op);
        if (failed(made))
          continue;
        generic = *made;
      }
      if (auto factors = matchContraction(generic))
        if (isExact(generic, factors->first, factors->second))
          rewrite(b, generic, factors->first, factors->second);
    }
  }
};
} // namespace

//===- ExpandHalf.cpp - 16-bit floats without instructions for them -------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// LLVM calls functions of its runtime library where a target has no
// instruction, and generated code is without one. Sums, products, quotients and
// square roots of 16-bit floats are those of f32, rounded again: f32 has more
// than 2 * 11 + 2 bits, or as many (S. A. Figueroa, "When is double rounding
// innocuous?", SIGNUM Newsletter 30(3), 1995).
//
//===----------------------------------------------------------------------===//

#include "bitserial/Target/Target.h"
#include "bitserial/Transforms/Passes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Transforms/Passes.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/TypeUtilities.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace mlir::bitserial {
#define GEN_PASS_DEF_EXPANDHALF
#include "bitserial/Transforms/Passes.h.inc"
} // namespace mlir::bitserial

using namespace mlir;
using namespace mlir::bitserial;

namespace {
/// The 16-bit types that are expanded.
struct Missing {
  bool f16, bf16;
  bool contains(Type type) const {
    Type element = getElementTypeOrSelf(type);
    return (f16 && element.isF16()) || (bf16 && element.isBF16());
  }
};
} // namespace

/// Types without instructions for arithmetic or conversions from and to f32.
static Missing findMissing(const Target &target) {
  switch (target.arch()) {
  case Arch::X86_64:
    // The instruction for bf16 takes small numbers for zeros.
    return {!target.hasFeature("f16c"), true};
  case Arch::AArch64:
    return {false, false};
  case Arch::ARM:
    return {!target.hasFeature("fp16"), true};
  }
  llvm_unreachable("all architectures are handled");
}

/// Types without an instruction that rounds f64 to them.
static Missing findMissingFromDouble(const Target &target) {
  if (target.arch() == Arch::AArch64)
    return {false, false};
  return {!target.hasFeature("avx512fp16"), true};
}

static Type withElement(Type type, Type element) {
  if (auto vector = dyn_cast<VectorType>(type))
    return vector.clone(element);
  return element;
}

namespace {
/// Builds ops on scalars or vectors of the shape of `like`.
struct Emitter {
  PatternRewriter &b;
  Location loc;
  Type like;

  Type integer(unsigned width) {
    return withElement(like, b.getIntegerType(width));
  }
  Type single() { return withElement(like, b.getF32Type()); }
  Value number(int64_t value, unsigned width) {
    TypedAttr attr = b.getIntegerAttr(b.getIntegerType(width), value);
    if (auto vector = dyn_cast<VectorType>(like))
      attr = DenseElementsAttr::get(cast<VectorType>(integer(width)),
                                    Attribute(attr));
    return arith::ConstantOp::create(b, loc, attr);
  }
  Value bits(Value value, unsigned width) {
    return arith::BitcastOp::create(b, loc, integer(width), value);
  }
  Value toSingle(Value bits) {
    return arith::BitcastOp::create(b, loc, single(), bits);
  }
  template <typename Op> Value op(Value a, Value c) {
    return Op::create(b, loc, a, c);
  }
  Value isLess(Value a, Value c) {
    return arith::CmpIOp::create(b, loc, arith::CmpIPredicate::ult, a, c);
  }
  Value select(Value condition, Value a, Value c) {
    return arith::SelectOp::create(b, loc, condition, a, c);
  }
};

/// Arithmetic in f32, with a rounding behind it.
struct Widen : RewritePattern {
  Widen(MLIRContext *context, Missing missing)
      : RewritePattern(MatchAnyOpTypeTag(), 1, context), missing(missing) {}

  LogicalResult matchAndRewrite(Operation *op,
                                PatternRewriter &b) const override {
    bool isVectorArithmetic =
        isa<vector::ReductionOp, vector::MultiDimReductionOp, vector::FMAOp,
            vector::ContractionOp, vector::OuterProductOp>(op);
    if (!isVectorArithmetic &&
        !isa<arith::ArithDialect, math::MathDialect>(op->getDialect()))
      return failure();
    if (isa<arith::ConstantOp, arith::SelectOp, arith::BitcastOp, arith::ExtFOp,
            arith::TruncFOp>(op) ||
        op->getNumResults() != 1)
      return failure();
    auto isMissing = [&](Value value) {
      return missing.contains(value.getType());
    };
    if (llvm::none_of(op->getOperands(), isMissing) &&
        llvm::none_of(op->getResults(), isMissing))
      return failure();
    Location loc = op->getLoc();
    auto widen = [&](Type type) { return withElement(type, b.getF32Type()); };
    SmallVector<Value> operands;
    for (Value operand : op->getOperands())
      operands.push_back(
          isMissing(operand)
              ? arith::ExtFOp::create(b, loc, widen(operand.getType()), operand)
              : operand);
    Operation *wide = b.clone(*op);
    wide->setOperands(operands);
    Value result = wide->getResult(0);
    if (Type type = result.getType(); missing.contains(type)) {
      result.setType(widen(type));
      result = arith::TruncFOp::create(b, loc, type, result);
    }
    b.replaceOp(op, result);
    return success();
  }

private:
  Missing missing;
};

/// f64 by way of f32, whose last bit is set if anything has been cut off: then
/// rounding it is rounding the number itself.
struct NarrowDouble : OpRewritePattern<arith::TruncFOp> {
  NarrowDouble(MLIRContext *context, Missing missing)
      : OpRewritePattern(context, /*benefit=*/2), missing(missing) {}

  LogicalResult matchAndRewrite(arith::TruncFOp op,
                                PatternRewriter &b) const override {
    Value x = op.getIn();
    if (!missing.contains(op.getType()) ||
        !getElementTypeOrSelf(x.getType()).isF64())
      return failure();
    Location loc = op.getLoc();
    Emitter e{b, loc, op.getType()};
    Value near = arith::TruncFOp::create(b, loc, e.single(), x);
    Value back = arith::ExtFOp::create(b, loc, x.getType(), near);
    auto compare = [&](arith::CmpFPredicate predicate, Value a, Value c) {
      return arith::CmpFOp::create(b, loc, predicate, a, c);
    };
    Value isAway =
        compare(arith::CmpFPredicate::OGT, math::AbsFOp::create(b, loc, back),
                math::AbsFOp::create(b, loc, x));
    Value bits = e.bits(near, 32), one = e.number(1, 32);
    bits = e.select(isAway, e.op<arith::SubIOp>(bits, one), bits);
    bits = e.select(compare(arith::CmpFPredicate::UNE, back, x),
                    e.op<arith::OrIOp>(bits, one), bits);
    b.replaceOpWithNewOp<arith::TruncFOp>(op, op.getType(), e.toSingle(bits));
    return success();
  }

private:
  Missing missing;
};

/// f16 -> f32: the exponent is moved; numbers below 2^-14 are made normal by a
/// difference of two that are.
struct ExtendF16 : OpRewritePattern<arith::ExtFOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(arith::ExtFOp op,
                                PatternRewriter &b) const override {
    Type from = getElementTypeOrSelf(op.getIn().getType());
    if (!from.isF16())
      return failure();
    Location loc = op.getLoc();
    Emitter e{b, loc, op.getIn().getType()};
    if (!getElementTypeOrSelf(op.getType()).isF32()) {
      Value single = arith::ExtFOp::create(b, loc, e.single(), op.getIn());
      b.replaceOpWithNewOp<arith::ExtFOp>(op, op.getType(), single);
      return success();
    }
    Value half =
        arith::ExtUIOp::create(b, loc, e.integer(32), e.bits(op.getIn(), 16));
    Value magnitude = e.op<arith::ShLIOp>(
        e.op<arith::AndIOp>(half, e.number(0x7fff, 32)), e.number(13, 32));
    Value sign = e.op<arith::ShLIOp>(
        e.op<arith::AndIOp>(half, e.number(0x8000, 32)), e.number(16, 32));
    constexpr int64_t kBias = int64_t(127 - 15) << 23;
    Value normal = e.op<arith::AddIOp>(magnitude, e.number(kBias, 32));
    // Infinities and NaN have the largest exponent here as well.
    Value special = e.op<arith::AddIOp>(normal, e.number(kBias, 32));
    Value smallest = e.number(kBias + (1 << 23), 32);
    Value tiny = e.bits(
        e.op<arith::SubFOp>(e.toSingle(e.op<arith::OrIOp>(magnitude, smallest)),
                            e.toSingle(smallest)),
        32);
    Value result =
        e.select(e.isLess(magnitude, e.number(int64_t(1) << 23, 32)), tiny,
                 e.select(e.isLess(magnitude, e.number(int64_t(31) << 23, 32)),
                          normal, special));
    b.replaceOp(op, e.toSingle(e.op<arith::OrIOp>(result, sign)));
    return success();
  }
};

/// f32 -> f16, to the nearest, halves to even.
struct NarrowToF16 : OpRewritePattern<arith::TruncFOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(arith::TruncFOp op,
                                PatternRewriter &b) const override {
    if (!getElementTypeOrSelf(op.getType()).isF16() ||
        !getElementTypeOrSelf(op.getIn().getType()).isF32())
      return failure();
    Emitter e{b, op.getLoc(), op.getType()};
    Value bits = e.bits(op.getIn(), 32);
    Value sign = e.op<arith::AndIOp>(
        e.op<arith::ShRUIOp>(bits, e.number(16, 32)), e.number(0x8000, 32));
    Value x = e.op<arith::AndIOp>(bits, e.number(0x7fffffff, 32));
    // Below 2^-14, where the last bit stands for 2^-24, which is the last bit
    // of f32 at 1/2: the sum rounds.
    Value half = e.number(0x3f000000, 32);
    Value tiny = e.op<arith::SubIOp>(
        e.bits(e.op<arith::AddFOp>(e.toSingle(x), e.toSingle(half)), 32), half);
    // Else a little less than half of the last bit is added, or half where that
    // bit is set; a carry into the exponent is what it should be.
    Value last = e.op<arith::AndIOp>(e.op<arith::ShRUIOp>(x, e.number(13, 32)),
                                     e.number(1, 32));
    constexpr int64_t kBias = int64_t(127 - 15) << 23;
    Value normal =
        e.op<arith::ShRUIOp>(e.op<arith::AddIOp>(e.op<arith::AddIOp>(x, last),
                                                 e.number(0xfff - kBias, 32)),
                             e.number(13, 32));
    // From 2^16 on: infinity, or NaN.
    Value isNaN = e.isLess(e.number(0x7f800000, 32), x);
    Value special = e.select(isNaN, e.number(0x7e00, 32), e.number(0x7c00, 32));
    Value result =
        e.select(e.isLess(x, e.number(int64_t(113) << 23, 32)), tiny,
                 e.select(e.isLess(x, e.number(int64_t(143) << 23, 32)), normal,
                          special));
    result = e.op<arith::OrIOp>(result, sign);
    result = arith::TruncIOp::create(b, op.getLoc(), e.integer(16), result);
    b.replaceOpWithNewOp<arith::BitcastOp>(op, op.getType(), result);
    return success();
  }
};

struct ExpandHalfPass : bitserial::impl::ExpandHalfBase<ExpandHalfPass> {
  void runOnOperation() override {
    func::FuncOp func = getOperation();
    bool hasAny = func.walk([](Operation *op) {
                        for (Value result : op->getResults()) {
                          Type element = getElementTypeOrSelf(result);
                          if (element.isF16() || element.isBF16())
                            return WalkResult::interrupt();
                        }
                        return WalkResult::advance();
                      })
                      .wasInterrupted();
    if (!hasAny)
      return markAllAnalysesPreserved();
    FailureOr<Target> target = getTarget(func);
    if (failed(target))
      return signalPassFailure();
    Missing missing = findMissing(*target);
    RewritePatternSet patterns(&getContext());
    patterns.add<Widen>(&getContext(), missing);
    patterns.add<NarrowDouble>(&getContext(), findMissingFromDouble(*target));
    if (missing.f16)
      patterns.add<ExtendF16, NarrowToF16>(&getContext());
    if (missing.bf16)
      arith::populateExpandBFloat16Patterns(patterns);
    if (failed(applyPatternsGreedily(func, std::move(patterns))))
      signalPassFailure();
  }
};
} // namespace

//===- ExpandMath.cpp - Mathematical functions without a library ----------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Target/Target.h"
#include "bitserial/Transforms/Passes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Math/Transforms/Passes.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/TypeUtilities.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"
#include <cmath>
#include <limits>

namespace mlir::bitserial {
#define GEN_PASS_DEF_EXPANDMATH
#include "bitserial/Transforms/Passes.h.inc"
} // namespace mlir::bitserial

using namespace mlir;
using namespace mlir::bitserial;

//===----------------------------------------------------------------------===//
// What the target has instructions for
//===----------------------------------------------------------------------===//

static bool hasFusedMultiplyAdd(const Target &target) {
  switch (target.arch()) {
  case Arch::X86_64:
    return target.hasFeature("fma");
  case Arch::AArch64:
    return true;
  case Arch::ARM:
    return target.hasFeature("vfp4");
  }
  llvm_unreachable("all architectures are handled");
}

/// To integers within the floating-point type: floor, ceil and so on.
static bool hasRounding(const Target &target) {
  switch (target.arch()) {
  case Arch::X86_64:
    return target.hasFeature("sse4.1");
  case Arch::AArch64:
    return true;
  case Arch::ARM:
    return target.hasFeature("fp-armv8");
  }
  llvm_unreachable("all architectures are handled");
}

//===----------------------------------------------------------------------===//
// Patterns
//===----------------------------------------------------------------------===//

namespace {
/// Builds ops on scalars or vectors of one floating-point type.
struct Emitter {
  PatternRewriter &b;
  Location loc;
  Type type;

  Value number(double value) {
    FloatAttr attr = b.getFloatAttr(getElementTypeOrSelf(type), value);
    if (auto vector = dyn_cast<ShapedType>(type))
      return arith::ConstantOp::create(b, loc,
                                       DenseElementsAttr::get(vector, attr));
    return arith::ConstantOp::create(b, loc, attr);
  }
  Value compare(arith::CmpFPredicate predicate, Value a, Value c) {
    return arith::CmpFOp::create(b, loc, predicate, a, c);
  }
  Value select(Value condition, Value a, Value c) {
    return arith::SelectOp::create(b, loc, condition, a, c);
  }
  Value floor(Value a) { return math::FloorOp::create(b, loc, a); }
};

/// a^b as the exponential of b ln |a|, negative for a negative a and an odd b.
struct ExpandPower : OpRewritePattern<math::PowFOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(math::PowFOp op,
                                PatternRewriter &b) const override {
    if (!getElementTypeOrSelf(op.getType()).isF32())
      return failure();
    using P = arith::CmpFPredicate;
    Emitter e{b, op.getLoc(), op.getType()};
    Location loc = op.getLoc();
    Value base = op.getLhs(), power = op.getRhs();
    Value zero = e.number(0.0), one = e.number(1.0);
    Value sign = math::CopySignOp::create(b, loc, one, base);
    Value absolute = math::AbsFOp::create(b, loc, base);
    // Powers of these are real whatever the sign.
    Value isExtreme = arith::OrIOp::create(
        b, loc, e.compare(P::OEQ, absolute, zero),
        e.compare(P::OEQ, absolute,
                  e.number(std::numeric_limits<double>::infinity())));
    Value magnitude = math::ExpOp::create(
        b, loc,
        arith::MulFOp::create(b, loc, power,
                              math::LogOp::create(b, loc, absolute)));
    Value half = arith::MulFOp::create(b, loc, power, e.number(0.5));
    Value isEven = e.compare(P::OEQ, e.floor(half), half);
    Value isInteger = e.compare(P::OEQ, e.floor(power), power);
    Value negative = e.select(
        isInteger,
        e.select(isEven, magnitude, arith::NegFOp::create(b, loc, magnitude)),
        e.select(isExtreme, magnitude,
                 e.number(std::numeric_limits<double>::quiet_NaN())));
    Value result = e.select(e.compare(P::OLT, sign, zero), negative, magnitude);
    // Where 0 times infinity would be NaN.
    result = e.select(e.compare(P::OEQ, power, zero), one, result);
    b.replaceOp(op, e.select(e.compare(P::OEQ, base, one), one, result));
    return success();
  }
};

/// A sum with 2^p, p the bits of the fraction, rounds to an integer; from there
/// on there are no others.
struct ExpandRoundEven : OpRewritePattern<math::RoundEvenOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(math::RoundEvenOp op,
                                PatternRewriter &b) const override {
    Location loc = op.getLoc();
    Emitter e{b, loc, op.getType()};
    auto element = cast<FloatType>(getElementTypeOrSelf(op.getType()));
    Value limit =
        e.number(std::ldexp(1.0, int(element.getFPMantissaWidth()) - 1));
    Value magnitude = math::AbsFOp::create(b, loc, op.getOperand());
    Value sum = arith::AddFOp::create(b, loc, magnitude, limit);
    Value rounded =
        e.select(e.compare(arith::CmpFPredicate::OLT, magnitude, limit),
                 arith::SubFOp::create(b, loc, sum, limit), magnitude);
    b.replaceOpWithNewOp<math::CopySignOp>(op, rounded, op.getOperand());
    return success();
  }
};

/// Rounding by that to the nearest, ties to even, which is exact on any target.
template <typename Op> struct ExpandRounding : OpRewritePattern<Op> {
  using OpRewritePattern<Op>::OpRewritePattern;
  LogicalResult matchAndRewrite(Op op, PatternRewriter &b) const override {
    using P = arith::CmpFPredicate;
    Location loc = op.getLoc();
    Emitter e{b, loc, op.getType()};
    Value value = op.getOperand();
    bool isRound = std::is_same_v<Op, math::RoundOp>;
    bool isCeil = std::is_same_v<Op, math::CeilOp>;
    if (isRound)
      value = math::AbsFOp::create(b, loc, value);
    Value nearest = math::RoundEvenOp::create(b, loc, value);
    Value one = e.number(1.0), result;
    if (isCeil)
      result = e.select(e.compare(P::OLT, nearest, value),
                        arith::AddFOp::create(b, loc, nearest, one), nearest);
    else
      result = e.select(e.compare(P::OGT, nearest, value),
                        arith::SubFOp::create(b, loc, nearest, one), nearest);
    if (isRound) {
      // From the floor of the magnitude: one more from a half on.
      Value rest = arith::SubFOp::create(b, loc, value, result);
      result = e.select(e.compare(P::OGE, rest, e.number(0.5)),
                        arith::AddFOp::create(b, loc, result, one), result);
    }
    // The sign of zeros.
    b.replaceOpWithNewOp<math::CopySignOp>(op, result, op.getOperand());
    return success();
  }
};
} // namespace

/// Functions that upstream approximates, for f32 and by it for shorter types.
static bool isApproximated(StringRef name) {
  // Those of sine and cosine are wrong for large numbers.
  static const StringRef names[] = {
      math::Atan2Op::getOperationName(), math::AtanOp::getOperationName(),
      math::ErfOp::getOperationName(),   math::ErfcOp::getOperationName(),
      math::ExpM1Op::getOperationName(), math::ExpOp::getOperationName(),
      math::Log1pOp::getOperationName(), math::Log2Op::getOperationName(),
      math::LogOp::getOperationName(),   math::TanhOp::getOperationName()};
  return llvm::is_contained(names, name);
}

static bool isWidened(StringRef name) {
  return isApproximated(name) || name == math::PowFOp::getOperationName();
}

/// Whether LLVM has instructions for what is left of the dialect.
static bool isInstruction(Operation *op, bool hasFma, bool canRound) {
  if (isa<math::FmaOp>(op))
    return hasFma;
  if (isa<math::FloorOp, math::CeilOp, math::RoundEvenOp, math::RoundOp,
          math::TruncOp>(op))
    return canRound;
  return isa<math::AbsFOp, math::AbsIOp, math::CopySignOp,
             math::CountLeadingZerosOp, math::CountTrailingZerosOp,
             math::CtPopOp, math::IsFiniteOp, math::IsInfOp, math::IsNaNOp,
             math::IsNormalOp, math::RsqrtOp, math::SqrtOp>(op);
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

namespace {
struct ExpandMathPass : bitserial::impl::ExpandMathBase<ExpandMathPass> {
  void runOnOperation() override {
    func::FuncOp func = getOperation();
    auto isFunction = [](Operation *op) {
      return isa<math::MathDialect>(op->getDialect()) || isa<arith::RemFOp>(op)
                 ? WalkResult::interrupt()
                 : WalkResult::advance();
    };
    if (!func.walk(isFunction).wasInterrupted())
      return markAllAnalysesPreserved();
    FailureOr<Target> target = getTarget(func);
    if (failed(target))
      return signalPassFailure();
    bool hasFma = hasFusedMultiplyAdd(*target), canRound = hasRounding(*target);

    RewritePatternSet patterns(&getContext());
    populateMathF32ExpansionPatterns(patterns, isWidened);
    populateMathPolynomialApproximationPatterns(patterns, isApproximated);
    SmallVector<StringRef> expanded = {"rsqrt"};
    if (!hasFma)
      expanded.push_back("fma");
    if (!canRound)
      patterns.add<ExpandRoundEven, ExpandRounding<math::FloorOp>,
                   ExpandRounding<math::CeilOp>, ExpandRounding<math::RoundOp>>(
          &getContext());
    math::populateExpansionPatterns(patterns, expanded);
    patterns.add<ExpandPower>(&getContext());
    if (failed(applyPatternsGreedily(func, std::move(patterns))))
      return signalPassFailure();

    bool hasFailed = false;
    func.walk([&](Operation *op) {
      bool isRemainder = isa<arith::RemFOp>(op);
      if (!isRemainder && (!isa<math::MathDialect>(op->getDialect()) ||
                           isInstruction(op, hasFma, canRound)))
        return;
      op->emitError() << "'" << op->getName() << "' of "
                      << op->getResult(0).getType()
                      << " would be a call of the C library, which generated "
                         "code does without: there is no approximation of it "
                         "for this type";
      hasFailed = true;
    });
    if (hasFailed)
      signalPassFailure();
  }
};
} // namespace

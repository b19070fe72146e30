//===- TOSAToBitserial.cpp - Low-bit contractions of TOSA -----------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// In two steps: describe() says for every contraction of the module what it
// would be as a bitserial.contract, or why it cannot be one; convert() replaces
// those that can. The range analysis holds only until the IR is changed.
//
//===----------------------------------------------------------------------===//

#include "bitserial/Conversion/LowBitContraction.h"
#include "bitserial/Conversion/Passes.h"
#include "bitserial/Conversion/Ranges/RangeAnalysis.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/IR/Remarks.h"
#include "llvm/ADT/TypeSwitch.h"

namespace mlir::bitserial {
#define GEN_PASS_DEF_CONVERTTOSA
#include "bitserial/Conversion/Passes.h.inc"
} // namespace mlir::bitserial

using namespace mlir;
using namespace mlir::bitserial;

//===----------------------------------------------------------------------===//
// TOSA's contractions in terms of bitserial.contract
//===----------------------------------------------------------------------===//

/// The map over `numLoops` dimensions with the given results.
static AffineMap getMap(unsigned numLoops, ArrayRef<AffineExpr> results,
                        MLIRContext *context) {
  return AffineMap::get(numLoops, 0, results, context);
}

static SmallVector<AffineExpr> getLoops(unsigned numLoops,
                                        MLIRContext *context) {
  SmallVector<AffineExpr> loops;
  for (unsigned loop = 0; loop < numLoops; ++loop)
    loops.push_back(getAffineDimExpr(loop, context));
  return loops;
}

template <typename ConvOp>
static void describeWindow(ConvOp op, ContractionShape &shape) {
  // TOSA has top, bottom, left, right.
  ArrayRef<int64_t> pad = op.getPad();
  shape.padLow = {0, pad[0], pad[2], 0};
  shape.padHigh = {0, pad[1], pad[3], 0};
  shape.biasRank = 1;
}

static ContractionShape describe(tosa::Conv2DOp op) {
  MLIRContext *context = op.getContext();
  ContractionShape shape;
  SmallVector<AffineExpr> d = getLoops(7, context);
  AffineExpr n = d[0], oh = d[1], ow = d[2], o = d[3], kh = d[4], kw = d[5],
             c = d[6];
  ArrayRef<int64_t> stride = op.getStride(), dilation = op.getDilation();
  shape.lhsMap = getMap(7,
                        {n, oh * stride[0] + kh * dilation[0],
                         ow * stride[1] + kw * dilation[1], c},
                        context);
  shape.rhsMap = getMap(7, {o, kh, kw, c}, context);
  shape.resultMap = getMap(7, {n, oh, ow, o}, context);
  shape.lhsShape =
      llvm::to_vector(cast<ShapedType>(op.getInput().getType()).getShape());
  shape.rhsShape =
      llvm::to_vector(cast<ShapedType>(op.getWeight().getType()).getShape());
  shape.resultShape =
      llvm::to_vector(cast<ShapedType>(op.getType()).getShape());
  describeWindow(op, shape);
  return shape;
}

/// The weights are KH x KW x C x M, and channel c * M + m of the result is the
/// m-th filter's of input channel c.
static ContractionShape describe(tosa::DepthwiseConv2DOp op) {
  MLIRContext *context = op.getContext();
  ContractionShape shape;
  ArrayRef<int64_t> weights =
      cast<ShapedType>(op.getWeight().getType()).getShape();
  ArrayRef<int64_t> result = cast<ShapedType>(op.getType()).getShape();
  ArrayRef<int64_t> stride = op.getStride(), dilation = op.getDilation();
  // One filter per channel is without the dimension m, so that the result needs
  // no reshape and what follows can be fused.
  bool hasMultiplier = weights[3] != 1;
  unsigned numLoops = hasMultiplier ? 7 : 6;
  SmallVector<AffineExpr> d = getLoops(numLoops, context);
  AffineExpr n = d[0], oh = d[1], ow = d[2], kh = d[3], kw = d[4], c = d[5];
  shape.lhsMap = getMap(numLoops,
                        {n, oh * stride[0] + kh * dilation[0],
                         ow * stride[1] + kw * dilation[1], c},
                        context);
  SmallVector<AffineExpr> rhs = {kh, kw, c}, out = {n, oh, ow, c};
  shape.lhsShape =
      llvm::to_vector(cast<ShapedType>(op.getInput().getType()).getShape());
  shape.rhsShape = {weights[0], weights[1], weights[2]};
  shape.resultShape = {result[0], result[1], result[2], weights[2]};
  if (hasMultiplier) {
    rhs.push_back(d[6]);
    out.push_back(d[6]);
    shape.rhsShape.push_back(weights[3]);
    shape.resultShape.push_back(weights[3]);
  }
  shape.rhsMap = getMap(numLoops, rhs, context);
  shape.resultMap = getMap(numLoops, out, context);
  describeWindow(op, shape);
  shape.biasRank = hasMultiplier ? 2 : 1;
  return shape;
}

static ContractionShape describe(tosa::MatMulOp op) {
  MLIRContext *context = op.getContext();
  ContractionShape shape;
  SmallVector<AffineExpr> d = getLoops(4, context);
  AffineExpr b = d[0], m = d[1], n = d[2], k = d[3];
  shape.lhsMap = getMap(4, {b, m, k}, context);
  shape.rhsMap = getMap(4, {b, k, n}, context);
  shape.resultMap = getMap(4, {b, m, n}, context);
  shape.lhsShape =
      llvm::to_vector(cast<ShapedType>(op.getA().getType()).getShape());
  shape.rhsShape =
      llvm::to_vector(cast<ShapedType>(op.getB().getType()).getShape());
  shape.resultShape =
      llvm::to_vector(cast<ShapedType>(op.getType()).getShape());
  return shape;
}

/// The operands, results and shape of `op`; the shape is left empty if a type
/// is not static.
template <typename ConvOp>
static LowBitContraction describeConv(ConvOp op, const ModelFacts &facts) {
  LowBitContraction result(op, facts);
  result.setOperand(0, op.getInput(), op.getInputZeroPoint());
  result.setOperand(1, op.getWeight(), op.getWeightZeroPoint());
  result.bias = op.getBias();
  if (result.hasStaticShapes())
    result.shape = describe(op);
  return result;
}

/// nullopt for ops that are no contractions.
static std::optional<LowBitContraction>
describeContraction(Operation *op, const ModelFacts &facts) {
  using Result = std::optional<LowBitContraction>;
  return llvm::TypeSwitch<Operation *, Result>(op)
      .Case<tosa::Conv2DOp, tosa::DepthwiseConv2DOp>(
          [&](auto conv) -> Result { return describeConv(conv, facts); })
      .Case([&](tosa::MatMulOp matmul) -> Result {
        LowBitContraction result(matmul, facts);
        result.setOperand(0, matmul.getA(), matmul.getAZeroPoint());
        result.setOperand(1, matmul.getB(), matmul.getBZeroPoint());
        if (result.hasStaticShapes())
          result.shape = describe(matmul);
        return result;
      })
      .Default([](Operation *) -> Result { return std::nullopt; });
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

namespace {
struct ConvertTosaPass : bitserial::impl::ConvertTosaBase<ConvertTosaPass> {
  using ConvertTosaBase::ConvertTosaBase;
  ConvertTosaPass(ImportReport &report, const ConvertTosaOptions &options)
      : ConvertTosaBase(options), report(&report) {}

  void runOnOperation() override {
    auto find = [&](Operation *op, const ModelFacts &facts) {
      std::optional<LowBitContraction> found = describeContraction(op, facts);
      if (found)
        found->decide();
      return found;
    };
    ImportOptions options{maxPlaneProducts, allowReassociation, maxInput};
    if (failed(convertContractions(getOperation(), find, options, report,
                                   reportFile)))
      signalPassFailure();
  }

private:
  ImportReport *report = nullptr;
};
} // namespace

std::unique_ptr<Pass>
bitserial::createConvertTosa(ImportReport &report,
                             const ConvertTosaOptions &options) {
  return std::make_unique<ConvertTosaPass>(report, options);
}

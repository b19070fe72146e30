//===- Contractions.cpp - Contractions of StableHLO -----------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Contractions.h"

using namespace mlir;
using namespace mlir::bitserial;
using namespace mlir::bitserial::stablehlo;

static RankedTensorType getTensor(Value value) {
  return cast<RankedTensorType>(value.getType());
}

ContractionShape bitserial::describeContraction(DotGeneralOp op) {
  MLIRContext *context = op.getContext();
  DotNumbersAttr numbers = op.getDotDimensionNumbers();
  RankedTensorType lhs = getTensor(op.getLhs()), rhs = getTensor(op.getRhs());
  // Loops: batching, then the rest of lhs, the rest of rhs, contracting.
  SmallVector<AffineExpr> lhsExprs(lhs.getRank()), rhsExprs(rhs.getRank()),
      resultExprs;
  unsigned loop = 0;
  for (auto [l, r] : llvm::zip_equal(numbers.getLhsBatchingDimensions(),
                                     numbers.getRhsBatchingDimensions())) {
    lhsExprs[l] = rhsExprs[r] = getAffineDimExpr(loop++, context);
    resultExprs.push_back(lhsExprs[l]);
  }
  auto addFree = [&](MutableArrayRef<AffineExpr> exprs,
                     ArrayRef<int64_t> contracting) {
    for (auto [dim, expr] : llvm::enumerate(exprs))
      if (!expr && !llvm::is_contained(contracting, int64_t(dim))) {
        expr = getAffineDimExpr(loop++, context);
        resultExprs.push_back(expr);
      }
  };
  addFree(lhsExprs, numbers.getLhsContractingDimensions());
  addFree(rhsExprs, numbers.getRhsContractingDimensions());
  for (auto [l, r] : llvm::zip_equal(numbers.getLhsContractingDimensions(),
                                     numbers.getRhsContractingDimensions()))
    lhsExprs[l] = rhsExprs[r] = getAffineDimExpr(loop++, context);

  ContractionShape shape;
  shape.lhsMap = AffineMap::get(loop, 0, lhsExprs, context);
  shape.rhsMap = AffineMap::get(loop, 0, rhsExprs, context);
  shape.resultMap = AffineMap::get(loop, 0, resultExprs, context);
  shape.lhsShape = llvm::to_vector(lhs.getShape());
  shape.rhsShape = llvm::to_vector(rhs.getShape());
  shape.resultShape = llvm::to_vector(getTensor(op.getResult()).getShape());
  shape.padLow.assign(lhs.getRank(), 0);
  shape.padHigh.assign(lhs.getRank(), 0);
  return shape;
}

bool bitserial::isPlain(ConvolutionOp op) {
  return llvm::all_of(op.getInputDilation(),
                      [](int64_t dilation) { return dilation == 1; }) &&
         llvm::none_of(op.getReversal(),
                       [](bool isReversed) { return isReversed; }) &&
         llvm::all_of(op.getPaddings(), [](auto padding) {
           return padding.first >= 0 && padding.second >= 0;
         });
}

namespace {
/// A tensor's dimensions while they are being described.
struct Dims {
  SmallVector<SmallVector<std::pair<AffineExpr, int64_t>>> of;
  explicit Dims(int64_t rank) : of(rank) {}

  AffineMap getMap(unsigned loops, MLIRContext *context) const {
    SmallVector<AffineExpr> exprs;
    for (const auto &parts : of)
      for (auto [expr, size] : parts)
        exprs.push_back(expr);
    return AffineMap::get(loops, 0, exprs, context);
  }
  SmallVector<int64_t> getShape() const {
    SmallVector<int64_t> shape;
    for (const auto &parts : of)
      for (auto [expr, size] : parts)
        shape.push_back(size);
    return shape;
  }
};
} // namespace

ContractionShape
bitserial::describeContraction(ConvolutionOp op,
                               std::optional<ArrayRef<int64_t>> paddedShape) {
  MLIRContext *context = op.getContext();
  ConvNumbersAttr numbers = op.getDimensionNumbers();
  RankedTensorType lhs = getTensor(op.getLhs()), rhs = getTensor(op.getRhs()),
                   out = getTensor(op.getResult());
  int64_t rank = lhs.getRank(), spatial = op.getNumSpatial();
  int64_t featureGroups = op.getFeatureGroupCount(),
          batchGroups = op.getBatchGroupCount();
  int64_t groups = std::max(featureGroups, batchGroups);
  int64_t outputs = out.getDimSize(numbers.getOutputFeature()) / groups;
  int64_t inputs = rhs.getDimSize(numbers.getKernelInputFeature());
  int64_t batch = out.getDimSize(numbers.getOutputBatch());

  // Loops as in a usual convolution: batch, output positions, group, outputs,
  // kernel positions, inputs. Groups, and what is one per group, have loops
  // only where they are needed, so that fewer reshapes are.
  unsigned loop = 0;
  auto newLoop = [&] { return getAffineDimExpr(loop++, context); };
  Dims l(rank), r(rank), o(rank);
  AffineExpr n = newLoop();
  SmallVector<AffineExpr> positions, taps;
  for (int64_t i = 0; i < spatial; ++i)
    positions.push_back(newLoop());
  AffineExpr group = groups > 1 ? newLoop() : AffineExpr();
  bool hasOutputs = groups == 1 || outputs > 1;
  AffineExpr output = hasOutputs ? newLoop() : AffineExpr();
  for (int64_t i = 0; i < spatial; ++i)
    taps.push_back(newLoop());
  bool hasInputs = groups == 1 || inputs > 1 || batchGroups > 1;
  AffineExpr input = hasInputs ? newLoop() : AffineExpr();

  auto &lhsBatch = l.of[numbers.getInputBatch()];
  auto &lhsFeature = l.of[numbers.getInputFeature()];
  if (batchGroups > 1)
    lhsBatch.push_back({group, groups});
  lhsBatch.push_back({n, batch});
  if (featureGroups > 1)
    lhsFeature.push_back({group, groups});
  if (hasInputs)
    lhsFeature.push_back({input, inputs});

  auto &rhsInput = r.of[numbers.getKernelInputFeature()];
  auto &rhsOutput = r.of[numbers.getKernelOutputFeature()];
  if (hasInputs)
    rhsInput.push_back({input, inputs});
  auto &outFeature = o.of[numbers.getOutputFeature()];
  o.of[numbers.getOutputBatch()].push_back({n, batch});
  for (auto *dims : {&rhsOutput, &outFeature}) {
    if (group)
      dims->push_back({group, groups});
    if (hasOutputs)
      dims->push_back({output, outputs});
  }

  SmallVector<int64_t> strides = op.getStrides(),
                       dilation = op.getKernelDilation();
  for (int64_t i = 0; i < spatial; ++i) {
    int64_t lhsDim = numbers.getInputSpatial()[i],
            rhsDim = numbers.getKernelSpatial()[i],
            outDim = numbers.getOutputSpatial()[i];
    l.of[lhsDim].push_back(
        {positions[i] * strides[i] + taps[i] * dilation[i],
         paddedShape ? (*paddedShape)[lhsDim] : lhs.getDimSize(lhsDim)});
    r.of[rhsDim].push_back({taps[i], rhs.getDimSize(rhsDim)});
    o.of[outDim].push_back({positions[i], out.getDimSize(outDim)});
  }

  ContractionShape shape;
  shape.lhsMap = l.getMap(loop, context);
  shape.rhsMap = r.getMap(loop, context);
  shape.resultMap = o.getMap(loop, context);
  shape.lhsShape = l.getShape();
  shape.rhsShape = r.getShape();
  shape.resultShape = o.getShape();
  SmallVector<std::pair<int64_t, int64_t>> paddings = op.getPaddings();
  for (int64_t dim = 0; dim < rank; ++dim) {
    std::pair<int64_t, int64_t> padding = {0, 0};
    for (int64_t i = 0; i < spatial; ++i)
      if (!paddedShape && numbers.getInputSpatial()[i] == dim)
        padding = paddings[i];
    for (size_t part = 0; part < l.of[dim].size(); ++part) {
      shape.padLow.push_back(padding.first);
      shape.padHigh.push_back(padding.second);
    }
  }
  return shape;
}

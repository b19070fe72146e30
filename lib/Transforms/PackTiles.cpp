//===- PackTiles.cpp - Contractions that pack for each cache tile ---------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ContractionReads.h"
#include "bitserial/Transforms/Scheduling.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/Remarks.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace mlir::bitserial;

namespace {
/// Neighbouring tiles that read as much and have the same padding.
struct Tiles {
  int64_t first, count;
  Range1D read; // of the first one
};

/// Splits one contraction.
class TileSplitter {
public:
  TileSplitter(RewriterBase &b, ContractOp op, unsigned dim, int64_t lines)
      : b(b), op(op), dim(dim), lines(lines) {}

  FailureOr<SmallVector<ContractOp>> run();

private:
  /// Finds the dimension of the lhs that lines index, and what tiles read.
  LogicalResult findTiles();
  /// Inserts the result of the tile whose first line is `line` into `result`.
  Value createTile(const Tiles &tiles, OpFoldResult line, Value result);
  /// Offsets of a slice: `offset` along dimension `pos`, else 0.
  SmallVector<OpFoldResult> getOffsets(unsigned rank, unsigned pos,
                                       OpFoldResult offset) {
    SmallVector<OpFoldResult> offsets(rank, b.getIndexAttr(0));
    offsets[pos] = offset;
    return offsets;
  }

  RewriterBase &b;
  ContractOp op;
  unsigned dim;
  int64_t lines;
  unsigned lhsPos = 0;
  int64_t distance = 1; // of what neighbouring lines read
  SmallVector<Tiles> groups;
  SmallVector<ContractOp> contracts;
};
} // namespace

LogicalResult TileSplitter::findTiles() {
  for (auto [pos, expr] : llvm::enumerate(op.getLhsMap().getResults()))
    if (expr.isFunctionOfDim(dim)) {
      lhsPos = pos;
      distance = getCoefficient(expr, dim).value_or(1);
    }
  AffineExpr expr = op.getLhsMap().getResult(lhsPos);
  int64_t size = op.getLhs().getType().getDimSize(lhsPos);
  for (int64_t tile = 0, n = op.getLoopRanges()[dim] / lines; tile < n;
       ++tile) {
    std::optional<Range1D> read =
        findRead(expr, op, dim, tile * lines, (tile + 1) * lines, size,
                 op.getLhsPadLow()[lhsPos]);
    if (!read)
      return op.emitOpError() << "has a cache tile of " << lines
                              << " lines that reads padding alone";
    if (groups.empty() || groups.back().read.size != read->size ||
        groups.back().read.padLow != read->padLow ||
        groups.back().read.padHigh != read->padHigh)
      groups.push_back({tile, 1, *read});
    else
      groups.back().count += 1;
  }
  return success();
}

Value TileSplitter::createTile(const Tiles &tiles, OpFoldResult line,
                               Value result) {
  Location loc = op.getLoc();
  RankedTensorType lhsType = op.getLhs().getType(), type = op.getType();
  auto getUnits = [&](unsigned rank) {
    return SmallVector<OpFoldResult>(rank, b.getIndexAttr(1));
  };
  // The first line of all tiles reads from -padding on.
  OpFoldResult start = affine::makeComposedFoldedAffineApply(
      b, loc,
      b.getAffineDimExpr(0) * distance - op.getLhsPadLow()[lhsPos] +
          tiles.read.padLow,
      {line});
  SmallVector<int64_t> lhsShape(lhsType.getShape());
  lhsShape[lhsPos] = tiles.read.size;
  Value lhs = tensor::ExtractSliceOp::create(
      b, loc, RankedTensorType::get(lhsShape, lhsType.getElementType()),
      op.getLhs(), getOffsets(lhsType.getRank(), lhsPos, start),
      getAsIndexOpFoldResult(b.getContext(), lhsShape),
      getUnits(lhsType.getRank()));
  SmallVector<int64_t> low = op.getLhsPadLow(), high = op.getLhsPadHigh();
  low[lhsPos] = tiles.read.padLow;
  high[lhsPos] = tiles.read.padHigh;

  unsigned resultPos =
      *op.getResultMap().getResultPosition(b.getAffineDimExpr(dim));
  SmallVector<int64_t> shape(type.getShape());
  shape[resultPos] = lines;
  auto contract = ContractOp::create(
      b, loc, RankedTensorType::get(shape, type.getElementType()), lhs,
      op.getRhs(), op.getIndexingMapsAttr(), b.getDenseI64ArrayAttr(low),
      b.getDenseI64ArrayAttr(high));
  contract->setDiscardableAttrs(op->getDiscardableAttrDictionary());
  contracts.push_back(contract);
  return tensor::InsertSliceOp::create(
      b, loc, contract, result, getOffsets(type.getRank(), resultPos, line),
      getAsIndexOpFoldResult(b.getContext(), shape), getUnits(type.getRank()));
}

FailureOr<SmallVector<ContractOp>> TileSplitter::run() {
  if (failed(findTiles()))
    return failure();
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPoint(op);
  Location loc = op.getLoc();
  RankedTensorType type = op.getType();
  Value result =
      tensor::EmptyOp::create(b, loc, type.getShape(), type.getElementType());
  for (const Tiles &tiles : groups) {
    int64_t begin = tiles.first * lines;
    if (tiles.count == 1) {
      result = createTile(tiles, b.getIndexAttr(begin), result);
      continue;
    }
    auto createIndex = [&](int64_t value) {
      return arith::ConstantIndexOp::create(b, loc, value).getResult();
    };
    auto loop = scf::ForOp::create(
        b, loc, createIndex(begin), createIndex(begin + tiles.count * lines),
        createIndex(lines), result,
        [&](OpBuilder &, Location, Value line, ValueRange results) {
          scf::YieldOp::create(b, loc, createTile(tiles, line, results[0]));
        });
    result = loop.getResult(0);
  }
  remark::analysis(loc,
                   remark::RemarkOpts::name("packing").category("bitserial"))
      << llvm::formatv("activations are packed for each tile of {0} along d{1}",
                       lines, dim)
             .str();
  b.replaceOp(op, result);
  return contracts;
}

FailureOr<SmallVector<ContractOp>>
bitserial::packPerTile(RewriterBase &b, ContractOp op, int64_t lines) {
  if (op.getLhsLayout())
    return op.emitOpError("is packed already and cannot be packed per tile");
  std::optional<unsigned> dim = findLines(op);
  int64_t range = dim ? op.getLoopRanges()[*dim] : 1;
  if (lines < 1 || range % lines)
    return op.emitOpError() << "cannot be packed per cache tile of " << lines
                            << " lines: they must divide its " << range;
  if (lines == range)
    return SmallVector<ContractOp>{op};
  return TileSplitter(b, op, *dim, lines).run();
}

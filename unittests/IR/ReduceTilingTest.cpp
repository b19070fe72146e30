//===- ReduceTilingTest.cpp - Tests of the tiling of bitserial.reduce -----===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/IR/Bitserial.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Parser/Parser.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace mlir::bitserial;

namespace {

class ReduceTilingTest : public testing::Test {
protected:
  ReduceTilingTest() {
    context.loadDialect<BitserialDialect, func::FuncDialect>();
  }

  /// Parses a function body with one reduce over the inputs %0, %1 of the given
  /// types into %2.
  ReduceOp parse(std::string inputs[2], std::string init, std::string maps[3],
                 std::string planeDims) {
    std::string text = "func.func @f(%0: " + inputs[0] + ", %1: " + inputs[1] +
                       ", %2: " + init +
                       ") {\n"
                       "  %3 = bitserial.reduce ins(%0, %1 : " +
                       inputs[0] + ", " + inputs[1] + ") outs(%2 : " + init +
                       ")\n"
                       "    indexing_maps = [affine_map<" +
                       maps[0] + ">, affine_map<" + maps[1] + ">, affine_map<" +
                       maps[2] + ">] plane_dims = " + planeDims +
                       " {\n"
                       "  ^bb0(%a: i1, %w: i1):\n"
                       "    %x = arith.andi %a, %w : i1\n"
                       "    %s = arith.extui %x : i1 to i32\n"
                       "    bitserial.yield %s : i32\n"
                       "  } -> " +
                       init + "\n  return\n}";
    module = parseSourceString<ModuleOp>(text, &context);
    ReduceOp reduce;
    if (module)
      module->walk([&](ReduceOp op) { reduce = op; });
    return reduce;
  }

  /// Tiles `op` and checks that each tile does its part: every iteration reads
  /// and writes what it did before, through the tile's slices.
  void checkTiles(ReduceOp op, ArrayRef<int64_t> tileSizes) {
    SmallVector<int64_t> ranges = op.getLoopRanges();
    SmallVector<int64_t> start(ranges.size(), 0);
    do {
      SmallVector<int64_t> sizes;
      for (auto [from, range, size] : llvm::zip_equal(start, ranges, tileSizes))
        sizes.push_back(std::min(size, range - from));
      checkTile(op, start, sizes);
    } while (!HasFailure() && advance(start, ranges, tileSizes));
  }

  MLIRContext context;
  OwningOpRef<ModuleOp> module;

private:
  static bool advance(SmallVectorImpl<int64_t> &index, ArrayRef<int64_t> ends,
                      ArrayRef<int64_t> steps) {
    for (int64_t dim = int64_t(index.size()) - 1; dim >= 0; --dim) {
      if ((index[dim] += steps[dim]) < ends[dim])
        return true;
      index[dim] = 0;
    }
    return false;
  }

  void checkTile(ReduceOp op, ArrayRef<int64_t> start,
                 ArrayRef<int64_t> sizes) {
    OpBuilder builder(op);
    FailureOr<TilingResult> result = op.getTiledImplementation(
        builder, getAsIndexOpFoldResult(&context, start),
        getAsIndexOpFoldResult(&context, sizes));
    ASSERT_TRUE(succeeded(result));
    auto tile = cast<ReduceOp>(result->tiledOps.front());
    ASSERT_TRUE(succeeded(verify(tile)));
    EXPECT_EQ(ArrayRef(tile.getLoopRanges()), sizes);
    EXPECT_EQ(tile.getLoopIteratorTypes(), op.getLoopIteratorTypes());

    SmallVector<int64_t> point(sizes.size(), 0), ones(sizes.size(), 1);
    for (unsigned operand = 0; operand < 3; ++operand) {
      auto slice =
          tile->getOperand(operand).getDefiningOp<tensor::ExtractSliceOp>();
      ASSERT_TRUE(slice && slice.getSource() == op->getOperand(operand));
      SmallVector<int64_t> offsets(slice.getStaticOffsets()),
          shape(slice.getStaticSizes());
      SmallVector<int64_t> whole(slice.getSourceType().getShape());
      ASSERT_FALSE(llvm::is_contained(offsets, ShapedType::kDynamic));
      for (auto [offset, size, end] : llvm::zip_equal(offsets, shape, whole))
        EXPECT_LE(offset + size, end);
      if (operand < 2) { // All planes.
        int64_t planeDim = op.getPlaneDims()[operand];
        EXPECT_EQ(offsets[planeDim], 0);
        EXPECT_EQ(shape[planeDim], whole[planeDim]);
        offsets.erase(offsets.begin() + planeDim);
        shape.erase(shape.begin() + planeDim);
      }
      point.assign(sizes.size(), 0);
      do {
        SmallVector<int64_t> before(point);
        for (auto [i, from] : llvm::zip_equal(before, start))
          i += from;
        SmallVector<int64_t> inSlice = tile.getMaps()[operand].compose(point);
        SmallVector<int64_t> expected = op.getMaps()[operand].compose(before);
        for (auto [i, position] : llvm::enumerate(inSlice)) {
          ASSERT_LT(position, shape[i]);
          ASSERT_EQ(position + offsets[i], expected[i]);
        }
      } while (advance(point, sizes, ones));
    }
    tile->erase();
    for (Operation *slice : result->generatedSlices)
      slice->erase();
  }
};

TEST_F(ReduceTilingTest, OutputsInInnerTiles) {
  std::string inputs[] = {"tensor<1x5x6xi32>", "tensor<3x6x1x8xi32>"};
  std::string maps[] = {"(m, n, k) -> (m, k)",
                        "(m, n, k) -> (n floordiv 8, k, n mod 8)",
                        "(m, n, k) -> (m, n)"};
  ReduceOp op = parse(inputs, "tensor<5x19xi32>", maps, "[0, 2]");
  ASSERT_TRUE(op);
  for (int64_t size : {1, 2, 4, 8, 16, 24, 19})
    checkTiles(op, {2, size, 4});
}

TEST_F(ReduceTilingTest, ReductionInInnerTiles) {
  std::string inputs[] = {"tensor<5x3x1x4xi8>", "tensor<7x3x4x1xi8>"};
  std::string maps[] = {"(m, n, k) -> (m, k floordiv 4, k mod 4)",
                        "(m, n, k) -> (n, k floordiv 4, k mod 4)",
                        "(m, n, k) -> (n, m)"};
  ReduceOp op = parse(inputs, "tensor<7x5xi32>", maps, "[2, 3]");
  ASSERT_TRUE(op);
  for (int64_t size : {1, 2, 4, 8, 12})
    checkTiles(op, {3, 2, size});
}

TEST_F(ReduceTilingTest, BothInInnerTilesInAnyOrder) {
  std::string inputs[] = {"tensor<3x2x1x4x2xi64>", "tensor<6x1x2x4x3xi64>"};
  std::string maps[] = {
      "(m, n, k) -> (k floordiv 2, m floordiv 4, m mod 4, k mod 2)",
      "(m, n, k) -> (n mod 6, k mod 2, n floordiv 6, k floordiv 2)",
      "(m, n, k) -> (m, n)"};
  ReduceOp op = parse(inputs, "tensor<7x22xi32>", maps, "[2, 1]");
  ASSERT_TRUE(op);
  for (int64_t m : {1, 2, 4, 8})
    for (int64_t n : {1, 2, 3, 6, 12})
      for (int64_t k : {1, 2, 4})
        checkTiles(op, {m, n, k});
}

TEST_F(ReduceTilingTest, Convolution) {
  std::string inputs[] = {"tensor<9x12x2x1xi32>", "tensor<2x3x2x2x1x4xi32>"};
  std::string maps[] = {
      "(h, w, o, i, j, c) -> (h * 2 + i, w + j * 3, c)",
      "(h, w, o, i, j, c) -> (o floordiv 4, i, j, c, o mod 4)",
      "(h, w, o, i, j, c) -> (h, w, o)"};
  ReduceOp op = parse(inputs, "tensor<4x9x7xi32>", maps, "[3, 4]");
  ASSERT_TRUE(op);
  checkTiles(op, {3, 4, 2, 3, 2, 2});
  checkTiles(op, {1, 9, 4, 1, 2, 1});
  checkTiles(op, {4, 2, 8, 2, 1, 2});
}

TEST_F(ReduceTilingTest, ResultTiles) {
  std::string inputs[] = {"tensor<1x5x6xi32>", "tensor<3x6x1x8xi32>"};
  std::string maps[] = {"(m, n, k) -> (m, k)",
                        "(m, n, k) -> (n floordiv 8, k, n mod 8)",
                        "(m, n, k) -> (n, m)"};
  ReduceOp op = parse(inputs, "tensor<19x5xi32>", maps, "[0, 2]");
  ASSERT_TRUE(op);
  OpBuilder builder(op);
  auto values = [&](ArrayRef<int64_t> integers) {
    return getAsIndexOpFoldResult(&context, integers);
  };
  SmallVector<OpFoldResult> offsets, sizes;
  ASSERT_TRUE(succeeded(op.getResultTilePosition(
      builder, 0, values({2, 8, 0}), values({1, 4, 3}), offsets, sizes)));
  EXPECT_EQ(offsets, values({8, 2}));
  EXPECT_EQ(sizes, values({4, 1}));
  SmallVector<OpFoldResult> domainOffsets, domainSizes;
  ASSERT_TRUE(succeeded(op.getIterationDomainTileFromResultTile(
      builder, 0, offsets, sizes, domainOffsets, domainSizes)));
  EXPECT_EQ(domainOffsets, values({2, 8, 0}));
  EXPECT_EQ(domainSizes, values({1, 4, 6})); // The reduction in full.
}

TEST_F(ReduceTilingTest, TilesAcrossInnerTilesAreRefused) {
  std::string inputs[] = {"tensor<1x5x6xi32>", "tensor<3x6x1x8xi32>"};
  std::string maps[] = {"(m, n, k) -> (m, k)",
                        "(m, n, k) -> (n floordiv 8, k, n mod 8)",
                        "(m, n, k) -> (m, n)"};
  ReduceOp op = parse(inputs, "tensor<5x19xi32>", maps, "[0, 2]");
  ASSERT_TRUE(op);
  context.getDiagEngine().registerHandler([](Diagnostic &) {});
  auto canTile = [&](int64_t start, int64_t size) {
    OpBuilder builder(op);
    return succeeded(op.getTiledImplementation(
        builder, getAsIndexOpFoldResult(&context, {0, start, 0}),
        getAsIndexOpFoldResult(&context, {5, size, 6})));
  };
  EXPECT_TRUE(canTile(4, 4));
  EXPECT_TRUE(canTile(12, 3));
  EXPECT_TRUE(canTile(8, 11));
  EXPECT_FALSE(canTile(4, 5));
  EXPECT_FALSE(canTile(3, 2));
  EXPECT_FALSE(canTile(12, 7));
}

} // namespace

//===- MicroTileTest.cpp - The shapes of micro-kernels --------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Transforms/MicroTile.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Parser/Parser.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace mlir::bitserial;

namespace {
Target getTarget(llvm::StringRef cpu) {
  return llvm::cantFail(Target::get(cpu, ""));
}

constexpr const char *kCpus[] = {"icelake-server", "skylake-avx512",
                                 "haswell",        "x86-64",
                                 "cortex-a53",     "cortex-a7"};

//===----------------------------------------------------------------------===//
// chooseMicroTile
//===----------------------------------------------------------------------===//

struct Expected {
  int64_t rows, vectors;
};
void expectTile(MicroTile tile, Expected expected) {
  EXPECT_EQ(tile.rows, expected.rows);
  EXPECT_EQ(tile.vectors, expected.vectors);
}

TEST(ChooseMicroTile, layersOfResNet) {
  // Rows of 56 and 64 outputs; as measured best with a popcount instruction.
  expectTile(chooseMicroTile(56, 4, getTarget("icelake-server")), {6, 4});
  expectTile(chooseMicroTile(56, 4, getTarget("skylake-avx512")), {4, 4});
  expectTile(chooseMicroTile(56, 8, getTarget("cortex-a53")), {4, 4});
  // 16 registers, of which seven or eight are needed for a step.
  expectTile(chooseMicroTile(56, 16, getTarget("haswell")), {3, 2});
  expectTile(chooseMicroTile(56, 32, getTarget("x86-64")), {3, 2});
  expectTile(chooseMicroTile(56, 8, getTarget("cortex-a7")), {3, 2});
}

TEST(ChooseMicroTile, fitsRegisters) {
  for (const char *cpu : kCpus) {
    Target target = getTarget(cpu);
    for (int64_t rows : {1, 2, 3, 5, 7, 14, 28, 56, 112, 1000})
      for (int64_t vectors : {1, 2, 3, 4, 5, 7, 8, 16, 33, 128}) {
        MicroTile tile = chooseMicroTile(rows, vectors, target);
        EXPECT_GE(tile.rows, 1);
        EXPECT_LE(tile.rows, rows);
        EXPECT_GE(tile.vectors, 1);
        EXPECT_LE(tile.vectors, vectors);
        EXPECT_LE(tile.rows * tile.vectors, getMaxAccumulators(target));
        // Accumulators, weights, the activation word and a temporary.
        EXPECT_LE((tile.rows + 1) * tile.vectors + 2,
                  int64_t(target.vectorRegisters()))
            << cpu << ": " << rows << " x " << vectors;
      }
  }
}

TEST(ChooseMicroTile, rowsThatDivide) {
  // 7 rows of 2 instead of 6 of 4 and a rest of one.
  MicroTile tile = chooseMicroTile(7, 32, getTarget("icelake-server"));
  EXPECT_EQ(7 % tile.rows, 0);
  // A single row: as many vectors as cover the latency of a step.
  expectTile(chooseMicroTile(1, 64, getTarget("icelake-server")), {1, 8});
}

TEST(ChooseMicroTile, vectorsOfWeights) {
  // Weights are padded to whole tiles: five vectors are one tile of five or
  // five of one, not two of four.
  MicroTile tile = chooseMicroTile(56, 5, getTarget("icelake-server"));
  EXPECT_EQ(5 % tile.vectors, 0);
}

TEST(ChooseMicroTile, shortSumsKeepTheirWords) {
  Target target = getTarget("icelake-server");
  auto choose = [&](int64_t planes, int64_t positions) {
    return chooseMicroTile(56, 4, target, std::nullopt, std::nullopt,
                           SumShape{planes, planes, positions, 0});
  };
  // Two words of each of two planes: those of all rows and vectors are live.
  MicroTile tile = choose(2, 2);
  EXPECT_LE(tile.rows * tile.vectors + 2 * 2 * tile.rows, 32);
  // Long sums are not unrolled.
  expectTile(choose(2, 100), {6, 4});
}

TEST(ChooseMicroTile, shortSumsOfFewAccumulators) {
  // Without a loop no latency has to be covered, and weights stay in registers.
  Target target = getTarget("icelake-server");
  auto choose = [&](int64_t rows, int64_t vectors, int64_t positions) {
    return chooseMicroTile(rows, vectors, target, std::nullopt, std::nullopt,
                           SumShape{2, 1, positions});
  };
  for (int64_t positions : {2, 4}) {
    MicroTile tile = choose(56, 4, positions);
    EXPECT_LE(tile.rows * tile.vectors, 4);
  }
  // Counts that are no instruction are loops.
  MicroTile tile = chooseMicroTile(56, 16, getTarget("haswell"), std::nullopt,
                                   std::nullopt, SumShape{2, 1, 2});
  expectTile(tile, {3, 2});
}

TEST(ChooseMicroTile, packedResultsFillWords) {
  // Three vectors of 16 outputs are no whole words of 32.
  Target target = getTarget("icelake-server");
  SumShape sums{2, 2, 8};
  expectTile(chooseMicroTile(7, 32, target, std::nullopt, std::nullopt, sums),
             {7, 3});
  sums.wordVectors = 2;
  MicroTile tile =
      chooseMicroTile(7, 32, target, std::nullopt, std::nullopt, sums);
  EXPECT_EQ(tile.vectors % 2, 0);
  // What is buffered of a long sum does not count.
  sums.positions = 100;
  expectTile(chooseMicroTile(7, 32, target, std::nullopt, std::nullopt, sums),
             {7, 3});
}

TEST(ChooseMicroTile, weightsFromTheSecondCache) {
  // Seven rows at once read weights once, five and two twice.
  SumShape sums{2, 2, 144, 2 * 144 * 64};
  expectTile(chooseMicroTile(7, 16, getTarget("icelake-server"), std::nullopt,
                             std::nullopt, sums),
             {7, 2});
  expectTile(chooseMicroTile(7, 16, getTarget("icelake-server")), {5, 4});
}

TEST(ChooseMicroTile, dividesInnerTiles) {
  for (const char *cpu : kCpus) {
    Target target = getTarget(cpu);
    for (int64_t tileVectors : {1, 2, 3, 5, 6, 7, 8, 16, 100}) {
      MicroTile tile = chooseMicroTile(56, 128, target, tileVectors);
      EXPECT_EQ(tileVectors % tile.vectors, 0);
      EXPECT_LE(tile.rows * tile.vectors, getMaxAccumulators(target));
    }
  }
}

//===----------------------------------------------------------------------===//
// Lanes and accumulators of a reduce
//===----------------------------------------------------------------------===//

class LaneMappingTest : public ::testing::Test {
protected:
  LaneMappingTest() {
    context.loadDialect<BitserialDialect, func::FuncDialect,
                        arith::ArithDialect>();
  }

  /// A reduce of the given types and maps over (m, n, k).
  ReduceOp parse(StringRef lhs, StringRef rhs, StringRef out, StringRef maps,
                 StringRef planes) {
    std::string text =
        ("func.func @f(%a: " + lhs + ", %w: " + rhs + ", %o: " + out +
         ") {\n  %0 = bitserial.reduce ins(%a, %w : " + lhs + ", " + rhs +
         ") outs(%o : " + out + ") indexing_maps = [" + maps +
         "] plane_dims = " + planes +
         " {\n  ^bb0(%a0: i1, %w0: i1):\n    %x = arith.andi %a0, %w0 : i1\n"
         "    %s = arith.extui %x : i1 to i32\n    bitserial.yield %s : i32\n"
         "  } -> " +
         out + "\n  return\n}")
            .str();
    module = parseSourceString<ModuleOp>(text, &context);
    ReduceOp result;
    if (module)
      module->walk([&](ReduceOp op) { result = op; });
    return result;
  }

  MLIRContext context;
  OwningOpRef<ModuleOp> module;
};

constexpr const char *kTiledOutputs =
    "affine_map<(m, n, k) -> (m, k)>, "
    "affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>, "
    "affine_map<(m, n, k) -> (m, n)>";

TEST_F(LaneMappingTest, outputs) {
  ReduceOp op = parse("tensor<1x5x18xi32>", "tensor<2x18x1x64xi32>",
                      "tensor<5x100xi32>", kTiledOutputs, "[0, 2]");
  ASSERT_TRUE(op);
  LaneMapping lanes = getLaneMapping(op, getTarget("icelake-server"));
  EXPECT_EQ(lanes.dim, 1u);
  EXPECT_EQ(lanes.numLanes, 16);
  EXPECT_FALSE(lanes.isReduction);
  // Rows of seven vectors: 100 outputs.
  EXPECT_EQ(getNumAccumulators(op, lanes), 35);

  lanes = getLaneMapping(op, getTarget("cortex-a53"));
  EXPECT_EQ(lanes.numLanes, 4);
  EXPECT_EQ(getNumAccumulators(op, lanes), 125);
}

TEST_F(LaneMappingTest, words) {
  ReduceOp op =
      parse("tensor<1x5x3x8xi32>", "tensor<1x7x3x8xi32>", "tensor<5x7xi32>",
            "affine_map<(m, n, k) -> (m, k floordiv 8, k mod 8)>, "
            "affine_map<(m, n, k) -> (n, k floordiv 8, k mod 8)>, "
            "affine_map<(m, n, k) -> (m, n)>",
            "[0, 0]");
  ASSERT_TRUE(op);
  // No vector crosses an inner tile.
  LaneMapping lanes = getLaneMapping(op, getTarget("icelake-server"));
  EXPECT_EQ(lanes.dim, 2u);
  EXPECT_EQ(lanes.numLanes, 8);
  EXPECT_TRUE(lanes.isReduction);
  EXPECT_EQ(getNumAccumulators(op, lanes), 35);
}

TEST_F(LaneMappingTest, fewerThanAVector) {
  ReduceOp op = parse("tensor<1x5x18xi32>", "tensor<1x18x1x64xi32>",
                      "tensor<5x3xi32>", kTiledOutputs, "[0, 2]");
  ASSERT_TRUE(op);
  LaneMapping lanes = getLaneMapping(op, getTarget("icelake-server"));
  EXPECT_EQ(lanes.dim, 1u);
  EXPECT_EQ(lanes.numLanes, 4);
}

TEST_F(LaneMappingTest, innerDimensionsOfSizeOne) {
  // The innermost dimension of the weights has one element: the one before.
  ReduceOp op =
      parse("tensor<1x5x1xi32>", "tensor<1x9x1xi32>", "tensor<5x9xi32>",
            "affine_map<(m, n, k) -> (m, k)>, "
            "affine_map<(m, n, k) -> (n, k)>, "
            "affine_map<(m, n, k) -> (m, n)>",
            "[0, 0]");
  ASSERT_TRUE(op);
  LaneMapping lanes = getLaneMapping(op, getTarget("haswell"));
  EXPECT_EQ(lanes.dim, 1u);
  EXPECT_EQ(lanes.numLanes, 8);
}

TEST_F(LaneMappingTest, dynamic) {
  ReduceOp op = parse("tensor<1x?x18xi32>", "tensor<2x18x1x64xi32>",
                      "tensor<?x100xi32>", kTiledOutputs, "[0, 2]");
  ASSERT_TRUE(op);
  LaneMapping lanes = getLaneMapping(op, getTarget("icelake-server"));
  EXPECT_EQ(lanes.numLanes, 16);
  EXPECT_FALSE(getNumAccumulators(op, lanes));
}
} // namespace

//===- ScheduleCostTest.cpp - What choices of a schedule cost -------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Transforms/ScheduleCost.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/Parser/Parser.h"
#include "llvm/Support/FormatVariadic.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace mlir::bitserial;

namespace {
class ScheduleCostTest : public ::testing::Test {
protected:
  ScheduleCostTest() : target(llvm::cantFail(Target::get("icelake-server"))) {
    context.loadDialect<BitserialDialect, arith::ArithDialect,
                        func::FuncDialect, LLVM::LLVMDialect, math::MathDialect,
                        tensor::TensorDialect, vector::VectorDialect>();
  }

  /// A matrix product of m x k activations of `bits` bits, n x k weights.
  ContractOp parse(int64_t m, int64_t n, int64_t k, int64_t bits = 1) {
    std::string lhs = llvm::formatv(
        "tensor<{0}x{1}x!bitserial.int<{2}, unsigned>>", m, k, bits);
    std::string rhs =
        llvm::formatv("tensor<{0}x{1}x!bitserial.int<1, bipolar>>", n, k);
    std::string result = llvm::formatv("tensor<{0}x{1}xi32>", m, n);
    modules.push_back(
        parseSourceString<ModuleOp>(llvm::formatv(R"(
func.func @f(%x: {0}, %w: {1}) -> {2} {{
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                       affine_map<(m, n, k) -> (n, k)>,
                       affine_map<(m, n, k) -> (m, n)>] : {0}, {1} -> {2}
  return %0 : {2}
})",
                                                  lhs, rhs, result)
                                        .str(),
                                    &context));
    ContractOp op;
    modules.back()->walk([&](ContractOp found) { op = found; });
    return op;
  }

  static ScheduleChoice tile(int64_t rows, int64_t vectors) {
    ScheduleChoice choice;
    choice.rows = rows;
    choice.vectors = vectors;
    return choice;
  }

  MLIRContext context;
  std::vector<OwningOpRef<ModuleOp>> modules;
  Target target;
};
} // namespace

TEST_F(ScheduleCostTest, tiles) {
  ScheduleCost cost(parse(480, 256, 1024), target);
  double good = cost.estimate(tile(6, 4));
  // Too few accumulators, loads that nothing shares, spills.
  EXPECT_GT(cost.estimate(tile(1, 2)), 1.3 * good);
  EXPECT_GT(cost.estimate(tile(24, 1)), 1.05 * good);
  EXPECT_GT(cost.estimate(tile(12, 8)), 1.3 * good);
  // At least an AND, a popcount and an addition for 512 products.
  EXPECT_GT(good, 3.0 * 480 * 256 * 1024 / 512);
  EXPECT_LT(good, 6.0 * 480 * 256 * 1024 / 512);
}

TEST_F(ScheduleCostTest, remaindersCount) {
  ScheduleCost cost(parse(49, 256, 1024), target);
  // 49 is 7 times 7, and 8 times 6 and 1.
  EXPECT_LT(cost.estimate(tile(7, 2)), cost.estimate(tile(6, 2)));
}

TEST_F(ScheduleCostTest, paddingCounts) {
  // 32 bits waste half of a word of 64; 17 outputs take as many vectors as 32.
  ScheduleCost narrow(parse(64, 256, 32), target);
  ScheduleChoice wide = tile(6, 4);
  wide.word = 64;
  EXPECT_LT(narrow.estimate(tile(6, 4)), 0.8 * narrow.estimate(wide));
  ScheduleCost few(parse(64, 17, 1024), target);
  ScheduleCost more(parse(64, 32, 1024), target);
  EXPECT_EQ(few.estimate(tile(6, 2)), more.estimate(tile(6, 2)));
}

TEST_F(ScheduleCostTest, threads) {
  ContractOp large = parse(480, 256, 1024), little = parse(8, 16, 64);
  ScheduleChoice whole = tile(6, 4), halves = tile(6, 4);
  halves.blocks = 2;
  ScheduleCost one(large, target), two(large, target, /*threads=*/2);
  EXPECT_GT(one.estimateCall(whole), one.estimate(whole));
  // Half of the work, and less to wait for than where loops are divided.
  EXPECT_LT(two.estimateCall(halves), 0.7 * one.estimateCall(whole));
  EXPECT_GT(two.estimateCall(halves), 0.5 * one.estimateCall(whole));
  EXPECT_LT(two.estimateCall(halves), two.estimateCall(whole));
  // Threads take longer to begin than this product.
  EXPECT_GT(ScheduleCost(little, target, 2).estimateCall(halves),
            ScheduleCost(little, target).estimateCall(whole));
  // There are no such blocks.
  halves.blocks = 4;
  EXPECT_EQ(ScheduleCost(parse(3, 16, 64), target, 4).estimateCall(halves),
            HUGE_VAL);
}

TEST_F(ScheduleCostTest, defaultBlocks) {
  ContractOp op = parse(480, 256, 1024);
  EXPECT_EQ(getDefaultBlocks(op, 1), 1);
  EXPECT_EQ(getDefaultBlocks(op, 3), 3);
  EXPECT_EQ(getDefaultBlocks(op, kMaxBlocks + 1), 1);
  EXPECT_EQ(getDefaultBlocks(parse(8, 16, 64), 2), 1);
}

TEST_F(ScheduleCostTest, packing) {
  auto place = [](Packing packing, int64_t lines) {
    ScheduleChoice choice = tile(6, 4);
    choice.packing = packing;
    choice.lines = lines;
    return choice;
  };
  ScheduleChoice whole = place(Packing::Whole, 0);
  // Words of a tile stay in the first cache, and values are fetched ahead.
  ScheduleCost large(parse(19200, 256, 1024, 8), target);
  EXPECT_LT(large.estimateTransfer(place(Packing::Tile, 24)),
            large.estimateTransfer(whole));
  EXPECT_EQ(large.estimatePacking(place(Packing::Tile, 24)),
            large.estimatePacking(whole));
  EXPECT_LT(large.estimateCall(place(Packing::Tile, 24)),
            large.estimateCall(whole));
  // What is small stays there anyway.
  ScheduleCost little(parse(24, 64, 256), target);
  EXPECT_EQ(little.estimateTransfer(whole), 0);
  EXPECT_EQ(little.estimateCall(place(Packing::Tile, 6)),
            little.estimateCall(place(Packing::Whole, 6)));
  // In registers it takes no time of its own.
  EXPECT_EQ(large.estimateCall(place(Packing::Producer, 0)),
            large.estimate(whole));
}

TEST_F(ScheduleCostTest, lanesOfReductions) {
  ScheduleChoice across = tile(4, 4);
  across.lanesAreReduction = true;
  // One word is no vector of them; a single output is none of outputs.
  ScheduleCost shortSum(parse(64, 256, 64), target);
  EXPECT_GT(shortSum.estimate(across), 3 * shortSum.estimate(tile(4, 4)));
  ScheduleCost oneOutput(parse(64, 1, 8192), target);
  EXPECT_LT(oneOutput.estimate(across), 0.5 * oneOutput.estimate(tile(4, 1)));
}

TEST_F(ScheduleCostTest, planesCount) {
  ScheduleCost one(parse(64, 256, 1024), target);
  double single = one.estimate(tile(6, 4));
  ScheduleCost four(parse(64, 256, 1024, 4), target);
  EXPECT_GT(four.estimate(tile(6, 4)), 3 * single);
}

TEST_F(ScheduleCostTest, cacheTiles) {
  // 16 MB of weights: if each tile of rows goes through all of them, they come
  // from memory again and again.
  ScheduleCost cost(parse(512, 16384, 8192), target);
  ScheduleChoice rowsOutside = tile(6, 4);
  rowsOutside.rowsOutside = true;
  double plain = cost.estimate(rowsOutside);
  EXPECT_LT(cost.estimate(tile(6, 4)), plain);
  rowsOutside.columns = 16;
  EXPECT_LT(cost.estimate(rowsOutside), plain);
}

//===----------------------------------------------------------------------===//
// The choice of words by the model
//===----------------------------------------------------------------------===//

TEST_F(ScheduleCostTest, wordsOfBytes) {
  auto getWord = [&](ContractOp op, llvm::StringRef cpu) {
    return *chooseDefaults(op, llvm::cantFail(Target::get(cpu))).layouts.word;
  };
  ContractOp sums = parse(56, 64, 64);
  EXPECT_EQ(getWord(sums, "haswell"), 8);
  // The model agrees, and knows that 128 products do not fit bytes.
  Target avx2 = llvm::cantFail(Target::get("haswell"));
  ScheduleChoice bytes = tile(3, 2), wide = tile(3, 2);
  bytes.word = 8;
  wide.word = 64;
  ScheduleCost cost(sums, avx2);
  EXPECT_LT(cost.estimate(bytes), 0.8 * cost.estimate(wide));
  ContractOp longSums = parse(56, 64, 128);
  ScheduleCost longCost(longSums, avx2);
  EXPECT_GT(longCost.estimate(bytes), longCost.estimate(wide));
  EXPECT_EQ(getWord(longSums, "haswell"), 64);
  // Outputs that fill few lanes of bytes.
  EXPECT_EQ(getWord(parse(512, 16, 64), "haswell"), 64);
  // Two planes, few values, and words that are narrow already.
  EXPECT_EQ(getWord(parse(56, 64, 64, /*bits=*/2), "haswell"), 64);
  EXPECT_EQ(getWord(parse(8, 64, 64), "haswell"), 64);
  EXPECT_EQ(getWord(parse(256, 64, 16), "haswell"), 16);
  // Other targets count words.
  for (const char *cpu : {"icelake-server", "skylake-avx512", "x86-64"})
    EXPECT_NE(getWord(sums, cpu), 8) << cpu;
}

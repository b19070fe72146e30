//===- KernelCostTest.cpp - Operations of a kernel ------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Transforms/KernelCost.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "llvm/Support/MemoryBuffer.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace mlir::bitserial;

namespace {
class KernelCostTest : public ::testing::Test {
protected:
  KernelCostTest() : haswell(llvm::cantFail(Target::get("haswell"))) {
    context
        .loadDialect<arith::ArithDialect, func::FuncDialect, LLVM::LLVMDialect,
                     math::MathDialect, vector::VectorDialect>();
  }

  /// A kernel of test/Transforms/Inputs/kernels.
  Kernel read(StringRef name) {
    std::string path = (BITSERIAL_KERNEL_INPUTS "/" + name).str();
    auto buffer = llvm::MemoryBuffer::getFile(path);
    EXPECT_TRUE(buffer) << path;
    return *Kernel::parse(&context, (*buffer)->getBuffer(), path, owner);
  }

  MLIRContext context;
  OwningOpRef<ModuleOp> owner;
  Target haswell;
};
} // namespace

TEST_F(KernelCostTest, stepsFlushesAndEnd) {
  // Eight instructions a step, two at each flush and at the end, one to finish.
  Kernel bytes = read("avx2-a1w1-bytes.mlir");
  EXPECT_EQ(countInstructions(bytes, 1, haswell), 8 + 2 + 1);
  // 31 steps fill the counters, 32 overfill them.
  EXPECT_EQ(countInstructions(bytes, 31, haswell), 31 * 8 + 2 + 1);
  EXPECT_EQ(countInstructions(bytes, 32, haswell), 32 * 8 + 2 + 2 + 1);
}

TEST_F(KernelCostTest, wholeStepsFirst) {
  Kernel kernel = read("avx2-a1w1-carry-save.mlir");
  unsigned words = kernel.passes.front().steps.front().words;
  ASSERT_GT(words, 1u);
  auto count = [&](uint64_t positions) {
    return countInstructions(kernel, positions, haswell);
  };
  // One more whole step is cheaper than as many steps of one word.
  EXPECT_LT(count(2 * words) - count(words),
            words * (count(words + 1) - count(words)));
}

TEST_F(KernelCostTest, paysOffOnLongSums) {
  Kernel bytes = read("avx2-a1w1-bytes.mlir");
  EXPECT_FALSE(paysOff(bytes, 1, haswell));
  EXPECT_TRUE(paysOff(bytes, 100, haswell));
  Kernel carrySave = read("avx2-a1w1-carry-save.mlir");
  EXPECT_FALSE(paysOff(carrySave, 1, haswell));
  EXPECT_TRUE(paysOff(carrySave, 1000, haswell));
}

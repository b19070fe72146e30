//===- KernelExecutionTest.cpp - Kernels, emitted and executed ------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The hand-written kernels of test/Transforms/Inputs/kernels on micro-tiles of
// many shapes, around the numbers of steps after which counters are flushed,
// compared with sums of the region's values.
//
//===----------------------------------------------------------------------===//

#include "bitserial/InitAll.h"
#include "bitserial/Pipelines/Pipelines.h"
#include "bitserial/Target/Codegen.h"
#include "bitserial/Transforms/Passes.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"
#include "llvm/Support/FormatVariadic.h"

#include "gtest/gtest.h"

#include <random>

using namespace mlir;
using namespace mlir::bitserial;

namespace {

/// A micro-tile: rows of outputs, and reductions from the outermost on.
struct Shape {
  int64_t rows, outputs;
  std::vector<int64_t> reductions;
  int64_t factor = 1;

  int64_t positions() const {
    int64_t product = 1;
    for (int64_t range : reductions)
      product *= range;
    return product;
  }
};

class KernelExecution : public ::testing::Test {
protected:
  static const DialectRegistry &registry() {
    static const DialectRegistry instance = [] {
      DialectRegistry result;
      bitserial::registerAllDialects(result);
      registerCodegenTranslations(result);
      bitserial::registerAllPasses();
      return result;
    }();
    return instance;
  }

  KernelExecution() : context(registry()) {
    context.loadAllAvailableDialects();
  }

  /// Compiles a function @f<i> for each shape with the kernel of that name and
  /// runs it on all zeros, all ones and random words.
  void run(StringRef cpu, StringRef kernel, unsigned word, unsigned lhsPlanes,
           bool lanesAreReduction, ArrayRef<Shape> shapes);

private:
  std::string getFunction(const Shape &shape, unsigned index, unsigned word,
                          unsigned planes, bool lanesAreReduction);
  template <typename Word>
  void check(const JitModule &jit, const Shape &shape, unsigned index,
             unsigned planes, bool lanesAreReduction);

  MLIRContext context;
};

std::string KernelExecution::getFunction(const Shape &shape, unsigned index,
                                         unsigned word, unsigned planes,
                                         bool lanesAreReduction) {
  std::string dims = "m, n", positions, sizes;
  for (auto [i, range] : llvm::enumerate(shape.reductions)) {
    dims += llvm::formatv(", k{0}", i);
    positions += llvm::formatv("{0}k{1}", i ? ", " : "", i);
    sizes += llvm::formatv("{0}x", range);
  }
  // Planes, rows, reductions; the outputs innermost if they are lanes.
  std::string lhs =
      llvm::formatv("tensor<{0}x{1}x{2}i{3}>", planes, shape.rows, sizes, word);
  std::string rhsSizes =
      lanesAreReduction ? llvm::formatv("{0}x{1}", shape.outputs, sizes).str()
                        : llvm::formatv("{0}{1}x", sizes, shape.outputs).str();
  std::string rhs = llvm::formatv("tensor<1x{0}i{1}>", rhsSizes, word);
  std::string out =
      llvm::formatv("tensor<{0}x{1}xi32>", shape.rows, shape.outputs);
  std::string bits, region;
  for (unsigned i = 0; i < planes; ++i) {
    bits += llvm::formatv("%a{0}: i1, ", i);
    region += llvm::formatv("  %x{0} = arith.andi %a{0}, %w0 : i1\n"
                            "  %e{0} = arith.extui %x{0} : i1 to i32\n"
                            "  %c{0} = arith.constant {1} : i32\n"
                            "  %t{0} = arith.muli %e{0}, %c{0} : i32\n",
                            i, shape.factor << i);
    region += i == 0
                  ? "  %s0 = arith.addi %t0, %z : i32\n"
                  : llvm::formatv("  %s{0} = arith.addi %s{1}, %t{0} : i32\n",
                                  i, i - 1)
                        .str();
  }
  std::string text;
  llvm::raw_string_ostream os(text);
  os << "func.func @f" << index << "(%a: " << lhs << ", %w: " << rhs
     << ", %acc: " << out << ") -> " << out << " {\n"
     << "%0 = bitserial.reduce ins(%a, %w : " << lhs << ", " << rhs
     << ") outs(%acc : " << out << ")\n  indexing_maps = [affine_map<(" << dims
     << ") -> (m, " << positions << ")>, affine_map<(" << dims << ") -> ("
     << (lanesAreReduction ? "n, " + positions : positions + ", n")
     << ")>, affine_map<(" << dims << ") -> (m, n)>] plane_dims = [0, 0] {\n"
     << "^bb0(" << bits << "%w0: i1):\n  %z = arith.constant 0 : i32\n"
     << region << "  bitserial.yield %s" << planes - 1 << " : i32\n} -> " << out
     << "\nreturn %0 : " << out << "\n}\n";
  return text;
}

template <typename Word>
void KernelExecution::check(const JitModule &jit, const Shape &shape,
                            unsigned index, unsigned planes,
                            bool lanesAreReduction) {
  auto function =
      llvm::cantFail(jit.lookup(llvm::formatv("f{0}", index).str()));
  int64_t positions = shape.positions();
  std::vector<Word> lhs(planes * shape.rows * positions),
      rhs(shape.outputs * positions);
  std::vector<int32_t> init(shape.rows * shape.outputs), result(init.size());
  std::mt19937_64 random(index);
  for (unsigned round = 0; round < 4; ++round) {
    // Zeros, ones, random, ones in one operand.
    for (Word &value : lhs)
      value = round == 0 ? 0 : round == 2 ? Word(random()) : Word(~Word(0));
    for (Word &value : rhs)
      value = round < 2 ? Word(~Word(0)) : Word(random());
    for (int32_t &value : init)
      value = int32_t(random());
    result.assign(result.size(), -1);
    // The destination is computed in place.
    std::vector<int32_t> destination = init;
    void *pointers[] = {lhs.data(), rhs.data(), destination.data(),
                        result.data()};
    void *arguments[] = {&pointers[0], &pointers[1], &pointers[2],
                         &pointers[3]};
    function(arguments);
    for (int64_t row = 0; row < shape.rows; ++row)
      for (int64_t output = 0; output < shape.outputs; ++output) {
        int64_t sum = init[row * shape.outputs + output];
        for (int64_t k = 0; k < positions; ++k)
          for (unsigned plane = 0; plane < planes; ++plane) {
            Word a = lhs[(plane * shape.rows + row) * positions + k];
            Word w = lanesAreReduction ? rhs[output * positions + k]
                                       : rhs[k * shape.outputs + output];
            sum +=
                (shape.factor << plane) * int64_t(llvm::popcount(Word(a & w)));
          }
        ASSERT_EQ(result[row * shape.outputs + output], int32_t(sum))
            << "round " << round << ", row " << row << ", output " << output
            << " of " << shape.rows << " x " << shape.outputs << " x "
            << positions;
      }
  }
}

void KernelExecution::run(StringRef cpu, StringRef kernel, unsigned word,
                          unsigned lhsPlanes, bool lanesAreReduction,
                          ArrayRef<Shape> shapes) {
  Target target = llvm::cantFail(Target::get(cpu));
  std::string reason;
  if (!target.isHostRunnable(&reason))
    GTEST_SKIP() << reason;
  std::string text;
  for (auto [i, shape] : llvm::enumerate(shapes))
    text += getFunction(shape, i, word, lhsPlanes, lanesAreReduction);
  auto module = parseSourceString<ModuleOp>(text, &context);
  ASSERT_TRUE(module);

  PassManager lower(&context);
  std::string passes =
      llvm::formatv("builtin.module(bitserial-set-target{{cpu={0}},func.func("
                    "bitserial-lower-reduce{{kernels={1}/{2}.mlir}),"
                    "canonicalize,cse)",
                    cpu, BITSERIAL_KERNEL_INPUTS, kernel);
  OpPassManager &nested = lower;
  FailureOr<OpPassManager> parsed = parsePassPipeline(passes);
  ASSERT_TRUE(succeeded(parsed));
  nested = *parsed;
  ASSERT_TRUE(succeeded(lower.run(*module)));
  // It is the kernel that has been used, and not the reference.
  module->walk([&](func::FuncOp function) {
    bool hasIntrinsic = false;
    function.walk([&](LLVM::CallIntrinsicOp) { hasIntrinsic = true; });
    EXPECT_TRUE(hasIntrinsic) << function.getName().str();
  });

  PassManager rest(&context);
  buildBufferizePipeline(rest);
  buildLLVMPipeline(rest);
  ASSERT_TRUE(succeeded(rest.run(*module)));
  CodegenOptions options;
  options.packedEntryPoints = true;
  options.optLevel = 1;
  auto jit = JitModule::create(*module, target, options);
  ASSERT_TRUE(bool(jit)) << llvm::toString(jit.takeError());
  for (auto [i, shape] : llvm::enumerate(shapes)) {
    if (word == 64)
      check<uint64_t>(**jit, shape, i, lhsPlanes, lanesAreReduction);
    else
      check<uint32_t>(**jit, shape, i, lhsPlanes, lanesAreReduction);
  }
}

// Bytes hold 31 steps of at most 8.
TEST_F(KernelExecution, bytes) {
  run("haswell", "avx2-a1w1-bytes", 64, 1, false,
      {{1, 4, {1}},
       {1, 4, {30}},
       {2, 8, {31}},
       {1, 4, {32}},
       {1, 4, {62}, -1},
       {1, 4, {63}},
       {1, 4, {125}, 3},
       // Flushed in the inner loop, between trips of the outer one, and where
       // only the outer one has room.
       {1, 8, {3, 12}},
       {1, 4, {3, 33}},
       {2, 4, {40, 2}, -4},
       {1, 4, {5, 31}},
       {1, 4, {2, 3, 16}},
       {1, 4, {9, 1, 7}},
       // Seven of eight outputs.
       {3, 7, {33}}});
}

TEST_F(KernelExecution, passes) {
  run("haswell", "avx2-a2w1-bytes", 64, 2, false,
      {{1, 4, {1}}, {2, 4, {31}}, {1, 8, {32}, -3}, {1, 4, {3, 33}}});
}

// Steps of four words and of one: 31 of either to a flush.
TEST_F(KernelExecution, carrySave) {
  std::vector<Shape> shapes;
  for (int64_t positions :
       {1, 3, 4, 5, 7, 8, 11, 123, 124, 125, 127, 128, 129, 248, 252, 255})
    shapes.push_back({1, 4, {positions}});
  // Chunks of the outer loop, with the inner one unrolled and without.
  shapes.push_back({2, 4, {3, 3}});
  shapes.push_back({1, 4, {4, 2}});
  shapes.push_back({1, 4, {7, 2}});
  shapes.push_back({2, 8, {5, 1}});
  shapes.push_back({1, 4, {3, 24}});
  shapes.push_back({1, 4, {2, 127}});
  shapes.push_back({1, 4, {50, 3}});
  shapes.push_back({1, 4, {3, 1, 3}});
  run("haswell", "avx2-a1w1-carry-save", 64, 1, false, shapes);
}

TEST_F(KernelExecution, fusedCarrySave) {
  run("icelake-server", "avx512-a1w1-fused", 32, 1, false,
      {{2, 16, {2}},
       {4, 32, {18}},
       {1, 16, {19}},
       {1, 20, {3, 3}, -2},
       {2, 16, {5, 2}},
       {1, 16, {2, 7}}});
}

// Four accumulators are finished together, or fewer.
TEST_F(KernelExecution, group) {
  run("haswell", "avx2-a1w1-group", 64, 1, true,
      {{1, 4, {4}},
       {1, 1, {8}},
       {3, 1, {124}, -1},
       {3, 3, {128}, 5},
       {2, 2, {3, 36}},
       // Words that fill a part of the last vector.
       {1, 4, {125}},
       {2, 3, {3, 7}},
       {1, 2, {5, 35}, 2},
       {1, 5, {250}}});
}

} // namespace

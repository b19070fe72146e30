//===- KernelSourceTest.cpp - Layouts and tiles as kernels want them ------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/IR/Bitserial.h"
#include "bitserial/Transforms/Kernel.h"
#include "bitserial/Transforms/MicroTile.h"
#include "bitserial/Transforms/Scheduling.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Parser/Parser.h"
#include "llvm/Support/MemoryBuffer.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace mlir::bitserial;

namespace {
/// What the source of a test offers: kernels of test/Transforms/Inputs/kernels.
struct Offer {
  StringRef file;
  double cycles;
};
std::vector<Offer> offers;

class TestSource : public KernelSource {
public:
  explicit TestSource(Dialect *dialect) : KernelSource(dialect) {}

  std::optional<Kernel> find(const KernelSpec &spec,
                             const Target &target) override {
    for (const Offer &offer : offers) {
      std::string path =
          (BITSERIAL_KERNEL_INPUTS "/" + offer.file + ".mlir").str();
      auto text = llvm::MemoryBuffer::getFile(path);
      if (!text)
        continue;
      FailureOr<Kernel> kernel = Kernel::parse(
          getContext(), (*text)->getBuffer(), path, modules.emplace_back());
      if (failed(kernel) || !(kernel->spec == spec))
        continue;
      kernel->cycles = offer.cycles;
      return *kernel;
    }
    return std::nullopt;
  }

private:
  std::vector<OwningOpRef<ModuleOp>> modules;
};

class KernelSourceTest : public ::testing::Test {
protected:
  KernelSourceTest() : context(registry()) {
    context.loadDialect<BitserialDialect, func::FuncDialect,
                        arith::ArithDialect>();
  }
  ~KernelSourceTest() override { offers.clear(); }

  static DialectRegistry registry() {
    DialectRegistry registry;
    registry.addExtension(+[](MLIRContext *, BitserialDialect *dialect) {
      dialect->addInterfaces<TestSource>();
    });
    return registry;
  }

  /// The layout of the weights that is chosen for a product of 56 x k by
  /// k x n.
  LayoutAttr chooseWeights(StringRef cpu, int64_t k, int64_t n = 128) {
    std::string size = std::to_string(k), columns = std::to_string(n);
    std::string lhs = "tensor<56x" + size + "x!bitserial.int<1, unsigned>>",
                rhs = "tensor<" + columns + "x" + size +
                      "x!bitserial.int<1, bipolar>>";
    module = parseSourceString<ModuleOp>(
        "func.func @f(%a: " + lhs + ", %w: " + rhs + ") -> tensor<56x" +
            columns +
            "xi32> {\n"
            "%0 = bitserial.contract %a, %w indexing_maps = "
            "[affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>,"
            " affine_map<(m, n, k) -> (m, n)>] : " +
            lhs + ", " + rhs + " -> tensor<56x" + columns +
            "xi32>\nreturn %0 : tensor<56x" + columns + "xi32>\n}",
        &context);
    ContractOp op;
    module->walk([&](ContractOp contract) { op = contract; });
    IRRewriter rewriter(&context);
    auto packed = assignLayouts(rewriter, op, llvm::cantFail(Target::get(cpu)));
    return packed->getRhsLayout();
  }

  MLIRContext context;
  OwningOpRef<ModuleOp> module;
};

TEST_F(KernelSourceTest, tileOfWeights) {
  // Two vectors of four outputs for the reference lowering; three for the
  // kernel.
  EXPECT_EQ(chooseWeights("haswell", 640).getInnerTile(0), 8);
  offers = {{"avx2-a1w1-bytes", 1.0}};
  EXPECT_EQ(chooseWeights("haswell", 640).getInnerTile(0), 12);
  // It is not for vectors of this target.
  EXPECT_EQ(chooseWeights("x86-64", 640).getInnerTile(0), 4);
}

TEST_F(KernelSourceTest, lanesOfReduction) {
  offers = {{"avx2-a1w1-bytes", 1.0}, {"avx2-a1w1-group", 0.9}};
  // One vector of outputs: across lanes, loads are shared by more of them.
  EXPECT_EQ(chooseWeights("haswell", 8192, 4).getInnerTile(1), 4);
  // Of 13 words the last vector is all but empty.
  EXPECT_EQ(chooseWeights("haswell", 832, 4).getInnerTile(1), 1);
  offers[1].cycles = 1.1;
  EXPECT_EQ(chooseWeights("haswell", 8192, 4).getInnerTile(1), 1);
}

TEST_F(KernelSourceTest, wordsOfLongSums) {
  // 16-bit lanes do not hold sums of 40000 bits; those of the kernel need not.
  EXPECT_EQ(chooseWeights("cortex-a53", 30000).getWord(), 16);
  EXPECT_EQ(chooseWeights("cortex-a53", 40000).getWord(), 32);
  offers = {{"neon-a1w1-bytes", 1.0}};
  EXPECT_EQ(chooseWeights("cortex-a53", 40000).getWord(), 16);
}

TEST(KernelTile, isTakenWhereItFits) {
  Target target = llvm::cantFail(Target::get("haswell"));
  auto choose = [&](int64_t rows, int64_t vectors,
                    std::optional<int64_t> tileVectors, MicroTile kernel) {
    MicroTile tile =
        chooseMicroTile(rows, vectors, target, tileVectors, kernel);
    EXPECT_LE(tile.rows * tile.vectors, kernel.rows * kernel.vectors);
    EXPECT_LE(tile.rows, rows);
    if (tileVectors)
      EXPECT_EQ(*tileVectors % tile.vectors, 0);
    return std::make_pair(tile.rows, tile.vectors);
  };
  auto tile = [](int64_t rows, int64_t vectors) {
    return std::make_pair(rows, vectors);
  };
  for (auto [rows, vectors] :
       {tile(1, 1), tile(1, 2), tile(2, 1), tile(2, 3), tile(4, 4), tile(8, 1)})
    EXPECT_EQ(choose(56, 96, std::nullopt, {rows, vectors}),
              tile(rows, vectors));
  // Fewer rows than the kernel's: more vectors, as many accumulators.
  EXPECT_EQ(choose(1, 96, std::nullopt, {2, 3}), tile(1, 6));
  // Inner tiles that it does not divide.
  EXPECT_EQ(choose(56, 96, 4, {2, 3}).second % 4 % 2, 0);
}
} // namespace

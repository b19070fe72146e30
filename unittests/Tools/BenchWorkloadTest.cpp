//===- BenchWorkloadTest.cpp - Layers, formats, requirements --------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Requirements.h"
#include "Workload.h"
#include "bitserial/IR/Bitserial.h"
#include "gtest/gtest.h"

using namespace mlir::bitserial;
using namespace mlir::bitserial::bench;

template <typename T> static std::string message(llvm::Expected<T> value) {
  return value ? "no error" : llvm::toString(value.takeError());
}

TEST(BenchWorkload, LayersAreThoseOfResNet18) {
  auto layers = parseLayers("all");
  ASSERT_TRUE(bool(layers));
  ASSERT_EQ(layers->size(), 11u);
  const ConvLayer &c2 = layers->front(), &c10 = (*layers)[8];
  EXPECT_EQ(c2.shape(), "56,64→64,3,1");
  EXPECT_EQ(c2.macs(), 115605504);
  EXPECT_EQ(c10.name, "C10");
  EXPECT_EQ(c10.outHeight(), 7);
  EXPECT_EQ(c10.macs(), 57802752);
}

TEST(BenchWorkload, ParseLayers) {
  auto layers = parseLayers("c12, C2");
  ASSERT_TRUE(bool(layers));
  ASSERT_EQ(layers->size(), 2u);
  EXPECT_EQ((*layers)[0].name, "C12");
  EXPECT_EQ((*layers)[1].name, "C2");
  EXPECT_EQ(
      message(parseLayers("C2,C13")),
      "unknown layer 'C13'; the layers are all, C2, C3, C4, C5, C6, C7, "
      "C8, C9, C10, C11, C12, and matrix products as 8x4096x1024 (m, n, k)");
  EXPECT_EQ(message(parseLayers("C2,c2")), "layer 'c2' is given twice");
  EXPECT_EQ(message(parseLayers("C2,")), "empty layer in 'C2,'");
}

TEST(BenchWorkload, MatrixProducts) {
  auto layers = parseLayers("8X4096x1024,C2");
  ASSERT_TRUE(bool(layers));
  const ConvLayer &product = layers->front();
  EXPECT_TRUE(product.isMatmul);
  EXPECT_EQ(product.name, "8x4096x1024");
  EXPECT_EQ(product.shape(), "8,1024→4096");
  EXPECT_EQ(product.macs(), 8 * 4096 * 1024);
  EXPECT_EQ(product.memoryBytes(8, 2, 32),
            8 * 1024 + 4096 * 1024 / 4 + 4 * 8 * 4096);
  EXPECT_FALSE((*layers)[1].isMatmul);
  for (const char *text :
       {"8x4096", "8x4096x", "0x1x1", "8x4096x1024x2", "1x1x9999999", "axbxc"})
    EXPECT_EQ(message(parseLayers(text)).find("unknown layer"), 0u) << text;
}

TEST(BenchWorkload, ParseFormats) {
  auto pairs = parseFormats("a1w1,A8W2,t2:s3");
  ASSERT_TRUE(bool(pairs));
  ASSERT_EQ(pairs->size(), 3u);
  EXPECT_EQ((*pairs)[0].activations.getKind(), Kind::Unsigned);
  EXPECT_EQ((*pairs)[0].weights.getKind(), Kind::Bipolar);
  EXPECT_EQ((*pairs)[1].name, "a8w2");
  EXPECT_EQ((*pairs)[1].activations.getWidth(), 8u);
  EXPECT_EQ((*pairs)[1].weights.getWidth(), 2u);
  EXPECT_EQ((*pairs)[1].planeProducts(), 16);
  EXPECT_EQ((*pairs)[2].activations.getKind(), Kind::Ternary);
  EXPECT_EQ((*pairs)[2].weights.getKind(), Kind::Signed);
  auto none = parseFormats("none");
  ASSERT_TRUE(bool(none));
  EXPECT_TRUE(none->empty());
}

TEST(BenchWorkload, BadFormats) {
  for (const char *text : {"a2", "u2", "a2w", "aw1", "w1a2", "u2:", "x2:b1",
                           "u2b1", "u:b1", "a2:b1", "u-1:b1", "a99999999999w1"})
    EXPECT_EQ(message(parseFormats(text)),
              "'" + std::string(text) +
                  "' is no pair of formats; write e.g. a2w1 or u2:b1 (kinds u, "
                  "s, b, t; widths 1 to 8)");
  EXPECT_EQ(message(parseFormats("u2:b1x")),
            "unexpected 'x' at the end of formats 'u2:b1x'");
  // The reason is the number format's own.
  EXPECT_EQ(message(parseFormats("a9w1")).find("in formats 'a9w1': "), 0u);
  EXPECT_EQ(message(parseFormats("u1:t3")).find("in formats 'u1:t3': "), 0u);
  EXPECT_EQ(message(parseFormats("a1w1,,a2w1")),
            "empty pair of formats in 'a1w1,,a2w1'");
}

TEST(BenchWorkload, InstructionSets) {
  auto sets = parseInstructionSets("native");
  ASSERT_TRUE(bool(sets));
  EXPECT_EQ(sets->front().oneDnnCap, "ALL");
  EXPECT_EQ(message(parseInstructionSets("avx3")),
            "unknown instruction set 'avx3'; they are baseline, avx2, "
            "avx512bw, avx512, amx, native");
}

TEST(BenchRequirements, Parse) {
  auto list = parseRequirements("a1w1/fp32=3, u2:b1/plain@C2=0.6");
  ASSERT_TRUE(bool(list));
  ASSERT_EQ(list->size(), 2u);
  EXPECT_EQ((*list)[0].formats, "a1w1");
  EXPECT_EQ((*list)[0].reference, "fp32");
  EXPECT_EQ((*list)[0].layer, "");
  EXPECT_EQ((*list)[0].minimum, 3.0);
  EXPECT_EQ((*list)[1].formats, "u2:b1");
  EXPECT_EQ((*list)[1].layer, "C2");
  for (const char *text : {"", "a1w1", "a1w1/fp32", "a1w1/fp32=x",
                           "a1w1/fp32=0", "/fp32=1", "a1w1/fp32@=1"})
    EXPECT_EQ(message(parseRequirements(text)),
              "'" + std::string(text) +
                  "' is no requirement; write e.g. a1w1/fp32=3 or "
                  "a1w1/plain@C2=0.6");
  EXPECT_EQ(message(parseRequirements("a1w1/fp16=2")),
            "unknown reference 'fp16' in requirement 'a1w1/fp16=2'; the "
            "references are fp32, int8, plain, roofline, @THREADS");
}

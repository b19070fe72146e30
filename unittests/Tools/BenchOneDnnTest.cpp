//===- BenchOneDnnTest.cpp - The peer computes the same -------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "OneDnn.h"
#include "bitserial/IR/Bitserial.h"
#include "gtest/gtest.h"

using namespace mlir::bitserial;
using namespace mlir::bitserial::bench;

/// Loads copies of the library; none if there is none.
static std::vector<std::unique_ptr<OneDnn>>
load(std::initializer_list<const char *> caps) {
  std::vector<std::unique_ptr<OneDnn>> libraries;
  for (const char *cap : caps) {
    auto library = OneDnn::load(cap);
    if (!library) {
      llvm::consumeError(library.takeError());
      return {};
    }
    libraries.push_back(std::move(*library));
  }
  return libraries;
}

// Each copy of the library has its own ISA cap, and all are right.
TEST(BenchOneDnn, CapsInOneProcess) {
  std::vector<std::unique_ptr<OneDnn>> libraries = load({"SSE41", "ALL"});
  if (libraries.empty())
    GTEST_SKIP() << "no oneDNN here";
  ConvLayer layer{"", 9, 7, 19, 35, 3, 2, 1};
  ConvData data = makeConvData(layer, NumberFormat(2, Kind::Unsigned),
                               NumberFormat(1, Kind::Bipolar));
  std::vector<std::string> descriptions;
  for (const std::unique_ptr<OneDnn> &library : libraries)
    for (OneDnn::Precision precision :
         {OneDnn::Precision::Fp32, OneDnn::Precision::Int8}) {
      auto conv = library->createConv(layer, precision, data);
      ASSERT_TRUE(bool(conv)) << llvm::toString(conv.takeError());
      (*conv)->run();
      auto output = (*conv)->output();
      ASSERT_TRUE(bool(output)) << llvm::toString(output.takeError());
      EXPECT_EQ(describeDifference(data.output, *output), "");
      descriptions.push_back((*conv)->describe());
    }
  for (int i : {0, 1}) {
    EXPECT_EQ(descriptions[i].find("avx"), std::string::npos)
        << descriptions[i];
    EXPECT_NE(descriptions[i], "");
  }
}

// Inner products, with sizes that no block divides.
TEST(BenchOneDnn, MatrixProducts) {
  std::vector<std::unique_ptr<OneDnn>> libraries = load({"ALL"});
  if (libraries.empty())
    GTEST_SKIP() << "no oneDNN here";
  auto layers = parseLayers("5x37x129");
  ASSERT_TRUE(bool(layers));
  ConvData data = makeConvData(layers->front(), NumberFormat(2, Kind::Unsigned),
                               NumberFormat(1, Kind::Bipolar));
  for (OneDnn::Precision precision :
       {OneDnn::Precision::Fp32, OneDnn::Precision::Int8}) {
    auto product = libraries[0]->createConv(layers->front(), precision, data);
    ASSERT_TRUE(bool(product)) << llvm::toString(product.takeError());
    (*product)->run();
    auto output = (*product)->output();
    ASSERT_TRUE(bool(output)) << llvm::toString(output.takeError());
    EXPECT_EQ(describeDifference(data.output, *output), "");
  }
}

TEST(BenchOneDnn, BadCap) {
  auto library = OneDnn::load("AVX3");
  ASSERT_FALSE(bool(library));
  std::string message = llvm::toString(library.takeError());
  EXPECT_TRUE(message == "oneDNN has no ISA cap 'AVX3'" ||
              message == "this bitserial-bench was built without oneDNN")
      << message;
}

//===- BooleanConstantsTest.cpp - Constants of i1 of newer MLIR -----------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Conversion/BooleanConstants.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace mlir::bitserial;

TEST(BooleanConstants, BytesBecomeBits) {
  // The first element is the lowest bit.
  EXPECT_EQ(packBooleanConstants("a = dense<\"0x0100010101000000"
                                 "01\"> : tensor<3x3xi1> b"),
            "a = dense<\"0x1D01\"              > : tensor<3x3xi1> b");
}

TEST(BooleanConstants, EachOfSeveral) {
  EXPECT_EQ(packBooleanConstants("dense<\"0x0001\">:tensor<2xi1>\n"
                                 "dense<\"0x01\"> : tensor<8xi1>\n"
                                 "dense<\"0x0101\"> : tensor<1x2xi1>"),
            "dense<\"0x02\"  >:tensor<2xi1>\n"
            "dense<\"0x01\"> : tensor<8xi1>\n"
            "dense<\"0x03\"  > : tensor<1x2xi1>");
}

TEST(BooleanConstants, OthersStay) {
  for (StringRef text :
       {"", "xi1>", "tensor<4xi1>", "dense<true> : tensor<4xi1>",
        // Bits already; as many digits as neither has; no boolean; no string.
        "dense<\"0x0F01\"> : tensor<9xi1>", "dense<\"0x010\"> : tensor<2xi1>",
        "dense<\"0x0002\"> : tensor<2xi1>", "dense<\"0001\"> : tensor<2xi1>",
        "sparse<\"0x0001\"> : tensor<2xi1>", "\"> : tensor<2xi1>",
        // Sizes that are none, or too many.
        "dense<\"0x0001\"> : tensor<?x2xi1>", "dense<\"0x01\"> : tensor<xi1>",
        "dense<\"0x0001\"> : tensor<2x99999999999999999999xi1>",
        // Those of other types.
        "dense<\"0x0001\"> : tensor<2xi8>"})
    EXPECT_EQ(packBooleanConstants(text), "") << text.str();
}

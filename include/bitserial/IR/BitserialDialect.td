//===- BitserialDialect.td - The bitserial dialect ---------*- tablegen -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_IR_BITSERIALDIALECT_TD
#define BITSERIAL_IR_BITSERIALDIALECT_TD

include "mlir/IR/OpBase.td"

def BitserialDialect : Dialect {
  let name = "bitserial";
  let cppNamespace = "::mlir::bitserial";
  let summary = "Contractions over low-bit numbers, down to words of bits";
  let description = [{
    A tensor of 1 to 8-bit numbers is a set of *bit planes*. A product of two
    such numbers is a weighted sum of ANDs of their bits, and a dot product a
    weighted sum of `popcount(a_plane & w_plane)`. The dialect says this in two
    steps:

    - `bitserial.contract` is a contraction (matrix product, convolution, ...)
      over tensors of `!bitserial.int`; it says what is computed;
    - `bitserial.reduce` is the same on tensors of *words*, where one word holds
      one plane of many numbers; its region says what the bits of one position
      contribute, and is the specification of every kernel.

    In between, `#bitserial.layout`, the encoding of a tensor type, says how
    the bits lie in memory. All else is left to upstream dialects.

    Attributes with a meaning in any module: `bitserial.target`, on a module,
    is a `#bitserial.target`.
  }];
  let useDefaultTypePrinterParser = 1;
  let useDefaultAttributePrinterParser = 1;
  let hasCanonicalizer = 1;
  let hasConstantMaterializer = 1;
  let hasOperationAttrVerify = 1;
  let dependentDialects = [
    "::mlir::affine::AffineDialect", "::mlir::arith::ArithDialect",
    "::mlir::tensor::TensorDialect"
  ];
}

#endif // BITSERIAL_IR_BITSERIALDIALECT_TD

//===- MemoryPasses.td - Passes that save memory -----------*- tablegen -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_TRANSFORMS_MEMORYPASSES_TD
#define BITSERIAL_TRANSFORMS_MEMORYPASSES_TD

include "mlir/Pass/PassBase.td"

def FusePools : Pass<"bitserial-fuse-pools", "::mlir::func::FuncOp"> {
  let summary = "Compute what a pool reads row by row";
  let description = [{
    The first convolution of a network has the largest result, which a pool reads
    and nobody else. A pool (a `linalg.generic` that reduces windows of one
    input, padded or not) becomes a loop over its rows; each iteration computes
    only the rows of the input that the one before has not, into a window of as
    many rows as the pool reads. Rows that the next window shares are carried
    over. The elementwise ops and the contraction that compute the input are
    copied into the loop for those rows, and with them the elementwise ops that
    the contraction reads, where neighbouring rows compute some numbers again:
    few next to the contraction.

    A pool is left alone if its input is small, has other uses or is not
    computed in the function, if padding follows the rows, or if windows skip
    some. The loop is sequential: the pipeline has this pass only for one thread.
  }];
  let dependentDialects = [
    "::mlir::affine::AffineDialect", "::mlir::arith::ArithDialect",
    "::mlir::bufferization::BufferizationDialect",
    "::mlir::linalg::LinalgDialect", "::mlir::scf::SCFDialect",
    "::mlir::tensor::TensorDialect"
  ];
}

#endif // BITSERIAL_TRANSFORMS_MEMORYPASSES_TD

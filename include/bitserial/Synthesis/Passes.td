//===- Passes.td - Passes of synthesis ---------------------*- tablegen -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_SYNTHESIS_PASSES_TD
#define BITSERIAL_SYNTHESIS_PASSES_TD

include "mlir/Pass/PassBase.td"

def Synthesize : Pass<"bitserial-synthesize", "::mlir::func::FuncOp"> {
  let summary = "Replace micro-tiles by kernels that are proved equal to them";
  let description = [{
    Replaces each `bitserial.reduce` by loops around a kernel: straight-line
    vector code for the target, proved to compute what the region says for all
    inputs. Kernels come from the user's cache, the library that is part of the
    program, or a search; see `docs/synthesis.md`. Search and proof depend on
    the region, the width of words and the target, not on sizes.

    A reduce that there is no kernel for stays, for `bitserial-lower-reduce`. A
    remark (category `bitserial`) says for each reduce which kernel was used,
    where it comes from and how fast it is by the cost model, or why there is
    none.

    Sizes must be static, and the accumulators of a tile no more than
    `max-accumulators`: `bitserial-tile` comes before.
  }];
  let options = [
    Option<"search", "search", "bool", "true",
           "Search for kernels that neither cache nor library have">,
    Option<"useLibrary", "library", "bool", "true",
           "Use the kernels that are part of the program">,
    Option<"useCache", "cache", "bool", "true",
           "Use the user's cache, and keep what is found there">,
    Option<"cacheDirectory", "cache-dir", "std::string", "\"\"",
           "Folder of the cache (default: $BITSERIAL_CACHE_DIR, else "
           "bitserial/kernels in $XDG_CACHE_HOME or ~/.cache)">,
    Option<"proofs", "proofs", "std::string", "\"\"",
           "Folder to write the proofs of all kernels to, those of the reference "
           "lowering included, as obligations "
           "for solvers with a manifest (scripts/check-proofs.sh checks them)">,
    Option<"measure", "measure", "bool", "false",
           "Search, and take the kernel that is fastest on this machine">,
    Option<"maxAccumulators", "max-accumulators", "int64_t", "128",
           "Refuse micro-tiles with more accumulator vectors than this">
  ];
  let dependentDialects = [
    "::mlir::affine::AffineDialect", "::mlir::arith::ArithDialect",
    "::mlir::func::FuncDialect", "::mlir::linalg::LinalgDialect",
    "::mlir::LLVM::LLVMDialect", "::mlir::math::MathDialect",
    "::mlir::scf::SCFDialect", "::mlir::tensor::TensorDialect",
    "::mlir::vector::VectorDialect"
  ];
  let statistics = [
    Statistic<"numReplaced", "replaced", "Micro-tiles replaced by a kernel">,
    Statistic<"numLeft", "left", "Micro-tiles without a kernel">
  ];
}

def UseKernels : Pass<"bitserial-use-kernels"> {
  let summary = "Let the passes behind it know the kernels there are";
  let description = [{
    Changes nothing. Passes of the same pipeline that choose layouts and tiles
    then choose those that kernels are made for: without it, or
    `bitserial-synthesize`, they suit the reference lowering. Options are as for
    `bitserial-synthesize`.
  }];
  let options = [
    Option<"search", "search", "bool", "true",
           "Search for kernels that neither cache nor library have">,
    Option<"useLibrary", "library", "bool", "true",
           "Use the kernels that are part of the program">,
    Option<"useCache", "cache", "bool", "true",
           "Use the user's cache, and keep what is found there">,
    Option<"cacheDirectory", "cache-dir", "std::string", "\"\"",
           "Folder of the cache">
  ];
}

#endif // BITSERIAL_SYNTHESIS_PASSES_TD

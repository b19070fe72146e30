//===- CHLO.td - Ops beside StableHLO ----------------------*- tablegen -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_CONVERSION_STABLEHLO_CHLO_TD
#define BITSERIAL_CONVERSION_STABLEHLO_CHLO_TD

include "bitserial/Conversion/StableHLO/StableHLO.td"

def CHLO_Dialect : Dialect {
  let name = "chlo";
  let cppNamespace = "::mlir::bitserial::chlo";
  let summary = "Functions that frameworks export beside StableHLO";
  let description = [{
    StableHLO has no op of its own for some functions, and JAX writes those of
    CHLO among it.
  }];
  let dependentDialects = ["::mlir::bitserial::stablehlo::StableHLODialect"];
  let extraClassDeclaration = [{
    /// Says that an op is not in the subset, where it stands.
    std::optional<ParseOpHook>
    getParseOperationHook(StringRef name) const override;
  }];
}

class CHLO_Unary<string mnemonic, string what>
    : Op<CHLO_Dialect, mnemonic, [Pure, SameOperandsAndResultType]> {
  let summary = what;
  let arguments = (ins StableHLO_Tensor:$operand);
  let results = (outs StableHLO_Tensor:$result);
  let assemblyFormat = [{
    $operand attr-dict `:` type($operand) `->` type($result)
  }];
}

def CHLO_ErfOp : CHLO_Unary<"erf", "Error function">;
def CHLO_ErfcOp : CHLO_Unary<"erfc", "1 less the error function">;
def CHLO_SquareOp : CHLO_Unary<"square", "Product with itself">;

def CHLO_TopKOp : Op<CHLO_Dialect, "top_k", [Pure]> {
  let summary = "The largest elements of the last dimension, and where they are";
  let description = "In falling order, those of one value as they stand.";
  let arguments = (ins StableHLO_Tensor:$operand, I64Attr:$k);
  let results = (outs StableHLO_Tensor:$values, StableHLO_Tensor:$indices);
  let assemblyFormat = [{
    `(` $operand `,` `k` `=` custom<Integer>($k) `)` attr-dict `:`
    type($operand) `->` `(` type($values) `,` type($indices) `)`
  }];
  let hasVerifier = 1;
}

#endif // BITSERIAL_CONVERSION_STABLEHLO_CHLO_TD

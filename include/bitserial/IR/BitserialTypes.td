//===- BitserialTypes.td - Types of the bitserial dialect --*- tablegen -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_IR_BITSERIALTYPES_TD
#define BITSERIAL_IR_BITSERIALTYPES_TD

include "bitserial/IR/BitserialDialect.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/EnumAttr.td"

// The affine row of each kind is in lib/IR/NumberFormat.cpp.
def Bitserial_Kind : I32Enum<"Kind", "how the bits of a low-bit number are read", [
    I32EnumCase<"Unsigned", 0, "unsigned">,
    I32EnumCase<"Signed", 1, "signed">,
    I32EnumCase<"Bipolar", 2, "bipolar">,
    I32EnumCase<"Ternary", 3, "ternary">
  ]> {
  let cppNamespace = "::mlir::bitserial";
}

def Bitserial_TileOrder : I32Enum<"TileOrder",
    "which loop over micro-tiles is outside", [
    I32EnumCase<"Columns", 0, "columns">,
    I32EnumCase<"Rows", 1, "rows">
  ]> {
  let cppNamespace = "::mlir::bitserial";
}

def Bitserial_IntType : TypeDef<BitserialDialect, "Int"> {
  let mnemonic = "int";
  let summary = "An integer of 1 to 8 bits that is affine in its bits";
  let description = [{
    The element type of low-bit tensors. A number with the bits `b_0, b_1, ...`
    has the value

        value(b) = offset + sum_i weight_i * b_i

    | kind     | weights                  | offset     | values, 2 bits |
    |----------|--------------------------|------------|----------------|
    | unsigned | 1, 2, 4, ...             | 0          | 0 1 2 3        |
    | signed   | 1, 2, ..., -2^(W-1)      | 0          | -2 -1 0 1      |
    | bipolar  | 2, 4, 8, ...             | -(2^W - 1) | -3 -1 1 3      |
    | ternary  | 1, -1, 3, -3, 9, -9, ... | 0          | -1 0 1         |

    One bipolar bit is -1 or 1; one signed bit is -1 or 0. A ternary number
    spends two bits on each balanced ternary digit, so its width is even.

    A `zero_point` is subtracted from the value: with `zero_point = z` the
    offset is that of the table minus `z`.

    Constraints:
    - (T1) the width is 1 to 8;
    - (T2) the width of a ternary number is even;
    - (T3) all values fit 16-bit signed integers (bounds the zero point).

    Examples:

    ```mlir
    !bitserial.int<2, unsigned>
    !bitserial.int<1, bipolar>
    !bitserial.int<4, unsigned, zero_point = 8>
    ```
  }];
  let parameters = (ins
    "unsigned":$width,
    EnumParameter<Bitserial_Kind>:$kind,
    DefaultValuedParameter<"int64_t", "0">:$zeroPoint
  );
  let assemblyFormat = "`<` $width `,` $kind (`,` `zero_point` `=` $zeroPoint^)? `>`";
  let genVerifyDecl = 1;
  let extraClassDeclaration = [{
    /// The affine row of this type.
    NumberFormat getFormat() const;
    /// The integer type that holds one value of this type in memory where it
    /// is not packed, at function boundaries for instance: i8 when all values
    /// fit int8_t or uint8_t, else i16. See NumberFormat::isValueUnsigned.
    IntegerType getValueType() const;
  }];
}

#endif // BITSERIAL_IR_BITSERIALTYPES_TD

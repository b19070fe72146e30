//===- StableHLO.td - A subset of StableHLO ----------------*- tablegen -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Written from the public specification, https://openxla.org/stablehlo/spec,
// to read the text that frameworks emit.
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_CONVERSION_STABLEHLO_TD
#define BITSERIAL_CONVERSION_STABLEHLO_TD

include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/BuiltinAttributes.td"
include "mlir/IR/EnumAttr.td"
include "mlir/IR/OpAsmInterface.td"
include "mlir/IR/OpBase.td"
include "mlir/Interfaces/ControlFlowInterfaces.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

def StableHLO_Dialect : Dialect {
  let name = "stablehlo";
  let cppNamespace = "::mlir::bitserial::stablehlo";
  let summary = "The part of StableHLO that quantised networks are made of";
  let description = [{
    A subset of [StableHLO](https://openxla.org/stablehlo/spec), compatible with
    it as text: what JAX and others export. All tensors have static shapes. Ops
    outside of the subset are errors that name them.

    The specification has the semantics; here stands only what is checked.
  }];
  let hasConstantMaterializer = 1;
  let extraClassDeclaration = [{
    /// Says that an op is not in the subset, where it stands.
    std::optional<ParseOpHook>
    getParseOperationHook(StringRef name) const override;
    /// Types of their own that StableHLO has are not in the subset either.
    Type parseType(DialectAsmParser &parser) const override;
    /// An attribute outside the subset is that of an op outside it.
    Attribute parseAttribute(DialectAsmParser &parser, Type type) const override;
    void printAttribute(Attribute attribute,
                        DialectAsmPrinter &printer) const override;
  }];
}

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

def StableHLO_Tensor : Type<
  CPred<"::mlir::bitserial::stablehlo::isTensor($_self)">,
  "tensor of static shape and at most 2^40 elements, of integers, floats or "
  "quantised numbers",
  "::mlir::RankedTensorType">;

def StableHLO_BoolTensor : Type<
  And<[StableHLO_Tensor.predicate,
       CPred<"::llvm::cast<::mlir::RankedTensorType>($_self)"
             ".getElementType().isInteger(1)">]>,
  "tensor of i1 of static shape", "::mlir::RankedTensorType">;

//===----------------------------------------------------------------------===//
// Attributes
//===----------------------------------------------------------------------===//

class StableHLO_Enum<string name, string summary, list<I32EnumCase> cases>
    : I32Enum<name, summary, cases> {
  let cppNamespace = "::mlir::bitserial::stablehlo";
}

def StableHLO_Precision : StableHLO_Enum<"Precision",
  "how exact products of floats are", [
    I32EnumCase<"DEFAULT", 0>, I32EnumCase<"HIGH", 1>,
    I32EnumCase<"HIGHEST", 2>]>;
def StableHLO_ComparisonDirection : StableHLO_Enum<"ComparisonDirection",
  "what is compared", [
    I32EnumCase<"EQ", 0>, I32EnumCase<"NE", 1>, I32EnumCase<"GE", 2>,
    I32EnumCase<"GT", 3>, I32EnumCase<"LE", 4>, I32EnumCase<"LT", 5>]>;
def StableHLO_ComparisonType : StableHLO_Enum<"ComparisonType",
  "how numbers are compared", [
    I32EnumCase<"NOTYPE", 0>, I32EnumCase<"FLOAT", 1>,
    I32EnumCase<"TOTALORDER", 2>, I32EnumCase<"SIGNED", 3>,
    I32EnumCase<"UNSIGNED", 4>]>;

def StableHLO_PrecisionAttr
    : EnumAttr<StableHLO_Dialect, StableHLO_Precision, "precision">;
def StableHLO_ComparisonDirectionAttr
    : EnumAttr<StableHLO_Dialect, StableHLO_ComparisonDirection,
               "comparison_direction">;
def StableHLO_ComparisonTypeAttr
    : EnumAttr<StableHLO_Dialect, StableHLO_ComparisonType, "comparison_type">;
def StableHLO_PrecisionConfigAttr
    : TypedArrayAttrBase<StableHLO_PrecisionAttr, "precision of each operand">;

def StableHLO_DotNumbersAttr : AttrDef<StableHLO_Dialect, "DotNumbers"> {
  let mnemonic = "dot";
  let summary = "Batching and contracting dimensions of dot_general";
  let parameters = (ins
    OptionalArrayRefParameter<"int64_t">:$lhs_batching_dimensions,
    OptionalArrayRefParameter<"int64_t">:$rhs_batching_dimensions,
    OptionalArrayRefParameter<"int64_t">:$lhs_contracting_dimensions,
    OptionalArrayRefParameter<"int64_t">:$rhs_contracting_dimensions
  );
  let hasCustomAssemblyFormat = 1;
}

def StableHLO_GatherNumbersAttr : AttrDef<StableHLO_Dialect, "GatherNumbers"> {
  let mnemonic = "gather";
  let summary = "Which dimension is what in a gather";
  let parameters = (ins
    OptionalArrayRefParameter<"int64_t">:$offset_dims,
    OptionalArrayRefParameter<"int64_t">:$collapsed_slice_dims,
    OptionalArrayRefParameter<"int64_t">:$operand_batching_dims,
    OptionalArrayRefParameter<"int64_t">:$start_indices_batching_dims,
    OptionalArrayRefParameter<"int64_t">:$start_index_map,
    "int64_t":$index_vector_dim
  );
  let hasCustomAssemblyFormat = 1;
}

def StableHLO_ConvNumbersAttr : AttrDef<StableHLO_Dialect, "ConvNumbers"> {
  let mnemonic = "conv";
  let summary = "Which dimension is what in a convolution";
  let description = [{
    In text `[b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f]`: the roles of the
    dimensions of input, kernel and output.
  }];
  let parameters = (ins
    "int64_t":$input_batch, "int64_t":$input_feature,
    ArrayRefParameter<"int64_t">:$input_spatial,
    "int64_t":$kernel_input_feature, "int64_t":$kernel_output_feature,
    ArrayRefParameter<"int64_t">:$kernel_spatial,
    "int64_t":$output_batch, "int64_t":$output_feature,
    ArrayRefParameter<"int64_t">:$output_spatial
  );
  let hasCustomAssemblyFormat = 1;
}

//===----------------------------------------------------------------------===//
// Elementwise ops
//===----------------------------------------------------------------------===//

class StableHLO_Op<string mnemonic, list<Trait> traits = []>
    : Op<StableHLO_Dialect, mnemonic, traits>;

/// All operands and results have one type, or are quantised and of one shape.
def StableHLO_SameTypeOrQuantized : NativeOpTrait<"SameTypeOrQuantized"> {
  let cppNamespace = "::mlir::bitserial::stablehlo";
}

class StableHLO_Unary<string mnemonic, string what>
    : StableHLO_Op<mnemonic, [Pure, StableHLO_SameTypeOrQuantized]> {
  let summary = what;
  let arguments = (ins StableHLO_Tensor:$operand);
  let results = (outs StableHLO_Tensor:$result);
  let assemblyFormat = [{
    $operand attr-dict `:` custom<SameType>(type($operand), type($result))
  }];
}

class StableHLO_Binary<string mnemonic, string what>
    : StableHLO_Op<mnemonic, [Pure, StableHLO_SameTypeOrQuantized]> {
  let summary = what;
  let arguments = (ins StableHLO_Tensor:$lhs, StableHLO_Tensor:$rhs);
  let results = (outs StableHLO_Tensor:$result);
  let assemblyFormat = [{
    $lhs `,` $rhs attr-dict `:`
    custom<SameType>(type($lhs), type($rhs), type($result))
  }];
}

def StableHLO_AbsOp : StableHLO_Unary<"abs", "Absolute value">;
def StableHLO_CeilOp : StableHLO_Unary<"ceil", "Round up">;
def StableHLO_ClzOp
    : StableHLO_Unary<"count_leading_zeros", "Zeros before the first one">;
def StableHLO_ExpOp : StableHLO_Unary<"exponential", "Exponential function">;
def StableHLO_Expm1Op
    : StableHLO_Unary<"exponential_minus_one", "Exponential function, less 1">;
def StableHLO_FloorOp : StableHLO_Unary<"floor", "Round down">;
def StableHLO_LogOp : StableHLO_Unary<"log", "Natural logarithm">;
def StableHLO_Log1pOp
    : StableHLO_Unary<"log_plus_one", "Natural logarithm of 1 more">;
def StableHLO_LogisticOp : StableHLO_Unary<"logistic", "Logistic function">;
def StableHLO_NegOp : StableHLO_Unary<"negate", "Negation">;
def StableHLO_NotOp : StableHLO_Unary<"not", "NOT of bits or booleans">;
def StableHLO_PopcntOp : StableHLO_Unary<"popcnt", "Number of ones">;
def StableHLO_RoundAfzOp
    : StableHLO_Unary<"round_nearest_afz", "Round, halves away from zero">;
def StableHLO_RoundEvenOp
    : StableHLO_Unary<"round_nearest_even", "Round, halves to even">;
def StableHLO_RsqrtOp : StableHLO_Unary<"rsqrt", "Reciprocal square root">;
def StableHLO_SignOp : StableHLO_Unary<"sign", "Sign: -1, 0 or 1">;
def StableHLO_SqrtOp : StableHLO_Unary<"sqrt", "Square root">;
def StableHLO_TanhOp : StableHLO_Unary<"tanh", "Hyperbolic tangent">;

def StableHLO_AddOp : StableHLO_Binary<"add", "Sum, or OR of booleans">;
def StableHLO_AndOp : StableHLO_Binary<"and", "AND of bits or booleans">;
def StableHLO_DivOp : StableHLO_Binary<"divide", "Quotient">;
def StableHLO_MaxOp : StableHLO_Binary<"maximum", "Maximum">;
def StableHLO_MinOp : StableHLO_Binary<"minimum", "Minimum">;
def StableHLO_MulOp : StableHLO_Binary<"multiply", "Product">;
def StableHLO_OrOp : StableHLO_Binary<"or", "OR of bits or booleans">;
def StableHLO_PowOp : StableHLO_Binary<"power", "Power">;
def StableHLO_RemOp : StableHLO_Binary<"remainder", "Remainder">;
def StableHLO_ShiftLeftOp : StableHLO_Binary<"shift_left", "Shift left">;
def StableHLO_ShiftRightArithmeticOp
    : StableHLO_Binary<"shift_right_arithmetic", "Shift right, with the sign">;
def StableHLO_ShiftRightLogicalOp
    : StableHLO_Binary<"shift_right_logical", "Shift right, with zeros">;
def StableHLO_SubtractOp : StableHLO_Binary<"subtract", "Difference">;
def StableHLO_XorOp : StableHLO_Binary<"xor", "XOR of bits or booleans">;

class StableHLO_Conversion<string mnemonic, string what>
    : StableHLO_Op<mnemonic, [Pure, SameOperandsAndResultShape]> {
  let summary = what;
  let arguments = (ins StableHLO_Tensor:$operand);
  let results = (outs StableHLO_Tensor:$result);
  let assemblyFormat = [{
    $operand attr-dict `:` custom<SameType>(type($operand), type($result))
  }];
}

def StableHLO_ConvertOp
    : StableHLO_Conversion<"convert", "Conversion between element types">;
def StableHLO_UniformQuantizeOp : StableHLO_Conversion<
    "uniform_quantize", "Numbers as those of a quantised type"> {
  let hasVerifier = 1;
}
def StableHLO_UniformDequantizeOp : StableHLO_Conversion<
    "uniform_dequantize", "Quantised numbers as floats"> {
  let hasVerifier = 1;
}

def StableHLO_BitcastConvertOp
    : StableHLO_Conversion<"bitcast_convert", "The same bits, of another type"> {
  let description = [{
    Between types of one width, so that the shape stays.
  }];
  let hasVerifier = 1;
}
def StableHLO_IsFiniteOp
    : StableHLO_Op<"is_finite", [Pure, SameOperandsAndResultShape]> {
  let summary = "Whether a number is neither infinite nor NaN";
  let arguments = (ins StableHLO_Tensor:$operand);
  let results = (outs StableHLO_BoolTensor:$result);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
}

def StableHLO_OptimizationBarrierOp
    : StableHLO_Op<"optimization_barrier", [Pure]> {
  let summary = "Its operands; what a framework wants computed first";
  let arguments = (ins Variadic<StableHLO_Tensor>:$inputs);
  let results = (outs Variadic<StableHLO_Tensor>:$results);
  let assemblyFormat = [{
    attr-dict $inputs custom<PairwiseTypes>(type($inputs), type($results))
  }];
  let hasVerifier = 1;
}

def StableHLO_ClampOp : StableHLO_Op<"clamp",
    [Pure, AllTypesMatch<["operand", "result"]>]> {
  let summary = "Limit to a range, whose bounds are scalars or tensors";
  let arguments = (ins StableHLO_Tensor:$min, StableHLO_Tensor:$operand,
                       StableHLO_Tensor:$max);
  let results = (outs StableHLO_Tensor:$result);
  let assemblyFormat = [{
    $min `,` $operand `,` $max attr-dict `:`
    custom<SameType>(type($min), type($operand), type($max), type($result))
  }];
  let hasVerifier = 1;
}

def StableHLO_CompareOp : StableHLO_Op<"compare",
    [Pure, SameOperandsAndResultShape, AllTypesMatch<["lhs", "rhs"]>]> {
  let summary = "Comparison";
  let arguments = (ins
    StableHLO_Tensor:$lhs, StableHLO_Tensor:$rhs,
    StableHLO_ComparisonDirectionAttr:$comparison_direction,
    OptionalAttr<StableHLO_ComparisonTypeAttr>:$compare_type
  );
  let results = (outs StableHLO_BoolTensor:$result);
  let assemblyFormat = [{
    custom<Bare>($comparison_direction) `,` $lhs `,` $rhs
    (`,` custom<BareType>($compare_type)^)? attr-dict `:`
    functional-type(operands, results)
  }];
}

def StableHLO_SelectOp : StableHLO_Op<"select",
    [Pure, AllTypesMatch<["on_true", "on_false", "result"]>]> {
  let summary = "Elements of one tensor or the other";
  let arguments = (ins StableHLO_BoolTensor:$pred, StableHLO_Tensor:$on_true,
                       StableHLO_Tensor:$on_false);
  let results = (outs StableHLO_Tensor:$result);
  let assemblyFormat = [{
    operands attr-dict `:`
    custom<SelectType>(type($pred), type($on_true), type($on_false), type($result))
  }];
  let hasVerifier = 1;
}

//===----------------------------------------------------------------------===//
// Constants and ops that move elements
//===----------------------------------------------------------------------===//

def StableHLO_ConstantOp : StableHLO_Op<"constant", [Pure, ConstantLike,
    DeclareOpInterfaceMethods<OpAsmOpInterface, ["getAsmResultNames"]>]> {
  let summary = "Constant";
  let description = [{
    Of a quantised type, `value` has the stored integers, and the text is
    `stablehlo.constant() <{value = dense<1> : tensor<4xi8>}> : () -> ...`.
  }];
  let arguments = (ins ElementsAttr:$value);
  let results = (outs StableHLO_Tensor:$result);
  let hasCustomAssemblyFormat = 1;
  let hasFolder = 1;
  let hasVerifier = 1;
}

def StableHLO_IotaOp : StableHLO_Op<"iota", [Pure]> {
  let summary = "The position in one dimension";
  let arguments = (ins I64Attr:$iota_dimension);
  let results = (outs StableHLO_Tensor:$result);
  let assemblyFormat = "`dim` `=` custom<Integer>($iota_dimension) attr-dict `:` type($result)";
  let hasVerifier = 1;
}

def StableHLO_BroadcastInDimOp : StableHLO_Op<"broadcast_in_dim", [Pure]> {
  let summary = "Repeat along dimensions";
  let arguments = (ins StableHLO_Tensor:$operand,
                       DenseI64ArrayAttr:$broadcast_dimensions);
  let results = (outs StableHLO_Tensor:$result);
  let assemblyFormat = [{
    $operand `,` `dims` `=` $broadcast_dimensions attr-dict `:`
    functional-type(operands, results)
  }];
  let hasVerifier = 1;
}

def StableHLO_ReshapeOp : StableHLO_Op<"reshape", [Pure]> {
  let summary = "The same elements in another shape";
  let arguments = (ins StableHLO_Tensor:$operand);
  let results = (outs StableHLO_Tensor:$result);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
  let hasVerifier = 1;
}

def StableHLO_TransposeOp : StableHLO_Op<"transpose", [Pure]> {
  let summary = "Permute dimensions";
  let arguments = (ins StableHLO_Tensor:$operand,
                       DenseI64ArrayAttr:$permutation);
  let results = (outs StableHLO_Tensor:$result);
  let assemblyFormat = [{
    $operand `,` `dims` `=` $permutation attr-dict `:`
    functional-type(operands, results)
  }];
  let hasVerifier = 1;
}

def StableHLO_SliceOp : StableHLO_Op<"slice", [Pure]> {
  let summary = "Part of a tensor, with strides";
  let arguments = (ins StableHLO_Tensor:$operand,
    DenseI64ArrayAttr:$start_indices, DenseI64ArrayAttr:$limit_indices,
    DenseI64ArrayAttr:$strides);
  let results = (outs StableHLO_Tensor:$result);
  let assemblyFormat = [{
    $operand custom<SliceRanges>($start_indices, $limit_indices, $strides)
    attr-dict `:` functional-type(operands, results)
  }];
  let hasVerifier = 1;
}

def StableHLO_ReverseOp
    : StableHLO_Op<"reverse", [Pure, SameOperandsAndResultType]> {
  let summary = "Some dimensions in reverse order";
  let arguments = (ins StableHLO_Tensor:$operand,
                       DenseI64ArrayAttr:$dimensions);
  let results = (outs StableHLO_Tensor:$result);
  let assemblyFormat = [{
    $operand `,` `dims` `=` $dimensions attr-dict `:`
    custom<SameType>(type($operand), type($result))
  }];
  let hasVerifier = 1;
}

def StableHLO_DynamicSliceOp : StableHLO_Op<"dynamic_slice", [Pure]> {
  let summary = "Part of a tensor, from where scalars say";
  let description = [{
    The start indices are limited so that the part is inside.
  }];
  let arguments = (ins StableHLO_Tensor:$operand,
    Variadic<StableHLO_Tensor>:$start_indices, DenseI64ArrayAttr:$slice_sizes);
  let results = (outs StableHLO_Tensor:$result);
  let assemblyFormat = [{
    $operand `,` custom<OperandsBeforeAttribute>($start_indices) `sizes` `=`
    $slice_sizes attr-dict `:` functional-type(operands, results)
  }];
  let hasVerifier = 1;
}

def StableHLO_DynamicUpdateSliceOp
    : StableHLO_Op<"dynamic_update_slice",
                   [Pure, AllTypesMatch<["operand", "result"]>]> {
  let summary = "A tensor with part of it replaced, from where scalars say";
  let description = [{
    The start indices are limited so that the part is inside.
  }];
  let arguments = (ins StableHLO_Tensor:$operand, StableHLO_Tensor:$update,
                       Variadic<StableHLO_Tensor>:$start_indices);
  let results = (outs StableHLO_Tensor:$result);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
  let hasVerifier = 1;
}

def StableHLO_GatherOp : StableHLO_Op<"gather", [Pure]> {
  let summary = "Parts of a tensor, from where a tensor says";
  let description = [{
    The start indices are limited so that every part is inside.
  }];
  let arguments = (ins StableHLO_Tensor:$operand,
    StableHLO_Tensor:$start_indices,
    StableHLO_GatherNumbersAttr:$dimension_numbers,
    DenseI64ArrayAttr:$slice_sizes,
    DefaultValuedOptionalAttr<BoolAttr, "false">:$indices_are_sorted);
  let results = (outs StableHLO_Tensor:$result);
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    /// The dimensions of the operand that are in the result, which offset_dims
    /// name there, in order.
    SmallVector<int64_t> getWindowDims();
    /// The dimensions of the result that those of start_indices become, in
    /// order.
    SmallVector<int64_t> getBatchDims();
  }];
}

def StableHLO_PadOp : StableHLO_Op<"pad", [Pure]> {
  let summary = "Padding around and between elements";
  let description = [{
    `low` and `high` may be negative, which removes elements.
  }];
  let arguments = (ins StableHLO_Tensor:$operand,
    StableHLO_Tensor:$padding_value, DenseI64ArrayAttr:$edge_padding_low,
    DenseI64ArrayAttr:$edge_padding_high, DenseI64ArrayAttr:$interior_padding);
  let results = (outs StableHLO_Tensor:$result);
  let assemblyFormat = [{
    $operand `,` $padding_value `,` `low` `=` $edge_padding_low `,`
    `high` `=` $edge_padding_high `,` `interior` `=` $interior_padding
    attr-dict `:` functional-type(operands, results)
  }];
  let hasVerifier = 1;
}

def StableHLO_ConcatenateOp : StableHLO_Op<"concatenate", [Pure]> {
  let summary = "Tensors one after the other along a dimension";
  let arguments = (ins Variadic<StableHLO_Tensor>:$inputs, I64Attr:$dimension);
  let results = (outs StableHLO_Tensor:$result);
  let assemblyFormat = [{
    custom<OperandsBeforeAttribute>($inputs) `dim` `=` custom<Integer>($dimension)
    attr-dict `:` functional-type(operands, results)
  }];
  let hasVerifier = 1;
}

//===----------------------------------------------------------------------===//
// Reductions
//===----------------------------------------------------------------------===//

def StableHLO_ReturnOp : StableHLO_Op<"return",
    [Pure, ReturnLike, Terminator]> {
  let summary = "The results of a region";
  let arguments = (ins Variadic<StableHLO_Tensor>:$results);
  let hasVerifier = 1;
  let assemblyFormat = "$results attr-dict (`:` type($results)^)?";
}

class StableHLO_Reduction<string mnemonic>
    : StableHLO_Op<mnemonic, [Pure, SameVariadicOperandSize,
                              SingleBlock, IsolatedFromAbove]> {
  let results = (outs Variadic<StableHLO_Tensor>:$results);
  let regions = (region SizedRegion<1>:$body);
  let hasVerifier = 1;
}

def StableHLO_ReduceOp : StableHLO_Reduction<"reduce"> {
  let summary = "Reduction along dimensions";
  let arguments = (ins Variadic<StableHLO_Tensor>:$inputs,
    Variadic<StableHLO_Tensor>:$init_values, DenseI64ArrayAttr:$dimensions);
  let hasCustomAssemblyFormat = 1;
}

def StableHLO_ReduceWindowOp : StableHLO_Reduction<"reduce_window"> {
  let summary = "Reduction of windows";
  let arguments = (ins Variadic<StableHLO_Tensor>:$inputs,
    Variadic<StableHLO_Tensor>:$init_values,
    DenseI64ArrayAttr:$window_dimensions,
    OptionalAttr<DenseI64ArrayAttr>:$window_strides,
    OptionalAttr<DenseI64ArrayAttr>:$base_dilations,
    OptionalAttr<DenseI64ArrayAttr>:$window_dilations,
    OptionalAttr<I64ElementsAttr>:$padding);
}

//===----------------------------------------------------------------------===//
// Contractions
//===----------------------------------------------------------------------===//

def StableHLO_DotGeneralOp : StableHLO_Op<"dot_general", [Pure]> {
  let summary = "Sums of products along contracting dimensions";
  let description = [{
    The result has the batching dimensions first, then those of `lhs`, then
    those of `rhs` that are left. `precision_config` concerns floats only.
  }];
  let arguments = (ins StableHLO_Tensor:$lhs, StableHLO_Tensor:$rhs,
    StableHLO_DotNumbersAttr:$dot_dimension_numbers,
    OptionalAttr<StableHLO_PrecisionConfigAttr>:$precision_config);
  let results = (outs StableHLO_Tensor:$result);
  let assemblyFormat = [{
    $lhs `,` $rhs `,`
    custom<DotNumbers>($dot_dimension_numbers, $precision_config)
    attr-dict `:` functional-type(operands, results)
  }];
  let hasVerifier = 1;
}

def StableHLO_ConvolutionOp : StableHLO_Op<"convolution", [Pure]> {
  let summary = "Convolution";
  let description = [{
    Any roles of the dimensions, strides, padding (also negative), dilation of
    input and kernel, reversal of the kernel, groups of features or of batches.
  }];
  let arguments = (ins StableHLO_Tensor:$lhs, StableHLO_Tensor:$rhs,
    OptionalAttr<DenseI64ArrayAttr>:$window_strides,
    OptionalAttr<I64ElementsAttr>:$padding,
    OptionalAttr<DenseI64ArrayAttr>:$lhs_dilation,
    OptionalAttr<DenseI64ArrayAttr>:$rhs_dilation,
    OptionalAttr<DenseBoolArrayAttr>:$window_reversal,
    StableHLO_ConvNumbersAttr:$dimension_numbers,
    I64Attr:$feature_group_count, I64Attr:$batch_group_count,
    OptionalAttr<StableHLO_PrecisionConfigAttr>:$precision_config);
  let results = (outs StableHLO_Tensor:$result);
  let assemblyFormat = [{
    `(` operands `)` `dim_numbers` `=` custom<ConvNumbers>($dimension_numbers)
    `,` `window` `=` `{`
    custom<Window>($window_strides, $padding, $lhs_dilation, $rhs_dilation,
                   $window_reversal)
    `}` attr-dict `:` functional-type(operands, results)
  }];
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    unsigned getNumSpatial() {
      return getDimensionNumbers().getInputSpatial().size();
    }
    /// What the optional attributes stand for, one per spatial dimension.
    SmallVector<int64_t> getStrides();
    SmallVector<int64_t> getInputDilation();
    SmallVector<int64_t> getKernelDilation();
    SmallVector<bool> getReversal();
    /// Low and high padding.
    SmallVector<std::pair<int64_t, int64_t>> getPaddings();
  }];
}

//===----------------------------------------------------------------------===//
// Control flow
//===----------------------------------------------------------------------===//

def StableHLO_WhileOp
    : StableHLO_Op<"while", [RecursiveMemoryEffects, SingleBlock]> {
  let summary = "Repetition as long as a condition holds";
  let description = [{
    Both regions take what is carried from one iteration to the next: `cond`
    says whether there is another one, `body` computes what it carries on.
  }];
  let arguments = (ins Variadic<StableHLO_Tensor>:$carried);
  let results = (outs Variadic<StableHLO_Tensor>:$results);
  let regions = (region SizedRegion<1>:$cond, SizedRegion<1>:$body);
  let hasVerifier = 1;
  let hasCustomAssemblyFormat = 1;
}

class StableHLO_Branches<string mnemonic>
    : StableHLO_Op<mnemonic, [RecursiveMemoryEffects, SingleBlock]> {
  let results = (outs Variadic<StableHLO_Tensor>:$results);
  let hasVerifier = 1;
}

def StableHLO_CaseOp : StableHLO_Branches<"case"> {
  let summary = "One of several regions";
  let description = "Where `index` is none of theirs, the last one.";
  let arguments = (ins StableHLO_Tensor:$index);
  let regions = (region VariadicRegion<SizedRegion<1>>:$branches);
}

def StableHLO_IfOp : StableHLO_Branches<"if"> {
  let summary = "One of two regions";
  let arguments = (ins StableHLO_BoolTensor:$pred);
  let regions = (region SizedRegion<1>:$then_region,
                        SizedRegion<1>:$else_region);
}

//===----------------------------------------------------------------------===//
// Sorting
//===----------------------------------------------------------------------===//

def StableHLO_SortOp : StableHLO_Op<"sort", [Pure, SingleBlock,
                                             IsolatedFromAbove]> {
  let summary = "Elements in the order that a comparison gives";
  let description = [{
    Along one dimension, all inputs alike. `comparator` takes two elements of
    each input and says whether the first ones come before. What it says of them
    in neither order keeps its place, whether or not `is_stable` asks for that.
  }];
  let arguments = (ins Variadic<StableHLO_Tensor>:$inputs,
    DefaultValuedAttr<I64Attr, "-1">:$dimension,
    DefaultValuedAttr<BoolAttr, "false">:$is_stable);
  let results = (outs Variadic<StableHLO_Tensor>:$results);
  let regions = (region SizedRegion<1>:$comparator);
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    /// The dimension, counted from the first one.
    int64_t getSortedDim() {
      int64_t rank =
          ::llvm::cast<::mlir::RankedTensorType>(getInputs()[0].getType())
              .getRank();
      return getDimension() < 0 ? getDimension() + rank : getDimension();
    }
  }];
}

#endif // BITSERIAL_CONVERSION_STABLEHLO_TD

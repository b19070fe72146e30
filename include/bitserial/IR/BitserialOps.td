//===- BitserialOps.td - Operations of the bitserial dialect -*- tablegen -*-=//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_IR_BITSERIALOPS_TD
#define BITSERIAL_IR_BITSERIALOPS_TD

include "bitserial/IR/BitserialAttrs.td"
include "bitserial/IR/BitserialDialect.td"
include "bitserial/IR/BitserialTypes.td"
include "mlir/IR/BuiltinAttributes.td"
include "mlir/IR/CommonAttrConstraints.td"
include "mlir/Interfaces/ControlFlowInterfaces.td"
include "mlir/Interfaces/DestinationStyleOpInterface.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"
include "mlir/Interfaces/TilingInterface.td"

//===----------------------------------------------------------------------===//
// Operand and result constraints
//===----------------------------------------------------------------------===//

class Bitserial_Op<string mnemonic, list<Trait> traits = []>
    : Op<BitserialDialect, mnemonic, traits>;

/// A ranked tensor of low-bit numbers without an encoding.
def Bitserial_ValueTensor : Type<
  And<[CPred<"::llvm::isa<::mlir::RankedTensorType>($_self)">,
       CPred<"::mlir::bitserial::isValueTensor($_self)">]>,
  "ranked tensor of !bitserial.int without encoding", "::mlir::RankedTensorType">;

/// A ranked tensor of low-bit numbers with a #bitserial.layout.
def Bitserial_PackedTensor : Type<
  And<[CPred<"::llvm::isa<::mlir::RankedTensorType>($_self)">,
       CPred<"::mlir::bitserial::isPackedTensor($_self)">]>,
  "ranked tensor of !bitserial.int with a #bitserial.layout",
  "::mlir::RankedTensorType">;

def Bitserial_LowBitTensor : AnyTypeOf<
  [Bitserial_ValueTensor, Bitserial_PackedTensor],
  "ranked tensor of !bitserial.int", "::mlir::RankedTensorType">;

/// A ranked tensor of builtin integers without an encoding.
class Bitserial_PlainTensor<Pred elementPred, string descr> : Type<
  And<[CPred<"::llvm::isa<::mlir::RankedTensorType>($_self)">,
       CPred<"!::llvm::cast<::mlir::RankedTensorType>($_self).getEncoding()">,
       SubstLeaves<"$_self",
         "::llvm::cast<::mlir::RankedTensorType>($_self).getElementType()",
         elementPred>]>,
  "ranked tensor of " # descr # " without encoding",
  "::mlir::RankedTensorType">;

def Bitserial_IntegerTensor : Bitserial_PlainTensor<
  CPred<"::mlir::bitserial::isSupportedInteger($_self)">,
  "signless integers of 1 to 64 bits">;

/// Words that hold one bit plane of several numbers.
def Bitserial_WordTensor : Bitserial_PlainTensor<
  AnyTypeOf<[I8, I16, I32, I64]>.predicate, "8, 16, 32 or 64-bit words">;

def Bitserial_I32Tensor : Bitserial_PlainTensor<I32.predicate, "i32">;

//===----------------------------------------------------------------------===//
// Conversions
//===----------------------------------------------------------------------===//

def Bitserial_EncodeOp : Bitserial_Op<"encode",
    [Pure, AllShapesMatch<["source", "result"]>]> {
  let summary = "Take ordinary integers as low-bit numbers";
  let description = [{
    The result holds the same values as the source. A source value outside the
    format gives an unspecified number, even one outside the format where a
    `bitserial.decode` undoes the op; a constant source with such a value is an
    error.

    The source is read as signed where its signed range holds all values of the
    format, else as unsigned (i8 for `!bitserial.int<8, unsigned>`).

    Constraints:
    - (E1) the source's element type holds all values of the format;
    - (E2) source and result have the same shape.

    Example:

    ```mlir
    %1 = bitserial.encode %0 : tensor<4x64xi8> to tensor<4x64x!bitserial.int<2, unsigned>>
    ```
  }];
  let arguments = (ins Bitserial_IntegerTensor:$source);
  let results = (outs Bitserial_ValueTensor:$result);
  let assemblyFormat = "$source attr-dict `:` type($source) `to` type($result)";
  let hasFolder = 1;
  let hasVerifier = 1;
}

def Bitserial_DecodeOp : Bitserial_Op<"decode",
    [Pure, AllShapesMatch<["source", "result"]>]> {
  let summary = "Take low-bit numbers as ordinary integers";
  let description = [{
    The result holds the same values as the source, as two's complement
    numbers where the result's signed range holds all values of the format,
    else as unsigned numbers.

    Constraints:
    - (D1) the result's element type holds all values of the format;
    - (D2) source and result have the same shape.

    Example:

    ```mlir
    %1 = bitserial.decode %0 : tensor<4x64x!bitserial.int<2, unsigned>> to tensor<4x64xi32>
    ```
  }];
  let arguments = (ins Bitserial_ValueTensor:$source);
  let results = (outs Bitserial_IntegerTensor:$result);
  let assemblyFormat = "$source attr-dict `:` type($source) `to` type($result)";
  let hasFolder = 1;
  let hasVerifier = 1;
}

def Bitserial_ConstantOp : Bitserial_Op<"constant", [Pure, ConstantLike]> {
  let summary = "A constant low-bit tensor";
  let description = [{
    `value` is the tensor as it lies in memory: for a tensor without encoding
    its values, in the format's value type (i8, or i16 where that is too
    small); for a packed tensor its words.

    Constraints:
    - (K1) the value has the shape and element type of the stored form;
    - (K2) every value of an unpacked tensor belongs to the format;
    - (K3) bits and words of a packed tensor beyond the logical size are zero;
    - (K4) integers of a packed tensor that stand for whole numbers belong to
      the format.

    Example:

    ```mlir
    %w = bitserial.constant dense<[-1, 1, 1, -1]> : tensor<4xi8> to tensor<4x!bitserial.int<1, bipolar>>
    ```
  }];
  let arguments = (ins AnyIntElementsAttr:$value);
  let results = (outs Bitserial_LowBitTensor:$result);
  let assemblyFormat = "$value attr-dict `to` type($result)";
  let hasFolder = 1;
  let hasVerifier = 1;
}

def Bitserial_PackOp : Bitserial_Op<"pack", [Pure,
    AllShapesMatch<["source", "result"]>,
    AllElementTypesMatch<["source", "result"]>]> {
  let summary = "Bring a low-bit tensor into a layout";
  let description = [{
    Packs the bit planes of the source into words as the layout of the result
    says. The pack of a constant folds where the words take at most 256 MiB, and
    so does the pack of an unpack.

    Constraints:
    - (P1) source and result have the same shape and element type.

    Example:

    ```mlir
    #layout = #bitserial.layout<packed = 1, word = 32>
    %1 = bitserial.pack %0 : tensor<4x64x!bitserial.int<2, unsigned>>
                          to tensor<4x64x!bitserial.int<2, unsigned>, #layout>
    ```
  }];
  let arguments = (ins Bitserial_ValueTensor:$source);
  let results = (outs Bitserial_PackedTensor:$result);
  let assemblyFormat = "$source attr-dict `:` type($source) `to` type($result)";
  let hasFolder = 1;
}

def Bitserial_UnpackOp : Bitserial_Op<"unpack", [Pure,
    AllShapesMatch<["source", "result"]>,
    AllElementTypesMatch<["source", "result"]>]> {
  let summary = "Undo the layout of a low-bit tensor";
  let description = [{
    The inverse of `bitserial.pack`.

    Constraints:
    - (P1) source and result have the same shape and element type.

    Example:

    ```mlir
    #layout = #bitserial.layout<packed = 1, word = 32>
    %1 = bitserial.unpack %0 : tensor<4x64x!bitserial.int<2, unsigned>, #layout>
                            to tensor<4x64x!bitserial.int<2, unsigned>>
    ```
  }];
  let arguments = (ins Bitserial_PackedTensor:$source);
  let results = (outs Bitserial_ValueTensor:$result);
  let assemblyFormat = "$source attr-dict `:` type($source) `to` type($result)";
  let hasFolder = 1;
}

//===----------------------------------------------------------------------===//
// Contractions
//===----------------------------------------------------------------------===//

def Bitserial_ContractOp : Bitserial_Op<"contract", [Pure]> {
  let summary = "Sum of products of low-bit numbers over reduction dimensions";
  let description = [{
    The contraction of two low-bit tensors, by convention activations (`lhs`)
    and weights (`rhs`), into 32-bit integers. The three indexing maps take an
    iteration to a position in `lhs`, `rhs` and the result. Dimensions that the
    result's map names are parallel, the others are summed over.

    `pad_low` and `pad_high` extend each dimension of `lhs`: index 0 of the map
    is `pad_low` positions before the first element. A position in the padding
    contributes exactly 0, whatever the format.

    Matrix product with the weights as N x K, and a 3x3 convolution (NHWC,
    OHWI) with stride 2 and padding 1:

    ```mlir
    %0 = bitserial.contract %a, %b
        indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                         affine_map<(m, n, k) -> (n, k)>,
                         affine_map<(m, n, k) -> (m, n)>]
        : tensor<8x64x!bitserial.int<2, unsigned>>, tensor<32x64x!bitserial.int<1, bipolar>>
        -> tensor<8x32xi32>
    %1 = bitserial.contract %x, %w
        indexing_maps = [affine_map<(n, oh, ow, o, kh, kw, c) -> (n, oh * 2 + kh, ow * 2 + kw, c)>,
                         affine_map<(n, oh, ow, o, kh, kw, c) -> (o, kh, kw, c)>,
                         affine_map<(n, oh, ow, o, kh, kw, c) -> (n, oh, ow, o)>]
        pad_low = [0, 1, 1, 0] pad_high = [0, 1, 1, 0]
        : tensor<1x56x56x64x!bitserial.int<2, unsigned>>, tensor<32x3x3x64x!bitserial.int<1, bipolar>>
        -> tensor<1x28x28x32xi32>
    ```

    Grouped and depthwise convolutions name the group as a dimension of its
    own: expand the channels of `lhs` to groups x channels.

    The optional attributes `bitserial.lhs_layout` and `bitserial.rhs_layout`
    request layouts for operands that are not packed;
    `--bitserial-assign-layouts` honours them and chooses where they are absent.

    Constraints:
    - (C1) three maps over the same dimensions, without symbols, whose result
      counts are the ranks of `lhs`, `rhs` and the result;
    - (C2) all shapes are static, not empty and of at most 2^40 elements;
    - (C3) each result of the `lhs` map is a sum of dimensions with coefficients
      of 1 to 2^30; each of the `rhs` and result map is one dimension; no
      dimension stands twice in a map;
    - (C4) a reduction dimension stands in both the `lhs` and the `rhs` map, a
      parallel one in at least one of them;
    - (C5) a dimension has the same size wherever a map names it alone (some map
      does, by C3 and C4);
    - (C6) `pad_low` and `pad_high` are given together, one entry per dimension
      of `lhs`, each 0 to 2^30;
    - (C7) all positions of `lhs` lie within its padded shape;
    - (C8) `lhs` and `rhs` are both packed or both not; packed ones pack the
      same reduction dimension, unpadded and alone in both maps, into words of
      the same width, of bits or of `numbers` of the same width, and in inner
      tiles of the same size; inner tiles
      split no dimension of `lhs` that is padded or whose map result is not one
      dimension, and no reduction dimension of `rhs` that stands there in `lhs`.
      Requested layouts obey the same and fit their operands;
    - (C9) no sum over all reduction dimensions exceeds 32-bit signed integers.
  }];
  let arguments = (ins
    Bitserial_LowBitTensor:$lhs,
    Bitserial_LowBitTensor:$rhs,
    AffineMapArrayAttr:$indexing_maps,
    OptionalAttr<DenseI64ArrayAttr>:$pad_low,
    OptionalAttr<DenseI64ArrayAttr>:$pad_high
  );
  let results = (outs Bitserial_I32Tensor:$result);
  let assemblyFormat = [{
    $lhs `,` $rhs `indexing_maps` `=` $indexing_maps
    (`pad_low` `=` $pad_low^)? (`pad_high` `=` $pad_high^)? attr-dict
    `:` type($lhs) `,` type($rhs) `->` type($result)
  }];
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    static constexpr StringLiteral kLhsLayoutAttrName = "bitserial.lhs_layout";
    static constexpr StringLiteral kRhsLayoutAttrName = "bitserial.rhs_layout";

    AffineMap getLhsMap();
    AffineMap getRhsMap();
    AffineMap getResultMap();
    unsigned getNumLoops() { return getLhsMap().getNumDims(); }
    IntType getLhsElementType();
    IntType getRhsElementType();
    /// The layouts of packed operands, null for unpacked ones.
    LayoutAttr getLhsLayout();
    LayoutAttr getRhsLayout();
    /// Padding before and behind each dimension of `lhs`, zeros if absent.
    SmallVector<int64_t> getLhsPadLow();
    SmallVector<int64_t> getLhsPadHigh();
    /// The number of iterations of each dimension.
    SmallVector<int64_t> getLoopRanges();
    /// Whether each dimension is parallel or a reduction.
    SmallVector<utils::IteratorType> getIteratorTypes();
    /// Whether reduction dimension `dim` can be packed into words: it stands
    /// alone in both operands' maps and is not padded.
    bool isPackable(unsigned dim);
  }];
}

def Bitserial_ReduceOp : Bitserial_Op<"reduce", [
    Pure, DestinationStyleOpInterface,
    SingleBlockImplicitTerminator<"YieldOp">,
    DeclareOpInterfaceMethods<TilingInterface,
      ["getLoopIteratorTypes", "getIterationDomain", "getTiledImplementation",
       "getResultTilePosition", "generateResultTileValue",
       "getIterationDomainTileFromResultTile"]>]> {
  let summary = "Sum over all bit positions of words of what each contributes";
  let description = [{
    A structured op over tensors of words. `indexing_maps` take an iteration to
    a word in each input, whose plane dimension (`plane_dims`) they leave out,
    and to an element of the destination. Iterating over a word means iterating
    over its bit positions: for each one the region receives that bit of every
    plane of every input, inputs in order, planes in order, and yields what the
    position adds to the destination.

    The region is the specification of the kernel. It may use any `arith` op on
    integers that keeps its value a polynomial in the bits, and integer
    constants from outside. Bits that are all zero must yield 0, so that
    rounding up to whole words adds nothing.

    With `numbers`, words hold integers instead, and iterating over a word means
    iterating over these. The region receives one i32 per input and yields their
    product, times a constant if need be:

    ```mlir
    %0 = bitserial.reduce
        ins(%a, %w : tensor<1x8x18xi32>, tensor<1x18x1x16xi32>)
        outs(%acc : tensor<8x16xi32>)
        indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                         affine_map<(m, n, k) -> (n floordiv 16, k, n mod 16)>,
                         affine_map<(m, n, k) -> (m, n)>]
        plane_dims = [0, 2]
        numbers = [#bitserial.numbers<ui8, 0, 255>, #bitserial.numbers<si8, -1, 1>] {
    ^bb0(%a0: i32, %w0: i32):
      %p = arith.muli %a0, %w0 : i32
      bitserial.yield %p : i32
    } -> tensor<8x16xi32>
    ```

    A map's result is a sum of dimensions with positive coefficients or, for a
    dimension in tiles, `d floordiv c` or `d mod c`. Dimensions that the
    destination's map names are parallel, the others are reductions.

    Two-bit activations times weights of one bit, 64 outputs across lanes:

    ```mlir
    %0 = bitserial.reduce
        ins(%a, %w : tensor<2x8x18xi32>, tensor<1x18x1x64xi32>)
        outs(%acc : tensor<8x64xi32>)
        indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                         affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>,
                         affine_map<(m, n, k) -> (m, n)>]
        plane_dims = [0, 2] {
    ^bb0(%a0: i1, %a1: i1, %w0: i1):
      %two = arith.constant 2 : i32
      %x0 = arith.andi %a0, %w0 : i1
      %x1 = arith.andi %a1, %w0 : i1
      %e0 = arith.extui %x0 : i1 to i32
      %e1 = arith.extui %x1 : i1 to i32
      %s1 = arith.muli %e1, %two : i32
      %s = arith.addi %e0, %s1 : i32
      bitserial.yield %s : i32
    } -> tensor<8x64xi32>
    ```

    Constraints:
    - (R1) one map per input and one for the destination, over the same
      dimensions, without symbols, with as many results as the input has
      dimensions besides its planes, or the destination has; each input has a
      static number of planes, at least one;
    - (R2) inputs hold words of the same width;
    - (R3) map results have the forms above, with constants up to 2^30, or are 0
      (what is left of a dimension of size 1); the destination's are dimensions,
      each once; a dimension stands in one result of a map, or in a pair of
      floordiv and mod by the same constant;
    - (R4) each parallel or reduction dimension's size follows from a result
      that names it alone or, for reductions, from a floordiv;
    - (R5) the result has the destination's type, and sizes agree as far as they
      are static: no map leaves its operand;
    - (R6) the region has one i1 argument per plane and yields one i32, is a
      polynomial in the bits, and yields 0 when all bits are 0;
    - (R7) with `numbers` there are two inputs of one plane, an entry for each
      of the same width, at most that of a word; the region has an i32 argument
      for each and yields their product, perhaps times a constant, none of which
      exceeds 32 bits.
  }];
  let arguments = (ins
    Variadic<Bitserial_WordTensor>:$inputs,
    Bitserial_I32Tensor:$init,
    AffineMapArrayAttr:$indexing_maps,
    DenseI64ArrayAttr:$plane_dims,
    OptionalAttr<TypedArrayAttrBase<Bitserial_NumbersAttr,
                                    "array of #bitserial.numbers">>:$numbers
  );
  let results = (outs Bitserial_I32Tensor:$result);
  let regions = (region SizedRegion<1>:$region);
  let assemblyFormat = [{
    `ins` `(` $inputs `:` type($inputs) `)` `outs` `(` $init `:` type($init) `)`
    `indexing_maps` `=` $indexing_maps `plane_dims` `=` $plane_dims
    (`numbers` `=` $numbers^)? attr-dict-with-keyword custom<RegionAndType>($region, type($result))
  }];
  let hasVerifier = 1;
  let hasRegionVerifier = 1;
  let extraClassDeclaration = [{
    MutableOperandRange getDpsInitsMutable() { return getInitMutable(); }

    SmallVector<AffineMap> getMaps();
    AffineMap getInputMap(unsigned input) { return getMaps()[input]; }
    AffineMap getInitMap() { return getMaps().back(); }
    unsigned getNumLoops() { return getInitMap().getNumDims(); }
    /// Bits per word.
    unsigned getWordBits();
    /// What the words of `input` hold; null if they hold bits.
    NumbersAttr getNumbersOf(unsigned input);
    /// Iterations within a word: its bits, or the numbers that it holds.
    int64_t getElementsPerWord();
    int64_t getNumPlanes(unsigned input);
    /// The number of iterations of each dimension, in words for the packed
    /// one; ShapedType::kDynamic where shapes do not say.
    SmallVector<int64_t> getLoopRanges();
    /// The region as a polynomial in the bits, or in the numbers; variable i is
    /// block argument i.
    /// Emits an error at the op at fault when the region is none.
    FailureOr<BitPolynomial> getContribution();
  }];
}

def Bitserial_PackWordsOp : Bitserial_Op<"pack_words", [
    Pure, DestinationStyleOpInterface,
    DeclareOpInterfaceMethods<TilingInterface,
      ["getLoopIteratorTypes", "getIterationDomain", "getTiledImplementation",
       "getResultTilePosition"]>]> {
  let summary = "Pack integers into words, as a structured op";
  let description = [{
    What a `bitserial.pack` becomes where its source is computed from a
    contraction: on ordinary tensors, and with a destination, so that upstream
    tiling fuses the contraction into its tiles and packs their results before
    they are in memory.

    `values` holds numbers of the format `element`, as `bitserial.encode` stores
    them. The result is the destination with the words of `layout` written to
    it. Bits that belong to no element are zero; words that belong to none,
    because a tile of the layout rounds a size up, stay as they were.

    An iteration is an element of `values`. Tiles of a dimension that the layout
    packs or cuts have to be multiples of the elements of a word, or of an inner
    tile, but for the last one.

    Constraints:
    - (Q1) the values have the format's value type (i8, or i16 where that is too
      small);
    - (Q2) the layout is one of tensors of the values' rank;
    - (Q3) the destination has the shape and the words that the layout gives
      such a tensor, as far as sizes are static;
    - (Q4) the result has the destination's type.

    Example:

    ```mlir
    %0 = bitserial.pack_words ins(%values : tensor<4x40xi8>) outs(%init : tensor<2x4x2xi32>)
        element = !bitserial.int<2, unsigned> layout = <packed = 1, word = 32>
        -> tensor<2x4x2xi32>
    ```
  }];
  let arguments = (ins
    Bitserial_IntegerTensor:$values,
    Bitserial_WordTensor:$init,
    TypeAttrOf<Bitserial_IntType>:$element,
    Bitserial_LayoutAttr:$layout
  );
  let results = (outs Bitserial_WordTensor:$result);
  let assemblyFormat = [{
    `ins` `(` $values `:` type($values) `)` `outs` `(` $init `:` type($init) `)`
    `element` `=` $element `layout` `=` $layout attr-dict `->` type($result)
  }];
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    MutableOperandRange getDpsInitsMutable() { return getInitMutable(); }

    /// The packed tensor whose stored form the result is.
    RankedTensorType getPackedType();
    /// How many elements along dimension `dim` tiles may not cut apart.
    int64_t getUnit(int64_t dim);
  }];
}

def Bitserial_YieldOp : Bitserial_Op<"yield",
    [Pure, ReturnLike, Terminator, HasParent<"ReduceOp">]> {
  let summary = "Ends the region of bitserial.reduce";
  let description = [{
    Yields what one bit position contributes, see `bitserial.reduce`.
  }];
  let arguments = (ins I32:$value);
  let assemblyFormat = "$value attr-dict `:` type($value)";
  let builders = [OpBuilder<(ins), [{ /* required by the implicit terminator */ }]>];
}

#endif // BITSERIAL_IR_BITSERIALOPS_TD

//===- BitserialAttrs.td - Attributes of the dialect -------*- tablegen -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_IR_BITSERIALATTRS_TD
#define BITSERIAL_IR_BITSERIALATTRS_TD

include "bitserial/IR/BitserialDialect.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/TensorEncoding.td"

def Bitserial_LayoutAttr : AttrDef<BitserialDialect, "Layout",
    [DeclareAttrInterfaceMethods<VerifiableTensorEncoding>]> {
  let mnemonic = "layout";
  let summary = "How the bits of a low-bit tensor lie in memory";
  let description = [{
    The encoding of a packed low-bit tensor. Its shape stays the logical one;
    the layout says which tensor of words, the *word tensor*, holds it:

    1. `word` consecutive elements along the dimension `packed` make one word
       per bit plane; the first element is the least significant bit. The
       packed dimension is from here on measured in words, rounded up.
    2. `inner_dims_pos` and `inner_tiles` split dimensions into tiles as
       `linalg.pack` does: dimension `inner_dims_pos[i]` becomes
       `ceil(size / inner_tiles[i])` tiles, and the tile's own dimension is
       appended behind the others. A tile of the packed dimension counts words.
    3. `outer_dims_perm` permutes the outer dimensions.
    4. A dimension with one entry per bit plane is inserted at position `planes`.

    Bits and words that round a dimension up are zero.

    With `numbers`, a word does not hold one bit each of `word` numbers, but
    `word` / 8 or / 16 whole numbers, as integers of this type: `ui8`, `si8` or
    `si16`. The first one is in the least significant bits. There is one plane.
    The integer that stands for a number is

    | type | integer                                                          |
    |------|------------------------------------------------------------------|
    | ui8  | (value - least value of the format) / step                       |
    | si8  | the value, if the format's values fit; else that of ui8, less 128 |
    | si16 | the value                                                        |

    where `step` is the distance of neighbouring values, 2 for bipolar numbers
    and 1 for others. Operands of instructions that multiply and add bytes are
    tensors of this kind:

    ```mlir
    // tensor<128x3x3x96x!bitserial.int<2, signed>, #weights> is held by
    // tensor<8x3x3x24x1x16xi32>; a vector has four inputs of 16 outputs.
    #weights = #bitserial.layout<packed = 3, word = 32, numbers = si8,
                                 inner_dims_pos = [0], inner_tiles = [16], planes = 4>
    ```

    Weights of 64 outputs interleaved word by word, so that one vector holds
    the words of consecutive outputs (*outputs across lanes*):

    ```mlir
    // tensor<128x3x3x96x!bitserial.int<1, bipolar>, #weights> is held by
    // tensor<2x3x3x3x1x64xi32>
    #weights = #bitserial.layout<packed = 3, word = 32, inner_dims_pos = [0],
                                 inner_tiles = [64], planes = 4>
    ```

    Eight words of the same output in one vector (*reduction across lanes*):

    ```mlir
    #weights = #bitserial.layout<packed = 3, word = 32, inner_dims_pos = [3],
                                 inner_tiles = [8], planes = 4>
    ```

    Constraints, in the attribute:
    - (L1) `word` is 8, 16, 32 or 64;
    - (L2) `inner_dims_pos` and `inner_tiles` are equally long, the positions
      distinct, the tiles 1 to 2^30; no position is negative;
    - (L3) `outer_dims_perm`, where given, is a permutation;
    - (L8) `numbers`, where given, is `ui8`, `si8` or `si16`, and not wider than
      a word.

    Constraints, as the encoding of a tensor:
    - (L4) the element type is `!bitserial.int`;
    - (L5) all positions and the length of the permutation fit the rank;
    - (L6) `planes` is at most the rank of the word tensor without planes;
    - (L7) the word tensor has at most 2^48 bits.
  }];
  let parameters = (ins
    "int64_t":$packed,
    "unsigned":$word,
    OptionalArrayRefParameter<"int64_t">:$innerDimsPos,
    OptionalArrayRefParameter<"int64_t">:$innerTiles,
    OptionalArrayRefParameter<"int64_t">:$outerDimsPerm,
    DefaultValuedParameter<"int64_t", "0">:$planes,
    OptionalParameter<"::mlir::IntegerType">:$numbers
  );
  let builders = [
    AttrBuilder<(ins "int64_t":$packed, "unsigned":$word,
                     "ArrayRef<int64_t>":$innerDimsPos,
                     "ArrayRef<int64_t>":$innerTiles,
                     "ArrayRef<int64_t>":$outerDimsPerm, "int64_t":$planes), [{
      return $_get($_ctxt, packed, word, innerDimsPos, innerTiles,
                   outerDimsPerm, planes, ::mlir::IntegerType());
    }]>
  ];
  let hasCustomAssemblyFormat = 1;
  let genMnemonicAlias = 1;
  let genVerifyDecl = 1;
  let extraClassDeclaration = [{
    /// How many elements one word holds (of each of its planes).
    int64_t getElementsPerWord() const;
    /// The planes of a tensor of such elements: their bits, or 1.
    int64_t getNumPlanes(IntType element) const;
    /// The integers that stand for numbers of a format. Requires `numbers`.
    NumberCode getCode(const NumberFormat &format) const;
    /// What a number whose bits are all zero in the word tensor stands for.
    int64_t getOffset(const NumberFormat &format) const;
    /// The shape of the word tensor, for a tensor of the logical `shape` whose
    /// elements have `numPlanes` planes.
    SmallVector<int64_t> getWordShape(ArrayRef<int64_t> shape,
                                      int64_t numPlanes) const;
    /// The word tensor type of `type`, whose encoding this is.
    RankedTensorType getWordType(RankedTensorType type) const;
    /// Maps a position in the logical tensor, with the packed dimension
    /// measured in words, to one in the word tensor without its plane
    /// dimension. Dimensions split into tiles use floordiv and mod.
    AffineMap getWordMap(unsigned rank) const;
    /// The packed dimension's inner tile in words, 1 where it has none.
    int64_t getInnerTile(int64_t dim) const;
  }];
}

def Bitserial_NumbersAttr : AttrDef<BitserialDialect, "Numbers"> {
  let mnemonic = "numbers";
  let summary = "The integers that the words of an operand hold";
  let description = [{
    Says of an input of `bitserial.reduce` that its words hold integers of
    `type`, `ui8`, `si8` or `si16`, from the least significant bits on, all of
    them from `min` to `max`. Narrow accumulators rely on that.

    ```mlir
    #activations = #bitserial.numbers<ui8, 0, 255>
    ```

    Constraints:
    - (N1) the type is one of these, and `min` <= 0 <= `max` belong to it.
  }];
  let parameters = (ins
    "::mlir::IntegerType":$type,
    "int64_t":$min,
    "int64_t":$max
  );
  let assemblyFormat = "`<` $type `,` $min `,` $max `>`";
  let genVerifyDecl = 1;
}

def Bitserial_StoredAttr : AttrDef<BitserialDialect, "Stored"> {
  let mnemonic = "stored";
  let summary = "What a low-bit constant folds to";
  let description = [{
    The value of `bitserial.constant` as folders see it. It is not itself an
    elements attribute, because those of upstream ops (`tensor.expand_shape` for
    one) expect an elements attribute to have the type of the operand.
  }];
  let parameters = (ins "DenseIntElementsAttr":$value);
  let assemblyFormat = "`<` $value `>`";
}

def Bitserial_TargetAttr : AttrDef<BitserialDialect, "Target"> {
  let mnemonic = "target";
  let summary = "The CPU that code is generated for";
  let description = [{
    An LLVM CPU name and features to add to or take from those of that CPU,
    as the module attribute `bitserial.target`. `--bitserial-set-target` sets
    it; every pass that chooses something for the machine reads it.

    ```mlir
    module attributes {bitserial.target = #bitserial.target<"haswell">} {}
    module attributes {bitserial.target = #bitserial.target<"neoverse-n1", "-dotprod">} {}
    ```
  }];
  let parameters = (ins
    StringRefParameter<"LLVM's name of the CPU">:$cpu,
    StringRefParameter<"features, as +a,-b", [{""}]>:$features
  );
  let assemblyFormat = "`<` $cpu (`,` $features^)? `>`";
}

def Bitserial_TileAttr : AttrDef<BitserialDialect, "Tile"> {
  let mnemonic = "tile";
  let summary = "How a contraction is cut into tiles";
  let description = [{
    As the attribute `bitserial.tile` of a `contract` or a `reduce` this is a
    request, which `--bitserial-tile` honours instead of choosing tiles itself.
    It speaks of *rows*, the positions of the left operand along the innermost
    parallel dimension that the weights do not have, and of *columns*, the
    outputs, counted in vectors. Where lanes are reductions, a column is one
    output.

    - `rows` x `vectors` is the micro-tile: its accumulators live in registers.
      What a dimension has less than that is taken as a whole; a last, partial
      tile is peeled.
    - `columns` and `lines` are cache tiles, cut before the micro-tiles and
      absent if 0: `columns` vectors of outputs, and `lines` iterations of the
      outermost dimension of positions with more than one (the lines of an
      image, the rows of a matrix). They divide their dimensions, and are
      multiples of the micro-tile where they cut the same dimension.
    - `order` says which loop is outside, at either level: `columns`, so that
      one tile of weights serves all positions before the next one is touched,
      or `rows`, the other way around.

    ```mlir
    // Six positions by four vectors; 28 lines of an image at a time.
    #tile = #bitserial.tile<rows = 6, vectors = 4, lines = 28>
    ```

    Constraints:
    - (T1) `rows` and `vectors` are 1 to 2^20;
    - (T2) `lines` and `columns` are 0 to 2^30, and `columns` is a multiple of
      `vectors`.
  }];
  let parameters = (ins
    "int64_t":$rows,
    "int64_t":$vectors,
    DefaultValuedParameter<"int64_t", "0">:$lines,
    DefaultValuedParameter<"int64_t", "0">:$columns,
    DefaultValuedParameter<"::mlir::bitserial::TileOrder",
                           "::mlir::bitserial::TileOrder::Columns">:$order
  );
  let assemblyFormat = "`<` struct(params) `>`";
  let genVerifyDecl = 1;
}

#endif // BITSERIAL_IR_BITSERIALATTRS_TD

//===- Scheduling.h - The steps of a schedule, as functions -----*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What happens to a contraction between its source and its micro-tiles. The
/// passes of the default schedule and the ops of the transform dialect
/// (TransformOps/) are thin shells over these functions.
///
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_TRANSFORMS_SCHEDULING_H
#define BITSERIAL_TRANSFORMS_SCHEDULING_H

#include "bitserial/IR/Bitserial.h"
#include "bitserial/Target/Target.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Interfaces/LoopLikeInterface.h"

#include <optional>

namespace mlir::bitserial {

//===----------------------------------------------------------------------===//
// What choices depend on
//===----------------------------------------------------------------------===//

/// The sizes of a contraction as a schedule sees it. A dimension that there is
/// none of has size 1.
struct ContractionSizes {
  /// Positions along the innermost parallel dimension with more than one that
  /// the weights do not have, and along the outermost such dimension.
  int64_t rows = 1, lines = 1;
  /// Positions in all: the product of all dimensions of that kind.
  int64_t positions = 1;
  /// The largest dimension that only the weights distinguish, and the largest
  /// one of both operands.
  int64_t outputs = 1, groups = 1;
  /// Elements along the dimension that is packed into words (1 where there is
  /// none), and iterations of the other reductions.
  int64_t packed = 1, taps = 1;
  /// The largest distance of the words that neighbouring positions read.
  int64_t stride = 1;
  /// Bits of an element.
  int64_t lhsBits = 1, rhsBits = 1;
  /// Positions of the lhs along lines that two neighbouring tiles of lines both
  /// read.
  int64_t halo = 0;
  /// Whether the lhs is computed from the result of another contraction, so
  /// that it can be packed in the registers that hold that; and whether
  /// something is computed from the result in turn.
  bool hasProducer = false, hasEpilogue = false;

  bool operator==(const ContractionSizes &other) const;
};

ContractionSizes getSizes(ContractOp op);

/// The attribute of a module with the number of threads that calls of its
/// functions run in, an i64 of at least 1. Without it there is one, or as many
/// as there are at run time: none to choose by.
constexpr llvm::StringLiteral kThreadsAttrName = "bitserial.threads";

/// That number for the module around `op`. Emits an error at the module if the
/// attribute is no such number.
FailureOr<int64_t> getThreads(Operation *op);

/// The loop of lines of `op`; nullopt if there is a single position.
std::optional<unsigned> findLines(ContractOp op);

/// Whether the lhs of `op`, or what it is encoded from, is computed from the
/// result of a contraction, position by position, and is used for nothing but
/// contractions. The pipeline packs such values where they are computed, as far
/// as it can.
bool hasProducer(ContractOp op);

/// The loop of `op` that is packed into words: the one that requested layouts
/// name, else the packable reduction with the most iterations; nullopt if there
/// is none.
std::optional<unsigned> getPackedLoop(ContractOp op);

/// The names of all properties of targets, and of contractions; see
/// `transform.bitserial.property`.
llvm::ArrayRef<llvm::StringRef> getTargetPropertyNames();
llvm::ArrayRef<llvm::StringRef> getContractionPropertyNames();
/// The value of a property; nullopt if there is none of this name.
std::optional<int64_t> getTargetProperty(llvm::StringRef name,
                                         const Target &target,
                                         int64_t threads = 1);
std::optional<int64_t> getContractionProperty(llvm::StringRef name,
                                              const ContractionSizes &sizes);
/// That of a contraction on a target, its sizes among them.
std::optional<int64_t> getContractionProperty(llvm::StringRef name,
                                              ContractOp op,
                                              const Target &target);

//===----------------------------------------------------------------------===//
// Layouts
//===----------------------------------------------------------------------===//

/// What a schedule says of the layouts of a contraction's operands. What it
/// leaves open is chosen for the target.
struct LayoutChoice {
  /// Bits per word: 8, 16, 32 or 64.
  std::optional<int64_t> word;
  /// Words hold whole numbers, as bytes for instance, or bits of planes.
  /// Numbers need words of 32 bits and lanes of outputs.
  std::optional<bool> numbers;
  /// Lanes are words of one output (reduction across lanes), or outputs.
  std::optional<bool> lanesAreReduction;
  /// The width of the weights' inner tile in vectors of outputs, at least 1.
  /// Without meaning where lanes are reductions.
  std::optional<int64_t> vectors;
  /// The planes of the weights are the outermost dimension of their words, not
  /// the one just outside of the inner tile.
  std::optional<bool> planesOutermost;
};

/// The layouts of a contraction's operands.
struct OperandLayouts {
  LayoutAttr lhs, rhs;
};

/// What the passes of the default schedule choose.
struct DefaultChoices {
  /// All of them are set.
  LayoutChoice layouts;
  /// The rows of the micro-tile, whose width is `layouts.vectors`.
  int64_t rows = 1;
};

/// The default choices for `op`, by a model of cost that knows its sizes, the
/// target, and the kernels that the context has a source of. Requests for
/// layouts are not looked at.
DefaultChoices chooseDefaults(ContractOp op, const Target &target);

/// Splits `op`, which must not be packed yet, into contractions of a block of
/// its result each: each packs what it needs of the activations and computes
/// what it needs of the corrections, so that blocks stay in a cache and have
/// nothing in common that threads would have to wait for. Blocks are of lines
/// of the image where `blocks` divides these; else of outputs, if they are
/// whole vectors; else of lines. What follows elementwise up to a result is in
/// blocks, too. Emits an error if a block had no iteration. Returns in order.
FailureOr<SmallVector<ContractOp>>
splitContraction(RewriterBase &rewriter, ContractOp op, int64_t blocks);

/// The blocks that splitContraction would make of `op`, in a module of their
/// own and without remarks; their operands are parts of a function's arguments.
/// Emits an error where splitContraction does.
FailureOr<OwningOpRef<ModuleOp>> makeBlocks(ContractOp op, int64_t blocks);

/// Computes `op`, which must not be packed yet, in a loop over tiles of `lines`
/// positions along lines, each of which packs what it needs of the activations:
/// a small buffer that stays in a cache. What tiles both read is packed for
/// each. The first and last tiles stand before and behind the loop if they read
/// padding. Returns the contractions of tiles, in order; `op` itself if there
/// is one tile. Emits a remark.
///
/// Fails, with a diagnostic at the op and without a change, if `lines` does not
/// divide those of `op` or a tile reads padding alone.
FailureOr<SmallVector<ContractOp>> packPerTile(RewriterBase &rewriter,
                                               ContractOp op, int64_t lines);

/// The attribute of a contraction, and then of the pack of its lhs, that has
/// the lhs packed as a whole, the string "whole", even where it could be packed
/// where it is computed.
constexpr llvm::StringLiteral kPackingAttrName = "bitserial.packing";

/// With more blocks than this, code becomes too long for what threads gain.
constexpr int64_t kMaxBlocks = 8;

/// One-bit products that are worth a thread of their own.
constexpr double kMinProductsPerBlock = 8e6;

/// Whether `op` can be split into `blocks` with at least `minProducts` one-bit
/// products each, which have nothing to wait for: a result of the function is
/// computed from it element by element, and nothing from other contractions.
bool isWorthSplitting(ContractOp op, int64_t blocks,
                      double minProducts = kMinProductsPerBlock);

/// What a pipeline for so many threads splits `op` into: a block for each where
/// that is worth it and there are 2 to kMaxBlocks of them, else 1.
int64_t getDefaultBlocks(ContractOp op, int64_t threads);

/// Packs the operands of `op`, which must not be packed yet. The attributes
/// `bitserial.lhs_layout` and `bitserial.rhs_layout` name whole layouts and go
/// before `choice`. A contraction without a dimension to pack along is replaced
/// by one that has one, of size 1. Returns the op with packed operands. Emits a
/// remark that names the layouts.
///
/// Fails, with a diagnostic at the op and without a change, if `choice` does
/// not fit the contraction.
FailureOr<ContractOp> assignLayouts(RewriterBase &rewriter, ContractOp op,
                                    const Target &target,
                                    const LayoutChoice &choice = {});

/// Turns all tensors of low-bit numbers in `module` into tensors of words and
/// integers, as --bitserial-materialize-layouts. Emits a diagnostic and fails
/// if an op stands in the way; the module is then left in an undefined state.
LogicalResult materializeLayouts(ModuleOp module, const Target &target);

//===----------------------------------------------------------------------===//
// Tiles
//===----------------------------------------------------------------------===//

/// What became of a reduce.
struct TiledReduce {
  /// All tiles, the peeled ones included, in the order in which they stand.
  /// Those of partial tiles have dynamic types until they are canonicalised.
  SmallVector<ReduceOp> tiles;
  /// The loops over whole tiles, outermost first.
  SmallVector<Operation *> loops;
};

/// Cuts `op` into tiles, and with it what initialises its destination and the
/// elementwise op that alone uses its result (its epilogue). Partial
/// micro-tiles are peeled. Emits a remark that names the tile sizes.
///
/// Fails, with a diagnostic at the op, if it has dynamic sizes or the tile does
/// not fit it; then nothing has been changed.
FailureOr<TiledReduce> tileReduce(RewriterBase &rewriter, ReduceOp op,
                                  const Target &target, TileAttr tile);

} // namespace mlir::bitserial

#endif // BITSERIAL_TRANSFORMS_SCHEDULING_H

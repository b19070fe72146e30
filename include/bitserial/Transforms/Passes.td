//===- Passes.td - Passes of bitserial ---------------------*- tablegen -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_TRANSFORMS_PASSES_TD
#define BITSERIAL_TRANSFORMS_PASSES_TD

include "mlir/Pass/PassBase.td"

def SetTarget : Pass<"bitserial-set-target", "::mlir::ModuleOp"> {
  let summary = "Set the CPU that code is generated for";
  let description = [{
    Checks the CPU and the features and stores them as the module attribute
    `bitserial.target`, which the passes that choose something for the machine
    read. Without options, a module keeps the target it has, and one without
    gets the CPU of this machine. `threads`, if given, is stored as the module
    attribute `bitserial.threads`: the number of threads that calls run in, of
    which schedules make blocks.
  }];
  let options = [
    Option<"cpu", "cpu", "std::string", "\"\"",
           "LLVM's name of the CPU, <triple>:<cpu>, or native">,
    Option<"features", "features", "std::string", "\"\"",
           "Features to add or remove, as +a,-b">,
    Option<"threads", "threads", "unsigned", "0",
           "Threads that calls run in; 0: as the module says, else 1">
  ];
  let dependentDialects = ["::mlir::bitserial::BitserialDialect"];
}

def AssignLayouts : Pass<"bitserial-assign-layouts", "::mlir::func::FuncOp"> {
  let summary = "Choose layouts for the operands of contractions and pack them";
  let description = [{
    Gives every `bitserial.contract` packed operands, by `bitserial.pack`. The
    attributes `bitserial.lhs_layout` and `bitserial.rhs_layout` of the op name
    the layouts; where they are absent, they are chosen for the target: words
    that suit its popcount, and weights in inner tiles of as many outputs as
    the micro-kernel computes at once.

    A contraction without a dimension to pack along (a depthwise convolution
    whose channels are parallel) first gets a reduction dimension of size 1.
  }];
  let dependentDialects = ["::mlir::bitserial::BitserialDialect",
                           "::mlir::tensor::TensorDialect"];
}

def MaterializeLayouts
    : Pass<"bitserial-materialize-layouts", "::mlir::ModuleOp"> {
  let summary = "Turn low-bit tensors into tensors of words and integers";
  let description = [{
    After this pass no type of the dialect is left. Packed tensors are tensors
    of words, others tensors of their values, at function boundaries too.
    `pack` and `unpack` become loops over vectors, `contract` becomes `reduce`
    over words.

    With a = alpha + sum_i alpha_i a_i and w = beta + sum_j beta_j w_j, a sum of
    products over the positions K inside the lhs is

        sum a w = alpha sum_K w + beta sum_i alpha_i pop(a_i)
                  + sum_ij alpha_i beta_j pop(a_i & w_j)

    `reduce` computes the last term. The others are *corrections*, which its
    destination starts from: the first depends on the weights alone and is a
    constant where they are (with padding, one per set of positions inside);
    the second takes one popcount per activation word, for all outputs.
  }];
  let dependentDialects = [
    "::mlir::arith::ArithDialect",
    "::mlir::bufferization::BufferizationDialect",
    "::mlir::linalg::LinalgDialect", "::mlir::math::MathDialect",
    "::mlir::scf::SCFDialect", "::mlir::tensor::TensorDialect", "::mlir::vector::VectorDialect",
    "::mlir::LLVM::LLVMDialect"
  ];
}

def MergeReductions : Pass<"bitserial-merge-reductions", "::mlir::func::FuncOp"> {
  let summary = "Merge reduction dimensions that are contiguous in memory";
  let description = [{
    Turns two reduction dimensions of a `bitserial.reduce` into one where all
    inputs that they index hold them contiguously, the taps of a row and the
    channel words of a convolution for instance: few long loops instead of many
    short ones.
  }];
  let dependentDialects = ["::mlir::tensor::TensorDialect"];
}

def FuseElementwise : Pass<"bitserial-fuse-elementwise", "::mlir::func::FuncOp"> {
  let summary = "Turn elementwise ops on tensors into few linalg.generic ops";
  let description = [{
    What comes between contractions (bias, scale, clamp, narrowing to the next
    layer's values, ...) as `arith` and `math` ops on tensors becomes
    `linalg.generic`, and elementwise ops that alone use each other's results,
    position by position, become one. `--bitserial-tile` then computes it on the accumulators of a
    micro-tile.

    Reductions are not fused with what they read: counts of bits stay vector
    code.
  }];
  let dependentDialects = ["::mlir::linalg::LinalgDialect",
                           "::mlir::tensor::TensorDialect"];
}

def TileReduce : Pass<"bitserial-tile", "::mlir::func::FuncOp"> {
  let summary = "Tile bitserial.reduce into micro-tiles by the default schedule";
  let description = [{
    Tiles the parallel dimensions of every `bitserial.reduce` so that the
    accumulators of one tile fit the target's registers, and fuses what
    initialises the destination and the elementwise op that alone uses the
    result (the epilogue). Partial tiles are peeled, so that every tile
    has a static size; those of loops that a schedule has made, too. A reduce
    that stands in such a loop is left alone if its accumulators fit. If the
    context has a source of kernels (Transforms/Kernel.h), micro-tiles are those
    that the kernel is fastest with, as far as shapes allow.

    The attribute `bitserial.tile`, a `#bitserial.tile`, of a reduce (or of the
    contraction that it was made from) says which tiles to form instead.
  }];
  let options = [
    ListOption<"tileSizes", "tile-sizes", "int64_t",
               "Tile sizes instead of the default schedule's, one per loop of "
               "the reduce; 0 leaves a loop untiled">
  ];
  let dependentDialects = ["::mlir::affine::AffineDialect",
                           "::mlir::linalg::LinalgDialect",
                           "::mlir::scf::SCFDialect",
                           "::mlir::tensor::TensorDialect"];
}

def LowerReduce : Pass<"bitserial-lower-reduce", "::mlir::func::FuncOp"> {
  let summary = "Lower micro-tiles to vector code (the reference lowering)";
  let description = [{
    Replaces each `bitserial.reduce` by loops over its reductions whose
    accumulators are vectors in registers. The region's polynomial says what to
    count: for each monomial the bits that are one in the AND of its planes, by
    `math.ctpop`. Monomials are counted one after the other, largest coefficient
    first, and the accumulators multiplied in between, so that one set of them
    serves all planes.

    Lanes run along the dimension that the last input (the weights) stores
    innermost: if that is parallel, lanes are outputs; if it is a reduction,
    lanes are summed at the end. Elementwise `linalg.generic` ops become vector
    code as well; an epilogue that alone uses a tile is computed in registers
    before anything is stored. Where its result is packed there and depends on
    comparisons of one value with ordered constants alone, the bits are computed
    from comparisons instead: one for each bit, with thresholds that those of
    higher bits select.

    This is the reference kernel, right on every target. `kernels` names files
    with other ones (see Transforms/Kernel.h), written by hand for instance: the
    first that computes the sums of a micro-tile on vectors of its width, and
    needs no feature that the target lacks, takes its place. Nobody proves that
    they are right; `--bitserial-synthesize` uses kernels that were proved.
  }];
  let options = [
    Option<"maxAccumulators", "max-accumulators", "int64_t", "128",
           "Refuse micro-tiles with more accumulator vectors than this">,
    ListOption<"kernels", "kernels", "std::string",
               "Files with kernels to use where they fit">
  ];
  let dependentDialects = [
    "::mlir::affine::AffineDialect", "::mlir::arith::ArithDialect",
    "::mlir::LLVM::LLVMDialect", "::mlir::math::MathDialect",
    "::mlir::scf::SCFDialect", "::mlir::tensor::TensorDialect",
    "::mlir::vector::VectorDialect"
  ];
}

def ContractInFloat
    : Pass<"bitserial-contract-in-float", "::mlir::func::FuncOp"> {
  let summary = "Compute 8-bit contractions in f32 where that is exact";
  let description = [{
    Few CPUs multiply 32-bit integers as fast as floating-point numbers. A
    `linalg` contraction of integers of at most 8 bits becomes one in f32 if no
    sum can reach 2^24, up to which f32 has all integers: the bound takes the
    values of constant operands into account. Conversions become elementwise ops
    around it, and constants of moderate size are converted at compile time.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::linalg::LinalgDialect",
                           "::mlir::tensor::TensorDialect"];
}

def VectorizeReductions
    : Pass<"bitserial-vectorize-reductions", "::mlir::func::FuncOp"> {
  let summary = "Lower ordinary contractions, pools and sums to vector code";
  let description = [{
    Replaces `linalg` reductions of tensors (convolutions and matrix products
    that are not low-bit, pools, sums) by loops over tiles of accumulators that
    stay in registers: vectors along the destination's rows, and several
    positions that share weights. Constants that would be read across their rows
    are transposed. What initialises the destination, and the elementwise op that
    alone uses the result, are computed on the accumulators.

    Sums are added in the order of the op, but products of floating-point
    numbers may be fused with their sums. Ops whose operands cannot be read by
    vectors are left alone.
  }];
  let dependentDialects = [
    "::mlir::affine::AffineDialect", "::mlir::arith::ArithDialect",
    "::mlir::linalg::LinalgDialect", "::mlir::scf::SCFDialect",
    "::mlir::tensor::TensorDialect", "::mlir::vector::VectorDialect"
  ];
}

def PlanMemory : Pass<"bitserial-plan-memory", "::mlir::ModuleOp"> {
  let summary = "Put the temporary buffers of a function into one arena";
  let description = [{
    Works on buffers with explicit deallocations. Every buffer of static shape
    that is freed in the block that allocates it, and not inside a parallel loop,
    gets a place in one arena; buffers that are not needed at the same time, from
    the first use to the deallocation, share memory. Greedy by size (Pisarchyk and Lee, "Efficient Memory Management for
    Deep Neural Net Inference", arXiv 2001.03288): the largest buffer first, each
    into the smallest gap among those that live at the same time as it.

    Buffers that only one alternative of a parallel loop uses, as
    `bitserial-parallelize` makes them, are together, a page apart from others:
    where a thread goes through memory, hardware fetches what follows, up to the
    end of a page, and would take it from the cache of the thread that has it.

    A public function `@f` with such buffers becomes `@f_in_arena`, which gets
    the arena as its last argument and allocates nothing; a new `@f` allocates
    the arena and calls it. Both have the attribute `bitserial.arena`, the size
    in bytes. Private functions are left alone.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::memref::MemRefDialect"];
}

def LowerCopies : Pass<"bitserial-lower-copies", "::mlir::func::FuncOp"> {
  let summary = "Turn copies between strided buffers into loops";
  let description = [{
    A `memref.copy` whose operands are not both contiguous would become a call
    of a run-time library that generated code does not have. It becomes loops
    over rows that are copied in vectors where their size is known and their
    elements are contiguous, else a `linalg.copy`.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::linalg::LinalgDialect",
                           "::mlir::scf::SCFDialect",
                           "::mlir::vector::VectorDialect"];
}

def HoistStackBuffers : Pass<"bitserial-hoist-stack-buffers", "::mlir::func::FuncOp"> {
  let summary = "Allocate stack memory once per function or thread";
  let description = [{
    Moves every `memref.alloca` of static size out of the loops around it, to
    the beginning of the function or of the region that each thread of a
    parallel loop executes. Inside, each iteration would take more of the stack.
  }];
}

def ExpandMath : Pass<"bitserial-expand-math", "::mlir::func::FuncOp"> {
  let summary = "Approximate mathematical functions by polynomials";
  let description = [{
    Generated code calls no library. Exponentials, logarithms, tanh, erf
    and so on become upstream's polynomials of single precision, to which shorter
    types are extended; powers become an exponential of a logarithm. On targets
    without instructions for them, products with sums are computed in two steps
    and roundings by bits. Whatever LLVM would make a call of, functions of
    double precision and remainders among it, is an error.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::math::MathDialect",
                           "::mlir::vector::VectorDialect"];
}

def ExpandHalf : Pass<"bitserial-expand-half", "::mlir::func::FuncOp"> {
  let summary = "Compute 16-bit floats in f32 where there are no instructions";
  let description = [{
    On x86 without F16C, arithmetic on f16 is that of f32, and conversions between
    the two become ops on their bits, so that LLVM makes no calls of its runtime
    library. So it is for bf16 on x86 and on 32-bit ARM. Conversions from f64 go by
    way of f32, rounded once all the same.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::math::MathDialect"];
}

def SplitContractions
    : Pass<"bitserial-split-contractions", "::mlir::func::FuncOp"> {
  let summary = "Split contractions into blocks that have nothing in common";
  let description = [{
    Contractions whose result, or what is computed from it element by element and
    possibly packed, is one of the function are computed in `blocks` of lines, or
    of outputs, each of which packs what it needs of the activations, and
    its part of the result.
    `bitserial-parallelize` runs them side by side: threads meet once, instead
    of after packing, after the corrections and in the end.

    Those that are packed already, as by a schedule, and those that do little
    stay whole.
  }];
  let options = [
    Option<"blocks", "blocks", "int64_t", "2", "Number of blocks">,
    Option<"minProducts", "min-products", "double", "8e6",
           "Least number of products of bits that a block computes">
  ];
  let dependentDialects = ["::mlir::tensor::TensorDialect"];
}

def SeparateBuffers : Pass<"bitserial-separate-buffers", "::mlir::func::FuncOp"> {
  let summary = "Give each op that writes to an uninitialised tensor its own";
  let description = [{
    Common subexpression elimination makes one `tensor.empty`, or one fill of
    it, of several. Bufferization then has them share memory, in turns or by
    copies, where they could be independent.
  }];
}

def Parallelize : Pass<"bitserial-parallelize", "::mlir::func::FuncOp"> {
  let summary = "Turn loops with independent iterations into scf.parallel";
  let description = [{
    Works on buffers, after tiling. An outermost `scf.for` with constant bounds
    becomes `scf.parallel` if no iteration touches what another one writes: for
    every two accesses of the same memory there is a dimension in which their
    indices, linear in those of the loops, cannot meet. Different allocations
    and different arguments of a function do not overlap. Loops inside it join
    while it has few iterations.

    Loops that do little are left alone: starting and joining threads takes
    some microseconds. Where a whole function falls into parts that do not depend
    on one another, as the blocks of `bitserial-split-contractions` are, these are
    run in parallel instead.
  }];
  let options = [
    Option<"minOps", "min-ops", "double", "50000",
           "Least number of (vector) ops that a loop must execute">,
    Option<"minIterations", "min-iterations", "int64_t", "128",
           "Nested loops join a loop with fewer iterations than this">
  ];
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::scf::SCFDialect"];
}

def BarePointers : Pass<"bitserial-bare-pointers", "::mlir::func::FuncOp"> {
  let summary = "Choose the calling convention of functions on buffers";
  let description = [{
    Marks the functions whose buffers all have static shapes: they take and
    return pointers, the C interface of the module. Others, such as those that
    deallocation adds where it depends on run-time values who owns a buffer,
    take the sizes as well.
  }];
}

def AttachTarget : Pass<"bitserial-attach-target", "::mlir::ModuleOp"> {
  let summary = "Tell LLVM the CPU that every function is compiled for";
  let description = [{
    Sets the CPU, the features and the preferred vector width of the target on
    every `llvm.func` with a body.
  }];
  let dependentDialects = ["::mlir::LLVM::LLVMDialect"];
}

#endif // BITSERIAL_TRANSFORMS_PASSES_TD

//===- Passes.td - Passes of the import --------------------*- tablegen -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_CONVERSION_PASSES_TD
#define BITSERIAL_CONVERSION_PASSES_TD

include "mlir/Pass/PassBase.td"

def PrintRanges : Pass<"bitserial-print-ranges", "::mlir::ModuleOp"> {
  let summary = "Say which integers every tensor may hold";
  let description = [{
    Emits a remark at every op with one result of an integer tensor type: the
    values that the range analysis found, and the shortest low-bit format that
    holds them, if one of 1 to 8 bits does. Changes nothing.
  }];
}

def ConvertTosa : Pass<"bitserial-convert-tosa", "::mlir::ModuleOp"> {
  let summary = "Find the low-bit contractions among those of TOSA";
  let description = [{
    Turns `tosa.conv2d`, `tosa.depthwise_conv2d` and `tosa.matmul` into
    `bitserial.encode` of the operands and `bitserial.contract`, where a range
    analysis of the whole module proves that each operand, less its zero point,
    has values of a format of 1 to 8 bits, and products of bit planes are few
    enough to be worth it. Zero points, bias and a common factor of the values
    are computed by ops around it; the result is exactly that of TOSA.

    All other contractions stay as they are. A remark at each says what was
    found, or why not.
  }];
  let options = [
    Option<"maxPlaneProducts", "max-plane-products", "unsigned", "16",
           "Convert only where the bits of activations times the bits of "
           "weights are at most this, or there are channels and outputs enough "
           "to multiply whole numbers">,
    Option<"allowReassociation", "allow-reassociation", "bool", "false",
           "Convert contractions of floats also where sums may be rounded "
           "differently, within a bound that is reported">,
    Option<"maxInput", "max-input", "double", "kDefaultMaxInput",
           "Arguments of floats of public functions are numbers of at most this "
           "magnitude; 0: anything, also NaN">,
    Option<"reportFile", "report", "std::string", "\"\"",
           "Write a table of all contractions to this file, - for standard "
           "output; as JSON if its name ends in .json">
  ];
  let dependentDialects = [
    "::mlir::arith::ArithDialect", "::mlir::bitserial::BitserialDialect",
    "::mlir::linalg::LinalgDialect", "::mlir::tensor::TensorDialect"
  ];
}

def ConvertStableHLO : Pass<"bitserial-convert-stablehlo", "::mlir::ModuleOp"> {
  let summary = "Find low-bit contractions in StableHLO, and lower the rest";
  let description = [{
    Does nothing to a module without StableHLO. In others, calls of private
    functions are inlined. Then `dot_general` and `convolution` of integers with
    few values become `bitserial.contract`, as `bitserial-convert-tosa` does it,
    and all else becomes arith, math, linalg and tensor. Integers without sign
    become signless. Notes of frameworks in unknown dialects are dropped.

    An op that has no lowering is an error.
  }];
  let options = [
    Option<"maxPlaneProducts", "max-plane-products", "unsigned", "16",
           "Convert only where the bits of activations times the bits of "
           "weights are at most this, or there are channels and outputs enough "
           "to multiply whole numbers">,
    Option<"allowReassociation", "allow-reassociation", "bool", "false",
           "Convert contractions of floats also where sums may be rounded "
           "differently, within a bound that is reported">,
    Option<"maxInput", "max-input", "double", "kDefaultMaxInput",
           "Arguments of floats of public functions are numbers of at most this "
           "magnitude; 0: anything, also NaN">,
    Option<"reportFile", "report", "std::string", "\"\"",
           "Write a table of all contractions to this file, - for standard "
           "output; as JSON if its name ends in .json">
  ];
  let dependentDialects = [
    "::mlir::arith::ArithDialect", "::mlir::bitserial::BitserialDialect",
    "::mlir::linalg::LinalgDialect", "::mlir::math::MathDialect",
    "::mlir::scf::SCFDialect", "::mlir::tensor::TensorDialect"
  ];
}

def LowerQuantized : Pass<"bitserial-lower-quantized", "::mlir::ModuleOp"> {
  let summary = "Make integers of quantised numbers";
  let description = [{
    Tensors of `!quant.uniform` types, with a scale per tensor or per index of a
    dimension, become tensors of the stored integers. Bounds of the stored
    integers that are narrower than the type become a clamp of arguments of
    public functions.

    Of StableHLO, the specification says what is computed: operands are
    dequantised, the op is that of floats, and its result is quantised, by a
    quotient, a sum, a clamp and a rounding to even, each rounded to the expressed
    type. `dot_general` and `convolution` of quantised numbers are sums of
    products of integers; each is rounded once to the expressed type (to f32 if
    that is narrower, and then to it) and multiplied by the product of the
    scales. Maxima, minima and clamps among numbers of one type are those of the
    integers, where that is the same.

    TOSA has no quantised types; in a module of it they say how integers are
    stored. All ops compute with these, zero points are operands of ops that
    have them, and a result is limited to the bounds of its type. Floats and
    quantised numbers in one op are an error.
  }];
  let dependentDialects = [
    "::mlir::bitserial::stablehlo::StableHLODialect"
  ];
}

def Requantize : Pass<"bitserial-requantize", "::mlir::ModuleOp"> {
  let summary = "Turn requantisation into comparisons with thresholds";
  let description = [{
    What stands between two layers of few bits (batch norm, scales, rounding,
    clamps; a `rescale` of TOSA) is a step function of an integer, the sum of a
    contraction: of a 2-bit result, three thresholds say all of it. Where an
    elementwise `linalg.generic` computes a function of one of its integers and
    constants, per channel or not, into an integer with at most 16 values, and

    - the function is known to be monotone on all integers that the sum may be:
      from the ops (sums, products with constants, shifts, conversions, rounding,
      clamps, comparisons) and their results at both ends, which show whether
      something wraps around or is NaN; else, where the range is small, from all
      results;
    - thresholds are cheaper than the ops that they replace,

    the op becomes one comparison per threshold, and their sum (a `select` where
    steps are not even). The thresholds are found by evaluating the very ops,
    with their rounding, so that the results are the same. Channels on which the
    function decreases compare the complement of the integer.

    Ops have to be fused before, by `bitserial-fuse-elementwise`. A residual sum,
    of two inputs that vary, is computed as before; what follows it may become
    thresholds of the sum.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::linalg::LinalgDialect",
                           "::mlir::tensor::TensorDialect"];
}

def PrepareBoundaries : Pass<"bitserial-prepare-boundaries", "::mlir::ModuleOp"> {
  let summary = "Give public functions arguments and results that C passes";
  let description = [{
    Tensors of integers of 2 to 7 bits become tensors of 8-bit ones, converted
    where the function begins and where it returns: in C and NumPy, an element
    has a byte of its own, whose bits beyond those of the integer may be anything
    in an argument, and repeat the sign (or are 0 for types without one) in a
    result. Tensors without elements become ones of a single dimension.
  }];
  let dependentDialects = [
    "::mlir::arith::ArithDialect",
    "::mlir::bitserial::stablehlo::StableHLODialect",
    "::mlir::tensor::TensorDialect"
  ];
}

def CheckModel : Pass<"bitserial-check-model", "::mlir::ModuleOp"> {
  let summary = "Refuse what would take all time or memory, or read beyond it";
  let description = [{
    Fails with an error at
    - a recursive call, as calls are inlined;
    - a function that would have more than `max-ops` ops with all that it calls:
      functions that call one another twice double with each level;
    - a tensor of more than 2^40 elements, and a constant of more than 2^28;
    - a constant in a resource of another size than its type's;
    - a table of TOSA of another size than the specification's, a sine, a cosine
      or a Fourier transform.
  }];
  let options = [
    Option<"maxOps", "max-ops", "uint64_t", "1000000",
           "The most ops of a function with all that it calls">
  ];
}

def InlineResources : Pass<"bitserial-inline-resources", "::mlir::ModuleOp"> {
  let summary = "Take constants out of the module's resources";
  let description = [{
    Exporters put large constants behind the module, as `dense_resource`, whose
    elements neither folders nor the range analysis look at. They become `dense`.
  }];
}

def CheckImported : Pass<"bitserial-check-imported", "::mlir::ModuleOp"> {
  let summary = "Refuse ops of a model that nothing lowers";
  let description = [{
    Fails with an error at every op of TOSA and StableHLO that is left when the
    import is over.
  }];
}

#endif // BITSERIAL_CONVERSION_PASSES_TD

//===- Workload.h - Layers, formats and instruction sets --------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// What is measured: the layers, the pairs of number formats and the
/// instruction sets that can be named on the command line.
///
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_TOOLS_BENCH_WORKLOAD_H
#define BITSERIAL_TOOLS_BENCH_WORKLOAD_H

#include "bitserial/IR/NumberFormat.h"
#include "llvm/Support/Error.h"
#include <string>
#include <vector>

namespace mlir {
namespace bitserial {
namespace bench {

/// A two-dimensional convolution of batch 1: input NHWC, filter OHWI, square
/// filter, the same stride and zero padding in both directions. Or a matrix
/// product of m×k activations and the weights of n outputs, which is the 1×1
/// convolution of a column of m pixels with k channels in memory as well as in
/// arithmetic.
struct ConvLayer {
  std::string name;
  int64_t height, width, inChannels, outChannels, filter, stride, padding;
  bool isMatmul = false;

  int64_t outHeight() const {
    return (height + 2 * padding - filter) / stride + 1;
  }
  int64_t outWidth() const {
    return (width + 2 * padding - filter) / stride + 1;
  }
  /// Length of each dot product.
  int64_t reduction() const { return filter * filter * inChannels; }
  int64_t inputSize() const { return height * width * inChannels; }
  int64_t filterSize() const { return outChannels * reduction(); }
  int64_t outputSize() const { return outHeight() * outWidth() * outChannels; }
  /// Multiply-accumulates, those on padding included (as is usual).
  int64_t macs() const { return outputSize() * reduction(); }
  /// E.g. `56,64→64,3,1`: input height and channels, output channels, filter
  /// size, stride; for a matrix product `8,1024→4096`: m,k→n.
  std::string shape() const;
  /// Bytes that have to be moved once, given the bits of an activation, a
  /// weight and a result.
  int64_t memoryBytes(unsigned inputBits, unsigned weightBits,
                      unsigned outputBits) const {
    return (inputSize() * inputBits + filterSize() * weightBits +
            outputSize() * outputBits) /
           8;
  }
  /// A layer that could follow: 1×1, with as many outputs.
  ConvLayer next() const;
};

/// C2..C12, the convolutions of ResNet-18 after the first, in order.
llvm::ArrayRef<ConvLayer> resnet18Layers();

/// The layers of a comma-separated list of names, not case-sensitive, and of
/// matrix products, written `8x4096x1024` (m, n, k); `all` is C2..C12.
llvm::Expected<std::vector<ConvLayer>> parseLayers(llvm::StringRef list);

/// The formats of activations and weights.
struct FormatPair {
  std::string name;
  NumberFormat activations, weights;

  /// One-bit products per multiply-accumulate.
  int64_t planeProducts() const {
    return int64_t(activations.getWidth()) * weights.getWidth();
  }
};

/// The pairs of a comma-separated list. Each is `aMwN` (M-bit unsigned
/// activations, N-bit bipolar weights) or `KM:KN`, K being one of u, s, b, t
/// for unsigned, signed, bipolar, ternary. Each keeps its spelling as its name,
/// in lower case. `none` is the empty list.
llvm::Expected<std::vector<FormatPair>> parseFormats(llvm::StringRef list);

/// The plain loop of three (or so) instructions that bounds a bit-serial kernel
/// on an instruction set.
enum class PlainLoop { None, AVX2Nibble, AVX512Popcount };

/// What both sides are restricted to.
struct InstructionSet {
  llvm::StringLiteral name;
  /// What our compiler gets.
  llvm::StringLiteral cpu, features;
  /// The oneDNN ISA cap, as in DNNL_MAX_CPU_ISA.
  llvm::StringLiteral oneDnnCap;
  PlainLoop plainLoop;
};

/// The instruction sets of a comma-separated list. For `native`, the plain loop
/// is the best one this machine runs. An error if this machine cannot run one.
llvm::Expected<std::vector<InstructionSet>>
parseInstructionSets(llvm::StringRef list);

} // namespace bench
} // namespace bitserial
} // namespace mlir

#endif // BITSERIAL_TOOLS_BENCH_WORKLOAD_H

//===- BitserialConv.h - Our side: compiled convolutions --------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_TOOLS_BENCH_BITSERIALCONV_H
#define BITSERIAL_TOOLS_BENCH_BITSERIALCONV_H

#include "Reference.h"
#include <memory>

namespace mlir {
namespace bitserial {
namespace bench {

/// What a layer does after the sums, where both sides are packed: the types of
/// packed input and result as MLIR text, and how sums become numbers.
struct PackedEnds {
  std::string inputType, outputType;
  Requantisation requantisation;
};

/// The module whose `main` takes the input of a layer and returns its output;
/// the filter is a constant. Values to sums, or packed to packed.
std::string buildConvModule(const ConvLayer &layer, const FormatPair &formats,
                            llvm::ArrayRef<int16_t> filter,
                            const PackedEnds *packed = nullptr);

/// A convolution compiled for this process; the filter was packed at compile
/// time. The input is an array of integer values, the output one of i32; or
/// both are packed in the layouts that the compiler chooses for the activations
/// of this layer and of a next one, requantised as makeRequantisation says.
class BitserialConv {
public:
  struct Options {
    /// Runs use as many.
    unsigned threads = 1;
    /// A file, or empty.
    std::string schedule;
    bool packed = false;
  };

  static llvm::Expected<std::unique_ptr<BitserialConv>>
  compile(const ConvLayer &layer, const FormatPair &formats,
          const InstructionSet &isa, const Options &options,
          const ConvData &data);
  virtual ~BitserialConv();

  virtual void run() = 0;
  /// What is wrong with the result of the last run; empty if nothing is.
  virtual std::string findDifference() const = 0;
  /// The compiler's remarks on what it chose.
  virtual llvm::StringRef describe() const = 0;
};

} // namespace bench
} // namespace bitserial
} // namespace mlir

#endif // BITSERIAL_TOOLS_BENCH_BITSERIALCONV_H

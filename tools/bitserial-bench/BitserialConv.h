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

/// The module whose `main` takes the input of a layer and returns its output;
/// the filter is a constant.
std::string buildConvModule(const ConvLayer &layer, const FormatPair &formats,
                            llvm::ArrayRef<int16_t> filter);

/// A convolution compiled for this process. The input is an array of integer
/// values, the output one of i32; the filter was packed at compile time.
class BitserialConv {
public:
  /// Compiles for the instruction set; `schedule` is a file or empty. With
  /// `threads` other than 1, runs use that many, which needs OpenMP's runtime.
  static llvm::Expected<std::unique_ptr<BitserialConv>>
  compile(const ConvLayer &layer, const FormatPair &formats,
          const InstructionSet &isa, unsigned threads, llvm::StringRef schedule,
          const ConvData &data);
  virtual ~BitserialConv();

  virtual void run() = 0;
  /// What the last run produced, in NHWC order.
  virtual llvm::ArrayRef<int32_t> output() const = 0;
  /// The compiler's remarks on what it chose.
  virtual llvm::StringRef describe() const = 0;
};

} // namespace bench
} // namespace bitserial
} // namespace mlir

#endif // BITSERIAL_TOOLS_BENCH_BITSERIALCONV_H

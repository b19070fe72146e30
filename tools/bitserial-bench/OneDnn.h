//===- OneDnn.h - The peer: oneDNN convolutions -----------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_TOOLS_BENCH_ONEDNN_H
#define BITSERIAL_TOOLS_BENCH_ONEDNN_H

#include "Reference.h"
#include <memory>

namespace mlir {
namespace bitserial {
namespace bench {

/// One prepared oneDNN convolution, or inner product for a matrix product.
class OneDnnConv {
public:
  virtual ~OneDnnConv();
  virtual void run() = 0;
  /// The implementation and the memory formats that oneDNN chose.
  virtual std::string describe() const = 0;
  /// What the last run produced, as integers in NHWC order.
  virtual llvm::Expected<std::vector<int32_t>> output() = 0;
};

/// oneDNN restricted to an ISA cap and to one thread. The cap can be set only
/// once per copy of the library, so each object loads a copy of its own.
class OneDnn {
public:
  enum class Precision {
    /// f32 × f32 → f32
    Fp32,
    /// u8 × s8 → s32
    Int8,
    /// u8 × s8 → u8: sums scaled per output channel, rounded and saturated
    Int8Requantised
  };

  /// What Int8Requantised makes of sums.
  static std::vector<int32_t> requantise(llvm::ArrayRef<int32_t> sums);

  /// `cap` is a name as in the environment variable DNNL_MAX_CPU_ISA. An error
  /// if this build or this machine has no oneDNN.
  static llvm::Expected<std::unique_ptr<OneDnn>> load(llvm::StringRef cap);
  virtual ~OneDnn();

  /// E.g. `2.6.3`.
  virtual std::string version() const = 0;

  /// A direct (not Winograd) convolution or an inner product in the memory
  /// formats that oneDNN prefers for all three tensors; operands are converted
  /// here, not in run().
  virtual llvm::Expected<std::unique_ptr<OneDnnConv>>
  createConv(const ConvLayer &layer, Precision precision,
             const ConvData &data) = 0;
};

} // namespace bench
} // namespace bitserial
} // namespace mlir

#endif // BITSERIAL_TOOLS_BENCH_ONEDNN_H

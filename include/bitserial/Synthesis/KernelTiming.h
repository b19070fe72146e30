//===- KernelTiming.h - How long micro-kernels take on this machine ------*- C++
//-*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Times kernels in micro-tiles whose operands are in the first-level cache. It
/// ranks the kernels that the cost model holds to be best.
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_SYNTHESIS_KERNELTIMING_H
#define BITSERIAL_SYNTHESIS_KERNELTIMING_H

#include "bitserial/Target/Codegen.h"
#include "bitserial/Transforms/Kernel.h"
#include "bitserial/Transforms/MicroTile.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"

#include <memory>
#include <vector>

namespace mlir::bitserial {

/// A kernel with a micro-tile of `tile.rows` x `tile.vectors` accumulators.
struct TimedKernel {
  Kernel kernel;
  MicroTile tile{1, 1};
};

/// A micro-tile in memory, ready to run, with operands of its own: random
/// numbers, few enough to stay in a first-level cache of 32 KB.
class LoadedKernel {
public:
  /// Fails if this machine cannot execute code for the target, or if code
  /// cannot be generated. The context of the kernel is as for CostModel; it may
  /// go afterwards.
  static llvm::Expected<std::unique_ptr<LoadedKernel>>
  load(const TimedKernel &timed, const Target &target);

  /// Computes the tile once.
  void run() { function(arguments.data()); }

  /// What a run computes: positions of the reduction times vectors of outputs
  /// (or outputs, if lanes are reductions).
  double getWork() const { return work; }

private:
  void allocate(int64_t bytes);

  double work = 0;
  std::unique_ptr<JitModule> module;
  JitModule::PackedFunction function = nullptr;
  std::vector<std::vector<uint8_t>> buffers;
  /// Pointers to the operands, and pointers to those.
  std::vector<void *> operands, arguments;
};

/// Nanoseconds per position of the reduction and vector of outputs (or output,
/// if lanes are reductions), for each kernel: those of KernelCost::cycles,
/// measured. Runs of the kernels alternate for `rounds` rounds, so that what
/// else the machine does hits all alike; the result is the median. Takes about
/// 0.1 ms per round and kernel. Fails if this machine cannot execute code for
/// the target, or if code cannot be generated. The context of the kernels is as
/// for CostModel.
llvm::Expected<std::vector<double>>
timeKernels(llvm::ArrayRef<TimedKernel> kernels, const Target &target,
            unsigned rounds = 101);

} // namespace mlir::bitserial

#endif // BITSERIAL_SYNTHESIS_KERNELTIMING_H

//===- CostModel.h - What micro-kernels cost --------------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The cost of a kernel is that of the loops of a micro-tile in the code that
/// LLVM generates for it (LoopCost.h): loops that run more often count as
/// often, such as steps between two flushes.
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_SYNTHESIS_COSTMODEL_H
#define BITSERIAL_SYNTHESIS_COSTMODEL_H

#include "bitserial/Synthesis/LoopCost.h"
#include "bitserial/Transforms/Kernel.h"
#include "bitserial/Transforms/MicroTile.h"

#include "llvm/ADT/ArrayRef.h"

namespace mlir::bitserial {

/// The cost of a kernel in a micro-tile.
struct KernelCost {
  MicroTile tile{1, 1};
  /// Positions of the reduction that the modelled tile has.
  int64_t positions = 0;
  /// Cycles per position of the reduction, of the whole tile: all loops of all
  /// passes, each as often as it runs, flushes included. What runs once per
  /// tile is not.
  double cyclesPerPosition = 0;
  /// The same per vector of outputs: what Kernel::cycles says.
  double cycles = 0;
  /// The same by llvm-mca alone, without the bound of cores in order; see
  /// LoopCost.
  double simulatedCycles = 0;
  /// Per position and tile, as above.
  double vectorOps = 0, loads = 0, stackAccesses = 0;
  /// Products of values per cycle: bits of a vector / `cycles`. One-bit
  /// products are as many times the planes of each input.
  double macsPerCycle = 0;
  double bitMacsPerCycle = 0;
  /// The loops that the figures come from.
  std::vector<LoopCost> loops;

  /// One line: "3.02 cycles per vector (84.8 one-bit MAC/cycle), tile 4x2".
  std::string str() const;
};

/// The micro-tile that the default schedule picks for the reference lowering of
/// a large problem.
MicroTile getDefaultMicroTile(const Target &target);

/// Models kernels for one target. Keeps what can be reused from one kernel to
/// the next. Not for use from several threads at once.
class CostModel {
public:
  /// Registers all dialects and interfaces that the emission of kernels needs.
  /// Call it on the registry of the contexts of the kernels.
  static void registerDialects(DialectRegistry &registry);

  static llvm::Expected<std::unique_ptr<CostModel>>
  create(const Target &target);
  ~CostModel();

  /// The cost of a kernel with `rows` x `vectors` accumulators (vectors of
  /// outputs, or outputs if lanes are reductions; a multiple of the kernel's
  /// group). Fails if the code cannot be generated or analysed.
  llvm::Expected<KernelCost> model(const Kernel &kernel, int64_t rows,
                                   int64_t vectors);

  /// Bits of a short sum, such as that of a 1x1 convolution of 512 channels,
  /// and of a long one, a 3x3 convolution of as many.
  static constexpr int64_t kShortSum = 512, kLongSum = 9 * 512;

  /// The cost of the reference lowering for sums over so many bits, by default
  /// with the tile that the default schedule picks for a large problem. As in
  /// default layouts, words of 16 bits become words of 32 if the lanes of
  /// outputs could overflow.
  llvm::Expected<KernelCost>
  modelReference(MLIRContext *context, const KernelSpec &spec,
                 std::optional<MicroTile> tile = std::nullopt,
                 int64_t bits = kShortSum);

private:
  struct Data;
  explicit CostModel(std::unique_ptr<Data> data);

  std::unique_ptr<Data> data;
};

} // namespace mlir::bitserial

#endif // BITSERIAL_SYNTHESIS_COSTMODEL_H

//===- CostEstimate.h - What a kernel costs at least ------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A quick estimate of the cost of a kernel from the ops of its functions,
/// which puts the search's work in order. What a kernel is chosen by in the end
/// is the model of the code that is generated (CostModel.h).
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_LIB_SYNTHESIS_COSTESTIMATE_H
#define BITSERIAL_LIB_SYNTHESIS_COSTESTIMATE_H

#include "bitserial/Transforms/Kernel.h"

#include <tuple>

namespace mlir::bitserial {

/// A micro-tile and its cost.
/// A micro-tile and what a kernel costs in it.
struct TileEstimate {
  int64_t rows, vectors;
  double cycles; ///< Per position and vector of outputs.
  /// Of a model: the same by llvm-mca alone, which decides between equal
  /// cycles of cores that execute in order (see LoopCost).
  double simulatedCycles = 0;

  auto cost() const { return std::tie(cycles, simulatedCycles); }
};

/// Estimates for the micro-tiles that are worth trying, cheapest first. What
/// depends only on words of the weights is shared by the rows of a tile, what
/// depends only on the others by its columns.
std::vector<TileEstimate> estimateTiles(const Kernel &kernel,
                                        const Target &target);

/// The cycles that flushes add to a position, of one vector of outputs.
double estimateFlushes(const Kernel &kernel, const Target &target);

} // namespace mlir::bitserial

#endif // BITSERIAL_LIB_SYNTHESIS_COSTESTIMATE_H

//===- TileFunction.h - One micro-tile as a function ------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A function that does nothing but compute one micro-tile of a matrix product
/// with a kernel: what is modelled and timed.
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_LIB_SYNTHESIS_TILEFUNCTION_H
#define BITSERIAL_LIB_SYNTHESIS_TILEFUNCTION_H

#include "bitserial/Transforms/Kernel.h"
#include "bitserial/Transforms/MicroTile.h"

#include "mlir/Pass/PassManager.h"

#include "llvm/Support/Error.h"

#include <memory>

namespace mlir::bitserial {

/// The name of the function.
constexpr llvm::StringLiteral kTileFunctionName = "tile";

/// As many positions of the reduction as show what a kernel costs in the long
/// run: so many flushes that LLVM keeps their loop, unless they are rare.
int64_t choosePositions(const Kernel &kernel);

/// A number of positions for data that stay in a first-level cache of 32 KB, as
/// far as the tile allows it.
int64_t choosePositionsInCache(const Kernel &kernel, MicroTile tile);

/// Makes such functions for one target.
class TileCompiler {
public:
  explicit TileCompiler(const Target &target) : target(target) {}

  /// The function in the LLVM dialect. Its arguments are pointers: to the
  /// inputs, to what the outputs start from, and to the outputs. Fails if the
  /// target lacks what the kernel needs, or if the tile does not suit it.
  llvm::Expected<OwningOpRef<ModuleOp>>
  compile(const Kernel &kernel, MicroTile tile, int64_t positions);

private:
  llvm::Error lower(ModuleOp module, const Kernel &kernel);

  Target target;
  /// Kept for the context of the last kernel: setting up the passes takes
  /// longer than running them.
  std::unique_ptr<PassManager> passes;
};

} // namespace mlir::bitserial

#endif // BITSERIAL_LIB_SYNTHESIS_TILEFUNCTION_H

//===- PassCost.h - What plans cost, pass by pass ---------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The passes of a kernel are loops one after the other, and many are alike:
/// one for each pair of planes, say, in all plans that have such passes. So
/// each kind of pass is modelled once, as a kernel of its own, and a plan costs
/// what its passes do. That is off by a little (sums of other passes stay in
/// registers or do not), so what a search returns is modelled as a whole.
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_LIB_SYNTHESIS_PASSCOST_H
#define BITSERIAL_LIB_SYNTHESIS_PASSCOST_H

#include "CostEstimate.h"
#include "bitserial/Synthesis/CostModel.h"
#include "bitserial/Synthesis/KernelBuilder.h"

#include <map>

namespace mlir::bitserial {

class PassCosts {
public:
  PassCosts(SketchContext &sketch, CostModel &costs);

  /// What a plan's kernel costs in `tile`; nullopt if code cannot be generated
  /// or analysed.
  std::optional<TileEstimate>
  model(const KernelSpec &spec, const AccumulationPlan &plan, MicroTile tile);

private:
  /// A pass as a kernel of its own.
  struct Piece {
    OwningOpRef<ModuleOp> module;
    std::optional<Kernel> kernel; ///< As if counters were never full.
    double flushCycles = 0;       ///< Per position.
  };
  Piece &getPiece(const std::string &key, const KernelSpec &spec,
                  const AccumulationPlan &plan);
  std::optional<TileEstimate> modelPiece(const KernelSpec &spec,
                                         const AccumulationPlan &plan,
                                         MicroTile tile);

  SketchContext &sketch;
  CostModel &costs;
  std::string target; ///< All that costs depend on.
  std::map<std::string, Piece> pieces;
};

} // namespace mlir::bitserial

#endif // BITSERIAL_LIB_SYNTHESIS_PASSCOST_H

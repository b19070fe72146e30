//===- PackCost.h - What pack kernels cost ----------------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The cost of a pack kernel is that of a loop that loads values, packs them
/// and stores the words of each plane, in the code that LLVM generates for it
/// (LoopCost.h).
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_LIB_SYNTHESIS_PACKCOST_H
#define BITSERIAL_LIB_SYNTHESIS_PACKCOST_H

#include "bitserial/Synthesis/LoopCost.h"
#include "bitserial/Transforms/PackKernel.h"

#include "mlir/Pass/PassManager.h"

#include <memory>

namespace mlir::bitserial {

/// Models pack kernels for one target. Not for use from several threads.
class PackCostModel {
public:
  /// The contexts of the kernels are as for CostModel::registerDialects.
  static llvm::Expected<std::unique_ptr<PackCostModel>>
  create(const Target &target);

  /// Cycles for the kernel's values once, with `kernel.steps`. Fails if code
  /// cannot be generated or analysed.
  llvm::Expected<double> model(const PackKernel &kernel);

  /// The assembly of the loop, after a successful model().
  std::string getAssembly() const;

private:
  PackCostModel(const Target &target, std::unique_ptr<LoopAnalyzer> analyzer)
      : target(target), analyzer(std::move(analyzer)) {}

  llvm::Expected<OwningOpRef<ModuleOp>> compile(const PackKernel &kernel);

  Target target;
  std::unique_ptr<LoopAnalyzer> analyzer;
  /// Kept for the context of the last kernel.
  std::unique_ptr<PassManager> passes;
  std::vector<LoopCost> loops;
};

} // namespace mlir::bitserial

#endif // BITSERIAL_LIB_SYNTHESIS_PACKCOST_H

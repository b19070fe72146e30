//===- HoistStackBuffers.cpp - Stack memory out of loops ------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Transforms/Passes.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Interfaces/LoopLikeInterface.h"

namespace mlir::bitserial {
#define GEN_PASS_DEF_HOISTSTACKBUFFERS
#include "bitserial/Transforms/Passes.h.inc"
} // namespace mlir::bitserial

using namespace mlir;

/// What has a stack frame of its own around `op`: the function, or what threads
/// execute, which becomes one. Loops and memref.alloca_scope have none.
static Operation *findFrame(Operation *op) {
  do
    op = op->getParentOp();
  while (!op->hasTrait<OpTrait::AutomaticAllocationScope>() ||
         isa<LoopLikeOpInterface, memref::AllocaScopeOp>(op));
  return op;
}

namespace {
struct HoistStackBuffersPass
    : bitserial::impl::HoistStackBuffersBase<HoistStackBuffersPass> {
  void runOnOperation() override {
    SmallVector<memref::AllocaOp> buffers;
    getOperation().walk([&](memref::AllocaOp op) {
      if (op->getNumOperands() == 0)
        buffers.push_back(op);
    });
    for (memref::AllocaOp op : buffers) {
      // In a parallel loop, which is not yet one of threads, it stays.
      if (op->getParentOfType<scf::ParallelOp>())
        continue;
      Block &entry = findFrame(op)->getRegion(0).front();
      op->moveBefore(&entry, entry.begin());
    }
  }
};
} // namespace

//===- SeparateBuffers.cpp - Uninitialised tensors ------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Transforms/Passes.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Interfaces/DestinationStyleOpInterface.h"

namespace mlir::bitserial {
#define GEN_PASS_DEF_SEPARATEBUFFERS
#include "bitserial/Transforms/Passes.h.inc"
} // namespace mlir::bitserial

using namespace mlir;

/// Whether each of several uses could have its own: nothing, or one value, in
/// whatever shape.
static bool isCheap(Operation *op) {
  if (!op)
    return false;
  if (isa<tensor::EmptyOp>(op))
    return true;
  if (isa<tensor::CollapseShapeOp, tensor::ExpandShapeOp>(op))
    return isCheap(op->getOperand(0).getDefiningOp());
  auto fill = dyn_cast<linalg::FillOp>(op);
  return fill && fill.getNumResults() == 1 &&
         isCheap(fill.getOutputs()[0].getDefiningOp());
}

/// Whether what has this operand writes to it, or makes more that is cheap.
static bool isDestination(OpOperand &use) {
  Operation *owner = use.getOwner();
  if (isCheap(owner))
    return true;
  if (auto op = dyn_cast<DestinationStyleOpInterface>(owner))
    return op.isDpsInit(&use);
  if (auto loop = dyn_cast<scf::ForOp>(owner))
    return llvm::is_contained(loop.getInitArgs(), use.get());
  if (auto insert = dyn_cast<tensor::InsertSliceOp>(owner))
    return use.get() == insert.getDest();
  return false;
}

namespace {
struct SeparateBuffersPass
    : bitserial::impl::SeparateBuffersBase<SeparateBuffersPass> {
  void runOnOperation() override {
    SmallVector<Operation *> ops;
    getOperation().walk([&](Operation *op) {
      if (isCheap(op))
        ops.push_back(op);
    });
    // The last ones first: their copies are uses as well.
    for (Operation *op : llvm::reverse(ops)) {
      OpBuilder b(op);
      SmallVector<OpOperand *> uses;
      for (OpOperand &use : op->getUses())
        if (isDestination(use))
          uses.push_back(&use);
      for (OpOperand *use : uses)
        if (!op->hasOneUse()) {
          // Where it is used, so that it lives no longer than that.
          b.setInsertionPoint(use->getOwner());
          use->set(b.clone(*op)->getResult(0));
        }
    }
  }
};
} // namespace

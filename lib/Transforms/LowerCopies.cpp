//===- LowerCopies.cpp - Copies between strided buffers ----------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Target/Target.h"
#include "bitserial/Transforms/Passes.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/MemRef/Utils/MemRefUtils.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

namespace mlir::bitserial {
#define GEN_PASS_DEF_LOWERCOPIES
#include "bitserial/Transforms/Passes.h.inc"
} // namespace mlir::bitserial

using namespace mlir;

/// Whether rows, the innermost dimension, are contiguous and of a known size.
static bool hasStaticRows(MemRefType type) {
  SmallVector<int64_t> strides;
  int64_t offset;
  // Shorter elements, and those of odd widths, lie closer in vectors than in
  // memory.
  Type element = type.getElementType();
  return type.hasStaticShape() && type.getRank() > 0 &&
         element.isIntOrFloat() && element.getIntOrFloatBitWidth() >= 8 &&
         llvm::isPowerOf2_32(element.getIntOrFloatBitWidth()) &&
         succeeded(type.getStridesAndOffset(strides, offset)) &&
         strides.back() == 1;
}

/// Copies row by row, in vectors: LLVM would have to prove that rows do not
/// overlap before it could do so.
static void copyRows(OpBuilder &b, Location loc, Value source, Value target) {
  auto type = cast<MemRefType>(source.getType());
  Type element = type.getElementType();
  int64_t size = type.getShape().back();
  constexpr unsigned kVectorBits = 512;
  int64_t lanes =
      std::clamp<int64_t>(kVectorBits / element.getIntOrFloatBitWidth(), 1,
                          std::max<int64_t>(size, 1));
  Value zero = arith::ConstantIndexOp::create(b, loc, 0),
        one = arith::ConstantIndexOp::create(b, loc, 1);
  SmallVector<Value> lower(type.getRank() - 1, zero), upper,
      steps(type.getRank() - 1, one);
  for (int64_t range : type.getShape().drop_back())
    upper.push_back(arith::ConstantIndexOp::create(b, loc, range));
  scf::buildLoopNest(
      b, loc, lower, upper, steps,
      [&](OpBuilder &b, Location loc, ValueRange position) {
        auto copy = [&](OpBuilder &b, Location loc, Value first,
                        int64_t count) {
          SmallVector<Value> indices(position);
          indices.push_back(first);
          Value vector = vector::TransferReadOp::create(
              b, loc, VectorType::get(count, element), source, indices,
              std::nullopt, ArrayRef<bool>{true});
          vector::TransferWriteOp::create(b, loc, vector, target, indices,
                                          ArrayRef<bool>{true});
        };
        int64_t rest = size % lanes;
        if (size == lanes) {
          copy(b, loc, zero, lanes);
        } else {
          Value end = arith::ConstantIndexOp::create(b, loc, size - rest);
          Value step = arith::ConstantIndexOp::create(b, loc, lanes);
          scf::ForOp::create(
              b, loc, zero, end, step, ValueRange(),
              [&](OpBuilder &b, Location loc, Value first, ValueRange) {
                copy(b, loc, first, lanes);
                scf::YieldOp::create(b, loc);
              });
          if (rest)
            copy(b, loc, end, rest);
        }
      });
}

namespace {
struct LowerCopiesPass : bitserial::impl::LowerCopiesBase<LowerCopiesPass> {
  void runOnOperation() override {
    SmallVector<memref::CopyOp> copies;
    getOperation().walk([&](memref::CopyOp op) { copies.push_back(op); });
    for (memref::CopyOp op : copies) {
      auto source = dyn_cast<MemRefType>(op.getSource().getType());
      auto target = dyn_cast<MemRefType>(op.getTarget().getType());
      if (!source || !target ||
          (memref::isStaticShapeAndContiguousRowMajor(source) &&
           memref::isStaticShapeAndContiguousRowMajor(target)))
        continue;
      OpBuilder b(op);
      if (hasStaticRows(source) && hasStaticRows(target))
        copyRows(b, op.getLoc(), op.getSource(), op.getTarget());
      else
        linalg::CopyOp::create(b, op.getLoc(), op.getSource(), op.getTarget());
      op.erase();
    }
  }
};
} // namespace

//===- VectorEvaluator.h - Elements of tensors as vectors -------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// Reads a run of elements of a tensor as one-dimensional vectors, and computes
/// it where the tensor is the result of an elementwise linalg.generic: what
/// fused elementwise ops contribute to a micro-tile then stays in registers and
/// is computed where it is used.
///
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_TRANSFORMS_VECTOREVALUATOR_H
#define BITSERIAL_TRANSFORMS_VECTOREVALUATOR_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/Builders.h"

namespace mlir::bitserial {
class Target;

/// A position in an iteration space; along `lane` it is the first of
/// `numLanes` consecutive ones.
struct LanePoint {
  SmallVector<OpFoldResult> indices;
  unsigned lane;
  int64_t numLanes;
};

/// Reads `tensor` at `map(point)` for every lane. Returns a scalar if all lanes
/// read the same element, else a vector of `point.numLanes` elements. Lanes
/// beyond the end of the tensor are zero. `fixed` are indices for extra
/// dimensions that `map` does not have: dimension `fixedDim` (if any) of the
/// tensor has index `fixedIndex`.
struct FixedIndex {
  int64_t dim;
  int64_t index;
};
Value readLanes(OpBuilder &b, Location loc, Value tensor, AffineMap map,
                const LanePoint &point,
                std::optional<FixedIndex> fixed = std::nullopt);

/// `value` in every lane, if it is not a vector yet.
Value broadcastLanes(OpBuilder &b, Location loc, Value value, int64_t numLanes);

/// Writes `vector` at the dimensions of `map` into `tensor`; lanes beyond its
/// end are dropped. Requires that the lane dimension be a plain result of
/// `map`. Returns the updated tensor.
Value writeLanes(OpBuilder &b, Location loc, Value vector, Value tensor,
                 AffineMap map, const LanePoint &point);

/// Whether `op` is an elementwise op on tensors that evaluateElementwise
/// handles: all loops parallel, one result, written at the identity.
bool isElementwise(linalg::GenericOp op);

/// The result of elementwise `op` at a point of its loops. `known`, if given,
/// is a tensor that `op` reads at the identity, with its elements at the point.
/// `accumulator`, if given, is the destination's element: then `op` may be one
/// iteration of a reduction as well.
Value evaluateElementwise(
    OpBuilder &b, linalg::GenericOp op, const LanePoint &point,
    std::optional<std::pair<Value, Value>> known = std::nullopt,
    Value accumulator = {});

/// The same for `results`, values of the body of `op`, in place of what it
/// yields.
SmallVector<Value>
evaluateElementwise(OpBuilder &b, linalg::GenericOp op, const LanePoint &point,
                    ArrayRef<Value> results,
                    std::optional<std::pair<Value, Value>> known = std::nullopt,
                    Value accumulator = {});

/// Replaces elementwise `op`, of static shape, by loops over all dimensions
/// with vectors along the last one; or over one dimension in place of all,
/// where the last one is too short and the operands have no gaps in memory.
void lowerElementwise(IRRewriter &b, linalg::GenericOp op,
                      const Target &target);

} // namespace mlir::bitserial

#endif // BITSERIAL_TRANSFORMS_VECTOREVALUATOR_H

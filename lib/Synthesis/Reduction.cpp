//===- Reduction.cpp - From counters to sums to results -------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Reduction.h"

using namespace mlir;
using namespace mlir::bitserial;

Value bitserial::addNeighbours(VectorEmitter &e, const InstructionRoles &roles,
                               Value lanes, unsigned toWidth, uint64_t bound) {
  unsigned width = e.typeOf(lanes).getElementTypeBitWidth();
  if (width == 8 && toWidth == 64 && roles.sumBytes)
    return e.emit(*roles.sumBytes, {lanes, e.zero(e.lanes(8))});
  while (width < toWidth) {
    unsigned level = llvm::Log2_32(width / 8);
    if (const Instruction *pairs = roles.addPairs[level]) {
      lanes = e.emit(*pairs, {lanes});
    } else if (width == 8 && roles.multiplyAddBytes) {
      lanes = e.emit(*roles.multiplyAddBytes, {lanes, e.splat(e.lanes(8), 1)});
    } else if (width == 16 && bound < 1 << 15 && roles.multiplyAddPairs) {
      lanes = e.emit(*roles.multiplyAddPairs, {lanes, e.splat(e.lanes(16), 1)});
    } else {
      Value wide = e.cast(lanes, 2 * width);
      Value low =
          e.bitAnd(wide, e.splat(e.lanes(2 * width), int64_t(laneMask(width))));
      lanes = e.add(low, e.shiftRight(wide, width));
    }
    width *= 2;
    lanes = e.cast(lanes, width);
    bound *= 2;
  }
  return lanes;
}

Value bitserial::reduceLanes(VectorEmitter &e, const InstructionRoles &roles,
                             ArrayRef<Value> values) {
  SmallVector<Value> sums;
  for (Value value : values) {
    Value sum = vector::ReductionOp::create(e.b, e.loc,
                                            vector::CombiningKind::ADD, value);
    if (sum.getType().getIntOrFloatBitWidth() > 32)
      sum = arith::TruncIOp::create(e.b, e.loc, e.b.getI32Type(), sum);
    sums.push_back(sum);
  }
  auto type = VectorType::get({int64_t(sums.size())}, e.b.getI32Type());
  return vector::FromElementsOp::create(e.b, e.loc, type, sums);
}

//===- KernelCost.cpp - Operations of a kernel ---------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Transforms/KernelCost.h"

#include "bitserial/Transforms/MicroTile.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace mlir::bitserial;

double bitserial::countInstructions(Operation *op, const Target &target) {
  if (isa<vector::BitCastOp, arith::ConstantOp, LLVM::ConstantOp,
          func::ReturnOp>(op))
    return 0;
  // Products that are added to something are one instruction with that.
  if (isa<arith::MulIOp>(op) && target.arch() == Arch::AArch64 &&
      op->hasOneUse() && isa<arith::AddIOp>(*op->user_begin()))
    return 0;
  double registers = 1;
  Type type = op->getResult(0).getType();
  if (auto vector = dyn_cast<VectorType>(type))
    registers = std::max(
        1.0, double(vector.getNumElements() * vector.getElementTypeBitWidth()) /
                 target.vectorBits());
  if (isa<math::CtPopOp>(op)) {
    unsigned width = getElementTypeOrSelf(type).getIntOrFloatBitWidth();
    if (target.hasVectorPopcount(width))
      return registers;
    // Of bytes, by a table of nibbles where there is no instruction; bytes are
    // then added up, all at once by psadbw.
    if (target.arch() != Arch::X86_64)
      return registers * (1 + llvm::Log2_32(width / 8));
    return registers * (width == 8 ? 6 : width == 64 ? 7 : 9);
  }
  if (isa<arith::ExtUIOp, arith::ExtSIOp>(op))
    return 1.5 * registers;
  return registers;
}

static double countInstructions(func::FuncOp function, const Target &target) {
  double count = 0;
  if (function)
    for (Operation &op : function.getBody().front().without_terminator())
      count += countInstructions(&op, target);
  return count;
}

double bitserial::countInstructions(const Kernel &kernel, uint64_t positions,
                                    const Target &target) {
  double count =
      ::countInstructions(kernel.finish, target) / std::max(kernel.group, 1u);
  for (const KernelPass &pass : kernel.passes) {
    uint64_t rest = positions, used = 0;
    for (const KernelStep &step : pass.steps) {
      uint64_t times = rest / step.words;
      rest %= step.words;
      used += times * step.cost;
      count += times * ::countInstructions(step.function, target);
    }
    if (pass.capacity && used)
      count += double((used - 1) / pass.capacity) *
               ::countInstructions(pass.flush, target);
    count += ::countInstructions(pass.end, target);
  }
  return count;
}

double bitserial::countLoopInstructions(const Kernel &kernel,
                                        uint64_t positions,
                                        const Target &target) {
  double count = 0;
  for (const KernelPass &pass : kernel.passes)
    count += double(positions) / pass.steps.front().words *
             ::countInstructions(pass.steps.front().function, target);
  return count;
}

double bitserial::getVectorOpsPerCycle(const Target &target) {
  if (target.arch() == Arch::X86_64)
    return target.vectorBits() == 512 ? 2 : 3;
  if (target.arch() == Arch::ARM || target.cpu().starts_with("cortex-a5") ||
      target.cpu().starts_with("cortex-a3"))
    return 1;
  return 2;
}

bool bitserial::paysOff(const Kernel &kernel, uint64_t positions,
                        const Target &target) {
  // Of a long sum, a kernel's loop is what counts; by the model it is better
  // than the reference's, whatever the number of instructions.
  double total = countInstructions(kernel, positions, target);
  double loop = countLoopInstructions(kernel, positions, target);
  constexpr double kSmall = 1.0 / 8;
  if (total - loop <= kSmall * loop)
    return true;

  ModuleOp owner = kernel.module;
  OwningOpRef<ModuleOp> module =
      Kernel::makeReference(owner.getContext(), kernel.spec, target,
                            int64_t(std::min<uint64_t>(positions, INT32_MAX)));
  FailureOr<Kernel> reference = Kernel::get(*module);
  return failed(reference) ||
         total <= countInstructions(*reference, positions, target);
}

uint64_t bitserial::countPositions(ReduceOp op, const LaneMapping &lanes) {
  uint64_t positions = 1;
  for (auto [dim, range, iterator] :
       llvm::enumerate(op.getLoopRanges(), op.getLoopIteratorTypes()))
    if (iterator == utils::IteratorType::reduction)
      positions *=
          dim == lanes.dim ? llvm::divideCeil(range, lanes.numLanes) : range;
  return positions;
}

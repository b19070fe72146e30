//===- Scheduling.cpp - What schedules depend on --------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Transforms/Scheduling.h"
#include "bitserial/Transforms/MicroTile.h"
#include "bitserial/Transforms/NumberKernel.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

#include <tuple>

using namespace mlir;
using namespace mlir::bitserial;

bool ContractionSizes::operator==(const ContractionSizes &other) const {
  auto tie = [](const ContractionSizes &s) {
    return std::tie(s.rows, s.lines, s.positions, s.outputs, s.groups, s.packed,
                    s.taps, s.stride, s.lhsBits, s.rhsBits, s.halo,
                    s.hasProducer, s.hasEpilogue);
  };
  return tie(*this) == tie(other);
}

/// Whether anything but the caller needs the values of `op`, whatever shape
/// they have there.
static bool hasEpilogue(Operation *op) {
  return !llvm::all_of(op->getUsers(), [](Operation *user) {
    return isa<func::ReturnOp>(user) ||
           (isa<tensor::CollapseShapeOp, tensor::ExpandShapeOp>(user) &&
            !hasEpilogue(user));
  });
}

ContractionSizes bitserial::getSizes(ContractOp op) {
  ContractionSizes sizes;
  SmallVector<int64_t> ranges = op.getLoopRanges();
  AffineMap lhs = op.getLhsMap(), rhs = op.getRhsMap();
  std::optional<unsigned> packed = getPackedLoop(op);
  for (auto [dim, range, iterator] :
       llvm::enumerate(ranges, op.getIteratorTypes())) {
    if (packed == dim) {
      sizes.packed = range;
    } else if (iterator == utils::IteratorType::reduction) {
      sizes.taps *= range;
    } else if (!rhs.isFunctionOfDim(dim)) {
      if (range > 1)
        sizes.rows = range;
      if (sizes.lines == 1)
        sizes.lines = range;
      sizes.positions *= range;
      if (range > 1)
        for (AffineExpr expr : lhs.getResults())
          sizes.stride =
              std::max(sizes.stride, getCoefficient(expr, dim).value_or(1));
    } else if (!lhs.isFunctionOfDim(dim)) {
      sizes.outputs = std::max(sizes.outputs, range);
    } else {
      sizes.groups = std::max(sizes.groups, range);
    }
  }
  sizes.lhsBits = op.getLhsElementType().getWidth();
  sizes.rhsBits = op.getRhsElementType().getWidth();
  if (std::optional<unsigned> lines = findLines(op))
    for (AffineExpr expr : lhs.getResults()) {
      if (!expr.isFunctionOfDim(*lines))
        continue;
      // Iterations i and i + 1 begin so far apart, and each reads up to `last`.
      int64_t distance = getCoefficient(expr, *lines).value_or(1), last = 0;
      for (auto [dim, range] : llvm::enumerate(ranges))
        if (dim != *lines)
          last += getCoefficient(expr, dim).value_or(0) * (range - 1);
      sizes.halo = std::max<int64_t>(last + 1 - distance, 0);
    }
  sizes.hasProducer = hasProducer(op);
  sizes.hasEpilogue = hasEpilogue(op);
  return sizes;
}

std::optional<unsigned> bitserial::findLines(ContractOp op) {
  AffineMap rhs = op.getRhsMap();
  for (auto [dim, range, iterator] :
       llvm::enumerate(op.getLoopRanges(), op.getIteratorTypes()))
    if (iterator == utils::IteratorType::parallel && range > 1 &&
        !rhs.isFunctionOfDim(dim))
      return dim;
  return std::nullopt;
}

FailureOr<int64_t> bitserial::getThreads(Operation *op) {
  auto module = dyn_cast<ModuleOp>(op);
  if (!module)
    module = op->getParentOfType<ModuleOp>();
  Attribute attr = module ? module->getAttr(kThreadsAttrName) : Attribute();
  if (!attr)
    return 1;
  auto threads = dyn_cast<IntegerAttr>(attr);
  if (!threads || !threads.getType().isSignlessInteger(64) ||
      threads.getInt() < 1)
    return module.emitError()
           << "'" << kThreadsAttrName
           << "' must be a number of threads, an i64 of at least 1, got "
           << attr;
  return threads.getInt();
}

// Caches that every CPU of a family in question has at least.
static constexpr int64_t kL1Bytes = 32 << 10;
static int64_t getL2Bytes(const Target &target) {
  return target.arch() == Arch::X86_64 && target.vectorBits() == 512
             ? 1 << 20
             : 256 << 10;
}

ArrayRef<StringRef> bitserial::getTargetPropertyNames() {
  static const StringRef names[] = {
      "vector_bits", "vector_registers", "max_accumulators", "step_registers",
      "l1_bytes",    "l2_bytes",         "threads"};
  return names;
}

ArrayRef<StringRef> bitserial::getContractionPropertyNames() {
  static const StringRef names[] = {
      "rows",       "lines",    "positions", "outputs",
      "groups",     "packed",   "taps",      "lhs_bits",
      "rhs_bits",   "producer", "epilogue",  "number_accumulator",
      "number_step"};
  return names;
}

std::optional<int64_t> bitserial::getTargetProperty(StringRef name,
                                                    const Target &target,
                                                    int64_t threads) {
  const int64_t values[] = {target.vectorBits(),
                            target.vectorRegisters(),
                            getMaxAccumulators(target),
                            getStepRegisters(target),
                            kL1Bytes,
                            getL2Bytes(target),
                            threads};
  for (auto [candidate, value] :
       llvm::zip_equal(getTargetPropertyNames(), values))
    if (candidate == name)
      return value;
  return std::nullopt;
}

std::optional<int64_t>
bitserial::getContractionProperty(StringRef name,
                                  const ContractionSizes &sizes) {
  // The others are not of sizes.
  const int64_t values[] = {
      sizes.rows,    sizes.lines,       sizes.positions,  sizes.outputs,
      sizes.groups,  sizes.packed,      sizes.taps,       sizes.lhsBits,
      sizes.rhsBits, sizes.hasProducer, sizes.hasEpilogue};
  for (auto [candidate, value] :
       llvm::zip(getContractionPropertyNames(), values))
    if (candidate == name)
      return value;
  return std::nullopt;
}

std::optional<int64_t> bitserial::getContractionProperty(StringRef name,
                                                         ContractOp op,
                                                         const Target &target) {
  if (std::optional<int64_t> value = getContractionProperty(name, getSizes(op)))
    return value;
  NumberFormat lhs = op.getLhsElementType().getFormat(),
               rhs = op.getRhsElementType().getFormat();
  NumberTypes types = chooseNumberTypes(op.getContext(), lhs, rhs, target);
  NumberRegisters registers = getNumberRegisters(
      getNumberSpec(lhs, rhs, types, /*wordBits=*/32), target);
  if (name == "number_accumulator")
    return registers.accumulator;
  if (name == "number_step")
    return registers.step;
  return std::nullopt;
}

//===- CheckModel.cpp - Refuse what would take all time or memory ---------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Conversion/Passes.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/MathExtras.h"

namespace mlir::bitserial {
#define GEN_PASS_DEF_CHECKMODEL
#include "bitserial/Conversion/Passes.h.inc"
} // namespace mlir::bitserial

using namespace mlir;
using namespace mlir::bitserial;

static constexpr unsigned kMaxLogElements = 40, kMaxLogConstant = 28;

/// Whether a static tensor has more than 2^`log` elements.
static bool isLarger(Type type, unsigned log) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  if (!tensor || !tensor.hasStaticShape() ||
      llvm::is_contained(tensor.getShape(), 0))
    return false;
  int64_t count = 1;
  for (int64_t size : tensor.getShape())
    if (llvm::MulOverflow(count, size, count) || count > int64_t(1) << log)
      return true;
  return false;
}

static LogicalResult checkSizes(Operation *op) {
  for (Region &region : op->getRegions())
    for (Block &block : region)
      for (BlockArgument argument : block.getArguments())
        if (isLarger(argument.getType(), kMaxLogElements))
          return emitError(argument.getLoc())
                 << "argument " << argument.getArgNumber() << " of type "
                 << argument.getType() << " has more than 2^" << kMaxLogElements
                 << " elements";
  for (OpResult result : op->getResults()) {
    if (isLarger(result.getType(), kMaxLogElements))
      return op->emitError()
             << "result " << result.getResultNumber() << " of type "
             << result.getType() << " has more than 2^" << kMaxLogElements
             << " elements";
    if (op->hasTrait<OpTrait::ConstantLike>() &&
        isLarger(result.getType(), kMaxLogConstant))
      return op->emitError()
             << "a constant of type " << result.getType() << " has more than 2^"
             << kMaxLogConstant << " elements; pass it as an argument";
  }
  return success();
}

/// Of a constant in a resource, which upstream does not compare with its type.
static LogicalResult checkResources(Operation *op) {
  for (NamedAttribute attr : op->getAttrs()) {
    auto resource = dyn_cast<DenseResourceElementsAttr>(attr.getValue());
    if (!resource)
      continue;
    const AsmResourceBlob *blob = resource.getRawHandle().getBlob();
    bool isSplat = false;
    if (!blob || !DenseElementsAttr::isValidRawBuffer(resource.getType(),
                                                      blob->getData(), isSplat))
      return op->emitError()
             << "the resource '" << resource.getRawHandle().getKey() << "' has "
             << (blob ? blob->getData().size() : 0)
             << " bytes, which are not those of a " << resource.getType();
  }
  return success();
}

/// That a contraction has as many channels as its weights are for.
static LogicalResult checkChannels(Operation *op) {
  auto check = [&](unsigned dim, unsigned weightDim) -> LogicalResult {
    auto input = dyn_cast<RankedTensorType>(op->getOperand(0).getType()),
         weights = dyn_cast<RankedTensorType>(op->getOperand(1).getType());
    if (!input || !weights || input.isDynamicDim(dim) ||
        weights.isDynamicDim(weightDim) ||
        input.getDimSize(dim) == weights.getDimSize(weightDim))
      return success();
    return op->emitError() << "dimension " << dim << " of the input has size "
                           << input.getDimSize(dim) << ", but dimension "
                           << weightDim << " of the weights has size "
                           << weights.getDimSize(weightDim);
  };
  return llvm::TypeSwitch<Operation *, LogicalResult>(op)
      .Case<tosa::Conv2DOp, tosa::TransposeConv2DOp>(
          [&](auto) { return check(3, 3); })
      .Case<tosa::Conv3DOp>([&](auto) { return check(4, 4); })
      .Case<tosa::DepthwiseConv2DOp>([&](auto) { return check(3, 2); })
      .Case<tosa::MatMulOp>([&](auto) {
        return success(succeeded(check(0, 0)) && succeeded(check(2, 1)));
      })
      .Default(success());
}

/// What the specification of TOSA asks for and upstream does not check, and
/// what would need the C library.
static LogicalResult checkTosa(Operation *op) {
  if (isa<tosa::RFFT2dOp, tosa::FFT2dOp, tosa::SinOp, tosa::CosOp>(op))
    return op->emitError() << "'" << op->getName()
                           << "' cannot be compiled: there is no approximation "
                              "of sine and cosine";
  auto table = dyn_cast<tosa::TableOp>(op);
  if (!table)
    return checkChannels(op);
  auto entries = dyn_cast<RankedTensorType>(table.getTable().getType());
  bool isByte = getElementTypeOrSelf(table.getInput1().getType()).isInteger(8);
  int64_t expected = isByte ? 256 : 513;
  if (entries && entries.hasStaticShape() &&
      entries.getNumElements() != expected)
    return op->emitError() << "a table of " << entries.getNumElements()
                           << " entries, expected " << expected;
  return success();
}

namespace {
/// A function while its callees are visited.
struct Frame {
  func::FuncOp func;
  SmallVector<func::CallOp> calls;
  size_t next = 0;
  /// Ops, those of the calls so far included.
  uint64_t size = 0;
};

struct CheckModelPass : bitserial::impl::CheckModelBase<CheckModelPass> {
  using CheckModelBase::CheckModelBase;

  void runOnOperation() override {
    markAllAnalysesPreserved();
    WalkResult checked = getOperation().walk([](Operation *op) {
      return failed(checkSizes(op)) || failed(checkResources(op)) ||
                     failed(checkTosa(op))
                 ? WalkResult::interrupt()
                 : WalkResult::advance();
    });
    if (checked.wasInterrupted())
      return signalPassFailure();
    sizes.clear();
    SymbolTable symbols(getOperation());
    for (auto func : getOperation().getOps<func::FuncOp>())
      if (failed(visit(func, symbols)))
        return signalPassFailure();
  }

private:
  static Frame enter(func::FuncOp func) {
    Frame frame;
    frame.func = func;
    func.walk([&](Operation *op) {
      ++frame.size;
      if (auto call = dyn_cast<func::CallOp>(op))
        frame.calls.push_back(call);
    });
    return frame;
  }

  /// Depth first, with a stack of its own: chains of calls may be long.
  LogicalResult visit(func::FuncOp root, const SymbolTable &symbols) {
    if (sizes.count(root))
      return success();
    SmallVector<Frame> stack = {enter(root)};
    llvm::SmallDenseSet<Operation *> active = {root};
    while (!stack.empty()) {
      Frame &frame = stack.back();
      if (frame.next < frame.calls.size()) {
        func::CallOp call = frame.calls[frame.next];
        auto callee = symbols.lookup<func::FuncOp>(call.getCallee());
        auto known = callee ? sizes.find(callee) : sizes.end();
        if (!callee || known != sizes.end()) {
          if (callee)
            frame.size = llvm::SaturatingAdd(frame.size, known->second);
          ++frame.next;
          continue;
        }
        if (!active.insert(callee).second)
          return call.emitError() << "a recursive call of '" << callee.getName()
                                  << "' cannot be compiled: calls are inlined";
        // The frame moves.
        stack.push_back(enter(callee));
        continue;
      }
      if (frame.size > maxOps)
        return frame.func.emitError()
               << "'" << frame.func.getName()
               << "' has too many ops once calls "
               << "are inlined: more than " << maxOps.getValue();
      sizes[frame.func] = frame.size;
      active.erase(frame.func);
      stack.pop_back();
    }
    return success();
  }

  /// Of the functions that have been visited, with their calls.
  DenseMap<Operation *, uint64_t> sizes;
};
} // namespace

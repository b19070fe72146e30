//===- ControlFlow.cpp - Loops and branches -------------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ControlFlow.h"
#include "bitserial/Conversion/Ranges/ConstantEvaluator.h"
#include "bitserial/Conversion/StableHLO/StableHLO.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Matchers.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::bitserial;
using namespace mlir::bitserial::stablehlo;

//===----------------------------------------------------------------------===//
// Unrolling
//===----------------------------------------------------------------------===//

/// As many layers, and ops, as unrolled loops may have.
static constexpr int64_t kMaxUnrolledLayers = 64, kMaxUnrolledOps = 20000;

static RankedTensorType getTensor(Value value) {
  return cast<RankedTensorType>(value.getType());
}

/// What `value` is throughout the loop: outside of it, or carried unchanged.
static Value getInvariant(WhileOp loop, Value value) {
  auto argument = dyn_cast<BlockArgument>(value);
  if (!argument || argument.getOwner()->getParentOp() != loop)
    return value;
  unsigned number = argument.getArgNumber();
  Block &body = loop.getBody().front();
  return body.getTerminator()->getOperand(number) == body.getArgument(number)
             ? loop.getCarried()[number]
             : Value();
}

/// A scalar that is a constant integer of a type with a sign.
static std::optional<int64_t> getScalar(Value value) {
  DenseIntElementsAttr constant;
  if (!value || !matchPattern(value, m_Constant(&constant)) ||
      constant.getType().getRank() != 0 ||
      !constant.getElementType().isSignlessInteger() ||
      constant.getElementType().getIntOrFloatBitWidth() < 8)
    return std::nullopt;
  return constant.getSplatValue<APInt>().getSExtValue();
}

/// The number of iterations of a loop that counts up to a constant, as scan and
/// fori_loop of JAX do.
static std::optional<int64_t> getTripCount(WhileOp loop) {
  Block &cond = loop.getCond().front(), &body = loop.getBody().front();
  auto compare = cond.getTerminator()->getOperand(0).getDefiningOp<CompareOp>();
  if (!compare || compare.getComparisonDirection() != ComparisonDirection::LT)
    return std::nullopt;
  auto counter = dyn_cast<BlockArgument>(compare.getLhs());
  if (!counter || counter.getOwner() != &cond)
    return std::nullopt;
  unsigned number = counter.getArgNumber();
  auto add = body.getTerminator()->getOperand(number).getDefiningOp<AddOp>();
  if (!add || add.getLhs() != body.getArgument(number))
    return std::nullopt;
  std::optional<int64_t> first = getScalar(loop.getCarried()[number]),
                         limit =
                             getScalar(getInvariant(loop, compare.getRhs())),
                         step = getScalar(getInvariant(loop, add.getRhs()));
  // Numbers of fewer bits so that nothing overflows, in the loop or here.
  auto isShort = [](std::optional<int64_t> number) {
    return number && llvm::isInt<31>(*number);
  };
  if (!isShort(first) || !isShort(limit) || !isShort(step) || *step <= 0 ||
      getTensor(counter).getElementTypeBitWidth() < 32)
    return std::nullopt;
  return *limit <= *first ? 0 : llvm::divideCeil(*limit - *first, *step);
}

/// Whether the iterations are layers, and few enough.
static bool shouldUnroll(WhileOp loop, int64_t tripCount) {
  int64_t layers = 0, ops = 0;
  loop.getBody().walk([&](Operation *op) {
    ++ops;
    layers += isa<DotGeneralOp, ConvolutionOp>(op);
  });
  return tripCount == 0 ||
         (layers > 0 && tripCount <= kMaxUnrolledLayers / layers &&
          tripCount <= kMaxUnrolledOps / ops);
}

static void unroll(WhileOp loop, int64_t tripCount) {
  OpBuilder b(loop);
  SmallVector<Value> carried(loop.getCarried());
  Block &body = loop.getBody().front();
  for (int64_t i = 0; i < tripCount; ++i) {
    IRMapping mapping;
    mapping.map(body.getArguments(), carried);
    for (Operation &op : body.without_terminator())
      b.clone(op, mapping);
    for (auto [value, next] :
         llvm::zip_equal(carried, body.getTerminator()->getOperands()))
      value = mapping.lookupOrDefault(next);
  }
  loop.replaceAllUsesWith(carried);
  loop.erase();
}

/// Slices that begin at places that constants give, as those of the layers that
/// a loop went through, are made of just that part.
static void makeSlicesStatic(ModuleOp module) {
  ConstantEvaluator constants;
  SmallVector<std::pair<DynamicSliceOp, SmallVector<int64_t>>> slices;
  module.walk([&](DynamicSliceOp op) {
    SmallVector<int64_t> starts;
    for (auto [start, whole, size] : llvm::zip_equal(
             op.getStartIndices(), getTensor(op.getOperand()).getShape(),
             op.getSliceSizes())) {
      auto constant =
          dyn_cast_or_null<DenseIntElementsAttr>(constants.evaluate(start));
      if (!constant)
        return;
      APInt value = constant.getSplatValue<APInt>();
      bool isUnsigned = getTensor(start).getElementType().isUnsignedInteger();
      int64_t most = whole - size;
      starts.push_back(
          isUnsigned ? std::min<uint64_t>(value.getZExtValue(), most)
                     : std::clamp<int64_t>(value.getSExtValue(), 0, most));
    }
    slices.emplace_back(op, std::move(starts));
  });
  for (auto [op, starts] : slices) {
    SmallVector<int64_t> limits, ones(starts.size(), 1);
    for (auto [start, size] : llvm::zip_equal(starts, op.getSliceSizes()))
      limits.push_back(start + size);
    OpBuilder b(op);
    op.replaceAllUsesWith(SliceOp::create(b, op.getLoc(), op.getType(),
                                          op.getOperand(), starts, limits, ones)
                              .getResult());
    op.erase();
  }
}

//===----------------------------------------------------------------------===//
// Conversion to scf
//===----------------------------------------------------------------------===//

/// Replaces the terminator of a region.
template <typename YieldOp> static void yield(Region &region) {
  Operation *terminator = region.front().getTerminator();
  OpBuilder b(terminator);
  YieldOp::create(b, terminator->getLoc(), terminator->getOperands());
  terminator->erase();
}

static Value extractScalar(OpBuilder &b, Location loc, Value tensor) {
  return tensor::ExtractOp::create(b, loc, tensor, ValueRange());
}

static void convert(WhileOp op) {
  OpBuilder b(op);
  auto loop = scf::WhileOp::create(b, op.getLoc(), op.getResultTypes(),
                                   op.getCarried());
  loop.getBefore().takeBody(op.getCond());
  loop.getAfter().takeBody(op.getBody());
  yield<scf::YieldOp>(loop.getAfter());
  Operation *terminator = loop.getBefore().front().getTerminator();
  b.setInsertionPoint(terminator);
  Value condition =
      extractScalar(b, terminator->getLoc(), terminator->getOperand(0));
  scf::ConditionOp::create(b, terminator->getLoc(), condition,
                           loop.getBefore().getArguments());
  terminator->erase();
  op.replaceAllUsesWith(loop.getResults());
  op.erase();
}

static void convert(CaseOp op) {
  OpBuilder b(op);
  Location loc = op.getLoc();
  Value index = arith::IndexCastOp::create(
      b, loc, b.getIndexType(), extractScalar(b, loc, op.getIndex()));
  // The last branch is for all other numbers as well.
  SmallVector<int64_t> cases =
      llvm::to_vector(llvm::seq<int64_t>(0, op.getBranches().size() - 1));
  auto branches = scf::IndexSwitchOp::create(b, loc, op.getResultTypes(), index,
                                             cases, cases.size());
  for (auto [number, branch] : llvm::enumerate(op.getBranches())) {
    Region &region = number < cases.size() ? branches.getCaseRegions()[number]
                                           : branches.getDefaultRegion();
    region.takeBody(branch);
    yield<scf::YieldOp>(region);
  }
  op.replaceAllUsesWith(branches.getResults());
  op.erase();
}

static void convert(IfOp op) {
  OpBuilder b(op);
  Location loc = op.getLoc();
  auto branches = scf::IfOp::create(
      b, loc, op.getResultTypes(), extractScalar(b, loc, op.getPred()),
      /*addThenBlock=*/false, /*addElseBlock=*/false);
  branches.getThenRegion().takeBody(op.getThenRegion());
  branches.getElseRegion().takeBody(op.getElseRegion());
  yield<scf::YieldOp>(branches.getThenRegion());
  yield<scf::YieldOp>(branches.getElseRegion());
  op.replaceAllUsesWith(branches.getResults());
  op.erase();
}

//===----------------------------------------------------------------------===//
// Sorting
//===----------------------------------------------------------------------===//

/// The first elements of those that are sorted together with their places.
static void expand(chlo::TopKOp op) {
  OpBuilder b(op);
  Location loc = op.getLoc();
  RankedTensorType type = getTensor(op.getOperand());
  int64_t last = type.getRank() - 1;
  auto places = type.clone(b.getI32Type());
  Value iota = IotaOp::create(b, loc, places, last);
  auto sort = SortOp::create(b, loc, TypeRange{type, places},
                             ValueRange{op.getOperand(), iota}, last,
                             /*is_stable=*/true);
  Block &body = sort.getComparator().emplaceBlock();
  for (Type element : {type.getElementType(), places.getElementType()})
    for (unsigned i = 0; i < 2; ++i)
      body.addArgument(RankedTensorType::get({}, element), loc);
  b.setInsertionPointToStart(&body);
  auto order = isa<FloatType>(type.getElementType())
                   ? ComparisonType::TOTALORDER
                   : ComparisonType::NOTYPE;
  Value isBefore = CompareOp::create(
      b, loc, RankedTensorType::get({}, b.getI1Type()), body.getArgument(0),
      body.getArgument(1), ComparisonDirection::GT,
      ComparisonTypeAttr::get(op.getContext(), order));
  ReturnOp::create(b, loc, isBefore);
  b.setInsertionPoint(op);
  SmallVector<int64_t> starts(type.getRank(), 0), ones(type.getRank(), 1);
  for (auto [sorted, result] :
       llvm::zip_equal(sort.getResults(), op.getResults()))
    result.replaceAllUsesWith(
        SliceOp::create(b, loc, result.getType(), sorted, starts,
                        getTensor(result).getShape(), ones));
  op.erase();
}

void bitserial::expandTopK(ModuleOp module) {
  module.walk([](chlo::TopKOp op) { expand(op); });
}

void bitserial::lowerControlFlow(ModuleOp module) {
  // Inner loops come first.
  bool isUnrolled = false;
  module.walk([&](WhileOp loop) {
    std::optional<int64_t> tripCount = getTripCount(loop);
    if (!tripCount || !shouldUnroll(loop, *tripCount))
      return;
    unroll(loop, *tripCount);
    isUnrolled = true;
  });
  if (isUnrolled)
    makeSlicesStatic(module);
  module.walk([](Operation *op) {
    if (auto loop = dyn_cast<WhileOp>(op))
      convert(loop);
    else if (auto branches = dyn_cast<CaseOp>(op))
      convert(branches);
    else if (auto branches = dyn_cast<IfOp>(op))
      convert(branches);
  });
}

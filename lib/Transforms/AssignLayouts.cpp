//===- AssignLayouts.cpp - Layouts for contractions --------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/IR/Bitserial.h"
#include "bitserial/Target/Target.h"
#include "bitserial/Transforms/KernelCost.h"
#include "bitserial/Transforms/MicroTile.h"
#include "bitserial/Transforms/NumberKernel.h"
#include "bitserial/Transforms/Passes.h"
#include "bitserial/Transforms/ScheduleCost.h"
#include "bitserial/Transforms/Scheduling.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/IR/Remarks.h"
#include "llvm/Support/FormatVariadic.h"

namespace mlir::bitserial {
#define GEN_PASS_DEF_ASSIGNLAYOUTS
#include "bitserial/Transforms/Passes.h.inc"
} // namespace mlir::bitserial

using namespace mlir;
using namespace mlir::bitserial;

//===----------------------------------------------------------------------===//
// Loops of a contraction
//===----------------------------------------------------------------------===//

std::optional<unsigned> bitserial::getPackedLoop(ContractOp op) {
  // A request says what to pack along; otherwise choose. The verifier has seen
  // to it that requests fit the op and one another.
  if (auto lhs = op->getAttrOfType<LayoutAttr>(ContractOp::kLhsLayoutAttrName))
    return op.getLhsMap().getDimPosition(lhs.getPacked());
  if (auto rhs = op->getAttrOfType<LayoutAttr>(ContractOp::kRhsLayoutAttrName))
    return op.getRhsMap().getDimPosition(rhs.getPacked());
  std::optional<unsigned> best;
  SmallVector<int64_t> ranges = op.getLoopRanges();
  for (unsigned dim = 0; dim < ranges.size(); ++dim)
    if (op.isPackable(dim) && (!best || ranges[dim] > ranges[*best]))
      best = dim;
  return best;
}

/// Gives `value` a trailing dimension of size 1.
static Value addUnitDim(OpBuilder &b, Location loc, Value value) {
  auto type = cast<RankedTensorType>(value.getType());
  SmallVector<int64_t> shape(type.getShape());
  shape.push_back(1);
  SmallVector<ReassociationIndices> groups;
  for (int64_t dim = 0; dim < type.getRank(); ++dim)
    groups.push_back({dim});
  if (groups.empty())
    return tensor::ExpandShapeOp::create(
        b, loc, RankedTensorType::get(shape, type.getElementType()), value,
        groups);
  groups.back().push_back(type.getRank());
  return tensor::ExpandShapeOp::create(
      b, loc, RankedTensorType::get(shape, type.getElementType()), value,
      groups);
}

/// Adds a reduction dimension of size 1 to pack along.
static ContractOp addUnitReduction(RewriterBase &b, ContractOp op) {
  Location loc = op.getLoc();
  unsigned numLoops = op.getNumLoops();
  SmallVector<AffineMap> maps;
  for (AffineMap map : {op.getLhsMap(), op.getRhsMap(), op.getResultMap()}) {
    SmallVector<AffineExpr> exprs(map.getResults());
    if (maps.size() < 2)
      exprs.push_back(b.getAffineDimExpr(numLoops));
    maps.push_back(AffineMap::get(numLoops + 1, 0, exprs, b.getContext()));
  }
  SmallVector<int64_t> low = op.getLhsPadLow(), high = op.getLhsPadHigh();
  low.push_back(0);
  high.push_back(0);
  auto result = ContractOp::create(
      b, loc, op.getType(), addUnitDim(b, loc, op.getLhs()),
      addUnitDim(b, loc, op.getRhs()), b.getAffineMapArrayAttr(maps),
      b.getDenseI64ArrayAttr(low), b.getDenseI64ArrayAttr(high));
  result->setDiscardableAttrs(op->getDiscardableAttrDictionary());
  b.replaceOp(op, result);
  return result;
}

/// Has `op` read a slice of its lhs without the positions that its strides
/// skip, so that they are not packed: three quarters of them for a 1x1 filter
/// with stride 2. Values that are computed and packed tile by tile stay as they
/// are.
static void skipUnreadPositions(RewriterBase &b, ContractOp op) {
  Value lhs = op.getLhs();
  if (isa_and_nonnull<ConstantOp, EncodeOp, UnpackOp>(lhs.getDefiningOp()))
    return;
  SmallVector<int64_t> ranges = op.getLoopRanges();
  SmallVector<int64_t> low = op.getLhsPadLow(), high = op.getLhsPadHigh();
  auto type = cast<RankedTensorType>(lhs.getType());
  SmallVector<int64_t> offsets(type.getRank(), 0), sizes(type.getShape()),
      strides(type.getRank(), 1);
  SmallVector<AffineExpr> exprs(op.getLhsMap().getResults());
  // Loops that run once add nothing.
  SmallVector<AffineExpr> steps;
  for (auto [dim, range] : llvm::enumerate(ranges))
    steps.push_back(range == 1 ? b.getAffineConstantExpr(0)
                               : b.getAffineDimExpr(dim));
  for (auto [pos, expr] : llvm::enumerate(exprs)) {
    AffineExpr index =
        simplifyAffineExpr(expr.replaceDims(steps), op.getNumLoops(), 0);
    auto product = dyn_cast<AffineBinaryOpExpr>(index);
    auto dim = product ? dyn_cast<AffineDimExpr>(product.getLHS()) : nullptr;
    auto stride =
        product ? dyn_cast<AffineConstantExpr>(product.getRHS()) : nullptr;
    if (!dim || !stride || product.getKind() != AffineExprKind::Mul ||
        low[pos] || high[pos])
      continue;
    strides[pos] = stride.getValue();
    sizes[pos] = ranges[dim.getPosition()];
    // The others stay: a reduction has to index both operands.
    AffineExpr positions = dim;
    for (auto [other, range] : llvm::enumerate(ranges))
      if (range == 1 && expr.isFunctionOfDim(other))
        positions = positions + b.getAffineDimExpr(other);
    expr = positions;
  }
  if (llvm::all_of(strides, [](int64_t stride) { return stride == 1; }))
    return;
  auto sliceType = RankedTensorType::get(sizes, type.getElementType());
  Value slice = tensor::ExtractSliceOp::create(
      b, op.getLoc(), sliceType, lhs, ValueRange(), ValueRange(), ValueRange(),
      offsets, sizes, strides);
  AffineMap maps[] = {
      AffineMap::get(op.getNumLoops(), 0, exprs, b.getContext()),
      op.getRhsMap(), op.getResultMap()};
  b.modifyOpInPlace(op, [&] {
    op.getLhsMutable().assign(slice);
    op.setIndexingMapsAttr(b.getAffineMapArrayAttr(maps));
  });
}

//===----------------------------------------------------------------------===//
// Choice of layouts
//===----------------------------------------------------------------------===//

/// The kernel that the context's KernelSource has for `op` with words of `word`
/// bits; nullopt if there is none.
static std::optional<Kernel> findKernel(ContractOp op, unsigned word,
                                        bool lanesAreReduction,
                                        const Target &target) {
  KernelSource *source = KernelSource::get(op.getContext());
  if (!source)
    return std::nullopt;
  NumberFormat lhs = op.getLhsElementType().getFormat(),
               rhs = op.getRhsElementType().getFormat();
  auto spec = KernelSpec::get(lhs, rhs, word, lanesAreReduction);
  std::optional<Kernel> kernel = source->find(spec.first, target);
  int64_t lanes = target.vectorBits() / word;
  if (!kernel || kernel->wordType().getNumElements() != lanes)
    return std::nullopt;
  // Is the sum long enough for it? The innermost reduction is packed.
  std::optional<unsigned> packedLoop = getPackedLoop(op);
  uint64_t positions = 1;
  for (auto [dim, range, iterator] :
       llvm::enumerate(op.getLoopRanges(), op.getIteratorTypes())) {
    if (iterator != utils::IteratorType::reduction)
      continue;
    uint64_t count = range;
    if (packedLoop == dim)
      count = llvm::divideCeil(count, uint64_t(word));
    if (packedLoop == dim && lanesAreReduction)
      count = llvm::divideCeil(count, uint64_t(lanes));
    positions *= count;
  }
  if (!paysOff(*kernel, positions, target))
    return std::nullopt;
  return kernel;
}

/// The width of words that suits the target and wastes few bits on `op`.
static unsigned chooseWordBits(ContractOp op, int64_t packedRange,
                               const Target &target) {
  unsigned word = target.preferredWordBits();
  SmallVector<int64_t> ranges = op.getLoopRanges();
  // Narrower words where the dimension does not fill one.
  while (word > 8 && packedRange <= word / 2)
    word /= 2;
  if (word != 16)
    return word;
  // 16-bit lanes only as long as no sum overflows them: those of the reference
  // lowering have the width of the words.
  int64_t positions = 1;
  for (auto [range, iterator] : llvm::zip_equal(ranges, op.getIteratorTypes()))
    if (iterator == utils::IteratorType::reduction)
      positions *= range;
  int64_t perPosition =
      ((int64_t(1) << op.getLhsElementType().getWidth()) - 1) *
      ((int64_t(1) << op.getRhsElementType().getWidth()) - 1);
  bool fits = positions * perPosition <= INT16_MAX;
  if (fits || findKernel(op, word, /*lanesAreReduction=*/false, target))
    return word;
  return 32;
}

/// Whether what is computed from the result of `op`, position by position, is
/// packed, for another contraction for instance.
static bool isResultPacked(ContractOp op) {
  Value value = op.getResult();
  while (value.hasOneUse()) {
    Operation *user = *value.getUsers().begin();
    if (isa<EncodeOp>(user))
      return true;
    auto linalgOp = dyn_cast<linalg::LinalgOp>(user);
    bool isElementwise =
        linalgOp ? linalgOp.getNumLoops() == linalgOp.getNumParallelLoops()
                 : OpTrait::hasElementwiseMappableTraits(user);
    if (!isElementwise || user->getNumResults() != 1)
      return false;
    value = user->getResult(0);
  }
  return false;
}

namespace {
/// What lanes run along, and how many vectors of them a micro-tile has.
struct LanePlan {
  unsigned word;
  bool lanesAreReduction = false; ///< Otherwise along `laneLoop`, if any.
  bool useGroups = false;         ///< `laneLoop` is one of both operands.
  std::optional<unsigned> laneLoop;
  int64_t lanes;
  MicroTile tile; ///< `vectors` is the width of the weights' inner tile.
  /// The tile for loops, as long sums need them: what the model of cost knows.
  MicroTile loopTile;
  /// Positions along the micro-tile's rows, and of `laneLoop`.
  int64_t rows = 1, laneRange = 1;
  /// Set if words hold whole numbers rather than bits.
  std::optional<NumberTypes> numbers;
};
} // namespace

/// What the model says of `plan`.
static double estimate(ScheduleCost &cost, const LanePlan &plan) {
  ScheduleChoice choice;
  choice.word = plan.word;
  choice.lanesAreReduction = plan.lanesAreReduction;
  choice.rows = plan.loopTile.rows;
  choice.vectors = plan.loopTile.vectors;
  choice.numbers = plan.numbers.has_value();
  return cost.estimate(choice) + cost.estimateMemory(choice);
}

/// The types of numbers where a request for one operand, or for both, has some.
static std::optional<NumberTypes> getRequestedNumbers(ContractOp op,
                                                      LayoutAttr lhs,
                                                      LayoutAttr rhs,
                                                      const Target &target) {
  IntegerType lhsType = lhs ? lhs.getNumbers() : IntegerType(),
              rhsType = rhs ? rhs.getNumbers() : IntegerType();
  if (!lhsType && !rhsType)
    return std::nullopt;
  NumberTypes types =
      chooseNumberTypes(op.getContext(), op.getLhsElementType().getFormat(),
                        op.getRhsElementType().getFormat(), target);
  unsigned width = (lhsType ? lhsType : rhsType).getWidth();
  if (types.lhs.getWidth() != width) {
    auto type = IntegerType::get(op.getContext(), width, IntegerType::Signed);
    types = {type, type};
  }
  return NumberTypes{lhsType ? lhsType : types.lhs,
                     rhsType ? rhsType : types.rhs};
}

/// The plan with whole numbers in words, if `choice` asks for it or the model
/// of cost finds it better than `planes`.
static std::optional<LanePlan>
planNumbers(ContractOp op, const LanePlan &planes, ScheduleCost &cost,
            const Target &target, const LayoutChoice &choice) {
  constexpr unsigned kWord = 32;
  if (planes.lanesAreReduction || planes.useGroups || !planes.laneLoop ||
      choice.word.value_or(kWord) != kWord || !choice.numbers.value_or(true))
    return std::nullopt;
  NumberFormat lhs = op.getLhsElementType().getFormat(),
               rhs = op.getRhsElementType().getFormat();
  LanePlan plan = planes;
  plan.word = kWord;
  plan.numbers = chooseNumberTypes(op.getContext(), lhs, rhs, target);
  plan.lanes = std::min<int64_t>(target.vectorBits() / kWord,
                                 llvm::PowerOf2Ceil(plan.laneRange));
  KernelSpec spec = getNumberSpec(lhs, rhs, *plan.numbers, kWord);
  plan.tile = plan.loopTile =
      chooseMicroTile(plan.rows, llvm::divideCeil(plan.laneRange, plan.lanes),
                      target, std::nullopt, getNumberTile(spec, target));
  if (choice.numbers || estimate(cost, plan) < estimate(cost, planes))
    return plan;
  return std::nullopt;
}

/// The plan with bits in words of `word` bits, see planLanes().
static LanePlan planPlanes(ContractOp op, std::optional<unsigned> packedLoop,
                           unsigned word, LayoutAttr lhs, LayoutAttr rhs,
                           const Target &target, const LayoutChoice &choice) {
  MLIRContext *context = op.getContext();
  SmallVector<int64_t> ranges = op.getLoopRanges();
  AffineMap lhsMap = op.getLhsMap(), rhsMap = op.getRhsMap();
  int64_t packedRange = packedLoop ? ranges[*packedLoop] : 1;
  LanePlan plan;
  plan.word = word;

  // Lanes run along outputs that only the weights distinguish, or, where those
  // are few, along groups, which both operands have.
  std::optional<unsigned> outputs, groups;
  int64_t &rows = plan.rows;
  for (auto [dim, range, iterator] :
       llvm::enumerate(ranges, op.getIteratorTypes())) {
    if (iterator != utils::IteratorType::parallel)
      continue;
    bool inLhs = lhsMap.isFunctionOfDim(dim),
         inRhs = rhsMap.isFunctionOfDim(dim);
    if (inRhs && !inLhs && (!outputs || range > ranges[*outputs]))
      outputs = dim;
    bool plainInLhs =
        lhsMap.getResultPosition(getAffineDimExpr(dim, context)).has_value();
    if (inRhs && plainInLhs && (!groups || range > ranges[*groups]))
      groups = dim;
    if (!inRhs && range > 1)
      rows = range;
  }
  int64_t vectorLanes = target.vectorBits() / plan.word;
  int64_t numOutputs = outputs ? ranges[*outputs] : 1;
  plan.lanesAreReduction =
      !lhs && !rhs && choice.lanesAreReduction.value_or(false);
  plan.useGroups = groups && !lhs && !rhs && !plan.lanesAreReduction &&
                   numOutputs * 4 <= vectorLanes &&
                   ranges[*groups] >= 2 * numOutputs;
  plan.laneLoop = plan.useGroups ? groups : outputs;

  int64_t &laneRange = plan.laneRange;
  if (plan.laneLoop)
    laneRange = ranges[*plan.laneLoop];
  plan.lanes = std::min<int64_t>(vectorLanes, llvm::PowerOf2Ceil(laneRange));
  std::optional<Kernel> kernel;
  if (plan.lanes == vectorLanes)
    kernel = findKernel(op, plan.word, /*lanesAreReduction=*/false, target);
  ContractionSizes sizes = getSizes(op);
  auto getSumShape = [&](bool lanesAreReduction) {
    SumShape sums{sizes.lhsBits, sizes.rhsBits};
    int64_t words = llvm::divideCeil(packedRange, int64_t(plan.word));
    if (lanesAreReduction)
      words = llvm::divideCeil(words, vectorLanes);
    sums.areAcrossLanes = lanesAreReduction;
    sums.positions = words * sizes.taps;
    sums.weightBytes =
        sums.positions * sums.rhsPlanes * target.vectorBits() / 8;
    // The words that the next contraction prefers are not known yet: as these.
    if (!lanesAreReduction && isResultPacked(op))
      sums.wordVectors = llvm::divideCeil(int64_t(plan.word), plan.lanes);
    return sums;
  };
  auto tileOf =
      [](const std::optional<Kernel> &kernel) -> std::optional<MicroTile> {
    if (!kernel)
      return std::nullopt;
    return MicroTile{kernel->tileRows, kernel->tileVectors};
  };
  plan.tile = chooseMicroTile(rows, llvm::divideCeil(laneRange, plan.lanes),
                              target, std::nullopt, tileOf(kernel),
                              getSumShape(/*lanesAreReduction=*/false));
  plan.loopTile = chooseMicroTile(rows, llvm::divideCeil(laneRange, plan.lanes),
                                  target, std::nullopt, tileOf(kernel));
  // Reduction across lanes where the kernel for it is faster, partial vectors
  // included.
  if (kernel && !lhs && !rhs && !plan.useGroups && !choice.lanesAreReduction &&
      !choice.vectors) {
    auto across = findKernel(op, plan.word, /*lanesAreReduction=*/true, target);
    int64_t words = llvm::divideCeil(packedRange, int64_t(plan.word));
    double outputsCycles =
        kernel->cycles * llvm::divideCeil(laneRange, plan.lanes) * words;
    double acrossCycles = across ? across->cycles * laneRange *
                                       llvm::divideCeil(words, vectorLanes)
                                 : 0;
    if (across && words > vectorLanes / 2 && acrossCycles < outputsCycles) {
      // The cycles are those of the loops alone. Sums across lanes also take
      // instructions to finish, which are most of a short one, and loads.
      ScheduleCost cost(op, target);
      ScheduleChoice choice;
      choice.word = plan.word;
      choice.rows = plan.tile.rows;
      choice.vectors = plan.tile.vectors;
      double outputsCost = cost.estimate(choice);
      MicroTile tile = chooseMicroTile(rows, numOutputs, target, std::nullopt,
                                       tileOf(across), getSumShape(true));
      choice.lanesAreReduction = true;
      choice.rows = tile.rows;
      choice.vectors = tile.vectors;
      // Estimates that are as close as this say nothing.
      constexpr double kClose = 0.995;
      plan.lanesAreReduction = cost.estimate(choice) < kClose * outputsCost;
    }
  }
  if (plan.lanesAreReduction)
    plan.tile = plan.loopTile = chooseMicroTile(
        rows, numOutputs, target, std::nullopt,
        tileOf(findKernel(op, plan.word, /*lanesAreReduction=*/true, target)),
        getSumShape(/*lanesAreReduction=*/true));
  return plan;
}

/// The plan with words of 8 bits, where the model of cost finds it much better
/// than `usual`. AVX2 counts the ones of bytes, by a table; those of a wider
/// word then have to be added up, which is saved where a byte holds the sum.
/// Nor do narrow words need as much padding.
static std::optional<LanePlan> planBytes(ContractOp op, unsigned packedLoop,
                                         const LanePlan &usual,
                                         ScheduleCost &cost,
                                         const Target &target,
                                         const LayoutChoice &choice) {
  constexpr unsigned kByte = 8;
  // Elsewhere, and of several pairs of planes, what is measured differs too
  // much from the model.
  ContractionSizes sizes = getSizes(op);
  if (!target.hasFeature("avx2") || target.vectorBits() != 256 ||
      target.hasVectorPopcount(kByte) || sizes.lhsBits * sizes.rhsBits != 1)
    return std::nullopt;
  if (choice.word || choice.vectors || choice.lanesAreReduction ||
      !usual.laneLoop || usual.useGroups)
    return std::nullopt;
  // Sums of one word of 16 bits are too short for the model: measured, 6 %
  // slower to 80 % faster with bytes.
  if (usual.word <= 2 * kByte)
    return std::nullopt;
  // LLVM unrolls the packing of few values, sees which bits of it a byte takes,
  // and has them gathered one by one; measured, of up to 60 vectors.
  constexpr int64_t kMinVectors = 64;
  int64_t values = sizes.positions * sizes.packed * sizes.groups;
  if (values < kMinVectors * (target.vectorBits() / 8))
    return std::nullopt;
  LanePlan plan = planPlanes(op, packedLoop, kByte, {}, {}, target, choice);
  // Where they differ by less, the model does not know which one is faster.
  constexpr double kMuchBetter = 0.8;
  if (plan.useGroups ||
      estimate(cost, plan) >= kMuchBetter * estimate(cost, usual))
    return std::nullopt;
  return plan;
}

/// Plans for a contraction that is packed along `packedLoop` (nullopt: along a
/// new dimension of size 1); `lhs` and `rhs` are requests (or null).
static LanePlan planLanes(ContractOp op, std::optional<unsigned> packedLoop,
                          LayoutAttr lhs, LayoutAttr rhs, const Target &target,
                          const LayoutChoice &choice) {
  int64_t packedRange = packedLoop ? op.getLoopRanges()[*packedLoop] : 1;
  unsigned word =
      rhs   ? rhs.getWord()
      : lhs ? lhs.getWord()
            : choice.word.value_or(chooseWordBits(op, packedRange, target));
  LanePlan plan = planPlanes(op, packedLoop, word, lhs, rhs, target, choice);
  if (lhs || rhs) {
    plan.numbers = getRequestedNumbers(op, lhs, rhs, target);
  } else if (packedLoop) {
    ScheduleCost cost(op, target);
    if (std::optional<LanePlan> bytes =
            planBytes(op, *packedLoop, plan, cost, target, choice))
      plan = *bytes;
    if (auto numbers = planNumbers(op, plan, cost, target, choice))
      plan = *numbers;
  }
  if (choice.vectors)
    plan.tile.vectors = *choice.vectors;
  return plan;
}

DefaultChoices bitserial::chooseDefaults(ContractOp op, const Target &target) {
  LanePlan plan = planLanes(op, getPackedLoop(op), {}, {}, target, {});
  DefaultChoices result;
  result.layouts.word = plan.word;
  result.layouts.numbers = plan.numbers.has_value();
  result.layouts.lanesAreReduction = plan.lanesAreReduction;
  result.layouts.vectors = plan.tile.vectors;
  result.layouts.planesOutermost = false;
  result.rows = plan.tile.rows;
  return result;
}

/// The layouts of both operands, where `lhs` and `rhs` are requests (or null).
static OperandLayouts chooseLayouts(ContractOp op, unsigned packedLoop,
                                    LayoutAttr lhs, LayoutAttr rhs,
                                    const Target &target,
                                    const LayoutChoice &choice) {
  MLIRContext *context = op.getContext();
  AffineMap lhsMap = op.getLhsMap(), rhsMap = op.getRhsMap();
  auto positionIn = [&](AffineMap map, unsigned loop) -> int64_t {
    return *map.getResultPosition(getAffineDimExpr(loop, context));
  };
  LanePlan plan = planLanes(op, packedLoop, lhs, rhs, target, choice);

  if (!rhs) {
    SmallVector<int64_t> positions, tiles;
    if (lhs && lhs.getInnerTile(lhs.getPacked()) > 1) {
      // Reduction across lanes, as the request for the lhs has it.
      positions = {positionIn(rhsMap, packedLoop)};
      tiles = {lhs.getInnerTile(lhs.getPacked())};
    } else if (plan.lanesAreReduction) {
      positions = {positionIn(rhsMap, packedLoop)};
      int64_t words =
          llvm::divideCeil(op.getLoopRanges()[packedLoop], int64_t(plan.word));
      tiles = {std::min<int64_t>(target.vectorBits() / plan.word,
                                 llvm::PowerOf2Ceil(words))};
    } else if (plan.laneLoop) {
      positions = {positionIn(rhsMap, *plan.laneLoop)};
      tiles = {plan.tile.vectors * plan.lanes};
    }
    int64_t planes =
        choice.planesOutermost.value_or(false) ? 0 : rhsMap.getNumResults();
    rhs = LayoutAttr::get(context, positionIn(rhsMap, packedLoop), plan.word,
                          positions, tiles, {}, planes,
                          plan.numbers ? plan.numbers->rhs : IntegerType());
  }
  if (!lhs) {
    SmallVector<int64_t> positions, tiles, permutation;
    if (int64_t packedTile = rhs.getInnerTile(rhs.getPacked());
        packedTile > 1) {
      positions = {positionIn(lhsMap, packedLoop)};
      tiles = {packedTile};
    }
    // Lanes along groups: the group innermost, so that it is read as a vector.
    if (plan.useGroups) {
      int64_t group = positionIn(lhsMap, *plan.laneLoop);
      for (unsigned dim = 0; dim < lhsMap.getNumResults(); ++dim)
        if (int64_t(dim) != group)
          permutation.push_back(dim);
      permutation.push_back(group);
    }
    lhs = LayoutAttr::get(context, positionIn(lhsMap, packedLoop), plan.word,
                          positions, tiles, permutation, 0,
                          plan.numbers ? plan.numbers->lhs : IntegerType());
  }
  return {lhs, rhs};
}

/// Refuses what no contraction, or not this one, can have.
static LogicalResult checkChoice(ContractOp op,
                                 std::optional<unsigned> packedLoop,
                                 const Target &target,
                                 const LayoutChoice &choice) {
  if (choice.word && !llvm::is_contained({8, 16, 32, 64}, *choice.word))
    return op.emitOpError() << "cannot be packed in words of " << *choice.word
                            << " bits; they have 8, 16, 32 or 64";
  if (choice.numbers.value_or(false) &&
      (!packedLoop ||
       !planLanes(op, packedLoop, {}, {}, target, choice).numbers))
    return op.emitOpError("cannot hold whole numbers in its words: these have "
                          "32 bits then, lanes are outputs, and a reduction "
                          "is packed");
  constexpr int64_t kMaxVectors = 1 << 20;
  if (choice.vectors && (*choice.vectors < 1 || *choice.vectors > kMaxVectors))
    return op.emitOpError()
           << "cannot have weights in tiles of " << *choice.vectors
           << " vectors; there are 1 to 2^20 of them";
  if (!choice.lanesAreReduction.value_or(false))
    return success();
  int64_t word = choice.word.value_or(0);
  if (!packedLoop)
    return op.emitOpError("has no reduction that lanes can run along");
  if (int64_t range = op.getLoopRanges()[*packedLoop]; word && range <= word)
    return op.emitOpError() << "has a reduction of " << range
                            << ", which is not more than one word of " << word
                            << " bits: lanes cannot run along it";
  return success();
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

static Value pack(OpBuilder &b, Location loc,
                  TypedValue<RankedTensorType> value, LayoutAttr layout) {
  RankedTensorType type = value.getType();
  auto packed =
      RankedTensorType::get(type.getShape(), type.getElementType(), layout);
  return PackOp::create(b, loc, packed, value);
}

static std::string attrText(Attribute attr) {
  std::string text;
  llvm::raw_string_ostream(text) << attr;
  return text;
}

FailureOr<ContractOp> bitserial::assignLayouts(RewriterBase &b, ContractOp op,
                                               const Target &target,
                                               const LayoutChoice &choice) {
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPoint(op);
  auto lhs = op->getAttrOfType<LayoutAttr>(ContractOp::kLhsLayoutAttrName);
  auto rhs = op->getAttrOfType<LayoutAttr>(ContractOp::kRhsLayoutAttrName);
  std::optional<unsigned> packedLoop = getPackedLoop(op);
  if (failed(checkChoice(op, packedLoop, target, choice)))
    return failure();
  if (!packedLoop) {
    op = addUnitReduction(b, op);
    b.setInsertionPoint(op);
    packedLoop = op.getNumLoops() - 1;
  }

  skipUnreadPositions(b, op);
  OperandLayouts layouts =
      chooseLayouts(op, *packedLoop, lhs, rhs, target, choice);
  remark::analysis(op.getLoc(),
                   remark::RemarkOpts::name("layout").category("bitserial"))
      << llvm::formatv("layouts: lhs {0}, rhs {1}{2}", attrText(layouts.lhs),
                       attrText(layouts.rhs),
                       lhs || rhs ? " (as requested)" : "")
             .str();

  // In place, so that users and attributes stay.
  Value packedLhs = pack(b, op.getLoc(), op.getLhs(), layouts.lhs);
  if (Attribute packing = op->removeDiscardableAttr(kPackingAttrName))
    packedLhs.getDefiningOp()->setDiscardableAttr(kPackingAttrName, packing);
  Value packedRhs = pack(b, op.getLoc(), op.getRhs(), layouts.rhs);
  b.modifyOpInPlace(op, [&] {
    op.getLhsMutable().assign(packedLhs);
    op.getRhsMutable().assign(packedRhs);
    op->removeDiscardableAttr(ContractOp::kLhsLayoutAttrName);
    op->removeDiscardableAttr(ContractOp::kRhsLayoutAttrName);
  });
  return op;
}

/// Moves `pack`, and the ops that only reshape, slice or encode what it packs,
/// to where that is computed: words take less memory until they are used.
static void moveToSource(PackOp pack) {
  SmallVector<Operation *> chain = {pack};
  Value source = pack.getSource();
  while (Operation *op = source.getDefiningOp()) {
    if (!isa<EncodeOp, tensor::ExtractSliceOp, tensor::CollapseShapeOp,
             tensor::ExpandShapeOp>(op) ||
        op->getNumOperands() != 1)
      break;
    chain.push_back(op);
    source = op->getOperand(0);
  }
  Operation *producer = source.getDefiningOp();
  if (!producer || producer->getBlock() != pack->getBlock())
    return;
  for (Operation *op : llvm::reverse(chain)) {
    if (op->getBlock() != producer->getBlock())
      return;
    // What others use as well is there already, or moves up with its operand.
    if (producer->isBeforeInBlock(op))
      op->moveAfter(producer);
    producer = op;
  }
}

namespace {
struct AssignLayoutsPass
    : bitserial::impl::AssignLayoutsBase<AssignLayoutsPass> {
  void runOnOperation() override {
    FailureOr<Target> target = getTarget(getOperation());
    if (failed(target))
      return signalPassFailure();
    SmallVector<ContractOp> ops;
    getOperation().walk([&](ContractOp op) {
      if (!op.getLhsLayout())
        ops.push_back(op);
    });
    IRRewriter rewriter(&getContext());
    for (ContractOp op : ops)
      if (failed(assignLayouts(rewriter, op, *target)))
        return signalPassFailure();
    getOperation().walk([](PackOp pack) { moveToSource(pack); });
  }
};
} // namespace

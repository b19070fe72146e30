//===- KernelEmission.cpp - Kernels as loops over a micro-tile ------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Transforms/KernelEmission.h"
#include "Epilogue.h"
#include "KernelSchedule.h"
#include "StepPlanes.h"
#include "bitserial/Transforms/BitPlanes.h"
#include "bitserial/Transforms/Passes.h"
#include "bitserial/Transforms/VectorEvaluator.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/IRMapping.h"

using namespace mlir;
using namespace mlir::bitserial;

/// Values whose bits are taken together when results are packed: as many as
/// emitPlaneBytes takes, and at least as few as it does on all targets.
static constexpr int64_t kMaxPackedLanes = 64, kMinPackedLanes = 16;

//===----------------------------------------------------------------------===//
// The micro-tile
//===----------------------------------------------------------------------===//

/// The reductions of `op`, in the order of its loops.
static SmallVector<ReductionLoop> getReductionLoops(ReduceOp op,
                                                    const LaneMapping &lanes) {
  SmallVector<ReductionLoop> loops;
  for (auto [dim, range, iterator] :
       llvm::enumerate(op.getLoopRanges(), op.getLoopIteratorTypes())) {
    if (iterator != utils::IteratorType::reduction)
      continue;
    int64_t step = dim == lanes.dim ? lanes.numLanes : 1;
    loops.push_back(
        {unsigned(dim), step, uint64_t(range / step), range % step != 0});
  }
  return loops;
}

int64_t bitserial::getNumPositions(ReduceOp op, const LaneMapping &lanes) {
  int64_t positions = 1;
  for (const ReductionLoop &loop : getReductionLoops(op, lanes))
    if (llvm::MulOverflow(positions, int64_t(loop.numIterations()), positions))
      return INT64_MAX;
  return positions;
}

bool bitserial::canEmitKernel(ReduceOp op, const LaneMapping &lanes,
                              const Kernel &kernel) {
  // Words that lanes do not share: those of groups, for instance.
  if (kernel.sharedWords)
    for (unsigned input = 0; input + 1 < op.getInputs().size(); ++input)
      if (op.getInputMap(input).isFunctionOfDim(lanes.dim))
        return false;
  return getNumAccumulators(op, lanes).has_value() &&
         llvm::none_of(op.getLoopRanges(), ShapedType::isDynamic) &&
         kernel.wordType().getNumElements() == lanes.numLanes &&
         (!kernel.maxPositions ||
          getNumPositions(op, lanes) <= *kernel.maxPositions);
}

/// What runs along the lanes of the sums, as a kernel's @finish makes them:
/// outputs, or those of a group, if all groups are whole and their outputs
/// follow each other. Nullopt if sums are scalars.
static std::optional<LaneMapping>
getSumLanes(ReduceOp op, const LaneMapping &lanes, const Kernel *kernel) {
  if (!lanes.isReduction)
    return lanes;
  AffineMap map = op.getInitMap();
  if (!kernel || kernel->group == 1 || map.getNumResults() == 0)
    return std::nullopt;
  unsigned dim = cast<AffineDimExpr>(map.getResults().back()).getPosition();
  if (op.getLoopRanges()[dim] % kernel->group)
    return std::nullopt;
  return LaneMapping{dim, int64_t(kernel->group), false};
}

/// Whether the words of `pack`, which takes what is computed from the sums of
/// `op`, can be put together from vectors along `sumLanes`: the lanes are what
/// is packed.
static bool canPackInRegisters(ReduceOp op,
                               const std::optional<LaneMapping> &sumLanes,
                               PackWordsOp pack) {
  return sumLanes && sumLanes->numLanes <= kMaxPackedLanes &&
         !pack.getLayout().getNumbers() &&
         pack.getValues().getType().hasStaticShape() &&
         cast<AffineDimExpr>(
             op.getInitMap().getResult(pack.getLayout().getPacked()))
                 .getPosition() == sumLanes->dim;
}

//===----------------------------------------------------------------------===//
// Emission
//===----------------------------------------------------------------------===//

namespace {
class KernelEmitter {
public:
  KernelEmitter(OpBuilder &b, ReduceOp op, const LaneMapping &lanes,
                const Kernel *kernel, int64_t factor,
                linalg::GenericOp epilogue, PackWordsOp pack)
      : b(b), op(op), epilogue(epilogue), pack(pack), loc(op.getLoc()),
        lanes(lanes), sumLanes(getSumLanes(op, lanes, kernel)), kernel(kernel),
        factor(factor), ranges(op.getLoopRanges()),
        iterators(op.getLoopIteratorTypes()),
        loops(getReductionLoops(op, lanes)) {}

  /// Emits the reduce and, if there is one, its epilogue; returns what takes
  /// the place of the last one's result.
  Value emit();

private:
  using Indices = SmallVector<OpFoldResult>;
  /// The states of all accumulators, one after the other.
  using States = SmallVector<Value>;

  void enumerateOutputs();
  /// The results of `function` for `operands`, its body cloned.
  SmallVector<Value> clone(func::FuncOp function, ValueRange operands);
  /// Makes the factors of products in the kernel's functions values that LLVM
  /// knows nothing of: it would replace those by powers of two by shifts, which
  /// take an instruction more than a product that is added to something.
  void hideFactors();
  /// `function` from state to state, for every accumulator.
  void apply(func::FuncOp function, States &states);

  /// Runs all passes and returns the sums: vectors along `sumLanes`, or a
  /// scalar for each accumulator.
  SmallVector<Value> emitSums();

  /// One pass; see PassSchedule. Loops from `level` on, at the indices `at` of
  /// those before. Counters have room for all of it, or are zero and flushed
  /// in between; those of the last one may stay as they are if `isLast`.
  void emitLevel(unsigned level, Indices &at, States &states, bool isLast);
  /// Trips `first` to `first + count` of loop `level`.
  void emitTrips(unsigned level, OpFoldResult first, uint64_t count,
                 Indices &at, States &states);
  /// The iterations of loop `level` that are left over after its trips.
  void emitRest(unsigned level, Indices &at, States &states, bool isLast);
  /// A loop of `count` times `step` from `start`; `body` gets the index. No
  /// loop if it is once.
  void emitLoop(OpFoldResult start, uint64_t count, int64_t step,
                States &states,
                function_ref<void(OpFoldResult, States &)> body);
  /// `count` iterations of the loop at the schedule's depth, from where `at`
  /// says, and of all inside it, without loops. Counters have room for it, or
  /// are zero and flushed where they would not.
  void emitBody(uint64_t count, const Indices &at, States &states);
  void emitStep(const KernelStep &step, ArrayRef<Indices> positions,
                States &states);

  /// The sums, finished, with what the destination starts from and the
  /// epilogue, in place of the result of `op` or the epilogue.
  Value store(ArrayRef<Value> sums);
  /// Writes what the epilogue makes of the sums, packed, row by row; `points`
  /// are the first outputs of the vectors `totals`.
  Value storePacked(ArrayRef<LanePoint> points, ArrayRef<Value> totals);
  Value concatenate(ArrayRef<Value> parts);
  /// Writes the words of the bits of `count` values of a row, one vector of
  /// bytes per plane, at most kMaxPackedLanes and from the beginning of a word
  /// on.
  Value storeWords(ArrayRef<Value> planes, int64_t count,
                   SmallVector<int64_t> firstValue, Value dest);
  /// What the epilogue makes of the sums of one vector: `results`, values of
  /// its body.
  SmallVector<Value> evaluateEpilogue(Value sum, const LanePoint &point,
                                      ArrayRef<Value> results);
  /// `sum` times the magnitude of `factor`.
  Value scale(Value sum);

  OpBuilder &b;
  ReduceOp op;
  linalg::GenericOp epilogue;
  PackWordsOp pack;
  Location loc;
  LaneMapping lanes;
  std::optional<LaneMapping> sumLanes;
  const Kernel *kernel;
  int64_t factor;
  SmallVector<int64_t> ranges;
  SmallVector<utils::IteratorType> iterators;
  SmallVector<ReductionLoop> loops;
  /// The parallel indices of each accumulator (reductions are 0).
  SmallVector<Indices> outputs;
  /// Of these, neighbours that differ in the last dimension only.
  unsigned numColumns = 1;
  /// Factors of products, by their constants.
  llvm::SmallDenseMap<Attribute, Value, 2> factors;
  // Of the pass that is being emitted.
  const KernelPass *pass = nullptr;
  std::optional<PassSchedule> schedule;
};
} // namespace

void KernelEmitter::enumerateOutputs() {
  // Lanes' loop last: rows outer, vectors inner.
  SmallVector<unsigned> dims;
  for (AffineExpr expr : op.getInitMap().getResults())
    if (unsigned dim = cast<AffineDimExpr>(expr).getPosition();
        dim != lanes.dim)
      dims.push_back(dim);
  if (!lanes.isReduction)
    dims.push_back(lanes.dim);
  outputs.push_back(Indices(ranges.size(), b.getIndexAttr(0)));
  for (unsigned dim : dims) {
    SmallVector<Indices> next;
    int64_t step = dim == lanes.dim ? lanes.numLanes : 1;
    for (const Indices &base : outputs)
      for (int64_t i = 0; i < ranges[dim]; i += step) {
        next.push_back(base);
        next.back()[dim] = b.getIndexAttr(i);
      }
    numColumns = next.size() / outputs.size();
    outputs = std::move(next);
  }
}

/// The constant that `op` multiplies a vector by, if there is an instruction
/// that adds the product to something.
static Attribute getFactor(Operation &op) {
  Attribute factor;
  if (isa<arith::MulIOp>(op) && isa<VectorType>(op.getResult(0).getType()))
    matchPattern(op.getOperand(1), m_Constant(&factor));
  return factor;
}

void KernelEmitter::hideFactors() {
  FailureOr<Target> target = getTarget(op);
  if (!kernel || failed(target))
    return;
  ModuleOp module = kernel->module;
  module.walk([&](Operation *inner) {
    Attribute factor = getFactor(*inner);
    if (!factor || factors.contains(factor))
      return;
    Value constant = arith::ConstantOp::create(b, loc, cast<TypedAttr>(factor));
    // The constraint is for one register; longer vectors are split later.
    auto type = cast<VectorType>(constant.getType());
    int64_t bits = type.getNumElements() * type.getElementTypeBitWidth();
    if (target->arch() == Arch::AArch64 && (bits == 64 || bits == 128))
      constant = LLVM::InlineAsmOp::create(
                     b, loc, constant.getType(), ValueRange(constant),
                     /*asm_string=*/"", /*constraints=*/"=w,0",
                     /*has_side_effects=*/false, /*is_align_stack=*/false,
                     LLVM::tailcallkind::TailCallKind::None,
                     LLVM::AsmDialectAttr(), ArrayAttr())
                     .getRes();
    factors[factor] = constant;
  });
}

SmallVector<Value> KernelEmitter::clone(func::FuncOp function,
                                        ValueRange operands) {
  Block &body = function.getBody().front();
  IRMapping mapping;
  mapping.map(body.getArguments(), operands);
  for (Operation &inner : body.without_terminator()) {
    Operation *copy = b.clone(inner, mapping);
    copy->setLoc(loc);
    if (Attribute factor = getFactor(inner))
      copy->setOperand(1, factors.lookup(factor));
  }
  return llvm::map_to_vector(
      body.getTerminator()->getOperands(),
      [&](Value value) { return mapping.lookup(value); });
}

void KernelEmitter::apply(func::FuncOp function, States &states) {
  size_t size = kernel->stateTypes.size();
  for (size_t i = 0; i < states.size(); i += size)
    llvm::copy(clone(function, ArrayRef(states).slice(i, size)),
               states.begin() + i);
}

//===----------------------------------------------------------------------===//
// Loops of one pass
//===----------------------------------------------------------------------===//

void KernelEmitter::emitLoop(OpFoldResult start, uint64_t count, int64_t step,
                             States &states,
                             function_ref<void(OpFoldResult, States &)> body) {
  if (count == 0)
    return;
  if (count == 1)
    return body(start, states);
  // Constant bounds, so that what is read is known to be in bounds.
  std::optional<int64_t> constantStart = getConstantIntValue(start);
  int64_t lower = constantStart.value_or(0);
  auto constant = [&](int64_t value) -> Value {
    return arith::ConstantIndexOp::create(b, loc, value);
  };
  auto loop = scf::ForOp::create(b, loc, constant(lower),
                                 constant(lower + int64_t(count) * step),
                                 constant(step), states);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(loop.getBody());
  OpFoldResult index = loop.getInductionVar();
  if (!constantStart) {
    AffineExpr first, second;
    bindDims(b.getContext(), first, second);
    index = affine::makeComposedFoldedAffineApply(b, loc, first + second,
                                                  {start, index});
  }
  States inner(loop.getRegionIterArgs().begin(),
               loop.getRegionIterArgs().end());
  body(index, inner);
  scf::YieldOp::create(b, loc, inner);
  states.assign(loop.getResults().begin(), loop.getResults().end());
}

void KernelEmitter::emitStep(const KernelStep &step,
                             ArrayRef<Indices> positions, States &states) {
  // The words of this step, each read once. The key is the input, its plane
  // and the position in the input.
  using Key = std::tuple<unsigned, unsigned, SmallVector<OpFoldResult>>;
  SmallVector<std::pair<Key, Value>> loaded;
  auto load = [&](unsigned input, unsigned plane, const Indices &indices) {
    AffineMap map = op.getInputMap(input);
    Indices relevant = indices;
    for (unsigned dim = 0; dim < ranges.size(); ++dim)
      if (!map.isFunctionOfDim(dim))
        relevant[dim] = b.getIndexAttr(0);
    Key key{input, plane, relevant};
    for (auto &[other, value] : loaded)
      if (other == key)
        return value;
    Value value = readLanes(b, loc, op.getInputs()[input], map,
                            {indices, lanes.dim, lanes.numLanes},
                            FixedIndex{op.getPlaneDims()[input], plane});
    value = broadcastLanes(b, loc, value, lanes.numLanes);
    loaded.push_back({key, value});
    return value;
  };
  // The words of an accumulator, position by position and plane by plane.
  auto forEachWord = [&](const Indices &output,
                         function_ref<void(unsigned, unsigned, Indices)> fn) {
    for (const Indices &position : positions) {
      Indices indices = output;
      for (const ReductionLoop &loop : loops)
        indices[loop.dim] = position[loop.dim];
      for (unsigned number : pass->planes) {
        unsigned input = kernel->spec.getInput(number), plane = number;
        for (unsigned i = 0; i < input; ++i)
          plane -= kernel->spec.numPlanes[i];
        fn(input, plane, indices);
      }
    }
  };

  // The words of the shorter side of the tile first, which are to stay in
  // registers; then the accumulators that share a word of the longer side, each
  // step finished before the next.
  unsigned numRows = outputs.size() / numColumns;
  bool isByColumn = numRows < numColumns;
  for (const Indices &output : outputs)
    forEachWord(output, [&](unsigned input, unsigned plane, Indices indices) {
      if ((input + 1 == op.getInputs().size()) != isByColumn)
        load(input, plane, indices);
    });
  size_t size = kernel->stateTypes.size();
  for (unsigned i = 0; i < outputs.size(); ++i) {
    unsigned index = isByColumn ? i % numRows * numColumns + i / numRows : i;
    auto *state = states.begin() + index * size;
    SmallVector<Value> operands(state, state + size);
    forEachWord(outputs[index],
                [&](unsigned input, unsigned plane, Indices indices) {
                  operands.push_back(load(input, plane, indices));
                });
    llvm::copy(clone(step.function, operands), state);
  }
}

void KernelEmitter::emitBody(uint64_t count, const Indices &at,
                             States &states) {
  SmallVector<Indices> positions = {at};
  auto unroll = [&](const ReductionLoop &loop, uint64_t count) {
    SmallVector<Indices> next;
    for (const Indices &base : positions)
      for (uint64_t i = 0; i < count; ++i) {
        next.push_back(base);
        next.back()[loop.dim] = affine::makeComposedFoldedAffineApply(
            b, loc, b.getAffineDimExpr(0) + int64_t(i) * loop.step,
            {base[loop.dim]});
      }
    positions = std::move(next);
  };
  if (!loops.empty()) {
    unroll(loops[schedule->getDepth()], count);
    for (const ReductionLoop &loop :
         ArrayRef(loops).drop_front(schedule->getDepth() + 1))
      unroll(loop, loop.numIterations());
  }
  ArrayRef<Indices> left = positions;
  bool isTooMuch = schedule->countFlushes(positions.size()) > 0;
  uint64_t used = 0;
  for (const KernelStep *step : schedule->getSteps(positions.size())) {
    if (isTooMuch && used + step->cost > pass->capacity) {
      apply(pass->flush, states);
      used = 0;
    }
    used += step->cost;
    emitStep(*step, left.take_front(step->words), states);
    left = left.drop_front(step->words);
  }
}

void KernelEmitter::emitTrips(unsigned level, OpFoldResult first,
                              uint64_t count, Indices &at, States &states) {
  bool isBody = level == schedule->getDepth();
  uint64_t perTrip = isBody ? schedule->getChunk() : 1;
  const ReductionLoop &loop = loops[level];
  emitLoop(first, count, int64_t(perTrip) * loop.step, states,
           [&](OpFoldResult index, States &states) {
             at[loop.dim] = index;
             if (isBody)
               emitBody(perTrip, at, states);
             else
               emitLevel(level + 1, at, states, /*isLast=*/false);
           });
}

void KernelEmitter::emitRest(unsigned level, Indices &at, States &states,
                             bool isLast) {
  uint64_t rest = schedule->getRest(level);
  if (rest == 0)
    return;
  const ReductionLoop &loop = loops[level];
  at[loop.dim] =
      b.getIndexAttr(int64_t(loop.numIterations() - rest) * loop.step);
  if (level == schedule->getDepth())
    emitBody(rest, at, states);
  else
    emitLevel(level + 1, at, states, isLast);
}

void KernelEmitter::emitLevel(unsigned level, Indices &at, States &states,
                              bool isLast) {
  if (loops.empty())
    return emitBody(1, at, states);
  uint64_t trips = schedule->getTripCount(level);
  uint64_t tripCost = schedule->getTripCost(level);
  uint64_t capacity = pass->capacity;
  OpFoldResult zero = b.getIndexAttr(0);
  if (!capacity || schedule->getCost(level) <= capacity ||
      (tripCost > capacity && level < schedule->getDepth())) {
    // No flush, or flushes in every trip.
    emitTrips(level, zero, trips, at, states);
    emitRest(level, at, states, isLast);
  } else if (tripCost > capacity) {
    // Flushes in every body and behind it, the last one's aside.
    const ReductionLoop &loop = loops[level];
    int64_t stride = int64_t(schedule->getChunk()) * loop.step;
    bool endsInTrip = isLast && schedule->getRest(level) == 0;
    uint64_t flushed = trips - endsInTrip;
    emitLoop(zero, flushed, stride, states,
             [&](OpFoldResult first, States &states) {
               emitTrips(level, first, 1, at, states);
               apply(pass->flush, states);
             });
    emitTrips(level, b.getIndexAttr(int64_t(flushed) * stride), trips - flushed,
              at, states);
    emitRest(level, at, states, isLast);
    if (!isLast && schedule->getRest(level))
      apply(pass->flush, states);
  } else {
    // Strips that the counters hold, all the same but for the last one, which
    // is not more than they are.
    uint64_t perStrip = std::max<uint64_t>(capacity / tripCost, 1);
    uint64_t numStrips = llvm::divideCeil(trips, perStrip);
    perStrip = llvm::divideCeil(trips, std::max<uint64_t>(numStrips, 1));
    uint64_t flushed = trips ? (trips - 1) / perStrip : 0;
    int64_t stride = loops[level].step;
    if (level == schedule->getDepth())
      stride *= schedule->getChunk();
    emitLoop(zero, flushed, stride * int64_t(perStrip), states,
             [&](OpFoldResult first, States &states) {
               emitTrips(level, first, perStrip, at, states);
               apply(pass->flush, states);
             });
    uint64_t left = trips - flushed * perStrip;
    emitTrips(level, b.getIndexAttr(int64_t(flushed * perStrip) * stride), left,
              at, states);
    if (left * tripCost + schedule->getRestCost(level) > capacity)
      apply(pass->flush, states);
    emitRest(level, at, states, isLast);
    if (!isLast)
      apply(pass->flush, states);
  }
  at[loops[level].dim] = zero;
}

//===----------------------------------------------------------------------===//
// All of it
//===----------------------------------------------------------------------===//

SmallVector<Value> KernelEmitter::emitSums() {
  if (!kernel) {
    Type type = b.getI32Type();
    if (!lanes.isReduction)
      type = VectorType::get({lanes.numLanes}, type);
    Value zero = arith::ConstantOp::create(b, loc, b.getZeroAttr(type));
    return SmallVector<Value>(outputs.size(), zero);
  }
  States zeros, states;
  for (VectorType type : kernel->stateTypes)
    zeros.push_back(arith::ConstantOp::create(b, loc, b.getZeroAttr(type)));
  for (size_t i = 0; i < outputs.size(); ++i)
    llvm::append_range(states, zeros);

  bool isEmpty = llvm::any_of(
      loops, [](const ReductionLoop &loop) { return !loop.numIterations(); });
  for (const KernelPass &current : kernel->passes) {
    pass = &current;
    if (!isEmpty) {
      schedule.emplace(current, loops, outputs.size());
      Indices at(ranges.size(), b.getIndexAttr(0));
      emitLevel(0, at, states, /*isLast=*/true);
    }
    if (current.end)
      apply(current.end, states);
  }

  SmallVector<Value> sums;
  size_t perGroup = kernel->group * zeros.size();
  while (states.size() % perGroup)
    llvm::append_range(states, zeros);
  for (size_t i = 0; i < states.size(); i += perGroup) {
    Value result =
        clone(kernel->finish, ArrayRef(states).slice(i, perGroup)).front();
    if (sumLanes) {
      sums.push_back(result);
      continue;
    }
    for (int64_t j = 0; j < kernel->group && sums.size() < outputs.size(); ++j)
      sums.push_back(vector::ExtractOp::create(b, loc, result, j));
  }
  return sums;
}

SmallVector<Value> KernelEmitter::evaluateEpilogue(Value sum,
                                                   const LanePoint &point,
                                                   ArrayRef<Value> results) {
  // The loops of the epilogue are the dimensions of the destination.
  LanePoint at{{}, 0, point.numLanes};
  for (auto [pos, expr] : llvm::enumerate(op.getInitMap().getResults())) {
    unsigned dim = cast<AffineDimExpr>(expr).getPosition();
    at.indices.push_back(point.indices[dim]);
    if (dim == point.lane)
      at.lane = pos;
  }
  SmallVector<Value> values = evaluateElementwise(
      b, epilogue, at, results, std::make_pair(Value(op.getResult()), sum));
  for (Value &value : values)
    value = broadcastLanes(b, loc, value, point.numLanes);
  return values;
}

Value KernelEmitter::scale(Value sum) {
  uint64_t magnitude = std::abs(factor);
  if (magnitude == 1)
    return sum;
  bool isShift = llvm::isPowerOf2_64(magnitude);
  Value constant = arith::ConstantOp::create(
      b, loc,
      b.getI32IntegerAttr(isShift ? llvm::Log2_64(magnitude)
                                  : int32_t(uint32_t(magnitude))));
  if (auto type = dyn_cast<VectorType>(sum.getType()))
    constant = broadcastLanes(b, loc, constant, type.getNumElements());
  if (isShift)
    return arith::ShLIOp::create(b, loc, sum, constant);
  return arith::MulIOp::create(b, loc, sum, constant);
}

Value KernelEmitter::store(ArrayRef<Value> sums) {
  SmallVector<Value> scaled =
      llvm::map_to_vector(sums, [&](Value sum) { return scale(sum); });
  // The first output of each sum.
  const LaneMapping &mapping = sumLanes ? *sumLanes : lanes;
  SmallVector<LanePoint> points;
  for (size_t i = 0; i < sums.size(); ++i)
    points.push_back({outputs[i * (outputs.size() / sums.size())], mapping.dim,
                      mapping.numLanes});
  SmallVector<Value> totals;
  for (auto [point, sum] : llvm::zip_equal(points, scaled)) {
    Value init = readLanes(b, loc, op.getInit(), op.getInitMap(), point);
    if (sumLanes)
      init = broadcastLanes(b, loc, init, point.numLanes);
    Value total = factor < 0
                      ? arith::SubIOp::create(b, loc, init, sum).getResult()
                      : arith::AddIOp::create(b, loc, init, sum);
    totals.push_back(total);
  }

  if (pack)
    return storePacked(points, totals);
  // What has been computed in place need not be in memory before.
  Value result = op.getInit();
  if (epilogue)
    result = epilogue.getDpsInits()[0];
  else if (auto linalgOp = result.getDefiningOp<linalg::LinalgOp>();
           linalgOp && result.hasOneUse())
    result = linalgOp.getTiedOpOperand(cast<OpResult>(result))->get();
  for (auto [point, total] : llvm::zip_equal(points, totals)) {
    if (epilogue)
      total =
          evaluateEpilogue(total, point,
                           epilogue.getBody()->getTerminator()->getOperand(0))
              .front();
    if (sumLanes) {
      result = writeLanes(b, loc, total, result, op.getInitMap(), point);
      continue;
    }
    SmallVector<Value> indices;
    for (AffineExpr expr : op.getInitMap().getResults())
      indices.push_back(getValueOrCreateConstantIndexOp(
          b, loc, point.indices[cast<AffineDimExpr>(expr).getPosition()]));
    result = tensor::InsertOp::create(b, loc, total, result, indices);
  }
  return result;
}

Value KernelEmitter::storeWords(ArrayRef<Value> planes, int64_t count,
                                SmallVector<int64_t> firstValue, Value dest) {
  LayoutAttr layout = pack.getLayout();
  int64_t wordBits = layout.getWord(), rank = firstValue.size();
  int64_t numWords = llvm::divideCeil(count, wordBits);
  AffineMap map = layout.getWordMap(rank);
  auto getIndex = [&](int64_t word) {
    SmallVector<int64_t> at = firstValue;
    at[layout.getPacked()] = at[layout.getPacked()] / wordBits + word;
    return map.compose(at);
  };
  SmallVector<int64_t> first = getIndex(0), last = getIndex(numWords - 1);
  last.back() -= numWords - 1;
  bool isContiguous = first == last && layout.getPlanes() < map.getNumResults();
  int64_t perWrite = isContiguous ? numWords : 1;

  for (auto [plane, bytes] : llvm::enumerate(planes)) {
    int64_t size = cast<VectorType>(bytes.getType()).getNumElements() * 8;
    Value bits = bytes;
    if (count < size) {
      SmallVector<int8_t> mask;
      for (int64_t i = 0; i < size; i += 8)
        mask.push_back(int8_t((1 << std::clamp<int64_t>(count - i, 0, 8)) - 1));
      bits = arith::AndIOp::create(
          b, loc, bits,
          arith::ConstantOp::create(
              b, loc,
              DenseElementsAttr::get(cast<VectorType>(bytes.getType()),
                                     ArrayRef<int8_t>(mask))));
    }
    auto type = VectorType::get(size / wordBits, b.getIntegerType(wordBits));
    Value words = bits.getType() == type
                      ? bits
                      : vector::BitCastOp::create(b, loc, type, bits);
    for (int64_t i = 0; i < numWords; i += perWrite) {
      Value part = words;
      if (perWrite != type.getNumElements())
        part = vector::ExtractStridedSliceOp::create(
            b, loc, words, ArrayRef<int64_t>{i}, ArrayRef<int64_t>{perWrite},
            ArrayRef<int64_t>{1});
      SmallVector<int64_t> index = getIndex(i);
      index.insert(index.begin() + layout.getPlanes(), plane);
      SmallVector<Value> indices =
          llvm::map_to_vector(index, [&](int64_t i) -> Value {
            return arith::ConstantIndexOp::create(b, loc, i);
          });
      dest = vector::TransferWriteOp::create(b, loc, part, dest, indices,
                                             ArrayRef<bool>{true})
                 .getResult();
    }
  }
  return dest;
}

/// One vector of the elements of `parts`, a power of two of them. Neighbours
/// are joined first, which is what instructions for masks and words do.
Value KernelEmitter::concatenate(ArrayRef<Value> parts) {
  SmallVector<Value> vectors(parts);
  for (; vectors.size() > 1; vectors.truncate(vectors.size() / 2))
    for (size_t i = 0; i < vectors.size(); i += 2) {
      int64_t size = cast<VectorType>(vectors[i].getType()).getNumElements();
      vectors[i / 2] = vector::ShuffleOp::create(
          b, loc, vectors[i], vectors[i + 1],
          llvm::to_vector(llvm::seq<int64_t>(2 * size)));
    }
  return vectors.front();
}

Value KernelEmitter::storePacked(ArrayRef<LanePoint> points,
                                 ArrayRef<Value> totals) {
  FailureOr<Target> target = getTarget(op);
  assert(succeeded(target) && "passes have asked for it before");
  int64_t numLanes = sumLanes->numLanes, size = ranges[sumLanes->dim];
  int64_t wordBits = pack.getLayout().getWord();
  // Whole words at a time, and whole vectors.
  int64_t chunk =
      std::min<int64_t>(kMaxPackedLanes, llvm::bit_floor(uint64_t(size)));
  chunk = std::max({chunk, kMinPackedLanes, wordBits, numLanes});
  // The bits themselves if they are known, else numbers.
  NumberFormat format = cast<IntType>(pack.getElement()).getFormat();
  std::optional<SmallVector<Value>> planes =
      createStepPlanes(b, epilogue, format);
  SmallVector<Value> results = planes.value_or(
      SmallVector<Value>{epilogue.getBody()->getTerminator()->getOperand(0)});
  auto type = VectorType::get(numLanes, results.front().getType());
  Value zeros = arith::ConstantOp::create(b, loc, b.getZeroAttr(type));

  Value dest = pack.getInit();
  int64_t perRow = llvm::divideCeil(size, numLanes);
  for (size_t row = 0; row < totals.size(); row += perRow)
    for (int64_t begin = 0; begin < size; begin += chunk) {
      SmallVector<SmallVector<Value>> parts(results.size());
      for (int64_t i = begin; i < begin + chunk; i += numLanes) {
        size_t index = row + i / numLanes;
        SmallVector<Value> part(results.size(), zeros);
        if (i < size)
          part = evaluateEpilogue(totals[index], points[index], results);
        for (size_t j = 0; j < results.size(); ++j)
          parts[j].push_back(part[j]);
      }
      SmallVector<Value> values = llvm::map_to_vector(
          parts, [&](ArrayRef<Value> vectors) { return concatenate(vectors); });
      if (planes)
        for (Value &mask : values)
          mask = emitMaskBytes(b, loc, mask, *target);
      else
        values = emitPlaneBytes(b, loc, values.front(), format, *target);
      SmallVector<int64_t> first;
      for (AffineExpr expr : op.getInitMap().getResults())
        first.push_back(*getConstantIntValue(
            points[row].indices[cast<AffineDimExpr>(expr).getPosition()]));
      first[pack.getLayout().getPacked()] = begin;
      dest = storeWords(values, std::min(chunk, size - begin), first, dest);
    }
  return dest;
}

Value KernelEmitter::emit() {
  enumerateOutputs();
  hideFactors();
  return store(emitSums());
}

void bitserial::emitKernel(IRRewriter &b, ReduceOp op, const LaneMapping &lanes,
                           const Kernel *kernel, int64_t factor) {
  linalg::GenericOp epilogue;
  std::optional<LaneMapping> sumLanes = getSumLanes(op, lanes, kernel);
  if (sumLanes)
    epilogue = findEpilogue(op);
  PackWordsOp pack = findPack(epilogue);
  if (pack && !canPackInRegisters(op, sumLanes, pack))
    pack = {};
  // All that the epilogue reads is there by then.
  Operation *last = epilogue ? epilogue.getOperation() : op.getOperation();
  if (pack)
    last = pack;
  b.setInsertionPoint(last);
  Value result =
      KernelEmitter(b, op, lanes, kernel, factor, epilogue, pack).emit();
  b.replaceOp(last, result);
  if (pack)
    b.eraseOp(epilogue);
  if (epilogue)
    b.eraseOp(op);
}

//===- LowerReduce.cpp - The reference lowering of micro-tiles -----------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/IR/Bitserial.h"
#include "bitserial/Target/Target.h"
#include "bitserial/Transforms/MicroTile.h"
#include "bitserial/Transforms/Passes.h"
#include "bitserial/Transforms/VectorEvaluator.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

namespace mlir::bitserial {
#define GEN_PASS_DEF_LOWERREDUCE
#include "bitserial/Transforms/Passes.h.inc"
} // namespace mlir::bitserial

using namespace mlir;
using namespace mlir::bitserial;

//===----------------------------------------------------------------------===//
// The counting plan
//===----------------------------------------------------------------------===//

namespace {
/// One pass over the reductions: counts one monomial.
struct CountingPass {
  BitPolynomial::Monomial planes;
  bool negative;
  /// What the accumulators are multiplied by after the pass.
  int64_t scale;
};

/// How the polynomial sum_t c_t * pop(AND of planes t) is computed with one set
/// of accumulators: Horner's rule over the coefficients where each divides the
/// one before it, as for planes of powers of two; else every pass is scaled by
/// its own coefficient and added to a total.
struct CountingPlan {
  SmallVector<CountingPass> passes;
  bool isHorner = true;
  /// The largest magnitude of an accumulator per counted bit position.
  int64_t maxPerBit = 0;
};
} // namespace

static CountingPlan makePlan(const BitPolynomial &polynomial) {
  SmallVector<std::pair<BitPolynomial::Monomial, int64_t>> terms(
      polynomial.getTerms().begin(), polynomial.getTerms().end());
  // Largest first; planes break ties, so that the order is one and the same.
  llvm::sort(terms, [](auto &a, auto &b) {
    return std::make_pair(-std::abs(a.second), a.first) <
           std::make_pair(-std::abs(b.second), b.first);
  });
  CountingPlan plan;
  for (unsigned i = 0; i < terms.size(); ++i) {
    int64_t next = i + 1 < terms.size() ? std::abs(terms[i + 1].second) : 1;
    plan.isHorner &= std::abs(terms[i].second) % next == 0;
  }
  for (unsigned i = 0; i < terms.size(); ++i) {
    int64_t coefficient = std::abs(terms[i].second);
    int64_t next = i + 1 < terms.size() ? std::abs(terms[i + 1].second) : 1;
    plan.passes.push_back({terms[i].first, terms[i].second < 0,
                           plan.isHorner ? coefficient / next : coefficient});
    // The last scale is applied to the 32-bit result.
    int64_t last = std::abs(terms.back().second);
    plan.maxPerBit = plan.isHorner ? plan.maxPerBit + coefficient / last : 1;
  }
  return plan;
}

//===----------------------------------------------------------------------===//
// Lowering of one micro-tile
//===----------------------------------------------------------------------===//

namespace {
class MicroTileLowering {
public:
  MicroTileLowering(OpBuilder &b, ReduceOp op, const LaneMapping &lanes,
                    const BitPolynomial &polynomial, linalg::GenericOp epilogue)
      : b(b), op(op), epilogue(epilogue), loc(op.getLoc()), lanes(lanes),
        ranges(op.getLoopRanges()), iterators(op.getLoopIteratorTypes()),
        plan(makePlan(polynomial)) {}

  /// Lowers the reduce and, if there is one, its epilogue; returns what takes
  /// the place of the last one's result.
  Value lower();

  /// The elementwise op that alone uses the result of `op`, in the same tile:
  /// it is computed on the accumulators before anything is stored. Null if
  /// there is none, or if lanes are reductions.
  static linalg::GenericOp findEpilogue(ReduceOp op, const LaneMapping &lanes);

private:
  using Indices = SmallVector<OpFoldResult>;

  bool isParallel(unsigned dim) const {
    return iterators[dim] == utils::IteratorType::parallel;
  }
  void enumerateOutputs();
  void chooseAccumulatorType();
  /// Runs one pass from `accumulators`; returns their new values.
  SmallVector<Value> emitPass(const CountingPass &pass,
                              ValueRange accumulators);
  /// The loops of one pass over the reductions from `dim` on, at the indices
  /// `at` of those before.
  SmallVector<Value> emitLoops(const CountingPass &pass, unsigned dim,
                               Indices &at, ValueRange accumulators);
  /// The step of one pass at the given reduction indices.
  SmallVector<Value> emitStep(const CountingPass &pass, const Indices &at,
                              ValueRange accumulators);
  Value scale(Value value, int64_t factor);
  /// What the epilogue makes of the sums of one vector.
  Value evaluateEpilogue(Value sum, const LanePoint &point);
  /// An accumulator as a vector of i32.
  Value toResultType(Value accumulator);

  OpBuilder &b;
  ReduceOp op;
  linalg::GenericOp epilogue;
  Location loc;
  LaneMapping lanes;
  SmallVector<int64_t> ranges;
  SmallVector<utils::IteratorType> iterators;
  CountingPlan plan;
  /// The parallel indices of each accumulator (reductions are 0).
  SmallVector<Indices> outputs;
  VectorType accumulatorType;
};
} // namespace

void MicroTileLowering::enumerateOutputs() {
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
    outputs = std::move(next);
  }
}

void MicroTileLowering::chooseAccumulatorType() {
  // Counts stay in lanes as wide as words where they cannot overflow them:
  // |accumulator| <= maxPerBit * (bit positions per lane). Otherwise, and where
  // 32 bits are enough for the result modulo 2^32, lanes have 32 bits.
  int64_t wordBits = op.getWordBits();
  int64_t positions = wordBits;
  for (auto [dim, range] : llvm::enumerate(ranges))
    if (!isParallel(dim))
      positions *= dim == lanes.dim
                       ? int64_t(llvm::divideCeil(range, lanes.numLanes))
                       : range;
  int64_t bound;
  bool fits =
      wordBits >= 32 || (!llvm::MulOverflow(positions, plan.maxPerBit, bound) &&
                         bound < (int64_t(1) << (wordBits - 1)));
  accumulatorType =
      VectorType::get({lanes.numLanes}, b.getIntegerType(fits ? wordBits : 32));
}

SmallVector<Value> MicroTileLowering::emitStep(const CountingPass &pass,
                                               const Indices &at,
                                               ValueRange accumulators) {
  // The words of this step, each loaded once. The key is the input, its plane
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
  /// Planes are numbered through all inputs, as the region's arguments are.
  auto forEachPlane = [&](function_ref<void(unsigned, unsigned)> fn) {
    unsigned bit = 0;
    for (unsigned input = 0; input < op.getInputs().size(); ++input)
      for (unsigned plane = 0; plane < op.getNumPlanes(input); ++plane, ++bit)
        if (pass.planes >> bit & 1)
          fn(input, plane);
  };
  auto indicesOf = [&](const Indices &output) {
    Indices indices = output;
    for (unsigned dim = 0; dim < ranges.size(); ++dim)
      if (!isParallel(dim))
        indices[dim] = at[dim];
    return indices;
  };

  // The weights first, which all rows share; then row by row, each count
  // finished before the next.
  for (const Indices &output : outputs)
    forEachPlane([&](unsigned input, unsigned plane) {
      if (input + 1 == op.getInputs().size())
        load(input, plane, indicesOf(output));
    });
  SmallVector<Value> results;
  for (auto [output, accumulator] : llvm::zip_equal(outputs, accumulators)) {
    Indices indices = indicesOf(output);
    Value bits;
    forEachPlane([&](unsigned input, unsigned plane) {
      Value word = load(input, plane, indices);
      bits =
          bits ? arith::AndIOp::create(b, loc, bits, word).getResult() : word;
    });
    Value count = math::CtPopOp::create(b, loc, bits);
    if (count.getType() != accumulatorType)
      count = arith::ExtUIOp::create(b, loc, accumulatorType, count);
    Value old = accumulator;
    results.push_back(
        pass.negative ? arith::SubIOp::create(b, loc, old, count).getResult()
                      : arith::AddIOp::create(b, loc, old, count).getResult());
  }
  return results;
}

SmallVector<Value> MicroTileLowering::emitLoops(const CountingPass &pass,
                                                unsigned dim, Indices &at,
                                                ValueRange accumulators) {
  if (dim == ranges.size())
    return emitStep(pass, at, accumulators);
  int64_t step = dim == lanes.dim ? lanes.numLanes : 1;
  if (isParallel(dim) || ranges[dim] <= step)
    return emitLoops(pass, dim + 1, at, accumulators);

  // Lanes that are left over are a step of their own, with shorter vectors.
  int64_t whole = ranges[dim] / step * step;
  SmallVector<Value> current(accumulators);
  if (whole == step) {
    current = emitLoops(pass, dim + 1, at, current);
  } else {
    OpBuilder::InsertionGuard guard(b);
    auto constant = [&](int64_t value) -> Value {
      return arith::ConstantIndexOp::create(b, loc, value);
    };
    auto loop = scf::ForOp::create(b, loc, constant(0), constant(whole),
                                   constant(step), current);
    b.setInsertionPointToStart(loop.getBody());
    at[dim] = loop.getInductionVar();
    scf::YieldOp::create(
        b, loc, emitLoops(pass, dim + 1, at, loop.getRegionIterArgs()));
    current.assign(loop.getResults().begin(), loop.getResults().end());
  }
  if (whole != ranges[dim]) {
    at[dim] = b.getIndexAttr(whole);
    current = emitLoops(pass, dim + 1, at, current);
  }
  at[dim] = b.getIndexAttr(0);
  return current;
}

SmallVector<Value> MicroTileLowering::emitPass(const CountingPass &pass,
                                               ValueRange accumulators) {
  Indices at(ranges.size(), b.getIndexAttr(0));
  return emitLoops(pass, 0, at, accumulators);
}

Value MicroTileLowering::scale(Value value, int64_t factor) {
  if (factor == 1)
    return value;
  Type element = getElementTypeOrSelf(value);
  bool isShift = llvm::isPowerOf2_64(factor);
  Value constant = arith::ConstantOp::create(
      b, loc,
      b.getIntegerAttr(element, isShift ? llvm::Log2_64(factor) : factor));
  if (auto type = dyn_cast<VectorType>(value.getType()))
    constant = broadcastLanes(b, loc, constant, type.getNumElements());
  if (isShift)
    return arith::ShLIOp::create(b, loc, value, constant);
  return arith::MulIOp::create(b, loc, value, constant);
}

Value MicroTileLowering::toResultType(Value accumulator) {
  auto type = VectorType::get({lanes.numLanes}, b.getI32Type());
  unsigned width = accumulatorType.getElementTypeBitWidth();
  if (width > 32)
    return arith::TruncIOp::create(b, loc, type, accumulator);
  if (width < 32)
    return arith::ExtSIOp::create(b, loc, type, accumulator);
  return accumulator;
}

linalg::GenericOp MicroTileLowering::findEpilogue(ReduceOp op,
                                                  const LaneMapping &lanes) {
  if (lanes.isReduction || op.getResult().use_empty())
    return {};
  auto epilogue =
      dyn_cast<linalg::GenericOp>(*op.getResult().getUsers().begin());
  if (!epilogue || epilogue->getBlock() != op->getBlock() ||
      !isElementwise(epilogue))
    return {};
  for (OpOperand &use : op.getResult().getUses())
    if (use.getOwner() != epilogue || !epilogue.isDpsInput(&use) ||
        !epilogue.getMatchingIndexingMap(&use).isIdentity())
      return {};
  return epilogue;
}

Value MicroTileLowering::evaluateEpilogue(Value sum, const LanePoint &point) {
  // The loops of the epilogue are the dimensions of the destination.
  LanePoint at{{}, 0, point.numLanes};
  for (auto [pos, expr] : llvm::enumerate(op.getInitMap().getResults())) {
    unsigned dim = cast<AffineDimExpr>(expr).getPosition();
    at.indices.push_back(point.indices[dim]);
    if (dim == point.lane)
      at.lane = pos;
  }
  Value value = evaluateElementwise(b, epilogue, at,
                                    std::make_pair(Value(op.getResult()), sum));
  return broadcastLanes(b, loc, value, point.numLanes);
}

Value MicroTileLowering::lower() {
  enumerateOutputs();
  chooseAccumulatorType();
  Value zero =
      arith::ConstantOp::create(b, loc, b.getZeroAttr(accumulatorType));
  SmallVector<Value> accumulators(outputs.size(), zero);
  auto scaleAll = [&](SmallVectorImpl<Value> &values, int64_t factor) {
    for (Value &value : values)
      value = scale(value, factor);
  };
  if (plan.isHorner) {
    for (auto [i, pass] : llvm::enumerate(plan.passes)) {
      accumulators = emitPass(pass, accumulators);
      if (i + 1 < plan.passes.size())
        scaleAll(accumulators, pass.scale);
    }
    for (Value &accumulator : accumulators)
      accumulator = toResultType(accumulator);
    if (!plan.passes.empty())
      scaleAll(accumulators, plan.passes.back().scale);
  } else {
    SmallVector<Value> totals;
    for (const CountingPass &pass : plan.passes) {
      SmallVector<Value> counts =
          emitPass(pass, SmallVector<Value>(outputs.size(), zero));
      for (Value &count : counts)
        count = toResultType(count);
      scaleAll(counts, pass.scale);
      if (!totals.empty())
        for (auto [total, count] : llvm::zip_equal(totals, counts))
          count = arith::AddIOp::create(b, loc, total, count);
      totals = counts;
    }
    accumulators = totals;
  }

  // Sum lanes that are reductions; add what the destination starts from.
  SmallVector<Value> sums;
  for (auto [output, accumulator] : llvm::zip_equal(outputs, accumulators)) {
    LanePoint point{output, lanes.dim, lanes.numLanes};
    Value init = readLanes(b, loc, op.getInit(), op.getInitMap(), point);
    Value sum = accumulator;
    if (lanes.isReduction)
      sum = vector::ReductionOp::create(b, loc, vector::CombiningKind::ADD,
                                        accumulator);
    else
      init = broadcastLanes(b, loc, init, lanes.numLanes);
    sum = arith::AddIOp::create(b, loc, init, sum);
    if (epilogue)
      sum = evaluateEpilogue(sum, point);
    sums.push_back(sum);
  }

  // What has been computed in place need not be in memory before.
  Value result = op.getInit();
  if (epilogue)
    result = epilogue.getDpsInits()[0];
  else if (auto linalgOp = result.getDefiningOp<linalg::LinalgOp>();
           linalgOp && result.hasOneUse())
    result = linalgOp.getTiedOpOperand(cast<OpResult>(result))->get();
  for (auto [output, sum] : llvm::zip_equal(outputs, sums)) {
    if (!lanes.isReduction) {
      result = writeLanes(b, loc, sum, result, op.getInitMap(),
                          {output, lanes.dim, lanes.numLanes});
      continue;
    }
    SmallVector<Value> indices;
    for (AffineExpr expr : op.getInitMap().getResults())
      indices.push_back(getValueOrCreateConstantIndexOp(
          b, loc, output[cast<AffineDimExpr>(expr).getPosition()]));
    result = tensor::InsertOp::create(b, loc, sum, result, indices);
  }
  return result;
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

namespace {
struct LowerReducePass : bitserial::impl::LowerReduceBase<LowerReducePass> {
  using LowerReduceBase::LowerReduceBase;

  LogicalResult lowerReduce(ReduceOp op, const Target &target) {
    LaneMapping lanes = getLaneMapping(op, target);
    std::optional<int64_t> accumulators = getNumAccumulators(op, lanes);
    if (!accumulators)
      return op.emitOpError("has dynamic sizes; peel partial tiles so that "
                            "every micro-tile is static");
    if (*accumulators > maxAccumulators)
      return op.emitOpError()
             << "has " << *accumulators << " accumulator vectors, more than "
             << maxAccumulators.getValue()
             << "; tile it, by --bitserial-tile for example";
    FailureOr<BitPolynomial> polynomial = op.getContribution();
    if (failed(polynomial))
      return failure();
    IRRewriter b(&getContext());
    linalg::GenericOp epilogue = MicroTileLowering::findEpilogue(op, lanes);
    // All that the epilogue reads is there by then.
    Operation *last = epilogue ? epilogue.getOperation() : op.getOperation();
    b.setInsertionPoint(last);
    Value result =
        MicroTileLowering(b, op, lanes, *polynomial, epilogue).lower();
    b.replaceOp(last, result);
    if (epilogue)
      b.eraseOp(op);
    return success();
  }

  void runOnOperation() override {
    func::FuncOp func = getOperation();
    FailureOr<Target> target = getTarget(func);
    if (failed(target))
      return signalPassFailure();
    SmallVector<ReduceOp> reduces;
    func.walk([&](ReduceOp op) { reduces.push_back(op); });
    for (ReduceOp op : reduces)
      if (failed(lowerReduce(op, *target)))
        return signalPassFailure();
    // What the micro-tiles have computed in place is dead now.
    IRRewriter b(&getContext());
    SmallVector<linalg::GenericOp> generics;
    func.walk([&](linalg::GenericOp op) { generics.push_back(op); });
    for (linalg::GenericOp op : llvm::reverse(generics)) {
      if (op->use_empty())
        b.eraseOp(op);
      else if (isElementwise(op) && !op.hasDynamicShape())
        lowerElementwise(b, op, *target);
    }
  }
};
} // namespace

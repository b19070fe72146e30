//===- Requantize.cpp - Requantisation by thresholds ----------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A monotone function f from integers to the few numbers v_0 < ... < v_n is
//
//     f(x) = v_0 + sum_k (v_k - v_(k-1)) [x > u_k]
//
// where u_k is the last x with f(x) < v_k, found by bisection. That of a
// decreasing f is the same in ~x = -1 - x.
//
//===----------------------------------------------------------------------===//

#include "ScalarFunction.h"
#include "bitserial/Conversion/Passes.h"
#include "bitserial/Conversion/Ranges/RangeAnalysis.h"
#include "bitserial/IR/Bitserial.h"
#include "bitserial/IR/SumOfProducts.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/IR/Remarks.h"
#include "llvm/Support/CheckedArithmetic.h"
#include "llvm/Support/FormatVariadic.h"

namespace mlir::bitserial {
#define GEN_PASS_DEF_REQUANTIZE
#include "bitserial/Conversion/Passes.h.inc"
} // namespace mlir::bitserial

using namespace mlir;
using namespace mlir::bitserial;
using llvm::formatv;

/// More channels have functions of their own in no layer.
static constexpr size_t kMaxChannels = 1 << 14;
/// Results beyond 4 bits take more comparisons than what they replace.
static constexpr int64_t kMaxThresholds = 15;
/// Where a function is not known to be monotone, so many results are computed
/// and looked at.
static constexpr int64_t kMaxEnumerated = 1 << 22;
/// Elements of constants that ops compute.
static constexpr int64_t kMaxConstant = 1 << 20;

//===----------------------------------------------------------------------===//
// Ranges of sums
//===----------------------------------------------------------------------===//

namespace {
struct Interval {
  int64_t low, high;

  static Interval ofType(unsigned width) {
    return {llvm::minIntN(width), llvm::maxIntN(width)};
  }
};
} // namespace

/// All sums of `terms` products of an element of `a` with one of `b`, any of
/// which may be missing; nullopt beyond 64 bits.
static std::optional<Interval> getSums(Interval a, Interval b, int64_t terms) {
  Interval result{0, 0};
  for (int64_t x : {a.low, a.high})
    for (int64_t y : {b.low, b.high}) {
      std::optional<int64_t> product = llvm::checkedMul(x, y);
      std::optional<int64_t> sum =
          product ? llvm::checkedMul(*product, terms) : std::nullopt;
      if (!sum)
        return std::nullopt;
      result.low = std::min(result.low, *sum);
      result.high = std::max(result.high, *sum);
    }
  return result;
}

static Interval getInterval(const ProductFactor &factor) {
  return {factor.getMin(), factor.getMax()};
}

static Interval getInterval(NumberFormat format) {
  return {format.getMin(), format.getMax()};
}

static std::optional<LaneValues> evaluateConstant(Value tensor);

/// The elements of `value`, integers of `width` bits.
static Interval getElements(Value value, unsigned width) {
  Interval all = Interval::ofType(width);
  auto limit = [&](std::optional<Interval> found) {
    return found && found->low >= all.low && found->high <= all.high ? *found
                                                                     : all;
  };
  Operation *op = value.getDefiningOp();
  while (isa_and_nonnull<tensor::ExpandShapeOp, tensor::CollapseShapeOp>(op))
    op = op->getOperand(0).getDefiningOp();
  if (auto contract = dyn_cast_or_null<ContractOp>(op)) {
    auto lhs = cast<RankedTensorType>(contract.getLhs().getType()),
         rhs = cast<RankedTensorType>(contract.getRhs().getType());
    if (!rhs.hasStaticShape())
      return all;
    // Every reduction is one over an element of the rhs.
    int64_t terms = 1;
    AffineMap rhsMap = contract.getRhsMap(),
              resultMap = contract.getResultMap();
    for (auto [expr, size] :
         llvm::zip_equal(rhsMap.getResults(), rhs.getShape()))
      if (!resultMap.isFunctionOfDim(cast<AffineDimExpr>(expr).getPosition()))
        terms *= size;
    return limit(getSums(
        getInterval(cast<IntType>(lhs.getElementType()).getFormat()),
        getInterval(cast<IntType>(rhs.getElementType()).getFormat()), terms));
  }
  auto sums = dyn_cast_or_null<linalg::LinalgOp>(op);
  if (!sums)
    return all;
  std::optional<SumOfProducts> products = matchSumOfProducts(sums);
  if (!products)
    return all;
  std::optional<Interval> found = getSums(
      getInterval(products->lhs), getInterval(products->rhs), products->terms);
  if (!found)
    return all;
  // What they start from.
  std::optional<LaneValues> init =
      evaluateConstant(sums.getDpsInitOperand(0)->get());
  if (!init || init->integers.empty())
    return all;
  auto [low, high] =
      std::minmax_element(init->integers.begin(), init->integers.end());
  std::optional<int64_t> least = llvm::checkedAdd(found->low, *low),
                         most = llvm::checkedAdd(found->high, *high);
  if (!least || !most)
    return all;
  return limit(Interval{*least, *most});
}

//===----------------------------------------------------------------------===//
// Constants
//===----------------------------------------------------------------------===//

static bool isElementwise(linalg::GenericOp op) {
  return op.hasPureTensorSemantics() && !op.hasDynamicShape() &&
         op->getNumResults() == 1 && !op.hasIndexSemantics() &&
         op.getNumLoops() == op.getNumParallelLoops() &&
         op.getIndexingMapMatchingResult(op->getResult(0)).isIdentity() &&
         op.getRegionOutputArgs().front().use_empty();
}

/// The elements of a constant attribute, in order.
static std::optional<LaneValues> readElements(ElementsAttr elements) {
  if (elements.getNumElements() > kMaxConstant)
    return std::nullopt;
  auto dense = dyn_cast<DenseElementsAttr>(elements);
  if (!dense)
    return std::nullopt;
  if (dense.isSplat())
    return getConstantLanes(dense.getSplatValue<Attribute>(),
                            dense.getNumElements());
  LaneValues result;
  for (Attribute element : dense.getValues<Attribute>()) {
    std::optional<LaneValues> lane = getConstantLanes(element, 1);
    if (!lane)
      return std::nullopt;
    llvm::append_range(result.integers, lane->integers);
    llvm::append_range(result.reals, lane->reals);
  }
  return result;
}

/// The row-major positions in `shape` that `map`, of dimensions and constants,
/// has for all points of `loops`; nullopt for other maps.
static std::optional<std::vector<size_t>>
getPositions(AffineMap map, ArrayRef<int64_t> shape, ArrayRef<int64_t> loops) {
  SmallVector<int64_t> steps(loops.size(), 0);
  int64_t step = 1, offset = 0;
  for (auto [expr, size] :
       llvm::reverse(llvm::zip_equal(map.getResults(), shape))) {
    if (auto dim = dyn_cast<AffineDimExpr>(expr))
      steps[dim.getPosition()] += step;
    else if (auto constant = dyn_cast<AffineConstantExpr>(expr))
      offset += constant.getValue() * step;
    else
      return std::nullopt;
    step *= size;
  }
  std::vector<size_t> positions(ShapedType::getNumElements(loops));
  SmallVector<int64_t> point(loops.size(), 0);
  int64_t position = offset;
  for (size_t &result : positions) {
    result = position;
    for (size_t dim = loops.size(); dim > 0; --dim) {
      position += steps[dim - 1];
      if (++point[dim - 1] < loops[dim - 1])
        break;
      position -= steps[dim - 1] * loops[dim - 1];
      point[dim - 1] = 0;
    }
  }
  return positions;
}

static LaneValues gather(const LaneValues &from, ArrayRef<size_t> positions) {
  LaneValues result;
  for (size_t position : positions)
    if (from.reals.empty())
      result.integers.push_back(from.integers[position]);
    else
      result.reals.push_back(from.reals[position]);
  return result;
}

/// The elements of a tensor or scalar of integers or floats that depends on
/// constants alone, by elementwise ops; nullopt for others.
static std::optional<LaneValues> evaluateConstant(Value value) {
  Attribute constant;
  if (matchPattern(value, m_Constant(&constant))) {
    if (auto elements = dyn_cast<ElementsAttr>(constant))
      return readElements(elements);
    return getConstantLanes(constant, 1);
  }
  auto type = dyn_cast<RankedTensorType>(value.getType());
  if (!type || !type.hasStaticShape() || type.getNumElements() > kMaxConstant)
    return std::nullopt;
  size_t numElements = type.getNumElements();
  Operation *op = value.getDefiningOp();
  if (auto fill = dyn_cast_or_null<linalg::FillOp>(op)) {
    if (!matchPattern(fill.getInputs()[0], m_Constant(&constant)))
      return std::nullopt;
    return getConstantLanes(constant, numElements);
  }
  if (auto broadcast = dyn_cast_or_null<linalg::BroadcastOp>(op)) {
    std::optional<LaneValues> from = evaluateConstant(broadcast.getInput());
    if (!from)
      return std::nullopt;
    SmallVector<AffineMap> maps = broadcast.getIndexingMapsArray();
    auto positions = getPositions(
        maps.front(),
        cast<RankedTensorType>(broadcast.getInput().getType()).getShape(),
        type.getShape());
    return positions ? std::optional(gather(*from, *positions)) : std::nullopt;
  }
  auto generic = dyn_cast_or_null<linalg::GenericOp>(op);
  if (!generic || !isElementwise(generic))
    return std::nullopt;
  llvm::DenseMap<Value, LaneValues> values;
  for (OpOperand *input : generic.getDpsInputOperands()) {
    std::optional<LaneValues> from = evaluateConstant(input->get());
    if (!from)
      return std::nullopt;
    if (auto tensor = dyn_cast<RankedTensorType>(input->get().getType())) {
      auto positions = getPositions(generic.getMatchingIndexingMap(input),
                                    tensor.getShape(), type.getShape());
      if (!positions)
        return std::nullopt;
      *from = gather(*from, *positions);
    } else {
      *from = gather(*from, std::vector<size_t>(numElements, 0));
    }
    values[generic.getMatchingBlockArgument(input)] = std::move(*from);
  }
  auto lookUp = [&](Value operand) -> const LaneValues * {
    if (!values.contains(operand)) {
      if (!matchPattern(operand, m_Constant(&constant)))
        return nullptr;
      std::optional<LaneValues> lanes = getConstantLanes(constant, numElements);
      if (!lanes)
        return nullptr;
      values[operand] = std::move(*lanes);
    }
    return &values[operand];
  };
  for (Operation &inner : generic.getBody()->without_terminator()) {
    if (inner.hasTrait<OpTrait::ConstantLike>())
      continue;
    for (Value operand : inner.getOperands())
      if (!lookUp(operand))
        return std::nullopt;
    SmallVector<const LaneValues *> operands =
        llvm::map_to_vector(inner.getOperands(), lookUp);
    std::optional<LaneValues> lanes =
        evaluateLanes(&inner, operands, numElements);
    if (!lanes)
      return std::nullopt;
    values[inner.getResult(0)] = std::move(*lanes);
  }
  const LaneValues *result =
      lookUp(generic.getBody()->getTerminator()->getOperand(0));
  return result ? std::optional(*result) : std::nullopt;
}

//===----------------------------------------------------------------------===//
// Thresholds
//===----------------------------------------------------------------------===//

namespace {
/// A monotone function of integers, per channel: `values` are its results,
/// ascending; that of x is values[k] with k the number of `thresholds` (of a
/// channel) that x is greater than. Where `flipped` is -1, x is ~x.
struct StepFunction {
  SmallVector<int64_t> values;
  /// Threshold by threshold, a vector with an element per channel.
  SmallVector<std::vector<int64_t>> thresholds;
  std::vector<int64_t> flipped;
};
} // namespace

/// Whether each channel is monotone, by all its results, of which there are at
/// most kMaxEnumerated; Unknown where not.
static void findTrendsByResults(const ScalarFunction &function, Interval range,
                                std::vector<Trend> &trends) {
  int64_t size = range.high - range.low + 1;
  std::vector<int64_t> arguments(size);
  for (int64_t i = 0; i < size; ++i)
    arguments[i] = range.low + i;
  for (auto [channel, trend] : llvm::enumerate(trends)) {
    if (trend != Trend::Unknown)
      continue;
    std::optional<LaneValues> results =
        function.evaluate(arguments, std::vector<size_t>(size, channel));
    if (!results)
      return;
    const std::vector<int64_t> &values = results->integers;
    if (std::is_sorted(values.begin(), values.end()))
      trend = Trend::Increasing;
    else if (std::is_sorted(values.rbegin(), values.rend()))
      trend = Trend::Decreasing;
    else
      return;
  }
}

/// `function`, of results of integers, on `range` as a step function; why not.
static FailureOr<StepFunction> findSteps(const ScalarFunction &function,
                                         Interval range, std::string &reason) {
  size_t numChannels = function.getNumChannels();
  std::vector<Trend> trends = function.findTrends(range.low, range.high);
  if (llvm::is_contained(trends, Trend::Unknown)) {
    // The size of the range may be 2^64.
    uint64_t size = uint64_t(range.high) - uint64_t(range.low);
    if (size < uint64_t(kMaxEnumerated) &&
        int64_t(size + 1) * llvm::count(trends, Trend::Unknown) <=
            kMaxEnumerated)
      findTrendsByResults(function, range, trends);
  }
  if (llvm::is_contained(trends, Trend::Unknown)) {
    reason = "it may not be monotone";
    return failure();
  }

  StepFunction steps;
  std::vector<size_t> channels(numChannels);
  std::vector<int64_t> first(numChannels), last(numChannels);
  for (auto [channel, trend] : llvm::enumerate(trends)) {
    steps.flipped.push_back(trend == Trend::Decreasing ? -1 : 0);
    channels[channel] = channel;
    first[channel] = trend == Trend::Decreasing ? ~range.high : range.low;
    last[channel] = trend == Trend::Decreasing ? ~range.low : range.high;
  }
  /// The results for arguments that are flipped.
  auto evaluate = [&](std::vector<int64_t> arguments,
                      ArrayRef<size_t> channels) {
    for (auto [argument, channel] : llvm::zip_equal(arguments, channels))
      argument ^= steps.flipped[channel];
    return function.evaluate(arguments, channels);
  };
  std::optional<LaneValues> lowest = evaluate(first, channels),
                            highest = evaluate(last, channels);
  if (!lowest || !highest) {
    reason = "a result is not defined";
    return failure();
  }
  int64_t min = *llvm::min_element(lowest->integers),
          max = *llvm::max_element(highest->integers);
  if (uint64_t(max) - uint64_t(min) > uint64_t(kMaxThresholds)) {
    reason = formatv("it has results from {0} to {1}", min, max);
    return failure();
  }

  // The smallest argument in first..last with a result of at least `value`; one
  // more than last if there is none.
  steps.values.push_back(min);
  for (int64_t value = min + 1; value <= max; ++value) {
    std::vector<int64_t> below = first, above = last;
    for (size_t i = 0; i < numChannels; ++i) {
      if (highest->integers[i] < value) {
        if (last[i] == INT64_MAX)
          return failure();
        below[i] = above[i] = last[i] + 1;
      } else if (lowest->integers[i] >= value) {
        above[i] = below[i] = first[i];
      }
    }
    // lowest < value <= highest: below < value <= above.
    while (true) {
      std::vector<int64_t> middle;
      std::vector<size_t> open;
      for (size_t i = 0; i < numChannels; ++i)
        if (below[i] != above[i] && below[i] + 1 != above[i]) {
          open.push_back(i);
          middle.push_back(
              below[i] +
              int64_t((uint64_t(above[i]) - uint64_t(below[i])) / 2));
        }
      if (open.empty())
        break;
      std::optional<LaneValues> results = evaluate(middle, open);
      if (!results) {
        reason = "a result is not defined";
        return failure();
      }
      for (auto [i, at, result] :
           llvm::zip_equal(open, middle, results->integers))
        (result >= value ? above : below)[i] = at;
    }
    // x >= above is x > above - 1, which vectors compare by.
    for (int64_t &threshold : above) {
      if (threshold == INT64_MIN)
        return failure();
      --threshold;
    }
    // A value that no channel has is passed over.
    if (!steps.thresholds.empty() && steps.thresholds.back() == above) {
      steps.values.back() = value;
    } else {
      steps.values.push_back(value);
      steps.thresholds.push_back(std::move(above));
    }
  }
  return steps;
}

//===----------------------------------------------------------------------===//
// Cost
//===----------------------------------------------------------------------===//

/// Instructions on a vector of 32-bit lanes, about.
static unsigned getCost(Operation *op) {
  unsigned bits = 32;
  SmallVector<Type> types(op->getOperandTypes());
  llvm::append_range(types, op->getResultTypes());
  for (Type type : types)
    if (type.isIntOrFloat())
      bits = std::max(bits, type.getIntOrFloatBitWidth());
  unsigned vectors = bits / 32;
  if (op->hasTrait<OpTrait::ConstantLike>())
    return 0;
  // What narrows the result has to be done anyway.
  if (isa<arith::TruncIOp, arith::ExtSIOp, arith::ExtUIOp>(op))
    return vectors - 1;
  if (isa<arith::MulIOp>(op))
    return 2 * vectors * vectors;
  if (isa<arith::DivFOp, math::RoundOp, math::SqrtOp>(op))
    return 6 * vectors;
  // Shifts, minima and maxima of 64 bits are several instructions on most CPUs.
  return vectors * vectors;
}

//===----------------------------------------------------------------------===//
// Matching and rewriting
//===----------------------------------------------------------------------===//

namespace {
/// A value in the body of an elementwise op that its result depends on alone,
/// constants apart.
struct Cut {
  Value value;
  /// The ops from there to the result, in order.
  SmallVector<Operation *> ops;
  unsigned cost = 0;
};
} // namespace

/// Which values of the body vary: those that depend on an input that is not
/// constant.
static llvm::DenseSet<Value>
findVarying(linalg::GenericOp op,
            llvm::DenseMap<Value, LaneValues> &constants) {
  llvm::DenseSet<Value> varying;
  for (OpOperand *input : op.getDpsInputOperands()) {
    BlockArgument argument = op.getMatchingBlockArgument(input);
    if (std::optional<LaneValues> lanes = evaluateConstant(input->get()))
      constants[argument] = std::move(*lanes);
    else
      varying.insert(argument);
  }
  for (Operation &inner : op.getBody()->without_terminator())
    if (llvm::any_of(inner.getOperands(),
                     [&](Value v) { return varying.contains(v); }))
      varying.insert(inner.result_begin(), inner.result_end());
  return varying;
}

/// The cuts of `op` at integers of 8 to 32 bits, those that leave the fewest
/// ops before them first.
static SmallVector<Cut> findCuts(linalg::GenericOp op,
                                 const llvm::DenseSet<Value> &varying) {
  SmallVector<Cut> cuts;
  Value result = op.getBody()->getTerminator()->getOperand(0);
  SmallVector<Value> frontier = {result};
  auto isCandidate = [](Type type) {
    return type.isInteger(8) || type.isInteger(16) || type.isInteger(32);
  };
  while (varying.contains(frontier.front())) {
    if (frontier.size() == 1 && frontier.front() != result &&
        isCandidate(frontier.front().getType()))
      cuts.insert(cuts.begin(), {frontier.front(), {}, 0});
    // The op that comes last gives way to its operands.
    Operation *last = nullptr;
    for (Value value : frontier)
      if (Operation *def = value.getDefiningOp())
        if (!last || last->isBeforeInBlock(def))
          last = def;
    if (!last)
      break;
    llvm::erase_if(frontier,
                   [&](Value v) { return v.getDefiningOp() == last; });
    for (Value operand : last->getOperands())
      if (varying.contains(operand) && !llvm::is_contained(frontier, operand))
        frontier.push_back(operand);
    if (frontier.empty())
      break;
  }
  // The ops after each cut: those passed that come after it, and what they need
  // of constants.
  for (Cut &cut : cuts) {
    llvm::DenseSet<Operation *> needed;
    SmallVector<Value> work = {result};
    while (!work.empty()) {
      Value value = work.pop_back_val();
      Operation *def = value.getDefiningOp();
      if (value == cut.value || !def || def->getBlock() != op.getBody() ||
          def->hasTrait<OpTrait::ConstantLike>() || !needed.insert(def).second)
        continue;
      llvm::append_range(work, def->getOperands());
    }
    for (Operation &inner : *op.getBody())
      if (needed.contains(&inner)) {
        cut.ops.push_back(&inner);
        cut.cost += getCost(&inner);
      }
  }
  return cuts;
}

namespace {
/// An elementwise op whose result is a step function of one of its values.
class Requantization {
public:
  explicit Requantization(linalg::GenericOp op)
      : op(op), loops(op.getStaticLoopRanges()) {}

  /// Finds the steps; `reason` says why not, if it is not plain that nothing is
  /// requantised here.
  bool match();
  void rewrite(RewriterBase &b);

  std::string reason;
  size_t getNumThresholds() const { return steps.thresholds.size(); }

private:
  bool matchAt(const Cut &candidate);
  /// A constant with an element per channel.
  Value addInput(RewriterBase &b, ArrayRef<int64_t> perChannel);

  linalg::GenericOp op;
  SmallVector<int64_t> loops;
  llvm::DenseMap<Value, LaneValues> constants;
  /// The loops that constants run along, and their sizes.
  SmallVector<unsigned> channelDims;
  SmallVector<int64_t> channelShape;
  Cut cut;
  StepFunction steps;
  SmallVector<Value> inputs;
  SmallVector<AffineMap> maps;
};
} // namespace

bool Requantization::match() {
  auto type = dyn_cast<IntegerType>(
      cast<RankedTensorType>(op.getResult(0).getType()).getElementType());
  if (!type || type.getWidth() < 8 || type.getWidth() > 32)
    return false;
  llvm::DenseSet<Value> varying = findVarying(op, constants);
  for (Cut &candidate : findCuts(op, varying))
    if (matchAt(candidate)) {
      cut = std::move(candidate);
      return true;
    }
  return false;
}

bool Requantization::matchAt(const Cut &candidate) {
  // Channels are what the constants run along that are read after the cut.
  llvm::DenseSet<Value> used;
  for (Operation *inner : candidate.ops)
    used.insert(inner->operand_begin(), inner->operand_end());
  SmallVector<OpOperand *> read;
  llvm::SmallBitVector isChannel(loops.size());
  for (OpOperand *input : op.getDpsInputOperands()) {
    BlockArgument argument = op.getMatchingBlockArgument(input);
    if (argument == candidate.value || !used.contains(argument))
      continue;
    read.push_back(input);
    AffineMap map = op.getMatchingIndexingMap(input);
    for (unsigned dim = 0; dim < loops.size(); ++dim)
      if (map.isFunctionOfDim(dim) && loops[dim] != 1)
        isChannel.set(dim);
  }
  channelDims.assign(isChannel.set_bits_begin(), isChannel.set_bits_end());
  channelShape.clear();
  SmallVector<int64_t> channelLoops(loops.size(), 1);
  for (unsigned dim : channelDims) {
    channelShape.push_back(loops[dim]);
    channelLoops[dim] = loops[dim];
  }
  size_t numChannels = ShapedType::getNumElements(channelShape);
  if (numChannels > kMaxChannels) {
    reason = "its constants differ at too many places";
    return false;
  }

  llvm::DenseMap<Value, LaneValues> perChannel;
  for (OpOperand *input : read) {
    BlockArgument argument = op.getMatchingBlockArgument(input);
    std::vector<size_t> positions(numChannels, 0);
    if (auto tensor = dyn_cast<RankedTensorType>(input->get().getType())) {
      auto found = getPositions(op.getMatchingIndexingMap(input),
                                tensor.getShape(), channelLoops);
      if (!found)
        return false;
      positions = std::move(*found);
    }
    perChannel[argument] = gather(constants[argument], positions);
  }
  for (Operation *inner : candidate.ops)
    for (Value operand : inner->getOperands()) {
      Attribute constant;
      if (operand == candidate.value || perChannel.contains(operand) ||
          llvm::is_contained(candidate.ops, operand.getDefiningOp()))
        continue;
      if (!matchPattern(operand, m_Constant(&constant)))
        return false;
      std::optional<LaneValues> lanes = getConstantLanes(constant, numChannels);
      if (!lanes)
        return false;
      perChannel[operand] = std::move(*lanes);
    }

  ScalarFunction function(candidate.value,
                          op.getBody()->getTerminator()->getOperand(0),
                          candidate.ops, std::move(perChannel), numChannels);
  unsigned width = candidate.value.getType().getIntOrFloatBitWidth();
  Interval range = Interval::ofType(width);
  if (auto argument = dyn_cast<BlockArgument>(candidate.value))
    range = getElements(op.getMatchingOpOperand(argument)->get(), width);
  FailureOr<StepFunction> found = findSteps(function, range, reason);
  if (failed(found))
    return false;
  // Thresholds that all or no numbers of the type are above.
  for (std::vector<int64_t> &thresholds : found->thresholds)
    for (int64_t threshold : thresholds)
      if (!llvm::isIntN(width, threshold)) {
        reason = "a threshold is beyond the type";
        return false;
      }
  // A comparison and a sum for each.
  bool isMixed = llvm::is_contained(found->flipped, -1);
  unsigned cost = 2 * found->thresholds.size() + isMixed;
  if (cost > candidate.cost) {
    reason = formatv("{0} thresholds cost more", found->thresholds.size());
    return false;
  }
  steps = std::move(*found);
  return true;
}

/// The op that sums `values[i] - values[i - 1]` over all conditions i that
/// hold.
static Value createSum(OpBuilder &b, Location loc, ArrayRef<int64_t> values,
                       ArrayRef<Value> conditions, Type sumType, Type type) {
  auto constant = [&](Type type, int64_t value) -> Value {
    return arith::ConstantOp::create(b, loc, b.getIntegerAttr(type, value));
  };
  bool isEven = true;
  int64_t step = values.size() > 1 ? values[1] - values[0] : 0;
  for (size_t i = 1; i < values.size(); ++i)
    isEven &= values[i] - values[i - 1] == step;
  if (!isEven || conditions.size() < 2) {
    Value result = constant(type, values.front());
    for (auto [condition, value] :
         llvm::zip_equal(conditions, values.drop_front()))
      result = arith::SelectOp::create(b, loc, condition, constant(type, value),
                                       result);
    return result;
  }
  Value sum;
  for (Value condition : conditions) {
    Value one = arith::ExtUIOp::create(b, loc, sumType, condition);
    sum = sum ? arith::AddIOp::create(b, loc, sum, one).getResult() : one;
  }
  unsigned width = sumType.getIntOrFloatBitWidth();
  if (type.getIntOrFloatBitWidth() < width)
    sum = arith::TruncIOp::create(b, loc, type, sum);
  else if (type.getIntOrFloatBitWidth() > width)
    sum = arith::ExtUIOp::create(b, loc, type, sum);
  if (step != 1)
    sum = arith::MulIOp::create(b, loc, sum, constant(type, step));
  if (values.front() != 0)
    sum = arith::AddIOp::create(b, loc, sum, constant(type, values.front()));
  return sum;
}

Value Requantization::addInput(RewriterBase &b, ArrayRef<int64_t> perChannel) {
  auto element = cast<IntegerType>(cut.value.getType());
  SmallVector<APInt> numbers = llvm::map_to_vector(perChannel, [&](int64_t n) {
    return APInt(element.getWidth(), n, /*isSigned=*/true);
  });
  SmallVector<AffineExpr> dims = llvm::map_to_vector(
      channelDims, [&](unsigned dim) { return b.getAffineDimExpr(dim); });
  auto type = RankedTensorType::get(channelShape, element);
  inputs.push_back(arith::ConstantOp::create(
      b, op.getLoc(), DenseElementsAttr::get(type, numbers)));
  maps.push_back(AffineMap::get(loops.size(), 0, dims, b.getContext()));
  return inputs.back();
}

void Requantization::rewrite(RewriterBase &b) {
  b.setInsertionPoint(op);
  Location loc = op.getLoc();
  // The inputs that are read before the cut.
  llvm::SetVector<Operation *> before;
  llvm::DenseSet<Value> needed = {cut.value};
  for (Operation &inner : llvm::reverse(op.getBody()->without_terminator()))
    if (llvm::is_contained(needed, inner.getResult(0))) {
      before.insert(&inner);
      needed.insert(inner.operand_begin(), inner.operand_end());
    }
  SmallVector<BlockArgument> arguments;
  for (OpOperand *input : op.getDpsInputOperands())
    if (BlockArgument argument = op.getMatchingBlockArgument(input);
        needed.contains(argument)) {
      inputs.push_back(input->get());
      maps.push_back(op.getMatchingIndexingMap(input));
      arguments.push_back(argument);
    }
  auto isUniform = [](ArrayRef<int64_t> numbers) {
    return llvm::all_equal(numbers);
  };
  SmallVector<unsigned> places; // of what is not uniform
  auto add = [&](ArrayRef<int64_t> numbers) {
    if (!isUniform(numbers)) {
      places.push_back(inputs.size());
      addInput(b, numbers);
    }
  };
  add(steps.flipped);
  for (const std::vector<int64_t> &thresholds : steps.thresholds)
    add(thresholds);

  auto type = cast<RankedTensorType>(op.getResult(0).getType());
  Value empty =
      tensor::EmptyOp::create(b, loc, type.getShape(), type.getElementType());
  maps.push_back(b.getMultiDimIdentityMap(loops.size()));
  auto result = linalg::GenericOp::create(
      b, loc, type, inputs, empty, maps, op.getIteratorTypesArray(),
      [&](OpBuilder &b, Location loc, ValueRange args) {
        IRMapping mapping;
        for (auto [argument, value] : llvm::zip(arguments, args))
          mapping.map(argument, value);
        for (Operation *inner : llvm::reverse(before))
          b.clone(*inner, mapping);
        Value x = mapping.lookup(cut.value);
        const unsigned *place = places.begin();
        auto get = [&](ArrayRef<int64_t> numbers) -> Value {
          if (!isUniform(numbers))
            return args[*place++];
          return arith::ConstantOp::create(
              b, loc, b.getIntegerAttr(x.getType(), numbers.front()));
        };
        if (llvm::is_contained(steps.flipped, -1))
          x = arith::XOrIOp::create(b, loc, x, get(steps.flipped));
        SmallVector<Value> conditions;
        for (const std::vector<int64_t> &thresholds : steps.thresholds)
          conditions.push_back(arith::CmpIOp::create(
              b, loc, arith::CmpIPredicate::sgt, x, get(thresholds)));
        linalg::YieldOp::create(b, loc,
                                createSum(b, loc, steps.values, conditions,
                                          x.getType(), type.getElementType()));
      });
  b.replaceOp(op, result.getResults());
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

/// The op that computes `value`, reshaping apart.
static Operation *getProducer(Value value) {
  Operation *op = value.getDefiningOp();
  while (isa_and_nonnull<tensor::ExpandShapeOp, tensor::CollapseShapeOp>(op))
    op = op->getOperand(0).getDefiningOp();
  return op;
}

static bool usesFloats(linalg::GenericOp op) {
  return llvm::any_of(op.getBody()->without_terminator(), [](Operation &inner) {
    return llvm::any_of(inner.getResultTypes(),
                        [](Type type) { return isa<FloatType>(type); });
  });
}

namespace {
struct RequantizePass : bitserial::impl::RequantizeBase<RequantizePass> {
  RequantizePass() = default;
  explicit RequantizePass(ImportReport &report) : report(&report) {}

  void runOnOperation() override {
    SmallVector<linalg::GenericOp> ops;
    getOperation().walk([&](linalg::GenericOp op) {
      if (isElementwise(op) && op.getNumDpsInputs() != 0)
        ops.push_back(op);
    });
    IRRewriter rewriter(&getContext());
    for (linalg::GenericOp op : ops) {
      SmallVector<Operation *> contractions;
      for (Value input : op.getDpsInputs())
        if (Operation *producer = getProducer(input);
            isa_and_nonnull<ContractOp>(producer))
          contractions.push_back(producer);
      std::string how = usesFloats(op) ? "float" : "fixed point";
      Requantization requantization(op);
      if (requantization.match()) {
        how = formatv("{0} threshold{1}", requantization.getNumThresholds(),
                      requantization.getNumThresholds() == 1 ? "" : "s");
        remark::passed(
            op.getLoc(),
            remark::RemarkOpts::name("requantize").category("bitserial"))
            << formatv("requantised by {0}", how).str();
        requantization.rewrite(rewriter);
      } else if (!contractions.empty() && !requantization.reason.empty()) {
        remark::missed(
            op.getLoc(),
            remark::RemarkOpts::name("requantize").category("bitserial"))
            << "not requantised by thresholds: " + requantization.reason;
      }
      for (Operation *contraction : contractions)
        note(contraction, how);
    }
  }

  /// What follows `contraction` goes to the report.
  void note(Operation *contraction, StringRef how) {
    auto place = contraction->getLoc()->findInstanceOf<FileLineColLoc>();
    if (!report || !place)
      return;
    std::string location =
        formatv("{0}:{1}:{2}", place.getFilename().getValue(), place.getLine(),
                place.getColumn());
    for (LayerReport &layer : report->layers)
      if (layer.location == location &&
          (layer.isLowBit || layer.isWholeNumbers))
        layer.requantization = how.str();
  }

  ImportReport *report = nullptr;
};
} // namespace

std::unique_ptr<Pass> bitserial::createRequantize(ImportReport &report) {
  return std::make_unique<RequantizePass>(report);
}

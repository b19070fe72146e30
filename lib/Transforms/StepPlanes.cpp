//===- StepPlanes.cpp - Bit planes of step functions ----------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StepPlanes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace mlir::bitserial;
using arith::CmpIPredicate;

/// Results of 4 bits have 15 steps.
static constexpr size_t kMaxSteps = 15;

//===----------------------------------------------------------------------===//
// Thresholds
//===----------------------------------------------------------------------===//

namespace {
/// What a value is compared with: an integer, or one of a constant tensor for
/// each channel.
struct Threshold {
  Value value;
  SmallVector<APInt> elements;
  /// How the op reads the elements; none of an integer.
  AffineMap map;
  SmallVector<tensor::ExtractSliceOp> slices;

  bool readsAs(const Threshold &other) const {
    return map == other.map && elements.size() == other.elements.size() &&
           llvm::equal(slices, other.slices,
                       [](tensor::ExtractSliceOp a, tensor::ExtractSliceOp b) {
                         return a.getMixedOffsets() == b.getMixedOffsets() &&
                                a.getMixedSizes() == b.getMixedSizes() &&
                                a.getMixedStrides() == b.getMixedStrides() &&
                                a.getSourceType() == b.getSourceType();
                       });
  }
};
} // namespace

static std::optional<Threshold> getThreshold(linalg::GenericOp op,
                                             Value value) {
  Threshold result{value, {}, {}, {}};
  APInt integer;
  if (matchPattern(value, m_ConstantInt(&integer))) {
    result.elements.push_back(integer);
    return result;
  }
  auto argument = dyn_cast<BlockArgument>(value);
  if (!argument || argument.getOwner() != op.getBody())
    return std::nullopt;
  OpOperand *input = op.getMatchingOpOperand(argument);
  Value tensor = input->get();
  while (auto slice = tensor.getDefiningOp<tensor::ExtractSliceOp>()) {
    result.slices.push_back(slice);
    tensor = slice.getSource();
  }
  DenseIntElementsAttr elements;
  if (!matchPattern(tensor, m_Constant(&elements)) || elements.empty())
    return std::nullopt;
  result.map = op.getMatchingIndexingMap(input);
  result.elements = llvm::to_vector(elements.getValues<APInt>());
  return result;
}

/// Whether `a` is at most `b` in every channel.
static bool isAtMost(const Threshold &a, const Threshold &b, bool isSigned) {
  auto isLess = [&](const APInt &x, const APInt &y) {
    return isSigned ? x.slt(y) : x.ult(y);
  };
  if (a.readsAs(b))
    return llvm::none_of(llvm::zip_equal(a.elements, b.elements),
                         [&](const auto &pair) {
                           return isLess(std::get<1>(pair), std::get<0>(pair));
                         });
  const APInt &last =
      *std::max_element(a.elements.begin(), a.elements.end(), isLess);
  const APInt &first =
      *std::min_element(b.elements.begin(), b.elements.end(), isLess);
  return !isLess(first, last);
}

//===----------------------------------------------------------------------===//
// Steps
//===----------------------------------------------------------------------===//

namespace {
/// The result of an elementwise op as a function of comparisons, all of one
/// value by one predicate with different thresholds, each of which implies
/// those before it.
class Steps {
public:
  explicit Steps(linalg::GenericOp op) : op(op) {}

  bool match();
  /// The result where the first `count` comparisons hold and no other; nullopt
  /// if the ops cannot be folded.
  std::optional<APInt> getResult(size_t count);
  size_t getNumSteps() const { return conditions.size(); }

  /// Whether an odd number of the comparisons `which`, ascending, holds.
  Value createParity(OpBuilder &b, ArrayRef<size_t> which);

private:
  bool addCondition(arith::CmpIOp condition);
  bool sort();
  Value createComparison(OpBuilder &b, Value threshold);

  linalg::GenericOp op;
  /// Between the comparisons and the result, in order.
  SmallVector<Operation *> ops;
  SmallVector<std::pair<arith::CmpIOp, Threshold>> conditions;
};
} // namespace

bool Steps::match() {
  llvm::DenseSet<Value> needed = {op.getBody()->getTerminator()->getOperand(0)};
  for (Operation &inner : llvm::reverse(op.getBody()->without_terminator())) {
    if (!llvm::is_contained(needed, inner.getResult(0)))
      continue;
    if (auto condition = dyn_cast<arith::CmpIOp>(inner)) {
      if (!addCondition(condition))
        return false;
      continue;
    }
    if (inner.getNumResults() != 1 || inner.getNumRegions() != 0)
      return false;
    ops.insert(ops.begin(), &inner);
    needed.insert(inner.operand_begin(), inner.operand_end());
  }
  bool readsInput = llvm::any_of(op.getBody()->getArguments(), [&](Value v) {
    return llvm::is_contained(needed, v);
  });
  return !readsInput && !conditions.empty() && sort();
}

bool Steps::addCondition(arith::CmpIOp condition) {
  if (condition.getPredicate() == CmpIPredicate::eq ||
      condition.getPredicate() == CmpIPredicate::ne ||
      conditions.size() == kMaxSteps)
    return false;
  if (!conditions.empty()) {
    arith::CmpIOp first = conditions.front().first;
    if (first.getPredicate() != condition.getPredicate() ||
        first.getLhs() != condition.getLhs())
      return false;
  }
  std::optional<Threshold> threshold = getThreshold(op, condition.getRhs());
  if (!threshold)
    return false;
  conditions.emplace_back(condition, std::move(*threshold));
  return true;
}

bool Steps::sort() {
  CmpIPredicate predicate = conditions.front().first.getPredicate();
  bool isSigned = llvm::is_contained({CmpIPredicate::sgt, CmpIPredicate::sge,
                                      CmpIPredicate::slt, CmpIPredicate::sle},
                                     predicate);
  bool isGreater = llvm::is_contained({CmpIPredicate::sgt, CmpIPredicate::sge,
                                       CmpIPredicate::ugt, CmpIPredicate::uge},
                                      predicate);
  // What is at most another one in every channel is so on the average.
  auto getMean = [&](const Threshold &threshold) {
    double sum = 0;
    for (const APInt &element : threshold.elements)
      sum += element.roundToDouble(isSigned);
    return sum / threshold.elements.size();
  };
  llvm::sort(conditions, [&](const auto &a, const auto &b) {
    return getMean(a.second) < getMean(b.second);
  });
  for (size_t i = 1; i < conditions.size(); ++i)
    if (!isAtMost(conditions[i - 1].second, conditions[i].second, isSigned))
      return false;
  if (!isGreater)
    std::reverse(conditions.begin(), conditions.end());
  return true;
}

std::optional<APInt> Steps::getResult(size_t count) {
  llvm::DenseMap<Value, Attribute> values;
  for (auto [i, condition] : llvm::enumerate(conditions)) {
    arith::CmpIOp comparison = condition.first;
    values[comparison] = BoolAttr::get(comparison.getContext(), i < count);
  }
  auto lookUp = [&](Value value) {
    Attribute result = values.lookup(value);
    if (!result)
      matchPattern(value, m_Constant(&result));
    return result;
  };
  for (Operation *inner : ops) {
    SmallVector<Attribute> operands =
        llvm::map_to_vector(inner->getOperands(), lookUp);
    SmallVector<OpFoldResult> results;
    if (failed(inner->fold(operands, results)) || results.size() != 1)
      return std::nullopt;
    auto attribute = dyn_cast<Attribute>(results.front());
    values[inner->getResult(0)] =
        attribute ? attribute : lookUp(cast<Value>(results.front()));
  }
  auto result = dyn_cast_or_null<IntegerAttr>(
      lookUp(op.getBody()->getTerminator()->getOperand(0)));
  return result ? std::optional(result.getValue()) : std::nullopt;
}

Value Steps::createComparison(OpBuilder &b, Value threshold) {
  arith::CmpIOp first = conditions.front().first;
  return arith::CmpIOp::create(b, op.getLoc(), first.getPredicate(),
                               first.getLhs(), threshold);
}

Value Steps::createParity(OpBuilder &b, ArrayRef<size_t> which) {
  SmallVector<Value> thresholds = llvm::map_to_vector(
      which, [&](size_t i) { return conditions[i].second.value; });
  if (llvm::isPowerOf2_64(thresholds.size() + 1)) {
    while (thresholds.size() > 1) {
      size_t middle = thresholds.size() / 2;
      Value isAbove = createComparison(b, thresholds[middle]);
      for (size_t i = 0; i < middle; ++i)
        thresholds[i] = arith::SelectOp::create(
            b, op.getLoc(), isAbove, thresholds[middle + 1 + i], thresholds[i]);
      thresholds.truncate(middle);
    }
    return createComparison(b, thresholds.front());
  }
  Value parity;
  for (Value threshold : thresholds) {
    Value next = createComparison(b, threshold);
    parity =
        parity ? arith::XOrIOp::create(b, op.getLoc(), parity, next).getResult()
               : next;
  }
  return parity;
}

//===----------------------------------------------------------------------===//
// Planes
//===----------------------------------------------------------------------===//

std::optional<SmallVector<Value>>
bitserial::createStepPlanes(OpBuilder &b, linalg::GenericOp op,
                            const NumberFormat &format) {
  Steps steps(op);
  if (!steps.match())
    return std::nullopt;
  SmallVector<unsigned> codes;
  for (size_t count = 0; count <= steps.getNumSteps(); ++count) {
    std::optional<APInt> result = steps.getResult(count);
    if (!result)
      return std::nullopt;
    int64_t value = format.isValueUnsigned() ? int64_t(result->getZExtValue())
                                             : result->getSExtValue();
    if (!format.contains(value))
      return std::nullopt;
    codes.push_back(format.encode(value));
  }

  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPoint(op.getBody()->getTerminator());
  SmallVector<Value> planes;
  for (unsigned plane = 0; plane < format.getWidth(); ++plane) {
    auto getBit = [&](size_t count) { return codes[count] >> plane & 1; };
    SmallVector<size_t> changes;
    for (size_t i = 0; i < steps.getNumSteps(); ++i)
      if (getBit(i) != getBit(i + 1))
        changes.push_back(i);
    Value first =
        arith::ConstantOp::create(b, op.getLoc(), b.getBoolAttr(getBit(0)));
    if (changes.empty()) {
      planes.push_back(first);
      continue;
    }
    Value parity = steps.createParity(b, changes);
    planes.push_back(
        getBit(0)
            ? arith::XOrIOp::create(b, op.getLoc(), parity, first).getResult()
            : parity);
  }
  return planes;
}

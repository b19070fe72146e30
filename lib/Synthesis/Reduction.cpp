//===- Reduction.cpp - From counters to sums to results -------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Reduction.h"

#include <map>

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

//===----------------------------------------------------------------------===//
// Trees for several accumulators
//===----------------------------------------------------------------------===//

namespace {
/// One level of a tree, applied to all vectors alike. All but Fold make one
/// vector of two neighbours.
enum class Level {
  HorizontalAdd, ///< The instruction.
  EvenOdd,       ///< The even lanes of both plus the odd ones.
  Interleave,    ///< The low halves of both, interleaved, plus the high ones.
  Fold,          ///< The low half of one plus its high half.
};

/// What the lanes of a vector are after some levels: the accumulator, and how
/// many of its lanes they sum up.
using LaneMap = std::vector<std::pair<unsigned, unsigned>>;

class TreeSearch {
public:
  TreeSearch(unsigned lanes, unsigned group, bool hasInstruction,
             unsigned instructionCost)
      : lanes(lanes), group(group), hasInstruction(hasInstruction),
        instructionCost(instructionCost) {}

  /// The cheapest levels that leave one vector with one lane per accumulator;
  /// `order` says which.
  std::optional<SmallVector<Level>> run(SmallVector<int64_t> &order);

  /// The lanes that `level` adds up: those of the first shuffle of its two
  /// operands, then those of the second.
  static std::pair<SmallVector<int64_t>, SmallVector<int64_t>>
  shufflesOf(Level level, int64_t lanes);

private:
  struct State {
    unsigned cost;
    SmallVector<Level> levels;
    std::vector<LaneMap> vectors;
  };
  std::optional<State> apply(const State &state, Level level) const;

  unsigned lanes, group;
  bool hasInstruction;
  unsigned instructionCost;
};
} // namespace

std::pair<SmallVector<int64_t>, SmallVector<int64_t>>
TreeSearch::shufflesOf(Level level, int64_t lanes) {
  SmallVector<int64_t> first, second;
  switch (level) {
  case Level::HorizontalAdd:
    // In blocks of four: the sums of the first operand, then of the second.
    for (int64_t block = 0; block < lanes; block += 4)
      for (int64_t operand : {0, 1})
        for (int64_t pair : {0, 2}) {
          first.push_back(operand * lanes + block + pair);
          second.push_back(operand * lanes + block + pair + 1);
        }
    break;
  case Level::EvenOdd:
    for (int64_t i = 0; i < lanes; ++i) {
      first.push_back(2 * i);
      second.push_back(2 * i + 1);
    }
    break;
  case Level::Interleave:
    for (int64_t i = 0; i < lanes; ++i) {
      first.push_back(i % 2 * lanes + i / 2);
      second.push_back(i % 2 * lanes + i / 2 + lanes / 2);
    }
    break;
  case Level::Fold:
    for (int64_t i = 0; i < lanes / 2; ++i) {
      first.push_back(i);
      second.push_back(i + lanes / 2);
    }
    break;
  }
  return {first, second};
}

std::optional<TreeSearch::State> TreeSearch::apply(const State &state,
                                                   Level level) const {
  unsigned count = state.vectors.size(), width = state.vectors[0].size();
  bool isFold = level == Level::Fold;
  if (isFold ? width < 2 : count % 2 != 0)
    return std::nullopt;
  if (level == Level::HorizontalAdd &&
      (!hasInstruction || width != lanes || width % 4 != 0))
    return std::nullopt;
  State next{state.cost, state.levels, {}};
  next.levels.push_back(level);
  unsigned cost = level == Level::HorizontalAdd ? instructionCost
                  : isFold                      ? 2
                                                : 3;
  auto [first, second] = shufflesOf(level, width);
  for (unsigned i = 0; i < count; i += isFold ? 1 : 2) {
    next.cost += cost;
    auto lane = [&](int64_t j) {
      return state.vectors[i + j / width][j % width];
    };
    LaneMap &map = next.vectors.emplace_back();
    for (auto [x, y] : llvm::zip_equal(first, second)) {
      if (lane(x).first != lane(y).first)
        return std::nullopt;
      map.push_back({lane(x).first, lane(x).second + lane(y).second});
    }
  }
  return next;
}

std::optional<SmallVector<Level>> TreeSearch::run(SmallVector<int64_t> &order) {
  State start{0, {}, {}};
  for (unsigned i = 0; i < group; ++i)
    start.vectors.push_back(LaneMap(lanes, {i, 1}));
  // Costs are a few dozen at most, states a few hundred: all are kept. What two
  // sequences of levels lead to alike is followed from the cheaper one only.
  std::map<std::vector<LaneMap>, State> open, closed;
  open.emplace(start.vectors, start);
  while (!open.empty()) {
    auto best = llvm::min_element(open, [](const auto &x, const auto &y) {
      return std::tie(x.second.cost, x.second.levels) <
             std::tie(y.second.cost, y.second.levels);
    });
    State state = best->second;
    open.erase(best);
    const LaneMap &map = state.vectors.front();
    if (state.vectors.size() == 1 && map.size() == group) {
      order.assign(group, -1);
      for (auto [i, lane] : llvm::enumerate(map))
        if (lane.second == lanes)
          order[lane.first] = i;
      if (!llvm::is_contained(order, -1))
        return state.levels;
    }
    closed.emplace(state.vectors, state);
    for (Level level : {Level::HorizontalAdd, Level::EvenOdd, Level::Interleave,
                        Level::Fold}) {
      std::optional<State> next = apply(state, level);
      if (!next || closed.count(next->vectors))
        continue;
      auto [it, isNew] = open.emplace(next->vectors, *next);
      if (!isNew && next->cost < it->second.cost)
        it->second = *next;
    }
  }
  return std::nullopt;
}

Value bitserial::reduceLanes(VectorEmitter &e, const InstructionRoles &roles,
                             ArrayRef<Value> values) {
  SmallVector<Value> vectors;
  for (Value value : values)
    vectors.push_back(e.truncate(value, 32));
  unsigned lanes = e.typeOf(vectors.front()).getNumElements();
  // What LLVM's cores take for the instruction: one operation on Arm, three on
  // x86.
  bool isFull = lanes * 32 == e.vectorBits;
  unsigned cost =
      roles.horizontalAdd && roles.horizontalAdd->getArch() == Arch::X86_64 ? 3
                                                                            : 1;
  SmallVector<int64_t> order;
  std::optional<SmallVector<Level>> levels =
      TreeSearch(lanes, values.size(), roles.horizontalAdd && isFull, cost)
          .run(order);
  if (!levels) {
    // Not a power of two: one by one.
    SmallVector<Value> sums;
    for (Value vector : vectors)
      sums.push_back(vector::ReductionOp::create(
          e.b, e.loc, vector::CombiningKind::ADD, vector));
    auto type = VectorType::get({int64_t(sums.size())}, e.b.getI32Type());
    return vector::FromElementsOp::create(e.b, e.loc, type, sums);
  }
  auto shuffle = [&](Value a, Value b, ArrayRef<int64_t> mask) -> Value {
    return vector::ShuffleOp::create(e.b, e.loc, a, b, mask);
  };
  for (Level level : *levels) {
    SmallVector<Value> next;
    unsigned step = level == Level::Fold ? 1 : 2;
    for (unsigned i = 0; i < vectors.size(); i += step) {
      Value a = vectors[i], b = vectors[i + step - 1];
      if (level == Level::HorizontalAdd) {
        next.push_back(e.emit(*roles.horizontalAdd, {a, b}));
        continue;
      }
      auto [first, second] =
          TreeSearch::shufflesOf(level, e.typeOf(a).getNumElements());
      next.push_back(e.add(shuffle(a, b, first), shuffle(a, b, second)));
    }
    vectors = std::move(next);
  }
  Value result = vectors.front();
  if (!llvm::is_sorted(order))
    result = shuffle(result, result, order);
  return result;
}

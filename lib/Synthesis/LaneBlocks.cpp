//===- LaneBlocks.cpp - What repeats along the lanes ----------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LaneBlocks.h"

#include <optional>

using namespace mlir;
using namespace mlir::bitserial;
using Kind = LaneProgram::Kind;
using Step = LaneProgram::Step;

//===----------------------------------------------------------------------===//
// Constants
//===----------------------------------------------------------------------===//

namespace {
/// The lanes of steps that are constants, or move the bits of constants.
class KnownConstants {
public:
  explicit KnownConstants(const LaneProgram &program)
      : lanes(program.steps().size()) {
    for (auto [index, step] : llvm::enumerate(program.steps()))
      lanes[index] = fold(program, step);
  }

  const std::optional<std::vector<uint64_t>> &operator[](unsigned step) const {
    return lanes[step];
  }
  /// A constant that all lanes of a step share.
  std::optional<uint64_t> getSplat(unsigned step) const {
    if (!lanes[step] || !llvm::all_equal(*lanes[step]))
      return std::nullopt;
    return lanes[step]->front();
  }

private:
  std::optional<std::vector<uint64_t>> fold(const LaneProgram &program,
                                            const Step &step) const {
    if (step.kind == Kind::Constant)
      return step.payload;
    if (step.kind != Kind::Shuffle && step.kind != Kind::Bitcast)
      return std::nullopt;
    std::vector<uint64_t> from;
    for (unsigned operand : step.operands) {
      if (!lanes[operand])
        return std::nullopt;
      llvm::append_range(from, *lanes[operand]);
    }
    std::vector<uint64_t> result(step.type.lanes, 0);
    if (step.kind == Kind::Shuffle) {
      for (auto [lane, source] : llvm::zip_equal(result, step.payload))
        lane = from[source];
      return result;
    }
    unsigned width = step.type.width,
             fromWidth = program.step(step.operands[0]).type.width;
    for (unsigned bit = 0; bit < step.type.lanes * width; ++bit)
      result[bit / width] |= (from[bit / fromWidth] >> bit % fromWidth & 1)
                             << bit % width;
    return result;
  }

  std::vector<std::optional<std::vector<uint64_t>>> lanes;
};
} // namespace

/// The amount by which all lanes are shifted, if that is one and less than
/// their width.
static std::optional<unsigned> getShift(const KnownConstants &constants,
                                        const Step &step) {
  if (step.kind != Kind::ShiftLeft && step.kind != Kind::ShiftRightU)
    return std::nullopt;
  std::optional<uint64_t> amount = constants.getSplat(step.operands[1]);
  if (!amount || *amount >= step.type.width)
    return std::nullopt;
  return *amount;
}

//===----------------------------------------------------------------------===//
// Demand
//===----------------------------------------------------------------------===//

LaneDemand LaneDemand::find(const LaneProgram &program,
                            ArrayRef<llvm::BitVector> outputs) {
  KnownConstants constants(program);
  LaneDemand demand;
  for (const Step &step : program.steps())
    demand.steps.emplace_back(step.type.lanes * step.type.width);
  for (auto [step, bits] : llvm::zip_equal(program.outputs(), outputs))
    demand.steps[step] |= bits;

  for (unsigned index = program.steps().size(); index-- > 0;) {
    const Step &step = program.step(index);
    const llvm::BitVector &bits = demand.steps[index];
    if (bits.none())
      continue;
    unsigned width = step.type.width;
    auto add = [&](unsigned operand, unsigned lane, unsigned bit) {
      unsigned from = step.operands[operand];
      demand.steps[from].set(lane * program.step(from).type.width + bit);
    };
    auto addLane = [&](unsigned operand, unsigned lane) {
      unsigned from = step.operands[operand],
               fromWidth = program.step(from).type.width;
      demand.steps[from].set(lane * fromWidth, (lane + 1) * fromWidth);
    };
    // Numbers are shifted to the left, and need all bits to stay numbers.
    std::optional<unsigned> shift = step.kind == Kind::ShiftRightU
                                        ? getShift(constants, step)
                                        : std::nullopt;
    switch (step.kind) {
    case Kind::Input:
    case Kind::Constant:
      continue;
    case Kind::Bitcast:
      demand.steps[step.operands[0]] |= bits;
      continue;
    case Kind::Or:
    case Kind::Xor:
      for (unsigned operand : step.operands)
        demand.steps[operand] |= bits;
      continue;
    default:
      break;
    }
    for (unsigned flat : bits.set_bits()) {
      unsigned lane = flat / width, bit = flat % width;
      if (shift) {
        addLane(1, lane);
        if (bit + *shift < width)
          add(0, lane, bit + *shift);
        continue;
      }
      switch (step.kind) {
      case Kind::And:
        // What is masked does not matter.
        for (unsigned i : {0, 1}) {
          const auto &mask = constants[step.operands[1 - i]];
          if (!mask || (*mask)[lane] >> bit & 1)
            add(i, lane, bit);
        }
        break;
      case Kind::Select:
        addLane(0, lane);
        add(1, lane, bit);
        add(2, lane, bit);
        break;
      case Kind::Shuffle: {
        unsigned source = step.payload[lane], operand = 0;
        while (source >= program.step(step.operands[operand]).type.lanes)
          source -= program.step(step.operands[operand++]).type.lanes;
        add(operand, source, bit);
        break;
      }
      case Kind::ExtendU:
        if (bit < program.step(step.operands[0]).type.width)
          add(0, lane, bit);
        break;
      default:
        for (unsigned operand = 0; operand < step.operands.size(); ++operand)
          addLane(operand, lane);
      }
    }
  }
  return demand;
}

//===----------------------------------------------------------------------===//
// Value numbering
//===----------------------------------------------------------------------===//

namespace {
/// Numbers of pieces of values, of four bits each (of one lane where its width
/// is no multiple of that).
class Numbering {
public:
  Numbering(const LaneProgram &program, ArrayRef<BlockInput> inputs,
            unsigned count)
      : program(program), inputs(inputs), count(count), constants(program) {}

  /// Whether the outputs are the same in all blocks.
  bool run(ArrayRef<unsigned> outputs);

private:
  static constexpr int kNone = -1, kMixed = -2;
  struct Piece {
    unsigned number;
    int block; ///< That it depends on; or kNone or kMixed.
  };
  using Pieces = std::vector<Piece>;
  /// What numbers are made of, besides kinds of steps.
  enum Tag : unsigned {
    kInput = 64,
    kShared,
    kConstant,
    kHighConstant,
    kConcat,
    kExtract,
    kWidth
  };

  static unsigned pieceWidth(unsigned width) { return width % 4 ? width : 4; }
  static int join(int a, int b) {
    return a == kNone || a == b ? b : b == kNone ? a : kMixed;
  }
  unsigned getNumber(unsigned tag, unsigned a, unsigned b) {
    return numbers.try_emplace({tag, a, b}, numbers.size()).first->second;
  }
  Piece getConstant(uint64_t value, unsigned width) {
    unsigned high = getNumber(kHighConstant, value >> 32, width);
    return {getNumber(kConstant, value, high), kNone};
  }
  /// Piece number `index`, of `width` bits, of something larger.
  Piece extract(Piece whole, unsigned index, unsigned width) {
    return {getNumber(kExtract, whole.number, index * 128 + width),
            whole.block};
  }
  /// Several pieces, in order, as one.
  Piece concat(ArrayRef<Piece> pieces) {
    Piece result = pieces[0];
    for (Piece piece : pieces.drop_front())
      result = {getNumber(kConcat, result.number, piece.number),
                join(result.block, piece.block)};
    return result;
  }
  Pieces evaluate(const Step &step);
  Pieces evaluateInput(const Step &step);

  const LaneProgram &program;
  ArrayRef<BlockInput> inputs;
  unsigned count;
  KnownConstants constants;
  llvm::DenseMap<std::tuple<unsigned, unsigned, unsigned>, unsigned> numbers;
  std::vector<Pieces> values;
};
} // namespace

Numbering::Pieces Numbering::evaluateInput(const Step &step) {
  unsigned input = step.payload[0], width = step.type.width;
  unsigned perLane = width / pieceWidth(width);
  unsigned size = step.type.lanes * perLane;
  Pieces pieces;
  for (unsigned i = 0; i < size; ++i)
    switch (inputs[input]) {
    case BlockInput::Zero:
      pieces.push_back(getConstant(0, pieceWidth(width)));
      break;
    case BlockInput::Shared:
      pieces.push_back({getNumber(kShared, input, i % perLane), kNone});
      break;
    case BlockInput::Divided:
      if (size % count)
        pieces.push_back({getNumber(kInput, input, i), kMixed});
      else
        pieces.push_back({getNumber(kInput, input, i % (size / count)),
                          int(i / (size / count))});
      break;
    }
  return pieces;
}

Numbering::Pieces Numbering::evaluate(const Step &step) {
  unsigned width = step.type.width, part = pieceWidth(width);
  unsigned perLane = width / part, size = step.type.lanes * perLane;
  Pieces result;
  result.reserve(size);
  auto operandOf = [&](unsigned i) -> const Pieces & {
    return values[step.operands[i]];
  };
  auto widthOf = [&](unsigned i) {
    return program.step(step.operands[i]).type.width;
  };

  switch (step.kind) {
  case Kind::Input:
    return evaluateInput(step);
  case Kind::Constant:
    for (uint64_t lane : step.payload)
      for (unsigned i = 0; i < perLane; ++i)
        result.push_back(getConstant(lane >> i * part & laneMask(part), part));
    return result;
  case Kind::Shuffle: {
    Pieces all;
    for (unsigned i = 0; i < step.operands.size(); ++i)
      llvm::append_range(all, operandOf(i));
    for (uint64_t source : step.payload)
      for (unsigned i = 0; i < perLane; ++i)
        result.push_back(all[source * perLane + i]);
    return result;
  }
  case Kind::Bitcast: {
    unsigned from = pieceWidth(widthOf(0));
    const Pieces &pieces = operandOf(0);
    if (from == part)
      return pieces;
    for (unsigned i = 0; i < size; ++i) {
      if (part % from == 0) {
        result.push_back(
            concat(ArrayRef(pieces).slice(i * (part / from), part / from)));
      } else if (from % part == 0) {
        Piece whole = pieces[i * part / from];
        result.push_back(extract(whole, i % (from / part), part));
      } else {
        // Odd sizes: all of it.
        Piece all = concat(pieces);
        result.push_back(extract(all, i, part));
      }
    }
    return result;
  }
  case Kind::And:
  case Kind::Or:
  case Kind::Xor: {
    Piece zero = getConstant(0, part), ones = getConstant(laneMask(part), part);
    for (auto [a, b] : llvm::zip_equal(operandOf(0), operandOf(1))) {
      if (step.kind == Kind::And &&
          (a.number == zero.number || b.number == zero.number))
        result.push_back(zero);
      else if (step.kind == Kind::And && a.number == ones.number)
        result.push_back(b);
      else if (step.kind == Kind::And && b.number == ones.number)
        result.push_back(a);
      else
        result.push_back({getNumber(unsigned(step.kind), a.number, b.number),
                          join(a.block, b.block)});
    }
    return result;
  }
  default:
    break;
  }

  // A shift by whole pieces moves them.
  std::optional<unsigned> shift = getShift(constants, step);
  if (shift && *shift % part == 0) {
    int distance = *shift / part;
    if (step.kind == Kind::ShiftLeft)
      distance = -distance;
    for (unsigned i = 0; i < size; ++i) {
      int source = int(i % perLane) + distance;
      result.push_back(source < 0 || source >= int(perLane)
                           ? getConstant(0, part)
                           : operandOf(0)[i + distance]);
    }
    return result;
  }
  // All else is a function of whole lanes.
  for (unsigned lane = 0; lane < step.type.lanes; ++lane) {
    Piece whole = {getNumber(kWidth, width, 0), kNone};
    for (unsigned i = 0; i < step.operands.size(); ++i) {
      unsigned pieces = widthOf(i) / pieceWidth(widthOf(i));
      Piece operand =
          concat(ArrayRef(operandOf(i)).slice(lane * pieces, pieces));
      whole = {getNumber(unsigned(step.kind), whole.number, operand.number),
               join(whole.block, operand.block)};
    }
    for (unsigned i = 0; i < perLane; ++i)
      result.push_back(extract(whole, i, part));
  }
  return result;
}

bool Numbering::run(ArrayRef<unsigned> outputs) {
  for (const Step &step : program.steps())
    values.push_back(evaluate(step));
  return llvm::all_of(outputs, [&](unsigned output) {
    const Pieces &pieces = values[program.outputs()[output]];
    if (pieces.size() % count)
      return false;
    unsigned perBlock = pieces.size() / count;
    for (auto [i, piece] : llvm::enumerate(pieces))
      if (piece.number != pieces[i % perBlock].number ||
          (piece.block != kNone && piece.block != int(i / perBlock)))
        return false;
    return true;
  });
}

bool bitserial::hasBlocks(const LaneProgram &program,
                          ArrayRef<BlockInput> inputs,
                          ArrayRef<unsigned> outputs, unsigned count) {
  return count == 1 || Numbering(program, inputs, count).run(outputs);
}

//===- ByteSequences.cpp - Functions of bytes by few instructions ---------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ByteSequences.h"

#include "bitserial/Synthesis/Evaluate.h"

#include <map>
#include <random>
#include <set>

using namespace mlir;
using namespace mlir::bitserial;

/// Bytes of a value of this type if its lanes fill bytes, else 0.
static unsigned countBytes(Type type) {
  std::optional<LaneType> lanes = LaneType::get(type);
  if (!lanes || lanes->width % 8 != 0)
    return 0;
  return lanes->lanes * lanes->width / 8;
}

std::string ByteSequence::str() const {
  std::string text;
  for (const ByteOp &op : ops)
    text += (text.empty() ? "" : ", ") + op.instruction->getName().str();
  return text;
}

ByteSequenceFinder::ByteSequenceFinder(const InstructionSet &set,
                                       const Target &target,
                                       unsigned registerBits)
    : set(set), numBytes(registerBits / 8) {
  for (const Instruction *instruction : set.getAvailable(target)) {
    if (!llvm::all_of(instruction->getOperandTypes(), [&](Type type) {
          return isa<VectorType>(type) && countBytes(type) == numBytes;
        }))
      continue;
    // One immediate of few values at most, one or two registers.
    ArrayRef<ImmediateRange> immediates = instruction->getImmediates();
    if (instruction->getOperandTypes().size() > 2 || immediates.size() > 1 ||
        (immediates.size() == 1 && immediates[0].max - immediates[0].min > 63))
      continue;
    unsigned result = countBytes(instruction->getResultType());
    if (result == numBytes)
      byteInstructions.push_back(instruction);
    else if (result * 8 == numBytes)
      maskInstructions.push_back(instruction);
  }
}

//===----------------------------------------------------------------------===//
// What instructions do to bytes
//===----------------------------------------------------------------------===//

/// Fills in the function of an op; false if there is nothing it could be of use
/// for.
bool ByteSequenceFinder::measure(ByteOp &op, bool isMask) const {
  LaneProgram program = set.getProgram(*op.instruction, op.immediates);
  Evaluator evaluator(program);
  // Each byte of the register takes all 256 values: first all at once, then one
  // of each eight among bytes at the ends of their range, where carries show.
  unsigned perSample = numBytes / kPlaces;
  unsigned numSamples = std::max(256u, 256 * kPlaces / perSample);
  static constexpr uint8_t kCorners[] = {0, 0, 1, 0x7f, 0x80, 0xfe, 0xff, 0xff};
  std::mt19937 random(1);
  unsigned resultBytes = isMask ? numBytes / 8 : numBytes;
  for (auto &byPlace : op.function)
    byPlace.fill(0);
  op.unknown = 0;
  std::vector<uint8_t> data(numSamples * numBytes),
      result(numSamples * resultBytes);
  std::vector<std::vector<uint8_t>> constants;
  for (const ByteOperand &operand : op.operands) {
    std::vector<uint8_t> &bytes = constants.emplace_back();
    if (operand.source == ByteOperand::Source::Data)
      continue;
    for (unsigned i = 0; i < numSamples * numBytes; ++i)
      bytes.push_back(operand.source == ByteOperand::Source::Table
                          ? operand.table[i % numBytes]
                          : operand.bytes[i % kPlaces]);
  }
  SmallVector<const void *> inputs;
  for (auto [operand, bytes] : llvm::zip_equal(op.operands, constants))
    inputs.push_back(operand.source == ByteOperand::Source::Data
                         ? data.data()
                         : bytes.data());
  auto run = [&](unsigned samples, bool isFirst,
                 function_ref<uint8_t(unsigned, unsigned)> byte) {
    for (unsigned sample = 0; sample < samples; ++sample)
      for (unsigned i = 0; i < numBytes; ++i)
        data[sample * numBytes + i] = byte(sample, i);
    evaluator.run(inputs, {result.data()}, samples);
    for (unsigned i = 0; i < numBytes; ++i)
      for (unsigned sample = 0; sample < samples; ++sample) {
        uint8_t value =
            isMask ? result[sample * resultBytes + i / 8] >> (i % 8) & 1
                   : result[sample * resultBytes + i];
        uint8_t &known = op.function[i % kPlaces][data[sample * numBytes + i]];
        // The first eight bytes say what the function is.
        if (isFirst && i < kPlaces)
          known = value;
        op.unknown |= known ^ value;
      }
  };
  SmallVector<std::pair<uint8_t, uint8_t>> sequences;
  for (unsigned i = 0; i < numBytes; ++i)
    sequences.push_back({random() % 256, random() % 128 * 2 + 1});
  run(256, /*isFirst=*/true, [&](unsigned sample, unsigned i) {
    return sequences[i].first + sample * sequences[i].second;
  });
  if (op.unknown == 0xff || (isMask && op.unknown))
    return false;
  run(numSamples, /*isFirst=*/false, [&](unsigned sample, unsigned i) {
    if (sample % kPlaces == i % kPlaces)
      return unsigned(sample / kPlaces * perSample + i / kPlaces) % 256;
    unsigned bits = random();
    return bits & 0x100 ? bits & 0xff : unsigned(kCorners[bits % 8]);
  });
  if (op.unknown == 0xff || (isMask && op.unknown))
    return false;
  op.influence.fill(0);
  bool isIdentity = !isMask;
  for (const auto &byPlace : op.function)
    for (unsigned byte = 0; byte < 256; ++byte) {
      isIdentity &= byPlace[byte] == byte;
      for (unsigned bit = 0; bit < 8; ++bit)
        op.influence[bit] |= byPlace[byte] ^ byPlace[byte ^ (1u << bit)];
    }
  return !isIdentity && llvm::any_of(op.influence, [&](uint8_t bits) {
    return (bits & ~op.unknown) != 0;
  });
}

/// Constants for an operand: all bytes; single bits, weights and shift amounts
/// that depend on the place; and what, when it is added to a value, gives an
/// index that depends on the place.
static std::vector<PlaceBytes> getConstants(uint8_t offset) {
  std::vector<PlaceBytes> constants;
  auto add = [&](auto byte) {
    PlaceBytes bytes;
    for (unsigned place = 0; place < kPlaces; ++place)
      bytes[place] = byte(int(place));
    if (!llvm::is_contained(constants, bytes))
      constants.push_back(bytes);
  };
  for (int byte = 0; byte < 256; ++byte)
    add([&](int) { return byte; });
  for (int period : {2, 4, 8}) {
    add([&](int place) { return 1 << place % period; });
    add([&](int place) { return 0x11 << place % period; });
    for (int shift = -7; shift <= 7; ++shift)
      add([&](int place) { return place % period + shift; });
    for (int stride = 2; stride <= 64; stride *= 2)
      add([&](int place) { return place % period * stride + offset; });
  }
  return constants;
}

void ByteSequenceFinder::addOps(const Instruction &instruction, bool isMask,
                                uint8_t offset) {
  std::vector<ByteOp> &ops = isMask ? maskOps : byteOps;
  size_t numOperands = instruction.getOperandTypes().size();
  SmallVector<SmallVector<int64_t, 1>> immediates = {{}};
  if (!instruction.getImmediates().empty()) {
    immediates.clear();
    ImmediateRange range = instruction.getImmediates().front();
    for (int64_t i = range.min; i <= range.max; ++i)
      immediates.push_back({i});
  }
  // Of functions that are the same, one is enough.
  std::set<std::pair<std::string, uint8_t>> known;
  auto tryOp = [&](ArrayRef<ByteOperand> operands,
                   ArrayRef<int64_t> immediate) {
    ByteOp op{&instruction,
              llvm::to_vector<3>(operands),
              llvm::to_vector<1>(immediate),
              {},
              0,
              {}};
    if (!measure(op, isMask))
      return false;
    std::string text;
    for (const auto &byPlace : op.function)
      for (uint8_t byte : byPlace)
        text += char(byte & ~op.unknown);
    if (known.insert({std::move(text), op.unknown}).second)
      ops.push_back(std::move(op));
    return true;
  };
  ByteOperand data;
  for (const auto &immediate : immediates) {
    if (numOperands == 1) {
      tryOp(data, immediate);
      continue;
    }
    tryOp({data, data}, immediate);
    if (!immediate.empty())
      continue;
    for (bool isFirst : {true, false}) {
      auto tryConstant = [&](const PlaceBytes &bytes) {
        ByteOperand constant{ByteOperand::Source::Constant, bytes, {}};
        return isFirst ? tryOp({data, constant}, immediate)
                       : tryOp({constant, data}, immediate);
      };
      // What moves bytes is told by a few constants.
      unsigned useful = 0;
      for (uint8_t byte : {0x01, 0x55, 0xff, 0xfe})
        useful += tryConstant({byte, byte, byte, byte, byte, byte, byte, byte});
      if (useful == 0)
        continue;
      for (const PlaceBytes &bytes : getConstants(offset))
        tryConstant(bytes);
    }
  }
}

void ByteSequenceFinder::addLookup(const Instruction &instruction) {
  if (instruction.getOperandTypes().size() != 2 ||
      !instruction.getImmediates().empty())
    return;
  LaneProgram program = set.getProgram(instruction);
  Evaluator evaluator(program);
  for (unsigned index : {0u, 1u}) {
    // The table's bytes are their own numbers and, in the second run, zero
    // becomes visible.
    std::vector<uint8_t> data(256 * numBytes), table(256 * numBytes),
        results[2];
    for (unsigned i = 0; i < data.size(); ++i)
      data[i] = i / numBytes;
    for (unsigned run : {0u, 1u}) {
      for (unsigned i = 0; i < table.size(); ++i)
        table[i] = run ? i % numBytes + 128 : i % numBytes;
      results[run].resize(data.size());
      SmallVector<const void *> inputs = {data.data(), table.data()};
      if (index == 1)
        std::swap(inputs[0], inputs[1]);
      evaluator.run(inputs, {results[run].data()}, 256);
    }
    Lookup lookup{&instruction, index, 1 - index, {}};
    lookup.selected.resize(numBytes);
    bool isLookup = true;
    unsigned distinct = 0;
    for (unsigned i = 0; i < data.size() && isLookup; ++i) {
      uint8_t a = results[0][i], b = results[1][i];
      int16_t &entry = lookup.selected[i % numBytes][i / numBytes];
      if (a == 0 && b == 0)
        entry = -1;
      else if (a < numBytes && b == a + 128)
        entry = a;
      else
        isLookup = false;
      distinct += isLookup && i % numBytes == 0 && entry > 0;
    }
    // No other byte of the register has a say.
    std::mt19937 random(1);
    for (uint8_t &byte : data)
      byte = random();
    SmallVector<const void *> inputs = {data.data(), table.data()};
    if (index == 1)
      std::swap(inputs[0], inputs[1]);
    evaluator.run(inputs, {results[0].data()}, 256);
    for (unsigned i = 0; i < data.size() && isLookup; ++i) {
      int16_t entry = lookup.selected[i % numBytes][data[i]];
      isLookup = results[0][i] == (entry < 0 ? 0 : table[entry]);
    }
    if (isLookup && distinct >= 4)
      lookups.push_back(std::move(lookup));
  }
}

void ByteSequenceFinder::prepare(uint8_t offset) {
  if (preparedFor == offset)
    return;
  preparedFor = offset;
  byteOps.clear();
  maskOps.clear();
  lookups.clear();
  for (const Instruction *instruction : maskInstructions)
    addOps(*instruction, /*isMask=*/true, offset);
  for (const Instruction *instruction : byteInstructions) {
    addLookup(*instruction);
    addOps(*instruction, /*isMask=*/false, offset);
  }
}

//===----------------------------------------------------------------------===//
// Sequences
//===----------------------------------------------------------------------===//

ByteState ByteSequenceFinder::apply(const ByteOp &op, const ByteState &state) {
  ByteState result;
  result.unknown = op.unknown;
  for (unsigned bit = 0; bit < 8; ++bit)
    if (state.unknown >> bit & 1)
      result.unknown |= op.influence[bit];
  for (const PlaceBytes &bytes : state.values) {
    PlaceBytes &next = result.values.emplace_back();
    for (unsigned place = 0; place < kPlaces; ++place)
      next[place] = op.function[place][bytes[place]] & ~result.unknown;
  }
  return result;
}

/// Whether an op leads from a state to a goal, without making the new state.
static bool reaches(const ByteOp &op, const ByteState &state,
                    const ByteGoal &goal) {
  uint8_t unknown = op.unknown;
  for (unsigned bit = 0; bit < 8; ++bit)
    if (state.unknown >> bit & 1)
      unknown |= op.influence[bit];
  if (unknown & goal.required)
    return false;
  for (auto [bytes, wanted] : llvm::zip_equal(state.values, goal.values))
    for (unsigned place = 0; place < kPlaces; ++place)
      if ((op.function[place][bytes[place]] ^ wanted[place]) & goal.required)
        return false;
  return true;
}

static bool isReached(const ByteState &state, const ByteGoal &goal) {
  if (state.unknown & goal.required)
    return false;
  for (auto [bytes, wanted] : llvm::zip_equal(state.values, goal.values))
    for (unsigned place = 0; place < kPlaces; ++place)
      if ((bytes[place] ^ wanted[place]) & goal.required)
        return false;
  return true;
}

/// The op with the table that leads from a state to a goal, if there is one.
std::optional<ByteOp> ByteSequenceFinder::solve(const Lookup &lookup,
                                                const ByteState &state,
                                                const ByteGoal &goal) const {
  // Unknown bits must not matter: every byte that they can make has to select
  // something that fits, which is left to indices without them.
  if (state.unknown)
    return std::nullopt;
  std::vector<int> table(numBytes, -1);
  for (auto [bytes, wanted] : llvm::zip_equal(state.values, goal.values))
    for (unsigned i = 0; i < numBytes; ++i) {
      int16_t entry = lookup.selected[i][bytes[i % kPlaces]];
      uint8_t value = wanted[i % kPlaces] & goal.required;
      if (entry < 0) {
        if (value != 0)
          return std::nullopt;
        continue;
      }
      if (table[entry] < 0)
        table[entry] = value;
      else if (table[entry] != value)
        return std::nullopt;
    }
  ByteOp op{lookup.instruction, {ByteOperand(), ByteOperand()}, {}, {}, 0, {}};
  ByteOperand &operand = op.operands[lookup.table];
  operand.source = ByteOperand::Source::Table;
  for (int byte : table)
    operand.table.push_back(byte < 0 ? 0 : byte);
  for (unsigned place = 0; place < kPlaces; ++place)
    for (unsigned byte = 0; byte < 256; ++byte) {
      int16_t entry = lookup.selected[place][byte];
      op.function[place][byte] = entry < 0 ? 0 : operand.table[entry];
    }
  op.influence.fill(0xff);
  return op;
}

void ByteSequenceFinder::findLast(const ByteState &state, const ByteGoal &goal,
                                  ArrayRef<ByteOp> lastOps, bool withLookups,
                                  const ByteOp *first, unsigned limit,
                                  std::vector<ByteSequence> &found) const {
  auto isKnown = [&](const Instruction *instruction) {
    return llvm::any_of(found, [&](const ByteSequence &sequence) {
      return sequence.ops.back().instruction == instruction &&
             (!first || sequence.ops.front().instruction == first->instruction);
    });
  };
  auto add = [&](ByteOp op) {
    ByteSequence sequence;
    if (first)
      sequence.ops.push_back(*first);
    sequence.ops.push_back(std::move(op));
    found.push_back(std::move(sequence));
  };
  if (withLookups)
    for (const Lookup &lookup : lookups)
      if (found.size() < limit && !isKnown(lookup.instruction))
        if (std::optional<ByteOp> op = solve(lookup, state, goal))
          add(std::move(*op));
  for (const ByteOp &op : lastOps) {
    if (found.size() >= limit)
      return;
    if (reaches(op, state, goal) && !isKnown(op.instruction))
      add(op);
  }
}

std::vector<ByteSequence> ByteSequenceFinder::search(const ByteState &state,
                                                     const ByteGoal &goal,
                                                     bool isMask,
                                                     unsigned limit) {
  ArrayRef<ByteOp> lastOps = isMask ? maskOps : byteOps;
  std::vector<ByteSequence> found;
  findLast(state, goal, lastOps, !isMask, /*first=*/nullptr, limit, found);
  if (!found.empty())
    return found;
  // All states after one instruction, each once for each instruction.
  std::map<ByteState, SmallPtrSet<const Instruction *, 4>> seen;
  auto step = [&](const ByteOp &op) {
    ByteState next = apply(op, state);
    if (seen[next].insert(op.instruction).second)
      findLast(next, goal, lastOps, !isMask, &op, limit, found);
  };
  // A table can be any function.
  if (isMask)
    for (const ByteOp &last : maskOps) {
      // Bytes that the instruction makes the wanted bits of.
      std::array<int, 2> byte = {-1, -1};
      for (int value = 255; value >= 0; --value)
        byte[last.function[0][value] & 1] = value;
      if (byte[0] < 0 || byte[1] < 0)
        continue;
      ByteGoal tableGoal = goal;
      tableGoal.required = 0xff;
      for (PlaceBytes &bytes : tableGoal.values)
        for (uint8_t &value : bytes)
          value = byte[value & 1];
      for (const Lookup &lookup : lookups)
        if (std::optional<ByteOp> op = solve(lookup, state, tableGoal))
          step(*op);
    }
  for (const ByteOp &op : byteOps) {
    if (found.size() >= limit)
      break;
    step(op);
  }
  return found;
}

std::vector<ByteSequence> ByteSequenceFinder::find(const ByteState &state,
                                                   const ByteGoal &goal,
                                                   uint8_t offset,
                                                   unsigned limit) {
  if (isReached(state, goal))
    return {ByteSequence()};
  prepare(offset);
  return search(state, goal, /*isMask=*/false, limit);
}

std::vector<ByteSequence> ByteSequenceFinder::findMask(const ByteState &state,
                                                       const ByteGoal &goal,
                                                       uint8_t offset,
                                                       unsigned limit) {
  prepare(offset);
  return search(state, goal, /*isMask=*/true, limit);
}

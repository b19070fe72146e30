//===- InstructionRoles.cpp - Instructions by what they do ----------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Synthesis/InstructionRoles.h"

#include "bitserial/Synthesis/Evaluate.h"

#include <random>

using namespace mlir;
using namespace mlir::bitserial;

namespace {
using Lanes = std::vector<uint64_t>;

/// What is asked of an instruction: types, sample values, and the result.
struct Role {
  SmallVector<unsigned, 3> operandWidths; ///< Of lanes.
  unsigned resultWidth;
  /// Greatest value of each operand's lanes; all values if 0.
  SmallVector<uint64_t, 3> greatest;
  llvm::function_ref<uint64_t(ArrayRef<Lanes>, unsigned lane)> meaning;
};

class RoleFinder {
public:
  RoleFinder(const InstructionSet &set, const Target &target)
      : set(set), bits(target.vectorBits()), available(filter(set, target)) {}

  void findBitwise(std::vector<BitwiseInstruction> &found) const;
  /// The first instruction that plays the role.
  const Instruction *find(const Role &role) const;

private:
  /// The instructions on vectors of the full width.
  static std::vector<const Instruction *> filter(const InstructionSet &set,
                                                 const Target &target) {
    std::vector<const Instruction *> result;
    auto isFull = [&](Type type) {
      std::optional<LaneType> lanes = LaneType::get(type);
      return isa<VectorType>(type) && lanes &&
             lanes->lanes * lanes->width == target.vectorBits();
    };
    for (const Instruction *instruction : set.getAvailable(target))
      if (isFull(instruction->getResultType()) &&
          llvm::all_of(instruction->getOperandTypes(), isFull))
        result.push_back(instruction);
    return result;
  }

  const InstructionSet &set;
  unsigned bits;
  std::vector<const Instruction *> available;
};
} // namespace

void RoleFinder::findBitwise(std::vector<BitwiseInstruction> &found) const {
  for (const Instruction *instruction : available) {
    unsigned numOperands = instruction->getOperandTypes().size();
    ArrayRef<ImmediateRange> immediates = instruction->getImmediates();
    bool isAnyTable = numOperands == 3 && immediates.size() == 1 &&
                      immediates[0].min == 0 && immediates[0].max == 255;
    if (numOperands < 2 || numOperands > 3 ||
        (!immediates.empty() && !isAnyTable) ||
        llvm::any_of(instruction->getOperandTypes(), [&](Type type) {
          return type != instruction->getResultType();
        }))
      continue;

    // Every lane is tried on all assignments at once, in pairs of bits that
    // differ from lane to lane, so that nothing that moves or carries bits
    // passes.
    LaneType type = *LaneType::get(instruction->getResultType());
    std::mt19937_64 random(1);
    std::vector<Lanes> inputs(numOperands, Lanes(type.lanes));
    for (Lanes &lanes : inputs)
      for (uint64_t &lane : lanes)
        lane = random() & laneMask(type.width);
    auto readTable = [&](int64_t immediate) -> std::optional<uint8_t> {
      LaneProgram program = set.getProgram(
          *instruction, isAnyTable ? ArrayRef(immediate) : ArrayRef<int64_t>());
      Lanes result = evaluate(program, inputs)[0];
      unsigned table = 0, known = 0;
      for (unsigned lane = 0; lane < type.lanes; ++lane)
        for (unsigned bit = 0; bit < type.width; ++bit) {
          unsigned assignment = 0;
          for (unsigned i = 0; i < numOperands; ++i)
            assignment |= (inputs[i][lane] >> bit & 1) << i;
          unsigned value = result[lane] >> bit & 1;
          if ((known >> assignment & 1) && (table >> assignment & 1) != value)
            return std::nullopt;
          known |= 1 << assignment;
          table |= value << assignment;
        }
      return table;
    };

    BitwiseInstruction entry{instruction, numOperands, 0, isAnyTable};
    if (!isAnyTable) {
      std::optional<uint8_t> table = readTable(0);
      if (!table)
        continue;
      entry.table = *table;
    } else if (readTable(0x10) != uint8_t(1 << 1) ||
               readTable(0x02) != uint8_t(1 << 4) ||
               readTable(0x96) != uint8_t(0x96)) {
      // Bit 4 of the immediate is for the first operand alone.
      continue;
    }
    if (llvm::none_of(found, [&](const BitwiseInstruction &other) {
          return other.numOperands == numOperands &&
                 other.isAnyTable == isAnyTable && other.table == entry.table;
        }))
      found.push_back(entry);
  }
}

const Instruction *RoleFinder::find(const Role &role) const {
  auto type = [&](unsigned width) { return LaneType{bits / width, width}; };
  for (const Instruction *instruction : available) {
    if (!instruction->getImmediates().empty() ||
        instruction->getOperandTypes().size() != role.operandWidths.size() ||
        *LaneType::get(instruction->getResultType()) != type(role.resultWidth))
      continue;
    if (!llvm::all_of(
            llvm::zip(instruction->getOperandTypes(), role.operandWidths),
            [&](auto pair) {
              return *LaneType::get(std::get<0>(pair)) ==
                     type(std::get<1>(pair));
            }))
      continue;
    LaneProgram program = set.getProgram(*instruction);
    std::mt19937_64 random(1);
    bool matches = true;
    for (unsigned sample = 0; sample < 16 && matches; ++sample) {
      std::vector<Lanes> inputs;
      for (auto [width, greatest] :
           llvm::zip_equal(role.operandWidths, role.greatest)) {
        inputs.emplace_back(type(width).lanes);
        for (uint64_t &lane : inputs.back()) {
          uint64_t bound = greatest ? greatest : laneMask(width);
          lane = sample ? random() & laneMask(width) : bound;
          if (bound != laneMask(width))
            lane %= bound + 1;
        }
      }
      Lanes result = evaluate(program, inputs)[0];
      for (unsigned lane = 0; lane < result.size() && matches; ++lane)
        matches = result[lane] ==
                  (role.meaning(inputs, lane) & laneMask(role.resultWidth));
    }
    if (matches)
      return instruction;
  }
  return nullptr;
}

InstructionRoles InstructionRoles::get(const InstructionSet &set,
                                       const Target &target) {
  RoleFinder finder(set, target);
  InstructionRoles roles;
  finder.findBitwise(roles.bitwise);

  using Inputs = ArrayRef<Lanes>;
  roles.byteCount =
      finder.find({{8}, 8, {0}, [](Inputs in, unsigned lane) -> uint64_t {
                     return llvm::popcount(in[0][lane]);
                   }});
  roles.lookup16 = finder.find(
      {{8, 8}, 8, {0, 15}, [](Inputs in, unsigned lane) -> uint64_t {
         return in[0][lane / 16 * 16 + in[1][lane]];
       }});
  for (unsigned level = 0; level < 3; ++level) {
    unsigned width = 8 << level;
    auto pair = [](const Lanes &lanes, unsigned lane) {
      return lanes[2 * lane] + lanes[2 * lane + 1];
    };
    roles.addPairs[level] =
        finder.find({{width}, 2 * width, {0}, [&](Inputs in, unsigned lane) {
                       return pair(in[0], lane);
                     }});
    roles.accumulatePairs[level] = finder.find(
        {{2 * width, width}, 2 * width, {0, 0}, [&](Inputs in, unsigned lane) {
           return in[0][lane] + pair(in[1], lane);
         }});
  }
  // Of the many functions of two operands, that of bytes and zero.
  roles.sumBytes = finder.find(
      {{8, 8}, 64, {0, 0}, [](Inputs in, unsigned lane) -> uint64_t {
         uint64_t sum = 0;
         for (unsigned i = 8 * lane; i < 8 * lane + 8; ++i)
           sum +=
               in[0][i] > in[1][i] ? in[0][i] - in[1][i] : in[1][i] - in[0][i];
         return sum;
       }});
  auto dot = [](bool isSigned) {
    return [isSigned](Inputs in, unsigned lane) -> uint64_t {
      int64_t sum = in[0][lane];
      for (unsigned i = 4 * lane; i < 4 * lane + 4; ++i)
        sum += int64_t(in[1][i]) *
               (isSigned ? signedLane(in[2][i], 8) : int64_t(in[2][i]));
      return sum;
    };
  };
  auto dotUnsigned = dot(false), dotSigned = dot(true);
  roles.dotUnsigned = finder.find({{32, 8, 8}, 32, {0, 127, 127}, dotUnsigned});
  roles.dotSigned = finder.find({{32, 8, 8}, 32, {0, 127, 0}, dotSigned});
  auto products = [](Inputs in, unsigned lane, unsigned width) {
    int64_t sum = 0;
    for (unsigned i = 2 * lane; i < 2 * lane + 2; ++i)
      sum += (width == 8 ? int64_t(in[0][i]) : signedLane(in[0][i], 16)) *
             signedLane(in[1][i], width);
    return uint64_t(sum);
  };
  roles.multiplyAddBytes =
      finder.find({{8, 8}, 16, {0, 15}, [&](Inputs in, unsigned lane) {
                     return products(in, lane, 8);
                   }});
  roles.multiplyAddPairs =
      finder.find({{16, 16}, 32, {0, 0}, [&](Inputs in, unsigned lane) {
                     return products(in, lane, 16);
                   }});
  roles.horizontalAdd = finder.find(
      {{32, 32}, 32, {0, 0}, [](Inputs in, unsigned lane) -> uint64_t {
         unsigned pair = lane / 4 * 4 + lane % 2 * 2;
         const Lanes &lanes = in[lane % 4 / 2];
         return lanes[pair] + lanes[pair + 1];
       }});
  // mla. LLVM's model of ARMv7 cores says nothing of vmla.
  roles.multipliesBytes = target.arch() == Arch::AArch64;
  return roles;
}

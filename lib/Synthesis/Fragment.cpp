//===- Fragment.cpp - Bitwise and counting code, found --------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Synthesis/Fragment.h"

#include "mlir/Dialect/Vector/IR/VectorOps.h"

#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace mlir::bitserial;

//===----------------------------------------------------------------------===//
// Bitwise sequences
//===----------------------------------------------------------------------===//

TruthTable bitserial::tableOfVariable(unsigned variable,
                                      unsigned numVariables) {
  assert(variable < numVariables && numVariables <= 6 && "at most six");
  TruthTable table = 0;
  for (unsigned i = 0; i < 1u << numVariables; ++i)
    table |= TruthTable(i >> variable & 1) << i;
  return table;
}

SmallVector<Value> BitwiseSequence::emit(OpBuilder &builder, Location loc,
                                         ValueRange inputs) const {
  assert(inputs.size() == numInputs && "one value for each input");
  SmallVector<Value> values(inputs);
  auto cast = [&](Value value, Type type) -> Value {
    if (value.getType() == type)
      return value;
    return vector::BitCastOp::create(builder, loc, type, value);
  };
  for (const Op &op : ops) {
    const Instruction &instruction = *op.instruction.instruction;
    SmallVector<Value> operands;
    for (auto [operand, type] :
         llvm::zip_equal(op.operands, instruction.getOperandTypes()))
      operands.push_back(cast(values[operand], type));
    SmallVector<int64_t, 1> immediates;
    if (op.instruction.isAnyTable) {
      // The first operand is the highest bit of the immediate's index.
      unsigned immediate = 0;
      for (unsigned i = 0; i < 8; ++i)
        immediate |= (op.table >> i & 1)
                     << ((i & 1) << 2 | (i & 2) | (i & 4) >> 2);
      immediates.push_back(immediate);
    }
    Value result =
        InstructionSet::emit(builder, loc, instruction, operands, immediates);
    values.push_back(inputs.empty() ? result
                                    : cast(result, inputs.front().getType()));
  }
  return llvm::map_to_vector(outputs, [&](unsigned i) { return values[i]; });
}

std::string BitwiseSequence::str() const {
  std::string text;
  llvm::raw_string_ostream os(text);
  for (auto [i, op] : llvm::enumerate(ops)) {
    os << "v" << numInputs + i << " = " << op.instruction.instruction->getName()
       << "(";
    llvm::interleaveComma(op.operands, os, [&](unsigned v) { os << "v" << v; });
    if (op.instruction.isAnyTable)
      os << ", table " << llvm::format_hex(op.table, 4);
    os << "); ";
  }
  os << "-> ";
  llvm::interleaveComma(outputs, os, [&](unsigned v) { os << "v" << v; });
  return text;
}

unsigned BitwiseSequence::getDepth() const {
  SmallVector<unsigned> depth(numInputs, 0);
  for (const Op &op : ops) {
    unsigned longest = 0;
    for (unsigned operand : op.operands)
      longest = std::max(longest, depth[operand]);
    depth.push_back(longest + 1);
  }
  return *llvm::max_element(depth);
}

namespace {
class BitwiseSearch {
public:
  BitwiseSearch(ArrayRef<BitwiseInstruction> instructions, unsigned numInputs,
                ArrayRef<TruthTable> goals, uint64_t budget)
      : instructions(instructions), goals(goals), budget(budget),
        full(numInputs == 6 ? ~TruthTable(0)
                            : (TruthTable(1) << (1 << numInputs)) - 1) {
    sequence.numInputs = numInputs;
    for (unsigned i = 0; i < numInputs; ++i)
      values.push_back(tableOfVariable(i, numInputs));
  }

  BitwiseSearchResult run(unsigned maxOps) {
    BitwiseSearchResult result;
    for (unsigned size = 0; size <= maxOps; ++size) {
      std::optional<BitwiseSequence> best;
      found = &best;
      extend(size);
      result.tried = tried;
      if (best) {
        result.sequence = std::move(best);
        return result;
      }
      if (tried > budget) {
        result.exhausted = false;
        return result;
      }
    }
    return result;
  }

private:
  bool isKnown(TruthTable table) const {
    return llvm::is_contained(values, table);
  }

  /// Adds `remaining` ops; stops at the first sequence. Of those of a length,
  /// the first in the order of enumeration is taken.
  void extend(unsigned remaining);
  void tryOp(const BitwiseInstruction &instruction, uint8_t table,
             ArrayRef<unsigned> operands, TruthTable value, unsigned remaining);
  TruthTable apply(uint8_t table, ArrayRef<unsigned> operands) const {
    TruthTable result = 0;
    for (unsigned i = 0; i < 1u << operands.size(); ++i) {
      if (!(table >> i & 1))
        continue;
      TruthTable term = full;
      for (auto [j, operand] : llvm::enumerate(operands))
        term &= i >> j & 1 ? values[operand] : ~values[operand];
      result |= term;
    }
    return result & full;
  }
  /// The function of the operands that `goal` is, if it is one.
  std::optional<uint8_t> solve(TruthTable goal,
                               ArrayRef<unsigned> operands) const {
    unsigned table = 0;
    for (unsigned i = 0; i < 8; ++i) {
      TruthTable where = full;
      for (auto [j, operand] : llvm::enumerate(operands))
        where &= i >> j & 1 ? values[operand] : ~values[operand];
      if ((goal & where) == where)
        table |= where ? 1 << i : 0;
      else if (goal & where)
        return std::nullopt;
    }
    return table;
  }

  ArrayRef<BitwiseInstruction> instructions;
  ArrayRef<TruthTable> goals;
  uint64_t budget, tried = 0;
  TruthTable full;
  SmallVector<TruthTable> values;
  BitwiseSequence sequence;
  std::optional<BitwiseSequence> *found = nullptr;
};
} // namespace

void BitwiseSearch::tryOp(const BitwiseInstruction &instruction, uint8_t table,
                          ArrayRef<unsigned> operands, TruthTable value,
                          unsigned remaining) {
  ++tried;
  if (isKnown(value) || value == 0 || value == full)
    return;
  values.push_back(value);
  sequence.ops.push_back(
      {instruction, table, SmallVector<unsigned, 3>(operands)});
  extend(remaining - 1);
  sequence.ops.pop_back();
  values.pop_back();
}

void BitwiseSearch::extend(unsigned remaining) {
  if (*found || tried > budget)
    return;
  SmallVector<TruthTable, 3> missing;
  for (TruthTable goal : goals)
    if (!isKnown(goal) && !llvm::is_contained(missing, goal))
      missing.push_back(goal);
  if (missing.empty()) {
    sequence.outputs.clear();
    for (TruthTable goal : goals)
      sequence.outputs.push_back(llvm::find(values, goal) - values.begin());
    *found = sequence;
    return;
  }
  if (missing.size() > remaining)
    return;
  // If there are no more ops than missing goals, each op must be one.
  bool onlyGoals = missing.size() == remaining;
  unsigned count = values.size();
  for (const BitwiseInstruction &instruction : instructions) {
    if (instruction.numOperands == 2) {
      for (unsigned a = 0; a < count; ++a)
        for (unsigned b = 0; b < count; ++b) {
          if (a == b)
            continue;
          TruthTable value = apply(instruction.table, {a, b});
          if (!onlyGoals || llvm::is_contained(missing, value))
            tryOp(instruction, instruction.table, {a, b}, value, remaining);
          if (*found)
            return;
        }
      continue;
    }
    for (unsigned a = 0; a < count; ++a)
      for (unsigned b = 0; b < count; ++b)
        for (unsigned c = 0; c < count; ++c) {
          if (a == b || a == c || b == c)
            continue;
          if (!instruction.isAnyTable) {
            TruthTable value = apply(instruction.table, {a, b, c});
            if (!onlyGoals || llvm::is_contained(missing, value))
              tryOp(instruction, instruction.table, {a, b, c}, value,
                    remaining);
          } else if (a < b && b < c) {
            // Any function: the order of the operands does not matter.
            if (onlyGoals) {
              for (TruthTable goal : missing)
                if (std::optional<uint8_t> table = solve(goal, {a, b, c}))
                  tryOp(instruction, *table, {a, b, c}, goal, remaining);
            } else {
              for (unsigned table = 0; table < 256; ++table)
                tryOp(instruction, table, {a, b, c}, apply(table, {a, b, c}),
                      remaining);
            }
          }
          if (*found)
            return;
        }
  }
}

BitwiseSearchResult
bitserial::findBitwise(ArrayRef<BitwiseInstruction> instructions,
                       unsigned numInputs, ArrayRef<TruthTable> goals,
                       unsigned maxOps, uint64_t budget) {
  assert(numInputs <= 6 && "truth tables have at most six variables");
  return BitwiseSearch(instructions, numInputs, goals, budget).run(maxOps);
}

//===----------------------------------------------------------------------===//
// The library
//===----------------------------------------------------------------------===//

const BitwiseSequence &BitwiseLibrary::getAnd(unsigned numInputs) {
  auto [it, isNew] = ands.try_emplace(numInputs);
  if (!isNew)
    return it->second;
  // All targets have an instruction for two, which makes any number.
  BitwiseSequence &sequence = it->second;
  if (numInputs <= 5) {
    TruthTable all = TruthTable(1) << ((1 << numInputs) - 1);
    BitwiseSearchResult result = findBitwise(instructions, numInputs, {all}, 4);
    if (result.sequence)
      return sequence = *result.sequence;
  }
  auto both =
      llvm::find_if(instructions, [](const BitwiseInstruction &instruction) {
        return instruction.numOperands == 2 && instruction.table == 8;
      });
  sequence.numInputs = numInputs;
  unsigned last = 0;
  for (unsigned i = 1; i < numInputs; ++i) {
    sequence.ops.push_back({*both, both->table, {last, i}});
    last = numInputs + i - 1;
  }
  sequence.outputs = {last};
  return sequence;
}

const BitwiseSequence *BitwiseLibrary::getAdder(ArrayRef<unsigned> numFactors) {
  assert((numFactors.size() == 2 || numFactors.size() == 3) &&
         "a column has two or three bits");
  auto [it, isNew] = adders.try_emplace(SmallVector<unsigned, 3>(numFactors));
  if (isNew) {
    unsigned numInputs = 0;
    for (unsigned count : numFactors)
      numInputs += count;
    bool isFused = numInputs != numFactors.size();
    bool hasAnyTable =
        llvm::any_of(instructions, [](const BitwiseInstruction &instruction) {
          return instruction.isAnyTable;
        });
    // Without ternary logic nothing is gained by fusing, and much is to try.
    if (numInputs <= 6 && (!isFused || hasAnyTable)) {
      TruthTable sum = 0, carry = 0;
      for (unsigned i = 0; i < 1u << numInputs; ++i) {
        unsigned first = 0, ones = 0;
        for (unsigned count : numFactors) {
          unsigned mask = (1u << count) - 1;
          ones += (i >> first & mask) == mask;
          first += count;
        }
        sum |= TruthTable(ones & 1) << i;
        carry |= TruthTable(ones >> 1) << i;
      }
      BitwiseSearchResult result = findBitwise(
          instructions, numInputs, {sum, carry}, isFused ? 4 : 8, 4'000'000);
      it->second = result.sequence;
    }
  }
  return it->second ? &*it->second : nullptr;
}

//===----------------------------------------------------------------------===//
// Tables
//===----------------------------------------------------------------------===//

std::optional<NibbleTables>
bitserial::findNibbleTables(llvm::function_ref<unsigned(unsigned)> function) {
  for (unsigned lowMask : {15, 7, 3})
    for (unsigned shift = 1; shift < 8; ++shift)
      for (unsigned highMask : {15, 7, 3}) {
        // Every byte of few bits fixes entries; where one of a sum is free, the
        // table of the low bits has f(0).
        NibbleTables tables{{}, {}, lowMask, shift, highMask};
        std::array<bool, 16> lowKnown{}, highKnown{};
        tables.high[0] = 0;
        highKnown[0] = true;
        bool consistent = true;
        for (unsigned x = 0; x < 256 && consistent; ++x) {
          unsigned i = x & lowMask, j = x >> shift & highMask;
          unsigned value = function(x);
          if (lowKnown[i] && highKnown[j]) {
            consistent = tables.low[i] + tables.high[j] == value;
          } else if (highKnown[j]) {
            consistent = value >= tables.high[j] && value < 256;
            tables.low[i] = value - tables.high[j];
            lowKnown[i] = true;
          } else if (lowKnown[i]) {
            consistent = value >= tables.low[i] && value < 256;
            tables.high[j] = value - tables.low[i];
            highKnown[j] = true;
          } else {
            consistent = false;
          }
        }
        if (consistent)
          return tables;
      }
  return std::nullopt;
}

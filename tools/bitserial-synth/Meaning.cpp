//===- Meaning.cpp - What the steps of a kernel are for -------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Meaning.h"

#include "bitserial/Synthesis/Evaluate.h"
#include "bitserial/Synthesis/LinearForm.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Matchers.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

#include <functional>

using namespace mlir;
using namespace mlir::bitserial;
using llvm::formatv;
using synth::Meanings;

/// Adders have three inputs, two of which may be products; more cuts than this
/// are not kept.
static constexpr unsigned kMaxLeaves = 5, kMaxCuts = 32;
/// Numbers of wider lanes are looked at as if they were smaller.
static constexpr unsigned kMaxBits = 30;

static bool isConstant(Value value) {
  return matchPattern(value, m_Constant());
}

/// The operands that are no constants, each once.
static SmallVector<Value> getInputs(Operation *op) {
  SmallVector<Value> inputs;
  for (Value operand : op->getOperands())
    if (!isConstant(operand) && !llvm::is_contained(inputs, operand))
      inputs.push_back(operand);
  return inputs;
}

static LaneType getLaneType(Value value) {
  auto type = dyn_cast<VectorType>(value.getType());
  if (!type)
    return {1, value.getType().getIntOrFloatBitWidth()};
  return {unsigned(type.getNumElements()), type.getElementTypeBitWidth()};
}

//===----------------------------------------------------------------------===//
// Bits
//===----------------------------------------------------------------------===//

/// The table of an op that does the same to the bits at each place of its
/// inputs, all as wide as the result; nullopt for others.
static std::optional<unsigned> getTable(const LaneProgram &program,
                                        ArrayRef<Value> inputs, Value result) {
  LaneType type = getLaneType(result);
  unsigned bits = type.lanes * type.width;
  std::vector<LaneType> types;
  for (Value input : inputs) {
    types.push_back(getLaneType(input));
    if (types.back().lanes * types.back().width != bits)
      return std::nullopt;
  }
  // Each place has an assignment of its own in each of these runs, so that an
  // op that mixes places is noticed.
  constexpr unsigned kRuns = 16;
  unsigned table = 0, known = 0, size = 1u << inputs.size();
  for (unsigned run = 0; run < kRuns; ++run) {
    auto assignmentOf = [&](unsigned place) {
      return (place * (2 * run + 1) + place / 7 + run) % size;
    };
    auto getBit = [](LaneType type, ArrayRef<uint64_t> lanes, unsigned place) {
      return lanes[place / type.width] >> (place % type.width) & 1;
    };
    std::vector<std::vector<uint64_t>> arguments;
    for (auto [i, inputType] : llvm::enumerate(types)) {
      auto &lanes = arguments.emplace_back(inputType.lanes, 0);
      for (unsigned place = 0; place < bits; ++place)
        lanes[place / inputType.width] |= uint64_t(assignmentOf(place) >> i & 1)
                                          << (place % inputType.width);
    }
    std::vector<uint64_t> lanes = evaluate(program, arguments)[0];
    for (unsigned place = 0; place < bits; ++place) {
      unsigned entry = assignmentOf(place), bit = getBit(type, lanes, place);
      if (known >> entry & 1 && (table >> entry & 1) != bit)
        return std::nullopt;
      known |= 1u << entry;
      table |= bit << entry;
    }
  }
  return known + 1 == 1u << size ? std::optional(table) : std::nullopt;
}

std::vector<Meanings::Cut>
Meanings::findCuts(Operation *op,
                   const llvm::DenseMap<Value, std::string> &names) {
  SmallVector<Value> inputs = getInputs(op);
  if (inputs.empty() || inputs.size() > 3)
    return {};
  FailureOr<LaneProgram> program =
      instructions.getProgram(inputs, op->getResults());
  if (failed(program))
    return {};
  std::optional<unsigned> table = getTable(*program, inputs, op->getResult(0));
  if (!table)
    return {};

  // What each input may be a function of: itself, or what it is made from.
  std::vector<std::vector<Cut>> choices;
  for (Value input : inputs) {
    std::string name = names.lookup(input);
    auto &cuts = choices.emplace_back();
    cuts.push_back({{name}, 0b10});
    if (auto known = allCuts.find(name); known != allCuts.end())
      llvm::append_range(cuts, known->second);
  }
  std::vector<Cut> cuts;
  std::vector<size_t> choice(inputs.size(), 0);
  while (cuts.size() < kMaxCuts) {
    Cut cut{{}, 0};
    for (auto [i, index] : llvm::enumerate(choice))
      for (const std::string &leaf : choices[i][index].leaves)
        if (!llvm::is_contained(cut.leaves, leaf))
          cut.leaves.push_back(leaf);
    if (cut.leaves.size() <= kMaxLeaves) {
      llvm::sort(cut.leaves);
      for (unsigned entry = 0; entry < 1u << cut.leaves.size(); ++entry) {
        unsigned operands = 0;
        for (auto [i, index] : llvm::enumerate(choice)) {
          const Cut &inner = choices[i][index];
          unsigned innerEntry = 0;
          for (auto [j, leaf] : llvm::enumerate(inner.leaves)) {
            unsigned at = llvm::find(cut.leaves, leaf) - cut.leaves.begin();
            innerEntry |= (entry >> at & 1) << j;
          }
          operands |= (inner.table >> innerEntry & 1) << i;
        }
        cut.table |= (*table >> operands & 1) << entry;
      }
      cuts.push_back(std::move(cut));
    }
    // The next combination.
    size_t i = 0;
    while (i < choice.size() && ++choice[i] == choices[i].size())
      choice[i++] = 0;
    if (i == choice.size())
      break;
  }
  return cuts;
}

/// Calls `found` with every way to divide leaves into so many groups of one or
/// two, which stand for a bit and for the AND of two bits.
static void forEachGrouping(
    unsigned numLeaves, unsigned numGroups,
    llvm::function_ref<void(ArrayRef<SmallVector<unsigned, 2>>)> found) {
  SmallVector<SmallVector<unsigned, 2>> groups;
  std::function<void(unsigned)> place = [&](unsigned leaf) {
    if (leaf == numLeaves) {
      if (groups.size() == numGroups)
        found(groups);
      return;
    }
    for (size_t i = 0; i < groups.size(); ++i)
      if (groups[i].size() == 1) {
        groups[i].push_back(leaf);
        place(leaf + 1);
        groups[i].pop_back();
      }
    if (groups.size() < numGroups) {
      groups.push_back({leaf});
      place(leaf + 1);
      groups.pop_back();
    }
  };
  place(0);
}

/// The sum that a cut is the bits of weight 1 (or, if `isCarry`, 2) of, of so
/// many bits or products of two; empty if it is none.
static std::string findSum(ArrayRef<std::string> leaves, unsigned table,
                           unsigned numAddends, bool isCarry) {
  std::string text;
  forEachGrouping(
      leaves.size(), numAddends,
      [&](ArrayRef<SmallVector<unsigned, 2>> groups) {
        for (unsigned entry = 0; entry < 1u << leaves.size(); ++entry) {
          unsigned sum = llvm::count_if(groups, [&](auto &group) {
            return llvm::all_of(group,
                                [&](unsigned i) { return entry >> i & 1; });
          });
          if ((sum >> (isCarry ? 1 : 0) & 1) != (table >> entry & 1))
            return;
        }
        SmallVector<std::string> addends;
        for (auto &group : groups)
          addends.push_back(group.size() == 1
                                ? leaves[group[0]]
                                : leaves[group[0]] + "*" + leaves[group[1]]);
        text = llvm::join(addends, " + ");
      });
  return text;
}

std::string Meanings::describeBits(const std::vector<Cut> &cuts) const {
  // A bit that was only made on the way to the sum of three.
  auto isPartialSum = [&](const std::string &leaf) {
    auto known = allCuts.find(leaf);
    if (known == allCuts.end())
      return false;
    auto isSumOf = [&](unsigned numAddends) {
      return llvm::any_of(known->second, [&](const Cut &cut) {
        return !findSum(cut.leaves, cut.table, numAddends, false).empty();
      });
    };
    return isSumOf(2) && !isSumOf(3);
  };
  for (const Cut &cut : cuts)
    for (bool isCarry : {false, true})
      if (std::string sum = findSum(cut.leaves, cut.table, 3, isCarry);
          !sum.empty() && llvm::none_of(cut.leaves, isPartialSum))
        return (isCarry ? "carries of " : "low bits of ") + sum;
  return "";
}

//===----------------------------------------------------------------------===//
// Numbers
//===----------------------------------------------------------------------===//

std::string
Meanings::describeNumber(Operation *op,
                         const llvm::DenseMap<Value, std::string> &names) {
  SmallVector<Value> inputs = getInputs(op);
  if (inputs.empty())
    return "";
  FailureOr<LaneProgram> program =
      instructions.getProgram(inputs, op->getResults());
  if (failed(program))
    return "";

  // Lanes as bits, which may be counted, or else as numbers.
  for (bool areBits : {true, false}) {
    LinearDomain domain;
    struct Source {
      std::string name;
      unsigned bits;
    };
    std::vector<Source> sources;           // By lane of the inputs.
    std::map<unsigned, unsigned> sourceOf; // By variable.
    std::vector<std::vector<LinearLane>> lanes;
    for (Value input : inputs) {
      LaneType type = getLaneType(input);
      auto max = maxima.find(input);
      unsigned usedBits = std::min(type.width, kMaxBits);
      if (max != maxima.end())
        usedBits = std::min<unsigned>(usedBits, llvm::bit_width(max->second));
      auto &all = lanes.emplace_back();
      for (unsigned lane = 0; lane < type.lanes; ++lane) {
        sources.push_back(
            {type.lanes == 1
                 ? names.lookup(input)
                 : formatv("{0}[{1}]", names.lookup(input), lane).str(),
             usedBits});
        unsigned first = domain.numVariables();
        if (areBits) {
          // Bits beyond those of the largest number are zero.
          all.push_back(domain.addBits(usedBits));
          all.back().width = type.width;
          all.back().bits.resize(type.width, /*zero*/ 0);
        } else {
          all.push_back(domain.makeValue(domain.variable(domain.addInteger(
                                             0, int64_t(laneMask(usedBits)))),
                                         type.width));
        }
        for (unsigned i = first; i < domain.numVariables(); ++i)
          sourceOf[i] = sources.size() - 1;
      }
    }
    LinearLane lane = domain.evaluate(*program, lanes)[0][0];
    if (lane.isUnknown())
      continue;
    std::optional<LinearPolynomial> number = domain.valueOf(lane);
    if (number)
      number = domain.canonical(*number);
    if (!number || number->isConstant())
      continue;
    // Which lanes are in it, with the coefficient of their lowest bit.
    std::map<unsigned, std::vector<int64_t>> found;
    bool isLinear = number->constantTerm() == 0;
    for (auto [monomial, coefficient] : number->terms()) {
      ArrayRef<unsigned> factors = domain.getFactors(monomial);
      if (factors.size() != 1) {
        isLinear = false;
        break;
      }
      found[sourceOf[factors[0]]].push_back(coefficient);
    }
    if (!isLinear || found.empty())
      continue;
    std::string sum;
    bool countsOnes = areBits;
    for (auto &[source, coefficients] : found)
      countsOnes &= coefficients.size() == sources[source].bits &&
                    coefficients.size() > 1 && llvm::all_equal(coefficients) &&
                    coefficients[0] == 1;
    if (areBits && !countsOnes)
      continue;
    // A lane that only becomes wider or narrower.
    if (!areBits && found.size() == 1 && found.begin()->second[0] == 1)
      return "";
    // Long sums in short.
    constexpr unsigned kShown = 4;
    unsigned count = 0;
    for (auto &[source, coefficients] : found) {
      int64_t coefficient = coefficients[0];
      if (count++ && count > kShown - 1 && found.size() > kShown &&
          count < found.size()) {
        if (count == kShown)
          sum += " + ...";
        continue;
      }
      sum += coefficient < 0 ? (sum.empty() ? "-" : " - ")
                             : (sum.empty() ? "" : " + ");
      if (std::abs(coefficient) != 1)
        sum += std::to_string(std::abs(coefficient)) + "*";
      sum +=
          countsOnes ? "ones of " + sources[source].name : sources[source].name;
    }
    return sum;
  }
  return "";
}

std::string
Meanings::describe(Operation *op,
                   const llvm::DenseMap<Value, std::string> &names) {
  if (std::vector<Cut> cuts = findCuts(op, names); !cuts.empty()) {
    std::string text = describeBits(cuts);
    allCuts[names.lookup(op->getResult(0))] = std::move(cuts);
    return text;
  }
  if (isa<arith::AddIOp, arith::SubIOp>(op))
    return "";
  return describeNumber(op, names);
}

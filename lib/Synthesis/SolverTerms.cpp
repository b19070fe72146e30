//===- SolverTerms.cpp - Vector code as terms for a solver ----------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every term has a name, so that sharing is kept. Names are bound by one `let`
// for all terms of a depth: Z3 takes quadratic time to read thousands of
// definitions (define-fun), and a `let` for each term would nest too deeply for
// readers that recurse.
//
//===----------------------------------------------------------------------===//

#include "bitserial/Synthesis/SolverTerms.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/Twine.h"

using namespace mlir;
using namespace mlir::bitserial;
using Kind = LaneProgram::Kind;
using Step = LaneProgram::Step;
using llvm::Twine;

//===----------------------------------------------------------------------===//
// Terms
//===----------------------------------------------------------------------===//

static std::string bitVectorType(unsigned width) {
  return ("(_ BitVec " + Twine(width) + ")").str();
}

SolverTerm SolverQuery::getConstant(uint64_t value, unsigned width) {
  std::string text = "#b";
  for (unsigned bit = width; bit-- > 0;)
    text += value >> bit & 1 ? '1' : '0';
  return {std::move(text), width, value & laneMask(width)};
}

SolverTerm SolverQuery::addVariable(StringRef name, unsigned width) {
  variables.push_back({name.str(), width, std::nullopt});
  return variables.back();
}

SolverTerm SolverQuery::define(unsigned width, ArrayRef<SolverTerm> operands,
                               const Twine &expression) {
  unsigned depth = 0;
  for (const SolverTerm &operand : operands)
    depth = std::max(depth, operand.depth);
  if (depth == definitions.size())
    definitions.emplace_back();
  // No variable has an exclamation mark.
  std::string symbol = ("t!" + Twine(nextSymbol++)).str();
  definitions[depth] += ("\n  (" + symbol + " " + expression + ")").str();
  return {std::move(symbol), width, std::nullopt, depth + 1};
}

/// The number of ones among bits `first` up to `first + count` of a symbol, as
/// a term of `resultWidth` bits, wide enough to hold it.
static std::string countOnes(StringRef symbol, unsigned first, unsigned count,
                             unsigned &resultWidth) {
  if (count == 1) {
    resultWidth = 1;
    return ("((_ extract " + Twine(first) + " " + Twine(first) + ") " + symbol +
            ")")
        .str();
  }
  unsigned half = count / 2, lowWidth, highWidth;
  std::string low = countOnes(symbol, first, half, lowWidth);
  std::string high = countOnes(symbol, first + half, count - half, highWidth);
  resultWidth = std::max(lowWidth, highWidth) + 1;
  return ("(bvadd ((_ zero_extend " + Twine(resultWidth - lowWidth) + ") " +
          low + ") ((_ zero_extend " + Twine(resultWidth - highWidth) + ") " +
          high + "))")
      .str();
}

SolverTerm SolverQuery::addTerm(Kind kind, unsigned width,
                                ArrayRef<SolverTerm> operands) {
  const SolverTerm &a = operands[0];
  const SolverTerm &b = operands.size() > 1 ? operands[1] : operands[0];

  // What is known is not asked. Definitions of instructions are full of it:
  // tables with a constant index, selections by an immediate.
  if (llvm::all_of(operands, [](const SolverTerm &t) { return t.constant; })) {
    auto lanes = llvm::map_to_vector<3>(
        operands, [](const SolverTerm &t) { return *t.constant; });
    return getConstant(
        LaneProgram::evaluateLane(kind, width, operands.back().width, lanes),
        width);
  }
  bool isSum = kind == Kind::Add || kind == Kind::Or || kind == Kind::Xor;
  if (isSum && a.constant == uint64_t(0))
    return b;
  if ((isSum || kind == Kind::Sub) && b.constant == uint64_t(0))
    return a;
  if (kind == Kind::Select && a.constant)
    return *a.constant ? operands[1] : operands[2];
  if (kind == Kind::Select && operands[1].text == operands[2].text)
    return operands[1];

  auto call = [&](StringRef function) {
    return define(width, operands,
                  "(" + function + " " + a.text + " " + b.text + ")");
  };
  auto choose = [&](StringRef condition, StringRef x, StringRef y) {
    return define(width, operands,
                  "(ite " + condition + " " + x + " " + y + ")");
  };
  auto less = [&](StringRef function) {
    return "(" + function.str() + " " + a.text + " " + b.text + ")";
  };
  switch (kind) {
  case Kind::Add:
    return call("bvadd");
  case Kind::Sub:
    return call("bvsub");
  case Kind::Mul:
    return call("bvmul");
  case Kind::And:
    return call("bvand");
  case Kind::Or:
    return call("bvor");
  case Kind::Xor:
    return call("bvxor");
  // These agree with Kind on distances of the width and more.
  case Kind::ShiftLeft:
    return call("bvshl");
  case Kind::ShiftRightU:
    return call("bvlshr");
  case Kind::ShiftRightS:
    return call("bvashr");
  case Kind::MinU:
    return choose(less("bvult"), a.text, b.text);
  case Kind::MaxU:
    return choose(less("bvult"), b.text, a.text);
  case Kind::MinS:
    return choose(less("bvslt"), a.text, b.text);
  case Kind::MaxS:
    return choose(less("bvslt"), b.text, a.text);
  case Kind::Equal:
    return choose(less("="), "#b1", "#b0");
  case Kind::LessU:
    return choose(less("bvult"), "#b1", "#b0");
  case Kind::LessS:
    return choose(less("bvslt"), "#b1", "#b0");
  case Kind::Select:
    return choose("(= " + a.text + " #b1)", operands[1].text, operands[2].text);
  case Kind::Popcount: {
    unsigned countWidth;
    std::string count = countOnes(a.text, 0, width, countWidth);
    return define(width, operands,
                  "((_ zero_extend " + Twine(width - countWidth) + ") " +
                      count + ")");
  }
  case Kind::ExtendU:
    return define(width, operands,
                  "((_ zero_extend " + Twine(width - a.width) + ") " + a.text +
                      ")");
  case Kind::ExtendS:
    return define(width, operands,
                  "((_ sign_extend " + Twine(width - a.width) + ") " + a.text +
                      ")");
  case Kind::Truncate:
    return define(width, operands,
                  "((_ extract " + Twine(width - 1) + " 0) " + a.text + ")");
  case Kind::Input:
  case Kind::Constant:
  case Kind::Shuffle:
  case Kind::Bitcast:
    break;
  }
  llvm_unreachable("not a function of single lanes");
}

//===----------------------------------------------------------------------===//
// Programs
//===----------------------------------------------------------------------===//

namespace {

/// Where a lane of a shuffle comes from.
std::pair<unsigned, unsigned> findSource(const LaneProgram &program,
                                         const Step &step, unsigned lane) {
  uint64_t index = step.payload[lane];
  for (unsigned operand : step.operands) {
    unsigned lanes = program.step(operand).type.lanes;
    if (index < lanes)
      return {operand, static_cast<unsigned>(index)};
    index -= lanes;
  }
  llvm_unreachable("no such lane");
}

/// The lanes that a lane of a step needs.
template <typename F>
void forEachSource(const LaneProgram &program, const Step &step, unsigned lane,
                   F function) {
  switch (step.kind) {
  case Kind::Input:
  case Kind::Constant:
    return;
  case Kind::Shuffle: {
    auto [operand, source] = findSource(program, step, lane);
    function(operand, source);
    return;
  }
  case Kind::Bitcast: {
    unsigned from = program.step(step.operands[0]).type.width;
    unsigned width = step.type.width;
    for (unsigned source = lane * width / from;
         source <= ((lane + 1) * width - 1) / from; ++source)
      function(step.operands[0], source);
    return;
  }
  default:
    for (unsigned operand : step.operands)
      function(operand, lane);
  }
}

/// For each step, which lanes are needed for the demanded ones.
std::vector<std::vector<bool>>
findNeeded(const LaneProgram &program,
           ArrayRef<std::pair<unsigned, unsigned>> demanded) {
  size_t numSteps = program.steps().size();
  std::vector<std::vector<bool>> needed(numSteps);
  for (size_t i = 0; i < numSteps; ++i)
    needed[i].resize(program.step(i).type.lanes);
  for (auto [output, lane] : demanded)
    needed[program.outputs()[output]][lane] = true;
  if (demanded.empty())
    for (unsigned output : program.outputs())
      needed[output].assign(needed[output].size(), true);
  for (size_t i = numSteps; i-- > 0;)
    for (unsigned lane = 0; lane < needed[i].size(); ++lane)
      if (needed[i][lane])
        forEachSource(program, program.step(i), lane,
                      [&](unsigned operand, unsigned source) {
                        needed[operand][source] = true;
                      });
  return needed;
}

} // namespace

std::vector<std::pair<unsigned, unsigned>>
SolverQuery::findInputs(const LaneProgram &program,
                        ArrayRef<std::pair<unsigned, unsigned>> demanded) {
  std::vector<std::vector<bool>> needed = findNeeded(program, demanded);
  std::vector<std::pair<unsigned, unsigned>> inputs;
  for (auto [index, step] : llvm::enumerate(program.steps()))
    if (step.kind == Kind::Input)
      for (unsigned lane = 0; lane < step.type.lanes; ++lane)
        if (needed[index][lane])
          inputs.push_back({step.payload[0], lane});
  llvm::sort(inputs);
  return inputs;
}

std::vector<std::vector<SolverTerm>>
SolverQuery::addProgram(const LaneProgram &program,
                        ArrayRef<std::vector<SolverTerm>> inputs,
                        ArrayRef<std::pair<unsigned, unsigned>> demanded) {
  size_t numSteps = program.steps().size();
  std::vector<std::vector<bool>> needed = findNeeded(program, demanded);

  // Forwards: their terms.
  std::vector<std::vector<SolverTerm>> terms(numSteps);
  auto getTerm = [&](const Step &step, unsigned lane) -> SolverTerm {
    switch (step.kind) {
    case Kind::Input:
      return inputs[step.payload[0]][lane];
    case Kind::Constant:
      return getConstant(step.payload[lane], step.type.width);
    case Kind::Shuffle: {
      auto [operand, source] = findSource(program, step, lane);
      return terms[operand][source];
    }
    case Kind::Bitcast: {
      // Pieces of source lanes, the highest first.
      ArrayRef<SolverTerm> sources = terms[step.operands[0]];
      unsigned from = program.step(step.operands[0]).type.width;
      unsigned width = step.type.width, end = (lane + 1) * width;
      std::string pieces;
      SmallVector<SolverTerm> used;
      while (end > lane * width) {
        unsigned source = (end - 1) / from;
        unsigned start = std::max(source * from, lane * width);
        pieces +=
            (" ((_ extract " + Twine(end - 1 - source * from) + " " +
             Twine(start - source * from) + ") " + sources[source].text + ")")
                .str();
        used.push_back(sources[source]);
        end = start;
      }
      return define(width, used,
                    used.size() > 1 ? "(concat" + pieces + ")"
                                    : StringRef(pieces).drop_front().str());
    }
    default: {
      SmallVector<SolverTerm, 3> operands;
      for (unsigned operand : step.operands)
        operands.push_back(terms[operand][lane]);
      return addTerm(step.kind, step.type.width, operands);
    }
    }
  };
  for (size_t i = 0; i < numSteps; ++i) {
    terms[i].resize(needed[i].size());
    for (unsigned lane = 0; lane < needed[i].size(); ++lane)
      if (needed[i][lane])
        terms[i][lane] = getTerm(program.step(i), lane);
  }
  std::vector<std::vector<SolverTerm>> outputs;
  for (unsigned output : program.outputs())
    outputs.push_back(terms[output]);
  return outputs;
}

//===----------------------------------------------------------------------===//
// Queries
//===----------------------------------------------------------------------===//

void SolverQuery::assume(const SolverTerm &condition) {
  assumptions.push_back("(= " + condition.text + " #b1)");
}

void SolverQuery::claim(const SolverTerm &condition) {
  claims.push_back("(= " + condition.text + " #b1)");
}

void SolverQuery::claimEqual(const SolverTerm &a, const SolverTerm &b) {
  assert(a.width == b.width && "terms of different widths");
  claims.push_back("(= " + a.text + " " + b.text + ")");
}

std::string SolverQuery::str(StringRef comment) const {
  std::string text;
  for (StringRef line : llvm::split(comment, '\n'))
    if (!line.empty())
      text += "; " + line.str() + "\n";
  text += "(set-logic QF_BV)\n";
  for (const SolverTerm &variable : variables)
    text += "(declare-const " + variable.text + " " +
            bitVectorType(variable.width) + ")\n";
  // A counterexample satisfies the assumptions and violates a claim. `true`
  // makes the conjunctions ones of any number.
  text += "(assert ";
  for (const std::string &level : definitions)
    text += "(let (" + StringRef(level).ltrim().str() + ")\n";
  text += "(and true";
  for (const std::string &assumption : assumptions)
    text += "\n  " + assumption;
  text += "\n  (not (and true";
  for (const std::string &claim : claims)
    text += "\n    " + claim;
  text += "))))" + std::string(definitions.size(), ')') + "\n(check-sat)\n";
  return text;
}

//===- FunctionFacts.cpp - Facts of pieces of code, over bit vectors ------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FunctionProof.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::bitserial;
using llvm::Twine;
using StepKind = LaneProgram::Kind;
using Polynomial = LinearPolynomial;

/// A query about one lane of the code between cuts.
struct FunctionProof::Window {
  SolverQuery query;
  /// The lanes of what the code computes.
  std::vector<SolverTerm> outputs;
  /// What variables are: numbers of a width, or bits.
  std::map<unsigned, SolverTerm> terms;
  /// Names of variables, for people.
  std::map<unsigned, std::string> names;
  /// Lanes of bits: variables, lowest first.
  std::vector<std::pair<SolverTerm, std::vector<int64_t>>> lanes;
};

static SolverTerm negate(SolverQuery &query, const SolverTerm &bit) {
  return query.addTerm(StepKind::Xor, 1, {bit, SolverQuery::getConstant(1, 1)});
}

/// Whether a number of the width of `term` is within bounds, as up to two
/// conditions; none where all are.
static SmallVector<SolverTerm, 2> makeBounds(SolverQuery &query,
                                             const SolverTerm &term,
                                             int64_t min, int64_t max,
                                             bool isSigned) {
  SmallVector<SolverTerm, 2> conditions;
  unsigned width = term.width;
  int64_t largest = static_cast<int64_t>(
      laneMask(std::min(isSigned ? width - 1 : width, 63u)));
  int64_t smallest = isSigned ? -largest - 1 : 0;
  StepKind less = isSigned ? StepKind::LessS : StepKind::LessU;
  if (max < largest)
    conditions.push_back(negate(
        query,
        query.addTerm(less, 1, {SolverQuery::getConstant(max, width), term})));
  if (min > smallest)
    conditions.push_back(negate(
        query,
        query.addTerm(less, 1, {term, SolverQuery::getConstant(min, width)})));
  return conditions;
}

/// The query for lanes `lane` of some values, with the lanes of leaves that
/// they depend on as variables.
static std::vector<std::pair<unsigned, unsigned>> pickLane(unsigned count,
                                                           unsigned lane) {
  std::vector<std::pair<unsigned, unsigned>> demanded;
  for (unsigned i = 0; i < count; ++i)
    demanded.push_back({i, lane});
  return demanded;
}

void FunctionProof::addLeaves(Window &window, const LaneProgram &program,
                              ArrayRef<Value> leaves, unsigned lane) {
  auto demanded = pickLane(program.outputs().size(), lane);
  std::vector<std::vector<SolverTerm>> inputs;
  for (LaneType type : program.inputs())
    inputs.emplace_back(type.lanes);
  unsigned next = 0;
  std::map<unsigned, std::optional<SolverTerm>> shared;
  for (auto [input, index] : SolverQuery::findInputs(program, demanded)) {
    const CutLane &cut = cuts[leaves[input]].lanes[index];
    if (cut.isBits && !cut.isIgnored && llvm::all_of(cut.bits, [](int64_t bit) {
          return bit == kZero || bit == kOne;
        })) {
      uint64_t value = 0;
      for (auto [bit, constant] : llvm::enumerate(cut.bits))
        value |= uint64_t(constant == kOne) << bit;
      inputs[input][index] = SolverQuery::getConstant(value, cut.width);
      continue;
    }
    if (cuts[leaves[input]].isShared) {
      std::optional<SolverTerm> &term = shared[input];
      if (term) {
        inputs[input][index] = *term;
        continue;
      }
    }
    std::string name = "x" + std::to_string(next++);
    SolverTerm term = window.query.addVariable(name, cut.width);
    inputs[input][index] = term;
    if (cuts[leaves[input]].isShared)
      shared[input] = term;
    if (cut.isIgnored)
      continue;
    if (!cut.isBits) {
      window.terms[cut.number] = term;
      window.names[cut.number] = name;
      const Variable &variable = variables[cut.number];
      if (!cut.isModular)
        for (const SolverTerm &condition : makeBounds(
                 window.query, term, variable.min, variable.max, cut.isSigned))
          window.query.assume(condition);
      continue;
    }
    window.lanes.push_back({term, cut.bits});
    uint64_t known = 0, value = 0;
    for (auto [bit, variable] : llvm::enumerate(cut.bits)) {
      if (variable == kZero || variable == kOne) {
        known |= uint64_t(1) << bit;
        value |= uint64_t(variable == kOne) << bit;
      } else if (variable >= 0) {
        window.names[variable] = llvm::formatv("{0}[{1}]", name, bit);
      }
    }
    if (known) {
      SolverTerm masked = window.query.addTerm(
          StepKind::And, cut.width,
          {term, SolverQuery::getConstant(known, cut.width)});
      window.query.assume(window.query.addTerm(
          StepKind::Equal, 1,
          {masked, SolverQuery::getConstant(value, cut.width)}));
    }
  }
  auto outputs = window.query.addProgram(program, inputs, demanded);
  for (std::vector<SolverTerm> &lanes : outputs)
    window.outputs.push_back(lanes[lane]);
}

static SolverTerm extractBit(SolverQuery &query, const SolverTerm &lane,
                             unsigned bit) {
  SolverTerm shifted =
      bit ? query.addTerm(StepKind::ShiftRightU, lane.width,
                          {lane, SolverQuery::getConstant(bit, lane.width)})
          : lane;
  return lane.width == 1 ? shifted
                         : query.addTerm(StepKind::Truncate, 1, {shifted});
}

/// A number as one of another width.
static SolverTerm resize(SolverQuery &query, const SolverTerm &term,
                         unsigned width, bool isSigned) {
  if (term.width == width)
    return term;
  if (term.width > width)
    return query.addTerm(StepKind::Truncate, width, {term});
  return query.addTerm(isSigned ? StepKind::ExtendS : StepKind::ExtendU, width,
                       {term});
}

static SolverTerm addBalanced(SolverQuery &query, ArrayRef<SolverTerm> terms,
                              unsigned width) {
  if (terms.size() == 1)
    return terms[0];
  size_t half = terms.size() / 2;
  return query.addTerm(StepKind::Add, width,
                       {addBalanced(query, terms.take_front(half), width),
                        addBalanced(query, terms.drop_front(half), width)});
}

std::vector<std::pair<unsigned, int64_t>>
FunctionProof::sortTerms(ArrayRef<std::pair<unsigned, int64_t>> given) const {
  std::vector<std::pair<unsigned, int64_t>> terms(given.begin(), given.end());
  llvm::sort(terms, [&](const auto &a, const auto &b) {
    ArrayRef<unsigned> x = domain.getFactors(a.first),
                       y = domain.getFactors(b.first);
    return std::lexicographical_compare(x.begin(), x.end(), y.begin(), y.end());
  });
  return terms;
}

/// A linear expression modulo 2^width.
SolverTerm FunctionProof::addSum(Window &window, const Polynomial &sum,
                                 unsigned width) {
  SolverQuery &query = window.query;
  llvm::MapVector<int64_t, SmallVector<SolverTerm>> byCoefficient;
  auto terms = sortTerms(sum);
  std::set<unsigned> done;

  // All bits of a lane alike are a population count.
  std::map<unsigned, int64_t> alone;
  for (auto [monomial, coefficient] : terms)
    if (domain.getFactors(monomial).size() == 1)
      alone[domain.getFactors(monomial)[0]] = coefficient;
  for (auto &[lane, bits] : window.lanes) {
    if (lane.width < 16 || lane.width > 64)
      continue;
    auto first = bits[0] >= 0 ? alone.find(bits[0]) : alone.end();
    if (first == alone.end() || !llvm::all_of(bits, [&](int64_t bit) {
          auto it = bit >= 0 ? alone.find(bit) : alone.end();
          return it != alone.end() && it->second == first->second;
        }))
      continue;
    SolverTerm count = query.addTerm(StepKind::Popcount, lane.width, {lane});
    byCoefficient[first->second].push_back(
        resize(query, count, width, /*isSigned=*/false));
    for (int64_t bit : bits)
      done.insert(bit);
  }

  auto bitTerm = [&](unsigned variable) {
    SolverTerm &term = window.terms[variable];
    if (!term.text.empty())
      return term;
    for (auto &[lane, bits] : window.lanes)
      for (auto [index, bit] : llvm::enumerate(bits))
        if (bit == int64_t(variable))
          term = extractBit(query, lane, index);
    assert(!term.text.empty() && "not a variable of the window");
    return term;
  };
  for (auto [monomial, coefficient] : terms) {
    ArrayRef<unsigned> factors = domain.getFactors(monomial);
    if (factors.empty() || (factors.size() == 1 && done.count(factors[0])))
      continue;
    std::optional<SolverTerm> product;
    if (factors.size() == 1 && variables[factors[0]].bit < 0) {
      const Variable &variable = variables[factors[0]];
      product = resize(query, window.terms[factors[0]], width,
                       cuts[variable.value].lanes[variable.lane].isSigned);
    } else {
      for (unsigned factor : factors) {
        SolverTerm bit = bitTerm(factor);
        product =
            product ? query.addTerm(StepKind::And, 1, {*product, bit}) : bit;
      }
      product = resize(query, *product, width, /*isSigned=*/false);
    }
    byCoefficient[coefficient].push_back(*product);
  }
  std::optional<SolverTerm> total;
  for (auto &[coefficient, addends] : byCoefficient) {
    SolverTerm part = addBalanced(query, addends, width);
    if (coefficient < 0 && coefficient != -1)
      part =
          query.addTerm(StepKind::Mul, width,
                        {part, SolverQuery::getConstant(-coefficient, width)});
    else if (coefficient > 1)
      part =
          query.addTerm(StepKind::Mul, width,
                        {part, SolverQuery::getConstant(coefficient, width)});
    StepKind kind = coefficient < 0 ? StepKind::Sub : StepKind::Add;
    if (!total && kind == StepKind::Add)
      total = part;
    else
      total = query.addTerm(
          kind, width,
          {total ? *total : SolverQuery::getConstant(0, width), part});
  }
  SolverTerm constant = SolverQuery::getConstant(sum.constantTerm(), width);
  if (!total)
    return constant;
  return sum.constantTerm()
             ? query.addTerm(StepKind::Add, width, {*total, constant})
             : *total;
}

/// For people.
std::string FunctionProof::describe(const Window &window,
                                    const Polynomial &sum) const {
  std::string text;
  for (auto [monomial, coefficient] : sortTerms(sum)) {
    text += text.empty() ? (coefficient < 0 ? "-" : "")
                         : (coefficient < 0 ? " - " : " + ");
    ArrayRef<unsigned> factors = domain.getFactors(monomial);
    if (std::abs(coefficient) != 1 || factors.empty())
      text +=
          std::to_string(std::abs(coefficient)) + (factors.empty() ? "" : " ");
    llvm::raw_string_ostream os(text);
    llvm::interleave(
        factors, os,
        [&](unsigned factor) {
          auto it = window.names.find(factor);
          os << (it == window.names.end() ? "?" : it->second);
        },
        " ");
  }
  return text.empty() ? "0" : text;
}

static std::string describeOp(Value value) {
  Operation *op = value.getDefiningOp();
  if (!op)
    return "an argument";
  if (auto intrinsic = op->getAttrOfType<StringAttr>("intrin"))
    return intrinsic.str();
  return op->getName().getStringRef().str();
}

std::optional<unsigned> FunctionProof::proveNumber(const LaneProgram &program,
                                                   ArrayRef<Value> leaves,
                                                   Value value, unsigned lane,
                                                   const CutLane &cut,
                                                   const Polynomial &number) {
  if (!obligations.hasTexts)
    return 0;
  Window window;
  addLeaves(window, program, leaves, lane);
  const SolverTerm &output = window.outputs[0];
  std::string claim = llvm::formatv("A lane of {0} bits that {1} computes is",
                                    cut.width, describeOp(value));
  claim += "\n  " + describe(window, number);
  if (cut.isModular) {
    window.query.claimEqual(output, addSum(window, number, cut.width));
    claim += llvm::formatv("\nmodulo 2^{0}.", cut.width);
  } else {
    // So wide that the expression does not wrap around.
    uint64_t size = std::abs(number.constantTerm()) + 1;
    unsigned widest = cut.width;
    for (auto [monomial, coefficient] : number.terms()) {
      uint64_t most = 1;
      for (unsigned factor : domain.getFactors(monomial)) {
        const Variable &variable = variables[factor];
        if (variable.isModular)
          return std::nullopt;
        if (variable.bit < 0)
          widest =
              std::max(widest, cuts[variable.value].lanes[variable.lane].width);
        most *= std::max(std::abs(variable.min), std::abs(variable.max));
      }
      size += most * uint64_t(std::abs(coefficient));
      if (size >> 60)
        return std::nullopt;
    }
    unsigned width =
        std::min(std::max(llvm::Log2_64_Ceil(size + 1) + 2, widest + 1), 64u);
    window.query.claimEqual(resize(window.query, output, width, cut.isSigned),
                            addSum(window, number, width));
    const Variable &variable = variables[cut.number];
    for (const SolverTerm &condition : makeBounds(
             window.query, output, variable.min, variable.max, cut.isSigned))
      window.query.claim(condition);
    claim += llvm::formatv("\nas {0} integers, from {1} to {2}.",
                           cut.isSigned ? "signed" : "unsigned", variable.min,
                           variable.max);
  }
  for (auto &[number, name] : window.names) {
    const Variable &variable = variables[number];
    if (variable.bit < 0 && !variable.isModular)
      claim += llvm::formatv("\nAssumed: {0} is from {1} to {2}.", name,
                             variable.min, variable.max);
  }
  return obligations.add(Obligation::Kind::Number, claim, window.query.str());
}

std::optional<unsigned> FunctionProof::proveBits(
    const LaneProgram &program, ArrayRef<Value> leaves, ValueRange values,
    ArrayRef<int64_t> factors, unsigned lane,
    const std::map<unsigned, Polynomial> &bits, Obligation::Kind kind) {
  if (!obligations.hasTexts)
    return 0;
  Window window;
  addLeaves(window, program, leaves, lane);
  std::string claim;
  for (auto &[bit, polynomial] : bits) {
    int64_t size = std::abs(polynomial.constantTerm()) + 8;
    for (auto [monomial, coefficient] : polynomial.terms()) {
      size += std::abs(coefficient);
      if (size >> 40)
        return std::nullopt;
    }
    unsigned width = llvm::Log2_64_Ceil(size) + 2;
    // The sum of the outputs' bits.
    std::optional<SolverTerm> sum;
    for (auto [output, factor] : llvm::zip_equal(window.outputs, factors)) {
      SolverTerm one =
          resize(window.query, extractBit(window.query, output, bit), width,
                 /*isSigned=*/false);
      if (factor != 1)
        one = window.query.addTerm(
            StepKind::Mul, width,
            {one, SolverQuery::getConstant(factor, width)});
      sum = sum ? window.query.addTerm(StepKind::Add, width, {*sum, one}) : one;
    }
    window.query.claimEqual(*sum, addSum(window, polynomial, width));
    if (claim.empty()) {
      claim = kind == Obligation::Kind::Bits
                  ? llvm::formatv(
                        "Of a lane of {0} bits that {1} computes, bit "
                        "{2} is",
                        window.outputs[0].width, describeOp(values[0]), bit)
                        .str()
                  : llvm::formatv("Of the lanes s and c that {0} and {1} "
                                  "compute, s[{3}] {4} {2} c[{3}] is",
                                  describeOp(values[0]), describeOp(values[1]),
                                  std::abs(factors[1]), bit,
                                  factors[1] < 0 ? "-" : "+")
                        .str();
      claim += "\n  " + describe(window, polynomial);
    }
  }
  if (bits.size() > 1)
    claim += llvm::formatv("\nand likewise the other bits, {0} in all.",
                           bits.size());
  return obligations.add(kind, claim, window.query.str());
}

//===----------------------------------------------------------------------===//
// Adders
//===----------------------------------------------------------------------===//
//
// Sum and carry of an adder are found as in logic synthesis: for each bit, sets
// of at most six bits that determine it (cuts) are enumerated; for bits with a
// cut in common, s + 2c and s - 2c are tried. One column, that of the lowest
// bit of the first lane, tells which values belong together; the facts are
// then checked and proved for all.

namespace {
constexpr unsigned maxLeaves = 6;
constexpr size_t maxCuts = 24;
using BitCut = SmallVector<unsigned, maxLeaves>; ///< Variables, ascending.
} // namespace

/// The truth table of a polynomial in up to six variables.
static uint64_t makeTable(const LinearDomain &domain, const Polynomial &bit,
                          ArrayRef<unsigned> support) {
  uint64_t table = 0;
  for (unsigned entry = 0; entry < 1u << support.size(); ++entry) {
    int64_t value = 0;
    for (auto [monomial, coefficient] : bit.terms())
      if (llvm::all_of(domain.getFactors(monomial), [&](unsigned factor) {
            return entry >> (llvm::find(support, factor) - support.begin()) & 1;
          }))
        value += coefficient;
    table |= uint64_t(value & 1) << entry;
  }
  return table;
}

static SmallVector<unsigned> supportOf(const LinearDomain &domain,
                                       const Polynomial &bit) {
  SmallVector<unsigned> support;
  for (auto [monomial, coefficient] : bit.terms())
    llvm::append_range(support, domain.getFactors(monomial));
  llvm::sort(support);
  support.erase(llvm::unique(support), support.end());
  return support;
}

void FunctionProof::findAdders() {
  // What bits are made of.
  std::map<unsigned, const Polynomial *> made;
  for (auto &[variable, definition] : definitions)
    if (variables[variable].lane == 0 && variables[variable].bit == 0)
      made[variable] = &definition;
  SmallVector<unsigned> nodes;
  for (auto &[variable, definition] : made)
    nodes.push_back(variable);
  for (auto [variable, fact] : singles)
    if (variables[variable].bit == 0 && variables[variable].lane == 0)
      made[variable] = &facts[fact].right;

  std::map<unsigned, std::vector<BitCut>> cutsOf;
  std::map<unsigned, uint64_t> tables;
  std::map<unsigned, SmallVector<unsigned>> supports;
  auto getCuts = [&](auto &&self, unsigned variable) -> std::vector<BitCut> & {
    auto [it, isNew] = cutsOf.try_emplace(variable);
    std::vector<BitCut> &result = it->second;
    if (!isNew)
      return result;
    result.push_back({variable});
    auto definition = made.find(variable);
    if (definition == made.end())
      return result;
    SmallVector<unsigned> support = supportOf(domain, *definition->second);
    if (support.size() > maxLeaves)
      return result;
    supports[variable] = support;
    tables[variable] = makeTable(domain, *definition->second, support);
    std::vector<BitCut> merged = {{}};
    for (unsigned operand : support) {
      std::vector<BitCut> further;
      for (const BitCut &a : merged)
        for (const BitCut &b : self(self, operand)) {
          BitCut both;
          std::set_union(a.begin(), a.end(), b.begin(), b.end(),
                         std::back_inserter(both));
          if (both.size() <= maxLeaves)
            further.push_back(std::move(both));
        }
      llvm::sort(further, [](const BitCut &a, const BitCut &b) {
        return std::pair(a.size(), ArrayRef(a)) <
               std::pair(b.size(), ArrayRef(b));
      });
      further.erase(llvm::unique(further), further.end());
      if (further.size() > maxCuts)
        further.resize(maxCuts);
      merged = std::move(further);
    }
    // `it` stays valid: nodes of maps do not move.
    llvm::append_range(result, merged);
    return result;
  };

  std::map<std::pair<size_t, BitCut>, SmallVector<unsigned>> byCut;
  for (unsigned node : nodes)
    for (const BitCut &cut : getCuts(getCuts, node))
      if (cut.size() > 1)
        byCut[{cut.size(), cut}].push_back(node);

  // A truth table over a cut, and then the coefficients of its polynomial.
  static constexpr uint64_t patterns[] = {
      0xAAAAAAAAAAAAAAAA, 0xCCCCCCCCCCCCCCCC, 0xF0F0F0F0F0F0F0F0,
      0xFF00FF00FF00FF00, 0xFFFF0000FFFF0000, 0xFFFFFFFF00000000};
  auto simulate = [&](unsigned node, const BitCut &cut) {
    std::map<unsigned, uint64_t> values;
    for (auto [i, leaf] : llvm::enumerate(cut))
      values[leaf] = patterns[i];
    auto get = [&](auto &&self, unsigned variable) -> uint64_t {
      if (auto it = values.find(variable); it != values.end())
        return it->second;
      SmallVector<uint64_t> operands;
      for (unsigned operand : supports[variable])
        operands.push_back(self(self, operand));
      uint64_t result = 0;
      for (unsigned sample = 0; sample < 64; ++sample) {
        unsigned entry = 0;
        for (auto [i, operand] : llvm::enumerate(operands))
          entry |= unsigned(operand >> sample & 1) << i;
        result |= (tables[variable] >> entry & 1) << sample;
      }
      return values[variable] = result;
    };
    return get(get, node);
  };
  auto transform = [](uint64_t table, unsigned size) {
    SmallVector<int64_t> coefficients(1 << size);
    for (unsigned entry = 0; entry < coefficients.size(); ++entry)
      coefficients[entry] = table >> entry & 1;
    for (unsigned distance = 1; distance < coefficients.size(); distance *= 2)
      for (unsigned entry = 0; entry < coefficients.size(); ++entry)
        if (entry & distance)
          coefficients[entry] -= coefficients[entry - distance];
    return coefficients;
  };
  std::set<std::pair<unsigned, unsigned>> known;
  for (auto &[key, members] : byCut) {
    const BitCut &cut = key.second;
    if (members.size() < 2)
      continue;
    std::vector<SmallVector<int64_t>> polynomials;
    for (unsigned node : members)
      polynomials.push_back(transform(simulate(node, cut), cut.size()));
    unsigned words = 0;
    for (auto [i, leaf] : llvm::enumerate(cut))
      words |= unsigned(variables[leaf].isWord) << i;
    for (size_t s = 0; s < members.size(); ++s)
      for (size_t c = 0; c < members.size(); ++c)
        for (int64_t factor : {2, -2}) {
          if (s == c || known.count({members[s], members[c]}))
            continue;
          bool isGood = true;
          for (unsigned entry = 0; entry < polynomials[s].size(); ++entry)
            isGood &=
                llvm::popcount(entry) < 2 || !(entry & ~words) ||
                polynomials[s][entry] + factor * polynomials[c][entry] == 0;
          if (!isGood)
            continue;
          SmallVector<Value, 4> leaves;
          for (unsigned leaf : cut)
            if (!llvm::is_contained(leaves, variables[leaf].value))
              leaves.push_back(variables[leaf].value);
          if (addAdder(variables[members[s]].value, variables[members[c]].value,
                       factor, leaves))
            known.insert({members[s], members[c]});
        }
  }
}

bool FunctionProof::addAdder(Value s, Value c, int64_t factor,
                             ArrayRef<Value> leaves) {
  Value values[] = {s, c};
  FailureOr<LaneProgram> program = getProgram(leaves, values);
  if (failed(program))
    return false;
  auto outputs = evaluate(leaves, values);
  if (outputs.empty())
    return false;
  bool found = false;
  for (unsigned lane = 0; lane < std::min(outputs[0].size(), outputs[1].size());
       ++lane) {
    const CutLane &sum = cuts[s].lanes[lane], &carry = cuts[c].lanes[lane];
    if (!sum.isBits || !carry.isBits || sum.width != carry.width ||
        outputs[0][lane].form != LinearLane::Form::Bits ||
        outputs[1][lane].form != LinearLane::Form::Bits)
      continue;
    std::map<unsigned, Polynomial> bits;
    for (unsigned bit = 0; bit < sum.width; ++bit) {
      if (sum.bits[bit] < 0 || carry.bits[bit] < 0)
        continue;
      std::optional<Polynomial> x = bitOf(outputs[0][lane], bit),
                                y = bitOf(outputs[1][lane], bit);
      std::optional<Polynomial> both =
          x && y ? domain.add(*x, *y, factor) : std::nullopt;
      if (both && isGood(*both))
        bits[bit] = std::move(*both);
    }
    if (bits.empty())
      continue;
    std::optional<unsigned> obligation =
        proveBits(*program, leaves, values, {1, factor}, lane, bits,
                  Obligation::Kind::Adder);
    if (!obligation)
      continue;
    found = true;
    for (auto &[bit, polynomial] : bits) {
      unsigned sumBit = sum.bits[bit], carryBit = carry.bits[bit];
      pairs.insert({sumBit, facts.size()});
      pairs.insert({carryBit, facts.size()});
      facts.push_back(
          {{{sumBit, 1}, {carryBit, factor}}, polynomial, 0, *obligation});
    }
  }
  return found;
}

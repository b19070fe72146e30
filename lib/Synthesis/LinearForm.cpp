//===- LinearForm.cpp - Vector code as integer polynomials ----------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Synthesis/LinearForm.h"

#include "llvm/ADT/EquivalenceClasses.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace mlir::bitserial;
using Kind = LaneProgram::Kind;
using Step = LaneProgram::Step;
using Form = LinearLane::Form;
using Polynomial = LinearPolynomial;
using Support = SmallVector<unsigned, 6>;

//===----------------------------------------------------------------------===//
// Variables
//===----------------------------------------------------------------------===//

LinearDomain::LinearDomain() {
  makeBit({{}, 0});
  makeBit({{}, 1});
  makeMonomial({});
}

unsigned LinearDomain::addBit() {
  variables.push_back({0, 1, /*isBit=*/true, std::nullopt});
  return variables.size() - 1;
}

unsigned LinearDomain::addInteger(int64_t min, int64_t max) {
  assert(min <= max && "no such integers");
  variables.push_back({min, max, /*isBit=*/false, std::nullopt});
  return variables.size() - 1;
}

//===----------------------------------------------------------------------===//
// Bits: Boolean functions of few variables
//===----------------------------------------------------------------------===//

unsigned LinearDomain::makeBit(BitFunction function) {
  // Drop variables that it does not depend on.
  auto &[support, table] = function;
  for (unsigned i = support.size(); i-- > 0;) {
    unsigned size = 1 << support.size(), distance = 1 << i;
    bool depends = false;
    uint64_t reduced = 0;
    unsigned next = 0;
    for (unsigned entry = 0; entry < size; ++entry) {
      if (entry & distance)
        continue;
      bool value = table >> entry & 1;
      depends |= value != (table >> (entry + distance) & 1);
      reduced |= uint64_t(value) << next++;
    }
    if (depends)
      continue;
    table = reduced;
    support.erase(support.begin() + i);
  }
  auto [it, isNew] = bitNumbers.try_emplace(function, bitFunctions.size());
  if (isNew) {
    bitFunctions.push_back(std::move(function));
    bitPolynomials.emplace_back();
  }
  return it->second;
}

unsigned LinearDomain::bitOfVariable(unsigned variable) {
  assert(variables[variable].isBit && "not a bit");
  return makeBit({{variable}, 0b10});
}

/// The variable that a bit is, or a new one that stands for it.
unsigned LinearDomain::variableOfBit(unsigned bit) {
  const BitFunction &function = bitFunctions[bit];
  if (function.support.size() == 1 && function.table == 0b10)
    return function.support[0];
  auto [it, isNew] = definedVariables.try_emplace(bit, variables.size());
  if (isNew)
    variables.push_back({0, 1, /*isBit=*/true, bit});
  return it->second;
}

/// The variables that some bits depend on, ascending.
template <typename Functions>
static SmallVector<unsigned> joinSupports(const Functions &functions,
                                          ArrayRef<unsigned> bits) {
  SmallVector<unsigned> support;
  for (unsigned bit : bits)
    llvm::append_range(support, functions[bit].support);
  llvm::sort(support);
  support.erase(llvm::unique(support), support.end());
  return support;
}

/// A Boolean function of bits, given as a table (as BitFunction has it).
unsigned LinearDomain::applyBits(uint64_t table,
                                 ArrayRef<unsigned> operandBits) {
  SmallVector<unsigned> operands(operandBits);
  SmallVector<unsigned> support = joinSupports(bitFunctions, operands);
  while (support.size() > maxSupport) {
    // Cut one operand, if possible one that was cut before, so that few
    // variables are made.
    unsigned &cut = *std::max_element(
        operands.begin(), operands.end(), [&](unsigned a, unsigned b) {
          auto rank = [&](unsigned bit) {
            unsigned size = bitFunctions[bit].support.size();
            return std::pair(size > 1 && definedVariables.count(bit), size);
          };
          return rank(a) < rank(b);
        });
    cut = bitOfVariable(variableOfBit(cut));
    support = joinSupports(bitFunctions, operands);
  }

  uint64_t result = 0;
  for (unsigned entry = 0; entry < 1u << support.size(); ++entry) {
    unsigned index = 0;
    for (auto [position, bit] : llvm::enumerate(operands)) {
      const BitFunction &function = bitFunctions[bit];
      unsigned operandEntry = 0;
      for (auto [i, variable] : llvm::enumerate(function.support)) {
        unsigned at = llvm::lower_bound(support, variable) - support.begin();
        operandEntry |= (entry >> at & 1) << i;
      }
      index |= (function.table >> operandEntry & 1) << position;
    }
    result |= (table >> index & 1) << entry;
  }
  return makeBit({Support(support.begin(), support.end()), result});
}

/// The one polynomial that equals a Boolean function: its Moebius transform.
const Polynomial &LinearDomain::polynomialOfBit(unsigned bit) {
  if (bitPolynomials[bit])
    return *bitPolynomials[bit];
  const BitFunction &function = bitFunctions[bit];
  unsigned size = 1 << function.support.size();
  SmallVector<int64_t, 64> coefficients(size);
  for (unsigned entry = 0; entry < size; ++entry)
    coefficients[entry] = function.table >> entry & 1;
  for (unsigned distance = 1; distance < size; distance *= 2)
    for (unsigned entry = 0; entry < size; ++entry)
      if (entry & distance)
        coefficients[entry] -= coefficients[entry - distance];
  TermMap terms;
  for (unsigned entry = 0; entry < size; ++entry) {
    SmallVector<unsigned, 4> factors;
    for (auto [i, variable] : llvm::enumerate(function.support))
      if (entry >> i & 1)
        factors.push_back(variable);
    addTerm(terms, makeMonomial(std::move(factors)), coefficients[entry]);
  }
  bitPolynomials[bit] = fromTerms(terms);
  return *bitPolynomials[bit];
}

bool LinearDomain::evaluateBit(unsigned bit, ArrayRef<int64_t> values) const {
  const BitFunction &function = bitFunctions[bit];
  unsigned entry = 0;
  for (auto [i, variable] : llvm::enumerate(function.support)) {
    std::optional<unsigned> definition = variables[variable].definition;
    bool value =
        definition ? evaluateBit(*definition, values) : values[variable] != 0;
    entry |= unsigned(value) << i;
  }
  return function.table >> entry & 1;
}

//===----------------------------------------------------------------------===//
// Polynomials
//===----------------------------------------------------------------------===//

/// Whether a coefficient is small enough for sums of a few never to overflow.
static bool isSmall(int64_t coefficient) {
  return coefficient > -(int64_t(1) << 61) && coefficient < int64_t(1) << 61;
}

/// False if the coefficient becomes too large.
bool LinearDomain::addTerm(TermMap &terms, unsigned monomial,
                           int64_t coefficient) {
  if (!coefficient)
    return true;
  int64_t &sum = terms[monomial];
  sum += coefficient;
  if (!sum) {
    terms.erase(monomial);
    return true;
  }
  return isSmall(sum);
}

Polynomial LinearDomain::fromTerms(const TermMap &terms) {
  Polynomial result;
  result.allTerms.assign(terms.begin(), terms.end());
  return result;
}

unsigned LinearDomain::makeMonomial(SmallVector<unsigned, 4> factors) {
  auto [it, isNew] = monomialNumbers.try_emplace(factors, monomials.size());
  if (isNew)
    monomials.push_back(std::move(factors));
  return it->second;
}

std::optional<unsigned> LinearDomain::multiplyMonomials(unsigned a,
                                                        unsigned b) {
  if (a == 0)
    return b;
  if (b == 0)
    return a;
  SmallVector<unsigned, 4> factors;
  std::set_union(monomials[a].begin(), monomials[a].end(), monomials[b].begin(),
                 monomials[b].end(), std::back_inserter(factors));
  // Bits are their own squares; integers may occur in one factor only.
  auto isInteger = [&](unsigned variable) {
    return !variables[variable].isBit;
  };
  if (llvm::any_of(monomials[a], isInteger) &&
      llvm::any_of(monomials[b], isInteger))
    return std::nullopt;
  return makeMonomial(std::move(factors));
}

Polynomial LinearDomain::constant(int64_t value) const {
  Polynomial result;
  if (value)
    result.allTerms.push_back({0, value});
  return result;
}

Polynomial LinearDomain::variable(unsigned variable) {
  return product({variable});
}

Polynomial LinearDomain::product(ArrayRef<unsigned> factors) {
  SmallVector<unsigned, 4> sorted(factors);
  llvm::sort(sorted);
  assert(llvm::unique(sorted) == sorted.end() && "a factor occurs twice");
  Polynomial result;
  result.allTerms.push_back({makeMonomial(std::move(sorted)), 1});
  return result;
}

std::optional<Polynomial> LinearDomain::add(const Polynomial &a,
                                            const Polynomial &b,
                                            int64_t factorOfB) const {
  Polynomial result;
  result.allTerms.reserve(a.allTerms.size() + b.allTerms.size());
  auto ia = a.allTerms.begin(), ib = b.allTerms.begin();
  while (ia != a.allTerms.end() || ib != b.allTerms.end()) {
    bool takeA = ib == b.allTerms.end() ||
                 (ia != a.allTerms.end() && ia->first <= ib->first);
    bool takeB = ia == a.allTerms.end() ||
                 (ib != b.allTerms.end() && ib->first <= ia->first);
    unsigned monomial = takeA ? ia->first : ib->first;
    int64_t sum = takeA ? ia++->second : 0, product = 0;
    if (takeB && (llvm::MulOverflow(ib++->second, factorOfB, product) ||
                  !isSmall(product)))
      return std::nullopt;
    sum += product;
    if (!isSmall(sum))
      return std::nullopt;
    if (sum)
      result.allTerms.push_back({monomial, sum});
  }
  if (result.allTerms.size() > maxTerms)
    return std::nullopt;
  return result;
}

std::optional<Polynomial> LinearDomain::scale(const Polynomial &a,
                                              int64_t factor) const {
  return add(Polynomial(), a, factor);
}

std::optional<Polynomial> LinearDomain::multiply(const Polynomial &a,
                                                 const Polynomial &b) {
  if (a.allTerms.size() * b.allTerms.size() > maxTerms)
    return std::nullopt;
  TermMap terms;
  for (auto [monomialA, coefficientA] : a.allTerms)
    for (auto [monomialB, coefficientB] : b.allTerms) {
      std::optional<unsigned> monomial =
          multiplyMonomials(monomialA, monomialB);
      int64_t coefficient;
      if (!monomial ||
          llvm::MulOverflow(coefficientA, coefficientB, coefficient) ||
          !isSmall(coefficient) || !addTerm(terms, *monomial, coefficient))
        return std::nullopt;
    }
  return fromTerms(terms);
}

std::optional<Polynomial> LinearDomain::canonical(const Polynomial &a) {
  // Terms by their newest variable that stands for a bit (-1: none has one).
  // Definitions only use older variables, so that no term comes back.
  std::map<int64_t, TermMap, std::greater<>> pending;
  auto insert = [&](unsigned monomial, int64_t coefficient) {
    int64_t newest = -1;
    for (unsigned factor : monomials[monomial])
      if (variables[factor].definition)
        newest = factor;
    return addTerm(pending[newest], monomial, coefficient);
  };
  for (auto [monomial, coefficient] : a.allTerms)
    if (!insert(monomial, coefficient))
      return std::nullopt;

  while (!pending.empty() && pending.begin()->first >= 0) {
    unsigned variable = pending.begin()->first;
    TermMap terms = std::move(pending.begin()->second);
    pending.erase(pending.begin());
    // By value: polynomials of further bits may be made meanwhile.
    Polynomial definition = polynomialOfBit(*variables[variable].definition);
    for (auto [monomial, coefficient] : terms) {
      SmallVector<unsigned, 4> others = monomials[monomial];
      llvm::erase(others, variable);
      unsigned rest = makeMonomial(std::move(others));
      for (auto [factor, weight] : definition.allTerms) {
        std::optional<unsigned> product = multiplyMonomials(rest, factor);
        int64_t weighed;
        if (!product || llvm::MulOverflow(coefficient, weight, weighed) ||
            !isSmall(weighed) || !insert(*product, weighed))
          return std::nullopt;
      }
    }
    size_t size = 0;
    for (auto &[newest, rest] : pending)
      size += rest.size();
    if (size > maxTerms)
      return std::nullopt;
  }
  return pending.empty() ? Polynomial() : fromTerms(pending.begin()->second);
}

int64_t LinearDomain::evaluate(const Polynomial &a,
                               ArrayRef<int64_t> values) const {
  int64_t sum = 0;
  for (auto [monomial, coefficient] : a.allTerms) {
    int64_t term = coefficient;
    for (unsigned factor : monomials[monomial]) {
      std::optional<unsigned> definition = variables[factor].definition;
      term *= definition ? evaluateBit(*definition, values) : values[factor];
    }
    sum += term;
  }
  return sum;
}

std::string LinearDomain::str(const Polynomial &a) const {
  std::string text;
  llvm::raw_string_ostream os(text);
  // By their variables: numbers of monomials depend on history.
  SmallVector<std::pair<ArrayRef<unsigned>, int64_t>> terms;
  for (auto [monomial, coefficient] : a.allTerms)
    terms.push_back({monomials[monomial], coefficient});
  llvm::sort(terms, [](const auto &x, const auto &y) {
    return std::lexicographical_compare(x.first.begin(), x.first.end(),
                                        y.first.begin(), y.first.end());
  });
  for (auto &[factors, coefficient] : terms) {
    os << (text.empty() ? (coefficient < 0 ? "-" : "")
                        : (coefficient < 0 ? " - " : " + "));
    int64_t size = std::abs(coefficient);
    if (size != 1 || factors.empty())
      os << size << (factors.empty() ? "" : "*");
    llvm::interleave(factors, os, [&](unsigned v) { os << 'x' << v; }, "*");
  }
  return text.empty() ? "0" : text;
}

//===----------------------------------------------------------------------===//
// Bounds
//===----------------------------------------------------------------------===//

/// Terms that share no variable with others.
struct LinearDomain::Part {
  std::vector<std::pair<unsigned, int64_t>> terms;
  SmallVector<unsigned> bits, integers; ///< Variables, ascending.
  int64_t min = 0, max = 0;
  /// Whether the values of all bits were tried. Then `argMin` and `argMax` are
  /// those (bit i for `bits[i]`) for which the extremes are attained.
  bool tried = false;
  bool exact = false;
  unsigned argMin = 0, argMax = 0;
};

std::vector<LinearDomain::Part>
LinearDomain::partition(const Polynomial &a) const {
  llvm::EquivalenceClasses<unsigned> classes;
  for (auto [monomial, coefficient] : a.allTerms)
    for (unsigned factor : monomials[monomial])
      classes.unionSets(monomials[monomial].front(), factor);
  std::map<unsigned, Part> parts;
  for (auto [monomial, coefficient] : a.allTerms) {
    if (monomial == 0)
      continue;
    Part &part = parts[classes.getLeaderValue(monomials[monomial].front())];
    part.terms.push_back({monomial, coefficient});
    for (unsigned factor : monomials[monomial])
      (variables[factor].isBit ? part.bits : part.integers).push_back(factor);
  }
  std::vector<Part> result;
  for (auto &[leader, part] : parts) {
    for (SmallVector<unsigned> *list : {&part.bits, &part.integers}) {
      llvm::sort(*list);
      list->erase(llvm::unique(*list), list->end());
    }
    findExtremes(part);
    result.push_back(std::move(part));
  }
  return result;
}

// Saturating, so that huge bounds stay huge.
static int64_t clampedAdd(int64_t a, int64_t b) {
  int64_t sum;
  return llvm::AddOverflow(a, b, sum) ? (a < 0 ? INT64_MIN : INT64_MAX) : sum;
}
static int64_t clampedMultiply(int64_t a, int64_t b) {
  int64_t product;
  return llvm::MulOverflow(a, b, product)
             ? ((a < 0) != (b < 0) ? INT64_MIN : INT64_MAX)
             : product;
}

/// The factor of an integer variable (-1: the sum of the terms without one) for
/// every assignment of the bits of a part.
std::vector<int64_t> LinearDomain::factorsOf(const Part &part,
                                             int64_t integer) const {
  std::vector<int64_t> sums(size_t(1) << part.bits.size(), 0);
  for (auto [monomial, coefficient] : part.terms) {
    int64_t found = -1;
    size_t mask = 0;
    for (unsigned factor : monomials[monomial]) {
      if (variables[factor].isBit)
        mask |= size_t(1) << (llvm::lower_bound(part.bits, factor) -
                              part.bits.begin());
      else
        found = factor;
    }
    if (found == integer)
      sums[mask] = coefficient;
  }
  // From single terms to the sum over all subsets of the ones.
  for (size_t distance = 1; distance < sums.size(); distance *= 2)
    for (size_t entry = 0; entry < sums.size(); ++entry)
      if (entry & distance)
        sums[entry] = clampedAdd(sums[entry], sums[entry - distance]);
  return sums;
}

void LinearDomain::findExtremes(Part &part) const {
  constexpr unsigned maxTried = 10;
  bool hasDefined = llvm::any_of(part.bits, [&](unsigned variable) {
    return variables[variable].definition.has_value();
  });

  if (part.bits.size() <= maxTried) {
    // For given bits the part is linear in the integers.
    std::vector<int64_t> mins = factorsOf(part, -1), maxs = mins;
    for (unsigned integer : part.integers) {
      auto [low, high, isBit, definition] = variables[integer];
      for (auto [factor, min, max] :
           llvm::zip_equal(factorsOf(part, integer), mins, maxs)) {
        min = clampedAdd(min, clampedMultiply(factor, factor > 0 ? low : high));
        max = clampedAdd(max, clampedMultiply(factor, factor > 0 ? high : low));
      }
    }
    part.tried = true;
    part.argMin = llvm::min_element(mins) - mins.begin();
    part.argMax = llvm::max_element(maxs) - maxs.begin();
    part.min = mins[part.argMin];
    part.max = maxs[part.argMax];
    // Variables that stand for bits are not free.
    part.exact = !hasDefined;
    return;
  }

  // Each term on its own.
  for (auto [monomial, coefficient] : part.terms) {
    int64_t min = 1, max = 1;
    bool mayBeZero = false;
    for (unsigned factor : monomials[monomial]) {
      if (variables[factor].isBit) {
        mayBeZero = true;
      } else {
        min = variables[factor].min;
        max = variables[factor].max;
      }
    }
    if (mayBeZero) {
      min = std::min<int64_t>(min, 0);
      max = std::max<int64_t>(max, 0);
    }
    int64_t low = clampedMultiply(min, coefficient);
    int64_t high = clampedMultiply(max, coefficient);
    if (low > high)
      std::swap(low, high);
    part.min = clampedAdd(part.min, low);
    part.max = clampedAdd(part.max, high);
  }
}

Bounds LinearDomain::bounds(const Polynomial &a) {
  Bounds result = {a.constantTerm(), a.constantTerm(), true};
  for (const Part &part : partition(a)) {
    result.min = clampedAdd(result.min, part.min);
    result.max = clampedAdd(result.max, part.max);
    result.exact &= part.exact;
  }
  return result;
}

std::vector<int64_t> LinearDomain::extremePoint(const Polynomial &a,
                                                bool largest) {
  std::vector<int64_t> values;
  for (const Variable &variable : variables)
    values.push_back(variable.min);
  for (const Part &part : partition(a)) {
    if (!part.tried)
      continue;
    unsigned entry = largest ? part.argMax : part.argMin;
    for (auto [i, variable] : llvm::enumerate(part.bits))
      values[variable] = entry >> i & 1;
    for (unsigned integer : part.integers)
      values[integer] = (factorsOf(part, integer)[entry] > 0) == largest
                            ? variables[integer].max
                            : variables[integer].min;
  }
  return values;
}

//===----------------------------------------------------------------------===//
// Lanes
//===----------------------------------------------------------------------===//

LinearLane LinearDomain::addBits(unsigned width) {
  SmallVector<unsigned> bitVariables;
  for (unsigned i = 0; i < width; ++i)
    bitVariables.push_back(addBit());
  return makeBits(bitVariables);
}

LinearLane LinearDomain::makeBits(ArrayRef<unsigned> bitVariables) {
  LinearLane lane;
  lane.form = Form::Bits;
  lane.width = bitVariables.size();
  for (unsigned variable : bitVariables)
    lane.bits.push_back(bitOfVariable(variable));
  return lane;
}

LinearLane LinearDomain::makeConstant(uint64_t value, unsigned width) {
  LinearLane lane;
  lane.form = Form::Bits;
  lane.width = width;
  for (unsigned i = 0; i < width; ++i)
    lane.bits.push_back(value >> i & 1);
  return lane;
}

LinearLane LinearDomain::makeValue(Polynomial value, unsigned width) {
  if (value.isConstant())
    return makeConstant(value.constantTerm(), width);
  LinearLane lane;
  lane.form = Form::Value;
  lane.width = width;
  lane.value = std::move(value);
  return lane;
}

LinearLane LinearDomain::unknown(unsigned width,
                                 const llvm::Twine &reason) const {
  LinearLane lane;
  lane.width = width;
  lane.reason = std::make_shared<const std::string>(
      ("step " + llvm::Twine(currentStep) + ": " + reason).str());
  return lane;
}

std::optional<uint64_t> LinearDomain::asConstant(const LinearLane &lane) const {
  if (lane.form != Form::Bits)
    return std::nullopt;
  uint64_t value = 0;
  for (auto [i, bit] : llvm::enumerate(lane.bits)) {
    if (bit > 1)
      return std::nullopt;
    value |= uint64_t(bit) << i;
  }
  return value;
}

/// A polynomial that equals the lane modulo 2^width.
std::optional<Polynomial> LinearDomain::valueOf(const LinearLane &lane) {
  if (lane.form == Form::Value)
    return lane.value;
  if (lane.isUnknown())
    return std::nullopt;
  // Copies of a sign are better counted as one negative bit.
  unsigned top = lane.width - 1;
  while (top > 0 && lane.bits[top] == lane.bits[top - 1])
    --top;
  bool isSigned = top != lane.width - 1 && lane.bits[top] != 0;
  unsigned count = isSigned ? top + 1 : lane.width;
  Polynomial sum;
  for (unsigned i = 0; i < count; ++i) {
    if (!lane.bits[i])
      continue;
    if (i > 60) // beyond the range of coefficients
      return std::nullopt;
    int64_t weight = int64_t(1) << i;
    std::optional<Polynomial> next =
        add(sum, polynomialOfBit(lane.bits[i]),
            isSigned && i == top ? -weight : weight);
    if (!next)
      return std::nullopt;
    sum = std::move(*next);
  }
  return sum;
}

/// The lane as bits, if it is or depends on few.
std::optional<std::vector<unsigned>>
LinearDomain::bitsOf(const LinearLane &lane) {
  if (lane.form == Form::Bits)
    return lane.bits;
  if (lane.isUnknown())
    return std::nullopt;
  SmallVector<unsigned> support;
  for (auto [monomial, coefficient] : lane.value.allTerms)
    llvm::append_range(support, monomials[monomial]);
  llvm::sort(support);
  support.erase(llvm::unique(support), support.end());
  if (support.size() > maxSupport ||
      llvm::any_of(support, [&](unsigned v) { return !variables[v].isBit; }))
    return std::nullopt;
  std::vector<uint64_t> tables(lane.width, 0);
  for (unsigned entry = 0; entry < 1u << support.size(); ++entry) {
    uint64_t value = 0;
    for (auto [monomial, coefficient] : lane.value.allTerms)
      if (llvm::all_of(monomials[monomial], [&](unsigned factor) {
            return entry >>
                       (llvm::lower_bound(support, factor) - support.begin()) &
                   1;
          }))
        value += static_cast<uint64_t>(coefficient);
    for (unsigned i = 0; i < lane.width; ++i)
      tables[i] |= (value >> i & 1) << entry;
  }
  std::vector<unsigned> bits;
  for (uint64_t table : tables)
    bits.push_back(makeBit({Support(support.begin(), support.end()), table}));
  return bits;
}

/// The number in [min, max] that a lane is, where the range has 2^width
/// elements. A wrap check.
std::optional<Polynomial> LinearDomain::asNumber(const LinearLane &lane,
                                                 int64_t min, int64_t max,
                                                 bool isSigned) {
  if (lane.isUnknown())
    return std::nullopt;
  auto record = [&](Bounds range) {
    if (!checks)
      return;
    if (!checks->empty() && checks->back().step == currentStep &&
        checks->back().allowedMin == min && checks->back().allowedMax == max) {
      checks->back().min = std::min(checks->back().min, range.min);
      checks->back().max = std::max(checks->back().max, range.max);
    } else {
      checks->push_back({currentStep, min, max, range.min, range.max});
    }
  };

  if (lane.form == Form::Bits) {
    // No check is needed. One bit more tells valueOf how to read the top one.
    LinearLane wider = lane;
    wider.bits.push_back(isSigned ? lane.bits.back() : 0);
    ++wider.width;
    return valueOf(wider);
  }

  // The lane is known modulo 2^width only: any multiple of that may be added.
  auto fit = [&](const Polynomial &value) -> std::optional<Polynomial> {
    Bounds range = bounds(value);
    if (!isSmall(range.min) || !isSmall(range.max))
      return std::nullopt;
    int64_t shift = 0;
    if (lane.width < 60) {
      int64_t size = int64_t(1) << lane.width;
      int64_t block = llvm::divideFloorSigned(range.min - min, size);
      shift = -block * size;
    }
    Bounds shifted = {range.min + shift, range.max + shift, range.exact};
    if (shifted.min < min || shifted.max > max)
      return std::nullopt;
    record(shifted);
    return add(value, constant(shift));
  };
  if (std::optional<Polynomial> number = fit(lane.value))
    return number;
  std::optional<Polynomial> reduced = canonical(lane.value);
  if (!reduced)
    return std::nullopt;
  if (*reduced != lane.value)
    if (std::optional<Polynomial> number = fit(*reduced))
      return number;
  if (lane.width > 60)
    return std::nullopt;
  // Smallest coefficients modulo 2^width.
  Polynomial small;
  for (auto [monomial, coefficient] : reduced->allTerms)
    if (int64_t c = signedLane(coefficient & laneMask(lane.width), lane.width))
      small.allTerms.push_back({monomial, c});
  return fit(small);
}

std::optional<Polynomial> LinearDomain::asUnsigned(const LinearLane &lane) {
  int64_t max = lane.width >= 63 ? INT64_MAX : (int64_t(1) << lane.width) - 1;
  return asNumber(lane, 0, max, /*isSigned=*/false);
}

std::optional<Polynomial> LinearDomain::asSigned(const LinearLane &lane) {
  int64_t max = static_cast<int64_t>(laneMask(lane.width - 1));
  return asNumber(lane, -max - 1, max, /*isSigned=*/true);
}

uint64_t LinearDomain::evaluate(const LinearLane &lane,
                                ArrayRef<int64_t> values) const {
  assert(!lane.isUnknown() && "no value");
  if (lane.form == Form::Value)
    return evaluate(lane.value, values) & laneMask(lane.width);
  uint64_t result = 0;
  for (auto [i, bit] : llvm::enumerate(lane.bits))
    result |= uint64_t(evaluateBit(bit, values)) << i;
  return result;
}

//===----------------------------------------------------------------------===//
// Steps
//===----------------------------------------------------------------------===//

/// Any kind, by trying all values of the variables if there are few.
std::optional<LinearLane>
LinearDomain::enumerate(Kind kind, unsigned width,
                        ArrayRef<LinearLane> operands) {
  SmallVector<unsigned> all;
  SmallVector<std::vector<unsigned>, 3> bits;
  for (const LinearLane &operand : operands) {
    std::optional<std::vector<unsigned>> operandBits = bitsOf(operand);
    if (!operandBits)
      return std::nullopt;
    llvm::append_range(all, *operandBits);
    bits.push_back(std::move(*operandBits));
  }
  SmallVector<unsigned> support = joinSupports(bitFunctions, all);
  if (support.size() > maxSupport)
    return std::nullopt;

  std::vector<uint64_t> tables(width, 0);
  for (unsigned entry = 0; entry < 1u << support.size(); ++entry) {
    SmallVector<uint64_t, 3> lanes;
    for (ArrayRef<unsigned> operandBits : bits) {
      uint64_t value = 0;
      for (auto [i, bit] : llvm::enumerate(operandBits)) {
        const BitFunction &function = bitFunctions[bit];
        unsigned bitEntry = 0;
        for (auto [j, variable] : llvm::enumerate(function.support)) {
          unsigned at = llvm::lower_bound(support, variable) - support.begin();
          bitEntry |= (entry >> at & 1) << j;
        }
        value |= (function.table >> bitEntry & 1) << i;
      }
      lanes.push_back(value);
    }
    uint64_t value =
        LaneProgram::evaluateLane(kind, width, operands.back().width, lanes);
    for (unsigned i = 0; i < width; ++i)
      tables[i] |= (value >> i & 1) << entry;
  }
  LinearLane result;
  result.form = Form::Bits;
  result.width = width;
  for (uint64_t table : tables)
    result.bits.push_back(
        makeBit({Support(support.begin(), support.end()), table}));
  return result;
}

/// Low and high part of a number: a = low + 2^bits * high, 0 <= low < 2^bits,
/// if the terms tell.
std::optional<std::pair<Polynomial, Polynomial>>
LinearDomain::split(const Polynomial &a, unsigned bits) {
  Polynomial low, high;
  for (auto [monomial, coefficient] : a.allTerms) {
    int64_t size = int64_t(1) << bits;
    int64_t quotient = llvm::divideFloorSigned(coefficient, size);
    int64_t rest = coefficient - quotient * size;
    // A coefficient is one or the other; only the constant falls into two.
    if (monomial && rest && quotient) {
      quotient = 0;
      rest = coefficient;
    }
    if (rest)
      low.allTerms.push_back({monomial, rest});
    if (quotient)
      high.allTerms.push_back({monomial, quotient});
  }
  Bounds range = bounds(low);
  if (range.min < 0 || range.max >= int64_t(1) << bits)
    return std::nullopt;
  return std::pair(std::move(low), std::move(high));
}

LinearLane LinearDomain::evaluateBitwise(Kind kind, unsigned width,
                                         const LinearLane &a,
                                         const LinearLane &b) {
  // What a constant operand does to a value.
  if (std::optional<uint64_t> mask = asConstant(b)) {
    if (kind == Kind::And && *mask == 0)
      return b;
    bool isNeutral = kind == Kind::And ? *mask == laneMask(width) : *mask == 0;
    if (isNeutral)
      return a;
    if (a.form == Form::Value && kind == Kind::Xor &&
        *mask == laneMask(width)) // -1 - a
      if (auto value = add(constant(-1), a.value, -1))
        return makeValue(std::move(*value), width);
    if (a.form == Form::Value && kind == Kind::And && !bitsOf(a)) {
      // Low or high bits.
      bool isLow = llvm::isMask_64(*mask);
      bool isHigh = llvm::isMask_64(~*mask & laneMask(width));
      unsigned bits = llvm::countr_one(isLow ? *mask : ~*mask);
      std::optional<Polynomial> number;
      if ((isLow || isHigh) && bits < 60 && (number = asUnsigned(a)))
        if (auto parts = split(*number, bits)) {
          if (isLow)
            return makeValue(std::move(parts->first), width);
          if (auto value = scale(parts->second, int64_t(1) << bits))
            return makeValue(std::move(*value), width);
        }
    }
  }
  std::optional<std::vector<unsigned>> aBits = bitsOf(a), bBits = bitsOf(b);
  if (!aBits || !bBits)
    return unknown(width, LaneProgram::stringify(kind) +
                              " of bits of a number that are not known");
  uint64_t table = kind == Kind::And  ? 0b1000
                   : kind == Kind::Or ? 0b1110
                                      : 0b0110;
  LinearLane result;
  result.form = Form::Bits;
  result.width = width;
  for (auto [x, y] : llvm::zip_equal(*aBits, *bBits))
    result.bits.push_back(applyBits(table, {x, y}));
  return result;
}

LinearLane LinearDomain::evaluateShiftRight(Kind kind, unsigned width,
                                            const LinearLane &a,
                                            const LinearLane &b) {
  bool isSigned = kind == Kind::ShiftRightS;
  std::optional<uint64_t> amount = asConstant(b);
  if (!amount || (*amount >= width && !isSigned)) {
    if (amount)
      return makeConstant(0, width);
    if (auto result = enumerate(kind, width, {a, b}))
      return *result;
    return unknown(width, "shift by an amount that is not constant");
  }
  unsigned distance = std::min<uint64_t>(*amount, width - 1);
  if (std::optional<std::vector<unsigned>> bits = bitsOf(a)) {
    LinearLane result;
    result.form = Form::Bits;
    result.width = width;
    result.bits.assign(bits->begin() + distance, bits->end());
    result.bits.resize(width, isSigned ? bits->back() : 0);
    return result;
  }
  std::optional<Polynomial> number = isSigned ? asSigned(a) : asUnsigned(a);
  if (number && distance < 60)
    if (auto parts = split(*number, distance))
      return makeValue(std::move(parts->second), width);
  return unknown(width, "bits shifted out of a number that are not known");
}

/// Comparisons, minimum and maximum: decided by the bounds of the difference.
LinearLane LinearDomain::evaluateComparison(Kind kind, unsigned width,
                                            const LinearLane &a,
                                            const LinearLane &b) {
  if (auto result = enumerate(kind, width, {a, b}))
    return *result;
  bool isSigned =
      kind == Kind::LessS || kind == Kind::MinS || kind == Kind::MaxS;
  std::optional<Polynomial> x = isSigned ? asSigned(a) : asUnsigned(a);
  std::optional<Polynomial> y = isSigned ? asSigned(b) : asUnsigned(b);
  std::optional<Polynomial> difference =
      x && y ? add(*x, *y, -1) : std::nullopt;
  if (difference)
    difference = canonical(*difference);
  if (difference) {
    Bounds range = bounds(*difference);
    bool less = range.max < 0, lessOrEqual = range.max <= 0;
    bool greaterOrEqual = range.min >= 0;
    switch (kind) {
    case Kind::Equal:
      if (less || range.min > 0)
        return makeConstant(0, 1);
      if (lessOrEqual && greaterOrEqual)
        return makeConstant(1, 1);
      break;
    case Kind::LessU:
    case Kind::LessS:
      if (less || greaterOrEqual)
        return makeConstant(less, 1);
      break;
    case Kind::MinU:
    case Kind::MinS:
      if (lessOrEqual || greaterOrEqual)
        return lessOrEqual ? a : b;
      break;
    default:
      if (lessOrEqual || greaterOrEqual)
        return lessOrEqual ? b : a;
      break;
    }
  }
  return unknown(width,
                 LaneProgram::stringify(kind) + " that bounds do not decide");
}

LinearLane LinearDomain::evaluateLane(Kind kind, unsigned width,
                                      ArrayRef<LinearLane> operands) {
  for (const LinearLane &operand : operands)
    if (operand.isUnknown()) {
      LinearLane result;
      result.width = width;
      result.reason = operand.reason;
      return result;
    }
  if (llvm::all_of(operands, [&](const LinearLane &operand) {
        return asConstant(operand).has_value();
      }))
    return *enumerate(kind, width, operands);
  const LinearLane &a = operands[0];
  auto tooLarge = [&] {
    return unknown(width, LaneProgram::stringify(kind) +
                              " has too many terms, or is not linear");
  };
  auto value = [&](std::optional<Polynomial> polynomial) {
    return polynomial ? makeValue(std::move(*polynomial), width) : tooLarge();
  };
  auto isZero = [&](const LinearLane &lane) { return asConstant(lane) == 0u; };

  switch (kind) {
  case Kind::Add:
  case Kind::Sub: {
    const LinearLane &b = operands[1];
    if (isZero(b))
      return a;
    if (kind == Kind::Add && isZero(a))
      return b;
    std::optional<Polynomial> x = valueOf(a), y = valueOf(b);
    if (!x || !y)
      return tooLarge();
    return value(add(*x, *y, kind == Kind::Add ? 1 : -1));
  }
  case Kind::Mul: {
    std::optional<Polynomial> x = valueOf(a), y = valueOf(operands[1]);
    if (!x || !y)
      return tooLarge();
    return value(multiply(*x, *y));
  }
  case Kind::And:
  case Kind::Or:
  case Kind::Xor:
    return asConstant(a) ? evaluateBitwise(kind, width, operands[1], a)
                         : evaluateBitwise(kind, width, a, operands[1]);
  case Kind::ShiftLeft: {
    std::optional<uint64_t> amount = asConstant(operands[1]);
    if (!amount) {
      if (auto result = enumerate(kind, width, operands))
        return *result;
      return unknown(width, "shift by an amount that is not constant");
    }
    if (*amount >= width)
      return makeConstant(0, width);
    if (a.form == Form::Value)
      return value(*amount < 60 ? scale(a.value, int64_t(1) << *amount)
                                : std::nullopt);
    LinearLane result = a;
    result.bits.insert(result.bits.begin(), *amount, 0);
    result.bits.resize(width);
    return result;
  }
  case Kind::ShiftRightU:
  case Kind::ShiftRightS:
    return evaluateShiftRight(kind, width, a, operands[1]);
  case Kind::MinU:
  case Kind::MaxU:
  case Kind::MinS:
  case Kind::MaxS:
  case Kind::Equal:
  case Kind::LessU:
  case Kind::LessS:
    return evaluateComparison(kind, width, a, operands[1]);
  case Kind::Select: {
    if (std::optional<uint64_t> condition = asConstant(a))
      return *condition ? operands[1] : operands[2];
    std::optional<std::vector<unsigned>> condition = bitsOf(a);
    if (!condition)
      return unknown(width, "selection by a condition that is not known");
    std::optional<std::vector<unsigned>> x = bitsOf(operands[1]),
                                         y = bitsOf(operands[2]);
    if (x && y) {
      LinearLane result;
      result.form = Form::Bits;
      result.width = width;
      // Operand 0 chooses operand 1, else operand 2.
      for (auto [ifTrue, ifFalse] : llvm::zip_equal(*x, *y))
        result.bits.push_back(
            applyBits(0b11011000, {(*condition)[0], ifTrue, ifFalse}));
      return result;
    }
    std::optional<Polynomial> p = valueOf(operands[1]),
                              q = valueOf(operands[2]);
    std::optional<Polynomial> chosen = p && q ? add(*p, *q, -1) : std::nullopt;
    if (chosen)
      chosen = multiply(*chosen, polynomialOfBit((*condition)[0]));
    return value(chosen ? add(*q, *chosen) : std::nullopt);
  }
  case Kind::Popcount: {
    std::optional<std::vector<unsigned>> bits = bitsOf(a);
    if (!bits)
      return unknown(width, "population count of a number");
    std::optional<Polynomial> sum = Polynomial();
    for (unsigned bit : *bits)
      if (sum)
        sum = add(*sum, polynomialOfBit(bit));
    return value(std::move(sum));
  }
  case Kind::ExtendU:
  case Kind::ExtendS: {
    bool isSigned = kind == Kind::ExtendS;
    if (a.form == Form::Bits) {
      LinearLane result = a;
      result.width = width;
      result.bits.resize(width, isSigned ? a.bits.back() : 0);
      return result;
    }
    std::optional<Polynomial> number = isSigned ? asSigned(a) : asUnsigned(a);
    if (number)
      return makeValue(std::move(*number), width);
    Bounds range = bounds(a.value);
    return unknown(width, "a lane of " + llvm::Twine(a.width) +
                              " bits may wrap: its value is within [" +
                              llvm::Twine(range.min) + ", " +
                              llvm::Twine(range.max) + "]");
  }
  case Kind::Truncate: {
    LinearLane result = a;
    result.width = width;
    if (a.form == Form::Bits)
      result.bits.resize(width);
    return result;
  }
  case Kind::Input:
  case Kind::Constant:
  case Kind::Shuffle:
  case Kind::Bitcast:
    break;
  }
  llvm_unreachable("not a function of single lanes");
}

LinearLane LinearDomain::evaluateBitcast(ArrayRef<LinearLane> from,
                                         unsigned width, unsigned lane) {
  unsigned fromWidth = from[0].width;
  unsigned first = lane * width / fromWidth;
  unsigned last = ((lane + 1) * width - 1) / fromWidth;
  ArrayRef<LinearLane> sources = from.slice(first, last - first + 1);
  for (const LinearLane &source : sources)
    if (source.isUnknown()) {
      LinearLane result;
      result.width = width;
      result.reason = source.reason;
      return result;
    }

  std::vector<unsigned> bits;
  for (const LinearLane &source : sources) {
    std::optional<std::vector<unsigned>> sourceBits = bitsOf(source);
    if (!sourceBits)
      break;
    llvm::append_range(bits, *sourceBits);
  }
  if (bits.size() == sources.size() * fromWidth) {
    LinearLane result;
    result.form = Form::Bits;
    result.width = width;
    auto begin = bits.begin() + (lane * width - first * fromWidth);
    result.bits.assign(begin, begin + width);
    return result;
  }

  // Numbers side by side, or a part of one.
  if (width % fromWidth == 0) {
    std::optional<Polynomial> sum = Polynomial();
    for (auto [i, source] : llvm::enumerate(sources)) {
      std::optional<Polynomial> number = asUnsigned(source);
      sum = sum && number && i * fromWidth < 60
                ? add(*sum, *number, int64_t(1) << (i * fromWidth))
                : std::nullopt;
    }
    if (sum)
      return makeValue(std::move(*sum), width);
  } else if (fromWidth % width == 0) {
    std::optional<Polynomial> rest = asUnsigned(sources[0]);
    for (unsigned skipped = lane % (fromWidth / width); rest && skipped;
         --skipped) {
      auto parts = width < 60 ? split(*rest, width) : std::nullopt;
      rest = parts ? std::optional(parts->second) : std::nullopt;
    }
    // Modulo 2^width nothing has to be known of what is above.
    if (rest)
      return makeValue(std::move(*rest), width);
  }
  return unknown(width, "bits of a number that are not known");
}

std::vector<std::vector<LinearLane>>
LinearDomain::evaluate(const LaneProgram &program,
                       ArrayRef<std::vector<LinearLane>> inputs,
                       std::vector<WrapCheck> *wrapChecks) {
  assert(inputs.size() == program.inputs().size() && "wrong number of inputs");
  checks = wrapChecks;
  std::vector<std::vector<LinearLane>> values;
  for (const Step &step : program.steps()) {
    currentStep = values.size();
    std::vector<LinearLane> lanes;
    lanes.reserve(step.type.lanes);
    switch (step.kind) {
    case Kind::Input:
      lanes = inputs[step.payload[0]];
      break;
    case Kind::Constant:
      for (uint64_t lane : step.payload)
        lanes.push_back(makeConstant(lane, step.type.width));
      break;
    case Kind::Shuffle: {
      std::vector<const LinearLane *> all;
      for (unsigned operand : step.operands)
        for (const LinearLane &lane : values[operand])
          all.push_back(&lane);
      for (uint64_t index : step.payload)
        lanes.push_back(*all[index]);
      break;
    }
    case Kind::Bitcast:
      for (unsigned lane = 0; lane < step.type.lanes; ++lane)
        lanes.push_back(
            evaluateBitcast(values[step.operands[0]], step.type.width, lane));
      break;
    default:
      for (unsigned lane = 0; lane < step.type.lanes; ++lane) {
        SmallVector<LinearLane, 3> operands;
        for (unsigned operand : step.operands)
          operands.push_back(values[operand][lane]);
        lanes.push_back(evaluateLane(step.kind, step.type.width, operands));
      }
    }
    values.push_back(std::move(lanes));
  }
  checks = nullptr;
  std::vector<std::vector<LinearLane>> outputs;
  for (unsigned output : program.outputs())
    outputs.push_back(values[output]);
  return outputs;
}

//===- LinearDomain.cpp - Polynomials over bits, and their bounds -------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Synthesis/LinearForm.h"

#include "llvm/ADT/EquivalenceClasses.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace mlir::bitserial;
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
SmallVector<unsigned>
LinearDomain::joinSupports(ArrayRef<unsigned> bits) const {
  SmallVector<unsigned> support;
  for (unsigned bit : bits)
    llvm::append_range(support, bitFunctions[bit].support);
  llvm::sort(support);
  support.erase(llvm::unique(support), support.end());
  return support;
}

/// A Boolean function of bits, given as a table (as BitFunction has it).
unsigned LinearDomain::applyBits(uint64_t table,
                                 ArrayRef<unsigned> operandBits) {
  SmallVector<unsigned> operands(operandBits);
  SmallVector<unsigned> support = joinSupports(operands);
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
    support = joinSupports(operands);
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

std::optional<Polynomial> LinearDomain::sum(
    ArrayRef<std::pair<const Polynomial *, int64_t>> addends) const {
  std::vector<std::pair<unsigned, int64_t>> all;
  for (auto [addend, factor] : addends)
    for (auto [monomial, coefficient] : addend->allTerms) {
      int64_t product;
      if (llvm::MulOverflow(coefficient, factor, product) || !isSmall(product))
        return std::nullopt;
      all.push_back({monomial, product});
    }
  llvm::sort(all);
  Polynomial result;
  for (size_t i = 0; i < all.size();) {
    unsigned monomial = all[i].first;
    int64_t coefficient = 0;
    for (; i < all.size() && all[i].first == monomial; ++i) {
      coefficient += all[i].second;
      if (!isSmall(coefficient))
        return std::nullopt;
    }
    if (coefficient)
      result.allTerms.push_back({monomial, coefficient});
  }
  if (result.allTerms.size() > maxTerms)
    return std::nullopt;
  return result;
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
    llvm::ListSeparator times("*");
    for (unsigned factor : factors)
      os << times << 'x' << factor;
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

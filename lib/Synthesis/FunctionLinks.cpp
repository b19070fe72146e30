//===- FunctionLinks.cpp - From facts to results, over the integers -------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FunctionProof.h"

#include "llvm/ADT/EquivalenceClasses.h"
#include "llvm/Support/FormatVariadic.h"

#include <set>

using namespace mlir;
using namespace mlir::bitserial;
using Polynomial = LinearPolynomial;
using Expression = FunctionProof::Expression;

void FunctionProof::addTo(Expression &sum, unsigned monomial,
                          int64_t coefficient) {
  if (!coefficient)
    return;
  int64_t &entry = sum[monomial];
  entry += coefficient;
  if (!entry)
    sum.erase(monomial);
}

std::optional<unsigned> FunctionProof::asVariable(unsigned monomial) const {
  ArrayRef<unsigned> factors = domain.getFactors(monomial);
  return factors.size() == 1 ? std::optional(factors[0]) : std::nullopt;
}

unsigned FunctionProof::monomialOf(unsigned variable) {
  return domain.variable(variable).terms()[0].first;
}

//===----------------------------------------------------------------------===//
// Texts
//===----------------------------------------------------------------------===//

/// A query over the integers. Monomials are variables, named in the order in
/// which they occur, so that alike columns give the same text.
class FunctionProof::LinkText {
public:
  explicit LinkText(const FunctionProof &proof) : proof(proof) {}

  std::string nameOf(unsigned monomial) {
    auto [it, isNew] = names.insert(
        {monomial, (proof.domain.getFactors(monomial).size() > 1 ? "p" : "x") +
                       std::to_string(names.size())});
    return it->second;
  }

  std::string sum(ArrayRef<std::pair<unsigned, int64_t>> terms) {
    std::string text;
    unsigned count = 0;
    auto add = [&](const std::string &term) {
      text += " " + term;
      ++count;
    };
    for (auto [monomial, coefficient] : terms) {
      std::string number = std::to_string(std::abs(coefficient));
      if (coefficient < 0)
        number = "(- " + number + ")";
      if (proof.domain.getFactors(monomial).empty())
        add(number);
      else if (coefficient == 1)
        add(nameOf(monomial));
      else
        add("(* " + number + " " + nameOf(monomial) + ")");
    }
    if (count == 0)
      return "0";
    return count == 1 ? text.substr(1) : "(+" + text + ")";
  }
  std::string sum(const Polynomial &polynomial) {
    return sum(proof.sortTerms(polynomial));
  }
  std::string sum(const Expression &expression) {
    std::vector<std::pair<unsigned, int64_t>> terms(expression.begin(),
                                                    expression.end());
    return sum(proof.sortTerms(terms));
  }

  void assume(const std::string &condition, const std::string &comment = "") {
    assertions += "(assert " + condition + ")" +
                  (comment.empty() ? "" : " ; " + comment) + "\n";
  }
  std::string addQuotient() {
    quotients.push_back("q" + std::to_string(quotients.size()));
    return quotients.back();
  }

  /// A fact as an equation; the name of its quotient if it holds modulo a
  /// power of two.
  std::string addFact(const Fact &fact, ObligationSet &obligations) {
    std::string quotient, right = sum(fact.right);
    if (fact.modulus) {
      quotient = addQuotient();
      right = llvm::formatv("(+ {0} (* {1} {2}))", right,
                            uint64_t(1) << fact.modulus, quotient);
    }
    std::vector<std::pair<unsigned, int64_t>> left;
    for (auto [variable, coefficient] : fact.left)
      left.push_back({proof.monomials.find(variable)->second, coefficient});
    assume("(= " + sum(left) + " " + right + ")",
           obligations.getName(fact.obligation));
    return quotient;
  }

  /// What holds for products of bits, and bits themselves.
  void addRanges() {
    for (size_t i = 0; i < names.size(); ++i) {
      auto [monomial, name] = *std::next(names.begin(), i);
      ArrayRef<unsigned> factors = proof.domain.getFactors(monomial);
      bool isNumber = factors.size() == 1 &&
                      proof.variables.find(factors[0])->second.bit < 0;
      if (isNumber)
        continue;
      assume("(<= 0 " + name + " 1)");
    }
    // A product is at most each factor, and 1 if all are.
    size_t count = names.size();
    for (size_t i = 0; i < count; ++i) {
      auto [monomial, product] = *std::next(names.begin(), i);
      SmallVector<unsigned> factors(proof.domain.getFactors(monomial));
      if (factors.size() < 2)
        continue;
      std::string sum;
      for (unsigned factor : factors) {
        auto it = proof.monomials.find(factor);
        bool isNew = !names.count(it->second);
        std::string name = nameOf(it->second);
        if (isNew)
          assume("(<= 0 " + name + " 1)");
        assume("(<= " + product + " " + name + ")");
        sum += " " + name;
      }
      assume(llvm::formatv("(>= {0} (- (+{1}) {2}))", product, sum,
                           factors.size() - 1));
    }
  }

  /// The text that claims something.
  std::string finish(const std::string &claim) {
    std::string text = "(set-logic QF_LIA)\n";
    for (auto &[monomial, name] : names)
      text += "(declare-const " + name + " Int)\n";
    for (const std::string &name : quotients)
      text += "(declare-const " + name + " Int)\n";
    return text + assertions + "(assert (not " + claim + "))\n(check-sat)\n";
  }

private:
  const FunctionProof &proof;
  llvm::MapVector<unsigned, std::string> names;
  std::vector<std::string> quotients;
  std::string assertions;
};

/// An obligation: given facts, two expressions are equal. The second has
/// multiples of the quotients of facts added that are modulo a power of two.
void FunctionProof::addLink(ArrayRef<std::pair<unsigned, int64_t>> used,
                            const Expression &before, const Expression &after,
                            const std::string &claim) {
  if (!obligations.hasTexts)
    return;
  LinkText link(*this);
  std::vector<std::pair<unsigned, int64_t>> sorted(used.begin(), used.end());
  llvm::sort(sorted, [&](const auto &a, const auto &b) {
    return std::pair(facts[a.first].left[0].first, a.first) <
           std::pair(facts[b.first].left[0].first, b.first);
  });
  std::string rest;
  for (auto [index, factor] : sorted) {
    std::string quotient = link.addFact(facts[index], obligations);
    if (!quotient.empty())
      rest += llvm::formatv(" (* {0} {1} {2})",
                            factor < 0 ? "(- " + std::to_string(-factor) + ")"
                                       : std::to_string(factor),
                            uint64_t(1) << facts[index].modulus, quotient);
  }
  std::string right = link.sum(after);
  if (!rest.empty())
    right = "(+ " + right + rest + ")";
  std::string left = link.sum(before);
  obligations.add(Obligation::Kind::Link, claim,
                  link.finish("(= " + left + " " + right + ")"));
}

//===----------------------------------------------------------------------===//
// Elimination
//===----------------------------------------------------------------------===//

std::optional<Expression> FunctionProof::getNormalForm(unsigned variable) {
  auto [it, isNew] = normalForms.try_emplace(variable);
  if (!isNew)
    return it->second;
  Expression sum, before;
  addTo(sum, monomialOf(variable), 1);
  before = sum;
  std::vector<std::pair<unsigned, int64_t>> used;
  // Numbers, the newest first.
  std::set<unsigned, std::greater<>> pending = {variable};
  while (!pending.empty()) {
    unsigned current = *pending.begin();
    pending.erase(pending.begin());
    auto fact = singles.find(current);
    if (fact == singles.end() || variables[current].bit >= 0)
      continue;
    auto found = sum.find(monomialOf(current));
    if (found == sum.end())
      continue;
    int64_t factor = found->second;
    sum.erase(found);
    used.push_back({fact->second, factor});
    const Fact &equation = facts[fact->second];
    if (equation.modulus && equation.modulus < 32 &&
        factor % (int64_t(1) << (32 - equation.modulus))) {
      fail("a number of " + llvm::Twine(equation.modulus) +
           " bits that may wrap around");
      return std::nullopt;
    }
    for (auto [monomial, coefficient] : equation.right.terms()) {
      int64_t product;
      if (llvm::MulOverflow(coefficient, factor, product) ||
          std::abs(product) >> 60) {
        fail("too large coefficients");
        return std::nullopt;
      }
      addTo(sum, monomial, product);
      if (auto further = asVariable(monomial))
        pending.insert(*further);
    }
  }
  if (used.size() > 1)
    addLink(used, before, sum,
            "A number that is computed, in terms of the state and of bits. "
            "The facts are\nthose of the obligations named beside them; they "
            "add up to the last equation.");
  normalForms[variable] = sum;
  return sum;
}

std::optional<Expression> FunctionProof::express(const Expression &given) {
  // Numbers.
  Expression sum;
  for (auto [monomial, coefficient] : given) {
    std::optional<unsigned> variable = asVariable(monomial);
    if (!variable || variables[*variable].bit >= 0) {
      addTo(sum, monomial, coefficient);
      continue;
    }
    std::optional<Expression> form = getNormalForm(*variable);
    if (!form)
      return std::nullopt;
    for (auto [other, factor] : *form) {
      int64_t product;
      if (llvm::MulOverflow(coefficient, factor, product) ||
          std::abs(product) >> 60) {
        fail("too large coefficients");
        return std::nullopt;
      }
      addTo(sum, other, product);
    }
  }

  // Bits.
  Expression before = sum;
  std::vector<std::pair<unsigned, int64_t>> used;
  std::set<unsigned, std::greater<>> pending;
  auto add = [&](unsigned variable) {
    pending.insert(variable);
    auto [begin, end] = pairs.equal_range(variable);
    for (auto it = begin; it != end; ++it)
      for (auto [other, coefficient] : facts[it->second].left)
        pending.insert(other);
  };
  for (auto [monomial, coefficient] : sum)
    if (auto variable = asVariable(monomial))
      add(*variable);
  auto apply = [&](unsigned index, int64_t factor) {
    const Fact &fact = facts[index];
    used.push_back({index, factor});
    for (auto [variable, coefficient] : fact.left)
      addTo(sum, monomialOf(variable), -factor * coefficient);
    for (auto [monomial, coefficient] : fact.right.terms()) {
      addTo(sum, monomial, factor * coefficient);
      if (auto further = asVariable(monomial))
        add(*further);
    }
  };
  while (!pending.empty()) {
    unsigned variable = *pending.begin();
    pending.erase(pending.begin());
    auto found = sum.find(monomialOf(variable));
    if (found == sum.end())
      continue;
    if (auto single = singles.find(variable); single != singles.end()) {
      apply(single->second, found->second);
      continue;
    }
    auto [begin, end] = pairs.equal_range(variable);
    for (auto it = begin; it != end; ++it) {
      const Fact &fact = facts[it->second];
      auto coefficientOf = [&](unsigned i) {
        auto at = sum.find(monomialOf(fact.left[i].first));
        return at == sum.end() ? 0 : at->second;
      };
      int64_t s = coefficientOf(0);
      if (s && coefficientOf(1) == s * fact.left[1].second) {
        apply(it->second, s);
        break;
      }
    }
  }
  for (auto [monomial, coefficient] : sum)
    for (unsigned factor : domain.getFactors(monomial))
      if (!variables[factor].isArgument) {
        const Variable &left = variables[factor];
        Operation *op = left.value.getDefiningOp();
        fail("no linear fact about bit " + llvm::Twine(left.bit) + " of lane " +
             llvm::Twine(left.lane) + " of " +
             (op ? op->getName().getStringRef() : "?"));
        return std::nullopt;
      }

  // Columns that have nothing in common are linked on their own.
  llvm::EquivalenceClasses<unsigned> classes;
  for (auto [index, factor] : used) {
    const Fact &fact = facts[index];
    unsigned first = monomialOf(fact.left[0].first);
    classes.insert(first);
    for (auto [variable, coefficient] : fact.left)
      classes.unionSets(first, monomialOf(variable));
    for (auto [monomial, coefficient] : fact.right.terms())
      if (monomial)
        classes.unionSets(first, monomial);
  }
  std::map<unsigned, std::vector<std::pair<unsigned, int64_t>>> columns;
  for (auto &[index, factor] : used)
    columns[classes.getLeaderValue(monomialOf(facts[index].left[0].first))]
        .push_back({index, factor});
  std::map<unsigned, Expression> befores, afters;
  for (auto [terms, parts] :
       {std::pair(&before, &befores), std::pair(&sum, &afters)})
    for (auto [monomial, coefficient] : *terms)
      if (classes.contains(monomial))
        (*parts)[classes.getLeaderValue(monomial)][monomial] = coefficient;
  for (auto &[leader, facts] : columns) {
    // Constants come from facts alone.
    int64_t constant = 0;
    for (auto [index, factor] : facts)
      constant += factor * this->facts[index].right.constantTerm();
    if (constant)
      afters[leader][0] = constant;
    addLink(facts, befores[leader], afters[leader],
            "Bits that the result depends on, in terms of bits of the state "
            "and of products\nof bits of words. The facts are those of the "
            "obligations named beside them; they\nadd up to the last "
            "equation.");
  }
  return sum;
}

Polynomial FunctionProof::makePolynomial(const Expression &sum) const {
  std::vector<Polynomial> parts;
  std::vector<std::pair<const Polynomial *, int64_t>> addends;
  parts.reserve(sum.size());
  for (auto [monomial, coefficient] : sum) {
    parts.push_back(domain.makeMonomialPolynomial(monomial));
    addends.push_back({&parts.back(), coefficient});
  }
  return *domain.sum(addends);
}

bool FunctionProof::bound(unsigned variable, int64_t added, bool isSigned) {
  std::optional<Expression> form = getNormalForm(variable);
  if (!form)
    return false;
  // What of it is a counter of before, and what is added.
  std::optional<unsigned> counter;
  Expression sum = *form;
  for (auto [monomial, coefficient] : *form) {
    std::optional<unsigned> single = asVariable(monomial);
    if (!single || variables[*single].bit >= 0)
      continue;
    if (counter || coefficient != 1 || variables[*single].isModular)
      return fail("a counter is not one of before and what is added");
    counter = single;
    sum.erase(monomial);
  }
  auto isWithin = [&] {
    Bounds bounds = domain.bounds(makePolynomial(sum));
    return bounds.max <= added && bounds.min >= (isSigned ? -added : 0);
  };
  std::vector<std::pair<unsigned, int64_t>> used;
  if (!isWithin()) {
    // Products of words tell more than the bits they are cut at.
    Expression cut = sum;
    for (auto [monomial, coefficient] : cut) {
      std::optional<unsigned> single = asVariable(monomial);
      auto fact = single ? singles.find(*single) : singles.end();
      if (fact == singles.end())
        continue;
      used.push_back({fact->second, coefficient});
      addTo(sum, monomial, -coefficient);
      for (auto [other, factor] : facts[fact->second].right.terms())
        addTo(sum, other, factor * coefficient);
    }
    if (!isWithin()) {
      Bounds bounds = domain.bounds(makePolynomial(sum));
      return fail("a counter changes by " + llvm::Twine(bounds.min) + " to " +
                  llvm::Twine(bounds.max) + ", the cost is " +
                  llvm::Twine(added));
    }
  }
  if (!obligations.hasTexts)
    return true;
  LinkText link(*this);
  std::string number = link.nameOf(monomialOf(variable));
  std::string before = counter ? link.nameOf(monomialOf(*counter)) : "0";
  link.assume("(= " + number + " " + link.sum(*form) + ")",
              "an obligation of kind number or link");
  for (auto [index, factor] : used)
    link.addFact(facts[index], obligations);
  link.addRanges();
  obligations.add(
      Obligation::Kind::Bound,
      llvm::formatv("A counter, {0}, changes by {1} at most. It is within its "
                    "lane by the obligations\nof kind number that it comes "
                    "from.",
                    number, added),
      link.finish(llvm::formatv("(<= {0} (- {1} {2}) {3})",
                                isSigned ? llvm::formatv("(- {0})", added).str()
                                         : std::string("0"),
                                number, before, added)));
  return true;
}

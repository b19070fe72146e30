//===- Obligations.cpp - The obligations of a kernel ----------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The numbers in comments are those of the claims at the top of Prover.h. What
// V_p is has been found by the linear check; here it is proved again.
//
//===----------------------------------------------------------------------===//

#include "FunctionProof.h"

#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace mlir::bitserial;
using llvm::Twine;
using Expression = FunctionProof::Expression;

namespace {

class Obligator {
public:
  Obligator(const KernelCode &code, const InstructionSet &set,
            const LinearCheck &check, std::string &reason)
      : code(code), kernel(*code.kernel), set(set), check(check),
        reason(reason) {}

  bool run();

  ObligationSet obligations;

private:
  bool fail(const Twine &why) {
    if (reason.empty())
      reason = why.str();
    return false;
  }
  bool fail(FunctionProof &proof, const Twine &why) {
    return fail(proof.getReason().empty() ? why : Twine(proof.getReason()));
  }

  void addState(FunctionProof &proof, int64_t used, bool hasCounters);
  void addRow(FunctionProof &proof, Expression &sum, const LinearRow &row,
              unsigned firstArgument);
  /// A row of what a function returns, in its arguments.
  std::optional<Expression> apply(FunctionProof &proof, const LinearRow &row);
  bool areEqual(const Expression &a, const Expression &b);
  bool isZero(FunctionProof &proof, bool countersOnly);

  bool addFinish();
  bool addEnd(unsigned pass);
  bool addFlush(unsigned pass);
  bool addStep(unsigned pass, unsigned index);
  void addSpec();

  const KernelCode &code;
  const Kernel &kernel;
  const InstructionSet &set;
  const LinearCheck &check;
  std::string &reason;
};

} // namespace

void Obligator::addState(FunctionProof &proof, int64_t used, bool hasCounters) {
  for (unsigned i = 0; i < code.stateTypes.size(); ++i) {
    if (code.isSum(i)) {
      proof.addSums();
    } else if (!hasCounters) {
      proof.addZeros();
    } else if (code.isCounter(i)) {
      int64_t max = code.getCounterLimit(i, used);
      bool isSigned = kernel.stateKinds[i] == StateKind::SignedCounter;
      proof.addNumbers(isSigned ? -max : 0, max, isSigned);
    } else {
      proof.addBits(/*isWord=*/false);
    }
  }
}

static unsigned monomialOf(FunctionProof &proof, ArrayRef<unsigned> factors) {
  return proof.getDomain().product(factors).terms()[0].first;
}

static void addTo(Expression &sum, unsigned monomial, int64_t coefficient) {
  sum[monomial] += coefficient;
}

/// V of the arguments.
void Obligator::addRow(FunctionProof &proof, Expression &sum,
                       const LinearRow &row, unsigned firstArgument) {
  addTo(sum, 0, row.constant);
  for (auto [slot, coefficient] : llvm::enumerate(row.coefficients)) {
    auto [component, lane, bit] = code.slots[slot];
    if (coefficient)
      addTo(sum,
            monomialOf(proof, proof.getArgument(firstArgument + component, lane,
                                                std::max(bit, 0))),
            coefficient);
  }
}

/// V of the results.
std::optional<Expression> Obligator::apply(FunctionProof &proof,
                                           const LinearRow &row) {
  Expression sum;
  addTo(sum, 0, row.constant);
  for (auto [slot, coefficient] : llvm::enumerate(row.coefficients)) {
    if (!coefficient)
      continue;
    auto [component, lane, bit] = code.slots[slot];
    FunctionProof::Term term = bit < 0 ? proof.getLane(component, lane)
                                       : proof.getBit(component, lane, bit);
    if (!proof.getReason().empty())
      return std::nullopt;
    if (term.variable)
      addTo(sum, monomialOf(proof, *term.variable), coefficient);
    else
      addTo(sum, 0, coefficient * term.constant);
  }
  for (auto it = sum.begin(); it != sum.end();)
    it = it->second ? std::next(it) : sum.erase(it);
  return proof.express(sum);
}

/// Modulo 2^32.
bool Obligator::areEqual(const Expression &a, const Expression &b) {
  auto covers = [](const Expression &x, const Expression &y) {
    return llvm::all_of(x, [&](auto &term) {
      auto it = y.find(term.first);
      return reduce32(term.second - (it == y.end() ? 0 : it->second)) == 0;
    });
  };
  return covers(a, b) && covers(b, a);
}

bool Obligator::isZero(FunctionProof &proof, bool countersOnly) {
  for (unsigned i = 0; i < code.stateTypes.size(); ++i) {
    if (code.isSum(i) || (countersOnly && !code.isCounter(i)))
      continue;
    for (unsigned lane = 0; lane < code.stateTypes[i].lanes; ++lane) {
      FunctionProof::Term term = proof.getLane(i, lane);
      if (term.variable || term.constant || !proof.getReason().empty())
        return false;
    }
  }
  return true;
}

// 1, after the last pass.
bool Obligator::addFinish() {
  FunctionProof proof(*code.finish, set, obligations);
  for (unsigned i = 0; i < kernel.group; ++i)
    addState(proof, 0, /*hasCounters=*/false);
  if (!proof.run())
    return fail(proof, "");
  for (unsigned output = 0; output < code.numOutputs(); ++output) {
    bool isReduction = kernel.spec.lanesAreReduction;
    const LinearRow &row = check.rows.back()[isReduction ? 0 : output];
    Expression expected, given;
    addRow(proof, expected, row,
           isReduction ? output * code.stateTypes.size() : 0);
    FunctionProof::Term term = proof.getLane(0, output);
    addTo(given, term.variable ? monomialOf(proof, *term.variable) : 0,
          term.variable ? 1 : term.constant);
    std::optional<Expression> actual = proof.express(given);
    if (!actual || !areEqual(*actual, expected))
      return fail(proof, "@finish: another result than the linear check's");
  }
  return true;
}

// 1 and 3 of a pass.
bool Obligator::addEnd(unsigned pass) {
  if (!code.passes[pass].end)
    return true;
  FunctionProof proof(*code.passes[pass].end, set, obligations);
  addState(proof, kernel.passes[pass].capacity, /*hasCounters=*/true);
  if (!proof.run() || !isZero(proof, /*countersOnly=*/false))
    return fail(proof, "@end: counters or bits are not zero");
  for (auto [row, next] :
       llvm::zip_equal(check.rows[pass], check.rows[pass + 1])) {
    Expression expected;
    addRow(proof, expected, row, 0);
    std::optional<Expression> actual = apply(proof, next);
    if (!actual || !areEqual(*actual, expected))
      return fail(proof, "@end: another result than the linear check's");
  }
  return true;
}

// 4.
bool Obligator::addFlush(unsigned pass) {
  if (!code.passes[pass].flush)
    return true;
  FunctionProof proof(*code.passes[pass].flush, set, obligations);
  bool hasEnd = code.passes[pass].end.has_value();
  addState(proof, kernel.passes[pass].capacity, hasEnd);
  if (!proof.run() || !isZero(proof, /*countersOnly=*/hasEnd))
    return fail(proof, "@flush: counters are not zero");
  for (const LinearRow &row : check.rows[pass]) {
    Expression expected;
    addRow(proof, expected, row, 0);
    std::optional<Expression> actual = apply(proof, row);
    if (!actual || !areEqual(*actual, expected))
      return fail(proof, "@flush: changes the result");
  }
  return true;
}

// 5 and 6, and 3 if there is no @end.
bool Obligator::addStep(unsigned pass, unsigned index) {
  const KernelPass &kernelPass = kernel.passes[pass];
  const KernelStep &step = kernelPass.steps[index];
  const KernelFunction &function = code.passes[pass].steps[index];
  bool hasEnd = code.passes[pass].end.has_value();
  FunctionProof proof(function, set, obligations);
  addState(proof, int64_t(kernelPass.capacity) - step.cost, hasEnd);
  for (unsigned i = 0; i < step.words; ++i)
    for (unsigned plane : kernelPass.planes)
      proof.addBits(/*isWord=*/true, code.isSharedByLanes(plane));
  if (!proof.run())
    return fail(proof, "");
  if (!hasEnd && !isZero(proof, /*countersOnly=*/false))
    return fail(proof, "@" + function.name + ": counters or bits are set");

  for (unsigned i = 0; hasEnd && i < code.stateTypes.size(); ++i) {
    if (!code.isCounter(i))
      continue;
    bool isSigned = kernel.stateKinds[i] == StateKind::SignedCounter;
    int64_t largest = code.getCounterLimit(i, INT64_MAX);
    for (unsigned lane = 0; lane < code.stateTypes[i].lanes; ++lane) {
      FunctionProof::Term term = proof.getLane(i, lane);
      if (!proof.getReason().empty())
        return fail(proof, "");
      if (term.isModular || term.min < (isSigned ? -largest - 1 : 0) ||
          term.max > largest)
        return fail("@" + function.name + ": a counter may wrap around");
      if (!term.variable) {
        if (std::abs(term.constant) > int64_t(step.cost))
          return fail("@" + function.name + ": a counter is set");
        continue;
      }
      if (!proof.bound(*term.variable, step.cost, isSigned))
        return fail(proof, "");
    }
  }

  size_t numStates = code.stateTypes.size(),
         numPlanes = kernelPass.planes.size();
  for (const LinearRow &row : check.rows[pass]) {
    Expression expected;
    addRow(proof, expected, row, 0);
    for (auto [planes, coefficient] :
         check.passes[pass].contribution.getTerms())
      for (unsigned position = 0; position < step.words; ++position)
        for (unsigned lane = 0; lane < code.wordType.lanes; ++lane) {
          if (!code.feeds(lane, row.output))
            continue;
          for (unsigned bit = 0; bit < code.wordType.width; ++bit) {
            SmallVector<unsigned> factors;
            for (auto [i, plane] : llvm::enumerate(kernelPass.planes))
              if (planes >> plane & 1)
                factors.push_back(proof.getArgument(
                    numStates + position * numPlanes + i, lane, bit));
            addTo(expected, monomialOf(proof, factors), coefficient);
          }
        }
    std::optional<Expression> actual = apply(proof, row);
    if (!actual || !areEqual(*actual, expected))
      return fail(proof, "@" + function.name +
                             ": another result than the linear check's");
  }
  return true;
}

// 7.
void Obligator::addSpec() {
  std::map<BitPolynomial::Monomial, std::string> names;
  auto makeSum = [&](const BitPolynomial &polynomial) {
    std::string text = "(+ 0";
    for (auto [planes, coefficient] : polynomial.getTerms()) {
      std::string &name = names[planes];
      if (name.empty()) {
        name = "b";
        for (unsigned plane = 0; plane < BitPolynomial::kMaxVariables; ++plane)
          if (planes >> plane & 1)
            name += "." + std::to_string(plane);
      }
      text += coefficient < 0
                  ? llvm::formatv(" (* (- {0}) {1})", -coefficient, name).str()
                  : llvm::formatv(" (* {0} {1})", coefficient, name).str();
    }
    return text + ")";
  };
  std::string sum = "(+ 0";
  for (const PassProof &pass : check.passes)
    sum += " " + makeSum(pass.contribution);
  sum += ")";
  std::string claim =
      "(= " + sum + "\n  " + makeSum(kernel.spec.polynomial) + ")";
  std::string text = "(set-logic QF_LIA)\n";
  for (auto &[planes, name] : names)
    text += "(declare-const " + name + " Int)\n";
  text += "(assert (not " + claim + "))\n(check-sat)\n";
  obligations.add(Obligation::Kind::Link,
                  "The contributions of all passes add up to the polynomial of "
                  "the specification.\nb.i.j is the product of planes i and j.",
                  text);
}

bool Obligator::run() {
  if (!addFinish())
    return false;
  for (unsigned pass = kernel.passes.size(); pass-- > 0;) {
    if (!addEnd(pass) || !addFlush(pass))
      return false;
    for (unsigned step = kernel.passes[pass].steps.size(); step-- > 0;)
      if (!addStep(pass, step))
        return false;
  }
  addSpec();
  return true;
}

bool mlir::bitserial::makeObligations(const KernelCode &code,
                                      const InstructionSet &set,
                                      const LinearCheck &check,
                                      std::vector<Obligation> &result,
                                      std::string &reason) {
  Obligator obligator(code, set, check, reason);
  if (!obligator.run())
    return false;
  result = obligator.obligations.take();
  return true;
}

//===- AccumulationPlan.cpp - How counts are accumulated ------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Synthesis/AccumulationPlan.h"

#include "bitserial/Transforms/PlaneNames.h"

#include "llvm/Support/FormatVariadic.h"

#include <map>
#include <numeric>

using namespace mlir;
using namespace mlir::bitserial;
using Plan = AccumulationPlan;

static StringRef stringify(Plan::Counting counting) {
  switch (counting) {
  case Plan::Counting::Lanes:
    return "count lanes";
  case Plan::Counting::Bytes:
    return "count bytes";
  case Plan::Counting::Table:
    return "tables of the activations";
  }
  llvm_unreachable("unknown way to count");
}

static StringRef stringify(Plan::Accumulator accumulator) {
  switch (accumulator) {
  case Plan::Accumulator::Sum:
    return "sums";
  case Plan::Accumulator::Byte:
    return "byte counters";
  case Plan::Accumulator::Pair:
    return "16-bit counters of pairs";
  case Plan::Accumulator::Wide:
    return "16-bit counters of bytes";
  case Plan::Accumulator::DotProduct:
    return "dot products with the coefficients";
  }
  llvm_unreachable("unknown accumulator");
}

static StringRef stringify(Plan::Weighting weighting) {
  switch (weighting) {
  case Plan::Weighting::Step:
    return "in steps";
  case Plan::Weighting::Multiply:
    return "in steps, multiplied";
  case Plan::Weighting::Flush:
    return "after counting";
  case Plan::Weighting::Pass:
    return "after passes";
  }
  llvm_unreachable("unknown weighting");
}

std::string AccumulationPlan::str(ArrayRef<unsigned> numPlanes) const {
  std::string text;
  llvm::raw_string_ostream os(text);
  os << stringify(counting) << "; " << stringify(accumulator) << "; weights "
     << stringify(weighting) << "; ";
  if (depth)
    os << "carry-save of depth " << depth << "; ";
  os << words << (words == 1 ? " word" : " words") << " per step; ";
  if (group != 1)
    os << "groups of " << group << "; ";
  for (auto [index, pass] : llvm::enumerate(passes)) {
    os << (index ? ", then " : "passes: ");
    SmallVector<std::pair<BitPolynomial::Monomial, int64_t>> terms;
    for (const WeightedTerm &term : pass)
      terms.emplace_back(term.planes, term.coefficient);
    os << describeTerms(terms, numPlanes);
    if (scaleAfterPass[index] != 1)
      os << ", times " << scaleAfterPass[index];
  }
  return text;
}

namespace {
class PlanEnumerator {
public:
  PlanEnumerator(const KernelSpec &spec, const Target &target,
                 const InstructionRoles &roles)
      : spec(spec), target(target), roles(roles) {
    for (auto [planes, coefficient] : spec.polynomial.getTerms())
      terms.push_back({planes, coefficient});
  }

  std::vector<Plan> run();

private:
  using Passes = SmallVector<SmallVector<WeightedTerm, 4>, 2>;

  /// Plans that are alike but for their passes and where weights are applied.
  void addGroupings(Plan plan);
  /// A pass for each set of planes of the weights: a product of one plane with
  /// several of the activations has fewer different coefficients. Nothing if
  /// that makes a pass of each term, or is `ofSigns`.
  void addPassesOfWeights(Plan plan, const Passes &ofSigns);
  /// The planes of the last input, as a set.
  BitPolynomial::Monomial getPlanesOfWeights() const {
    unsigned total = spec.getTotalPlanes(), count = spec.numPlanes.back();
    return (BitPolynomial::Monomial(1) << total) -
           (BitPolynomial::Monomial(1) << (total - count));
  }
  /// Plans that are alike but for how weights are applied within a pass.
  void addWeightings(Plan plan);
  void addCarrySave(Plan plan);
  void add(Plan plan);

  const KernelSpec &spec;
  const Target &target;
  const InstructionRoles &roles;
  SmallVector<WeightedTerm, 4> terms;
  std::vector<Plan> plans;
};
} // namespace

void PlanEnumerator::add(Plan plan) {
  if (plan.scaleAfterPass.empty())
    plan.scaleAfterPass.assign(plan.passes.size(), 1);
  // Several outputs per tree, if their lanes have to be summed.
  if (spec.lanesAreReduction)
    plan.group = 4;
  plans.push_back(std::move(plan));
}

void PlanEnumerator::addWeightings(Plan plan) {
  plan.weighting = Plan::Weighting::Flush;
  add(plan);
  bool hasWeights = llvm::any_of(plan.passes, [](ArrayRef<WeightedTerm> pass) {
    return llvm::any_of(pass, [](const WeightedTerm &term) {
      return std::abs(term.coefficient) != 1;
    });
  });
  if (!hasWeights || plan.accumulator == Plan::Accumulator::DotProduct)
    return;
  plan.weighting = Plan::Weighting::Step;
  add(plan);
  if (plan.accumulator != Plan::Accumulator::Sum && roles.multipliesBytes) {
    plan.weighting = Plan::Weighting::Multiply;
    add(plan);
  }
}

void PlanEnumerator::addPassesOfWeights(Plan plan, const Passes &ofSigns) {
  std::map<BitPolynomial::Monomial, SmallVector<WeightedTerm, 4>> groups;
  BitPolynomial::Monomial weights = getPlanesOfWeights();
  for (const WeightedTerm &term : terms)
    groups[term.planes & weights].push_back(term);
  if (groups.size() == 1 || groups.size() == terms.size())
    return;
  // What the coefficients of a pass have in common is applied after it.
  std::vector<std::pair<int64_t, SmallVector<WeightedTerm, 4>>> passes;
  for (auto &[planes, group] : groups) {
    int64_t factor = 0;
    for (const WeightedTerm &term : group)
      factor = std::gcd(factor, term.coefficient);
    for (WeightedTerm &term : group)
      term.coefficient /= factor;
    passes.push_back({factor, group});
  }
  llvm::sort(passes, [](const auto &x, const auto &y) {
    return std::make_pair(-x.first, x.second.front().planes) <
           std::make_pair(-y.first, y.second.front().planes);
  });
  plan.passes.clear();
  for (size_t i = 0; i < passes.size(); ++i) {
    auto &[factor, group] = passes[i];
    int64_t next = i + 1 < passes.size() ? passes[i + 1].first : 1;
    if (factor % next)
      return;
    plan.passes.push_back(group);
    plan.scaleAfterPass.push_back(factor / next);
  }
  if (plan.passes != ofSigns)
    addWeightings(plan);
}

void PlanEnumerator::addGroupings(Plan plan) {
  // All at once.
  plan.passes = {terms};
  addWeightings(plan);

  // A pass for each sign.
  plan.passes.assign(2, {});
  for (const WeightedTerm &term : terms)
    plan.passes[term.coefficient < 0].push_back(term);
  bool hasSigns = !plan.passes[0].empty() && !plan.passes[1].empty();
  if (hasSigns && plan.accumulator != Plan::Accumulator::Sum)
    addWeightings(plan);
  Passes ofSigns = plan.passes;

  addPassesOfWeights(plan, ofSigns);

  // A pass for each coefficient, by Horner's rule, largest first; or for each
  // term.
  if (terms.size() == 1)
    return;
  SmallVector<WeightedTerm, 4> sorted(terms);
  llvm::sort(sorted, isHeavier);
  auto magnitude = [&](size_t i) {
    return i < sorted.size() ? std::abs(sorted[i].coefficient) : 1;
  };
  for (bool eachTerm : {false, true}) {
    plan.passes.clear();
    plan.scaleAfterPass.clear();
    plan.weighting = Plan::Weighting::Pass;
    bool divides = true;
    for (size_t i = 0; i < sorted.size(); ++i) {
      if (i == 0 || eachTerm || magnitude(i) != magnitude(i - 1)) {
        plan.passes.emplace_back();
        plan.scaleAfterPass.push_back(1);
      }
      plan.passes.back().push_back(
          {sorted[i].planes, sorted[i].coefficient < 0 ? -1 : 1});
      divides &= magnitude(i) % magnitude(i + 1) == 0;
      plan.scaleAfterPass.back() = magnitude(i) / magnitude(i + 1);
    }
    if (divides && plan.passes.size() > 1)
      add(plan);
    if (!llvm::any_of(llvm::seq<size_t>(1, sorted.size()), [&](size_t i) {
          return magnitude(i) == magnitude(i - 1);
        }))
      break;
  }
}

void PlanEnumerator::addCarrySave(Plan plan) {
  for (unsigned words : {1, 2, 3, 4, 8}) {
    plan.words = words;
    addGroupings(plan);
  }
  for (unsigned depth = 1; depth <= 4; ++depth)
    for (unsigned words : {2, 4, 8, 16}) {
      // A carry out of the last level needs as many words as it weighs; more
      // than that serve monomials that enter above.
      if (words > 1u << depth || 2 * words < 1u << depth)
        continue;
      plan.depth = depth;
      plan.words = words;
      addGroupings(plan);
    }
}

std::vector<Plan> PlanEnumerator::run() {
  bool isOutputs = !spec.lanesAreReduction;
  Plan plan;
  // Lanes: where one instruction counts, or as the last resort.
  unsigned laneWidth = spec.wordBits;
  if (!isOutputs)
    laneWidth = target.hasVectorPopcount(64) ? 64 : 32;
  if (laneWidth >= 32 && target.hasVectorPopcount(laneWidth)) {
    plan.counting = Plan::Counting::Lanes;
    plan.accumulator = Plan::Accumulator::Sum;
    addCarrySave(plan);
  }
  plan.counting = Plan::Counting::Bytes;
  plan.accumulator = Plan::Accumulator::Byte;
  addCarrySave(plan);
  if (!isOutputs || spec.wordBits >= 16) {
    plan.accumulator = Plan::Accumulator::Pair;
    addCarrySave(plan);
  }
  if ((roles.dotUnsigned || roles.dotSigned) &&
      (!isOutputs || spec.wordBits == 32)) {
    plan.accumulator = Plan::Accumulator::DotProduct;
    addCarrySave(plan);
  }
  if (isOutputs && spec.wordBits == 8) {
    plan.accumulator = Plan::Accumulator::Wide;
    for (unsigned words : {1, 2, 4, 8}) {
      plan.words = words;
      addGroupings(plan);
    }
    if (roles.lookup16) {
      // Coefficients of the lhs are in the tables, those of the weights too if
      // they are applied in steps.
      plan.counting = Plan::Counting::Table;
      plan.passes = {terms};
      for (auto accumulator :
           {Plan::Accumulator::Byte, Plan::Accumulator::Wide})
        for (auto weighting : {Plan::Weighting::Step, Plan::Weighting::Flush})
          for (unsigned words : {1, 2, 4, 8}) {
            if (weighting == Plan::Weighting::Flush &&
                spec.numPlanes.back() == 1)
              continue;
            plan.accumulator = accumulator;
            plan.weighting = weighting;
            plan.words = words;
            add(plan);
          }
    }
  }
  return std::move(plans);
}

std::vector<Plan> bitserial::enumeratePlans(const KernelSpec &spec,
                                            const Target &target,
                                            const InstructionRoles &roles) {
  return PlanEnumerator(spec, target, roles).run();
}

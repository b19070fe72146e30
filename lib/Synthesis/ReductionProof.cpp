//===- ReductionProof.cpp - Proofs that code sums lanes -------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FunctionProof.h"

#include "bitserial/Synthesis/Evaluate.h"

#include "llvm/Support/FormatVariadic.h"

#include <random>

using namespace mlir;
using namespace mlir::bitserial;

namespace {

class ReductionProver {
public:
  ReductionProver(const KernelFunction &function, const ReductionSpec &spec)
      : function(function), spec(spec), program(function.program) {}

  /// Whether linear forms show it. If not: why, and arguments to try.
  bool check(std::string &reason, std::vector<std::vector<Lanes>> &suspects);
  /// What is wrong for some arguments, if anything is.
  std::optional<Counterexample> refute(const std::vector<Lanes> &arguments);
  std::optional<Counterexample>
  search(const std::vector<std::vector<Lanes>> &suspects);
  bool makeObligations(const InstructionSet &set,
                       std::vector<Obligation> &result, std::string &reason);

private:
  const KernelFunction &function;
  const ReductionSpec &spec;
  const LaneProgram &program;
};

} // namespace

bool ReductionProver::check(std::string &reason,
                            std::vector<std::vector<Lanes>> &suspects) {
  LinearDomain domain;
  std::vector<std::vector<LinearLane>> inputs;
  std::vector<std::vector<unsigned>> variables;
  for (auto [type, bounds] : llvm::zip_equal(program.inputs(), spec.bounds)) {
    inputs.emplace_back();
    variables.emplace_back();
    for (unsigned lane = 0; lane < type.lanes; ++lane) {
      variables.back().push_back(
          domain.addInteger(bounds.first, bounds.second));
      inputs.back().push_back(domain.makeValue(
          domain.variable(variables.back().back()), type.width));
    }
  }
  auto suspect = [&](const LinearPolynomial &number) {
    for (bool largest : {true, false}) {
      std::vector<int64_t> point = domain.extremePoint(number, largest);
      std::vector<Lanes> &arguments = suspects.emplace_back();
      for (auto &lanes : inputs) {
        arguments.emplace_back();
        for (const LinearLane &lane : lanes)
          arguments.back().push_back(domain.evaluate(lane, point));
      }
    }
  };
  auto outputs = domain.evaluate(program, inputs);
  for (auto [result, lanes] : llvm::enumerate(outputs))
    for (auto [index, lane] : llvm::enumerate(lanes)) {
      LinearPolynomial expected;
      for (const ReductionTerm &term : spec.outputs[result][index])
        expected = *domain.add(
            expected, domain.variable(variables[term.argument][term.lane]),
            term.coefficient);
      std::optional<LinearPolynomial> value = domain.valueOf(lane);
      if (value)
        value = domain.canonical(*value);
      std::optional<LinearPolynomial> difference =
          value ? domain.add(*value, expected, -1) : std::nullopt;
      if (!difference) {
        reason = lane.reason ? *lane.reason : "a result is not linear";
        suspect(expected);
        return false;
      }
      for (auto [monomial, coefficient] : difference->terms())
        if (static_cast<uint64_t>(coefficient) & laneMask(lane.width)) {
          reason = llvm::formatv(
              "lane {0} of result {1} is {2} rather than {3}", index, result,
              domain.str(*value), domain.str(expected));
          suspect(*difference);
          return false;
        }
    }
  return true;
}

std::optional<Counterexample>
ReductionProver::refute(const std::vector<Lanes> &arguments) {
  std::vector<Lanes> outputs = evaluate(program, arguments);
  for (auto [result, lanes] : llvm::enumerate(outputs)) {
    unsigned width = program.outputType(result).width;
    for (auto [index, lane] : llvm::enumerate(lanes)) {
      int64_t expected = 0;
      for (const ReductionTerm &term : spec.outputs[result][index]) {
        uint64_t value = arguments[term.argument][term.lane];
        expected +=
            term.coefficient *
            (spec.bounds[term.argument].first < 0
                 ? signedLane(value, program.inputs()[term.argument].width)
                 : static_cast<int64_t>(value));
      }
      if (((lane ^ static_cast<uint64_t>(expected)) & laneMask(width)) != 0)
        return Counterexample{
            function.name, arguments,
            llvm::formatv("lane {0} of result {1} is {2}, and should be {3}",
                          index, result, signedLane(lane, width), expected)};
    }
  }
  return std::nullopt;
}

std::optional<Counterexample>
ReductionProver::search(const std::vector<std::vector<Lanes>> &suspects) {
  for (const std::vector<Lanes> &arguments : suspects)
    if (auto found = refute(arguments))
      return found;
  std::mt19937_64 random(7);
  for (unsigned sample = 0; sample < 256; ++sample) {
    std::vector<Lanes> arguments;
    for (auto [type, bounds] : llvm::zip_equal(program.inputs(), spec.bounds)) {
      arguments.emplace_back();
      uint64_t count = uint64_t(bounds.second - bounds.first) + 1;
      for (unsigned lane = 0; lane < type.lanes; ++lane) {
        uint64_t bits = random();
        int64_t value = bits % 3 == 0 ? bounds.second
                        : bits % 3 == 1
                            ? bounds.first
                            : bounds.first + int64_t(random() % count);
        arguments.back().push_back(uint64_t(value) & laneMask(type.width));
      }
    }
    if (auto found = refute(arguments))
      return found;
  }
  return std::nullopt;
}

bool ReductionProver::makeObligations(const InstructionSet &set,
                                      std::vector<Obligation> &result,
                                      std::string &reason) {
  ObligationSet obligations;
  FunctionProof proof(function, set, obligations);
  for (auto [min, max] : spec.bounds)
    proof.addNumbers(min, max, /*isSigned=*/min < 0);
  bool holds = proof.run();
  auto monomialOf = [&](unsigned variable) {
    return proof.getDomain().variable(variable).terms()[0].first;
  };
  for (unsigned i = 0; holds && i < spec.outputs.size(); ++i)
    for (unsigned lane = 0; holds && lane < spec.outputs[i].size(); ++lane) {
      FunctionProof::Term term = proof.getLane(i, lane);
      FunctionProof::Expression given, expected;
      if (term.variable)
        given[monomialOf(*term.variable)] = 1;
      else if (term.constant)
        given[0] = term.constant;
      std::optional<FunctionProof::Expression> actual = proof.express(given);
      for (const ReductionTerm &each : spec.outputs[i][lane])
        expected[monomialOf(proof.getArgument(each.argument, each.lane))] +=
            each.coefficient;
      holds = actual && *actual == expected;
    }
  reason = proof.getReason().empty() ? "another sum than the linear check's"
                                     : proof.getReason();
  result = obligations.take();
  return holds;
}

ProofResult mlir::bitserial::proveReduction(func::FuncOp function,
                                            const ReductionSpec &spec,
                                            const InstructionSet &set,
                                            Solver *solver) {
  ProofResult result;
  FailureOr<LaneProgram> program = set.getProgram(function);
  if (failed(program)) {
    result.reason = "code without a meaning";
    return result;
  }
  KernelFunction code = {function.getSymName().str(), function,
                         std::move(*program)};
  ReductionProver prover(code, spec);
  std::vector<std::vector<Lanes>> suspects;
  if (!prover.check(result.reason, suspects)) {
    result.counterexample = prover.search(suspects);
    if (result.counterexample)
      result.verdict = Verdict::Refuted;
    return result;
  }
  if (solver) {
    std::string reason;
    if (!prover.makeObligations(set, result.obligations, reason)) {
      result.reason = reason;
      return result;
    }
    if (!dischargeObligations(*solver, result))
      return result;
  }
  result.verdict = Verdict::Proved;
  return result;
}

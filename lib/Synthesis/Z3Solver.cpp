//===- Z3Solver.cpp - Z3 behind the Solver interface ----------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Compiled with exceptions, by which z3++.h reports errors: without them it
// would go on as if nothing had happened. None leaves this file.
//
//===----------------------------------------------------------------------===//

#include "Z3Solver.h"

#include <z3++.h>

using namespace mlir;
using namespace mlir::bitserial;

namespace {

class Z3Solver : public Solver {
public:
  explicit Z3Solver(const SolverOptions &options) : options(options) {}

  SolverAnswer prove(const SolverQuery &query) override {
    return protect(query.str(), &query);
  }

  SolverAnswer proveText(StringRef text) override {
    return protect(text.str(), nullptr);
  }

  std::string getVersion() const override {
    unsigned major, minor, build, revision;
    Z3_get_version(&major, &minor, &build, &revision);
    return "Z3 " + std::to_string(major) + "." + std::to_string(minor) + "." +
           std::to_string(build);
  }

private:
  SolverAnswer protect(const std::string &text, const SolverQuery *query) {
    SolverAnswer answer;
    try {
      check(text, query, answer);
    } catch (const z3::exception &error) {
      answer.verdict = Verdict::Unknown;
      answer.reason = error.msg();
    }
    return answer;
  }

  /// The logic that a query asks for.
  static std::string findLogic(const std::string &text) {
    StringRef rest = StringRef(text).split("(set-logic ").second;
    return rest.split(')').first.str();
  }

  void check(const std::string &text, const SolverQuery *query,
             SolverAnswer &answer) {
    z3::context context;
    std::string logic = findLogic(text);
    z3::solver solver(context, logic.empty() ? "ALL" : logic.c_str());
    z3::params params(context);
    params.set("rlimit", static_cast<unsigned>(std::min<uint64_t>(
                             options.resourceLimit, UINT_MAX)));
    params.set("timeout", options.wallClockSeconds * 1000);
    params.set("random_seed", options.seed);
    solver.set(params);

    // Throws if the text has a mistake.
    z3::expr_vector assertions = context.parse_string(text.c_str());
    if (assertions.empty()) {
      answer.reason = "the solver read no claim";
      return;
    }
    for (const z3::expr &assertion : assertions)
      solver.add(assertion);
    z3::check_result result = solver.check();
    answer.resources = getResources(solver);
    switch (result) {
    case z3::unsat:
      answer.verdict = Verdict::Proved;
      return;
    case z3::unknown:
      answer.verdict = Verdict::Unknown;
      answer.reason = solver.reason_unknown();
      return;
    case z3::sat:
      if (query)
        readModel(*query, solver.get_model(), context, answer);
      answer.verdict = Verdict::Refuted;
      return;
    }
  }

  static void readModel(const SolverQuery &query, const z3::model &model,
                        z3::context &context, SolverAnswer &answer) {
    for (const SolverTerm &variable : query.getVariables()) {
      z3::expr value =
          model.eval(context.bv_const(variable.text.c_str(), variable.width),
                     /*model_completion=*/true);
      answer.counterexample.push_back(value.get_numeral_uint64());
    }
  }

  static uint64_t getResources(z3::solver &solver) {
    z3::stats statistics = solver.statistics();
    for (unsigned i = 0; i < statistics.size(); ++i)
      if (statistics.key(i) == "rlimit count" && statistics.is_uint(i))
        return statistics.uint_value(i);
    return 0;
  }

  SolverOptions options;
};

} // namespace

std::unique_ptr<Solver>
mlir::bitserial::createZ3Solver(const SolverOptions &options) {
  return std::make_unique<Z3Solver>(options);
}

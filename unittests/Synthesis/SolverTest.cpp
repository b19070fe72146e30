//===- SolverTest.cpp - Tests of solver terms and of the solver -----------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TestUtils.h"

#include "bitserial/Synthesis/Evaluate.h"
#include "bitserial/Synthesis/Solver.h"

#include "llvm/ADT/ScopeExit.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Program.h"

#include <chrono>

using namespace mlir;
using namespace mlir::bitserial;
using Kind = LaneProgram::Kind;
using Lanes = std::vector<uint64_t>;
using Terms = std::vector<SolverTerm>;

namespace {

class SolverTest : public SynthesisTest {
protected:
  void SetUp() override {
    solver = Solver::create();
    if (!solver)
      GTEST_SKIP() << "built without a solver";
  }

  static std::vector<Terms> addVariables(SolverQuery &query,
                                         const LaneProgram &program) {
    std::vector<Terms> inputs;
    for (auto [index, type] : llvm::enumerate(program.inputs())) {
      inputs.emplace_back();
      for (unsigned lane = 0; lane < type.lanes; ++lane)
        inputs.back().push_back(query.addVariable(
            llvm::formatv("x{0}_{1}", index, lane).str(), type.width));
    }
    return inputs;
  }

  /// Whether the terms of some lanes have the values that evaluate() gives.
  /// With `asVariables` the inputs are variables that are assumed to have these
  /// values, otherwise constants.
  void compareWithEvaluation(const LaneProgram &program, unsigned samples,
                             bool asVariables, StringRef name) {
    std::mt19937_64 random(5);
    SolverQuery query;
    for (unsigned sample = 0; sample < samples; ++sample) {
      std::vector<Lanes> inputs = randomInputs(program, random);
      std::vector<Lanes> outputs = evaluate(program, inputs);
      std::vector<Terms> terms;
      for (auto [index, lanes] : llvm::enumerate(inputs)) {
        terms.emplace_back();
        for (auto [lane, value] : llvm::enumerate(lanes)) {
          unsigned width = program.inputs()[index].width;
          SolverTerm constant = SolverQuery::getConstant(value, width);
          if (asVariables) {
            SolverTerm variable = query.addVariable(
                llvm::formatv("x{0}_{1}_{2}", sample, index, lane).str(),
                width);
            query.assume(query.addTerm(Kind::Equal, 1, {variable, constant}));
            constant = variable;
          }
          terms.back().push_back(constant);
        }
      }
      SmallVector<std::pair<unsigned, unsigned>> demanded;
      for (auto [index, lanes] : llvm::enumerate(outputs))
        for (unsigned i = 0; i < 3; ++i)
          demanded.push_back({index, random() % lanes.size()});
      std::vector<Terms> results = query.addProgram(program, terms, demanded);
      for (auto [output, lane] : demanded)
        query.claimEqual(
            results[output][lane],
            SolverQuery::getConstant(outputs[output][lane],
                                     program.outputType(output).width));
    }
    SolverAnswer answer = solver->prove(query);
    EXPECT_TRUE(answer.isProved())
        << name.str() << ": " << stringifyVerdict(answer.verdict).str() << ' '
        << answer.reason;
  }

  std::unique_ptr<Solver> solver;
};

TEST_F(SolverTest, agreesWithEvaluationOnAllInstructions) {
  const InstructionSet *set = InstructionSet::get(&context);
  ASSERT_TRUE(set) << diagnostics;
  for (const Instruction &instruction : set->getInstructions()) {
    auto immediates = someImmediates(instruction);
    compareWithEvaluation(set->getProgram(instruction, immediates.back()), 1,
                          /*asVariables=*/true, instruction.getName());
  }
}

TEST_F(SolverTest, agreesWithEvaluationOnAllWidths) {
  constexpr const char *function = R"mlir(
    !v = vector<2xi{0}>
    !w = vector<2xi{1}>
    func.func @f(%a: !v, %b: !v, %d: !w)
        -> (!v, !v, !v, !v, !v, !v, !v, !v, !v, !v, !v, !v, !v, !v, !v, !v, !w,
            !w, !v) {{
      %0 = arith.addi %a, %b : !v
      %1 = arith.subi %a, %b : !v
      %2 = arith.muli %a, %b : !v
      %3 = arith.andi %a, %b : !v
      %4 = arith.ori %a, %b : !v
      %5 = arith.xori %a, %b : !v
      %6 = arith.shli %a, %b : !v
      %7 = arith.shrui %a, %b : !v
      %8 = arith.shrsi %a, %b : !v
      %9 = arith.minui %a, %b : !v
      %10 = arith.maxui %a, %b : !v
      %11 = arith.minsi %a, %b : !v
      %12 = arith.maxsi %a, %b : !v
      %13 = math.ctpop %a : !v
      %uge = arith.cmpi uge, %a, %b : !v
      %14 = arith.select %uge, %b, %0 : vector<2xi1>, !v
      %sgt = arith.cmpi sgt, %a, %b : !v
      %15 = arith.select %sgt, %b, %0 : vector<2xi1>, !v
      %16 = arith.extui %a : !v to !w
      %17 = arith.extsi %a : !v to !w
      %18 = arith.trunci %d : !w to !v
      return %0, %1, %2, %3, %4, %5, %6, %7, %8, %9, %10, %11, %12, %13, %14,
             %15, %16, %17, %18 : !v, !v, !v, !v, !v, !v, !v, !v, !v, !v, !v,
                                  !v, !v, !v, !v, !v, !w, !w, !v
    })mlir";
  for (auto [width, wider] : {std::pair(1, 2), std::pair(2, 9), std::pair(3, 4),
                              std::pair(8, 16), std::pair(33, 64)}) {
    LaneProgram lanes = program(llvm::formatv(function, width, wider).str());
    compareWithEvaluation(lanes, 30, /*asVariables=*/true, "variables");
    compareWithEvaluation(lanes, 30, /*asVariables=*/false, "constants");
  }
}

TEST_F(SolverTest, agreesWithEvaluationOnBitcasts) {
  for (auto [from, to] :
       {std::pair("8xi8", "2xi32"), std::pair("2xi32", "64xi1"),
        std::pair("8xi3", "3xi8"), std::pair("3xi8", "8xi3")})
    compareWithEvaluation(
        program(llvm::formatv("func.func @f(%a: vector<{0}>) -> vector<{1}> "
                              "{{\n  %r = vector.bitcast %a : vector<{0}> to "
                              "vector<{1}>\n  return %r : vector<{1}>\n}",
                              from, to)
                    .str()),
        5, /*asVariables=*/true, from);
}

//===----------------------------------------------------------------------===//
// Verdicts
//===----------------------------------------------------------------------===//

/// Claims that the two results of a function are equal in lane 0.
SolverQuery claimEqualResults(const LaneProgram &program,
                              std::vector<Terms> inputs, SolverQuery query) {
  std::vector<Terms> outputs =
      query.addProgram(program, inputs, {{0, 0}, {1, 0}});
  query.claimEqual(outputs[0][0], outputs[1][0]);
  return query;
}

constexpr const char *carrySave = R"mlir(
  // x + y + z = s + 2c
  func.func @f(%x: i1, %y: i1, %z: i1) -> (i2, i2) {
    %xy = arith.xori %x, %y : i1
    %s = arith.xori %xy, %z : i1
    %c = arith.select %xy, %z, %CARRY : i1
    %x2 = arith.extui %x : i1 to i2
    %y2 = arith.extui %y : i1 to i2
    %z2 = arith.extui %z : i1 to i2
    %s2 = arith.extui %s : i1 to i2
    %c2 = arith.extui %c : i1 to i2
    %two = arith.constant -2 : i2
    %c_weighed = arith.muli %c2, %two : i2
    %a = arith.addi %x2, %y2 : i2
    %left = arith.addi %a, %z2 : i2
    %right = arith.addi %s2, %c_weighed : i2
    return %left, %right : i2, i2
  })mlir";

std::string replace(StringRef text, StringRef from, StringRef to) {
  auto [before, after] = text.split(from);
  return (before + to + after).str();
}

TEST_F(SolverTest, provesAndRefutes) {
  SolverQuery query;
  LaneProgram right = program(replace(carrySave, "%CARRY", "%x"));
  std::vector<Terms> inputs = addVariables(query, right);
  SolverAnswer answer = solver->prove(claimEqualResults(right, inputs, query));
  EXPECT_TRUE(answer.isProved()) << answer.reason;
  EXPECT_TRUE(answer.counterexample.empty());

  LaneProgram wrong = program(replace(carrySave, "%CARRY", "%z"));
  SolverQuery wrongQuery = claimEqualResults(wrong, inputs, query);
  answer = solver->prove(wrongQuery);
  ASSERT_TRUE(answer.isRefuted()) << answer.reason;
  // The counterexample is one.
  ASSERT_EQ(answer.counterexample.size(), 3u);
  std::vector<Lanes> values;
  for (uint64_t value : answer.counterexample)
    values.push_back({value});
  std::vector<Lanes> results = evaluate(wrong, values);
  EXPECT_NE(results[0], results[1]);
}

TEST_F(SolverTest, assumptions) {
  SolverQuery query;
  SolverTerm a = query.addVariable("a", 8);
  SolverTerm ten = SolverQuery::getConstant(10, 8);
  SolverTerm sum = query.addTerm(Kind::Add, 8, {a, ten});
  query.claim(query.addTerm(Kind::LessU, 1, {a, sum}));
  SolverAnswer answer = solver->prove(query);
  ASSERT_TRUE(answer.isRefuted());
  EXPECT_GE(answer.counterexample[0], 246u);
  query.assume(
      query.addTerm(Kind::LessU, 1, {a, SolverQuery::getConstant(246, 8)}));
  EXPECT_TRUE(solver->prove(query).isProved());
}

TEST_F(SolverTest, noClaimsHold) {
  SolverQuery query;
  query.addVariable("a", 8);
  EXPECT_TRUE(solver->prove(query).isProved());
}

/// pop(a & b) + pop(~a & b) = pop(b) on 64 bits: true, and out of reach.
SolverQuery hardQuery() {
  SolverQuery query;
  SolverTerm a = query.addVariable("a", 64), b = query.addVariable("b", 64);
  SolverTerm ab = query.addTerm(Kind::And, 64, {a, b});
  SolverTerm rest = query.addTerm(Kind::Xor, 64, {ab, b});
  SolverTerm sum = query.addTerm(Kind::Add, 64,
                                 {query.addTerm(Kind::Popcount, 64, {ab}),
                                  query.addTerm(Kind::Popcount, 64, {rest})});
  query.claimEqual(sum, query.addTerm(Kind::Popcount, 64, {b}));
  return query;
}

TEST_F(SolverTest, resourceLimitIsNoProof) {
  SolverOptions options;
  options.resourceLimit = 2'000'000;
  SolverAnswer first = Solver::create(options)->prove(hardQuery());
  EXPECT_EQ(first.verdict, Verdict::Unknown);
  EXPECT_FALSE(first.reason.empty());
  EXPECT_GE(first.resources, options.resourceLimit);
  SolverAnswer second = Solver::create(options)->prove(hardQuery());
  EXPECT_EQ(second.verdict, Verdict::Unknown);
  EXPECT_EQ(second.resources, first.resources);
}

TEST_F(SolverTest, wallClockIsNoProof) {
  SolverOptions options;
  options.resourceLimit = ~0u;
  options.wallClockSeconds = 1;
  auto start = std::chrono::steady_clock::now();
  SolverAnswer answer = Solver::create(options)->prove(hardQuery());
  EXPECT_EQ(answer.verdict, Verdict::Unknown);
  EXPECT_FALSE(answer.reason.empty());
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
}

TEST_F(SolverTest, mistakesAreNoProof) {
  SolverQuery query;
  query.addVariable("not a symbol", 8);
  SolverAnswer answer = solver->prove(query);
  EXPECT_EQ(answer.verdict, Verdict::Unknown);
  EXPECT_NE(answer.reason, "");
}

//===----------------------------------------------------------------------===//
// Text
//===----------------------------------------------------------------------===//

TEST(SolverQueryTest, text) {
  SolverQuery query;
  SolverTerm a = query.addVariable("a", 4), b = query.addVariable("b", 4);
  query.assume(query.addTerm(Kind::LessU, 1, {a, b}));
  SolverTerm sum = query.addTerm(Kind::Add, 4, {a, b});
  query.claimEqual(
      query.addTerm(Kind::And, 4, {sum, SolverQuery::getConstant(7, 4)}),
      SolverQuery::getConstant(5, 4));
  EXPECT_EQ(query.str("a claim\nof two lines"), R"smt(; a claim
; of two lines
(set-logic QF_BV)
(declare-const a (_ BitVec 4))
(declare-const b (_ BitVec 4))
(assert (let ((t!0 (ite (bvult a b) #b1 #b0))
  (t!1 (bvadd a b)))
(let ((t!2 (bvand t!1 #b0111)))
(and true
  (= t!0 #b1)
  (not (and true
    (= t!2 #b0101)))))))
(check-sat)
)smt");
}

TEST(SolverQueryTest, versionIsNamed) {
  std::unique_ptr<Solver> solver = Solver::create();
  if (!solver)
    GTEST_SKIP() << "built without a solver";
  EXPECT_TRUE(StringRef(solver->getVersion()).starts_with("Z3 4."));
}

// What other solvers make of the text.
TEST_F(SolverTest, programsOfTheCommandLineAgree) {
  SolverQuery query;
  LaneProgram right = program(replace(carrySave, "%CARRY", "%x"));
  LaneProgram wrong = program(replace(carrySave, "%CARRY", "%z"));
  std::vector<Terms> inputs = addVariables(query, right);
  unsigned asked = 0;
  for (StringRef name : {"z3", "cvc5"}) {
    auto program = llvm::sys::findProgramByName(name);
    if (!program)
      continue;
    ++asked;
    for (bool holds : {true, false}) {
      SmallString<128> input, output;
      ASSERT_FALSE(llvm::sys::fs::createTemporaryFile("query", "smt2", input));
      ASSERT_FALSE(llvm::sys::fs::createTemporaryFile("query", "out", output));
      llvm::scope_exit cleanup([&] {
        llvm::sys::fs::remove(input);
        llvm::sys::fs::remove(output);
      });
      ASSERT_FALSE(llvm::errorToBool(writeOutputFile(
          input, claimEqualResults(holds ? right : wrong, inputs, query)
                     .str("carry-save"))));
      std::optional<StringRef> redirects[] = {StringRef(), StringRef(output),
                                              StringRef(output)};
      llvm::sys::ExecuteAndWait(*program, {*program, input}, std::nullopt,
                                redirects, 60);
      auto text = llvm::MemoryBuffer::getFile(output);
      ASSERT_TRUE(text);
      EXPECT_EQ((*text)->getBuffer().trim(), holds ? "unsat" : "sat")
          << name.str();
    }
  }
  if (!asked)
    GTEST_SKIP() << "neither z3 nor cvc5 is installed";
}

} // namespace

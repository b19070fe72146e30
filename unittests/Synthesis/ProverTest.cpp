//===- ProverTest.cpp - Tests of proofs of kernels ------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ProverTestUtils.h"

#include "bitserial/Synthesis/KernelLibrary.h"

#include <ctime>

using namespace mlir;
using namespace mlir::bitserial;

namespace {

class ProverTest : public KernelProofTest {};

TEST_F(ProverTest, examplesAreProved) {
  for (StringRef name : exampleKernels()) {
    Kernel kernel = parseKernel(readExample(name));
    ProofResult result = prove(kernel, set());
    EXPECT_EQ(stringifyVerdict(result.verdict).str(), "proved")
        << name.str() << ": " << result.reason;
    if (getenv("BITSERIAL_PROVER_TIMES"))
      llvm::errs() << name << ": " << result.linearSeconds * 1e3 << " ms, "
                   << result.wrapChecks << " wrap checks\n";
  }
}

// By linear forms; scripts/check-proofs.sh is for their obligations.
TEST_F(ProverTest, libraryIsProved) {
  unsigned count = 0;
  for (const LibraryFile &file : getLibraryFiles()) {
    auto entry = parseKernelEntry(file.text);
    ASSERT_TRUE(bool(entry)) << file.name.str();
    Kernel kernel = parseKernel(entry->second);
    std::clock_t start = std::clock();
    ProofResult result = prove(kernel, set());
    EXPECT_TRUE(result.isProved()) << file.name.str() << ": " << result.reason;
    EXPECT_EQ(result.needsSharedWords, kernel.sharedWords) << file.name.str();
    if (getenv("BITSERIAL_PROVER_TIMES"))
      llvm::errs() << (std::clock() - start) * 1e3 / CLOCKS_PER_SEC
                   << " ms: " << file.name << '\n';
    ++count;
  }
  EXPECT_GE(count, 200u);
}

TEST_F(ProverTest, obligationsOfExamples) {
  std::unique_ptr<Solver> solver = Solver::create();
  if (!solver)
    GTEST_SKIP() << "built without a solver";
  for (StringRef name : exampleKernels()) {
    Kernel kernel = parseKernel(readExample(name));
    ProverOptions options;
    options.checkCapacity = true;
    ProofResult result = prove(kernel, set(), solver.get(), options);
    EXPECT_EQ(stringifyVerdict(result.verdict).str(), "proved")
        << name.str() << ": " << result.reason;
    EXPECT_FALSE(result.obligations.empty());
    if (getenv("BITSERIAL_PROVER_TIMES"))
      llvm::errs() << name << ": " << result.linearSeconds * 1e3 << " ms, "
                   << result.obligations.size() << " obligations, proved in "
                   << result.solverSeconds * 1e3 << " ms\n";
    if (const char *folder = getenv("BITSERIAL_PROVER_DUMP"))
      EXPECT_FALSE(
          errorToBool(writeProof(folder, name, kernel, set(), result)));
  }
}

TEST_F(ProverTest, otherKernels) {
  std::unique_ptr<Solver> solver = Solver::create();
  for (StringRef name : {"neon-a2w1-udot", "avx2-a2w2s-bytes"}) {
    Kernel kernel = parseKernel(readInput(name));
    ProofResult result = prove(kernel, set(), solver.get());
    EXPECT_EQ(stringifyVerdict(result.verdict).str(), "proved")
        << name.str() << ": " << result.reason
        << (result.counterexample ? result.counterexample->str(kernel) : "");
  }
}

// What LLVM may make anything of, used or not, is never part of a proof.
TEST_F(ProverTest, undefinedCodeIsNotProved) {
  std::string text = readExample("avx2-a1w1-bytes");
  StringRef place = "    %result = arith.trunci %sum";
  size_t at = text.find(place);
  ASSERT_NE(at, std::string::npos);
  std::tuple<StringRef, StringRef> cases[] = {
      // Nobody uses the quotient, but LLVM knows that it is never computed.
      {"%x = arith.divui %zero, %zero : !words", "has no meaning"},
      {"%x = llvm.call_intrinsic \"llvm.x86.rdtsc\"() : () -> i64",
       "has no meaning"},
      {"%x = arith.shli %sum, %sum : !words", "shifts by an amount"},
      {"%x = arith.addi %sum, %sum overflow<nuw> : !words", "must not promise"},
      {"%x = arith.shrui %sum, %zero exact : !words", "must not promise"},
      {"%x = llvm.call_intrinsic \"llvm.x86.avx2.psad.bw\"(%counter, %counter) "
       ": (!bytes, !bytes) -> (!words {llvm.range = #llvm.constant_range<i64, "
       "0, 1>})",
       "must not promise"},
      // LLVM truncates the one and extends the other by its sign.
      {"%x = llvm.mlir.constant(256 : i64) : i8", "of another type"},
      {"%x = llvm.mlir.constant(-1 : i8) : i32", "of another type"},
  };
  for (auto [code, message] : cases) {
    diagnostics.clear();
    std::string changed = text;
    changed.insert(
        at, ("    %zero = arith.constant dense<0> : !words\n    " + code + "\n")
                .str());
    ProofResult result = prove(parseKernel(changed), set());
    EXPECT_EQ(stringifyVerdict(result.verdict).str(), "unknown") << code.str();
    EXPECT_NE(diagnostics.find(message), std::string::npos)
        << code.str() << ": " << diagnostics;
  }
}

/// A kernel of A1W1 (or A2W1) with `depth` levels of carry-save adders of five
/// ops each, and a step of `words` positions.
static std::string makeHarleySeal(unsigned depth, unsigned words,
                                  bool twoPlanes) {
  std::string text;
  llvm::raw_string_ostream os(text);
  os << "!w = vector<4xi64>\nmodule @harley_seal attributes {bitserial.kernel "
        "= {spec = {planes = ["
     << (twoPlanes ? "2, 1], terms = [[5, 1], [6, 2]]"
                   : "1, 1], terms = [[3, 1]]")
     << ", word = 64, lanes = \"outputs\"}, state = [";
  for (unsigned level = 0; level < depth; ++level)
    os << "\"bits\", ";
  os << "\"sum\"], passes = [{planes = [0, 1" << (twoPlanes ? ", 2" : "")
     << "], capacity = 0, steps = [{words = " << words
     << ", cost = 0}, {words = 1, cost = 0}]}]}} {\n";
  std::string state, types, results;
  for (unsigned level = 0; level < depth; ++level) {
    state += "%s" + std::to_string(level) + ": !w, ";
    types += "!w, ";
  }
  state += "%sum: !w";
  types += "!w";
  unsigned next = 0;
  auto define = [&](const std::string &op) {
    std::string name = "%v" + std::to_string(next++);
    os << "    " << name << " = " << op << " : !w\n";
    return name;
  };
  auto binary = [&](StringRef op, const std::string &a, const std::string &b) {
    return define(("arith." + op + " " + a + ", " + b).str());
  };
  for (unsigned count : {words, 1u}) {
    os << "  func.func @step_0_" << count << "(" << state;
    for (unsigned i = 0; i < count; ++i)
      for (StringRef plane : {"a", "b", "w"})
        if (twoPlanes || plane != "b")
          os << ", %" << plane << i << ": !w";
    os << ") -> (" << types << ") {\n";
    std::vector<std::vector<std::string>> levels(depth + 1);
    for (unsigned i = 0; i < count; ++i) {
      std::string n = std::to_string(i);
      levels[0].push_back(binary("andi", "%a" + n, "%w" + n));
      if (twoPlanes)
        levels[1].push_back(binary("andi", "%b" + n, "%w" + n));
    }
    std::string returned;
    for (unsigned level = 0; level < depth; ++level) {
      std::string running = "%s" + std::to_string(level);
      for (size_t i = 0; i < levels[level].size(); i += 2) {
        std::string x = levels[level][i];
        std::string half = binary("xori", running, x);
        std::string both = binary("andi", running, x);
        running = half;
        if (i + 1 < levels[level].size()) {
          std::string y = levels[level][i + 1];
          std::string one = binary("andi", half, y);
          running = binary("xori", half, y);
          both = binary("ori", both, one);
        }
        levels[level + 1].push_back(both);
      }
      returned += running + ", ";
    }
    std::string sum = "%sum";
    for (const std::string &bits : levels[depth])
      sum = binary("addi", sum, define("math.ctpop " + bits));
    os << "    return " << returned << sum << " : " << types << "\n  }\n";
  }
  os << "  func.func @end_0(" << state << ") -> (" << types << ") {\n"
     << "    %one = arith.constant dense<1> : !w\n"
     << "    %zero = arith.constant dense<0> : !w\n";
  std::string sum = "%sum", zeros;
  for (unsigned level = depth; level-- > 0;) {
    std::string doubled = binary("shli", sum, "%one");
    sum = binary("addi", doubled,
                 define("math.ctpop %s" + std::to_string(level)));
    zeros += "%zero, ";
  }
  os << "    return " << zeros << sum << " : " << types << "\n  }\n"
     << "  func.func @finish(" << state << ") -> vector<4xi32> {\n"
     << "    %r = arith.trunci %sum : !w to vector<4xi32>\n"
     << "    return %r : vector<4xi32>\n  }\n}\n";
  return text;
}

TEST_F(ProverTest, deepCarrySaveTrees) {
  std::unique_ptr<Solver> solver = Solver::create();
  for (auto [depth, words, twoPlanes] :
       {std::tuple(3u, 8u, false), std::tuple(4u, 16u, false),
        std::tuple(3u, 8u, true), std::tuple(4u, 16u, true)}) {
    Kernel kernel = parseKernel(makeHarleySeal(depth, words, twoPlanes));
    ProofResult result = prove(kernel, set());
    EXPECT_TRUE(result.isProved()) << result.reason;
    if (getenv("BITSERIAL_PROVER_TIMES"))
      llvm::errs() << depth << " levels, " << words
                   << " words: " << result.linearSeconds * 1e3 << " ms\n";
    if (words == 8 && solver) {
      result = prove(kernel, set(), solver.get());
      EXPECT_TRUE(result.isProved()) << result.reason;
      if (getenv("BITSERIAL_PROVER_TIMES"))
        llvm::errs() << result.obligations.size() << " obligations, "
                     << result.linearSeconds * 1e3 << " ms, "
                     << result.solverSeconds * 1e3 << " ms\n";
    }
  }
}

TEST_F(ProverTest, capacityIsMaximal) {
  ProverOptions options;
  options.checkCapacity = true;
  Kernel kernel = parseKernel(readExample("avx2-a1w1-bytes"));
  ProofResult result = prove(kernel, set(), nullptr, options);
  EXPECT_TRUE(result.isProved());
  EXPECT_EQ(result.passes[0].capacityIsMaximal, true);
}

TEST_F(ProverTest, contributions) {
  ProofResult result =
      prove(parseKernel(readExample("avx2-a2w1-bytes")), set());
  ASSERT_TRUE(result.isProved());
  ASSERT_EQ(result.passes.size(), 2u);
  EXPECT_EQ(result.passes[0].contribution.str(), "2*b1*b2");
  EXPECT_EQ(result.passes[1].contribution.str(), "b0*b2");
}

//===----------------------------------------------------------------------===//
// Sums of lanes
//===----------------------------------------------------------------------===//

/// The reduction that a published system found for A2W2 on NEON, of the bytes
/// of four vectors. Its bounds count 7 for eight ones, and make 63 of 72.
static constexpr StringLiteral kPublishedTree = R"mlir(
  func.func @tree(%x: vector<8xi8>, %y: vector<8xi8>, %z: vector<8xi8>, %u: vector<8xi8>, %sum: vector<4xi16>) -> vector<4xi16> {
    %a = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%x, %y) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %b = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%z, %u) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %c = llvm.call_intrinsic "llvm.arm.neon.vpaddls"(%a) : (vector<8xi8>) -> vector<4xi16>
    %d = llvm.call_intrinsic "llvm.arm.neon.vpaddls"(%b) : (vector<8xi8>) -> vector<4xi16>
    %e = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%c, %d) : (vector<4xi16>, vector<4xi16>) -> vector<4xi16>
    %f = arith.addi %sum, %e : vector<4xi16>
    return %f : vector<4xi16>
  })mlir";

static ReductionSpec publishedSpec(int64_t bound) {
  ReductionSpec spec;
  spec.bounds.assign(4, {0, bound});
  spec.bounds.push_back({0, 1000});
  spec.outputs.resize(1);
  for (unsigned argument = 0; argument < 4; ++argument) {
    std::vector<ReductionTerm> &terms = spec.outputs[0].emplace_back();
    for (unsigned lane = 0; lane < 8; ++lane)
      terms.push_back({argument, lane});
    terms.push_back({4, argument});
  }
  return spec;
}

TEST_F(ProverTest, publishedTreeIsRefuted) {
  func::FuncOp tree = parse(kPublishedTree);
  ProofResult result = proveReduction(tree, publishedSpec(72), set());
  EXPECT_TRUE(result.isRefuted()) << result.reason;
  ASSERT_TRUE(result.counterexample);
  EXPECT_EQ(result.counterexample->str(),
            "@tree: lane 0 of result 0 is 552, and should be 1576\n"
            "  argument 0: 0x48*8\n"
            "  argument 1: 0x0*8\n"
            "  argument 2: 0x0*8\n"
            "  argument 3: 0x0*8\n"
            "  argument 4: 0x3e8 0x0*3\n");
}

TEST_F(ProverTest, publishedTreeIsProvedUnderItsBounds) {
  std::unique_ptr<Solver> solver = Solver::create();
  func::FuncOp tree = parse(kPublishedTree);
  ProofResult result =
      proveReduction(tree, publishedSpec(63), set(), solver.get());
  EXPECT_TRUE(result.isProved()) << result.reason;
  EXPECT_EQ(result.obligations.empty(), !solver);
}

TEST_F(ProverTest, wrongReductionsAreRefuted) {
  func::FuncOp tree = parse(kPublishedTree);
  ReductionSpec spec = publishedSpec(63);
  std::swap(spec.outputs[0][1], spec.outputs[0][2]);
  EXPECT_TRUE(proveReduction(tree, spec, set()).isRefuted());
  spec = publishedSpec(63);
  spec.outputs[0][3][5].coefficient = 2;
  EXPECT_TRUE(proveReduction(tree, spec, set()).isRefuted());
}

} // namespace

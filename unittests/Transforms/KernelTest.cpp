//===- KernelTest.cpp - Reading kernels -----------------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Transforms/Kernel.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlow.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Verifier.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace mlir::bitserial;

namespace {
using Monomial = BitPolynomial::Monomial;

/// The polynomial with the given coefficients.
BitPolynomial
makePolynomial(ArrayRef<std::pair<Monomial, int64_t>> coefficients) {
  BitPolynomial result;
  for (auto [monomial, coefficient] : coefficients) {
    BitPolynomial term = BitPolynomial::constant(coefficient);
    for (unsigned i = 0; i < BitPolynomial::kMaxVariables; ++i)
      if (monomial >> i & 1)
        term = term * BitPolynomial::variable(i);
    result = result + term;
  }
  return result;
}

/// The product of two numbers with these weights of planes.
BitPolynomial makeProduct(ArrayRef<int64_t> lhs, ArrayRef<int64_t> rhs) {
  BitPolynomial a, w;
  for (auto [i, weight] : llvm::enumerate(lhs))
    a = a + BitPolynomial::constant(weight) * BitPolynomial::variable(i);
  for (auto [i, weight] : llvm::enumerate(rhs))
    w = w + BitPolynomial::constant(weight) *
                BitPolynomial::variable(lhs.size() + i);
  return a * w;
}

std::pair<KernelSpec, int64_t> getProductSpec(ArrayRef<int64_t> lhs,
                                              ArrayRef<int64_t> rhs) {
  unsigned planes[] = {unsigned(lhs.size()), unsigned(rhs.size())};
  return *KernelSpec::get(planes, makeProduct(lhs, rhs), 32, false);
}

//===----------------------------------------------------------------------===//
// KernelSpec
//===----------------------------------------------------------------------===//

TEST(KernelSpec, isNormalised) {
  auto [spec, factor] = getProductSpec({-2, -4}, {3});
  EXPECT_EQ(factor, -6);
  EXPECT_EQ(spec.str(), "planes=2,1 terms=5:1,6:2 word=32 lanes=outputs");
  EXPECT_EQ(spec.name(), "a2w1-o32");
  EXPECT_TRUE(failed(KernelSpec::get({1, 1}, BitPolynomial(), 32, false)));
}

TEST(KernelSpec, names) {
  auto name = [](ArrayRef<int64_t> lhs, ArrayRef<int64_t> rhs) {
    return getProductSpec(lhs, rhs).first.name();
  };
  EXPECT_EQ(name({1, 2}, {1, -2}), "a2w2s-o32");
  EXPECT_EQ(name({1, 2, -4}, {1, -1}), "a3sw2t-o32");
  EXPECT_EQ(name({1, -1, 3, -3}, {1}), "a4tw1-o32");
  // One plane has no sign of its own.
  EXPECT_EQ(name({-1}, {1}), "a1w1-o32");
  // Weights without a name: told apart by a hash.
  std::string other = name({1, 3}, {1}), another = name({1, 5}, {1});
  EXPECT_EQ(StringRef(other).substr(0, 5), "a2w1x");
  EXPECT_EQ(other.size(), StringRef("a2w1x0123456789abcdef-o32").size());
  EXPECT_NE(other, another);
  // (a ^ b) & w over three inputs.
  auto spec = *KernelSpec::get(
      {1, 1, 1}, makePolynomial({{5, 1}, {6, 1}, {7, -2}}), 8, true);
  EXPECT_EQ(StringRef(spec.first.name()).substr(0, 7), "x1x1x1x");
  EXPECT_TRUE(StringRef(spec.first.name()).ends_with("-r8"));
}

TEST(KernelSpec, attributes) {
  MLIRContext context;
  for (auto lhs : {std::vector<int64_t>{1}, {1, -2}, {1, 2, 4}, {3, 7}}) {
    KernelSpec spec = getProductSpec(lhs, {1, -1}).first;
    auto read =
        KernelSpec::fromAttr(UnknownLoc::get(&context), spec.toAttr(&context));
    ASSERT_TRUE(succeeded(read));
    EXPECT_EQ(read->str(), spec.str());
  }
}

//===----------------------------------------------------------------------===//
// Kernels that are well-formed
//===----------------------------------------------------------------------===//

TEST(Kernel, examples) {
  MLIRContext context;
  std::error_code error;
  unsigned count = 0;
  for (llvm::sys::fs::directory_iterator it(BITSERIAL_KERNEL_INPUTS, error),
       end;
       it != end && !error; it.increment(error), ++count) {
    auto text = llvm::MemoryBuffer::getFile(it->path());
    ASSERT_TRUE(bool(text));
    OwningOpRef<ModuleOp> owner;
    FailureOr<Kernel> kernel =
        Kernel::parse(&context, (*text)->getBuffer(), it->path(), owner);
    ASSERT_TRUE(succeeded(kernel)) << it->path();
    // Writing what has been read changes nothing.
    kernel->writeAttribute();
    FailureOr<Kernel> again = Kernel::get(kernel->module);
    ASSERT_TRUE(succeeded(again));
    EXPECT_EQ(again->spec, kernel->spec);
    EXPECT_EQ(again->features, kernel->features);
    EXPECT_EQ(again->passes.size(), kernel->passes.size());
    EXPECT_EQ(again->tileVectors, kernel->tileVectors);
    EXPECT_EQ(again->group, kernel->group);
  }
  EXPECT_GE(count, 7u);
}

TEST(Kernel, reference) {
  MLIRContext context;
  Target target = llvm::cantFail(Target::get("cortex-a53"));
  for (unsigned word : {8, 16, 32, 64})
    for (bool isReduction : {false, true})
      for (auto maxPositions : {std::optional<int64_t>(), {10}, {100000}})
        for (auto lhs : {std::vector<int64_t>{1}, {1, -2}, {3, 2}, {1, 2, 4}}) {
          unsigned planes[] = {unsigned(lhs.size()), 1};
          KernelSpec spec =
              KernelSpec::get(planes, makeProduct(lhs, {1}), word, isReduction)
                  ->first;
          OwningOpRef<ModuleOp> module =
              Kernel::makeReference(&context, spec, target, maxPositions);
          ASSERT_TRUE(succeeded(verify(*module)));
          FailureOr<Kernel> kernel = Kernel::get(*module);
          ASSERT_TRUE(succeeded(kernel));
          EXPECT_EQ(kernel->spec, spec);
          EXPECT_EQ(kernel->passes.size(), lhs.size());
          EXPECT_EQ(kernel->wordType().getNumElements(), 128 / word);
          // Narrow lanes are for few positions.
          bool isNarrow = kernel->stateTypes[0].getElementTypeBitWidth() < 32;
          EXPECT_EQ(kernel->maxPositions.has_value(), isNarrow);
          EXPECT_TRUE(!isNarrow || (word < 32 && maxPositions == 10));
          EXPECT_TRUE(isNarrow || word != 16 || maxPositions != 10);
        }
}

//===----------------------------------------------------------------------===//
// Kernels that are not
//===----------------------------------------------------------------------===//

/// A kernel with the given attribute and functions, in place of those of a good
/// one.
struct KernelText {
  std::string spec = "{planes = [1, 1], terms = [[3, 1]], word = 32, "
                     "lanes = \"outputs\"}";
  std::string state = "[\"counter\", \"sum\"]";
  std::string passes = "[{planes = [0, 1], capacity = 255, "
                       "steps = [{words = 1, cost = 32}]}]";
  std::string more;
  std::string step = function("step_0_1", "%c: !b, %s: !w, %x: !w, %y: !w",
                              "!b, !w", "return %c, %s : !b, !w");
  std::string flush =
      function("flush_0", "%c: !b, %s: !w", "!b, !w", "return %c, %s : !b, !w");
  std::string finish =
      function("finish", "%c: !b, %s: !w", "!w", "return %s : !w");
  std::string other;

  static std::string function(StringRef name, StringRef arguments,
                              StringRef results, StringRef body) {
    return ("func.func @" + name + "(" + arguments + ") -> (" + results +
            ") {\n" + body + "\n}\n")
        .str();
  }

  std::string str() const {
    return "!b = vector<16xi8>\n!w = vector<4xi32>\nmodule @k attributes "
           "{bitserial.kernel = {spec = " +
           spec + ", state = " + state + ", passes = " + passes + more +
           "}} {\n" + step + flush + finish + other + "}\n";
  }
};

/// What Kernel::parse says; "" if it is content.
std::string diagnose(const std::string &text) {
  MLIRContext context;
  context.loadDialect<cf::ControlFlowDialect, memref::MemRefDialect>();
  std::string message;
  ScopedDiagnosticHandler handler(&context, [&](Diagnostic &diagnostic) {
    EXPECT_TRUE(isa<FileLineColLoc>(diagnostic.getLocation()));
    if (message.empty())
      message = diagnostic.str();
    return success();
  });
  OwningOpRef<ModuleOp> owner;
  FailureOr<Kernel> kernel = Kernel::parse(&context, text, "kernel", owner);
  EXPECT_EQ(failed(kernel), !message.empty());
  return message;
}

TEST(KernelDiagnostics, noKernel) {
  EXPECT_EQ(diagnose(KernelText().str()), "");
  EXPECT_EQ(diagnose("module {}"),
            "expected a kernel: the module needs the dictionary attribute "
            "bitserial.kernel");
  EXPECT_NE(diagnose("module {"), "");
}

TEST(KernelDiagnostics, spec) {
  auto spec = [](StringRef planes, StringRef terms, StringRef word = "32",
                 StringRef lanes = "\"outputs\"") {
    KernelText text;
    text.spec = ("{planes = " + planes + ", terms = " + terms +
                 ", word = " + word + ", lanes = " + lanes + "}")
                    .str();
    return diagnose(text.str());
  };
  EXPECT_EQ(spec("[1, 1]", "[[3, 1]]"), "");
  EXPECT_EQ(spec("[]", "[[3, 1]]"),
            "the spec of the kernel needs `planes`, the number of planes of "
            "each input");
  for (StringRef planes : {"[1, 0]", "[1, -1]", "[30, 3]",
                           "[9223372036854775807, 9223372036854775807]"})
    EXPECT_EQ(spec(planes, "[[3, 1]]"),
              "the spec of the kernel must have at least one plane for each "
              "input, and at most 32 in all");
  EXPECT_EQ(spec("[1, 1]", "[[3]]"),
            "the spec of the kernel has a term that is not [planes, "
            "coefficient]");
  for (StringRef terms : {"[[0, 1]]", "[[4, 1]]", "[[-1, 1]]",
                          "[[3, 1], [1, 1]]", "[[3, 1], [3, 1]]"})
    EXPECT_EQ(spec("[1, 1]", terms),
              "the spec of the kernel must have terms of its planes in "
              "ascending order, without a constant one");
  for (StringRef terms : {"[[3, 0]]", "[[3, 9223372036854775807]]"})
    EXPECT_EQ(
        spec("[1, 1]", terms),
        "the spec of the kernel has a coefficient that is zero or too large");
  for (StringRef terms : {"[[3, 2]]", "[[3, -1]]", "[[1, 4], [3, -6]]"})
    EXPECT_EQ(spec("[1, 1]", terms),
              "the spec of the kernel is not normalised: the coefficients must "
              "have no common factor, and that of the first term be positive");
  EXPECT_EQ(spec("[1, 1]", "[[3, 1]]", "24"),
            "the spec of the kernel needs `word`, the bits of a word: 8, 16, "
            "32 or 64");
  EXPECT_EQ(spec("[1, 1]", "[[3, 1]]", "32", "\"rows\""),
            "the spec of the kernel needs `lanes`, \"outputs\" or "
            "\"reduction\"");

  auto numbers = [&](StringRef lhs, StringRef terms = "[[3, 1]]") {
    return spec(
        "[1, 1]", terms, "32",
        ("\"outputs\", numbers = [" + lhs + ", [8, 1, -128, 127]]").str());
  };
  EXPECT_EQ(numbers("[8, 0, 0, 255]"), "");
  // Kernels of numbers multiply them and do nothing else.
  EXPECT_EQ(numbers("[8, 0, 0, 255]", "[[1, 1], [3, 1]]"),
            "the spec of the kernel must be that of a product of two numbers "
            "if it has `numbers`, one [bits, signed, min, max] for each");
  for (StringRef lhs : {"[7, 0, 0, 127]", "[8, 0, -1, 255]", "[8, 0, 0, 256]",
                        "[8, 1, 0, 128]", "[8, 1, 1, 2]"})
    EXPECT_EQ(numbers(lhs),
              "the spec of the kernel has `numbers` that are not [bits, "
              "signed, min, max] with 8 or 16 bits and bounds around 0 that "
              "fit them");
}

TEST(KernelDiagnostics, entries) {
  auto more = [](StringRef entry) {
    KernelText text;
    text.more = (", " + entry).str();
    return diagnose(text.str());
  };
  EXPECT_EQ(more("cpu = \"haswell\", features = [\"avx2\"], group = 1, tile "
                 "= [2, 3], sketch = \"bytes\", cycles = \"1.5\""),
            "");
  EXPECT_EQ(more("group = 2"), "the kernel must have `group` = 1, because its "
                               "lanes are outputs");
  EXPECT_EQ(more("group = 0"),
            "the kernel has `group` = 0 : i64, expected 1 to 64");
  EXPECT_EQ(more("tile = [0, 1]"),
            "the kernel has `tile` = [0, 1], expected [rows, vectors], each 1 "
            "to 64");
  EXPECT_EQ(more("tile = 3"), "the kernel has `tile` = 3 : i64, expected "
                              "[rows, vectors], each 1 to 64");
  EXPECT_EQ(more("cycles = \"fast\""),
            "the kernel has `cycles` = \"fast\", expected a number");
  EXPECT_EQ(more("features = \"avx2\""), "the kernel has `features` = "
                                         "\"avx2\", expected a list of "
                                         "strings");
  KernelText text;
  text.state = "[\"counter\", \"total\"]";
  EXPECT_EQ(diagnose(text.str()), "the kernel has \"total\" in `state`");
}

TEST(KernelDiagnostics, passes) {
  auto passes = [](StringRef planes, StringRef capacity, StringRef steps) {
    KernelText text;
    text.passes = ("[{planes = " + planes + ", capacity = " + capacity +
                   ", steps = " + steps + "}]")
                      .str();
    return diagnose(text.str());
  };
  StringRef good = "[{words = 1, cost = 8}]";
  EXPECT_EQ(passes("[0, 1]", "255", good), "");
  for (StringRef planes : {"[1, 0]", "[0, 0]", "[0, 2]", "[-1]"})
    EXPECT_EQ(passes(planes, "255", good),
              ("the kernel must have planes below 2 in ascending order in pass "
               "0, got " +
               planes)
                  .str());
  EXPECT_EQ(passes("[]", "255", good),
            "the kernel needs `planes` and `steps` in pass 0");
  EXPECT_EQ(passes("[0, 1]", "255", "[{words = 2, cost = 8}]"),
            "the kernel needs a step of one word in pass 0");
  EXPECT_EQ(
      passes("[0, 1]", "255", "[{words = 1, cost = 8}, {words = 2, cost = 8}]"),
      "the kernel must have the steps with most words first, each number of "
      "words once");
  EXPECT_EQ(passes("[0, 1]", "255", "[{words = 1}]"),
            "the kernel has the step {words = 1 : i64}, expected {words, "
            "cost}");
  // A single step must fit.
  EXPECT_EQ(passes("[0, 1]", "255", "[{words = 1, cost = 256}]"),
            "the kernel has `cost` = 256 : i64, expected 0 to 255");
  EXPECT_EQ(passes("[0, 1]", "256", good),
            "the kernel has the capacity 256 in pass 0, more than lanes of "
            "'vector<16xi8>' hold as counter");
  EXPECT_EQ(passes("[0, 1]", "-1", good),
            "the kernel has `capacity` = -1 : i64, expected 0 to 2147483647");
}

TEST(KernelDiagnostics, functions) {
  KernelText text;
  text.flush = "";
  EXPECT_EQ(diagnose(text.str()), "the kernel has no function @flush_0 to "
                                  "empty the counters of the pass");
  text = {};
  text.step = "";
  EXPECT_EQ(diagnose(text.str()), "the kernel has no function @step_0_1");
  text = {};
  text.finish = "";
  EXPECT_EQ(diagnose(text.str()), "the kernel has no function @finish");
  text = {};
  text.other = "func.func @end_1() {\nreturn\n}\n";
  EXPECT_EQ(diagnose(text.str()), "@end_1 is no function of the kernel");
  text = {};
  text.other = "module {}";
  EXPECT_EQ(diagnose(text.str()), "does not belong into a kernel, which "
                                  "consists of functions");
  text = {};
  text.flush = "func.func private @flush_0(!b, !w) -> (!b, !w)\n";
  EXPECT_EQ(diagnose(text.str()), "@flush_0 has no body");
  // Counters and capacities belong together.
  text = {};
  text.state = "[\"bits\", \"sum\"]";
  EXPECT_EQ(diagnose(text.str()), "the kernel has a capacity, but no counters");
  text = {};
  text.passes = "[{planes = [0, 1], steps = [{words = 1, cost = 0}]}]";
  EXPECT_EQ(diagnose(text.str()),
            "is not used, because pass 0 has no capacity");
  text.flush = "";
  EXPECT_EQ(diagnose(text.str()),
            "the kernel has counters, but no pass has a capacity");
}

TEST(KernelDiagnostics, signatures) {
  KernelText text;
  text.step = KernelText::function("step_0_1", "%c: !b, %s: !w, %x: !w",
                                   "!b, !w", "return %c, %s : !b, !w");
  EXPECT_EQ(diagnose(text.str()), "@step_0_1 must have 2 arguments for the "
                                  "state and 2 for words");
  text = {};
  text.step = KernelText::function("step_0_1",
                                   "%c: !b, %s: !w, %x: !w, %y: vector<2xi64>",
                                   "!b, !w", "return %c, %s : !b, !w");
  EXPECT_EQ(diagnose(text.str()), "@step_0_1 takes words of type "
                                  "'vector<2xi64>', but words have 32 bits");
  text = {};
  text.step =
      KernelText::function("step_0_1", "%c: !b, %s: i32, %x: !w, %y: !w",
                           "!b, i32", "return %c, %s : !b, i32");
  EXPECT_EQ(diagnose(text.str()), "@step_0_1 takes 'i32', expected a vector of "
                                  "8, 16, 32 or 64-bit integers");
  text = {};
  text.finish =
      KernelText::function("finish", "%c: !b, %s: !w", "!b", "return %c : !b");
  EXPECT_EQ(
      diagnose(text.str()),
      "@finish has the type '(vector<16xi8>, vector<4xi32>) -> vector<16xi8>', "
      "expected '(vector<16xi8>, vector<4xi32>) -> vector<4xi32>'");
  text = {};
  text.other = KernelText::function("end_0", "%c: !b", "!b", "return %c : !b");
  EXPECT_EQ(diagnose(text.str()),
            "@end_0 has the type '(vector<16xi8>) -> vector<16xi8>', expected "
            "'(vector<16xi8>, vector<4xi32>) -> (vector<16xi8>, "
            "vector<4xi32>)'");
}

TEST(KernelDiagnostics, group) {
  KernelText text;
  text.spec = "{planes = [1, 1], terms = [[3, 1]], word = 32, lanes = "
              "\"reduction\"}";
  text.more = ", group = 2";
  EXPECT_EQ(diagnose(text.str()),
            "@finish has the type '(vector<16xi8>, vector<4xi32>) -> "
            "vector<4xi32>', expected '(vector<16xi8>, vector<4xi32>, "
            "vector<16xi8>, vector<4xi32>) -> vector<2xi32>'");
}

TEST(KernelDiagnostics, bodies) {
  auto body = [](StringRef lines) {
    KernelText text;
    text.flush =
        KernelText::function("flush_0", "%c: !b, %s: !w", "!b, !w", lines);
    return diagnose(text.str());
  };
  EXPECT_EQ(body("%x = arith.addi %s, %s : !w\nreturn %c, %x : !b, !w"), "");
  EXPECT_EQ(body("cf.br ^bb1\n^bb1:\nreturn %c, %s : !b, !w"),
            "@flush_0 must have one block");
  EXPECT_EQ(body("%m = memref.alloca() : memref<4xi32>\n"
                 "return %c, %s : !b, !w"),
            "does not belong into a kernel: its functions are straight-line "
            "code of arith, math and vector ops and llvm.call_intrinsic");
  EXPECT_EQ(body("%x:2 = func.call @flush_0(%c, %s) : (!b, !w) -> (!b, !w)\n"
                 "return %x#0, %x#1 : !b, !w"),
            "does not belong into a kernel: its functions are straight-line "
            "code of arith, math and vector ops and llvm.call_intrinsic");
  EXPECT_EQ(body("%f = arith.constant 1.0 : f32\nreturn %c, %s : !b, !w"),
            "does not belong into a kernel, which computes with integers and "
            "vectors of integers only");
  // What returns nothing can only have side effects.
  for (StringRef op : {"llvm.call_intrinsic \"llvm.trap\"() : () -> ()",
                       "vector.print %c : !b", "vector.print str \"flush\""})
    EXPECT_EQ(body((op + "\nreturn %c, %s : !b, !w").str()),
              "does not belong into a kernel: its functions are straight-line "
              "code of arith, math and vector ops and llvm.call_intrinsic");
  // LLVM's translation might make something of it, or fail.
  EXPECT_EQ(body("%x = arith.addi %s, %s {llvm.mmra = 5} : !w\n"
                 "return %c, %x : !b, !w"),
            "does not belong into a kernel: nobody says what its attribute "
            "\"llvm.mmra\" means");
  std::string many;
  for (unsigned i = 0; i < 20000; ++i)
    many += "%x" + std::to_string(i) + " = arith.addi %s, %s : !w\n";
  EXPECT_EQ(body(many + "return %c, %s : !b, !w"),
            "@flush_0 has more than 16384 ops");
  EXPECT_EQ(body("%x = arith.constant dense<0> : vector<1000000000x8xi8>\n"
                 "return %c, %s : !b, !w"),
            "does not belong into a kernel: 'vector<1000000000x8xi8>' has more "
            "than 65536 bits");
}

} // namespace

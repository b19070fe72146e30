//===- EvaluateTest.cpp - Tests of lane programs and their evaluation -----===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TestUtils.h"

#include "bitserial/Synthesis/Evaluate.h"

#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace mlir::bitserial;
using Lanes = std::vector<uint64_t>;

namespace {

class EvaluateTest : public SynthesisTest {
protected:
  /// The outputs of `function` for the given inputs.
  std::vector<Lanes> run(StringRef function, std::vector<Lanes> inputs) {
    return evaluate(program(function), inputs);
  }
};

/// The bytes of lanes as Evaluator has them.
std::vector<unsigned char> toMemory(ArrayRef<Lanes> samples, LaneType type) {
  std::vector<unsigned char> bytes;
  for (const Lanes &lanes : samples)
    for (uint64_t lane : lanes)
      for (unsigned byte = 0; byte < bytesPerLane(type.width); ++byte)
        bytes.push_back(lane >> (8 * byte));
  return bytes;
}

/// Compares Evaluator with evaluate() on random inputs.
void compareEvaluators(const LaneProgram &program, size_t samples,
                       uint64_t seed, StringRef name) {
  std::mt19937_64 random(seed);
  std::vector<std::vector<Lanes>> inputs(program.inputs().size()),
      outputs(program.outputs().size());
  for (size_t i = 0; i < samples; ++i) {
    std::vector<Lanes> sample = randomInputs(program, random);
    std::vector<Lanes> result = evaluate(program, sample);
    for (auto [all, one] : llvm::zip_equal(inputs, sample))
      all.push_back(one);
    for (auto [all, one] : llvm::zip_equal(outputs, result))
      all.push_back(one);
  }
  std::vector<std::vector<unsigned char>> memory, expected, actual;
  std::vector<const void *> inputPointers;
  std::vector<void *> outputPointers;
  for (auto [all, type] : llvm::zip_equal(inputs, program.inputs()))
    memory.push_back(toMemory(all, type));
  for (auto [index, all] : llvm::enumerate(outputs)) {
    expected.push_back(toMemory(all, program.outputType(index)));
    actual.emplace_back(expected.back().size(), 0xa5);
  }
  for (auto &bytes : memory)
    inputPointers.push_back(bytes.data());
  for (auto &bytes : actual)
    outputPointers.push_back(bytes.data());
  Evaluator evaluator(program);
  evaluator.run(inputPointers, outputPointers, samples);
  EXPECT_EQ(actual, expected) << name.str() << '\n' << program.str();
}

TEST_F(EvaluateTest, bothAgreeOnAllInstructions) {
  const InstructionSet *set = InstructionSet::get(&context);
  ASSERT_TRUE(set) << diagnostics;
  EXPECT_GT(set->getInstructions().size(), 500u);
  for (const Instruction &instruction : set->getInstructions())
    for (ArrayRef<int64_t> immediates : someImmediates(instruction))
      compareEvaluators(set->getProgram(instruction, immediates), 5, 1,
                        instruction.getName());
}

// Every kind at widths that fill their storage and at others, and numbers of
// samples around the size of a batch.
TEST_F(EvaluateTest, bothAgreeOnAllWidths) {
  constexpr const char *sameWidth = R"mlir(
    !v = vector<6xi{0}>
    func.func @f(%a: !v, %b: !v, %c: !v)
        -> (!v, !v, !v, !v, !v, !v, !v, !v, !v, !v, !v, !v, !v, !v, !v, !v, !v,
            !v) {{
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
      %eq = arith.cmpi eq, %a, %b : !v
      %14 = arith.select %eq, %b, %c : vector<6xi1>, !v
      %uge = arith.cmpi uge, %a, %b : !v
      %15 = arith.select %uge, %b, %c : vector<6xi1>, !v
      %sgt = arith.cmpi sgt, %a, %b : !v
      %16 = arith.select %sgt, %b, %c : vector<6xi1>, !v
      %17 = vector.shuffle %a, %b [0, 1, 2, 7, 8, 8] : !v, !v
      return %0, %1, %2, %3, %4, %5, %6, %7, %8, %9, %10, %11, %12, %13, %14,
             %15, %16, %17 : !v, !v, !v, !v, !v, !v, !v, !v, !v, !v, !v, !v, !v,
                             !v, !v, !v, !v, !v
    })mlir";
  constexpr const char *twoWidths = R"mlir(
    !v = vector<6xi{0}>
    !w = vector<6xi{1}>
    func.func @f(%a: !v, %b: !w) -> (!w, !w, !v) {{
      %u = arith.extui %a : !v to !w
      %s = arith.extsi %a : !v to !w
      %t = arith.trunci %b : !w to !v
      return %u, %s, %t : !w, !w, !v
    })mlir";
  for (unsigned width : {1, 2, 7, 8, 9, 16, 24, 32, 33, 57, 63, 64}) {
    std::string name = std::to_string(width);
    LaneProgram lanes = program(llvm::formatv(sameWidth, width).str());
    for (size_t samples : {1, 255, 256, 257, 1000})
      compareEvaluators(lanes, samples, width, name);
    for (unsigned wider : {width + 1, width + 7, 64u})
      if (wider > width && wider <= 64)
        compareEvaluators(program(llvm::formatv(twoWidths, width, wider).str()),
                          300, width, name);
  }
}

TEST_F(EvaluateTest, bothAgreeOnBitcasts) {
  for (auto [from, to] :
       {std::pair("8xi8", "2xi32"), std::pair("2xi32", "64xi1"),
        std::pair("64xi1", "4xi16"), std::pair("8xi3", "3xi8"),
        std::pair("2xi64", "8xi16"), std::pair("3xi8", "8xi3")})
    compareEvaluators(program(llvm::formatv("func.func @f(%a: vector<{0}>) -> "
                                            "vector<{1}> {{\n  %r = "
                                            "vector.bitcast %a : vector<{0}> "
                                            "to vector<{1}>\n  return %r : "
                                            "vector<{1}>\n}",
                                            from, to)
                                  .str()),
                      300, 7, from);
}

//===----------------------------------------------------------------------===//
// Meaning of ops: input and expected constant
//===----------------------------------------------------------------------===//

TEST_F(EvaluateTest, arithmeticWraps) {
  EXPECT_EQ(
      run(R"mlir(
    func.func @f(%a: vector<4xi8>, %b: vector<4xi8>)
        -> (vector<4xi8>, vector<4xi8>, vector<4xi8>) {
      %add = arith.addi %a, %b : vector<4xi8>
      %sub = arith.subi %a, %b : vector<4xi8>
      %mul = arith.muli %a, %b : vector<4xi8>
      return %add, %sub, %mul : vector<4xi8>, vector<4xi8>, vector<4xi8>
    })mlir",
          {{255, 128, 0, 7}, {1, 128, 1, 255}}),
      (std::vector<Lanes>{{0, 0, 1, 6}, {254, 0, 255, 8}, {255, 0, 0, 249}}));
}

TEST_F(EvaluateTest, shiftsBeyondTheWidth) {
  EXPECT_EQ(run(R"mlir(
    func.func @f(%a: vector<3xi8>, %b: vector<3xi8>)
        -> (vector<3xi8>, vector<3xi8>, vector<3xi8>) {
      %l = arith.shli %a, %b : vector<3xi8>
      %u = arith.shrui %a, %b : vector<3xi8>
      %s = arith.shrsi %a, %b : vector<3xi8>
      return %l, %u, %s : vector<3xi8>, vector<3xi8>, vector<3xi8>
    })mlir",
                {{0x81, 0x81, 0x81}, {7, 8, 255}}),
            (std::vector<Lanes>{{0x80, 0, 0}, {1, 0, 0}, {255, 255, 255}}));
}

TEST_F(EvaluateTest, comparisons) {
  for (auto [predicate, expected] :
       {std::pair("eq", Lanes{0, 1, 0}), std::pair("ne", Lanes{1, 0, 1}),
        std::pair("ult", Lanes{1, 0, 0}), std::pair("ule", Lanes{1, 1, 0}),
        std::pair("ugt", Lanes{0, 0, 1}), std::pair("uge", Lanes{0, 1, 1}),
        std::pair("slt", Lanes{0, 0, 1}), std::pair("sle", Lanes{0, 1, 1}),
        std::pair("sgt", Lanes{1, 0, 0}), std::pair("sge", Lanes{1, 1, 0})})
    EXPECT_EQ(run(llvm::formatv("func.func @f(%a: vector<3xi8>, %b: "
                                "vector<3xi8>) -> vector<3xi1> {{\n  %r = "
                                "arith.cmpi {0}, %a, %b : vector<3xi8>\n  "
                                "return %r : vector<3xi1>\n}",
                                predicate)
                      .str(),
                  {{1, 9, 128}, {200, 9, 7}}),
              (std::vector<Lanes>{expected}))
        << predicate;
}

TEST_F(EvaluateTest, lanesMove) {
  EXPECT_EQ(run(R"mlir(
    func.func @f(%a: vector<2x3xi8>, %s: i8)
        -> (vector<3x2xi8>, vector<2x2x3xi8>, vector<3xi8>, i8, vector<2x3xi8>,
            vector<2x2xi8>, vector<2x3xi8>) {
      %t = vector.transpose %a, [1, 0] : vector<2x3xi8> to vector<3x2xi8>
      %b = vector.broadcast %a : vector<2x3xi8> to vector<2x2x3xi8>
      %row = vector.extract %a[1] : vector<3xi8> from vector<2x3xi8>
      %one = vector.extract %a[0, 2] : i8 from vector<2x3xi8>
      %put = vector.insert %s, %a[1, 0] : i8 into vector<2x3xi8>
      %part = vector.extract_strided_slice %a
        {offsets = [0, 1], sizes = [2, 2], strides = [1, 1]}
        : vector<2x3xi8> to vector<2x2xi8>
      %patched = vector.insert_strided_slice %part, %a
        {offsets = [0, 0], strides = [1, 1]}
        : vector<2x2xi8> into vector<2x3xi8>
      return %t, %b, %row, %one, %put, %part, %patched
        : vector<3x2xi8>, vector<2x2x3xi8>, vector<3xi8>, i8, vector<2x3xi8>,
          vector<2x2xi8>, vector<2x3xi8>
    })mlir",
                {{1, 2, 3, 4, 5, 6}, {9}}),
            (std::vector<Lanes>{{1, 4, 2, 5, 3, 6},
                                {1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6},
                                {4, 5, 6},
                                {3},
                                {1, 2, 3, 9, 5, 6},
                                {2, 3, 5, 6},
                                {2, 3, 3, 5, 6, 6}}));
}

TEST_F(EvaluateTest, lanesStretchAndInterleave) {
  EXPECT_EQ(run(R"mlir(
    func.func @f(%a: vector<2x1xi8>, %b: vector<2xi8>, %c: vector<2xi8>)
        -> (vector<2x3xi8>, vector<4xi8>, vector<1xi8>, vector<1xi8>,
            vector<3xi8>) {
      %s = vector.broadcast %a : vector<2x1xi8> to vector<2x3xi8>
      %i = vector.interleave %b, %c : vector<2xi8> -> vector<4xi8>
      %e, %o = vector.deinterleave %c : vector<2xi8> -> vector<1xi8>
      %x:2 = vector.to_elements %b : vector<2xi8>
      %f = vector.from_elements %x#1, %x#0, %x#1 : vector<3xi8>
      return %s, %i, %e, %o, %f : vector<2x3xi8>, vector<4xi8>, vector<1xi8>,
                                  vector<1xi8>, vector<3xi8>
    })mlir",
                {{1, 2}, {3, 4}, {5, 6}}),
            (std::vector<Lanes>{
                {1, 1, 1, 2, 2, 2}, {3, 5, 4, 6}, {5}, {6}, {4, 3, 4}}));
}

TEST_F(EvaluateTest, reductions) {
  EXPECT_EQ(run(R"mlir(
    func.func @f(%a: vector<2x5xi8>, %acc: vector<2xi8>, %v: vector<7xi8>)
        -> (vector<2xi8>, vector<5xi8>, i8, i8) {
      %zero = arith.constant dense<0> : vector<5xi8>
      %rows = vector.multi_reduction <add>, %a, %acc [1]
        : vector<2x5xi8> to vector<2xi8>
      %columns = vector.multi_reduction <xor>, %a, %zero [0]
        : vector<2x5xi8> to vector<5xi8>
      %max = vector.reduction <maxui>, %v : vector<7xi8> into i8
      %sum = vector.reduction <add>, %v, %max : vector<7xi8> into i8
      return %rows, %columns, %max, %sum
        : vector<2xi8>, vector<5xi8>, i8, i8
    })mlir",
                {{1, 2, 3, 4, 5, 6, 7, 8, 9, 10},
                 {100, 200},
                 {1, 2, 3, 250, 5, 6, 7}}),
            (std::vector<Lanes>{{115, 240}, {7, 5, 11, 13, 15}, {250}, {12}}));
}

TEST_F(EvaluateTest, bitcastsAreLittleEndian) {
  EXPECT_EQ(run(R"mlir(
    func.func @f(%a: vector<2xi16>) -> (vector<4xi8>, vector<1xi32>) {
      %r = vector.bitcast %a : vector<2xi16> to vector<4xi8>
      %s = vector.bitcast %a : vector<2xi16> to vector<1xi32>
      return %r, %s : vector<4xi8>, vector<1xi32>
    })mlir",
                {{0x1234, 0xabcd}}),
            (std::vector<Lanes>{{0x34, 0x12, 0xcd, 0xab}, {0xabcd1234}}));
}

//===----------------------------------------------------------------------===//
// What has no meaning
//===----------------------------------------------------------------------===//

/// The diagnostic for the body of a function (of %a: vector<4xi8>, %s: i8) that
/// gives %r.
class MeaninglessTest : public SynthesisTest {
protected:
  std::string diagnose(StringRef body, LaneProgram::Trust trust) {
    diagnostics.clear();
    func::FuncOp function =
        parse(("func.func @f(%a: vector<4xi8>, %b: vector<4xi8>, %s: i8) -> "
               "vector<4xi8> {\n" +
               body + "\n  return %r : vector<4xi8>\n}")
                  .str());
    auto program = LaneProgram::create(
        function, {}, trust, [](Operation *) { return func::FuncOp(); });
    EXPECT_TRUE(failed(program));
    return diagnostics;
  }
};

TEST_F(MeaninglessTest, diagnostics) {
  for (auto [body, message] :
       {std::pair("%r = arith.divui %a, %b : vector<4xi8>",
                  "'arith.divui' op has no meaning in lanes of bits"),
        std::pair("%r = arith.addi %a, %b overflow<nsw> : vector<4xi8>",
                  "'arith.addi' op must not promise that nothing overflows"),
        std::pair("%r = arith.shrui %a, %b exact : vector<4xi8>",
                  "'arith.shrui' op must not promise to be exact"),
        std::pair("%n = arith.constant dense<8> : vector<4xi8>\n"
                  "%r = arith.shli %a, %n : vector<4xi8>",
                  "'arith.shli' op shifts by the width of a lane or more"),
        std::pair("%r = vector.shuffle %a, %b [0, -1, 2, 3] : vector<4xi8>, "
                  "vector<4xi8>",
                  "'vector.shuffle' op leaves lanes undefined"),
        std::pair("%i = arith.constant 1 : index\n"
                  "%r = vector.insert %s, %a[%i] : i8 into vector<4xi8>",
                  "a value of type 'index' has no lanes of 1 to 64 bits"),
        std::pair("%w = arith.extui %a : vector<4xi8> to vector<4xi65>\n"
                  "%r = arith.trunci %w : vector<4xi65> to vector<4xi8>",
                  "has no lanes of 1 to 64 bits")})
    EXPECT_NE(diagnose(body, LaneProgram::Trust::Definition).find(message),
              std::string::npos)
        << body << '\n'
        << diagnostics;
}

TEST_F(MeaninglessTest, emittedShiftsAreConstant) {
  StringRef body = "%r = arith.shli %a, %b : vector<4xi8>";
  EXPECT_NE(diagnose(body, LaneProgram::Trust::Emitted)
                .find("shifts by an amount that is not constant"),
            std::string::npos)
      << diagnostics;
}

} // namespace

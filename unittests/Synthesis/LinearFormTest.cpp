//===- LinearFormTest.cpp - Tests of lanes as polynomials -----------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TestUtils.h"

#include "bitserial/Synthesis/Evaluate.h"
#include "bitserial/Synthesis/LinearForm.h"

#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace mlir::bitserial;
using llvm::formatv;
using Lanes = std::vector<uint64_t>;
using Forms = std::vector<LinearLane>;

namespace {

class LinearFormTest : public SynthesisTest {
protected:
  const InstructionSet &set() { return *InstructionSet::get(&context); }

  LaneProgram instruction(StringRef name, ArrayRef<int64_t> immediates = {}) {
    const Instruction *found = set().lookup(name);
    EXPECT_TRUE(found) << name.str();
    return set().getProgram(*found, immediates);
  }

  /// The result of an instruction.
  Forms apply(StringRef name, ArrayRef<Forms> operands,
              ArrayRef<int64_t> immediates = {}) {
    return domain.evaluate(instruction(name, immediates), operands)[0];
  }

  /// Lanes of new bits, one list for each input.
  std::vector<Forms> addBits(const LaneProgram &program) {
    std::vector<Forms> inputs;
    for (LaneType type : program.inputs())
      inputs.push_back(addBits(type.lanes, type.width));
    return inputs;
  }
  Forms addBits(unsigned lanes, unsigned width) {
    Forms result;
    for (unsigned lane = 0; lane < lanes; ++lane)
      result.push_back(domain.addBits(width));
    return result;
  }
  Forms constant(unsigned lanes, unsigned width, uint64_t value) {
    return Forms(lanes, domain.makeConstant(value, width));
  }
  /// Lanes that count something: integers from 0 to `max`.
  Forms addCounts(unsigned lanes, unsigned width, int64_t max) {
    Forms result;
    for (unsigned lane = 0; lane < lanes; ++lane)
      result.push_back(
          domain.makeValue(domain.variable(domain.addInteger(0, max)), width));
    return result;
  }

  LinearPolynomial number(const LinearLane &lane) {
    std::optional<LinearPolynomial> value = domain.asUnsigned(lane);
    EXPECT_TRUE(value) << (lane.reason ? *lane.reason : "out of bounds");
    return value ? *domain.canonical(*value) : LinearPolynomial();
  }
  std::string text(const LinearLane &lane) { return domain.str(number(lane)); }

  LinearDomain domain;
};

//===----------------------------------------------------------------------===//
// Against evaluation
//===----------------------------------------------------------------------===//

/// Whether each lane that is known has the value that evaluate() gives, for
/// random values of all variables. Returns how many lanes are known.
template <typename Add>
size_t compareWithEvaluation(const LaneProgram &program, Add addInput,
                             StringRef name) {
  LinearDomain domain;
  std::vector<Forms> inputs;
  for (LaneType type : program.inputs()) {
    inputs.emplace_back();
    for (unsigned lane = 0; lane < type.lanes; ++lane)
      inputs.back().push_back(addInput(domain, type.width));
  }
  std::vector<Forms> outputs = domain.evaluate(program, inputs);
  std::mt19937_64 random(11);
  size_t known = 0;
  for (unsigned sample = 0; sample < 4; ++sample) {
    std::vector<int64_t> values(domain.numVariables());
    for (int64_t &value : values)
      value = sample == 0 ? 1 : random() % 2;
    std::vector<Lanes> lanes;
    for (const Forms &forms : inputs) {
      lanes.emplace_back();
      for (const LinearLane &lane : forms)
        lanes.back().push_back(domain.evaluate(lane, values));
    }
    std::vector<Lanes> expected = evaluate(program, lanes);
    for (auto [index, forms] : llvm::enumerate(outputs))
      for (auto [i, lane] : llvm::enumerate(forms)) {
        if (lane.isUnknown())
          continue;
        ++known;
        EXPECT_EQ(domain.evaluate(lane, values), expected[index][i])
            << name.str() << " lane " << i;
      }
  }
  return known / 4;
}

/// A function of three vectors of 64 bits, of random ops on lanes of 8 to 64
/// bits.
std::string makeRandomFunction(std::mt19937_64 &random) {
  auto below = [&](unsigned count) { return unsigned(random() % count); };
  auto typeOf = [](unsigned width) {
    return formatv("vector<{0}xi{1}>", 64 / width, width).str();
  };
  std::string body;
  unsigned next = 0;
  /// Names and widths of values.
  std::vector<std::pair<std::string, unsigned>> values = {
      {"%a", 8}, {"%b", 16}, {"%c", 64}};
  auto define = [&](const std::string &op, unsigned width) {
    std::string name = "%v" + std::to_string(next++);
    body += "  " + name + " = " + op + "\n";
    values.push_back({name, width});
    return name;
  };
  auto constant = [&](uint64_t value, unsigned width) {
    return define(formatv("arith.constant dense<{0}> : {1}",
                          signedLane(value, width), typeOf(width)),
                  width);
  };
  auto pick = [&](unsigned width) {
    // Recent ones are more likely, so that long chains come about.
    auto [name, from] =
        values[values.size() - 1 - below(std::min<size_t>(values.size(), 5))];
    if (from == width)
      return name;
    return define(formatv("vector.bitcast {0} : {1} to {2}", name, typeOf(from),
                          typeOf(width)),
                  width);
  };
  for (unsigned i = 0, count = 3 + below(12); i < count; ++i) {
    unsigned width = 8u << below(4);
    std::string type = typeOf(width), a = pick(width);
    static constexpr StringRef binary[] = {"addi",  "addi",  "subi", "muli",
                                           "andi",  "ori",   "xori", "minui",
                                           "maxui", "minsi", "maxsi"};
    static constexpr StringRef shifts[] = {"shli", "shrui", "shrsi"};
    switch (below(7)) {
    case 0:
    case 1: {
      std::string b = pick(width);
      define(formatv("arith.{0} {1}, {2} : {3}", binary[below(11)], a, b, type),
             width);
      break;
    }
    case 2: {
      uint64_t masks[] = {
          1,    3,    15,     0x55,     0x80,
          0xf0, 0xff, 0xffff, random(), ~uint64_t(0) << below(64)};
      std::string mask = constant(masks[below(10)], width);
      define(formatv("arith.{0} {1}, {2} : {3}", binary[3 + below(8)], a, mask,
                     type),
             width);
      break;
    }
    case 3: {
      std::string amount = constant(below(width), width);
      define(formatv("arith.{0} {1}, {2} : {3}", shifts[below(3)], a, amount,
                     type),
             width);
      break;
    }
    case 4:
      define(formatv("math.ctpop {0} : {1}", a, type), width);
      break;
    case 5: {
      // Half of the lanes, wider or narrower and back.
      if (width == 64)
        break;
      std::string half = formatv("vector<{0}xi{1}>", 32 / width, width).str();
      std::string part = "%v" + std::to_string(next++);
      body += formatv("  {0} = vector.extract_strided_slice {1} {{offsets = "
                      "[{2}], sizes = [{3}], strides = [1]} : {4} to {5}\n",
                      part, a, below(2) * 32 / width, 32 / width, type, half);
      define(formatv("arith.{0} {1} : {2} to {3}", below(2) ? "extui" : "extsi",
                     part, half, typeOf(2 * width)),
             2 * width);
      break;
    }
    case 6: {
      std::string b = pick(width), bits = "%v" + std::to_string(next++);
      static constexpr StringRef predicates[] = {"eq", "ult", "slt", "uge"};
      body += formatv("  {0} = arith.cmpi {1}, {2}, {3} : {4}\n", bits,
                      predicates[below(4)], a, b, type);
      std::string c = pick(width);
      define(formatv("arith.select {0}, {1}, {2} : vector<{3}xi1>, {4}", bits,
                     a, c, 64 / width, type),
             width);
      break;
    }
    }
  }
  std::string names, types;
  for (size_t i = values.size(); i-- > 3 && values.size() - i < 5;) {
    names += (names.empty() ? "" : ", ") + values[i].first;
    types += (types.empty() ? "" : ", ") + typeOf(values[i].second);
  }
  return "func.func @f(%a: vector<8xi8>, %b: vector<4xi16>, %c: vector<1xi64>) "
         "-> (" +
         types + ") {\n" + body + "  return " + names + " : " + types + "\n}\n";
}

// What is known of a lane holds: its value, that as a number, and its bounds.
TEST_F(LinearFormTest, agreesWithEvaluationOnRandomPrograms) {
  unsigned numPrograms = 300;
  if (const char *count = getenv("BITSERIAL_RANDOM_PROGRAMS"))
    numPrograms = atoi(count);
  size_t numKnown = 0, numNumbers = 0;
  for (unsigned seed = 0; seed < numPrograms; ++seed) {
    std::mt19937_64 random(seed);
    std::string text = makeRandomFunction(random);
    func::FuncOp function = parse(text);
    ASSERT_TRUE(function) << text;
    FailureOr<LaneProgram> program = set().getProgram(function);
    ASSERT_TRUE(succeeded(program)) << text;
    LinearDomain domain;
    std::vector<Forms> inputs;
    std::vector<std::pair<int64_t, int64_t>> ranges;
    unsigned kind = seed % 3;
    for (LaneType type : program->inputs()) {
      Forms &forms = inputs.emplace_back();
      for (unsigned lane = 0; lane < type.lanes; ++lane) {
        if ((kind + inputs.size()) % 3 == 0) {
          forms.push_back(domain.addBits(type.width));
          ranges.resize(domain.numVariables(), {0, 1});
          continue;
        }
        // A small number of some sign.
        int64_t max = 1 + random() % 100, min = random() % 2 ? 0 : -max;
        forms.push_back(domain.makeValue(
            domain.variable(domain.addInteger(min, max)), type.width));
        ranges.push_back({min, max});
      }
    }
    size_t numInputs = ranges.size();
    std::vector<Forms> outputs = domain.evaluate(*program, inputs);
    struct Number {
      unsigned output, lane;
      bool isSigned;
      LinearPolynomial value;
      Bounds bounds;
    };
    std::vector<Number> numbers;
    for (auto [output, forms] : llvm::enumerate(outputs))
      for (auto [lane, form] : llvm::enumerate(forms))
        for (bool isSigned : {false, true})
          if (auto value =
                  isSigned ? domain.asSigned(form) : domain.asUnsigned(form))
            numbers.push_back({unsigned(output), unsigned(lane), isSigned,
                               *value, domain.bounds(*value)});
    numNumbers += numbers.size();
    for (unsigned sample = 0; sample < 12; ++sample) {
      std::vector<int64_t> values(domain.numVariables());
      for (size_t i = 0; i < numInputs; ++i) {
        auto [min, max] = ranges[i];
        values[i] = sample == 0   ? max
                    : sample == 1 ? min
                                  : min + int64_t(random() % (max - min + 1));
      }
      std::vector<Lanes> lanes;
      for (const Forms &forms : inputs) {
        lanes.emplace_back();
        for (const LinearLane &lane : forms)
          lanes.back().push_back(domain.evaluate(lane, values));
      }
      std::vector<Lanes> expected = evaluate(*program, lanes);
      for (auto [output, forms] : llvm::enumerate(outputs))
        for (auto [i, lane] : llvm::enumerate(forms)) {
          if (lane.isUnknown())
            continue;
          ++numKnown;
          ASSERT_EQ(domain.evaluate(lane, values), expected[output][i])
              << "seed " << seed << ", lane " << i << " of result " << output
              << "\n"
              << text;
        }
      for (const Number &number : numbers) {
        uint64_t lane = expected[number.output][number.lane];
        unsigned width = program->outputType(number.output).width;
        int64_t value = domain.evaluate(number.value, values);
        ASSERT_EQ(value, number.isSigned ? signedLane(lane, width)
                                         : static_cast<int64_t>(lane))
            << "seed " << seed << ", as a number, lane " << number.lane
            << " of result " << number.output << "\n"
            << text;
        ASSERT_TRUE(number.bounds.min <= value && value <= number.bounds.max)
            << "seed " << seed << ": " << value << "\n"
            << text;
      }
    }
  }
  // Most of what is computed is known.
  EXPECT_GT(numKnown, 12 * numPrograms);
  EXPECT_GT(numNumbers, numPrograms);
}

TEST_F(LinearFormTest, agreesWithEvaluationOnAllInstructions) {
  unsigned numKnown = 0;
  for (const Instruction &instruction : set().getInstructions())
    for (ArrayRef<int64_t> immediates : someImmediates(instruction)) {
      LaneProgram program = set().getProgram(instruction, immediates);
      size_t known = compareWithEvaluation(
          program,
          [](LinearDomain &domain, unsigned width) {
            return domain.addBits(width);
          },
          instruction.getName());
      numKnown += known == program.outputType(0).lanes;
      // As numbers, of which single bits are not known.
      compareWithEvaluation(
          program,
          [](LinearDomain &domain, unsigned width) {
            LinearPolynomial sum;
            for (int i = 0; i < 7; ++i)
              sum = *domain.add(sum, domain.variable(domain.addBit()), i + 1);
            return domain.makeValue(sum, width);
          },
          instruction.getName());
    }
  // Most are known in full: no condition is needed for full-range operands.
  EXPECT_GT(numKnown, 500u);
}

//===----------------------------------------------------------------------===//
// Single steps
//===----------------------------------------------------------------------===//

TEST_F(LinearFormTest, countsOfBits) {
  EXPECT_EQ(text(apply("neon.cnt_8b", {addBits(8, 8)})[0]),
            "x0 + x1 + x2 + x3 + x4 + x5 + x6 + x7");
}

TEST_F(LinearFormTest, productsOfBits) {
  Forms a = addBits(8, 8), b = addBits(8, 8);
  Forms both = apply("neon.and_8b", {a, b});
  LinearPolynomial count = number(apply("neon.cnt_8b", {both})[1]);
  EXPECT_EQ(domain.str(count),
            "x8*x72 + x9*x73 + x10*x74 + x11*x75 + x12*x76 + x13*x77 + "
            "x14*x78 + x15*x79");
  // a - 2ab + b for each bit of an exclusive or.
  Forms differ = apply("neon.eor_8b", {a, b});
  EXPECT_EQ(domain.bounds(number(apply("neon.cnt_8b", {differ})[1])).max, 8);
}

// Numbers are known modulo 2^width. Widening asks for more.
TEST_F(LinearFormTest, wideningIsChecked) {
  StringRef text = R"mlir(
    func.func @f(%a: vector<1xi8>, %b: vector<1xi8>) -> vector<1xi16> {
      %s = arith.addi %a, %b : vector<1xi8>
      %r = arith.extui %s : vector<1xi8> to vector<1xi16>
      return %r : vector<1xi16>
    })mlir";
  LaneProgram sum = program(text);
  std::vector<WrapCheck> checks;
  LinearLane fits = domain.evaluate(
      sum, {addCounts(1, 8, 200), addCounts(1, 8, 55)}, &checks)[0][0];
  EXPECT_FALSE(fits.isUnknown());
  ASSERT_EQ(checks.size(), 1u);
  EXPECT_EQ(checks[0].allowedMax, 255);
  EXPECT_EQ(checks[0].max, 255);
  LinearLane wraps =
      domain.evaluate(sum, {addCounts(1, 8, 200), addCounts(1, 8, 56)})[0][0];
  ASSERT_TRUE(wraps.isUnknown());
  EXPECT_EQ(*wraps.reason, "step 3: a lane of 8 bits may wrap: its value is "
                           "within [0, 256]");
}

TEST_F(LinearFormTest, signs) {
  LaneProgram f = program(R"mlir(
    func.func @f(%a: vector<1xi8>) -> (vector<1xi16>, vector<1xi8>) {
      %w = arith.extsi %a : vector<1xi8> to vector<1xi16>
      %m = arith.constant dense<-1> : vector<1xi8>
      %n = arith.muli %a, %m : vector<1xi8>
      return %w, %n : vector<1xi16>, vector<1xi8>
    })mlir");
  LinearLane a = domain.addBits(8);
  std::vector<Forms> results = domain.evaluate(f, {{a}});
  EXPECT_EQ(domain.str(*domain.asSigned(results[0][0])),
            "x0 + 2*x1 + 4*x2 + 8*x3 + 16*x4 + 32*x5 + 64*x6 - 128*x7");
  EXPECT_EQ(domain.bounds(*domain.asSigned(a)).min, -128);
  EXPECT_EQ(domain.bounds(*domain.asUnsigned(a)).max, 255);
  // -(-128) does not fit.
  EXPECT_FALSE(domain.asSigned(results[1][0]));
  // A negative number as an unsigned one, and back.
  LinearLane small =
      domain.makeValue(domain.variable(domain.addInteger(-8, -1)), 8);
  EXPECT_EQ(domain.bounds(*domain.asUnsigned(small)).min, 248);
  EXPECT_EQ(domain.bounds(*domain.asSigned(small)).max, -1);
}

TEST_F(LinearFormTest, fieldsOfNumbers) {
  LaneProgram f = program(R"mlir(
    func.func @f(%a: vector<2xi8>)
        -> (vector<1xi16>, vector<1xi16>, vector<1xi16>, vector<2xi8>) {
      %w = vector.bitcast %a : vector<2xi8> to vector<1xi16>
      %m = arith.constant dense<255> : vector<1xi16>
      %n = arith.constant dense<8> : vector<1xi16>
      %low = arith.andi %w, %m : vector<1xi16>
      %high = arith.shrui %w, %n : vector<1xi16>
      %sum = arith.addi %low, %high : vector<1xi16>
      %back = vector.bitcast %w : vector<1xi16> to vector<2xi8>
      return %low, %high, %sum, %back
        : vector<1xi16>, vector<1xi16>, vector<1xi16>, vector<2xi8>
    })mlir");
  std::vector<Forms> results = domain.evaluate(f, {addCounts(2, 8, 255)});
  EXPECT_EQ(text(results[0][0]), "x0");
  EXPECT_EQ(text(results[1][0]), "x1");
  EXPECT_EQ(text(results[2][0]), "x0 + x1");
  EXPECT_EQ(text(results[3][1]), "x1");
}

//===----------------------------------------------------------------------===//
// Instructions that count
//===----------------------------------------------------------------------===//

TEST_F(LinearFormTest, sumsOfLanes) {
  Forms counts = addCounts(16, 8, 255);
  EXPECT_EQ(text(apply("neon.uaddlp_16b", {counts})[3]), "x6 + x7");
  Forms small = addCounts(16, 8, 127);
  EXPECT_EQ(text(apply("neon.addp_16b", {small, small})[8]), "x16 + x17");
  EXPECT_EQ(text(apply("sse2.psadbw", {counts, constant(16, 8, 0)})[1]),
            "x8 + x9 + x10 + x11 + x12 + x13 + x14 + x15");
  EXPECT_EQ(
      text(apply("neon.uaddlv_16b", {addCounts(16, 8, 1)})[0]).substr(0, 9),
      "x32 + x33");
  Forms wide = addCounts(8, 16, 65535 - 510);
  EXPECT_EQ(text(apply("neon.uadalp_16b", {wide, counts})[0]), "x0 + x1 + x48");
}

TEST_F(LinearFormTest, dotProducts) {
  Forms counts = addCounts(16, 8, 255), zero = constant(4, 32, 0);
  EXPECT_EQ(
      text(apply("dotprod.udot_16b", {zero, counts, constant(16, 8, 4)})[1]),
      "4*x4 + 4*x5 + 4*x6 + 4*x7");
  EXPECT_EQ(text(apply("avx512vnni.vpdpbusd_128",
                       {zero, counts, constant(16, 8, 2)})[0]),
            "2*x0 + 2*x1 + 2*x2 + 2*x3");
  // Saturation is out of reach for small weights, and only for these.
  EXPECT_EQ(text(apply("ssse3.pmaddubsw", {counts, constant(16, 8, 64)})[0]),
            "64*x0 + 64*x1");
  EXPECT_TRUE(
      apply("ssse3.pmaddubsw", {counts, constant(16, 8, 65)})[0].isUnknown());
  // Products of two numbers, bit by bit.
  Forms a = addBits(16, 8), b = addBits(16, 8);
  for (Forms *lanes : {&a, &b}) // of two bits
    for (LinearLane &lane : *lanes)
      std::fill(lane.bits.begin() + 2, lane.bits.end(), 0);
  LinearPolynomial sum = number(apply("dotprod.udot_16b", {zero, a, b})[0]);
  EXPECT_EQ(sum.terms().size(), 16u);
  EXPECT_EQ(domain.bounds(sum).max, 36);
}

TEST_F(LinearFormTest, tables) {
  // Counting with a table of nibbles.
  LaneProgram nibbles = program(R"mlir(
    func.func @f(%a: vector<16xi8>) -> (vector<16xi8>, vector<16xi8>) {
      %m = arith.constant dense<15> : vector<16xi8>
      %n = arith.constant dense<4> : vector<16xi8>
      %low = arith.andi %a, %m : vector<16xi8>
      %high = arith.shrui %a, %n : vector<16xi8>
      return %low, %high : vector<16xi8>, vector<16xi8>
    })mlir");
  Forms table;
  for (unsigned i = 0; i < 16; ++i)
    table.push_back(domain.makeConstant(llvm::popcount(i), 8));
  Forms a = addBits(16, 8);
  std::vector<Forms> halves = domain.evaluate(nibbles, {a});
  Forms sum = apply("sse2.paddb", {apply("ssse3.pshufb", {table, halves[0]}),
                                   apply("ssse3.pshufb", {table, halves[1]})});
  EXPECT_EQ(text(sum[0]), "x0 + x1 + x2 + x3 + x4 + x5 + x6 + x7");
  EXPECT_EQ(number(sum[5]), number(apply("neon.cnt_16b", {a})[5]));

  // A table of numbers, chosen by three bits.
  Forms numbers = addCounts(16, 8, 20);
  Forms index = addBits(16, 8);
  for (LinearLane &lane : index)
    std::fill(lane.bits.begin() + 3, lane.bits.end(), 0);
  LinearPolynomial chosen = number(apply("ssse3.pshufb", {numbers, index})[0]);
  Bounds bounds = domain.bounds(chosen);
  EXPECT_EQ(bounds.min, 0);
  EXPECT_EQ(bounds.max, 20);
  EXPECT_TRUE(bounds.exact);
  std::vector<int64_t> point = domain.extremePoint(chosen, true);
  EXPECT_EQ(domain.evaluate(chosen, point), 20);
}

TEST_F(LinearFormTest, bitMatrices) {
  Forms identity = constant(16, 8, 0);
  for (unsigned i = 0; i < 16; ++i)
    identity[i] = domain.makeConstant(0x80 >> (i % 8), 8);
  Forms a = addBits(16, 8);
  Forms same = apply("gfni.gf2p8affineqb", {a, identity}, {0});
  EXPECT_EQ(same[3].bits, a[3].bits);
}

//===----------------------------------------------------------------------===//
// Facts that are out of reach of a solver
//===----------------------------------------------------------------------===//

// pop(a & b) - pop(~a & b) = 2 pop(a & b) - pop(b)
TEST_F(LinearFormTest, complement) {
  LaneProgram f = program(R"mlir(
    !v = vector<1xi60>
    func.func @f(%a: !v, %b: !v) -> (!v, !v) {
      %ones = arith.constant dense<-1> : !v
      %one = arith.constant dense<1> : !v
      %not_a = arith.xori %a, %ones : !v
      %ab = arith.andi %a, %b : !v
      %rest = arith.andi %not_a, %b : !v
      %p = math.ctpop %ab : !v
      %q = math.ctpop %rest : !v
      %r = math.ctpop %b : !v
      %left = arith.subi %p, %q : !v
      %twice = arith.shli %p, %one : !v
      %right = arith.subi %twice, %r : !v
      return %left, %right : !v, !v
    })mlir");
  std::vector<Forms> results = domain.evaluate(f, addBits(f));
  std::optional<LinearPolynomial> left = domain.asSigned(results[0][0]),
                                  right = domain.asSigned(results[1][0]);
  ASSERT_TRUE(left && right);
  EXPECT_EQ(*domain.canonical(*left), *domain.canonical(*right));
  // Per bit 2ab - b is within [-1, 1], not [-1, 2].
  Bounds bounds = domain.bounds(*domain.canonical(*left));
  EXPECT_EQ(bounds.min, -60);
  EXPECT_EQ(bounds.max, 60);
  EXPECT_TRUE(bounds.exact);
}

/// A carry-save adder by ternary logic: x + y + z = sum + 2 carry.
std::pair<LinearLane, LinearLane> addCarrySave(LinearDomain &domain,
                                               const LaneProgram &sum,
                                               const LaneProgram &carry,
                                               ArrayRef<Forms> xyz) {
  return {domain.evaluate(sum, xyz)[0][0], domain.evaluate(carry, xyz)[0][0]};
}

// Harley and Seal's tree over 16 products: the sum of the popcounts.
TEST_F(LinearFormTest, carrySaveTree) {
  LaneProgram sum = program(R"mlir(
    func.func @f(%x: vector<1xi32>, %y: vector<1xi32>, %z: vector<1xi32>)
        -> vector<1xi32> {
      %xy = arith.xori %x, %y : vector<1xi32>
      %r = arith.xori %xy, %z : vector<1xi32>
      return %r : vector<1xi32>
    })mlir");
  LaneProgram carry = program(R"mlir(
    func.func @f(%x: vector<1xi32>, %y: vector<1xi32>, %z: vector<1xi32>)
        -> vector<1xi32> {
      %xy = arith.andi %x, %y : vector<1xi32>
      %either = arith.xori %x, %y : vector<1xi32>
      %z_if = arith.andi %either, %z : vector<1xi32>
      %r = arith.ori %xy, %z_if : vector<1xi32>
      return %r : vector<1xi32>
    })mlir");
  LaneProgram both = program(R"mlir(
    func.func @f(%a: vector<1xi32>, %b: vector<1xi32>) -> vector<1xi32> {
      %r = arith.andi %a, %b : vector<1xi32>
      return %r : vector<1xi32>
    })mlir");
  LaneProgram count = program(R"mlir(
    func.func @f(%a: vector<1xi32>) -> vector<1xi32> {
      %r = math.ctpop %a : vector<1xi32>
      return %r : vector<1xi32>
    })mlir");

  std::optional<LinearPolynomial> expected = LinearPolynomial();
  std::vector<LinearLane> level;
  for (unsigned i = 0; i < 16; ++i) {
    LinearLane product = domain.evaluate(both, addBits(both))[0][0];
    level.push_back(product);
    LinearLane bits = domain.evaluate(count, {{product}})[0][0];
    expected = domain.add(*expected, *domain.asUnsigned(bits));
  }
  std::vector<LinearLane> running(4, domain.makeConstant(0, 32));
  std::optional<LinearPolynomial> actual = LinearPolynomial();
  int64_t weight = 1;
  for (unsigned bit = 0; bit < 4; ++bit, weight *= 2) {
    std::vector<LinearLane> carries;
    for (size_t i = 0; i < level.size(); i += 2) {
      auto [s, c] = addCarrySave(domain, sum, carry,
                                 {{running[bit]}, {level[i]}, {level[i + 1]}});
      running[bit] = s;
      carries.push_back(c);
    }
    LinearLane bits = domain.evaluate(count, {{running[bit]}})[0][0];
    actual = domain.add(*actual, *domain.asUnsigned(bits), weight);
    level = std::move(carries);
  }
  ASSERT_EQ(level.size(), 1u);
  LinearLane bits = domain.evaluate(count, {{level[0]}})[0][0];
  actual = domain.add(*actual, *domain.asUnsigned(bits), weight);
  ASSERT_TRUE(actual);
  std::optional<LinearPolynomial> canonical = domain.canonical(*actual);
  ASSERT_TRUE(canonical);
  EXPECT_EQ(*canonical, *domain.canonical(*expected));
  EXPECT_EQ(domain.bounds(*canonical).max, 16 * 32);
}

// t = o ^ (a1 & b1), s = t ^ (a2 & b2), c = t ? ~s : o by three instructions.
TEST_F(LinearFormTest, fusedCarrySave) {
  auto bits = [&] { return addBits(4, 32); };
  Forms o = bits(), a1 = bits(), b1 = bits(), a2 = bits(), b2 = bits();
  Forms t = apply("avx512f.vpternlogd_128", {o, a1, b1}, {0b01111000});
  Forms s = apply("avx512f.vpternlogd_128", {t, a2, b2}, {0b01111000});
  // t ? ~s : o, of t, s, o.
  Forms c = apply("avx512f.vpternlogd_128", {t, s, o}, {0b00111010});
  auto count = [&](const Forms &lanes) {
    return number(apply("avx512vpopcntdq.vpopcntd_128", {lanes})[2]);
  };
  LinearPolynomial p1 =
      count(apply("avx512f.vpternlogd_128", {a1, b1, b1}, {0b11000000}));
  LinearPolynomial p2 =
      count(apply("avx512f.vpternlogd_128", {a2, b2, b2}, {0b11000000}));
  LinearPolynomial left = *domain.add(*domain.add(count(o), p1), p2);
  EXPECT_EQ(left, *domain.add(count(s), count(c), 2));
  // A wrong immediate is no carry.
  Forms wrong = apply("avx512f.vpternlogd_128", {t, s, o}, {0b00111011});
  EXPECT_NE(left, *domain.add(count(s), count(wrong), 2));
}

//===----------------------------------------------------------------------===//
// How long counts may be added
//===----------------------------------------------------------------------===//

// A byte holds 31 counts of eight bits, not 32.
TEST_F(LinearFormTest, flushPeriod) {
  for (int64_t steps : {31, 32}) {
    Forms bytes = addCounts(16, 8, (steps - 1) * 8);
    Forms counts = apply("neon.cnt_16b", {addBits(16, 8)});
    Forms sum = apply("neon.add_16b", {bytes, counts});
    Forms wide = apply("neon.uaddlp_16b", {sum});
    EXPECT_EQ(wide[0].isUnknown(), steps == 32);
    if (steps == 32) { // the counterexample: all bits are one
      Bounds bounds = domain.bounds(sum[0].value);
      EXPECT_EQ(bounds.max, 256);
      EXPECT_TRUE(bounds.exact);
      std::vector<int64_t> point = domain.extremePoint(sum[0].value, true);
      EXPECT_EQ(domain.evaluate(sum[0].value, point), 256);
      EXPECT_EQ(domain.evaluate(counts[0], point), 8u);
    }
  }
}

// The published reduction of A2W2 on NEON: its bounds count 7 for eight ones.
// With the true ones, sums of bytes wrap.
TEST_F(LinearFormTest, publishedReductionTree) {
  for (auto [bound, holds] : {std::pair(63, true), std::pair(72, false)}) {
    Forms counts = addCounts(8, 8, bound);
    Forms pairs = apply("armv7.vpadd_8b", {counts, counts});
    Forms wide = apply("armv7.vpaddl_u8b", {pairs});
    EXPECT_EQ(wide[0].isUnknown(), false) << "two counts of 72 fit";
    Forms four = apply("armv7.vpadd_8b", {pairs, pairs});
    EXPECT_EQ(apply("armv7.vpaddl_u8b", {four})[0].isUnknown(), !holds);
    if (!holds) {
      std::vector<int64_t> point = domain.extremePoint(four[0].value, true);
      EXPECT_EQ(domain.evaluate(four[0].value, point), 288);
    }
  }
}

// 512 products of two-bit numbers, two ways.
TEST_F(LinearFormTest, longDotProduct) {
  std::optional<LinearPolynomial> planes = LinearPolynomial(),
                                  products = LinearPolynomial();
  for (unsigned i = 0; i < 512; i += 16) {
    Forms a = addBits(16, 8), b = addBits(16, 8);
    for (Forms *lanes : {&a, &b})
      for (LinearLane &lane : *lanes)
        std::fill(lane.bits.begin() + 2, lane.bits.end(), 0);
    Forms dots = apply("dotprod.udot_16b", {constant(4, 32, 0), a, b});
    for (const LinearLane &lane : dots)
      products = domain.add(*products, *domain.asUnsigned(lane));
    // The planes: two words of 16 bits each.
    for (unsigned p = 0; p < 2; ++p)
      for (unsigned q = 0; q < 2; ++q) {
        Forms x(16, domain.makeConstant(0, 8)), y = x;
        for (unsigned bit = 0; bit < 16; ++bit) {
          x[bit / 8].bits[bit % 8] = a[bit].bits[p];
          y[bit / 8].bits[bit % 8] = b[bit].bits[q];
        }
        Forms counts = apply("neon.cnt_16b", {apply("neon.and_16b", {x, y})});
        for (unsigned half : {0, 1})
          planes = domain.add(*planes, *domain.asUnsigned(counts[half]),
                              1 << (p + q));
      }
  }
  ASSERT_TRUE(planes && products);
  EXPECT_EQ(planes->terms().size(), 2048u);
  EXPECT_EQ(*planes, *products);
  Bounds bounds = domain.bounds(*planes);
  EXPECT_EQ(bounds.max, 512 * 9);
  EXPECT_TRUE(bounds.exact);
}

TEST_F(LinearFormTest, limitsGiveUp) {
  // Two integers may not be multiplied.
  LinearPolynomial x = domain.variable(domain.addInteger(0, 5));
  LinearPolynomial y = domain.variable(domain.addInteger(0, 5));
  EXPECT_FALSE(domain.multiply(x, y));
  EXPECT_FALSE(domain.multiply(x, x));
  LinearPolynomial b = domain.variable(domain.addBit());
  EXPECT_EQ(*domain.multiply(b, b), b);
  // Nor may coefficients overflow.
  EXPECT_FALSE(
      domain.scale(*domain.scale(x, int64_t(1) << 40), int64_t(1) << 40));
  Forms wide = addBits(1, 64);
  EXPECT_FALSE(domain.asUnsigned(wide[0]));
}

} // namespace

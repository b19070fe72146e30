//===- PackProver.cpp - Proofs that pack kernels are correct --------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Synthesis/PackProver.h"

#include "ProofFiles.h"
#include "bitserial/Synthesis/Evaluate.h"
#include "bitserial/Synthesis/SolverTerms.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"

#include <chrono>
#include <random>

using namespace mlir;
using namespace mlir::bitserial;
using llvm::formatv;

std::string PackCounterexample::str() const {
  std::string text = formatv("bit {0} of number {1}, which is {2}, is {3} "
                             "instead of {4}; the numbers:",
                             plane, number, values[number], unsigned(actual),
                             unsigned(!actual));
  for (int64_t value : values)
    text += formatv(" {0}", value);
  return text;
}

//===----------------------------------------------------------------------===//
// Concrete values
//===----------------------------------------------------------------------===//

namespace {
class Screen {
public:
  Screen(const PackSpec &spec, const LaneProgram &program)
      : spec(spec), evaluator(program),
        valueBytes(bytesPerLane(spec.format.getValueBits())) {}

  /// `samples` holds the numbers of one sample after the other.
  std::optional<PackCounterexample> check(ArrayRef<int64_t> samples);

private:
  const PackSpec &spec;
  Evaluator evaluator;
  unsigned valueBytes;
};
} // namespace

std::optional<PackCounterexample> Screen::check(ArrayRef<int64_t> samples) {
  const NumberFormat &format = spec.format;
  size_t numSamples = samples.size() / spec.numValues;
  std::vector<uint8_t> memory(samples.size() * valueBytes);
  for (auto [i, value] : llvm::enumerate(samples)) {
    // In the byte order of this machine.
    uint8_t byte = value;
    uint16_t two = value;
    memcpy(&memory[i * valueBytes],
           valueBytes == 1 ? static_cast<const void *>(&byte) : &two,
           valueBytes);
  }
  size_t planeBytes = spec.numValues / 8;
  std::vector<std::vector<uint8_t>> planes(
      format.getWidth(), std::vector<uint8_t>(numSamples * planeBytes));
  SmallVector<void *> outputs;
  for (std::vector<uint8_t> &plane : planes)
    outputs.push_back(plane.data());
  evaluator.run({memory.data()}, outputs, numSamples);
  for (auto [i, value] : llvm::enumerate(samples)) {
    unsigned bits = format.encode(value);
    for (unsigned plane = 0; plane < format.getWidth(); ++plane) {
      bool actual = planes[plane][i / 8] >> (i % 8) & 1;
      if (actual == bool(bits >> plane & 1))
        continue;
      ArrayRef<int64_t> sample =
          samples.slice(i / spec.numValues * spec.numValues, spec.numValues);
      return PackCounterexample{sample.vec(), plane,
                                unsigned(i % spec.numValues), actual};
    }
  }
  return std::nullopt;
}

FailureOr<std::optional<PackCounterexample>>
bitserial::screenPack(const PackKernel &kernel, const InstructionSet &set) {
  FailureOr<LaneProgram> program = set.getProgram(kernel.function);
  if (failed(program))
    return failure();
  const NumberFormat &format = kernel.spec.format;
  SmallVector<int64_t> legal;
  for (int64_t value = format.getMin(); value <= format.getMax();
       value += format.getStep())
    legal.push_back(value);

  // Every value everywhere, shifted against each other; then random ones, with
  // the same value in one lane and another in all others among them.
  std::vector<int64_t> samples;
  std::mt19937 random(1);
  auto any = [&] { return legal[random() % legal.size()]; };
  for (size_t first = 0; first < legal.size(); ++first)
    for (unsigned i = 0; i < kernel.spec.numValues; ++i)
      samples.push_back(legal[(first + i) % legal.size()]);
  for (unsigned i = 0; i < kernel.spec.numValues; ++i) {
    int64_t others = any(), value = any();
    for (unsigned j = 0; j < kernel.spec.numValues; ++j)
      samples.push_back(i == j ? value : others);
  }
  for (unsigned i = 0; i < 32 * kernel.spec.numValues; ++i)
    samples.push_back(any());
  return Screen(kernel.spec, *program).check(samples);
}

//===----------------------------------------------------------------------===//
// Claims
//===----------------------------------------------------------------------===//

namespace {
using Kind = LaneProgram::Kind;

/// A claim about one byte of one plane.
struct ByteClaim {
  SolverQuery query;
  std::string text; ///< For people.
  /// The numbers that its variables are bits of, plane by plane.
  SmallVector<unsigned> numbers;
};

class ClaimMaker {
public:
  ClaimMaker(const PackKernel &kernel, const LaneProgram &program)
      : format(kernel.spec.format), numValues(kernel.spec.numValues),
        program(program) {}

  ByteClaim make(unsigned plane, unsigned byte);

private:
  /// The value of bits.
  SolverTerm getValue(SolverQuery &query, ArrayRef<SolverTerm> bits);

  const NumberFormat &format;
  unsigned numValues;
  const LaneProgram &program;
};
} // namespace

SolverTerm ClaimMaker::getValue(SolverQuery &query, ArrayRef<SolverTerm> bits) {
  unsigned width = format.getValueBits();
  auto constant = [&](int64_t value) {
    return SolverQuery::getConstant(uint64_t(value) & laneMask(width), width);
  };
  SolverTerm value = constant(format.getOffset());
  for (auto [bit, weight] : llvm::zip_equal(bits, format.getWeights()))
    value = query.addTerm(
        Kind::Add, width,
        {value, query.addTerm(Kind::Select, width,
                              {bit, constant(weight), constant(0)})});
  return value;
}

ByteClaim ClaimMaker::make(unsigned plane, unsigned byte) {
  ByteClaim claim;
  std::pair<unsigned, unsigned> demanded(plane, byte);
  SmallVector<bool> isUsed(numValues);
  for (auto [input, number] : SolverQuery::findInputs(program, demanded))
    isUsed[number] = true;
  // What it has to depend on, even if it does not.
  for (unsigned i = 0; i < 8; ++i)
    isUsed[8 * byte + i] = true;

  // Numbers are called by their place among those used, so that claims about
  // different bytes have the same text.
  SolverQuery &query = claim.query;
  std::vector<std::vector<SolverTerm>> inputs(1);
  inputs[0].resize(numValues);
  SmallVector<SolverTerm> expectedBits;
  unsigned first = 0;
  for (unsigned number = 0; number < numValues; ++number) {
    if (!isUsed[number])
      continue;
    unsigned index = claim.numbers.size();
    if (number == 8 * byte)
      first = index;
    claim.numbers.push_back(number);
    SmallVector<SolverTerm> bits;
    for (unsigned p = 0; p < format.getWidth(); ++p)
      bits.push_back(query.addVariable(formatv("x{0}_{1}", index, p).str(), 1));
    if (format.getKind() == bitserial::Kind::Ternary)
      for (unsigned p = 0; p < format.getWidth(); p += 2) {
        SolverTerm both = query.addTerm(Kind::And, 1, {bits[p], bits[p + 1]});
        query.assume(query.addTerm(Kind::Equal, 1,
                                   {both, SolverQuery::getConstant(0, 1)}));
      }
    inputs[0][number] = getValue(query, bits);
    if (number / 8 == byte)
      expectedBits.push_back(bits[plane]);
  }

  SolverTerm actual = query.addProgram(program, inputs, demanded)[plane][byte];
  SolverTerm expected = SolverQuery::getConstant(0, 8);
  for (auto [i, bit] : llvm::enumerate(expectedBits)) {
    SolverTerm moved = query.addTerm(
        Kind::ShiftLeft, 8,
        {query.addTerm(Kind::ExtendU, 8, bit), SolverQuery::getConstant(i, 8)});
    expected = query.addTerm(Kind::Or, 8, {expected, moved});
  }
  query.claimEqual(actual, expected);
  claim.text = formatv(
      "Of {0} numbers x0, x1, ... of the format {1}, with the bits xi_p,\n"
      "a byte of plane {2} has the bits x{3}_{2} to x{4}_{2}.",
      claim.numbers.size(), format.describe(), plane, first, first + 7);
  return claim;
}

//===----------------------------------------------------------------------===//
// Proofs
//===----------------------------------------------------------------------===//

PackProof bitserial::provePack(const PackKernel &kernel,
                               const InstructionSet &set, Solver *solver) {
  PackProof proof;
  FailureOr<LaneProgram> program = set.getProgram(kernel.function);
  if (failed(program)) {
    proof.reason = "the code has no meaning";
    return proof;
  }
  auto refute = [&](PackCounterexample counterexample) {
    proof.verdict = Verdict::Refuted;
    proof.reason = counterexample.str();
    proof.counterexample = std::move(counterexample);
  };
  FailureOr<std::optional<PackCounterexample>> screened =
      screenPack(kernel, set);
  if (succeeded(screened) && *screened) {
    refute(std::move(**screened));
    return proof;
  }
  if (!solver) {
    proof.reason = "there is no solver";
    return proof;
  }

  auto start = std::chrono::steady_clock::now();
  proof.solver = solver->getVersion();
  llvm::StringMap<size_t> known;
  const PackSpec &spec = kernel.spec;
  ClaimMaker maker(kernel, *program);
  for (unsigned plane = 0; plane < spec.format.getWidth(); ++plane)
    for (unsigned byte = 0; byte < spec.numValues / 8; ++byte) {
      ByteClaim claim = maker.make(plane, byte);
      std::string text = claim.query.str(claim.text);
      auto [it, isNew] = known.try_emplace(text, proof.obligations.size());
      if (!isNew) {
        ++proof.obligations[it->second].uses;
        continue;
      }
      SolverAnswer answer = solver->prove(claim.query);
      proof.resources += answer.resources;
      if (answer.isRefuted()) {
        // The other numbers do not matter.
        std::vector<int64_t> values(spec.numValues, spec.format.decode(0));
        unsigned width = spec.format.getWidth();
        for (auto [i, number] : llvm::enumerate(claim.numbers)) {
          unsigned bits = 0;
          for (unsigned p = 0; p < width; ++p)
            bits |= unsigned(answer.counterexample[i * width + p] & 1) << p;
          values[number] = spec.format.decode(bits);
        }
        std::optional<PackCounterexample> found =
            Screen(spec, *program).check(values);
        if (found) {
          refute(std::move(*found));
          return proof;
        }
        answer.verdict = Verdict::Unknown;
        answer.reason = "the solver's counterexample is none";
      }
      Obligation obligation;
      obligation.kind = Obligation::Kind::Bits;
      obligation.name = "bits-" + hashProofText(text).substr(0, 16);
      obligation.claim = std::move(claim.text);
      obligation.text = std::move(text);
      obligation.verdict = answer.verdict;
      obligation.reason = answer.reason;
      obligation.resources = answer.resources;
      bool isProved = answer.isProved();
      proof.obligations.push_back(std::move(obligation));
      if (!isProved) {
        proof.reason = formatv("the solver gave up on byte {0} of plane {1}: "
                               "{2}",
                               byte, plane, answer.reason);
        return proof;
      }
    }
  proof.seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start)
          .count();
  proof.verdict = Verdict::Proved;
  return proof;
}

llvm::Error bitserial::writePackProof(StringRef folder, StringRef name,
                                      const PackKernel &kernel,
                                      const InstructionSet &set,
                                      const PackProof &proof) {
  if (!proof.isProved())
    return llvm::createStringError("there is no proof to be written");
  llvm::json::Object manifest{
      {"verdict", stringifyVerdict(proof.verdict)},
      {"specification", kernel.spec.str()},
      {"cpu", kernel.cpu},
      {"solver", proof.solver},
      {"resources", proof.resources},
  };
  return writeProofFolder(folder, name, kernel.module, set, proof.obligations,
                          std::move(manifest));
}

//===- MutantTest.cpp - Kernels with a mistake are refuted ----------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every mutant differs from a correct kernel in one place. None may be unknown,
// and none proved but those that compute what the kernel does: a proof is about
// the specification, so it tells these from the others, and they are run.
//
//===----------------------------------------------------------------------===//

#include "KernelCode.h"
#include "ProverTestUtils.h"

#include "bitserial/Synthesis/KernelLibrary.h"
#include "bitserial/Transforms/NumberKernel.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Verifier.h"

#include "llvm/Support/FormatVariadic.h"

#include <map>

using namespace mlir;
using namespace mlir::bitserial;

namespace {

/// Changes one op of a function; says how, or returns an empty text if there
/// is nothing of the kind to change. `which` tells places within the op apart.
struct Mutation {
  StringRef kind;
  std::string (*apply)(Operation *op, unsigned which);
};

std::string printOp(Operation *op) {
  std::string text;
  llvm::raw_string_ostream os(text);
  op->print(os);
  return text;
}

/// Replaces an operand by a constant of the same type with changed elements.
bool changeConstant(Operation *op, unsigned operand,
                    llvm::function_ref<void(SmallVectorImpl<APInt> &)> change) {
  auto constant = op->getOperand(operand).getDefiningOp<arith::ConstantOp>();
  if (!constant)
    return false;
  OpBuilder b(op);
  TypedAttr attr;
  if (auto dense = dyn_cast<DenseIntElementsAttr>(constant.getValue())) {
    SmallVector<APInt> values(dense.getValues<APInt>());
    change(values);
    attr = cast<TypedAttr>(DenseElementsAttr::get(dense.getType(), values));
  } else {
    auto integer = cast<IntegerAttr>(constant.getValue());
    SmallVector<APInt> values = {integer.getValue()};
    change(values);
    attr = b.getIntegerAttr(integer.getType(), values[0]);
  }
  op->setOperand(operand, arith::ConstantOp::create(b, op->getLoc(), attr));
  return true;
}

std::string changeShift(Operation *op, unsigned which) {
  if (!isa<arith::ShLIOp, arith::ShRUIOp, arith::ShRSIOp>(op) || which > 1)
    return "";
  int delta = which ? -1 : 1;
  bool changed = changeConstant(op, 1, [&](SmallVectorImpl<APInt> &values) {
    for (APInt &value : values)
      value += delta;
  });
  return changed ? llvm::formatv("shift by {0} more", delta).str() : "";
}

/// Swaps the first and the last lane of a result.
std::string swapResultLanes(func::ReturnOp op, unsigned which) {
  if (which >= op->getNumOperands())
    return "";
  Value value = op->getOperand(which);
  int64_t numLanes = cast<VectorType>(value.getType()).getNumElements();
  SmallVector<int64_t> mask = llvm::to_vector(llvm::seq(numLanes));
  std::swap(mask.front(), mask.back());
  OpBuilder b(op);
  op->setOperand(
      which, vector::ShuffleOp::create(b, op->getLoc(), value, value, mask));
  return llvm::formatv("lanes of result {0}", which);
}

std::string swapLanes(Operation *op, unsigned which) {
  if (auto ret = dyn_cast<func::ReturnOp>(op))
    return swapResultLanes(ret, which);
  auto shuffle = dyn_cast<vector::ShuffleOp>(op);
  if (!shuffle || which > 1)
    return "";
  SmallVector<int64_t> mask(shuffle.getMask());
  int64_t numSources = 0;
  for (Value source : {shuffle.getV1(), shuffle.getV2()})
    numSources += cast<VectorType>(source.getType()).getNumElements();
  if (which == 0) // another lane, which is not the same one of the other source
    mask[0] = (mask[0] + 1) % numSources;
  else if (mask.size() > 1 && mask[0] != mask[1])
    std::swap(mask[0], mask[1]);
  else
    return "";
  shuffle.setMask(mask);
  return "lanes of a shuffle";
}

std::string changeTable(Operation *op, unsigned which) {
  auto call = dyn_cast<LLVM::CallIntrinsicOp>(op);
  if (!call || !call.getIntrin().contains("pshuf") || which > 2)
    return "";
  unsigned entry = which * 7;
  bool changed = changeConstant(
      op, 0, [&](SmallVectorImpl<APInt> &values) { values[entry] += 1; });
  return changed ? llvm::formatv("table entry {0}", entry).str() : "";
}

std::string changeTernary(Operation *op, unsigned which) {
  auto call = dyn_cast<LLVM::CallIntrinsicOp>(op);
  if (!call || !call.getIntrin().contains("pternlog") || which > 7)
    return "";
  bool changed = changeConstant(op, 3, [&](SmallVectorImpl<APInt> &values) {
    values[0] ^= APInt(values[0].getBitWidth(), 1 << which);
  });
  return changed ? llvm::formatv("ternary immediate bit {0}", which).str() : "";
}

std::string dropOp(Operation *op, unsigned which) {
  if (op->getNumResults() != 1 || which >= op->getNumOperands() || which > 1 ||
      op->getOperand(which).getType() != op->getResult(0).getType() ||
      isa<arith::ConstantOp>(op))
    return "";
  op->getResult(0).replaceAllUsesWith(op->getOperand(which));
  return llvm::formatv("dropped, operand {0} instead", which);
}

std::string exchangeOp(Operation *op, unsigned which) {
  if (which)
    return "";
  OpBuilder b(op);
  Location loc = op->getLoc();
  Value a = op->getNumOperands() > 0 ? op->getOperand(0) : Value(),
        c = op->getNumOperands() > 1 ? op->getOperand(1) : Value();
  Value other;
  if (isa<arith::AddIOp>(op))
    other = arith::SubIOp::create(b, loc, a, c);
  else if (isa<arith::SubIOp>(op))
    other = arith::AddIOp::create(b, loc, a, c);
  else if (isa<arith::AndIOp>(op))
    other = arith::OrIOp::create(b, loc, a, c);
  else if (isa<arith::XOrIOp>(op))
    other = arith::AndIOp::create(b, loc, a, c);
  else
    return "";
  op->getResult(0).replaceAllUsesWith(other);
  return "another op";
}

std::string changeCoefficient(Operation *op, unsigned which) {
  auto call = dyn_cast<LLVM::CallIntrinsicOp>(op);
  if (!call ||
      !(call.getIntrin().contains("dot") || call.getIntrin().contains("madd") ||
        call.getIntrin().contains("psad")) ||
      which >= op->getNumOperands())
    return "";
  bool changed = changeConstant(op, which, [&](SmallVectorImpl<APInt> &values) {
    for (APInt &value : values)
      value += 1;
  });
  return changed ? "coefficient + 1" : "";
}

/// Uses another argument.
std::string changePlane(Operation *op, unsigned which) {
  if (which >= op->getNumOperands() || isa<func::ReturnOp>(op))
    return "";
  auto argument = dyn_cast<BlockArgument>(op->getOperand(which));
  if (!argument)
    return "";
  for (BlockArgument other : argument.getOwner()->getArguments())
    if (other.getType() == argument.getType() &&
        other.getArgNumber() > argument.getArgNumber()) {
      op->setOperand(which, other);
      return llvm::formatv("argument {0} instead of {1}", other.getArgNumber(),
                           argument.getArgNumber());
    }
  return "";
}

/// Returns the state as it was, instead of zero or a new one.
std::string dropResult(Operation *op, unsigned which) {
  if (!isa<func::ReturnOp>(op) || which >= op->getNumOperands())
    return "";
  Block *block = op->getBlock();
  if (which >= block->getNumArguments() ||
      block->getArgument(which) == op->getOperand(which) ||
      block->getArgument(which).getType() != op->getOperand(which).getType())
    return "";
  op->setOperand(which, block->getArgument(which));
  return llvm::formatv("component {0} is not updated", which);
}

/// Computes with zero instead of an argument, such as the sum of before.
std::string forgetArgument(Operation *op, unsigned which) {
  if (which >= op->getNumOperands() || isa<func::ReturnOp>(op) ||
      !isa<BlockArgument>(op->getOperand(which)))
    return "";
  OpBuilder b(op);
  Value argument = op->getOperand(which);
  op->setOperand(which,
                 arith::ConstantOp::create(b, op->getLoc(),
                                           b.getZeroAttr(argument.getType())));
  return llvm::formatv("zero instead of operand {0}", which);
}

const Mutation kMutations[] = {
    // The kinds that are counted in the library come first.
    {"shift", changeShift},
    {"lanes", swapLanes},
    {"table", changeTable},
    {"ternary", changeTernary},
    {"drop", dropOp},
    {"exchange", exchangeOp},
    {"coefficient", changeCoefficient},
    {"plane", changePlane},
    {"reset", dropResult},
    {"forget", forgetArgument},
};
constexpr unsigned kNumNamedKinds = 4;

/// A place in a kernel that a mutation applies to.
struct Place {
  Operation *op;
  unsigned which;
};

std::vector<Place> findPlaces(ModuleOp module, const Mutation &mutation) {
  std::vector<Place> places;
  IRMapping mapping;
  OwningOpRef<Operation *> scratch = module->clone(mapping);
  module.walk([&](Operation *op) {
    if (isa<ModuleOp, func::FuncOp>(op))
      return;
    for (unsigned which = 0; which < 8; ++which)
      if (!mutation.apply(mapping.lookup(op), which).empty())
        places.push_back({op, which});
  });
  return places;
}

class MutantTest : public KernelProofTest {
protected:
  static std::vector<std::string> kernelTexts() {
    std::vector<std::string> texts;
    for (StringRef name : exampleKernels())
      texts.push_back(readExample(name));
    for (StringRef name : {"neon-a2w1-udot", "avx2-a2w2s-bytes"})
      texts.push_back(readInput(name));
    return texts;
  }

  struct Counts {
    unsigned refuted = 0, equivalent = 0;
  };

  /// Counts what the prover says of a kernel that has been changed.
  void judge(const Kernel &mutant, const std::string &message, Counts &counts) {
    diagnostics.clear();
    ProofResult result = prove(mutant, set(), solver.get());
    if (!diagnostics.empty())
      return; // a shift that is too far, say
    std::string name =
        ModuleOp(mutant.module).getSymName()->str() + " for " + mutant.cpu;
    if (getenv("BITSERIAL_MUTANTS"))
      llvm::errs() << name << ": " << message << "\n  "
                   << stringifyVerdict(result.verdict) << ' ' << result.reason
                   << "\n  "
                   << (result.counterexample
                           ? result.counterexample->str(mutant)
                           : "")
                   << '\n';
    if (result.isProved()) {
      FailureOr<KernelCode> code = KernelCode::get(mutant, set());
      ASSERT_TRUE(succeeded(code)) << name << ": " << message;
      std::optional<Counterexample> found =
          findCounterexample(*code, /*suspects=*/{});
      EXPECT_FALSE(found) << name << ": " << message
                          << " is proved, but wrong: " << found->str(mutant);
      ++counts.equivalent;
      return;
    }
    EXPECT_EQ(stringifyVerdict(result.verdict).str(), "refuted")
        << name << ": " << message << ": " << result.reason;
    EXPECT_TRUE(result.counterexample) << name << ": " << message;
    ++counts.refuted;
  }

  /// Not more than `max` mutants of a kernel, from all over it.
  void judgeMutants(const Kernel &original, const Mutation &mutation,
                    unsigned max, Counts &counts) {
    std::vector<Place> places = findPlaces(original.module, mutation);
    size_t stride = std::max<size_t>(1, places.size() / max);
    for (size_t i = 0, done = 0; i < places.size() && done < max;
         i += stride, ++done) {
      IRMapping mapping;
      OwningOpRef<ModuleOp> mutant(
          cast<ModuleOp>(ModuleOp(original.module)->clone(mapping)));
      Operation *place = mapping.lookup(places[i].op);
      std::string before = printOp(place);
      std::string message = mutation.apply(place, places[i].which);
      if (message.empty())
        continue;
      message = (mutation.kind + ": " + message + " in " + before).str();
      ASSERT_TRUE(succeeded(verify(*mutant))) << message;
      FailureOr<Kernel> kernel = Kernel::get(*mutant);
      if (succeeded(kernel))
        judge(*kernel, message, counts);
    }
  }

  /// For kernels that are proved by a solver only.
  std::unique_ptr<Solver> solver;

  /// One step more between flushes, for each pass that has any.
  void judgeCapacities(const Kernel &kernel, Counts &counts) {
    for (unsigned pass = 0; pass < kernel.passes.size(); ++pass) {
      if (!kernel.passes[pass].capacity)
        continue;
      Kernel larger = kernel;
      // Of signed bytes that grow by 8 and shrink by 16, -128 is in range.
      larger.passes[pass].capacity +=
          kernel.stateKinds[0] == StateKind::SignedCounter ? 2 : 1;
      judge(larger, "capacity + 1", counts);
    }
  }
};

// All kinds of mistakes, in kernels of all sorts written by hand.
TEST_F(MutantTest, ofExamplesAreRefuted) {
  std::map<std::string, Counts> counts;
  for (const std::string &text : kernelTexts()) {
    Kernel original = parseKernel(text);
    for (const Mutation &mutation : kMutations)
      judgeMutants(original, mutation, /*max=*/3, counts[mutation.kind.str()]);
    judgeCapacities(original, counts["capacity"]);
  }
  for (auto &[kind, count] : counts)
    EXPECT_GE(count.refuted, 2u) << kind;
}

// Thirty and more of each of five kinds, in kernels of the library: those with
// little code first, one of each CPU and specification.
TEST_F(MutantTest, ofTheLibraryAreRefuted) {
  constexpr unsigned wanted = 30, maxPerKernel = 3;
  std::vector<LibraryFile> files(getLibraryFiles());
  llvm::sort(files, [](const LibraryFile &a, const LibraryFile &b) {
    return std::make_pair(a.text.size(), a.name) <
           std::make_pair(b.text.size(), b.name);
  });
  std::map<std::string, Counts> counts;
  const ArrayRef<Mutation> mutations =
      ArrayRef(kMutations).take_front(kNumNamedKinds);
  for (const LibraryFile &file : files) {
    auto entry = parseKernelEntry(file.text);
    ASSERT_TRUE(bool(entry)) << file.name.str();
    std::optional<Kernel> original;
    auto get = [&]() -> const Kernel & {
      if (!original)
        original = parseKernel(entry->second);
      return *original;
    };
    for (const Mutation &mutation : mutations)
      if (Counts &count = counts[mutation.kind.str()]; count.refuted < wanted)
        judgeMutants(get(), mutation, maxPerKernel, count);
    if (Counts &count = counts["capacity"]; count.refuted < wanted)
      judgeCapacities(get(), count);
  }
  EXPECT_EQ(counts.size(), kNumNamedKinds + 1u);
  for (auto &[kind, count] : counts) {
    EXPECT_GE(count.refuted, wanted) << kind;
    RecordProperty(kind + "_refuted", count.refuted);
    RecordProperty(kind + "_equivalent", count.equivalent);
    if (getenv("BITSERIAL_MUTANTS"))
      llvm::errs() << kind << ": " << count.refuted << " refuted, "
                   << count.equivalent << " equivalent\n";
  }
}

// Kernels that are made where they are needed: of numbers, with and without
// counters, and the reference lowering with narrow sums.
TEST_F(MutantTest, ofMadeKernelsAreRefuted) {
  solver = Solver::create();
  if (!solver)
    GTEST_SKIP() << "built without a solver";
  using Kind = bitserial::Kind;
  std::vector<OwningOpRef<ModuleOp>> made;
  NumberFormat unsigned4(4, Kind::Unsigned), ternary2(2, Kind::Ternary);
  for (StringRef cpu : {"haswell", "icelake-server", "cortex-a53"})
    for (int64_t positions : {20, 5000}) {
      Target target = llvm::cantFail(Target::get(cpu, ""));
      NumberTypes types =
          chooseNumberTypes(&context, unsigned4, ternary2, target);
      made.push_back(makeNumberKernel(
          &context, getNumberSpec(unsigned4, ternary2, types, 32), target,
          target.vectorBits() / 32, positions));
    }
  for (bool singlePass : {false, true}) {
    KernelSpec spec = KernelSpec::get(NumberFormat(2, Kind::Unsigned),
                                      NumberFormat(2, Kind::Bipolar), 16, false)
                          .first;
    made.push_back(Kernel::makeReference(&context, spec, /*numLanes=*/8,
                                         /*maxPositions=*/9, singlePass));
  }
  Counts counts;
  for (OwningOpRef<ModuleOp> &module : made) {
    Kernel original = *Kernel::get(*module);
    ASSERT_TRUE(prove(original, set(), solver.get()).isProved());
    for (const Mutation &mutation : kMutations)
      judgeMutants(original, mutation, /*max=*/4, counts);
    judgeCapacities(original, counts);
  }
  EXPECT_GE(counts.refuted, 60u);
}

TEST_F(MutantTest, wrongSpecIsRefuted) {
  for (const std::string &text : kernelTexts()) {
    Kernel kernel = parseKernel(text);
    kernel.spec.polynomial =
        kernel.spec.polynomial + BitPolynomial::variable(0);
    EXPECT_TRUE(prove(kernel, set()).isRefuted());
  }
}

} // namespace

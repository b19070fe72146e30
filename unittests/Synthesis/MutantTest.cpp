//===- MutantTest.cpp - Kernels with a mistake are refuted ----------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every mutant differs from a correct kernel in one place. None may be proved,
// unless it is equivalent to the kernel, as far as concrete values tell; none
// may be unknown.
//
//===----------------------------------------------------------------------===//

#include "KernelCode.h"
#include "ProverTestUtils.h"

#include "bitserial/Synthesis/Evaluate.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
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

std::string swapLanes(Operation *op, unsigned which) {
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
};

TEST_F(MutantTest, allAreRefuted) {
  // For each kind and kernel not more than this, from all over the kernel.
  constexpr unsigned maxPerKind = 6;
  std::map<std::string, unsigned> refuted, equivalent;
  unsigned numRefuted = 0;
  for (const std::string &text : kernelTexts()) {
    Kernel original = parseKernel(text);
    StringRef name = *original.module.getSymName();
    for (const Mutation &mutation : kMutations) {
      // All places, then every n-th of them.
      std::vector<std::pair<unsigned, unsigned>> places;
      unsigned numOps = 0;
      original.module.walk([&](Operation *) { ++numOps; });
      auto mutate = [&](unsigned index, unsigned which, std::string &message) {
        OwningOpRef<ModuleOp> copy = original.module.clone();
        unsigned at = 0;
        Operation *place = nullptr;
        copy->walk([&](Operation *op) {
          if (at++ == index)
            place = op;
        });
        std::string before = printOp(place);
        message = mutation.apply(place, which);
        if (!message.empty())
          message = (mutation.kind + ": " + message + " in " + before).str();
        return copy;
      };
      for (unsigned index = 0; index < numOps; ++index)
        for (unsigned which = 0; which < 8; ++which) {
          std::string message;
          Operation *place = nullptr;
          unsigned at = 0;
          original.module.walk([&](Operation *op) {
            if (at++ == index)
              place = op;
          });
          if (isa<ModuleOp, func::FuncOp>(place))
            continue;
          mutate(index, which, message);
          if (!message.empty())
            places.push_back({index, which});
        }
      size_t stride = std::max<size_t>(1, places.size() / maxPerKind);
      for (size_t i = 0; i < places.size(); i += stride) {
        std::string message;
        OwningOpRef<ModuleOp> mutant =
            mutate(places[i].first, places[i].second, message);
        ASSERT_TRUE(succeeded(verify(*mutant))) << message;
        FailureOr<Kernel> kernel = Kernel::get(*mutant);
        if (failed(kernel))
          continue;
        diagnostics.clear();
        ProofResult result = prove(*kernel, set());
        if (!diagnostics.empty())
          continue; // a shift that is too far, say
        if (result.isProved()) {
          FailureOr<KernelCode> code = KernelCode::get(*kernel, set());
          ASSERT_TRUE(succeeded(code)) << message;
          std::optional<Counterexample> found =
              findCounterexample(*code, /*suspects=*/{});
          EXPECT_FALSE(found) << name.str() << ": " << message << " is proved, "
                              << "but wrong: " << found->str(*kernel);
          ++equivalent[mutation.kind.str()];
          if (getenv("BITSERIAL_MUTANTS"))
            llvm::errs() << "equivalent: " << name << ": " << message << '\n';
          continue;
        }
        EXPECT_EQ(stringifyVerdict(result.verdict).str(), "refuted")
            << name.str() << ": " << message << ": " << result.reason;
        ++refuted[mutation.kind.str()];
        ++numRefuted;
        if (getenv("BITSERIAL_MUTANTS"))
          llvm::errs() << name << ": " << message << "\n  " << result.reason
                       << "\n  "
                       << (result.counterexample
                               ? result.counterexample->str(*kernel)
                               : "")
                       << '\n';
      }
    }
  }
  EXPECT_GE(numRefuted, 30u);
  for (const Mutation &mutation : kMutations)
    EXPECT_GE(refuted[mutation.kind.str()], 2u) << mutation.kind.str();
  if (getenv("BITSERIAL_MUTANTS"))
    for (auto &[kind, count] : refuted)
      llvm::errs() << kind << ": " << count << " refuted, " << equivalent[kind]
                   << " equivalent\n";
}

// One step more between flushes.
TEST_F(MutantTest, capacityPlusOneIsRefuted) {
  unsigned count = 0;
  for (const std::string &text : kernelTexts()) {
    Kernel kernel = parseKernel(text);
    for (unsigned pass = 0; pass < kernel.passes.size(); ++pass) {
      if (!kernel.passes[pass].capacity)
        continue;
      Kernel larger = kernel;
      // Of signed bytes that grow by 8 and shrink by 16, -128 is in range.
      larger.passes[pass].capacity +=
          kernel.stateKinds[0] == StateKind::SignedCounter ? 2 : 1;
      ProofResult result = prove(larger, set());
      EXPECT_TRUE(result.isRefuted())
          << kernel.module.getSymName()->str() << ": " << result.reason;
      EXPECT_TRUE(result.counterexample);
      ++count;
    }
  }
  EXPECT_GE(count, 5u);
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

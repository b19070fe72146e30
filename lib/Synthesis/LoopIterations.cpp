//===- LoopIterations.cpp - How often loops run, by execution -------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LoopIterations.h"

#include "llvm/ADT/APInt.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/IR/CFG.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/DataLayout.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/Module.h"
#include "llvm/IR/Operator.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"

#include <optional>

using namespace mlir::bitserial;
using llvm::APInt;
using llvm::BasicBlock;
using llvm::Expected;
using llvm::Instruction;

static llvm::Error error(const llvm::Twine &message) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), message);
}

static std::string describe(const llvm::Value &value) {
  std::string text;
  llvm::raw_string_ostream os(text);
  value.print(os);
  return llvm::StringRef(text).trim().str();
}

namespace {
/// Executes those integer operations of a function that branches depend on.
/// Branches on addresses, which check that buffers do not overlap, see each
/// buffer far from all others.
class ControlFlow {
public:
  explicit ControlFlow(const llvm::Function &function)
      : function(function), layout(function.getParent()->getDataLayout()),
        addressBits(layout.getPointerSizeInBits()),
        objectBits(addressBits == 64 ? 40 : 26) {}

  /// Finds the operations. Fails if other ones are among them.
  llvm::Error prepare();
  Expected<llvm::DenseMap<const BasicBlock *, uint64_t>> run(uint64_t maxSteps);

private:
  struct Block {
    uint64_t executions = 0;
    llvm::SmallVector<const llvm::PHINode *> phis;
    llvm::SmallVector<const Instruction *> operations;
  };

  /// Whether a value is the address of a buffer of its own.
  static bool isObject(const llvm::Value *value) {
    return value->getType()->isPointerTy() &&
           (llvm::isa<llvm::Argument, llvm::GlobalValue, llvm::AllocaInst>(
                value) ||
            (llvm::isa<llvm::CallInst>(value) &&
             !llvm::isa<llvm::IntrinsicInst>(value)));
  }
  const APInt &get(const llvm::Value *value) const {
    if (auto *constant = llvm::dyn_cast<llvm::ConstantInt>(value))
      return constant->getValue();
    return values.find(value)->second;
  }
  /// nullopt if the result is undefined.
  std::optional<APInt> evaluate(const Instruction &operation) const;
  /// Where control goes from `block`; null at a return.
  const BasicBlock *getNext(const BasicBlock &block) const;

  const llvm::Function &function;
  const llvm::DataLayout &layout;
  unsigned addressBits, objectBits, numObjects = 0;
  llvm::DenseMap<const BasicBlock *, Block> blocks;
  llvm::DenseMap<const llvm::Value *, APInt> values;
};
} // namespace

llvm::Error ControlFlow::prepare() {
  llvm::SetVector<const llvm::Value *> needed;
  for (const BasicBlock &block : function) {
    blocks[&block];
    const Instruction *end = block.getTerminator();
    if (auto *branch = llvm::dyn_cast<llvm::BranchInst>(end)) {
      if (branch->isConditional())
        needed.insert(branch->getCondition());
    } else if (auto *select = llvm::dyn_cast<llvm::SwitchInst>(end)) {
      needed.insert(select->getCondition());
    } else if (!llvm::isa<llvm::ReturnInst, llvm::UnreachableInst>(end)) {
      return error("it ends a block by something else than a branch");
    }
  }
  for (unsigned i = 0; i < needed.size(); ++i) {
    const llvm::Value *value = needed[i];
    if (llvm::isa<llvm::ConstantInt>(value))
      continue;
    if (isObject(value)) {
      values[value] = APInt(addressBits, ++numObjects) << objectBits;
      continue;
    }
    auto *operation = llvm::dyn_cast<Instruction>(value);
    bool isMinMax = llvm::isa<llvm::MinMaxIntrinsic>(value);
    if (!operation ||
        !(operation->getType()->isIntegerTy() ||
          operation->getType()->isPointerTy()) ||
        !(isMinMax ||
          llvm::isa<llvm::BinaryOperator, llvm::ICmpInst, llvm::SelectInst,
                    llvm::PHINode, llvm::TruncInst, llvm::ZExtInst,
                    llvm::SExtInst, llvm::FreezeInst, llvm::PtrToIntInst,
                    llvm::IntToPtrInst, llvm::GetElementPtrInst>(value)))
      return error("a branch depends on '" + describe(*value) + "'");
    if (isMinMax) {
      needed.insert(operation->getOperand(0));
      needed.insert(operation->getOperand(1));
    } else {
      needed.insert(operation->op_begin(), operation->op_end());
    }
  }
  for (const BasicBlock &block : function)
    for (const Instruction &operation : block)
      if (needed.contains(&operation) && !isObject(&operation)) {
        if (auto *phi = llvm::dyn_cast<llvm::PHINode>(&operation))
          blocks[&block].phis.push_back(phi);
        else
          blocks[&block].operations.push_back(&operation);
      }
  return llvm::Error::success();
}

static std::optional<APInt> evaluateBinary(unsigned opcode, const APInt &a,
                                           const APInt &b) {
  bool divides = opcode == Instruction::UDiv || opcode == Instruction::SDiv ||
                 opcode == Instruction::URem || opcode == Instruction::SRem;
  if (divides && b.isZero())
    return std::nullopt;
  switch (opcode) {
  case Instruction::Add:
    return a + b;
  case Instruction::Sub:
    return a - b;
  case Instruction::Mul:
    return a * b;
  case Instruction::UDiv:
    return a.udiv(b);
  case Instruction::SDiv:
    return a.sdiv(b);
  case Instruction::URem:
    return a.urem(b);
  case Instruction::SRem:
    return a.srem(b);
  case Instruction::Shl:
    return a.shl(b);
  case Instruction::LShr:
    return a.lshr(b);
  case Instruction::AShr:
    return a.ashr(b);
  case Instruction::And:
    return a & b;
  case Instruction::Or:
    return a | b;
  case Instruction::Xor:
    return a ^ b;
  default:
    return std::nullopt;
  }
}

std::optional<APInt> ControlFlow::evaluate(const Instruction &operation) const {
  auto operand = [&](unsigned i) -> const APInt & {
    return get(operation.getOperand(i));
  };
  if (llvm::isa<llvm::BinaryOperator>(operation))
    return evaluateBinary(operation.getOpcode(), operand(0), operand(1));
  if (auto *compare = llvm::dyn_cast<llvm::ICmpInst>(&operation))
    return APInt(1, llvm::ICmpInst::compare(operand(0), operand(1),
                                            compare->getPredicate()));
  if (llvm::isa<llvm::SelectInst>(operation))
    return operand(operand(0).isZero() ? 2 : 1);
  if (auto *minMax = llvm::dyn_cast<llvm::MinMaxIntrinsic>(&operation))
    return llvm::ICmpInst::compare(operand(0), operand(1),
                                   minMax->getPredicate())
               ? operand(0)
               : operand(1);
  if (llvm::isa<llvm::FreezeInst>(operation))
    return operand(0);
  if (auto *address = llvm::dyn_cast<llvm::GEPOperator>(&operation)) {
    llvm::SmallMapVector<llvm::Value *, APInt, 4> scales;
    APInt result(addressBits, 0);
    if (!address->collectOffset(layout, addressBits, scales, result))
      return std::nullopt;
    result += get(address->getPointerOperand());
    for (const auto &[index, scale] : scales)
      result += get(index).sextOrTrunc(addressBits) * scale;
    return result;
  }
  if (llvm::isa<llvm::IntToPtrInst>(operation))
    return operand(0).zextOrTrunc(addressBits);
  if (llvm::isa<llvm::PtrToIntInst>(operation))
    return operand(0).zextOrTrunc(operation.getType()->getIntegerBitWidth());
  unsigned width = operation.getType()->getIntegerBitWidth();
  return llvm::isa<llvm::SExtInst>(operation)   ? operand(0).sext(width)
         : llvm::isa<llvm::ZExtInst>(operation) ? operand(0).zext(width)
                                                : operand(0).trunc(width);
}

const BasicBlock *ControlFlow::getNext(const BasicBlock &block) const {
  const Instruction *end = block.getTerminator();
  if (auto *branch = llvm::dyn_cast<llvm::BranchInst>(end)) {
    bool second =
        branch->isConditional() && get(branch->getCondition()).isZero();
    return branch->getSuccessor(second ? 1 : 0);
  }
  if (auto *select = llvm::dyn_cast<llvm::SwitchInst>(end)) {
    const APInt &value = get(select->getCondition());
    for (auto option : select->cases())
      if (option.getCaseValue()->getValue() == value)
        return option.getCaseSuccessor();
    return select->getDefaultDest();
  }
  return nullptr;
}

Expected<llvm::DenseMap<const BasicBlock *, uint64_t>>
ControlFlow::run(uint64_t maxSteps) {
  const BasicBlock *previous = nullptr;
  llvm::SmallVector<APInt> incoming;
  uint64_t steps = 0;
  for (const BasicBlock *block = &function.getEntryBlock(); block;) {
    if (++steps > maxSteps)
      return error(llvm::formatv(
          "it executes more than {0} blocks, too many to count", maxSteps));
    Block &info = blocks.find(block)->second;
    ++info.executions;
    // All at once: they may use one another.
    incoming.clear();
    for (const llvm::PHINode *phi : info.phis)
      incoming.push_back(get(phi->getIncomingValueForBlock(previous)));
    for (auto [phi, value] : llvm::zip_equal(info.phis, incoming))
      values[phi] = value;
    for (const Instruction *operation : info.operations) {
      std::optional<APInt> value = evaluate(*operation);
      if (!value)
        return error("a branch depends on an undefined number");
      values[operation] = std::move(*value);
    }
    previous = block;
    block = getNext(*block);
  }
  llvm::DenseMap<const BasicBlock *, uint64_t> counts;
  for (const auto &[block, info] : blocks)
    counts[block] = info.executions;
  return counts;
}

Expected<llvm::DenseMap<const BasicBlock *, uint64_t>>
mlir::bitserial::countBlockExecutions(const llvm::Function &function,
                                      uint64_t maxSteps) {
  ControlFlow flow(function);
  if (llvm::Error problem = flow.prepare())
    return std::move(problem);
  return flow.run(maxSteps);
}

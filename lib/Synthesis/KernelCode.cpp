//===- KernelCode.cpp - The functions of a kernel, for proofs -------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelCode.h"

#include "bitserial/Synthesis/Evaluate.h"

using namespace mlir;
using namespace mlir::bitserial;

static FailureOr<KernelFunction> getFunction(func::FuncOp function,
                                             const InstructionSet &set) {
  FailureOr<LaneProgram> program = set.getProgram(function);
  if (failed(program))
    return failure();
  return KernelFunction{function.getSymName().str(), function,
                        std::move(*program)};
}

FailureOr<KernelCode> KernelCode::get(const Kernel &kernel,
                                      const InstructionSet &set) {
  KernelCode code;
  code.kernel = &kernel;
  code.wordType = *LaneType::get(kernel.wordType());
  for (auto [component, type] : llvm::enumerate(kernel.stateTypes)) {
    LaneType lanes = *LaneType::get(type);
    code.stateTypes.push_back(lanes);
    code.firstSlot.push_back(code.slots.size());
    bool isBits = kernel.stateKinds[component] == StateKind::Bits;
    for (unsigned lane = 0; lane < lanes.lanes; ++lane)
      for (unsigned bit = 0; bit < (isBits ? lanes.width : 1); ++bit)
        code.slots.push_back(
            {unsigned(component), lane, isBits ? int(bit) : -1});
  }

  auto getOptional = [&](func::FuncOp function,
                         std::optional<KernelFunction> &result) {
    if (!function)
      return success();
    FailureOr<KernelFunction> found = getFunction(function, set);
    if (failed(found))
      return failure();
    result.emplace(std::move(*found));
    return success();
  };
  for (const KernelPass &pass : kernel.passes) {
    Pass &made = code.passes.emplace_back();
    for (const KernelStep &step : pass.steps) {
      FailureOr<KernelFunction> found = getFunction(step.function, set);
      if (failed(found))
        return failure();
      made.steps.push_back(std::move(*found));
    }
    if (failed(getOptional(pass.flush, made.flush)) ||
        failed(getOptional(pass.end, made.end)))
      return failure();
  }
  if (failed(getOptional(kernel.finish, code.finish)))
    return failure();
  return code;
}

int64_t KernelCode::getCounterLimit(unsigned component, int64_t used) const {
  bool isSigned = kernel->stateKinds[component] == StateKind::SignedCounter;
  unsigned bits = std::min(stateTypes[component].width - isSigned, 62u);
  return std::min(used, (int64_t(1) << bits) - 1);
}

bool KernelCode::isActive(unsigned pass, unsigned component) const {
  if (isSum(component))
    return true;
  return passes[pass].end &&
         llvm::any_of(passes[pass].steps, [&](const KernelFunction &step) {
           func::FuncOp function = step.function;
           return function.getBody().front().getTerminator()->getOperand(
                      component) != function.getArgument(component);
         });
}

std::vector<Lanes> KernelCode::zeroState() const {
  std::vector<Lanes> state;
  for (LaneType type : stateTypes)
    state.emplace_back(type.lanes, 0);
  return state;
}

Lanes KernelCode::evaluateRest(unsigned pass, std::vector<Lanes> state,
                               unsigned accumulator) const {
  for (; pass < passes.size(); ++pass)
    if (passes[pass].end)
      state = evaluate(passes[pass].end->program, state);
  std::vector<Lanes> all;
  for (unsigned i = 0; i < kernel->group; ++i)
    llvm::append_range(all, i == accumulator ? state : zeroState());
  Lanes result = evaluate(finish->program, all)[0];
  // Outputs of other accumulators have to be zero, and are looked at, too.
  return result;
}

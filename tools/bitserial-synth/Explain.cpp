//===- Explain.cpp - Kernels for people -----------------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Explain.h"

#include "Meaning.h"

#include "bitserial/Synthesis/CostModel.h"
#include "bitserial/Synthesis/InstructionSet.h"
#include "bitserial/Synthesis/LinearForm.h"
#include "bitserial/Transforms/PlaneNames.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/Matchers.h"

#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace mlir::bitserial;
using llvm::formatv;

namespace {
class Explainer {
public:
  Explainer(const Kernel &kernel, const Target &target, llvm::raw_ostream &os)
      : kernel(kernel), target(target), os(os) {}

  LogicalResult run();

private:
  void printOverview();
  void printState();
  void printPlanes(const KernelPass &pass, unsigned number);
  /// Why counters do not overflow.
  void printFlushing(const KernelPass &pass);
  /// `pass` is nullopt for what is no part of a pass.
  LogicalResult printFunction(func::FuncOp function, const Twine &title,
                              ArrayRef<std::string> arguments,
                              int64_t counterBound,
                              std::optional<unsigned> pass = std::nullopt);
  std::string nameOp(Operation *op);
  /// The range of values, where lanes are numbers of which it is known.
  std::optional<Bounds> getRange(LinearDomain &domain,
                                 const std::vector<LinearLane> &lanes);
  void printInstructions();

  /// "s0", ... for each component of the state, of `copies` accumulators.
  std::vector<std::string> stateNames(unsigned copies = 1) const;
  std::vector<std::string> stepNames(const KernelPass &pass,
                                     const KernelStep &step) const;
  std::string planeName(unsigned plane) const {
    return getPlaneName(plane, kernel.spec.numPlanes);
  }

  const Kernel &kernel;
  const Target &target;
  llvm::raw_ostream &os;
  const InstructionSet *instructions = nullptr;
  llvm::SetVector<const Instruction *> used;
  /// What has been printed, and of which pass.
  SmallVector<std::pair<unsigned, func::FuncOp>> printed;
};
} // namespace

void Explainer::printOverview() {
  const KernelSpec &spec = kernel.spec;
  os << "kernel " << spec.name() << " for " << kernel.cpu;
  if (!kernel.features.empty())
    os << " (needs " << llvm::join(kernel.features, ", ") << ")";
  os << "\n  computes     "
     << describePolynomial(spec.polynomial, spec.numPlanes)
     << ", summed over the bits of " << spec.wordBits << "-bit words\n"
     << "  lanes        "
     << (spec.lanesAreReduction
             ? "hold words of one output, and are summed at the end"
             : "hold words of different outputs")
     << ": " << kernel.wordType() << "\n"
     << "  sketch       " << (kernel.sketch.empty() ? "-" : kernel.sketch)
     << "\n"
     << formatv("  micro-tile   {0} x {1} (rows x {2})\n", kernel.tileRows,
                kernel.tileVectors,
                spec.lanesAreReduction ? "outputs" : "vectors of outputs")
     << formatv("  cost         {0} cycles per vector (of words of every "
                "plane, for "
                "one accumulator), by the model of {1}\n",
                kernel.cycles ? formatv("{0:f2}", kernel.cycles).str()
                              : "unknown",
                target.costModelCpu());
}

void Explainer::printState() {
  os << "\nstate of an accumulator, zero at first:\n";
  for (auto [i, kind, type] :
       llvm::enumerate(kernel.stateKinds, kernel.stateTypes)) {
    std::string text;
    switch (kind) {
    case StateKind::Sum:
      text = formatv("sums modulo 2^{0}", type.getElementTypeBitWidth());
      break;
    case StateKind::Counter:
      text = "counters, unsigned";
      break;
    case StateKind::SignedCounter:
      text = "counters, signed";
      break;
    case StateKind::Bits:
      text = "bits carried from step to step";
      break;
    }
    os << formatv("  s{0}: {1}  {2}\n", i, type, text);
  }
}

void Explainer::printPlanes(const KernelPass &pass, unsigned number) {
  os << formatv("\npass {0}: planes", number);
  for (unsigned plane : pass.planes)
    os << ' ' << planeName(plane);
}

void Explainer::printFlushing(const KernelPass &pass) {
  if (pass.capacity == 0) {
    os << ". No counters, so nothing to empty.\n";
    return;
  }
  const KernelStep &step = pass.steps.front();
  unsigned steps = pass.capacity / std::max(step.cost, 1u);
  os << formatv(
      ". Counters hold up to {0}.\n"
      "  A step of {1} word{2} adds {3} at most, so counters are emptied at "
      "the "
      "latest after\n  {4} steps: {4} x {3} = {5} <= {0}; one more could reach "
      "{6}.\n",
      pass.capacity, step.words, step.words == 1 ? "" : "s", step.cost, steps,
      steps * step.cost, (steps + 1) * step.cost);
  for (const KernelStep &other : ArrayRef(pass.steps).drop_front())
    os << formatv("  What is left over: steps of {0} word{1}, adding {2} at "
                  "most.\n",
                  other.words, other.words == 1 ? "" : "s", other.cost);
}

std::vector<std::string> Explainer::stateNames(unsigned copies) const {
  std::vector<std::string> names;
  for (unsigned copy = 0; copy < copies; ++copy)
    for (unsigned i = 0; i < kernel.stateTypes.size(); ++i)
      names.push_back(copies == 1 ? formatv("s{0}", i).str()
                                  : formatv("s{0}.{1}", copy, i).str());
  return names;
}

std::vector<std::string> Explainer::stepNames(const KernelPass &pass,
                                              const KernelStep &step) const {
  std::vector<std::string> names = stateNames();
  for (unsigned position = 0; position < step.words; ++position)
    for (unsigned plane : pass.planes)
      names.push_back(
          step.words == 1
              ? planeName(plane)
              : formatv("{0}[{1}]", planeName(plane), position).str());
  return names;
}

std::string Explainer::nameOp(Operation *op) {
  if (const Instruction *instruction = instructions->match(op)) {
    used.insert(instruction);
    return instruction->getName().str();
  }
  if (auto call = dyn_cast<LLVM::CallIntrinsicOp>(op))
    return call.getIntrin().str();
  return op->getName().getStringRef().str();
}

std::optional<Bounds>
Explainer::getRange(LinearDomain &domain,
                    const std::vector<LinearLane> &lanes) {
  std::optional<Bounds> all;
  for (const LinearLane &lane : lanes) {
    if (lane.form == LinearLane::Form::Unknown)
      return std::nullopt;
    std::optional<LinearPolynomial> number = domain.asUnsigned(lane);
    if (!number)
      number = domain.asSigned(lane);
    if (!number)
      return std::nullopt;
    Bounds bounds = domain.bounds(*number);
    if (!all)
      all = bounds;
    all->min = std::min(all->min, bounds.min);
    all->max = std::max(all->max, bounds.max);
  }
  // That any bits are possible says nothing, nor does a range that comes from
  // what stands for any sum.
  constexpr int64_t kAny = int64_t(1) << 24;
  if (!all || all->max - all->min >= kAny ||
      (all->min == 0 && all->max == int64_t(laneMask(lanes[0].width))))
    return std::nullopt;
  return all;
}

/// Whether two functions, which may be absent, consist of the same ops.
static bool areEqual(func::FuncOp x, func::FuncOp y) {
  if (!x || !y)
    return !x && !y;
  return OperationEquivalence::isRegionEquivalentTo(
      &x.getBody(), &y.getBody(), OperationEquivalence::IgnoreLocations);
}

/// Whether two passes differ in nothing but their planes.
static bool areEqual(const KernelPass &x, const KernelPass &y) {
  auto areEqualSteps = [](const KernelStep &x, const KernelStep &y) {
    return x.words == y.words && x.cost == y.cost &&
           areEqual(x.function, y.function);
  };
  return x.planes.size() == y.planes.size() && x.capacity == y.capacity &&
         llvm::equal(x.steps, y.steps, areEqualSteps) &&
         areEqual(x.flush, y.flush) && areEqual(x.end, y.end);
}

LogicalResult Explainer::printFunction(func::FuncOp function,
                                       const Twine &title,
                                       ArrayRef<std::string> arguments,
                                       int64_t counterBound,
                                       std::optional<unsigned> pass) {
  if (!function)
    return success();
  Block &body = function.getBody().front();
  os << "\n" << title << ":";
  if (pass) {
    for (auto [earlier, other] : printed)
      if (areEqual(function, other)) {
        os << " as in pass " << earlier << '\n';
        return success();
      }
    printed.emplace_back(*pass, function);
  }
  os << "\n";

  // Ranges: all values at once, from any state within the invariant.
  SmallVector<Value> values;
  for (Operation &op : body.without_terminator())
    llvm::append_range(values, op.getResults());
  FailureOr<LaneProgram> program =
      instructions->getProgram(body.getArguments(), values);
  if (failed(program))
    return failure();
  LinearDomain domain;
  std::vector<std::vector<LinearLane>> inputs;
  unsigned numState = kernel.stateTypes.size();
  for (auto [i, argument] : llvm::enumerate(body.getArguments())) {
    auto type = cast<VectorType>(argument.getType());
    unsigned width = type.getElementTypeBitWidth();
    bool isWord =
        i >= arguments.size() || !StringRef(arguments[i]).starts_with("s");
    StateKind kind = isWord ? StateKind::Bits : kernel.stateKinds[i % numState];
    auto &lanes = inputs.emplace_back();
    for (int64_t lane = 0; lane < type.getNumElements(); ++lane) {
      if (kind == StateKind::Bits) {
        lanes.push_back(domain.addBits(width));
        continue;
      }
      int64_t max = kind == StateKind::Sum ? int64_t(1) << 30 : counterBound;
      int64_t min = kind == StateKind::Counter ? 0 : -max;
      lanes.push_back(domain.makeValue(
          domain.variable(domain.addInteger(min, max)), width));
    }
  }
  std::vector<std::vector<LinearLane>> results =
      domain.evaluate(*program, inputs);

  llvm::DenseMap<Value, std::string> names;
  for (auto [argument, name] : llvm::zip_equal(body.getArguments(), arguments))
    names[argument] = name;
  synth::Meanings meanings(*instructions);
  llvm::DenseMap<Attribute, std::string> tables;
  unsigned next = 0;
  for (auto [op, lanes] : llvm::zip_equal(body.without_terminator(), results)) {
    Value result = op.getResult(0);
    DenseElementsAttr constant;
    APInt scalar;
    if (matchPattern(&op, m_Constant(&constant)) && constant.isSplat()) {
      names[result] = llvm::toString(constant.getSplatValue<APInt>(), 10,
                                     /*Signed=*/true);
      continue;
    }
    if (matchPattern(&op, m_ConstantInt(&scalar))) {
      names[result] = llvm::toString(scalar, 10, /*Signed=*/true);
      continue;
    }
    // The same bits; the types of what uses them say how they are divided.
    if (isa<vector::BitCastOp>(op)) {
      names[result] = names.lookup(op.getOperand(0));
      if (std::optional<Bounds> range = getRange(domain, lanes);
          range && range->min >= 0)
        meanings.setMax(result, range->max);
      continue;
    }
    if (constant && tables.contains(constant)) {
      names[result] = tables.lookup(constant);
      continue;
    }
    names[result] = formatv("%{0}", next++);
    std::string line;
    llvm::raw_string_ostream text(line);
    text << "  " << names[result] << " = ";
    if (constant) {
      os << line << constant << '\n';
      tables[constant] = names[result];
      continue;
    }
    text << nameOp(&op);
    llvm::ListSeparator separator(", ");
    for (Value operand : op.getOperands())
      text << (operand == *op.operand_begin() ? " " : "") << separator
           << names[operand];
    for (NamedAttribute attr : op.getAttrs())
      if (isa<DenseI64ArrayAttr, IntegerAttr>(attr.getValue()))
        text << ' ' << attr.getValue();
    text << " : " << result.getType();
    os << line;
    std::string comment = meanings.describe(&op, names);
    if (std::optional<Bounds> range = getRange(domain, lanes)) {
      if (range->min >= 0)
        meanings.setMax(result, range->max);
      comment += comment.empty() ? "" : ": ";
      comment += std::to_string(range->min);
      if (range->min != range->max)
        comment += ".." + std::to_string(range->max);
    }
    if (!comment.empty())
      os.indent(line.size() < 54 ? 54 - line.size() : 1) << "; " << comment;
    os << '\n';
  }
  os << "  ->";
  for (Value value : body.getTerminator()->getOperands())
    os << ' ' << names[value];
  os << '\n';
  return success();
}

void Explainer::printInstructions() {
  if (used.empty())
    return;
  os << "\ninstructions, by their semantics (lib/Target/ISA):\n";
  for (const Instruction *instruction : used) {
    os << "  " << instruction->getName() << ": "
       << instruction->getMnemonics().front() << '\n';
    std::string body;
    llvm::raw_string_ostream text(body);
    OpPrintingFlags flags;
    flags.useLocalScope();
    for (Operation &op :
         instruction->getFunction().getBody().front().without_terminator()) {
      text << "    ";
      op.print(text, flags);
      text << '\n';
    }
    os << body;
  }
}

LogicalResult Explainer::run() {
  instructions = InstructionSet::get(kernel.module->getContext(), target);
  if (!instructions)
    return failure();
  printOverview();
  printState();
  os << "\nBehind an op is what its first lane is, if its name does not say "
        "it, "
        "and the range of\nall lanes, from any state that the function is run "
        "in.\n";
  for (auto [number, pass] : llvm::enumerate(kernel.passes)) {
    printPlanes(pass, number);
    unsigned equal = 0;
    while (!areEqual(kernel.passes[equal], pass))
      ++equal;
    if (equal < number) {
      os << ". All as in pass " << equal << ".\n";
      continue;
    }
    printFlushing(pass);
    for (const KernelStep &step : pass.steps)
      if (failed(printFunction(step.function,
                               formatv("step of {0} word{1}", step.words,
                                       step.words == 1 ? "" : "s"),
                               stepNames(pass, step),
                               int64_t(pass.capacity) - step.cost, number)))
        return failure();
    if (failed(printFunction(pass.flush, "flush", stateNames(), pass.capacity,
                             number)) ||
        failed(printFunction(pass.end, "end of the pass", stateNames(),
                             pass.capacity, number)))
      return failure();
  }
  if (failed(printFunction(kernel.finish, "finish", stateNames(kernel.group),
                           /*counterBound=*/0)))
    return failure();
  printInstructions();
  return success();
}

LogicalResult synth::explain(const Kernel &kernel, const Target &target,
                             llvm::raw_ostream &os) {
  return Explainer(kernel, target, os).run();
}

llvm::Expected<std::string> synth::printLoops(const Kernel &kernel,
                                              const Target &target) {
  llvm::Expected<std::unique_ptr<CostModel>> model = CostModel::create(target);
  if (!model)
    return model.takeError();
  llvm::Expected<KernelCost> cost =
      (*model)->model(kernel, kernel.tileRows, kernel.tileVectors);
  if (!cost)
    return cost.takeError();
  // Both assemblers take this for a comment.
  std::string text = "/* " + kernel.spec.name() + " for " + target.describe() +
                     ": " + cost->str() + " */\n";
  llvm::raw_string_ostream os(text);
  for (const LoopCost &loop : cost->loops) {
    os << formatv("\n/* {0:f2} cycles, {1} instructions", loop.cycles,
                  loop.instructions);
    if (loop.tripCount)
      os << formatv(", {0} times", *loop.tripCount);
    os << " */\n" << loop.label << ":\n";
    for (const std::string &line : loop.assembly)
      os << line << '\n';
  }
  return text;
}

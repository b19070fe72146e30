//===- Pack.cpp - The tool's commands for pack kernels --------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Pack.h"

#include "Prove.h"
#include "Report.h"
#include "Specs.h"

#include "bitserial/IR/Bitserial.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/Matchers.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"

#include <chrono>

using namespace mlir;
using namespace mlir::bitserial;
using llvm::formatv;
using synth::fail;

llvm::Expected<PackSpec> synth::parsePackSpec(StringRef text,
                                              unsigned numValues) {
  llvm::Expected<NumberFormat> format = parseFormat(text);
  if (!format)
    return format.takeError();
  if (!PackSpec::isValidNumValues(numValues))
    return llvm::createStringError(formatv(
        "{0} values cannot be packed at once; give 16, 32 or 64", numValues));
  return PackSpec{*format, numValues};
}

//===----------------------------------------------------------------------===//
// Find and show
//===----------------------------------------------------------------------===//

FailureOr<PackKernel>
synth::searchPackKernel(MLIRContext *context, const PackSpec &spec,
                        const Target &target,
                        const KernelLibraryOptions &options) {
  using Clock = std::chrono::steady_clock;
  Clock::time_point start = Clock::now();
  KernelLibraryOptions others = options;
  others.search = false;
  if (options.afresh ||
      !KernelLibrary(others).lookup(context, spec, target).kernel)
    announceSearch(spec.name(), target);
  PackAnswer answer = KernelLibrary(options).lookup(context, spec, target);
  double seconds = std::chrono::duration<double>(Clock::now() - start).count();
  if (!answer.kernel)
    return fail(formatv("no kernel {0} for {1}: {2}", spec.name(), target.cpu(),
                        answer.reason));
  const PackKernel &kernel = *answer.kernel;
  std::string reference;
  if (answer.referenceCycles)
    reference =
        formatv(" (the reference lowering: {0:f2})", answer.referenceCycles);
  llvm::outs() << formatv(
      "{0} for {1}: {2:f2} cycles per {3} values{4}, {5} at once, from {6} in "
      "{7:f1} s; {8}\n",
      spec.name(), target.cpu(), kernel.cycles, spec.numValues, reference,
      kernel.steps * spec.numValues, stringifyKernelOrigin(answer.origin),
      seconds, kernel.sketch);
  return kernel;
}

FailureOr<bool> synth::listPackKernel(MLIRContext *context, StringRef text,
                                      StringRef file, StringRef origin,
                                      StringRef cpu,
                                      const std::optional<PackSpec> &spec) {
  OwningOpRef<ModuleOp> owner;
  FailureOr<PackKernel> kernel = PackKernel::parse(context, text, file, owner);
  if (failed(kernel))
    return failure();
  if ((spec && !(kernel->spec == *spec)) ||
      (!cpu.empty() && kernel->cpu != cpu))
    return false;
  llvm::outs() << formatv("{0,-16} {1,-15} {2,-7} {3,6:f2}  {4,-6} {5}\n",
                          kernel->spec.name(), kernel->cpu, origin,
                          kernel->cycles, formatv("{0}", kernel->steps).str(),
                          kernel->sketch);
  return true;
}

LogicalResult synth::explainPack(const PackKernel &kernel, const Target &target,
                                 llvm::raw_ostream &os) {
  const InstructionSet *set =
      InstructionSet::get(ModuleOp(kernel.module).getContext(), target);
  if (!set)
    return failure();
  const PackSpec &spec = kernel.spec;
  os << "kernel " << spec.name() << " for " << kernel.cpu;
  if (!kernel.features.empty())
    os << " (needs " << llvm::join(kernel.features, ", ") << ")";
  os << formatv("\n  computes     the {0} planes of {1} numbers, {2}\n",
                spec.format.getWidth(), spec.numValues, spec.format.describe())
     << formatv("  sketch       {0}\n", kernel.sketch)
     << formatv(
            "  cost         {0:f2} cycles per {1} values, with {2} at once, "
            "by the model of {3}\n\n",
            kernel.cycles, spec.numValues, kernel.steps * spec.numValues,
            target.costModelCpu());

  llvm::DenseMap<Value, std::string> names;
  Block &body = func::FuncOp(kernel.function).getBody().front();
  names[body.getArgument(0)] = "values";
  unsigned next = 0;
  llvm::SetVector<const Instruction *> used;
  for (Operation &op : body.without_terminator()) {
    DenseElementsAttr constant;
    std::string name = formatv("{0}", next++);
    if (matchPattern(&op, m_Constant(&constant))) {
      // The bytes of a group of eight say what there is.
      std::string text;
      int64_t shown = 0;
      for (const APInt &value : constant.getValues<APInt>()) {
        if (constant.isSplat() ? shown == 1 : shown == 16)
          break;
        text += (shown++ ? " " : "") + llvm::toString(value, 10, false);
      }
      if (!constant.isSplat() && shown < constant.getNumElements())
        text += " ...";
      names[op.getResult(0)] = "[" + text + "]";
      --next;
      continue;
    }
    std::string what = op.getName().getStringRef().str();
    if (const Instruction *instruction = set->match(&op)) {
      used.insert(instruction);
      what = instruction->getName().str();
    } else if (auto call = dyn_cast<LLVM::CallIntrinsicOp>(op)) {
      what = call.getIntrin().str();
    }
    os << "  " << name << " = " << what;
    for (auto [i, operand] : llvm::enumerate(op.getOperands()))
      os << (i ? ", " : " ") << names[operand];
    os << " : " << op.getResult(0).getType() << '\n';
    names[op.getResult(0)] = name;
  }
  for (auto [plane, value] :
       llvm::enumerate(body.getTerminator()->getOperands()))
    os << formatv("  plane {0}: {1}\n", plane, names[value]);
  return success();
}

//===----------------------------------------------------------------------===//
// Proofs
//===----------------------------------------------------------------------===//

static FailureOr<PackProof> run(const PackKernel &kernel, const Target &target,
                                StringRef directory) {
  return synth::proveAndWrite(
      kernel, target, directory,
      [](const PackKernel &kernel, const InstructionSet &set, Solver *solver) {
        return provePack(kernel, set, solver);
      },
      writePackProof);
}

static std::string summarise(const PackProof &proof) {
  return formatv("{0}, {1} obligations, {2:f2} s {3}",
                 stringifyVerdict(proof.verdict), proof.obligations.size(),
                 proof.seconds, proof.solver);
}

LogicalResult synth::provePackKernel(const PackKernel &kernel,
                                     const Target &target,
                                     StringRef directory) {
  FailureOr<PackProof> proof = run(kernel, target, directory);
  if (failed(proof))
    return failure();
  llvm::outs() << kernel.spec.name() << " for " << kernel.cpu << ": "
               << summarise(*proof) << '\n';
  printObligations(proof->obligations, llvm::outs());
  if (!proof->isProved())
    return fail(formatv("{0} is {1}: {2}", kernel.spec.name(),
                        stringifyVerdict(proof->verdict), proof->reason));
  if (!directory.empty())
    printFolder(directory, kernel.cpu, kernel.spec.name(), llvm::outs());
  return success();
}

LogicalResult synth::provePackLibrary(const DialectRegistry &registry,
                                      StringRef directory, StringRef renewed) {
  auto prove = [&](MLIRContext &context, StringRef text,
                   StringRef name) -> FailureOr<std::optional<FileProof>> {
    OwningOpRef<ModuleOp> owner;
    FailureOr<PackKernel> kernel =
        PackKernel::parse(&context, text, name, owner);
    if (failed(kernel))
      return std::optional<FileProof>();
    std::optional<Target> home = findHome(kernel->cpu, name);
    if (!home)
      return std::optional<FileProof>();
    FailureOr<PackProof> proof = run(*kernel, *home, directory);
    if (failed(proof))
      return failure();
    return std::optional(
        FileProof{proof->verdict, summarise(*proof), proof->reason});
  };
  return proveFiles(registry, getPackLibraryFiles(), "packing: ", renewed,
                    prove);
}

//===----------------------------------------------------------------------===//
// The library
//===----------------------------------------------------------------------===//

std::vector<PackSpec> synth::getPackSpecs() {
  std::vector<PackSpec> specs;
  for (unsigned width : {1, 2, 3, 4, 8})
    for (Kind kind :
         {Kind::Unsigned, Kind::Signed, Kind::Bipolar, Kind::Ternary})
      if (NumberFormat::isValid(width, kind, 0).empty())
        specs.push_back(PackSpec{NumberFormat(width, kind), 64});
  return specs;
}

/// What gains less than this share of the reference lowering's cycles is not
/// worth a file.
static constexpr double kWorthwhileGain = 0.03;

std::vector<synth::LibraryItem> synth::getPackItems(const Target &target) {
  std::vector<LibraryItem> items;
  for (const PackSpec &spec : getPackSpecs()) {
    items.push_back(
        {spec.name(), getKernelKey(spec, target),
         [spec, target](MLIRContext &context,
                        const KernelLibraryOptions &sources) {
           LibraryFinding result;
           PackAnswer answer =
               KernelLibrary(sources).lookup(&context, spec, target);
           if (!answer.kernel) {
             result.summary = std::move(answer.reason);
             return result;
           }
           const PackKernel &kernel = *answer.kernel;
           result.text = printKernel(kernel);
           result.summary = formatv(
               "{0,7:f2} cycles per {1} values, reference {2,7:f2}, {3} at "
               "once; {4}",
               kernel.cycles, spec.numValues, answer.referenceCycles,
               kernel.steps * spec.numValues, kernel.sketch);
           result.isWorthFile =
               kernel.cycles < (1 - kWorthwhileGain) * answer.referenceCycles;
           return result;
         }});
  }
  return items;
}

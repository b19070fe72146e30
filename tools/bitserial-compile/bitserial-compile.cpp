//===- bitserial-compile.cpp - The compiler -------------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/InitAll.h"
#include "bitserial/Pipelines/Compiler.h"
#include "bitserial/Target/Target.h"

#include "mlir/IR/AsmState.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Support/Timing.h"

#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/WithColor.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>
#include <optional>

using namespace mlir;
using namespace mlir::bitserial;
namespace cl = llvm::cl;

//===----------------------------------------------------------------------===//
// Command line
//===----------------------------------------------------------------------===//

static cl::OptionCategory category("bitserial-compile options");
static cl::OptionCategory
    mlirCategory("MLIR options",
                 "More of them, such as --mlir-print-ir-after=<pass>, are "
                 "listed by --help-hidden.");

static cl::opt<std::string> inputFile(cl::Positional,
                                      cl::desc("<input.mlir, - for stdin>"),
                                      cl::cat(category));

static cl::opt<std::string> outputFile("o", cl::desc("Output file"),
                                       cl::value_desc("file, - for stdout"),
                                       cl::init("-"), cl::cat(category));

static cl::opt<EmitKind> emitKind(
    "emit",
    cl::desc("What to write (default: what the output file's extension says, "
             "else mlir):"),
    cl::values(clEnumValN(EmitKind::MLIR, "mlir",
                          "MLIR after all passes: the LLVM dialect (.mlir)"),
               clEnumValN(EmitKind::LLVM, "llvm", "LLVM IR, optimised (.ll)"),
               clEnumValN(EmitKind::Assembly, "asm", "assembly (.s)"),
               clEnumValN(EmitKind::Object, "obj",
                          "an object file, position-independent (.o)"),
               clEnumValN(EmitKind::Shared, "shared", "a shared library (.so)"),
               clEnumValN(EmitKind::Header, "header",
                          "a C header with the entry points (.h)"),
               clEnumValN(EmitKind::Cost, "cost",
                          "modelled cycles of a call of each function, as "
                          "JSON (.json)")),
    cl::init(EmitKind::MLIR), cl::cat(category));

static cl::opt<std::string> targetCpu(
    "target",
    cl::desc("CPU to generate code for: native, a name that LLVM knows, or "
             "<triple>:<name> (default: the module's bitserial.target, else "
             "native)"),
    cl::value_desc("cpu"), cl::cat(category));

static cl::opt<std::string> targetFeatures(
    "features",
    cl::desc("CPU features to add or remove, as LLVM names them: "
             "+avx512vpopcntdq,-avx512bitalg"),
    cl::value_desc("+a,-b"), cl::cat(category));

static cl::opt<std::string>
    scheduleFile("schedule",
                 cl::desc("Transform dialect module whose named sequences are "
                          "the schedule: @__transform_main for the module, "
                          "@conv, @matmul, ... for contractions (default: "
                          "the target's own)"),
                 cl::value_desc("file.mlir"), cl::cat(category));

static cl::opt<std::string>
    tuningDatabase("tuning-db",
                   cl::desc("Records of the tuner, which decide for the "
                            "contractions that they were made for"),
                   cl::value_desc("file.jsonl"), cl::cat(category));

static cl::opt<SynthesisMode>
    synthesis("synthesize",
              cl::desc("Where the kernels of inner loops come from:"),
              getSynthesisModeValues(), cl::init(SynthesisMode::Library),
              cl::cat(category));

static cl::opt<std::string>
    proofs("proofs",
           cl::desc("Write the proofs of all kernels used to this folder; "
                    "scripts/check-proofs.sh checks them"),
           cl::value_desc("dir"), cl::cat(category));

static cl::opt<bool> allowReassociation(
    "allow-reassociation",
    cl::desc("Make contractions of floats low-bit also where sums may be "
             "rounded differently from the model's; --report says by how much"),
    cl::cat(category));

static cl::opt<double>
    maxInput("max-input",
             cl::desc("Arguments of floats are numbers of at most this "
                      "magnitude (default: 2^32), 0: they may be NaN"),
             cl::init(kDefaultMaxInput), cl::cat(category));

static cl::opt<std::string> symbolPrefix(
    "prefix",
    cl::desc("Put before the C names of functions, e.g. @main becomes "
             "<prefix>main; may be empty (default: the module's name or else "
             "the input file's, and '_')"),
    cl::value_desc("name"), cl::cat(category));

// LLVM has a --threads already.
static cl::opt<unsigned> numThreads(
    "num-threads",
    cl::desc("Threads that a call uses: 1 (default) for code without threads, "
             "0 for as many as OMP_NUM_THREADS says at run time (else one per "
             "CPU). Programs link libbitserial_threads.a, its source Threads.c "
             "or LLVM's OpenMP for that; without them the code runs in one"),
    cl::value_desc("n"), cl::init(1), cl::cat(category));

static cl::opt<unsigned> optLevel("O",
                                  cl::desc("Optimisation level of LLVM, 0 to 3 "
                                           "(default: 3)"),
                                  cl::Prefix, cl::init(3), cl::cat(category));

static cl::opt<bool>
    showRemarks("remarks",
                cl::desc("Say what the compiler chose for the target, and why"),
                cl::cat(category));

static cl::opt<std::string> reportFile(
    "report",
    cl::desc("Write what became of each contraction of a model: a table, or "
             "JSON for .json"),
    cl::value_desc("file, - for stdout"), cl::cat(category));

static cl::opt<std::string>
    headerFile("header",
               cl::desc("Also write the C header of what is compiled"),
               cl::value_desc("file.h"), cl::cat(category));

static cl::opt<bool> listTargets("list-targets",
                                 cl::desc("Print the known CPUs and exit"),
                                 cl::cat(category));

static cl::extrahelp examples(R"(
EXAMPLES:
  Assembly for this machine, with the choices made:
    bitserial-compile conv.mlir --emit=asm --remarks
  A shared library and its header; @main becomes conv_main:
    bitserial-compile conv.mlir -o libconv.so
    bitserial-compile conv.mlir -o conv.h
  An object file for a Raspberry Pi 4:
    bitserial-compile conv.mlir -o conv.o --target=cortex-a72
  For ARMv7 with NEON:
    bitserial-compile conv.mlir -o conv.o --target=cortex-a7
  This machine without its AVX-512:
    bitserial-compile conv.mlir --emit=asm --features=-avx512f
)");

/// Of LLVM's and MLIR's options only the ones that help here are shown.
static void arrangeHelp() {
  for (auto &entry : cl::getRegisteredOptions()) {
    StringRef name = entry.first;
    if (!name.starts_with("mlir-"))
      continue;
    entry.second->addCategory(mlirCategory);
    if (name != "mlir-timing" && name != "mlir-timing-display" &&
        name != "mlir-disable-threading")
      entry.second->setHiddenFlag(cl::Hidden);
  }
  cl::HideUnrelatedOptions({&category, &mlirCategory});
}

//===----------------------------------------------------------------------===//
// Output
//===----------------------------------------------------------------------===//

/// What a file's name promises, if anything.
static std::optional<EmitKind> kindOfFile(StringRef path) {
  return llvm::StringSwitch<std::optional<EmitKind>>(
             llvm::sys::path::extension(path))
      .Case(".mlir", EmitKind::MLIR)
      .Case(".ll", EmitKind::LLVM)
      .Cases({".s", ".S", ".asm"}, EmitKind::Assembly)
      .Cases({".o", ".obj"}, EmitKind::Object)
      .Case(".so", EmitKind::Shared)
      .Cases({".h", ".hpp"}, EmitKind::Header)
      .Case(".json", EmitKind::Cost)
      .Default(std::nullopt);
}

static StringRef describeKind(EmitKind kind) {
  switch (kind) {
  case EmitKind::MLIR:
    return "MLIR";
  case EmitKind::LLVM:
    return "LLVM IR";
  case EmitKind::Assembly:
    return "assembly";
  case EmitKind::Object:
    return "an object file";
  case EmitKind::Shared:
    return "a shared library";
  case EmitKind::Header:
    return "a C header";
  case EmitKind::Cost:
    return "modelled cycles";
  }
  llvm_unreachable("all kinds are handled");
}

static int fail(const llvm::Twine &message) {
  llvm::errs() << "error: " << message << '\n';
  return EXIT_FAILURE;
}

static void printDiagnostics(const Compiler &compiler) {
  for (const CompileDiagnostic &diagnostic : compiler.diagnostics())
    if (diagnostic.severity != Severity::Remark || showRemarks)
      diagnostic.print(llvm::errs());
}

//===----------------------------------------------------------------------===//
// main
//===----------------------------------------------------------------------===//

static int compile() {
  EmitKind kind = emitKind;
  std::optional<EmitKind> promised = kindOfFile(outputFile);
  if (emitKind.getNumOccurrences() == 0)
    kind = promised.value_or(EmitKind::MLIR);
  else if (promised && *promised != kind)
    llvm::errs() << "warning: the name '" << outputFile << "' suggests "
                 << describeKind(*promised) << ", but --emit asks for "
                 << describeKind(kind) << '\n';
  if (inputFile.empty())
    return fail("no input file; give '-' to read standard input");
  bool hasExtension = llvm::sys::path::has_extension(outputFile);
  if (emitKind.getNumOccurrences() == 0 && hasExtension && !promised)
    return fail("the name '" + outputFile +
                "' does not say what to write; name it .o, .so, .h, .s, .ll, "
                ".mlir or .json, or give --emit");
  if (!(maxInput >= 0) || !std::isfinite(maxInput))
    return fail("--max-input must be finite and not negative");
  if (optLevel > 3)
    return fail("-O" + llvm::Twine(optLevel) +
                ": the optimisation level must be 0, 1, 2 or 3");
  bool isBinary = kind == EmitKind::Object || kind == EmitKind::Shared;
  if (isBinary && outputFile == "-" &&
      (kind == EmitKind::Shared ||
       llvm::sys::Process::StandardOutIsDisplayed()))
    return fail(describeKind(kind) + " needs an output file; give one with -o");

  DefaultTimingManager timingManager;
  applyDefaultTimingManagerCLOptions(timingManager);
  TimingScope timing = timingManager.getRootScope();

  CompileOptions options;
  options.cpu = targetCpu;
  options.features = targetFeatures;
  options.scheduleFile = scheduleFile;
  options.tuningDatabase = tuningDatabase;
  options.synthesis = synthesis;
  options.proofs = proofs;
  options.allowReassociation = allowReassociation;
  options.maxInput = maxInput;
  options.threads = numThreads;
  options.optLevel = optLevel;
  if (symbolPrefix.getNumOccurrences())
    options.prefix = symbolPrefix;
  options.configurePassManager = [](PassManager &manager) {
    return applyPassManagerCLOptions(manager);
  };
  options.timing = &timing;

  DialectRegistry registry;
  bitserial::registerAllDialects(registry);
  Compiler compiler(registry, std::move(options));
  LogicalResult result = compiler.parseFile(inputFile);
  if (succeeded(result))
    result = compiler.emitToFile(kind, outputFile);
  if (succeeded(result) && headerFile.getNumOccurrences())
    result = compiler.emitToFile(EmitKind::Header, headerFile);
  if (succeeded(result) && reportFile.getNumOccurrences()) {
    if (llvm::Error problem = compiler.importReport().write(reportFile))
      result = compiler.error(llvm::toString(std::move(problem)));
  }
  printDiagnostics(compiler);
  if (failed(result))
    return EXIT_FAILURE;

  if (kind != EmitKind::MLIR)
    for (const FunctionInterface &function : compiler.functions())
      if (compiler.symbolPrefix() + function.name == "main")
        llvm::errs() << "warning: with an empty prefix, @main becomes the C "
                        "function 'main', the entry point of a program\n";
  return EXIT_SUCCESS;
}

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  // --mlir-print-ir-after and its like take the names of registered passes.
  bitserial::registerAllPasses();
  registerAsmPrinterCLOptions();
  registerDefaultTimingManagerCLOptions();
  registerMLIRContextCLOptions();
  registerPassManagerCLOptions();
  arrangeHelp();
  cl::ParseCommandLineOptions(
      argc, argv,
      "bitserial: compiles contractions of low-bit numbers from MLIR to code "
      "for x86-64, AArch64 and ARM\n");
  if (listTargets) {
    Target::printSupported(llvm::outs());
    return EXIT_SUCCESS;
  }
  return compile();
}

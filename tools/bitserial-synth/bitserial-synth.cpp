//===- bitserial-synth.cpp - Kernels: find, list, explain, prove ----------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "BuildLibrary.h"
#include "Explain.h"
#include "Model.h"
#include "Pack.h"
#include "Prove.h"
#include "Report.h"
#include "Specs.h"

#include "bitserial/IR/Bitserial.h"
#include "bitserial/IR/Nesting.h"
#include "bitserial/InitAll.h"
#include "bitserial/Synthesis/CostModel.h"
#include "bitserial/Synthesis/KernelLibrary.h"
#include "bitserial/Target/Codegen.h"

#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Support/FileUtilities.h"

#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/raw_ostream.h"

#include <chrono>

using namespace mlir;
using namespace mlir::bitserial;
using llvm::formatv;
using synth::fail;
namespace cl = llvm::cl;

//===----------------------------------------------------------------------===//
// Command line
//===----------------------------------------------------------------------===//

static cl::SubCommand searchCommand(
    "search", "Find the kernel for a specification: in cache or library, else "
              "by search and proof");
static cl::SubCommand listCommand("list",
                                  "List the kernels of library and cache");
static cl::SubCommand
    explainCommand("explain",
                   "Say how a kernel works: sketch, sequence, when it is safe");
static cl::SubCommand proveCommand("prove",
                                   "Prove kernels again, with the solver");
static cl::SubCommand
    addCommand("add", "Prove a kernel of one's own and put it into the cache");
static cl::SubCommand exportCommand("export",
                                    "Write a kernel as MLIR or assembly");
static cl::SubCommand buildCommand("build-library",
                                   "Search for the kernels of the library");
static cl::SubCommand
    modelCommand("model", "Model the cycles of the library's kernels and of "
                          "the reference lowering, as JSON");

/// Those that are told about which kernels.
static cl::SubCommandGroup kernelCommands{&searchCommand,  &listCommand,
                                          &explainCommand, &proveCommand,
                                          &exportCommand,  &addCommand};

static cl::OptionCategory category("bitserial-synth options");

static cl::opt<std::string>
    inputFile(cl::Positional,
              cl::desc("[file.mlir: a kernel, or a module of bitserial.reduce "
                       "or bitserial.contract; - for stdin]"),
              cl::cat(category), cl::sub(searchCommand),
              cl::sub(explainCommand), cl::sub(proveCommand),
              cl::sub(exportCommand), cl::sub(addCommand));

static cl::opt<std::string>
    lhsFormat("lhs", cl::desc("Format of the activations, such as unsigned:2"),
              cl::value_desc("kind:width"), cl::cat(category),
              cl::sub(kernelCommands));
static cl::opt<std::string>
    rhsFormat("rhs", cl::desc("Format of the weights, such as bipolar:1"),
              cl::value_desc("kind:width"), cl::cat(category),
              cl::sub(kernelCommands));

static cl::opt<std::string> packFormat(
    "pack",
    cl::desc("In place of --lhs and --rhs: format of the values to be packed, "
             "such as unsigned:2"),
    cl::value_desc("kind:width"), cl::cat(category), cl::sub(kernelCommands));
static cl::opt<unsigned> packValues(
    "values",
    cl::desc("With --pack: values that are packed at once, 16, 32 or 64 "
             "(default)"),
    cl::init(64), cl::cat(category), cl::sub(kernelCommands));

static cl::opt<unsigned> wordBits(
    "word",
    cl::desc("Bits of a word: 8, 16, 32 or 64 (default: what the target "
             "prefers)"),
    cl::init(0), cl::cat(category), cl::sub(kernelCommands));

enum class Lanes { Outputs, Reduction };
static cl::opt<Lanes>
    lanes("lanes", cl::desc("What the lanes of a vector hold:"),
          cl::values(clEnumValN(Lanes::Outputs, "outputs",
                                "words of different outputs (default)"),
                     clEnumValN(Lanes::Reduction, "reduction",
                                "words of one output, summed at the end")),
          cl::init(Lanes::Outputs), cl::cat(category), cl::sub(kernelCommands));

static cl::opt<std::string> targetCpu(
    "target",
    cl::desc("CPU: native, a name that LLVM knows, or <triple>:<name> "
             "(default: native)"),
    cl::value_desc("cpu"), cl::cat(category), cl::sub(kernelCommands));
static cl::alias cpuAlias("cpu", cl::desc("Alias for --target"),
                          cl::aliasopt(targetCpu), cl::cat(category));
static cl::opt<std::string>
    targetFeatures("features", cl::desc("CPU features to add or remove"),
                   cl::value_desc("+a,-b"), cl::cat(category),
                   cl::sub(kernelCommands));

static cl::opt<std::string> cacheDirectory(
    "cache-dir",
    cl::desc("Folder of the cache (default: $BITSERIAL_CACHE_DIR, else "
             "bitserial/kernels in $XDG_CACHE_HOME or ~/.cache)"),
    cl::value_desc("dir"), cl::cat(category), cl::sub(kernelCommands));

static cl::opt<bool>
    afresh("afresh", cl::desc("Search even if cache or library have a kernel"),
           cl::cat(category), cl::sub(searchCommand));
static cl::opt<bool> measure(
    "measure",
    cl::desc("search: rank kernels by running them on this machine; model: "
             "run the kernels of x86 CPUs and the reference lowering as well"),
    cl::cat(category), cl::sub(searchCommand), cl::sub(modelCommand));
static cl::opt<bool> alsoExplain("explain",
                                 cl::desc("Explain the kernel as well"),
                                 cl::cat(category), cl::sub(searchCommand));

static cl::opt<bool> proveAll("library",
                              cl::desc("Prove all kernels of the library"),
                              cl::cat(category), cl::sub(proveCommand));
static cl::opt<std::string> proofsDirectory(
    "proofs",
    cl::desc("Write the obligations there, as .smt2 files with a manifest"),
    cl::value_desc("dir"), cl::cat(category), cl::sub(searchCommand),
    cl::sub(proveCommand));

static cl::opt<std::string> renewedDirectory(
    "renew",
    cl::desc("With --library: write the files of the kernels that are proved "
             "there, as proved with the present semantics and prover"),
    cl::value_desc("dir"), cl::cat(category), cl::sub(proveCommand));

enum class ExportKind { MLIR, Assembly };
static cl::opt<ExportKind> exportKind(
    "emit", cl::desc("What to write:"),
    cl::values(clEnumValN(ExportKind::MLIR, "mlir",
                          "the kernel: a module of vector functions (default)"),
               clEnumValN(ExportKind::Assembly, "asm",
                          "assembly of the loops of a micro-tile")),
    cl::init(ExportKind::MLIR), cl::cat(category), cl::sub(exportCommand));
static cl::opt<std::string> outputFile("o", cl::desc("Output file"),
                                       cl::value_desc("file, - for stdout"),
                                       cl::init("-"), cl::cat(category),
                                       cl::sub(exportCommand));

static cl::opt<std::string>
    libraryDirectory("output", cl::desc("Folder of the library"),
                     cl::value_desc("dir"), cl::init("lib/Kernels"),
                     cl::cat(category), cl::sub(buildCommand));
static cl::list<std::string>
    buildCpus("target", cl::desc("CPUs of the library (default: all)"),
              cl::value_desc("cpu,..."), cl::CommaSeparated, cl::cat(category),
              cl::sub(buildCommand), cl::sub(modelCommand));
static cl::list<std::string>
    buildNames("name", cl::desc("Names of kernels (default: all)"),
               cl::value_desc("a2w1-o64,..."), cl::CommaSeparated,
               cl::cat(category), cl::sub(buildCommand), cl::sub(modelCommand));
static cl::opt<bool> buildForce("force",
                                cl::desc("Search for what is up to date, too"),
                                cl::cat(category), cl::sub(buildCommand));

static cl::extrahelp examples(R"(
EXAMPLES:
  How 2-bit activations meet 1-bit weights on an AVX2 machine:
    bitserial-synth explain --lhs=unsigned:2 --rhs=bipolar:1 --target=haswell
  Kernels for all that a model contains, kept in the cache for its compilation:
    bitserial-synth search model.mlir --target=cortex-a72
  How 2-bit activations become bit planes:
    bitserial-synth explain --pack=unsigned:2 --target=cortex-a53
  What there is:
    bitserial-synth list
  Prove the library again, and write what solvers can check:
    bitserial-synth prove --library --proofs=proofs
)");

//===----------------------------------------------------------------------===//
// Kernels that the command line asks for
//===----------------------------------------------------------------------===//

namespace {
/// A run: the context, the target, and what is asked for.
class Session {
public:
  Session();

  /// Resolves target, file and formats; prints what is wrong.
  LogicalResult prepare();

  LogicalResult search();
  LogicalResult list();
  LogicalResult explain();
  LogicalResult prove();
  LogicalResult exportKernel();
  LogicalResult add();

private:
  LogicalResult readFile();
  /// The pack kernel asked for, from the file or from library and cache; a null
  /// module if none is.
  FailureOr<PackKernel> getPackKernel();
  LogicalResult exportText(StringRef text);
  KernelLibraryOptions sources(bool search) const;
  /// The kernels asked for, from the file or from library and cache.
  FailureOr<std::vector<Kernel>> getKernels();
  /// Whether a kernel is one of those asked for; all are if nothing is. Words
  /// and lanes count if they are given.
  bool isAskedFor(const KernelSpec &spec, StringRef cpu) const;

  DialectRegistry registry;
  std::unique_ptr<MLIRContext> context;
  llvm::SourceMgr sourceManager;
  std::unique_ptr<SourceMgrDiagnosticHandler> handler;
  std::optional<Target> target;
  std::vector<KernelSpec> specs;
  std::optional<PackSpec> pack;
  /// The kernel of the input, if it is one.
  OwningOpRef<ModuleOp> module;
  std::optional<Kernel> given;
  std::optional<PackKernel> givenPack;
};
} // namespace

Session::Session() {
  registerAllDialects(registry);
  CostModel::registerDialects(registry);
  context = std::make_unique<MLIRContext>(registry);
  context->loadDialect<BitserialDialect>();
  context->printOpOnDiagnostic(false);
  handler = std::make_unique<SourceMgrDiagnosticHandler>(
      sourceManager, context.get(), llvm::errs());
}

KernelLibraryOptions Session::sources(bool search) const {
  KernelLibraryOptions options;
  options.search = search;
  if (cacheDirectory.getNumOccurrences())
    options.cacheDirectory = cacheDirectory;
  return options;
}

LogicalResult Session::readFile() {
  std::string message;
  std::unique_ptr<llvm::MemoryBuffer> buffer =
      openInputFile(inputFile, &message);
  if (!buffer)
    return fail(message);
  if (failed(checkText(context.get(), buffer->getBuffer(),
                       buffer->getBufferIdentifier())))
    return failure();
  sourceManager.AddNewSourceBuffer(std::move(buffer), llvm::SMLoc());
  module = parseSourceFile<ModuleOp>(sourceManager, context.get());
  if (!module)
    return failure();
  auto attribute = (*module)->getAttrOfType<TargetAttr>(kTargetAttrName);
  bool isKernel = (*module)->hasAttr("bitserial.kernel");
  std::string cpu = targetCpu;
  std::string features = targetFeatures;
  if ((*module)->hasAttr(PackKernel::kAttrName)) {
    FailureOr<PackKernel> kernel = PackKernel::get(*module);
    if (failed(kernel))
      return failure();
    givenPack = std::move(*kernel);
    pack = givenPack->spec;
    if (cpu.empty())
      cpu = givenPack->cpu;
  } else if (isKernel) {
    FailureOr<Kernel> kernel = Kernel::get(*module);
    if (failed(kernel))
      return failure();
    given = std::move(*kernel);
    specs = {given->spec};
    if (cpu.empty())
      cpu = given->cpu;
  } else if (cpu.empty() && attribute) {
    cpu = attribute.getCpu().str();
    features = attribute.getFeatures().str();
  }
  llvm::Expected<Target> resolved =
      Target::get(cpu.empty() ? "native" : cpu, features);
  if (!resolved)
    return fail(llvm::toString(resolved.takeError()));
  target = std::move(*resolved);
  if (isKernel || givenPack)
    return success();

  (*module)->setAttr(
      kTargetAttrName,
      TargetAttr::get(context.get(), cpu.empty() ? "native" : cpu, features));
  FailureOr<std::vector<KernelSpec>> found = synth::findSpecs(*module, *target);
  if (failed(found))
    return failure();
  specs = std::move(*found);
  return success();
}

LogicalResult Session::prepare() {
  bool hasFormats = !lhsFormat.empty() || !rhsFormat.empty();
  if (hasFormats && !packFormat.empty())
    return fail("give --pack or --lhs and --rhs, not both");
  // What would have no effect is a misunderstanding.
  auto check = [](const cl::Option &option, bool hasEffect, StringRef reason) {
    if (!option.getNumOccurrences() || hasEffect)
      return success();
    return fail("--" + option.ArgStr + " has no effect " + reason);
  };
  if (failed(check(packValues, !packFormat.empty(), "without --pack")) ||
      failed(check(wordBits, hasFormats, "without --lhs and --rhs")) ||
      failed(check(lanes, hasFormats, "without --lhs and --rhs")) ||
      failed(check(measure, packFormat.empty(),
                   "on kernels that pack values: none is measured")))
    return failure();
  if (!inputFile.empty()) {
    if (hasFormats || !packFormat.empty())
      return fail("give a file or formats, not both");
    return readFile();
  }
  llvm::Expected<Target> resolved = Target::get(
      targetCpu.empty() ? "native" : targetCpu.getValue(), targetFeatures);
  if (!resolved)
    return fail(llvm::toString(resolved.takeError()));
  target = std::move(*resolved);
  if (!packFormat.empty()) {
    llvm::Expected<PackSpec> spec =
        synth::parsePackSpec(packFormat, packValues);
    if (!spec)
      return fail("--pack: " + llvm::toString(spec.takeError()));
    pack = std::move(*spec);
  }
  if (!hasFormats)
    return success();
  if (lhsFormat.empty() || rhsFormat.empty())
    return fail("--lhs and --rhs are both needed");
  llvm::Expected<NumberFormat> lhs = synth::parseFormat(lhsFormat);
  if (!lhs)
    return fail("--lhs: " + llvm::toString(lhs.takeError()));
  llvm::Expected<NumberFormat> rhs = synth::parseFormat(rhsFormat);
  if (!rhs)
    return fail("--rhs: " + llvm::toString(rhs.takeError()));
  unsigned word = wordBits ? unsigned(wordBits) : target->preferredWordBits();
  if (word != 8 && word != 16 && word != 32 && word != 64)
    return fail(formatv("--word={0}: words have 8, 16, 32 or 64 bits", word));
  specs = {KernelSpec::get(*lhs, *rhs, word, lanes == Lanes::Reduction).first};
  return success();
}

FailureOr<PackKernel> Session::getPackKernel() {
  if (givenPack)
    return *givenPack;
  PackAnswer answer = KernelLibrary(sources(/*search=*/false))
                          .lookup(context.get(), *pack, *target);
  if (!answer.kernel)
    return fail(answer.reason +
                "; 'bitserial-synth search' with the same options finds one");
  return *answer.kernel;
}

FailureOr<std::vector<Kernel>> Session::getKernels() {
  if (given)
    return std::vector<Kernel>{*given};
  if (specs.empty())
    return fail("give the formats by --lhs and --rhs, or a file");
  KernelLibrary library(sources(/*search=*/false));
  std::vector<Kernel> kernels;
  for (const KernelSpec &spec : specs) {
    KernelAnswer answer = library.lookup(context.get(), spec, *target);
    if (!answer.kernel)
      return fail(answer.reason +
                  "; 'bitserial-synth search' with the same options finds one");
    kernels.push_back(std::move(*answer.kernel));
  }
  return kernels;
}

//===----------------------------------------------------------------------===//
// Commands
//===----------------------------------------------------------------------===//

LogicalResult Session::search() {
  if (given || givenPack)
    return fail("'" + inputFile + "' is a kernel already");
  if (pack) {
    KernelLibraryOptions options = sources(/*search=*/true);
    options.afresh = afresh;
    FailureOr<PackKernel> kernel =
        synth::searchPackKernel(context.get(), *pack, *target, options);
    if (failed(kernel) || (alsoExplain && failed(synth::explainPack(
                                              *kernel, *target, llvm::outs()))))
      return failure();
    if (proofsDirectory.empty())
      return success();
    return synth::provePackKernel(*kernel, *target, proofsDirectory);
  }
  if (specs.empty())
    return fail("give the formats by --lhs and --rhs, or a file");
  bool missing = false;
  for (const KernelSpec &spec : specs) {
    KernelLibraryOptions options = sources(/*search=*/true);
    options.afresh = afresh;
    options.measure = measure;
    using Clock = std::chrono::steady_clock;
    Clock::time_point start = Clock::now();
    KernelLibraryOptions others = options;
    others.search = false;
    if (afresh ||
        !KernelLibrary(others).lookup(context.get(), spec, *target).kernel)
      synth::announceSearch(spec.name(), *target);
    KernelAnswer answer =
        KernelLibrary(options).lookup(context.get(), spec, *target);
    double seconds =
        std::chrono::duration<double>(Clock::now() - start).count();
    if (!answer.kernel) {
      missing = true;
      (void)fail(formatv("no kernel {0} for {1}: {2}", spec.name(),
                         target->cpu(), answer.reason));
      continue;
    }
    const Kernel &kernel = *answer.kernel;
    llvm::outs() << formatv(
        "{0} for {1}: {2:f2} cycles per vector, tile {3} x {4}, from {5} in "
        "{6:f1} s; "
        "{7}\n",
        spec.name(), target->cpu(), kernel.cycles, kernel.tileRows,
        kernel.tileVectors, stringifyKernelOrigin(answer.origin), seconds,
        kernel.sketch);
    if (alsoExplain && failed(synth::explain(kernel, *target, llvm::outs())))
      return failure();
    if (!proofsDirectory.empty() &&
        failed(synth::prove(kernel, *target, proofsDirectory)))
      return failure();
  }
  return failure(missing);
}

bool Session::isAskedFor(const KernelSpec &spec, StringRef cpu) const {
  if (targetCpu.getNumOccurrences() && cpu != target->cpu())
    return false;
  return specs.empty() || llvm::any_of(specs, [&](KernelSpec wanted) {
           if (!wordBits)
             wanted.wordBits = spec.wordBits;
           if (!lanes.getNumOccurrences())
             wanted.lanesAreReduction = spec.lanesAreReduction;
           return wanted == spec;
         });
}

LogicalResult Session::list() {
  struct Row {
    std::string name, cpu, origin;
    const Kernel kernel;
  };
  llvm::outs() << formatv("{0,-16} {1,-15} {2,-7} {3,6}  {4,-6} {5}\n",
                          "kernel", "cpu", "origin", "cycles", "tile",
                          "sketch");
  bool bad = false;
  unsigned count = 0;
  auto printPack = [&](StringRef text, StringRef file, StringRef origin) {
    if (!specs.empty())
      return;
    FailureOr<bool> isListed = synth::listPackKernel(
        context.get(), text, file, origin,
        targetCpu.getNumOccurrences() ? target->cpu() : StringRef(), pack);
    bad |= failed(isListed);
    count += succeeded(isListed) && *isListed;
  };
  auto print = [&](StringRef text, StringRef file, StringRef origin) {
    if (pack)
      return;
    OwningOpRef<ModuleOp> owner;
    FailureOr<Kernel> kernel = Kernel::parse(context.get(), text, file, owner);
    if (failed(kernel)) {
      bad = true;
      return;
    }
    if (!isAskedFor(kernel->spec, kernel->cpu))
      return;
    ++count;
    llvm::outs() << formatv(
        "{0,-16} {1,-15} {2,-7} {3,6:f2}  {4,-6} {5}\n", kernel->spec.name(),
        kernel->cpu, origin, kernel->cycles,
        formatv("{0} x {1}", kernel->tileRows, kernel->tileVectors).str(),
        kernel->sketch);
  };
  for (const LibraryFile &file : getLibraryFiles()) {
    auto entry = parseKernelEntry(file.text);
    if (!entry) {
      bad = true;
      (void)fail("'" + file.name +
                 "' of the library: " + llvm::toString(entry.takeError()));
      continue;
    }
    print(entry->second, file.name, "library");
  }
  for (const LibraryFile &file : getPackLibraryFiles()) {
    auto entry = parseKernelEntry(file.text);
    if (!entry) {
      bad = true;
      (void)fail("'" + file.name +
                 "' of the library: " + llvm::toString(entry.takeError()));
      continue;
    }
    printPack(entry->second, file.name, "library");
  }
  KernelLibrary library(sources(/*search=*/false));
  for (const KernelCache::Entry &entry : library.getCache().list()) {
    if (!entry.problem.empty()) {
      llvm::errs() << "warning: " << entry.problem << '\n';
      continue;
    }
    if (StringRef(entry.key).starts_with("pack="))
      printPack(entry.text, entry.path, "cache");
    else
      print(entry.text, entry.path, "cache");
  }
  if (count == 0 && !bad) {
    llvm::errs() << "note: there is no such kernel";
    std::vector<StringRef> others = rankLibraryTargets(*target);
    if (targetCpu.getNumOccurrences() && !others.empty() &&
        others.front() != target->cpu())
      llvm::errs() << "; " << target->cpu()
                   << " takes those of the library for "
                   << llvm::join(others, ", ")
                   << ", the first that it has the features for";
    llvm::errs() << '\n';
  }
  return failure(bad);
}

LogicalResult Session::explain() {
  if (pack) {
    FailureOr<PackKernel> kernel = getPackKernel();
    if (failed(kernel))
      return failure();
    return synth::explainPack(*kernel, *target, llvm::outs());
  }
  FailureOr<std::vector<Kernel>> kernels = getKernels();
  if (failed(kernels))
    return failure();
  for (auto [i, kernel] : llvm::enumerate(*kernels)) {
    if (i)
      llvm::outs() << '\n';
    if (failed(synth::explain(kernel, *target, llvm::outs())))
      return failure();
  }
  return success();
}

LogicalResult Session::prove() {
  if (!proveAll && !renewedDirectory.empty())
    return fail("--renew is for --library");
  if (proveAll) {
    if (!specs.empty() || pack)
      return fail("--library is for all kernels of the library");
    bool allProved = succeeded(
        synth::proveLibrary(registry, proofsDirectory, renewedDirectory));
    allProved &= succeeded(
        synth::provePackLibrary(registry, proofsDirectory, renewedDirectory));
    return success(allProved);
  }
  if (pack) {
    FailureOr<PackKernel> kernel = getPackKernel();
    if (failed(kernel))
      return failure();
    return synth::provePackKernel(*kernel, *target, proofsDirectory);
  }
  FailureOr<std::vector<Kernel>> kernels = getKernels();
  if (failed(kernels))
    return failure();
  bool allProved = true;
  for (const Kernel &kernel : *kernels)
    allProved &= succeeded(synth::prove(kernel, *target, proofsDirectory));
  return success(allProved);
}

LogicalResult Session::exportText(StringRef text) {
  if (llvm::Error error = writeOutputFile(outputFile, text))
    return fail(llvm::toString(std::move(error)));
  return success();
}

LogicalResult Session::exportKernel() {
  if (pack) {
    FailureOr<PackKernel> kernel = getPackKernel();
    if (failed(kernel))
      return failure();
    if (exportKind == ExportKind::MLIR)
      return exportText(printKernel(*kernel));
    llvm::Expected<PackModel> model = modelPack(*kernel, *target);
    if (!model)
      return fail(llvm::toString(model.takeError()));
    return exportText(model->assembly);
  }
  FailureOr<std::vector<Kernel>> kernels = getKernels();
  if (failed(kernels))
    return failure();
  if (kernels->size() != 1)
    return fail(formatv("the file needs {0} kernels; choose one by --lhs and "
                        "--rhs",
                        kernels->size()));
  const Kernel &kernel = kernels->front();
  std::string text;
  if (exportKind == ExportKind::MLIR) {
    text = printKernel(kernel);
  } else {
    llvm::Expected<std::string> assembly = synth::printLoops(kernel, *target);
    if (!assembly)
      return fail(llvm::toString(assembly.takeError()));
    text = std::move(*assembly);
  }
  return exportText(text);
}

LogicalResult Session::add() {
  if (!given && !givenPack)
    return fail("give a file with a kernel");
  KernelLibrary library(sources(/*search=*/false));
  const KernelCache &cache = library.getCache();
  if (cache.directory().empty())
    return fail("there is no cache; give a folder by --cache-dir");
  if (llvm::Error error =
          givenPack ? checkFit(*givenPack, *target) : checkFit(*given, *target))
    return fail("'" + inputFile + "' is no kernel for " + target->cpu() + ": " +
                llvm::toString(std::move(error)));
  if (failed(givenPack ? synth::provePackKernel(*givenPack, *target, "")
                       : synth::prove(*given, *target, /*directory=*/"")))
    return failure();
  std::string name = givenPack ? pack->name() : given->spec.name();
  std::string key = givenPack ? getKernelKey(*pack, *target)
                              : getKernelKey(given->spec, *target);
  std::string text = givenPack ? printKernel(*givenPack) : printKernel(*given);
  if (llvm::Error error = library.store(name, key, text))
    return fail(llvm::toString(std::move(error)));
  llvm::outs() << "written to '" << cache.getPath(name, key) << "'\n";
  return success();
}

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  cl::HideUnrelatedOptions(category);
  for (cl::SubCommand *command :
       {&searchCommand, &listCommand, &explainCommand, &proveCommand,
        &exportCommand, &addCommand, &buildCommand, &modelCommand})
    cl::HideUnrelatedOptions(category, *command);
  cl::ParseCommandLineOptions(
      argc, argv,
      "bitserial-synth: finds, explains and proves the inner kernels of "
      "contractions of low-bit numbers\n");

  auto run = [&]() -> LogicalResult {
    if (buildCommand) {
      synth::BuildLibraryOptions options;
      options.directory = libraryDirectory;
      options.cpus = buildCpus;
      options.names = buildNames;
      options.force = buildForce;
      return synth::buildLibrary(options);
    }
    if (modelCommand) {
      synth::ModelOptions options;
      options.cpus = buildCpus;
      options.names = buildNames;
      options.measure = measure;
      return synth::modelLibrary(options, llvm::outs());
    }
    using Command = LogicalResult (Session::*)();
    std::pair<cl::SubCommand *, Command> commands[] = {
        {&searchCommand, &Session::search},
        {&listCommand, &Session::list},
        {&explainCommand, &Session::explain},
        {&proveCommand, &Session::prove},
        {&exportCommand, &Session::exportKernel},
        {&addCommand, &Session::add}};
    for (auto [command, function] : commands)
      if (*command) {
        Session session;
        if (failed(session.prepare()))
          return failure();
        return (session.*function)();
      }
    return fail(
        "no command; one of search, list, explain, prove, export, "
        "add, build-library, model ('bitserial-synth --help' says more)");
  };
  return succeeded(run()) ? EXIT_SUCCESS : EXIT_FAILURE;
}

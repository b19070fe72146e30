//===- PackLibrary.cpp - Where proved pack kernels come from --------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Synthesis/PackLibrary.h"

#include "DiagnosticCollector.h"

#include "bitserial/IR/Bitserial.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"

#include <map>
#include <mutex>

using namespace mlir;
using namespace mlir::bitserial;
using llvm::createStringError;
using llvm::formatv;
using llvm::toString;

ArrayRef<LibraryFile> bitserial::getPackLibraryFiles() {
  static const LibraryFile files[] = {
#include "PackKernelFiles.inc"
      {"", ""}};
  return ArrayRef(files).drop_back();
}

//===----------------------------------------------------------------------===//
// Keys
//===----------------------------------------------------------------------===//

/// To be increased with every change after which a search may find other
/// kernels, or the same kernels other costs.
static constexpr unsigned kPackSearchVersion = 1;
/// To be increased with every change after which the prover may prove less.
static constexpr unsigned kPackProverVersion = 1;

/// What a proof depends on besides the kernel: a part of the key.
static std::string getProofStamp(Arch arch) {
  return formatv(" semantics={0} pack-prover={1} ",
                 getSemanticsHash(arch).take_front(16), kPackProverVersion);
}

std::string bitserial::getPackKey(const PackSpec &spec, const Target &target) {
  return formatv("{0} target={1}:{2} model={3} features={4} vectors={5}x{6}"
                 "{7}pack-search={8} version={9}/{10}",
                 spec.str(), stringifyArch(target.arch()), target.cpu(),
                 target.costModelCpu(),
                 llvm::join(getSemanticFeatures(target), ","),
                 target.vectorRegisters(), target.vectorBits(),
                 getProofStamp(target.arch()), kPackSearchVersion,
                 BITSERIAL_VERSION, LLVM_VERSION_STRING);
}

std::string bitserial::printPackKernel(const PackKernel &kernel) {
  std::string text;
  llvm::raw_string_ostream os(text);
  ModuleOp(kernel.module).print(os);
  os << '\n';
  return text;
}

//===----------------------------------------------------------------------===//
// What a context and the process keep
//===----------------------------------------------------------------------===//

namespace {
/// The pack kernels of a context, and the answers given.
class PackStore : public PackKernelSource {
public:
  explicit PackStore(Dialect *dialect) : PackKernelSource(dialect) {}

  static PackStore &of(MLIRContext *context) {
    context->getOrLoadDialect<BitserialDialect>();
    auto *store = static_cast<PackStore *>(PackKernelSource::get(context));
    assert(store && "the context lacks KernelLibrary::registerDialects");
    return *store;
  }

  struct Entry {
    PackAnswer answer;
    OwningOpRef<ModuleOp> module;
  };
  struct Use {
    PackKernel kernel;
    Target target;
  };

  const Entry *find(const std::string &question) {
    std::lock_guard<std::mutex> lock(mutex);
    auto it = entries.find(question);
    return it == entries.end() ? nullptr : &it->second;
  }
  const Entry &keep(const std::string &question, Entry entry) {
    std::lock_guard<std::mutex> lock(mutex);
    return entries.try_emplace(question, std::move(entry)).first->second;
  }
  void activate(const KernelLibraryOptions &options) {
    std::lock_guard<std::mutex> lock(mutex);
    active = options;
    used.clear();
  }
  std::vector<Use> getUsed() {
    std::lock_guard<std::mutex> lock(mutex);
    return used;
  }

  std::optional<Answer> find(const PackSpec &spec,
                             const Target &target) override;

private:
  std::mutex mutex;
  std::map<std::string, Entry> entries;
  std::optional<KernelLibraryOptions> active;
  std::vector<Use> used;
};

/// Texts that the process knows to be right, and warnings it has given.
class ProcessMemory {
public:
  static ProcessMemory &get() {
    static ProcessMemory memory;
    return memory;
  }
  bool contains(StringRef text) {
    std::lock_guard<std::mutex> lock(mutex);
    return texts.contains(text);
  }
  /// Whether it is new.
  bool add(StringRef text) {
    std::lock_guard<std::mutex> lock(mutex);
    return texts.insert(text).second;
  }

private:
  std::mutex mutex;
  llvm::StringSet<> texts;
};
} // namespace

static void warnOnce(MLIRContext *context, const Twine &message) {
  if (ProcessMemory::get().add("warning " + message.str()))
    emitWarning(UnknownLoc::get(context)) << message.str();
}

//===----------------------------------------------------------------------===//
// Lookup
//===----------------------------------------------------------------------===//

namespace {
/// One lookup.
class PackFinder {
public:
  PackFinder(MLIRContext *context, const PackSpec &spec, const Target &target,
             const KernelLibraryOptions &options)
      : context(context), spec(spec), target(target), options(options),
        cache(!options.useCache        ? std::string()
              : options.cacheDirectory ? *options.cacheDirectory
                                       : KernelCache::getDefaultDirectory()),
        key(getPackKey(spec, target)) {}

  PackStore::Entry run() &&;

private:
  /// Parses a kernel that was stored under a key, and checks it. Fails with the
  /// reason.
  llvm::Error load(StringRef text, StringRef name, KernelOrigin origin,
                   StringRef storedKey);
  llvm::Error check(const PackKernel &kernel, bool wasProvedHere) const;
  bool tryCache();
  bool tryLibrary();
  void search();

  MLIRContext *context;
  const PackSpec &spec;
  const Target &target;
  const KernelLibraryOptions &options;
  KernelCache cache;
  PackStore::Entry entry;
  std::string key;
};
} // namespace

llvm::Error PackFinder::check(const PackKernel &kernel,
                              bool wasProvedHere) const {
  const InstructionSet *set = InstructionSet::get(context, target);
  if (!set)
    return createStringError("the semantics of instructions do not load");
  if (!wasProvedHere) {
    std::unique_ptr<Solver> solver = Solver::create();
    PackProof proof = provePack(kernel, *set, solver.get());
    if (!proof.isProved())
      return createStringError("its proof fails: " + proof.reason);
    return llvm::Error::success();
  }
  FailureOr<std::optional<PackCounterexample>> wrong = screenPack(kernel, *set);
  if (failed(wrong))
    return createStringError("its function has no meaning");
  if (*wrong)
    return createStringError("it does not compute what it should: " +
                             (*wrong)->str());
  return llvm::Error::success();
}

llvm::Error PackFinder::load(StringRef text, StringRef name,
                             KernelOrigin origin, StringRef storedKey) {
  OwningOpRef<ModuleOp> module;
  DiagnosticCollector collector(context);
  FailureOr<PackKernel> kernel = PackKernel::parse(context, text, name, module);
  if (failed(kernel))
    return createStringError(collector.text);
  if (!(kernel->spec == spec))
    return createStringError("it is for '" + kernel->spec.str() + "'");
  if (!kernel->isSupportedBy(target))
    return createStringError("it needs features that the target lacks");
  ProcessMemory &memory = ProcessMemory::get();
  std::string mark = "checked " + hashText(text);
  if (!memory.contains(mark)) {
    bool wasProvedHere = storedKey.contains(getProofStamp(target.arch()));
    if (llvm::Error error = check(*kernel, wasProvedHere))
      return error;
    memory.add(mark);
  }
  entry.module = std::move(module);
  entry.answer.kernel = std::move(*kernel);
  entry.answer.origin = origin;
  return llvm::Error::success();
}

bool PackFinder::tryCache() {
  KernelCache::Result result = cache.lookup(spec.name(), key);
  if (!result.problem.empty())
    warnOnce(context, result.problem);
  if (!result.text)
    return false;
  std::string path = cache.getPath(spec.name(), key);
  if (llvm::Error error = load(*result.text, path, KernelOrigin::Cache, key)) {
    warnOnce(context, "the cached kernel '" + path +
                          "' is not used: " + toString(std::move(error)));
    return false;
  }
  entry.answer.place = path;
  return true;
}

bool PackFinder::tryLibrary() {
  // What relieves the ports of Intel's cores measured 0.8 to 1 times as fast as
  // the reference lowering on Zen 5.
  if (target.cpu().starts_with("znver"))
    return false;
  ArrayRef<LibraryFile> files = getPackLibraryFiles();
  std::string fileName = spec.name() + ".mlir";
  if (llvm::none_of(files, [&](const LibraryFile &file) {
        return file.name.ends_with("/" + fileName);
      }))
    return false;
  for (StringRef cpu : rankLibraryTargets(target)) {
    std::string name = (cpu + "/" + fileName).str();
    const LibraryFile *file = llvm::find_if(
        files, [&](const LibraryFile &file) { return file.name == name; });
    const LibraryTarget *home =
        llvm::find_if(getLibraryTargets(), [&](const LibraryTarget &entry) {
          return entry.cpu == cpu;
        });
    // A kernel for other vectors was compared with another reference.
    if (file == files.end() ||
        llvm::cantFail(Target::get(home->cpu, home->features)).vectorBits() !=
            target.vectorBits())
      continue;
    auto parsed = parseKernelEntry(file->text);
    llvm::Error error = parsed ? load(parsed->second, name,
                                      KernelOrigin::Library, parsed->first)
                               : parsed.takeError();
    if (!error) {
      entry.answer.place = name;
      return true;
    }
    // That it needs what another CPU has is no defect.
    std::string reason = toString(std::move(error));
    if (cpu == target.cpu())
      warnOnce(context, "the kernel '" + name +
                            "' of the library is not used: " + reason);
  }
  return false;
}

void PackFinder::search() {
  if (!Solver::create()) {
    entry.answer.reason =
        "built without a solver: only library and cache kernels are used";
    return;
  }
  std::string text, said;
  {
    // One at a time; in a context of its own, since a search runs passes and
    // may be called from one.
    static std::mutex mutex;
    std::lock_guard<std::mutex> lock(mutex);
    DialectRegistry registry;
    registerSearchDialects(registry);
    MLIRContext own(registry, MLIRContext::Threading::DISABLED);
    own.loadAllAvailableDialects();
    own.getDiagEngine().registerHandler([&](Diagnostic &diagnostic) {
      if (said.empty())
        said = diagnostic.str();
      return success();
    });
    FailureOr<PackSearchResult> result = searchPack(&own, spec, target);
    if (failed(result)) {
      entry.answer.reason = "the search failed: " + said;
      return;
    }
    entry.answer.statistics = result->statistics;
    entry.answer.referenceCycles = result->referenceCycles;
    if (!result->module) {
      entry.answer.reason =
          formatv("{0} {1} ({2})",
                  result->isOutOfBudget ? "the search ran out of budget for"
                                        : "no sketch fits",
                  spec.name(), result->statistics.str());
      return;
    }
    text = printPackKernel(*PackKernel::get(*result->module));
  }
  if (llvm::Error error = cache.store(spec.name(), key, text))
    warnOnce(context, toString(std::move(error)));
  if (llvm::Error error = load(text, spec.name(), KernelOrigin::Search, key))
    entry.answer.reason =
        "what the search found is not used: " + toString(std::move(error));
}

PackStore::Entry PackFinder::run() && {
  bool found =
      !options.afresh && (tryCache() || (options.useLibrary && tryLibrary()));
  if (!found && options.search)
    search();
  else if (!found)
    entry.answer.reason =
        formatv("neither library nor cache has a kernel '{0}' for {1}",
                spec.name(), target.cpu());
  return std::move(entry);
}

PackAnswer bitserial::lookupPack(MLIRContext *context, const PackSpec &spec,
                                 const Target &target,
                                 const KernelLibraryOptions &options) {
  std::string question = formatv(
      "{0}{1}{2}{3} {4} {5}\n{6}", options.useCache, options.useLibrary,
      options.search, options.afresh, options.cacheDirectory.has_value(),
      options.cacheDirectory.value_or(""), getPackKey(spec, target));
  PackStore &store = PackStore::of(context);
  const PackStore::Entry *entry = store.find(question);
  if (!entry)
    entry =
        &store.keep(question, PackFinder(context, spec, target, options).run());
  return entry->answer;
}

//===----------------------------------------------------------------------===//
// The source of the lowering
//===----------------------------------------------------------------------===//

std::optional<PackKernelSource::Answer> PackStore::find(const PackSpec &spec,
                                                        const Target &target) {
  std::optional<KernelLibraryOptions> options;
  {
    std::lock_guard<std::mutex> lock(mutex);
    options = active;
  }
  if (!options)
    return std::nullopt;
  options->afresh = false;
  PackAnswer answer = lookupPack(getContext(), spec, target, *options);
  if (!answer.kernel)
    return std::nullopt;
  std::string origin;
  switch (answer.origin) {
  case KernelOrigin::Cache:
    origin = "from the cache";
    break;
  case KernelOrigin::Library:
    origin = "from the library (" + answer.place + ")";
    break;
  case KernelOrigin::Search:
    origin = "from a search (" + answer.statistics->str() + ")";
    break;
  }
  std::lock_guard<std::mutex> lock(mutex);
  used.push_back({*answer.kernel, target});
  return Answer{*answer.kernel, std::move(origin)};
}

void bitserial::registerPackLibrary(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *, BitserialDialect *dialect) {
    dialect->addInterfaces<PackStore>();
  });
}

void bitserial::activatePackLibrary(MLIRContext *context,
                                    const KernelLibraryOptions &options) {
  PackStore::of(context).activate(options);
}

llvm::Error bitserial::provePackAndWrite(const PackKernel &kernel,
                                         const Target &target,
                                         StringRef directory) {
  const InstructionSet *set =
      InstructionSet::get(ModuleOp(kernel.module).getContext(), target);
  std::unique_ptr<Solver> solver = Solver::create();
  if (!set || !solver)
    return createStringError("built without a solver: there are no proofs to "
                             "write");
  PackProof proof = provePack(kernel, *set, solver.get());
  if (!proof.isProved())
    return createStringError(formatv("{0} is {1}: {2}", kernel.spec.name(),
                                     stringifyVerdict(proof.verdict),
                                     proof.reason));
  SmallString<128> folder(directory);
  llvm::sys::path::append(folder, kernel.cpu);
  return writePackProof(folder, kernel.spec.name(), kernel, *set, proof);
}

llvm::Error bitserial::proveUsedPacks(MLIRContext *context,
                                      StringRef directory) {
  // Not twice at a time: passes may run in parallel.
  static std::mutex mutex;
  static llvm::StringSet<> written;
  std::lock_guard<std::mutex> lock(mutex);
  for (const PackStore::Use &use : PackStore::of(context).getUsed()) {
    if (!written.insert((directory + "\n" + printPackKernel(use.kernel)).str())
             .second)
      continue;
    if (llvm::Error error =
            provePackAndWrite(use.kernel, use.target, directory))
      return error;
  }
  return llvm::Error::success();
}

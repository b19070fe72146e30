//===- KernelLibrary.cpp - Where proved kernels come from -----------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Synthesis/KernelLibrary.h"

#include "DiagnosticCollector.h"
#include "LibrarySearch.h"

#include "bitserial/IR/Bitserial.h"
#include "bitserial/Synthesis/InstructionSet.h"
#include "bitserial/Synthesis/PackProver.h"
#include "bitserial/Synthesis/Prover.h"

#include "llvm/ADT/MapVector.h"
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

//===----------------------------------------------------------------------===//
// Texts and keys
//===----------------------------------------------------------------------===//

ArrayRef<LibraryFile> bitserial::getLibraryFiles() {
  static const LibraryFile files[] = {
#include "KernelFiles.inc"
      {"", ""}};
  return ArrayRef(files).drop_back();
}

ArrayRef<LibraryFile> bitserial::getPackLibraryFiles() {
  static const LibraryFile files[] = {
#include "PackKernelFiles.inc"
      {"", ""}};
  return ArrayRef(files).drop_back();
}

static std::string printModule(ModuleOp module) {
  std::string text;
  llvm::raw_string_ostream os(text);
  module.print(os);
  os << '\n';
  return text;
}

std::string bitserial::printKernel(const Kernel &kernel) {
  return printModule(kernel.module);
}
std::string bitserial::printKernel(const PackKernel &kernel) {
  return printModule(kernel.module);
}

/// To be increased with every change after which a search may find other
/// kernels, or the same kernels other costs.
static constexpr unsigned kSearchVersion = 3;
static constexpr unsigned kCostModelVersion = 3;
static constexpr unsigned kPackSearchVersion = 1;
/// To be increased with every change after which the prover may prove less;
/// `bitserial-synth prove --library --renew=lib/Kernels` renews the library.
static constexpr unsigned kProverVersion = 2;
static constexpr unsigned kPackProverVersion = 2;

/// The part of a key that names the target and what is asked of it.
static std::string describeTarget(const Target &target) {
  return formatv(" target={0}:{1} model={2} features={3} vectors={4}x{5}",
                 stringifyArch(target.arch()), target.cpu(),
                 target.costModelCpu(),
                 llvm::join(getSemanticFeatures(target), ","),
                 target.vectorRegisters(), target.vectorBits());
}

/// The part of a key that names the program.
static constexpr const char *kVersion =
    " version=" BITSERIAL_VERSION "/" LLVM_VERSION_STRING;

//===----------------------------------------------------------------------===//
// The two kinds of kernels
//===----------------------------------------------------------------------===//

namespace {
/// That a kernel is in order, but not for this target or specification.
class UnfitKernel : public llvm::ErrorInfo<UnfitKernel> {
public:
  static char ID;
  explicit UnfitKernel(const Twine &reason) : reason(reason.str()) {}
  void log(llvm::raw_ostream &os) const override { os << reason; }
  std::error_code convertToErrorCode() const override {
    return llvm::inconvertibleErrorCode();
  }

private:
  std::string reason;
};
char UnfitKernel::ID = 0;

/// Kernels of reductions.
struct ReduceKind {
  using Spec = KernelSpec;
  using Kernel = bitserial::Kernel;
  using Answer = KernelAnswer;
  using Source = KernelSource;
  using Proof = ProofResult;

  static ArrayRef<LibraryFile> getFiles() { return getLibraryFiles(); }
  /// The part of a key that says what a proof depends on besides the kernel.
  static std::string getProofStamp(Arch arch) {
    return formatv(" semantics={0} prover={1} ",
                   getSemanticsHash(arch).take_front(16), kProverVersion);
  }
  /// Whether kernels of a CPU of the library are for this target, if they are
  /// for its vectors.
  static bool isServedBy(const Target &, const LibraryTarget &) { return true; }
  /// By linear forms, which takes milliseconds.
  static Proof proveAgain(const Kernel &kernel, const InstructionSet &set) {
    ProverOptions options;
    options.findCounterexample = false;
    return bitserial::prove(kernel, set, /*solver=*/nullptr, options);
  }
  static Proof prove(const Kernel &kernel, const InstructionSet &set,
                     Solver *solver) {
    return bitserial::prove(kernel, set, solver, ProverOptions());
  }
  static constexpr auto &write = writeProof;
  static std::optional<Kernel> makeFound(const Answer &answer) {
    return answer.kernel;
  }
};

/// Kernels that pack values.
struct PackKind {
  using Spec = PackSpec;
  using Kernel = PackKernel;
  using Answer = PackAnswer;
  using Source = PackKernelSource;
  using Proof = PackProof;

  static ArrayRef<LibraryFile> getFiles() { return getPackLibraryFiles(); }
  static std::string getProofStamp(Arch arch) {
    return formatv(" semantics={0} pack-prover={1} ",
                   getSemanticsHash(arch).take_front(16), kPackProverVersion);
  }
  static bool isServedBy(const Target &target, const LibraryTarget &home) {
    // A kernel for other vectors was compared with another reference.
    return !target.cpu().starts_with("znver") &&
           llvm::cantFail(Target::get(home.cpu, home.features)).vectorBits() ==
               target.vectorBits();
  }
  static Proof proveAgain(const Kernel &kernel, const InstructionSet &set) {
    return provePack(kernel, set, Solver::create().get());
  }
  static constexpr auto &prove = provePack;
  static constexpr auto &write = writePackProof;
  static std::optional<PackKernelSource::Answer>
  makeFound(const Answer &answer) {
    if (!answer.kernel)
      return std::nullopt;
    return PackKernelSource::Answer{*answer.kernel, answer.describeOrigin()};
  }
};
} // namespace

llvm::Error bitserial::checkFit(const Kernel &kernel, const Target &target) {
  VectorType type = kernel.wordType();
  if (type.getNumElements() * type.getElementTypeBitWidth() !=
      target.vectorBits())
    return llvm::make_error<UnfitKernel>(
        formatv("its words are {0}, {1} has vectors of {2} bits", type,
                target.cpu(), target.vectorBits()));
  for (const std::string &feature : kernel.features)
    if (!target.hasFeature(feature))
      return llvm::make_error<UnfitKernel>("it needs the feature '" + feature +
                                           "'");
  return llvm::Error::success();
}

llvm::Error bitserial::checkFit(const PackKernel &kernel,
                                const Target &target) {
  for (const std::string &feature : kernel.features)
    if (!target.hasFeature(feature))
      return llvm::make_error<UnfitKernel>("it needs the feature '" + feature +
                                           "'");
  return llvm::Error::success();
}

std::string bitserial::getKernelKey(const KernelSpec &spec,
                                    const Target &target, bool isMeasured) {
  return formatv("{0}{1}{2}search={3} cost={4}{5}{6}", spec.str(),
                 describeTarget(target),
                 ReduceKind::getProofStamp(target.arch()), kSearchVersion,
                 kCostModelVersion, kVersion, isMeasured ? " measured" : "");
}

std::string bitserial::getKernelKey(const PackSpec &spec,
                                    const Target &target) {
  return formatv("{0}{1}{2}pack-search={3}{4}", spec.str(),
                 describeTarget(target), PackKind::getProofStamp(target.arch()),
                 kPackSearchVersion, kVersion);
}

std::optional<std::string> bitserial::renewKernelKey(StringRef key) {
  for (Arch arch : {Arch::X86_64, Arch::AArch64, Arch::ARM}) {
    if (!key.contains((" target=" + stringifyArch(arch) + ":").str()))
      continue;
    auto [head, rest] = key.split(" semantics=");
    auto [stamp, tail] = rest.split("prover=");
    if (tail.empty())
      return std::nullopt;
    return (head +
            (stamp.ends_with("pack-") ? PackKind::getProofStamp(arch)
                                      : ReduceKind::getProofStamp(arch)) +
            tail.split(' ').second)
        .str();
  }
  return std::nullopt;
}

static std::string makeKey(const KernelSpec &spec, const Target &target,
                           const KernelLibraryOptions &options) {
  return getKernelKey(spec, target, options.measure);
}
static std::string makeKey(const PackSpec &spec, const Target &target,
                           const KernelLibraryOptions &) {
  return getKernelKey(spec, target);
}

//===----------------------------------------------------------------------===//
// What a context keeps
//===----------------------------------------------------------------------===//

namespace {
/// The kernels of a context, and the answers given; dialects live as long as
/// their context.
template <typename Kind> class Store : public Kind::Source {
public:
  explicit Store(Dialect *dialect) : Kind::Source(dialect) {}

  /// The store of a context made with KernelLibrary::registerDialects.
  static Store &of(MLIRContext *context) {
    context->getOrLoadDialect<BitserialDialect>();
    auto *store = static_cast<Store *>(Kind::Source::get(context));
    assert(store && "the context lacks KernelLibrary::registerDialects");
    return *store;
  }

  /// An answer, and the module of its kernel.
  struct Entry {
    typename Kind::Answer answer;
    OwningOpRef<ModuleOp> module;
  };

  /// What is known; null if nothing is.
  const Entry *lookup(const std::string &question) {
    std::lock_guard<std::mutex> lock(mutex);
    auto it = entries.find(question);
    return it == entries.end() ? nullptr : &it->second;
  }

  /// Keeps an entry, or drops it if there is one by now; returns the one kept.
  const Entry &keep(const std::string &question, Entry entry) {
    std::lock_guard<std::mutex> lock(mutex);
    return entries.try_emplace(question, std::move(entry)).first->second;
  }

  void activate(std::shared_ptr<const KernelLibrary> library) {
    std::lock_guard<std::mutex> lock(mutex);
    active = std::move(library);
    used.clear();
  }

  decltype(Kind::makeFound({})) find(const typename Kind::Spec &spec,
                                     const Target &target) override {
    std::shared_ptr<const KernelLibrary> library;
    {
      std::lock_guard<std::mutex> lock(mutex);
      library = active;
    }
    if (!library)
      return std::nullopt;
    typename Kind::Answer answer =
        library->lookup(this->getContext(), spec, target);
    if (answer.kernel) {
      std::lock_guard<std::mutex> lock(mutex);
      used.insert({answer.kernel->module, {*answer.kernel, target}});
    }
    return Kind::makeFound(answer);
  }

  /// The kernels that find() has given, and the targets they are for.
  using Uses =
      llvm::MapVector<Operation *, std::pair<typename Kind::Kernel, Target>>;
  Uses getUsed() {
    std::lock_guard<std::mutex> lock(mutex);
    return used;
  }

private:
  std::mutex mutex;
  std::map<std::string, Entry> entries;
  std::shared_ptr<const KernelLibrary> active;
  Uses used;
};

/// What the process remembers beyond its contexts.
class ProcessMemory {
public:
  static ProcessMemory &get() {
    static ProcessMemory memory;
    return memory;
  }

  /// Whether the entry of this hash has passed the check.
  bool isChecked(StringRef hash) {
    std::lock_guard<std::mutex> lock(mutex);
    return checked.contains(hash);
  }
  void setChecked(StringRef hash) {
    std::lock_guard<std::mutex> lock(mutex);
    checked.insert(hash);
  }

  /// What a search found: there may be no cache that keeps it.
  std::optional<std::string> lookup(StringRef key) {
    std::lock_guard<std::mutex> lock(mutex);
    auto it = found.find(key);
    return it == found.end() ? std::nullopt : std::optional(it->second);
  }
  void store(StringRef key, StringRef text) {
    std::lock_guard<std::mutex> lock(mutex);
    found[key] = text.str();
  }

  /// Whether something has not been said or written before.
  bool isNew(StringRef what) {
    std::lock_guard<std::mutex> lock(mutex);
    return done.insert(what).second;
  }

private:
  std::mutex mutex;
  llvm::StringSet<> checked, done;
  llvm::StringMap<std::string> found;
};
} // namespace

void KernelLibrary::registerDialects(DialectRegistry &registry) {
  InstructionSet::registerDialects(registry);
  registry.insert<BitserialDialect>();
  registry.addExtension(+[](MLIRContext *, BitserialDialect *dialect) {
    dialect->addInterfaces<Store<ReduceKind>, Store<PackKind>>();
  });
}

static void warnOnce(MLIRContext *context, const Twine &message) {
  if (ProcessMemory::get().isNew(message.str()))
    emitWarning(UnknownLoc::get(context)) << message.str();
}

//===----------------------------------------------------------------------===//
// Lookup
//===----------------------------------------------------------------------===//

StringRef bitserial::stringifyKernelOrigin(KernelOrigin origin) {
  switch (origin) {
  case KernelOrigin::Cache:
    return "cache";
  case KernelOrigin::Library:
    return "library";
  case KernelOrigin::Search:
    return "search";
  }
  llvm_unreachable("all origins are handled");
}

KernelLibrary::KernelLibrary(KernelLibraryOptions givenOptions)
    : options(std::move(givenOptions)),
      cache(!options.useCache        ? std::string()
            : options.cacheDirectory ? *options.cacheDirectory
                                     : KernelCache::getDefaultDirectory()) {}

llvm::Error KernelLibrary::store(StringRef name, StringRef key,
                                 StringRef text) const {
  if (cache.directory().empty())
    return llvm::Error::success();
  if (llvm::Error error = cache.store(name, key, text))
    return error;
  record.add(hashEntry(key, text));
  return llvm::Error::success();
}

namespace {
/// One lookup.
template <typename Kind> class Finder {
public:
  using Spec = typename Kind::Spec;
  using Kernel = typename Kind::Kernel;

  Finder(const KernelLibrary &library, MLIRContext *context, const Spec &spec,
         const Target &target)
      : library(library), context(context), spec(spec), target(target),
        key(makeKey(spec, target, library.getOptions())) {}

  typename Store<Kind>::Entry run() &&;

private:
  /// Parses a kernel that was stored under a key, and proves it unless that is
  /// known. Fails with the reason.
  llvm::Error load(StringRef text, StringRef name, KernelOrigin origin,
                   StringRef storedKey);
  llvm::Error proveAgain(const Kernel &kernel) const;
  bool tryMemory();
  bool tryCache();
  bool tryLibrary();
  void search();

  const KernelLibrary &library;
  MLIRContext *context;
  const Spec &spec;
  const Target &target;
  typename Store<Kind>::Entry entry;
  std::string key;
};
} // namespace

template <typename Kind>
llvm::Error Finder<Kind>::proveAgain(const Kernel &kernel) const {
  const InstructionSet *set = InstructionSet::get(context, target);
  if (!set)
    return createStringError("the semantics of instructions do not load");
  auto proof = Kind::proveAgain(kernel, *set);
  if (!proof.isProved())
    return createStringError("its proof fails: " + proof.reason);
  return llvm::Error::success();
}

template <typename Kind>
llvm::Error Finder<Kind>::load(StringRef text, StringRef name,
                               KernelOrigin origin, StringRef storedKey) {
  DiagnosticCollector collector(context);
  OwningOpRef<ModuleOp> module;
  FailureOr<Kernel> kernel = Kernel::parse(context, text, name, module);
  if (failed(kernel))
    return createStringError(collector.text);
  if (!(kernel->spec == spec))
    return llvm::make_error<UnfitKernel>("it is for '" + kernel->spec.str() +
                                         "'");
  if (llvm::Error error = checkFit(*kernel, target))
    return error;

  ProcessMemory &memory = ProcessMemory::get();
  std::string hash = hashEntry(storedKey, text);
  if (!memory.isChecked(hash)) {
    // The library is part of the program, and was proved with its prover and
    // its semantics unless the stamp says otherwise. A file of the cache can
    // have been written by anyone, hash and stamp included.
    bool isTrusted =
        origin == KernelOrigin::Library
            ? storedKey.contains(Kind::getProofStamp(target.arch()))
            : library.getRecord().contains(hash);
    if (!isTrusted) {
      if (llvm::Error error = proveAgain(*kernel))
        return error;
      if (origin == KernelOrigin::Cache)
        library.getRecord().add(hash);
    }
    memory.setChecked(hash);
  }
  entry.module = std::move(module);
  entry.answer.kernel = std::move(*kernel);
  entry.answer.origin = origin;
  return llvm::Error::success();
}

template <typename Kind> bool Finder<Kind>::tryMemory() {
  if (!library.getOptions().search)
    return false;
  std::optional<std::string> text = ProcessMemory::get().lookup(key);
  if (!text)
    return false;
  llvm::Error error = load(*text, spec.name(), KernelOrigin::Search, key);
  bool ok = !error;
  llvm::consumeError(std::move(error));
  return ok;
}

template <typename Kind> bool Finder<Kind>::tryCache() {
  const KernelCache &cache = library.getCache();
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

template <typename Kind> bool Finder<Kind>::tryLibrary() {
  ArrayRef<LibraryFile> files = Kind::getFiles();
  auto find = [&](StringRef cpu) {
    std::string name = (cpu + "/" + spec.name() + ".mlir").str();
    const LibraryFile *file = llvm::lower_bound(
        files, name, [](const LibraryFile &file, StringRef name) {
          return file.name < name;
        });
    return file != files.end() && file->name == name ? file : nullptr;
  };
  // Most often there is none, and no need to compare targets.
  if (llvm::none_of(getLibraryTargets(), [&](const LibraryTarget &home) {
        return find(home.cpu) && Kind::isServedBy(target, home);
      }))
    return false;
  for (StringRef cpu : rankLibraryTargets(target)) {
    const LibraryFile *file = find(cpu);
    const LibraryTarget *home =
        llvm::find_if(getLibraryTargets(), [&](const LibraryTarget &entry) {
          return entry.cpu == cpu;
        });
    if (!file || !Kind::isServedBy(target, *home))
      continue;
    auto parsed = parseKernelEntry(file->text);
    llvm::Error error = parsed ? load(parsed->second, file->name,
                                      KernelOrigin::Library, parsed->first)
                               : parsed.takeError();
    if (!error) {
      entry.answer.place = file->name.str();
      return true;
    }
    // That a kernel is for another machine is no defect.
    bool isUnfit = error.isA<UnfitKernel>();
    std::string reason = toString(std::move(error));
    if (!isUnfit)
      warnOnce(context, "the kernel '" + file->name +
                            "' of the library is not used: " + reason);
  }
  return false;
}

template <typename Kind> void Finder<Kind>::search() {
  const KernelLibraryOptions &options = library.getOptions();
  std::string text;
  {
    // One search at a time, which for others that wait may be theirs as well.
    // It has a context and threads of its own.
    static std::mutex mutex;
    std::lock_guard<std::mutex> lock(mutex);
    ProcessMemory &memory = ProcessMemory::get();
    std::optional<std::string> known = memory.lookup(key);
    if (known && !options.afresh) {
      text = std::move(*known);
    } else {
      text = searchForLibrary(spec, target, options.measure, entry.answer);
      if (text.empty())
        return;
      memory.store(key, text);
      memory.setChecked(hashEntry(key, text));
      if (llvm::Error error = library.store(spec.name(), key, text))
        warnOnce(context, toString(std::move(error)));
    }
  }
  if (llvm::Error error = load(text, spec.name(), KernelOrigin::Search, key))
    entry.answer.reason =
        "what the search found is not used: " + toString(std::move(error));
}

template <typename Kind> typename Store<Kind>::Entry Finder<Kind>::run() && {
  const KernelLibraryOptions &options = library.getOptions();
  bool useLibrary = options.useLibrary && !options.measure;
  bool found = !options.afresh &&
               (tryMemory() || tryCache() || (useLibrary && tryLibrary()));
  if (!found && options.search)
    search();
  else if (!found)
    entry.answer.reason =
        formatv("neither library nor cache has a kernel '{0}' for {1}",
                spec.name(), target.cpu());
  return std::move(entry);
}

template <typename Kind>
static typename Kind::Answer
lookupIn(const KernelLibrary &library, MLIRContext *context,
         const typename Kind::Spec &spec, const Target &target) {
  const KernelLibraryOptions &options = library.getOptions();
  std::string question =
      formatv("{0}{1}{2}{3}{4} {5}\n{6}\n{7}", options.useCache,
              options.useLibrary, options.search, options.afresh,
              options.measure, library.getCache().directory(),
              target.featureString(), makeKey(spec, target, options));
  // Nothing is locked meanwhile (see InstructionSet::get): it may be that two
  // threads find the same, but each search is done once.
  Store<Kind> &store = Store<Kind>::of(context);
  const auto *entry = store.lookup(question);
  if (!entry)
    entry = &store.keep(question,
                        Finder<Kind>(library, context, spec, target).run());
  return entry->answer;
}

KernelAnswer KernelLibrary::lookup(MLIRContext *context, const KernelSpec &spec,
                                   const Target &target) const {
  return lookupIn<ReduceKind>(*this, context, spec, target);
}

PackAnswer KernelLibrary::lookup(MLIRContext *context, const PackSpec &spec,
                                 const Target &target) const {
  return lookupIn<PackKind>(*this, context, spec, target);
}

void KernelLibrary::activate(MLIRContext *context,
                             std::shared_ptr<const KernelLibrary> library) {
  Store<PackKind>::of(context).activate(library);
  Store<ReduceKind>::of(context).activate(std::move(library));
}

//===----------------------------------------------------------------------===//
// Proofs
//===----------------------------------------------------------------------===//

template <typename Kind>
static llvm::Error proveAndWriteOnce(const typename Kind::Kernel &kernel,
                                     const Target &target, StringRef directory,
                                     StringRef name) {
  ModuleOp module = kernel.module;
  const InstructionSet *set = InstructionSet::get(module.getContext(), target);
  std::unique_ptr<Solver> solver = Solver::create();
  if (!set || !solver)
    return createStringError("built without a solver: there are no proofs to "
                             "write");
  // Not twice at a time: passes may run in parallel.
  static std::mutex mutex;
  static llvm::StringSet<> written;
  std::lock_guard<std::mutex> lock(mutex);
  std::string mark = (directory + "\n" + printKernel(kernel)).str();
  if (written.contains(mark))
    return llvm::Error::success();
  auto proof = Kind::prove(kernel, *set, solver.get());
  if (!proof.isProved())
    return createStringError(formatv("{0} is {1}: {2}", name,
                                     stringifyVerdict(proof.verdict),
                                     proof.reason));
  SmallString<128> folder(directory);
  llvm::sys::path::append(folder, kernel.cpu);
  if (llvm::Error error = Kind::write(folder, name, kernel, *set, proof))
    return error;
  written.insert(mark);
  return llvm::Error::success();
}

llvm::Error bitserial::proveAndWrite(const Kernel &kernel, const Target &target,
                                     StringRef directory, StringRef name) {
  return proveAndWriteOnce<ReduceKind>(kernel, target, directory, name);
}

llvm::Error bitserial::proveUsedPacks(MLIRContext *context,
                                      StringRef directory) {
  for (auto &[module, use] : Store<PackKind>::of(context).getUsed())
    if (llvm::Error error = proveAndWriteOnce<PackKind>(
            use.first, use.second, directory, use.first.spec.name()))
      return error;
  return llvm::Error::success();
}

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
#include "bitserial/Synthesis/PackLibrary.h"
#include "bitserial/Synthesis/Prover.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/MC/MCSchedule.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Threading.h"

#include <map>
#include <mutex>
#include <set>

using namespace mlir;
using namespace mlir::bitserial;
using llvm::createStringError;
using llvm::formatv;
using llvm::toString;

//===----------------------------------------------------------------------===//
// The shipped library
//===----------------------------------------------------------------------===//

ArrayRef<LibraryTarget> bitserial::getLibraryTargets() {
  static constexpr LibraryTarget targets[] = {
      {"haswell", ""},    {"icelake-server", ""}, {"sapphirerapids", ""},
      {"cortex-a53", ""}, {"cortex-a72", ""},     {"neoverse-n1", "+dotprod"},
      {"cortex-a7", ""},
  };
  return targets;
}

ArrayRef<LibraryFile> bitserial::getLibraryFiles() {
  static const LibraryFile files[] = {
#include "KernelFiles.inc"
      {"", ""}};
  return ArrayRef(files).drop_back();
}

/// The file of a name; null if there is none.
static const LibraryFile *findLibraryFile(StringRef name) {
  ArrayRef<LibraryFile> files = getLibraryFiles();
  const LibraryFile *it = llvm::lower_bound(
      files, name,
      [](const LibraryFile &file, StringRef name) { return file.name < name; });
  return it != files.end() && it->name == name ? it : nullptr;
}

//===----------------------------------------------------------------------===//
// What matters of a target
//===----------------------------------------------------------------------===//

/// The files of semantics for a family: the features they name, and a hash.
namespace {
struct Semantics {
  std::set<StringRef> features;
  std::string hash;
};
} // namespace

static Semantics readSemantics(Arch arch) {
  std::string all, mark = ("isa.arch = \"" + stringifyArch(arch) + "\"").str();
  Semantics result;
  for (const InstructionSet::File &file : InstructionSet::builtinFiles()) {
    if (!file.text.contains(mark))
      continue;
    all += (file.name + "\n" + file.text).str();
    StringRef rest = file.text;
    constexpr StringLiteral attribute = "isa.feature = \"";
    for (size_t at; (at = rest.find(attribute)) != StringRef::npos;) {
      StringRef names;
      std::tie(names, rest) = rest.substr(at + attribute.size()).split('"');
      for (StringRef name : llvm::split(names, ','))
        if (!name.empty())
          result.features.insert(name);
    }
  }
  result.hash = hashText(all);
  return result;
}

static const Semantics &getSemantics(Arch arch) {
  static std::mutex mutex;
  static std::map<Arch, Semantics> all;
  std::lock_guard<std::mutex> lock(mutex);
  auto it = all.find(arch);
  if (it == all.end())
    it = all.try_emplace(arch, readSemantics(arch)).first;
  return it->second;
}

std::vector<StringRef> bitserial::getSemanticFeatures(const Target &target) {
  std::vector<StringRef> features;
  for (StringRef name : getSemantics(target.arch()).features)
    if (target.hasFeature(name))
      features.push_back(name);
  return features;
}

StringRef bitserial::getSemanticsHash(Arch arch) {
  return getSemantics(arch).hash;
}

static bool isOutOfOrder(const Target &target) {
  return target.subtarget()
      .getSchedModelForCPU(target.costModelCpu())
      .isOutOfOrder();
}

namespace {
/// What distances between targets are measured by.
struct Profile {
  std::string cpu;
  Arch arch;
  std::vector<StringRef> features;
  bool outOfOrder;
  unsigned vectorBits;

  explicit Profile(const Target &target)
      : cpu(target.cpu()), arch(target.arch()),
        features(getSemanticFeatures(target)), outOfOrder(isOutOfOrder(target)),
        vectorBits(target.vectorBits()) {}
};
} // namespace

std::vector<StringRef> bitserial::rankLibraryTargets(const Target &target) {
  static const std::vector<Profile> profiles = [] {
    std::vector<Profile> result;
    for (const LibraryTarget &entry : getLibraryTargets())
      result.emplace_back(
          llvm::cantFail(Target::get(entry.cpu, entry.features)));
    return result;
  }();
  Profile wanted(target);
  struct Candidate {
    bool isOther;
    size_t differences;
    bool differentOrder;
    size_t position;
    bool operator<(const Candidate &other) const {
      return std::tie(isOther, differences, differentOrder, position) <
             std::tie(other.isOther, other.differences, other.differentOrder,
                      other.position);
    }
  };
  std::vector<Candidate> candidates;
  for (auto [position, profile] : llvm::enumerate(profiles)) {
    if (profile.arch != wanted.arch)
      continue;
    if (StringRef(wanted.cpu).starts_with("znver") && profile.vectorBits == 512)
      continue;
    std::vector<StringRef> different;
    std::set_symmetric_difference(
        profile.features.begin(), profile.features.end(),
        wanted.features.begin(), wanted.features.end(),
        std::back_inserter(different));
    candidates.push_back({profile.cpu != wanted.cpu, different.size(),
                          profile.outOfOrder != wanted.outOfOrder, position});
  }
  llvm::sort(candidates);
  std::vector<StringRef> result;
  for (const Candidate &candidate : candidates)
    result.push_back(getLibraryTargets()[candidate.position].cpu);
  return result;
}

/// To be increased with every change after which a search may find other
/// kernels, or the same kernels other costs.
static constexpr unsigned kSearchVersion = 2;
static constexpr unsigned kCostModelVersion = 2;
/// To be increased with every change after which the prover may prove less.
static constexpr unsigned kProverVersion = 1;

/// What a proof depends on besides the kernel: a part of the key.
static std::string getProofStamp(Arch arch) {
  return formatv(" semantics={0} prover={1} ",
                 StringRef(getSemantics(arch).hash).take_front(16),
                 kProverVersion);
}

std::string bitserial::getKernelKey(const KernelSpec &spec,
                                    const Target &target, bool isMeasured) {
  return formatv(
      "{0} target={1}:{2} model={3} features={4} vectors={5}x{6}"
      "{7}search={8} cost={9} version={10}/{11}{12}",
      spec.str(), stringifyArch(target.arch()), target.cpu(),
      target.costModelCpu(), llvm::join(getSemanticFeatures(target), ","),
      target.vectorRegisters(), target.vectorBits(),
      getProofStamp(target.arch()), kSearchVersion, kCostModelVersion,
      BITSERIAL_VERSION, LLVM_VERSION_STRING, isMeasured ? " measured" : "");
}

std::string bitserial::printKernel(const Kernel &kernel) {
  std::string text;
  llvm::raw_string_ostream os(text);
  kernel.module->print(os);
  os << '\n';
  return text;
}

//===----------------------------------------------------------------------===//
// What a context keeps
//===----------------------------------------------------------------------===//

namespace {
/// The kernels of a context, and the answers given; dialects live as long as
/// their context.
class KernelStore : public KernelSource {
public:
  explicit KernelStore(Dialect *dialect) : KernelSource(dialect) {}

  /// The store of a context made with KernelLibrary::registerDialects.
  static KernelStore &of(MLIRContext *context) {
    context->getOrLoadDialect<BitserialDialect>();
    auto *store = static_cast<KernelStore *>(KernelSource::get(context));
    assert(store && "the context lacks KernelLibrary::registerDialects");
    return *store;
  }

  /// An answer, and the module of its kernel.
  struct Entry {
    KernelAnswer answer;
    OwningOpRef<ModuleOp> module;
  };

  /// What is known; null if nothing is.
  const Entry *find(const std::string &question) {
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
  }

  std::optional<Kernel> find(const KernelSpec &spec,
                             const Target &target) override {
    std::shared_ptr<const KernelLibrary> library;
    {
      std::lock_guard<std::mutex> lock(mutex);
      library = active;
    }
    if (!library)
      return std::nullopt;
    return library->lookup(getContext(), spec, target).kernel;
  }

private:
  std::mutex mutex;
  std::map<std::string, Entry> entries;
  std::shared_ptr<const KernelLibrary> active;
};

/// What the process remembers beyond its contexts.
class ProcessMemory {
public:
  static ProcessMemory &get() {
    static ProcessMemory memory;
    return memory;
  }

  /// Whether a text of this hash has passed the check.
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

  /// Whether a warning has not been given before.
  bool isNew(StringRef warning) {
    std::lock_guard<std::mutex> lock(mutex);
    return warnings.insert(warning).second;
  }

private:
  std::mutex mutex;
  llvm::StringSet<> checked, warnings;
  llvm::StringMap<std::string> found;
};
} // namespace

void KernelLibrary::registerDialects(DialectRegistry &registry) {
  InstructionSet::registerDialects(registry);
  registry.insert<BitserialDialect>();
  registry.addExtension(+[](MLIRContext *, BitserialDialect *dialect) {
    dialect->addInterfaces<KernelStore>();
  });
  registerPackLibrary(registry);
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

namespace {
/// A kernel is in order, but not for this target or specification.
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
} // namespace
char UnfitKernel::ID = 0;

/// Proves a kernel by linear forms, which takes milliseconds.
static llvm::Error checkKernel(const Kernel &kernel, const Target &target) {
  const InstructionSet *set =
      InstructionSet::get(kernel.module->getContext(), target);
  if (!set)
    return createStringError("the semantics of instructions do not load");
  ProverOptions options;
  options.findCounterexample = false;
  ProofResult proof = prove(kernel, *set, /*solver=*/nullptr, options);
  if (!proof.isProved())
    return createStringError("its proof fails: " + proof.reason);
  return llvm::Error::success();
}

namespace {
/// One lookup.
class Finder {
public:
  Finder(const KernelLibrary &library, MLIRContext *context,
         const KernelSpec &spec, const Target &target)
      : library(library), context(context), spec(spec), target(target),
        key(getKernelKey(spec, target, library.getOptions().measure)) {}

  KernelStore::Entry run() &&;

private:
  /// Parses a kernel that was stored under a key, and checks it as far as that
  /// takes no solver. Fails with the reason.
  llvm::Error load(StringRef text, StringRef name, KernelOrigin origin,
                   StringRef storedKey);
  /// Whether a kernel can serve the target at all.
  llvm::Error checkFit(const Kernel &kernel) const;
  bool tryMemory();
  bool tryCache();
  bool tryLibrary();
  void search();

  const KernelLibrary &library;
  MLIRContext *context;
  const KernelSpec &spec;
  const Target &target;
  KernelStore::Entry entry;
  std::string key;
};
} // namespace

llvm::Error Finder::checkFit(const Kernel &kernel) const {
  if (!(kernel.spec == spec))
    return llvm::make_error<UnfitKernel>("it is for '" + kernel.spec.str() +
                                         "'");
  VectorType type = kernel.wordType();
  if (type.getNumElements() * type.getElementTypeBitWidth() !=
      target.vectorBits())
    return llvm::make_error<UnfitKernel>(
        formatv("its words are {0}", type).str());
  for (const std::string &feature : kernel.features)
    if (!target.hasFeature(feature))
      return llvm::make_error<UnfitKernel>("it needs the feature '" + feature +
                                           "'");
  return llvm::Error::success();
}

llvm::Error Finder::load(StringRef text, StringRef name, KernelOrigin origin,
                         StringRef storedKey) {
  DiagnosticCollector collector(context);
  OwningOpRef<ModuleOp> module;
  FailureOr<Kernel> kernel = Kernel::parse(context, text, name, module);
  if (failed(kernel))
    return createStringError(collector.text);
  if (llvm::Error error = checkFit(*kernel))
    return error;

  ProcessMemory &memory = ProcessMemory::get();
  std::string hash = hashText(text);
  if (!memory.isChecked(hash)) {
    // The library is part of the program, and was proved with its prover and
    // its semantics unless the stamp says otherwise. A file of the cache can
    // have been written by anyone, hash and stamp included.
    bool isTrusted = origin == KernelOrigin::Library &&
                     storedKey.contains(getProofStamp(target.arch()));
    if (!isTrusted)
      if (llvm::Error error = checkKernel(*kernel, target))
        return error;
    memory.setChecked(hash);
  }
  entry.module = std::move(module);
  entry.answer.kernel = std::move(*kernel);
  entry.answer.origin = origin;
  return llvm::Error::success();
}

bool Finder::tryMemory() {
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

bool Finder::tryCache() {
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

bool Finder::tryLibrary() {
  // Most often there is none, and no need to compare targets.
  if (llvm::none_of(getLibraryTargets(), [&](const LibraryTarget &entry) {
        return findLibraryFile((entry.cpu + "/" + spec.name() + ".mlir").str());
      }))
    return false;
  for (StringRef cpu : rankLibraryTargets(target)) {
    std::string name = (cpu + "/" + spec.name() + ".mlir").str();
    const LibraryFile *file = findLibraryFile(name);
    if (!file)
      continue;
    auto parsed = parseKernelEntry(file->text);
    llvm::Error error = parsed ? load(parsed->second, name,
                                      KernelOrigin::Library, parsed->first)
                               : parsed.takeError();
    if (!error) {
      entry.answer.place = name;
      return true;
    }
    // That a kernel is for another machine is no defect.
    bool isUnfit = error.isA<UnfitKernel>();
    std::string reason = toString(std::move(error));
    if (!isUnfit)
      warnOnce(context, "the kernel '" + name +
                            "' of the library is not used: " + reason);
  }
  return false;
}

void Finder::search() {
  LibrarySearchResult result;
  {
    // One search at a time, which for others that wait may be theirs as well.
    // It has a context and threads of its own.
    static std::mutex mutex;
    std::lock_guard<std::mutex> lock(mutex);
    ProcessMemory &memory = ProcessMemory::get();
    std::optional<std::string> known = memory.lookup(key);
    if (known && !library.getOptions().afresh) {
      result.text = std::move(*known);
    } else {
      result = searchForLibrary(spec, target, library.getOptions().measure);
      if (!result.text.empty()) {
        memory.store(key, result.text);
        if (llvm::Error error =
                library.getCache().store(spec.name(), key, result.text))
          warnOnce(context, toString(std::move(error)));
      }
      entry.answer.statistics = result.statistics;
    }
  }
  if (result.text.empty()) {
    entry.answer.reason = result.reason;
    return;
  }
  if (llvm::Error error =
          load(result.text, spec.name(), KernelOrigin::Search, key))
    entry.answer.reason =
        "what the search found is not used: " + toString(std::move(error));
}

KernelStore::Entry Finder::run() && {
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

KernelAnswer KernelLibrary::lookup(MLIRContext *context, const KernelSpec &spec,
                                   const Target &target) const {
  std::string question = formatv(
      "{0}{1}{2}{3}{4} {5}\n{6}\n{7}", options.useCache, options.useLibrary,
      options.search, options.afresh, options.measure, cache.directory(),
      target.featureString(), getKernelKey(spec, target));
  // Nothing is locked meanwhile (see InstructionSet::get): it may be that two
  // threads find the same, but each search is done once.
  KernelStore &store = KernelStore::of(context);
  const KernelStore::Entry *entry = store.find(question);
  if (!entry)
    entry = &store.keep(question, Finder(*this, context, spec, target).run());
  return entry->answer;
}

llvm::Error bitserial::proveAndWrite(const Kernel &kernel, const Target &target,
                                     StringRef directory) {
  const InstructionSet *set =
      InstructionSet::get(kernel.module->getContext(), target);
  std::unique_ptr<Solver> solver = Solver::create();
  if (!set || !solver)
    return createStringError("built without a solver: there are no proofs to "
                             "write");
  // Not twice at a time, either: passes may run in parallel.
  static std::mutex mutex;
  static llvm::StringSet<> written;
  std::lock_guard<std::mutex> lock(mutex);
  std::string mark = (directory + "\n" + printKernel(kernel)).str();
  if (written.contains(mark))
    return llvm::Error::success();
  ProofResult proof = prove(kernel, *set, solver.get());
  if (!proof.isProved())
    return createStringError(formatv("{0} is {1}: {2}", kernel.spec.name(),
                                     stringifyVerdict(proof.verdict),
                                     proof.reason));
  SmallString<128> folder(directory);
  llvm::sys::path::append(folder, kernel.cpu);
  if (llvm::Error error =
          writeProof(folder, kernel.spec.name(), kernel, *set, proof))
    return error;
  written.insert(mark);
  return llvm::Error::success();
}

void KernelLibrary::activate(MLIRContext *context,
                             std::shared_ptr<const KernelLibrary> library) {
  activatePackLibrary(context, library->getOptions());
  KernelStore::of(context).activate(std::move(library));
}

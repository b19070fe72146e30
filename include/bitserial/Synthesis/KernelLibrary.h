//===- KernelLibrary.h - Where proved kernels come from ---------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The kernel for a specification on a target, be it of a reduction or one that
/// packs values, from the first place that has one:
///   1. what this process has found before;
///   2. the user's cache (KernelCache.h), whose key is all that the outcome of
///      a search depends on;
///   3. the shipped library, lib/Kernels/<cpu>/<name>.mlir, which is part of
///      the program. Which CPU's: see LibraryTargets.h;
///   4. a search, if that is allowed. What it finds goes into the cache.
///
/// Only kernels that were proved are kept anywhere, with a hash and with what
/// the proof depends on: the semantics of instructions and the version of the
/// prover. Which kernels are used without another proof:
///   - one of the library whose hash is right, if semantics and prover are
///     those that it was proved with: it is part of the program;
///   - one of the cache that programs of this user have proved, by their own
///     record of it (ProofRecord).
/// Any other is proved when it is read, and recorded: one of a reduction by the
/// linear check, which takes no solver (see Prover.h), one that packs values by
/// the solver. What fails is reported, once, and not used.
///
/// Of pack kernels the library has those that are faster than the reference
/// lowering. What relieves the ports of Intel's cores measured 0.8 to 1 times
/// as fast as that on Zen 5, so Zen CPUs take none of them.
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_SYNTHESIS_KERNELLIBRARY_H
#define BITSERIAL_SYNTHESIS_KERNELLIBRARY_H

#include "bitserial/Synthesis/KernelCache.h"
#include "bitserial/Synthesis/LibraryTargets.h"
#include "bitserial/Synthesis/PackSearch.h"
#include "bitserial/Synthesis/ProofRecord.h"
#include "bitserial/Synthesis/Search.h"
#include "bitserial/Transforms/Kernel.h"
#include "bitserial/Transforms/PackKernel.h"

#include <memory>
#include <optional>
#include <string>

namespace mlir {
class DialectRegistry;

namespace bitserial {

//===----------------------------------------------------------------------===//
// Texts and keys
//===----------------------------------------------------------------------===//

/// A file of the shipped library.
struct LibraryFile {
  StringRef name; ///< "haswell/a1w1-o64.mlir"
  StringRef text; ///< An entry as of KernelCache.h.
};
/// All files with kernels of reductions, and all with pack kernels, by name.
ArrayRef<LibraryFile> getLibraryFiles();
ArrayRef<LibraryFile> getPackLibraryFiles();

/// The text of a kernel's module, as kept in library and cache.
std::string printKernel(const Kernel &kernel);
std::string printKernel(const PackKernel &kernel);

/// All that the outcome of a search depends on, in one line: the specification,
/// what is asked of the target, the semantics of its instructions, and the
/// versions of grammar, cost model and program.
/// `isMeasured`: kernels are ranked by measurement.
std::string getKernelKey(const KernelSpec &spec, const Target &target,
                         bool isMeasured = false);
std::string getKernelKey(const PackSpec &spec, const Target &target);

/// The key of a kernel that was proved once more: as `key`, with the semantics
/// of instructions and the version of the prover of this program. Nothing if
/// `key` is none that getKernelKey() makes.
std::optional<std::string> renewKernelKey(StringRef key);

/// Whether a kernel can serve a target: for vectors of its width (of kernels of
/// reductions), without features that it lacks. If not, says why.
llvm::Error checkFit(const Kernel &kernel, const Target &target);
llvm::Error checkFit(const PackKernel &kernel, const Target &target);

/// Proves a kernel by the solver and writes its obligations into a folder of
/// its CPU in `directory` (see writeProof in Prover.h), which is called `name`:
/// once in a process for the same kernel and directory. Fails if it is not
/// proved.
llvm::Error proveAndWrite(const Kernel &kernel, const Target &target,
                          StringRef directory, StringRef name);

/// The same for all kernels that the lowering has taken from the
/// PackKernelSource of a context.
llvm::Error proveUsedPacks(MLIRContext *context, StringRef directory);

//===----------------------------------------------------------------------===//
// The source of kernels
//===----------------------------------------------------------------------===//

enum class KernelOrigin { Cache, Library, Search };
StringRef stringifyKernelOrigin(KernelOrigin origin); ///< "cache", ...

struct KernelLibraryOptions {
  bool useCache = true;
  bool useLibrary = true;
  bool search = false;
  /// Search even for what cache or library have; what is found replaces that of
  /// the cache.
  bool afresh = false;
  /// Search by measurement: the best kernels by the model (32) are run on this
  /// machine, and the fastest is taken. The library, which is ranked by the
  /// model, is not used; what is found is cached apart. Without effect on pack
  /// kernels.
  bool measure = false;
  /// The folder of the cache; nullopt: the user's.
  std::optional<std::string> cacheDirectory;
};

/// What was found.
template <typename KernelT, typename StatisticsT> struct LibraryAnswer {
  std::optional<KernelT> kernel;
  KernelOrigin origin = KernelOrigin::Library;
  /// The file that it comes from; empty after a search.
  std::string place;
  /// Without a kernel: why there is none, for people.
  std::string reason;
  /// Of the search, if there was one.
  std::optional<StatisticsT> statistics;

  /// With a kernel: "from the library (haswell/a1w1-o64.mlir)".
  std::string describeOrigin() const {
    std::string text =
        origin == KernelOrigin::Search
            ? "from a search"
            : ("from the " + stringifyKernelOrigin(origin)).str();
    if (origin == KernelOrigin::Library)
      text += " (" + place + ")";
    else if (origin == KernelOrigin::Search && statistics)
      text += " (" + statistics->str() + ")";
    return text;
  }
};
using KernelAnswer = LibraryAnswer<Kernel, SearchStatistics>;
struct PackAnswer : LibraryAnswer<PackKernel, PackSearchStatistics> {
  /// After a search: the modelled cycles of the reference lowering.
  double referenceCycles = 0;
};

class KernelLibrary {
public:
  explicit KernelLibrary(KernelLibraryOptions options = {});

  /// Prepares contexts for lookups.
  static void registerDialects(DialectRegistry &registry);

  /// The kernel, or why there is none. May be called from several threads. The
  /// kernel lives as long as `context`, which must have been made with
  /// registerDialects(). Warnings go to the context's diagnostics.
  KernelAnswer lookup(MLIRContext *context, const KernelSpec &spec,
                      const Target &target) const;
  PackAnswer lookup(MLIRContext *context, const PackSpec &spec,
                    const Target &target) const;

  /// Puts the text of a kernel that was just proved into the cache, and records
  /// the proof. `name` is that of its spec, `key` as of getKernelKey().
  llvm::Error store(StringRef name, StringRef key, StringRef text) const;

  /// Makes a library the KernelSource and the PackKernelSource of a context,
  /// which have no kernels at first: so the passes that choose layouts and
  /// tiles know the kernels to come.
  static void activate(MLIRContext *context,
                       std::shared_ptr<const KernelLibrary> library);

  const KernelLibraryOptions &getOptions() const { return options; }
  const KernelCache &getCache() const { return cache; }
  const ProofRecord &getRecord() const { return record; }

private:
  KernelLibraryOptions options;
  KernelCache cache;
  ProofRecord record;
};

} // namespace bitserial
} // namespace mlir

#endif // BITSERIAL_SYNTHESIS_KERNELLIBRARY_H

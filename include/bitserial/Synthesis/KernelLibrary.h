//===- KernelLibrary.h - Where proved kernels come from ---------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The kernel for a specification on a target, from the first place that has
/// one:
///   1. what this process has found before;
///   2. the user's cache (KernelCache.h), whose key is all that the outcome of
///      a search depends on;
///   3. the shipped library, lib/Kernels/<cpu>/<name>.mlir, which is part of
///      the program;
///   4. a search, if that is allowed. What it finds goes into the cache.
///
/// Only kernels that were proved are kept anywhere, with a hash and with what
/// the proof depends on: the semantics of instructions and the version of the
/// prover. The library is a part of the program: a kernel of it is trusted if
/// its hash is right, and if semantics and prover are those that it was proved
/// with. Any other kernel, and so each one of the cache, is proved once more
/// when it is read, as far as that takes no solver (see Prover.h). What fails
/// is reported, once, and not used.
///
/// The library has kernels for a few CPUs. Another target takes those of the
/// nearest: among the CPUs of its family whose kernel is for vectors of its
/// width and needs no feature that it lacks,
///   1. the CPU of the target's own name;
///   2. else the one that differs in the fewest features that the semantics of
///      instructions (lib/Target/ISA) know;
///   3. of these, one that executes out of order if and only if the target
///      does, by LLVM's scheduling models;
///   4. of these, the first in getLibraryTargets().
/// Zen CPUs do not take kernels for vectors of 512 bits: those are made for
/// CPUs that execute two such instructions at a time, and measured slower than
/// the reference lowering on one that executes four.
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_SYNTHESIS_KERNELLIBRARY_H
#define BITSERIAL_SYNTHESIS_KERNELLIBRARY_H

#include "bitserial/Synthesis/KernelCache.h"
#include "bitserial/Synthesis/Search.h"
#include "bitserial/Target/Target.h"
#include "bitserial/Transforms/Kernel.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace mlir {
class DialectRegistry;

namespace bitserial {

//===----------------------------------------------------------------------===//
// The shipped library
//===----------------------------------------------------------------------===//

/// A CPU that the library has kernels for, as for Target::get.
struct LibraryTarget {
  StringRef cpu;
  StringRef features;
};
ArrayRef<LibraryTarget> getLibraryTargets();

/// A file of the library.
struct LibraryFile {
  StringRef name; ///< "haswell/a1w1-o64.mlir"
  StringRef text; ///< An entry as of KernelCache.h.
};
/// All files, by name.
ArrayRef<LibraryFile> getLibraryFiles();

/// The CPUs of the library whose kernels may serve a target, nearest first.
std::vector<StringRef> rankLibraryTargets(const Target &target);

/// The features that the semantics of instructions know and the target has, in
/// LLVM's names, sorted.
std::vector<StringRef> getSemanticFeatures(const Target &target);

/// A hash of the semantics of a family's instructions: 64 hexadecimal digits.
StringRef getSemanticsHash(Arch arch);

/// Proves a kernel by the solver and writes its obligations into a folder of
/// its CPU in `directory` (see writeProof in Prover.h): once in a process for
/// the same kernel and directory. Fails if it is not proved.
llvm::Error proveAndWrite(const Kernel &kernel, const Target &target,
                          StringRef directory);

/// The text of a kernel's module, as kept in library and cache.
std::string printKernel(const Kernel &kernel);

/// All that the outcome of a search depends on, in one line: the specification,
/// what is asked of the target, the semantics of its instructions, and the
/// versions of grammar, cost model and program.
/// `isMeasured`: kernels are ranked by measurement.
std::string getKernelKey(const KernelSpec &spec, const Target &target,
                         bool isMeasured = false);

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
  /// model, is not used; what is found is cached apart.
  bool measure = false;
  /// The folder of the cache; nullopt: the user's.
  std::optional<std::string> cacheDirectory;
};

/// What was found.
struct KernelAnswer {
  std::optional<Kernel> kernel;
  KernelOrigin origin = KernelOrigin::Library;
  /// The file that it comes from; empty after a search.
  std::string place;
  /// Without a kernel: why there is none, for people.
  std::string reason;
  /// Of the search, if there was one.
  std::optional<SearchStatistics> statistics;
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

  /// Makes a library the KernelSource of a context, which has none at first,
  /// and its options those of the PackKernelSource (PackLibrary.h): so
  /// the passes that choose layouts and tiles know the kernels to come.
  static void activate(MLIRContext *context,
                       std::shared_ptr<const KernelLibrary> library);

  const KernelLibraryOptions &getOptions() const { return options; }
  const KernelCache &getCache() const { return cache; }

private:
  KernelLibraryOptions options;
  KernelCache cache;
};

} // namespace bitserial
} // namespace mlir

#endif // BITSERIAL_SYNTHESIS_KERNELLIBRARY_H

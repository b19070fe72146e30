//===- BuildLibrary.cpp - Making the shipped library ----------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "BuildLibrary.h"

#include "Specs.h"

#include "bitserial/InitAll.h"
#include "bitserial/Synthesis/KernelLibrary.h"
#include "bitserial/Target/Codegen.h"

#include "mlir/IR/MLIRContext.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

#include <chrono>

using namespace mlir;
using namespace mlir::bitserial;
using llvm::formatv;

/// The widths of the operands whose products the library has kernels for.
static constexpr std::pair<unsigned, unsigned> kWidths[] = {
    {1, 1}, {2, 1}, {2, 2}, {3, 1}, {1, 2}, {3, 3}};

/// All kinds that there are at a width. Bipolar and unsigned numbers have the
/// same planes, and kinds of one bit differ by a factor only.
static std::vector<NumberFormat> getFormats(unsigned width) {
  std::vector<NumberFormat> formats;
  for (Kind kind : {Kind::Unsigned, Kind::Signed, Kind::Bipolar, Kind::Ternary})
    if (NumberFormat::isValid(width, kind, 0).empty())
      formats.push_back(NumberFormat(width, kind));
  return formats;
}

std::vector<KernelSpec> synth::getLibrarySpecs(const Target &target) {
  // Where loads to all lanes take a slot of the vector unit, sums across lanes
  // may be faster.
  SmallVector<bool> mappings = {false};
  if (target.arch() == Arch::AArch64)
    mappings.push_back(true);
  std::vector<KernelSpec> specs;
  for (bool lanesAreReduction : mappings)
    for (auto [lhsWidth, rhsWidth] : kWidths)
      for (const NumberFormat &lhs : getFormats(lhsWidth))
        for (const NumberFormat &rhs : getFormats(rhsWidth)) {
          KernelSpec spec =
              KernelSpec::get(lhs, rhs, target.preferredWordBits(),
                              lanesAreReduction)
                  .first;
          if (!llvm::is_contained(specs, spec))
            specs.push_back(std::move(spec));
        }
  return specs;
}

bool synth::isUpToDate(StringRef file, StringRef key) {
  auto buffer = llvm::MemoryBuffer::getFile(file);
  if (!buffer)
    return false;
  auto entry = parseKernelEntry((*buffer)->getBuffer());
  if (!entry) {
    llvm::consumeError(entry.takeError());
    return false;
  }
  return entry->first == key;
}

LogicalResult synth::buildLibrary(const BuildLibraryOptions &options) {
  using Clock = std::chrono::steady_clock;
  llvm::raw_ostream &os = llvm::outs();
  std::vector<double> times;
  unsigned kept = 0, failures = 0;
  for (const LibraryTarget &entry : getLibraryTargets()) {
    if (!options.cpus.empty() && !llvm::is_contained(options.cpus, entry.cpu))
      continue;
    Target target = llvm::cantFail(Target::get(entry.cpu, entry.features));
    for (const KernelSpec &spec : getLibrarySpecs(target)) {
      if (!options.names.empty() &&
          !llvm::is_contained(options.names, spec.name()))
        continue;
      SmallString<128> file(options.directory);
      llvm::sys::path::append(file, entry.cpu, spec.name() + ".mlir");
      std::string key = getKernelKey(spec, target);
      if (!options.force && isUpToDate(file, key)) {
        ++kept;
        continue;
      }
      os << formatv("{0,-15} {1,-12}", entry.cpu, spec.name());
      os.flush();

      // A context for each, so that none depends on those before.
      DialectRegistry registry;
      registerAllDialects(registry);
      MLIRContext context(registry, MLIRContext::Threading::DISABLED);
      KernelLibraryOptions sources;
      sources.useLibrary = sources.useCache = false;
      sources.search = true;
      Clock::time_point start = Clock::now();
      KernelAnswer answer =
          KernelLibrary(sources).lookup(&context, spec, target);
      double seconds =
          std::chrono::duration<double>(Clock::now() - start).count();
      times.push_back(seconds);
      if (!answer.kernel) {
        ++failures;
        os << formatv("  none after {0:f1} s: {1}\n", seconds, answer.reason);
        continue;
      }
      const Kernel &kernel = *answer.kernel;
      os << formatv("{0,7:f2} cycles, tile {1} x {2}, {3:f1} s; {4}\n",
                    kernel.cycles, kernel.tileRows, kernel.tileVectors, seconds,
                    kernel.sketch);
      os.flush();
      std::error_code error =
          llvm::sys::fs::create_directories(llvm::sys::path::parent_path(file));
      if (error)
        return emitError(UnknownLoc::get(&context))
               << "cannot make the folder of '" << file.str()
               << "': " << error.message();
      if (llvm::Error problem =
              writeOutputFile(file, makeKernelEntry(key, printKernel(kernel))))
        return emitError(UnknownLoc::get(&context))
               << llvm::toString(std::move(problem));
    }
  }
  llvm::sort(times);
  double median = times.empty() ? 0 : times[times.size() / 2];
  double longest = times.empty() ? 0 : times.back();
  os << formatv("{0} found, {1} up to date, {2} not found; median {3:f1} s, "
                "longest {4:f1} s\n",
                times.size() - failures, kept, failures, median, longest);
  return success(failures == 0);
}

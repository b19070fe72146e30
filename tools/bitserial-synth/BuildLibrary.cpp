//===- BuildLibrary.cpp - Making the shipped library ----------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "BuildLibrary.h"

#include "Pack.h"
#include "Report.h"

#include "bitserial/InitAll.h"
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

/// The kernels of reduces for a target.
static std::vector<synth::LibraryItem> getKernelItems(const Target &target) {
  std::vector<synth::LibraryItem> items;
  for (const KernelSpec &spec : synth::getLibrarySpecs(target))
    items.push_back(
        {spec.name(), getKernelKey(spec, target),
         [spec, target](MLIRContext &context,
                        const KernelLibraryOptions &sources) {
           synth::LibraryFinding result;
           KernelAnswer answer =
               KernelLibrary(sources).lookup(&context, spec, target);
           if (!answer.kernel) {
             result.summary = std::move(answer.reason);
             return result;
           }
           const Kernel &kernel = *answer.kernel;
           result.text = printKernel(kernel);
           result.summary = formatv(
               "{0,7:f2} cycles per vector, tile {1} x {2}; {3}", kernel.cycles,
               kernel.tileRows, kernel.tileVectors, kernel.sketch);
           return result;
         }});
  return items;
}

/// Whether a file holds a kernel found under this key.
static bool isUpToDate(StringRef file, StringRef key) {
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

namespace {
/// The items of one CPU of the library that are asked for.
struct TargetItems {
  StringRef cpu;
  std::vector<synth::LibraryItem> items;
};

/// A run, and what it has done so far.
class LibraryBuilder {
public:
  explicit LibraryBuilder(const synth::BuildLibraryOptions &options)
      : options(options) {}

  LogicalResult run();

private:
  FailureOr<std::vector<TargetItems>> selectItems() const;
  LogicalResult build(StringRef cpu, const synth::LibraryItem &item);

  const synth::BuildLibraryOptions &options;
  std::vector<double> times;
  unsigned found = 0, kept = 0, notWorthFile = 0, failures = 0;
};
} // namespace

FailureOr<std::vector<TargetItems>> LibraryBuilder::selectItems() const {
  auto isSelected = [](ArrayRef<std::string> list, StringRef name) {
    return list.empty() || llvm::is_contained(list, name);
  };
  std::vector<TargetItems> all;
  for (const LibraryTarget &entry : getLibraryTargets()) {
    if (!isSelected(options.cpus, entry.cpu))
      continue;
    Target target = llvm::cantFail(Target::get(entry.cpu, entry.features));
    std::vector<synth::LibraryItem> items = getKernelItems(target);
    llvm::append_range(items, synth::getPackItems(target));
    llvm::erase_if(items, [&](const synth::LibraryItem &item) {
      return !isSelected(options.names, item.name);
    });
    all.push_back({entry.cpu, std::move(items)});
  }
  for (const std::string &cpu : options.cpus)
    if (llvm::none_of(all, [&](auto &target) { return target.cpu == cpu; }))
      return synth::fail("--target: the library has no CPU '" + cpu + "'");
  for (const std::string &name : options.names)
    if (llvm::none_of(all, [&](const TargetItems &target) {
          return llvm::any_of(target.items,
                              [&](auto &item) { return item.name == name; });
        }))
      return synth::fail("--name: the library is to have no kernel '" + name +
                         "'");
  return all;
}

LogicalResult LibraryBuilder::build(StringRef cpu,
                                    const synth::LibraryItem &item) {
  SmallString<128> file(options.directory);
  llvm::sys::path::append(file, cpu, item.name + ".mlir");
  if (!options.force && isUpToDate(file, item.key)) {
    ++kept;
    return success();
  }
  llvm::raw_ostream &os = llvm::outs();
  os << formatv("{0,-15} {1,-12}", cpu, item.name);
  os.flush();

  // A context for each, so that none depends on those before.
  DialectRegistry registry;
  registerAllDialects(registry);
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  KernelLibraryOptions sources;
  sources.useLibrary = sources.useCache = false;
  sources.search = true;
  using Clock = std::chrono::steady_clock;
  Clock::time_point start = Clock::now();
  synth::LibraryFinding finding = item.search(context, sources);
  times.push_back(std::chrono::duration<double>(Clock::now() - start).count());
  bool isFound = !finding.text.empty();
  os << formatv("{0}{1} ({2:f1} s)\n",
                isFound ? "" : "  none: ", finding.summary, times.back());
  os.flush();
  if (!isFound) {
    ++failures;
    return success();
  }
  if (!finding.isWorthFile) {
    ++notWorthFile;
    llvm::sys::fs::remove(file);
    return success();
  }
  ++found;
  if (std::error_code error =
          llvm::sys::fs::create_directories(llvm::sys::path::parent_path(file)))
    return synth::fail("cannot make the folder of '" + file +
                       "': " + error.message());
  if (llvm::Error error =
          writeOutputFile(file, makeKernelEntry(item.key, finding.text)))
    return synth::fail(llvm::toString(std::move(error)));
  return success();
}

LogicalResult LibraryBuilder::run() {
  FailureOr<std::vector<TargetItems>> targets = selectItems();
  if (failed(targets))
    return failure();
  for (const TargetItems &target : *targets)
    for (const synth::LibraryItem &item : target.items)
      if (failed(build(target.cpu, item)))
        return failure();
  llvm::sort(times);
  llvm::outs() << formatv(
      "{0} found, {1} up to date, {2} where the reference lowering is best, "
      "{3} not found; median {4:f1} s, longest {5:f1} s\n",
      found, kept, notWorthFile, failures,
      times.empty() ? 0 : times[times.size() / 2],
      times.empty() ? 0 : times.back());
  return success(failures == 0);
}

LogicalResult synth::buildLibrary(const BuildLibraryOptions &options) {
  return LibraryBuilder(options).run();
}

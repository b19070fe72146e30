//===- LibraryTargets.cpp - CPUs that the library has kernels for ---------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Synthesis/LibraryTargets.h"

#include "bitserial/Synthesis/InstructionSet.h"
#include "bitserial/Synthesis/KernelCache.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/MC/MCSchedule.h"
#include "llvm/MC/MCSubtargetInfo.h"

#include <map>
#include <mutex>
#include <set>

using namespace mlir;
using namespace mlir::bitserial;

ArrayRef<LibraryTarget> bitserial::getLibraryTargets() {
  static constexpr LibraryTarget targets[] = {
      {"haswell", ""},    {"icelake-server", ""}, {"sapphirerapids", ""},
      {"cortex-a53", ""}, {"cortex-a72", ""},     {"neoverse-n1", "+dotprod"},
      {"cortex-a7", ""},
  };
  return targets;
}

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

bool bitserial::isReferenceFastest(const Target &target) {
  return target.cpu().starts_with("znver") && target.vectorBits() == 512;
}

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
    if (profile.vectorBits == 512 && isReferenceFastest(target))
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

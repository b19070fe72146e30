//===- Target.cpp - The machine code is generated for ---------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Target/Target.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/MC/MCSchedule.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/CodeGen.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Target/TargetMachine.h"
#include "llvm/Target/TargetOptions.h"
#include "llvm/TargetParser/AArch64TargetParser.h"
#include "llvm/TargetParser/Host.h"

#include <mutex>
#include <optional>

using namespace mlir::bitserial;
using llvm::ArrayRef;
using llvm::Error;
using llvm::Expected;
using llvm::formatv;
using llvm::MCSubtargetInfo;
using llvm::SmallVector;
using llvm::StringRef;
using llvm::Triple;

//===----------------------------------------------------------------------===//
// Target families
//
// Everything that distinguishes one family from another is in this section: to
// add a family, add a row to `families` (and a value to `Arch`).
//===----------------------------------------------------------------------===//

namespace {

/// What a family answers about its vector unit.
struct VectorFacts {
  unsigned bits;
  unsigned registers;
  unsigned preferredWordBits;
  /// Lane widths that one instruction counts the bits of, as a sum of the
  /// widths 8, 16, 32 and 64 (which are distinct powers of two).
  unsigned popcountLanes;
  StringRef name;
};

/// A feature that all generated code relies on.
struct RequiredFeature {
  StringRef feature;
  StringRef what;
};

/// `cpu` is better modelled by LLVM's scheduling model of `modelCpu`.
struct CostModelOverride {
  StringRef cpu;
  StringRef modelCpu;
};

struct Family {
  Arch arch;
  StringRef name;
  /// LLVM's architecture and the triple that stands for it.
  Triple::ArchType llvmArch;
  StringRef defaultTriple;
  unsigned pointerBits;
  ArrayRef<RequiredFeature> required;
  /// Features that generated code can make use of, so that a machine without
  /// them cannot run it; a final '*' matches any rest. The others (power
  /// management, virtualisation, tuning, ...) never reach the instructions.
  ArrayRef<StringRef> codeFeatures;
  ArrayRef<CostModelOverride> costModels;
  VectorFacts (*vectorFacts)(const MCSubtargetInfo &sti, bool prefer256);
  /// A CPU whose scheduling model fits the features, for a CPU that has no
  /// usable model or whose features do not fit its name.
  StringRef (*costModelByFeatures)(const MCSubtargetInfo &sti);
  /// What get() switches on although LLVM leaves it off, or "".
  StringRef (*impliedFeatures)(const MCSubtargetInfo &sti);
  /// Names for --help: typical members of the family.
  StringRef examples;
};

bool has(const MCSubtargetInfo &sti, StringRef name) {
  ArrayRef<llvm::SubtargetFeatureKV> all = sti.getAllProcessorFeatures();
  const auto *it = llvm::lower_bound(all, name);
  return it != all.end() && it->Key == name && sti.hasFeature(it->Value);
}

// x86-64 ---------------------------------------------------------------------

const RequiredFeature x86Required[] = {
    {"64bit", "64-bit mode"},
    {"sse2", "SSE2 vectors"},
};

const StringRef x86CodeFeatures[] = {
    "adx",   "aes",    "amx-*",  "avx*",  "bmi",        "bmi2",      "cf",
    "ccmp",  "cmov",   "crc32",  "cx16",  "cx8",        "egpr",      "f16c",
    "fma",   "fma4",   "gfni",   "lzcnt", "mmx",        "movbe",     "ndd",
    "nf",    "pclmul", "popcnt", "ppx",   "prfchw",     "push2pop2", "sahf",
    "sha",   "sha512", "sm3",    "sm4",   "sse",        "sse2",      "sse3",
    "sse4*", "ssse3",  "tbm",    "vaes",  "vpclmulqdq", "x87",       "xop",
    "zu"};

VectorFacts x86VectorFacts(const MCSubtargetInfo &sti, bool prefer256) {
  // Without BW there are no 512-bit byte tables, and without VL LLVM spills
  // accumulators: such CPUs (Xeon Phi) count as AVX2.
  bool avx512 = has(sti, "avx512bw") && has(sti, "avx512vl");
  if (avx512 && !prefer256) {
    bool vpopcntdq = has(sti, "avx512vpopcntdq");
    bool bitalg = has(sti, "avx512bitalg");
    return {512, 32, vpopcntdq ? 32u : 64u,
            (vpopcntdq ? 32u + 64u : 0u) + (bitalg ? 8u + 16u : 0u),
            vpopcntdq ? "AVX-512 with VPOPCNTDQ" : "AVX-512"};
  }
  if (avx512) {
    bool vpopcntdq = has(sti, "avx512vpopcntdq");
    bool bitalg = has(sti, "avx512bitalg");
    return {256, 32, vpopcntdq ? 32u : 64u,
            (vpopcntdq ? 32u + 64u : 0u) + (bitalg ? 8u + 16u : 0u),
            vpopcntdq ? "AVX-512VL with VPOPCNTDQ" : "AVX-512VL"};
  }
  if (has(sti, "avx2"))
    return {256, 16, 64, 0, "AVX2"};
  return {128, 16, 64, 0, has(sti, "ssse3") ? "SSSE3" : "SSE2"};
}

StringRef x86CostModel(const MCSubtargetInfo &sti) {
  // SSE4a exists on AMD's CPUs only.
  bool amd = has(sti, "sse4a");
  if (has(sti, "avx512f")) {
    if (amd)
      return "znver4";
    if (has(sti, "amx-tile") || has(sti, "avx512fp16"))
      return "sapphirerapids";
    return has(sti, "avx512vpopcntdq") ? "icelake-server" : "skylake-avx512";
  }
  if (has(sti, "avx2")) {
    if (amd)
      return "znver3";
    return has(sti, "avxvnni") ? "alderlake" : "skylake";
  }
  if (amd)
    return has(sti, "avx") ? "btver2" : "barcelona";
  return "sandybridge";
}

// AArch64 --------------------------------------------------------------------

const RequiredFeature aarch64Required[] = {{"neon", "the NEON vector unit"}};

const StringRef aarch64CodeFeatures[] = {
    "aes",      "bf16",   "complxnum", "crc",    "cssc",    "dotprod",
    "faminmax", "flagm",  "fp-armv8",  "fp8*",   "fp16fml", "fptoint",
    "fullfp16", "hbc",    "i8mm",      "jsconv", "ls64",    "lse",
    "lse2",     "lse128", "lut",       "mops",   "neon",    "rcpc*",
    "rdm",      "sha2",   "sha3",      "sm4",    "sme*",    "sve*"};

// LLVM describes the wide cores between Cortex-A75 and X1 by its model of the
// Cortex-A57, which has half of their vector pipes.
const CostModelOverride aarch64CostModels[] = {
    {"carmel", "neoverse-n1"},       {"cortex-a76", "neoverse-n1"},
    {"cortex-a76ae", "neoverse-n1"}, {"cortex-a77", "neoverse-n1"},
    {"cortex-a78", "neoverse-n1"},   {"cortex-a78ae", "neoverse-n1"},
    {"cortex-a78c", "neoverse-n1"},
};

VectorFacts neon64Facts(const MCSubtargetInfo &, bool) {
  return {128, 32, 16, 8, "NEON"};
}

StringRef aarch64CostModel(const MCSubtargetInfo &sti) {
  return has(sti, "lse") ? "neoverse-n1" : "cortex-a53";
}

// ARM ------------------------------------------------------------------------

const RequiredFeature armRequired[] = {{"v7", "ARMv7"},
                                       {"neon", "the NEON vector unit"}};

const StringRef armCodeFeatures[] = {
    "8msecext", "aes",  "bf16",    "crc",      "crypto", "d32",
    "dotprod",  "dsp",  "fp*",     "fullfp16", "hwdiv*", "i8mm",
    "mp",       "neon", "sha2",    "thumb2",   "v4t",    "v5t*",
    "v6*",      "v7",   "v7clrex", "v8",       "vfp*"};

// Most ARM CPUs have itineraries or nothing where llvm-mca needs a model of
// instructions. Cortex-R52 is an in-order core with NEON that has one.
const CostModelOverride armCostModels[] = {
    {"cortex-a32", "cortex-r52"}, {"cortex-a35", "cortex-r52"},
    {"cortex-a5", "cortex-r52"},  {"cortex-a510", "cortex-r52"},
    {"cortex-a53", "cortex-r52"}, {"cortex-a55", "cortex-r52"},
    {"cortex-a7", "cortex-r52"},  {"cortex-a8", "cortex-r52"},
};

VectorFacts neon32Facts(const MCSubtargetInfo &, bool) {
  return {128, 16, 16, 8, "NEON"};
}

StringRef armCostModel(const MCSubtargetInfo &sti) {
  return has(sti, "v8") ? "cortex-a57" : "cortex-a9";
}

StringRef none(const MCSubtargetInfo &) { return ""; }

StringRef armImplied(const MCSubtargetInfo &sti) {
  return has(sti, "v7") && has(sti, "aclass") ? "neon" : "";
}

// clang-format off
const Family families[] = {
    // AArch64 stands before ARM, so that a name both have means AArch64.
    {Arch::AArch64, "AArch64", Triple::aarch64, "aarch64-unknown-linux-gnu", 64,
     aarch64Required, aarch64CodeFeatures, aarch64CostModels, neon64Facts,
     aarch64CostModel, none, "cortex-a53, cortex-a72, neoverse-n1, apple-m1, generic"},
    {Arch::ARM, "ARM", Triple::arm, "armv7-unknown-linux-gnueabihf", 32,
     armRequired, armCodeFeatures, armCostModels, neon32Facts,
     armCostModel, armImplied, "cortex-a7, cortex-a9, cortex-a15"},
    {Arch::X86_64, "x86-64", Triple::x86_64, "x86_64-unknown-linux-gnu", 64,
     x86Required, x86CodeFeatures, {}, x86VectorFacts,
     x86CostModel, none, "x86-64, x86-64-v3, haswell, skylake-avx512, icelake-server, znver4"},
};
// clang-format on

const Family &getFamily(Arch arch) {
  for (const Family &family : families)
    if (family.arch == arch)
      return family;
  llvm_unreachable("every value of Arch has a row");
}

//===----------------------------------------------------------------------===//
// Looking up names
//===----------------------------------------------------------------------===//

void initialiseLLVM() {
  static std::once_flag once;
  std::call_once(once, [] {
    LLVMInitializeX86TargetInfo();
    LLVMInitializeX86Target();
    LLVMInitializeX86TargetMC();
    LLVMInitializeX86AsmPrinter();
    LLVMInitializeX86AsmParser();
    LLVMInitializeAArch64TargetInfo();
    LLVMInitializeAArch64Target();
    LLVMInitializeAArch64TargetMC();
    LLVMInitializeAArch64AsmPrinter();
    LLVMInitializeAArch64AsmParser();
    LLVMInitializeARMTargetInfo();
    LLVMInitializeARMTarget();
    LLVMInitializeARMTargetMC();
    LLVMInitializeARMAsmPrinter();
    LLVMInitializeARMAsmParser();
  });
}

Error error(const llvm::Twine &message) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), message);
}

const llvm::Target *lookupLLVM(const Triple &triple) {
  initialiseLLVM();
  std::string ignored;
  return llvm::TargetRegistry::lookupTarget(triple, ignored);
}

/// `cpu` must be a name that LLVM knows, or "".
std::unique_ptr<MCSubtargetInfo> createSubtarget(const Triple &triple,
                                                 StringRef cpu) {
  const llvm::Target *target = lookupLLVM(triple);
  if (!target)
    return nullptr;
  return std::unique_ptr<MCSubtargetInfo>(
      target->createMCSubtargetInfo(triple, cpu, ""));
}

/// The subtarget of a family without a CPU: for questions about its tables.
const MCSubtargetInfo &tablesOf(const Family &family) {
  static std::mutex mutex;
  static std::unique_ptr<MCSubtargetInfo> cache[std::size(families)];
  std::lock_guard<std::mutex> lock(mutex);
  std::unique_ptr<MCSubtargetInfo> &slot = cache[&family - families];
  if (!slot)
    slot = createSubtarget(Triple(family.defaultTriple), "");
  assert(slot && "LLVM is built without a supported architecture");
  return *slot;
}

/// The name under which LLVM's tables have the CPU, or nothing if they do not.
std::optional<StringRef> findCpu(const Family &family, StringRef cpu) {
  if (family.arch == Arch::AArch64)
    cpu = llvm::AArch64::resolveCPUAlias(cpu);
  if (!cpu.empty() && tablesOf(family).isCPUStringValid(cpu))
    return cpu;
  return std::nullopt;
}

/// Lower case, one kind of separator: spelling differences nobody means.
std::string normalise(StringRef name) {
  std::string result = name.lower();
  llvm::replace(result, '_', '-');
  llvm::replace(result, ' ', '-');
  return result;
}

/// "; did you mean 'a', 'b' or 'c'?" with the candidates nearest to `name`, or
/// "" if there is nothing near.
std::string didYouMean(StringRef name, ArrayRef<std::string> candidates) {
  constexpr unsigned maxSuggestions = 3;
  std::string wanted = normalise(name);
  unsigned limit = std::max<unsigned>(1, wanted.size() / 3);
  SmallVector<std::pair<unsigned, StringRef>> scored;
  for (const std::string &candidate : candidates) {
    std::string other = normalise(candidate);
    unsigned distance =
        StringRef(wanted).edit_distance(other, /*AllowReplacements=*/true);
    // What is typed short is often the beginning of a name.
    if (wanted.size() >= 3 && StringRef(other).starts_with(wanted))
      distance = std::min(distance, limit);
    // Separators: 'avx512_vpopcntdq', 'cortexa53'.
    llvm::erase(other, '-');
    std::string squeezed = wanted;
    llvm::erase(squeezed, '-');
    if (other == squeezed)
      distance = 0;
    if (distance <= limit)
      scored.push_back({distance, candidate});
  }
  llvm::sort(scored);
  scored.erase(llvm::unique(scored), scored.end());
  // A near miss makes the far ones noise.
  if (!scored.empty())
    llvm::erase_if(
        scored, [&](const auto &s) { return s.first > scored[0].first + 1; });
  scored.truncate(std::min<size_t>(scored.size(), maxSuggestions));
  if (scored.empty())
    return "";
  std::string text = "; did you mean ";
  for (auto [i, suggestion] : llvm::enumerate(scored)) {
    if (i)
      text += i + 1 == scored.size() ? " or " : ", ";
    text += "'" + suggestion.second.str() + "'";
  }
  return text + "?";
}

bool isCodeFeature(const Family &family, StringRef name) {
  return llvm::any_of(family.codeFeatures, [&](StringRef pattern) {
    return pattern.consume_back("*") ? name.starts_with(pattern)
                                     : name == pattern;
  });
}

/// What the CPUs of the family have for tuning only.
llvm::FeatureBitset tuningBits(const Family &family,
                               const MCSubtargetInfo &sti) {
  llvm::FeatureBitset tuning;
  for (const llvm::SubtargetSubTypeKV &cpu : sti.getAllProcessorDescriptions())
    tuning |= cpu.TuneImplies.getAsBitset();
  for (const llvm::SubtargetFeatureKV &kv : sti.getAllProcessorFeatures())
    if (isCodeFeature(family, kv.Key))
      tuning.reset(kv.Value);
  return tuning;
}

} // namespace

StringRef mlir::bitserial::stringifyArch(Arch arch) {
  return getFamily(arch).name;
}

//===----------------------------------------------------------------------===//
// Construction
//===----------------------------------------------------------------------===//

struct Target::Data {
  const Family *family;
  Triple triple;
  std::string cpu;
  std::unique_ptr<MCSubtargetInfo> sti;
  VectorFacts facts;
  std::string features;
  std::string costModelCpu;
};

/// Puts a Target together; a struct for access to Data.
struct Target::Builder {
  struct Flag {
    StringRef text;
    StringRef name;
    bool enable;
  };

  const Family *family = nullptr;
  Triple triple;
  std::string cpu;
  bool native = false;
  SmallVector<Flag> flags;

  Error resolveCpu(StringRef spec);
  Error resolveTriple(StringRef text, StringRef spec);
  Error resolveNative();
  Error parseFlags(StringRef features);
  Error applyFlags(MCSubtargetInfo &sti);
  Error checkRequired(const MCSubtargetInfo &sti);
  std::string featureString(const MCSubtargetInfo &sti);
  std::string costModelCpu(const MCSubtargetInfo &sti);
  Expected<Target> build(StringRef spec, StringRef features);
};

Error Target::Builder::resolveTriple(StringRef text, StringRef spec) {
  triple = Triple(Triple::normalize(text));
  for (const Family &candidate : families)
    if (candidate.llvmArch == triple.getArch())
      family = &candidate;
  if (!family || triple.getEnvironment() == Triple::GNUX32)
    return error(formatv("unsupported architecture '{0}' in target '{1}'; "
                         "supported are x86_64, aarch64 and armv7",
                         text.split('-').first, spec));
  Triple defaults(family->defaultTriple);
  if (triple.getOS() == Triple::UnknownOS &&
      triple.getEnvironment() == Triple::UnknownEnvironment) {
    if (triple.getVendor() == Triple::UnknownVendor)
      triple.setVendorName(defaults.getVendorName());
    triple.setOS(defaults.getOS());
    triple.setEnvironment(defaults.getEnvironment());
  }
  if (family->arch == Arch::ARM && triple.getSubArch() == Triple::NoSubArch)
    triple.setArchName(defaults.getArchName());
  return Error::success();
}

Error Target::Builder::resolveNative() {
  native = true;
  triple = Triple(Triple::normalize(llvm::sys::getProcessTriple()));
  for (const Family &candidate : families)
    if (candidate.llvmArch == triple.getArch())
      family = &candidate;
  if (!family)
    return error(formatv("target 'native': this machine is a '{0}', which is "
                         "not supported; give the name of a CPU",
                         triple.getArchName()));
  // A CPU that LLVM does not know yet is described by its features alone.
  cpu = llvm::sys::getHostCPUName().str();
  if (std::optional<StringRef> known = findCpu(*family, cpu))
    cpu = known->str();
  else
    cpu = family->arch == Arch::X86_64 ? "x86-64" : "generic";
  return Error::success();
}

Error Target::Builder::resolveCpu(StringRef spec) {
  if (spec.empty())
    return error("the name of the target CPU is empty");
  if (spec == "native")
    return resolveNative();

  StringRef name = spec;
  if (size_t colon = spec.rfind(':'); colon != StringRef::npos) {
    name = spec.drop_front(colon + 1);
    if (Error e = resolveTriple(spec.take_front(colon), spec))
      return e;
    if (name.empty())
      return error(formatv("target '{0}' names no CPU after the ':'", spec));
  }

  for (const Family &candidate : families) {
    if (family && family != &candidate)
      continue;
    if (std::optional<StringRef> known = findCpu(candidate, name)) {
      cpu = known->str();
      if (!family) {
        family = &candidate;
        triple = Triple(candidate.defaultTriple);
      }
      return Error::success();
    }
  }
  // Which names there are takes a while to find out.
  std::vector<std::string> candidates;
  for (const Family &candidate : families)
    if (!family || family == &candidate)
      llvm::append_range(candidates, Target::cpuNames(candidate.arch));
  if (!family)
    candidates.push_back("native");
  std::string suggestion = didYouMean(name, candidates);
  if (suggestion.empty())
    suggestion = "; 'bitserial-compile --list-targets' prints the known ones";
  return error(formatv("unknown {0}CPU '{1}'{2}",
                       family ? family->name + " " : llvm::Twine(), name,
                       suggestion));
}

Error Target::Builder::parseFlags(StringRef features) {
  if (features.trim().empty())
    return Error::success();
  SmallVector<StringRef> entries;
  features.split(entries, ',');
  ArrayRef<llvm::SubtargetFeatureKV> all =
      tablesOf(*family).getAllProcessorFeatures();
  for (StringRef entry : entries) {
    entry = entry.trim();
    StringRef name = entry;
    bool enable = name.consume_front("+");
    if (entry.empty() || (!enable && !name.consume_front("-"))) {
      if (entry.empty())
        return error(formatv("empty entry in the features '{0}'", features));
      return error(formatv("the feature '{0}' has no sign; write '+{0}' to add "
                           "it or '-{0}' to remove it",
                           entry));
    }
    const auto *it = llvm::lower_bound(all, name);
    if (it != all.end() && it->Key == name) {
      if (name.ends_with("-mode") || name == "soft-float" || name == "x32")
        return error(
            formatv("the feature '{0}' cannot be changed: it is decided by the "
                    "architecture, {1}",
                    name, family->name));
      flags.push_back({entry, name, enable});
      continue;
    }

    for (const Family &other : families)
      if (&other != family &&
          llvm::any_of(tablesOf(other).getAllProcessorFeatures(),
                       [&](const auto &kv) { return kv.Key == name; }))
        return error(formatv("unknown {0} feature '{1}': it belongs to {2}, "
                             "but the target CPU is '{3}'",
                             family->name, name, other.name, cpu));
    std::vector<std::string> candidates;
    for (const llvm::SubtargetFeatureKV &kv : all)
      candidates.push_back(kv.Key);
    return error(formatv("unknown {0} feature '{1}'{2}", family->name, name,
                         didYouMean(name, candidates)));
  }
  return Error::success();
}

Error Target::Builder::applyFlags(MCSubtargetInfo &sti) {
  for (size_t i = 0; i < flags.size(); ++i) {
    sti.ApplyFeatureFlag(((flags[i].enable ? "+" : "-") + flags[i].name).str());
    for (const Flag &earlier : ArrayRef(flags).take_front(i)) {
      if (has(sti, earlier.name) == earlier.enable)
        continue;
      if (earlier.name == flags[i].name)
        return error(formatv("the features '{0}' and '{1}' contradict each "
                             "other",
                             earlier.text, flags[i].text));
      StringRef on = earlier.enable ? earlier.name : flags[i].name;
      StringRef off = earlier.enable ? flags[i].name : earlier.name;
      return error(formatv("the features '{0}' and '{1}' contradict each "
                           "other: '{2}' needs '{3}'",
                           earlier.text, flags[i].text, on, off));
    }
  }
  return Error::success();
}

Error Target::Builder::checkRequired(const MCSubtargetInfo &sti) {
  for (const RequiredFeature &required : family->required) {
    if (has(sti, required.feature))
      continue;
    // Is it the CPU that lacks it, or has a flag taken it away?
    std::unique_ptr<MCSubtargetInfo> probe = createSubtarget(triple, cpu);
    if (StringRef implied = family->impliedFeatures(*probe); !implied.empty())
      probe->ApplyFeatureFlag(("+" + implied).str());
    for (const Flag &flag : flags) {
      if (!has(*probe, required.feature))
        break;
      probe->ApplyFeatureFlag(((flag.enable ? "+" : "-") + flag.name).str());
      if (!has(*probe, required.feature))
        return error(formatv("the feature '{0}' cannot be removed: all code "
                             "for {1} needs {2} ('{3}')",
                             flag.name, family->name, required.what,
                             required.feature));
    }
    return error(formatv("the {0} CPU '{1}' lacks {2} ('{3}'), which all "
                         "generated code needs",
                         family->name, cpu, required.what, required.feature));
  }
  return Error::success();
}

std::string Target::Builder::featureString(const MCSubtargetInfo &sti) {
  std::unique_ptr<MCSubtargetInfo> defaults = createSubtarget(triple, cpu);
  llvm::FeatureBitset tuning = tuningBits(*family, sti);
  SmallVector<std::string> off, on;
  for (const llvm::SubtargetFeatureKV &kv : sti.getAllProcessorFeatures()) {
    StringRef key = kv.Key;
    if (key.ends_with("-mode"))
      continue;
    if (tuning.test(kv.Value)) {
      // Tuning follows the CPU's name unless the user said otherwise.
      const Flag *flag = llvm::find_if(
          flags, [&](const Flag &candidate) { return candidate.name == key; });
      if (flag != flags.end())
        (flag->enable ? on : off).push_back(flag->text.str());
      continue;
    }
    if (sti.hasFeature(kv.Value))
      on.push_back(("+" + key).str());
    else if (defaults->hasFeature(kv.Value))
      off.push_back(("-" + key).str());
  }
  // Removal removes more than its feature, so it comes first.
  llvm::append_range(off, on);
  return llvm::join(off, ",");
}

std::string Target::Builder::costModelCpu(const MCSubtargetInfo &sti) {
  for (const CostModelOverride &row : family->costModels)
    if (row.cpu == cpu)
      return row.modelCpu.str();
  if (!sti.getSchedModel().hasInstrSchedModel())
    return family->costModelByFeatures(sti).str();
  // The names of x86 CPUs mislead: hypervisors hide features or report an
  // older CPU, and a feature the named CPU lacks has no costs in its model.
  if (family->arch == Arch::X86_64) {
    std::unique_ptr<MCSubtargetInfo> defaults = createSubtarget(triple, cpu);
    for (const llvm::SubtargetFeatureKV &kv : sti.getAllProcessorFeatures())
      if (sti.hasFeature(kv.Value) && !defaults->hasFeature(kv.Value) &&
          isCodeFeature(*family, kv.Key))
        return family->costModelByFeatures(sti).str();
  }
  return cpu;
}

Expected<Target> Target::Builder::build(StringRef spec, StringRef features) {
  if (Error e = resolveCpu(spec.trim()))
    return std::move(e);
  if (Error e = parseFlags(features))
    return std::move(e);

  std::unique_ptr<MCSubtargetInfo> sti = createSubtarget(triple, cpu);
  if (!sti)
    return error(formatv("this build of LLVM cannot generate code for {0}",
                         family->name));
  if (native) {
    // What the machine reports overrides what its name promises. Removing goes
    // first, since it also removes what depends on the feature.
    llvm::StringMap<bool> host = llvm::sys::getHostCPUFeatures();
    ArrayRef<llvm::SubtargetFeatureKV> all = sti->getAllProcessorFeatures();
    for (bool enable : {false, true})
      for (const llvm::SubtargetFeatureKV &kv : all)
        if (auto it = host.find(kv.Key);
            it != host.end() && it->second == enable)
          sti->ApplyFeatureFlag(
              (llvm::Twine(enable ? "+" : "-") + kv.Key).str());
  } else if (StringRef implied = family->impliedFeatures(*sti);
             !implied.empty()) {
    sti->ApplyFeatureFlag(("+" + implied).str());
  }
  if (Error e = applyFlags(*sti))
    return std::move(e);
  if (Error e = checkRequired(*sti))
    return std::move(e);

  bool prefer256 = llvm::any_of(flags, [](const Flag &flag) {
    return flag.enable && flag.name == "prefer-256-bit";
  });
  auto data = std::make_shared<Data>();
  data->family = family;
  data->triple = triple;
  data->cpu = cpu;
  data->facts = family->vectorFacts(*sti, prefer256);
  data->features = featureString(*sti);
  data->costModelCpu = costModelCpu(*sti);
  data->sti = std::move(sti);
  return Target(std::move(data));
}

Target::Target(std::shared_ptr<const Data> data) : data(std::move(data)) {}

Expected<Target> Target::get(StringRef cpu, StringRef features) {
  return Builder().build(cpu, features);
}

//===----------------------------------------------------------------------===//
// Answers
//===----------------------------------------------------------------------===//

Arch Target::arch() const { return data->family->arch; }
const Triple &Target::triple() const { return data->triple; }
StringRef Target::cpu() const { return data->cpu; }
std::string Target::featureString() const { return data->features; }
bool Target::hasFeature(StringRef name) const { return has(*data->sti, name); }
unsigned Target::vectorBits() const { return data->facts.bits; }
unsigned Target::vectorRegisters() const { return data->facts.registers; }
unsigned Target::preferredWordBits() const {
  return data->facts.preferredWordBits;
}
bool Target::hasVectorPopcount(unsigned laneBits) const {
  assert(
      (laneBits == 8 || laneBits == 16 || laneBits == 32 || laneBits == 64) &&
      "not a lane width");
  return data->facts.popcountLanes & laneBits;
}
unsigned Target::pointerBits() const { return data->family->pointerBits; }
StringRef Target::costModelCpu() const { return data->costModelCpu; }
const MCSubtargetInfo &Target::subtarget() const { return *data->sti; }

bool Target::isHostRunnable(std::string *reason) const {
  // The machine does not change while the process runs.
  static const std::optional<Target> host = [] {
    Expected<Target> native = Target::get("native");
    if (native)
      return std::optional<Target>(*native);
    llvm::consumeError(native.takeError());
    return std::optional<Target>();
  }();
  auto no = [&](const llvm::Twine &text) {
    if (reason)
      *reason = text.str();
    return false;
  };
  if (!host)
    return no("this machine is of an unsupported architecture");
  if (host->arch() != arch())
    return no(formatv("the target is {0}, this machine is {1}",
                      stringifyArch(arch()), stringifyArch(host->arch())));
  if (host->triple().getOS() != triple().getOS())
    return no(formatv("the target's operating system is '{0}', this machine's "
                      "is '{1}'",
                      triple().getOSName(), host->triple().getOSName()));
  SmallVector<StringRef> missing;
  for (const llvm::SubtargetFeatureKV &kv :
       data->sti->getAllProcessorFeatures())
    if (data->sti->hasFeature(kv.Value) &&
        !host->data->sti->hasFeature(kv.Value) &&
        isCodeFeature(*data->family, kv.Key))
      missing.push_back(kv.Key);
  if (missing.empty())
    return true;
  return no("this machine lacks the features " + llvm::join(missing, ", "));
}

std::string Target::describe() const {
  return formatv("{0} ({1}, {2}: {3} vector registers of {4} bits)", cpu(),
                 stringifyArch(arch()), data->facts.name, vectorRegisters(),
                 vectorBits());
}

Expected<std::unique_ptr<llvm::TargetMachine>>
Target::createTargetMachine(unsigned optLevel) const {
  static const llvm::CodeGenOptLevel levels[] = {
      llvm::CodeGenOptLevel::None, llvm::CodeGenOptLevel::Less,
      llvm::CodeGenOptLevel::Default, llvm::CodeGenOptLevel::Aggressive};
  const llvm::Target *target = lookupLLVM(triple());
  std::unique_ptr<llvm::TargetMachine> machine;
  if (target)
    machine.reset(target->createTargetMachine(
        triple(), cpu(), featureString(), llvm::TargetOptions(),
        llvm::Reloc::PIC_, std::nullopt, levels[std::min(optLevel, 3u)]));
  if (!machine)
    return error(formatv("LLVM cannot create a code generator for '{0}'",
                         triple().str()));
  return std::move(machine);
}

std::vector<std::string> Target::cpuNames(Arch arch) {
  const Family &family = getFamily(arch);
  const MCSubtargetInfo &tables = tablesOf(family);
  std::vector<std::string> names;
  for (const llvm::SubtargetSubTypeKV &kv :
       tables.getAllProcessorDescriptions()) {
    // Only what get() accepts: CPUs with the vector unit that is needed.
    std::unique_ptr<MCSubtargetInfo> sti =
        createSubtarget(Triple(family.defaultTriple), kv.Key);
    if (StringRef implied = family.impliedFeatures(*sti); !implied.empty())
      sti->ApplyFeatureFlag(("+" + implied).str());
    if (llvm::all_of(family.required, [&](const RequiredFeature &required) {
          return has(*sti, required.feature);
        }))
      names.push_back(kv.Key);
  }
  if (arch == Arch::AArch64) {
    SmallVector<StringRef> withAliases;
    llvm::AArch64::fillValidCPUArchList(withAliases);
    for (StringRef name : withAliases)
      if (findCpu(family, name) && !llvm::is_contained(names, name))
        names.push_back(name.str());
  }
  llvm::sort(names);
  return names;
}

void Target::printSupported(llvm::raw_ostream &os) {
  os << "native: this machine's CPU with the features it reports\n";
  if (Expected<Target> host = Target::get("native"))
    os << "  here: " << host->describe() << '\n';
  else
    llvm::consumeError(host.takeError());
  for (const Family &family : families) {
    os << '\n'
       << family.name << " (" << family.defaultTriple << "), for example "
       << family.examples << ":\n";
    size_t column = 0;
    for (const std::string &name : cpuNames(family.arch)) {
      if (column + name.size() + 2 > 79) {
        os << '\n';
        column = 0;
      }
      os << "  " << name;
      column += name.size() + 2;
    }
    os << '\n';
  }
  os << "\nA name that AArch64 and ARM share means AArch64; "
        "'<triple>:<cpu>' chooses:\n  armv7-linux-gnueabihf:cortex-a53\n";
}

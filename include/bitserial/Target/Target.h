//===- Target.h - The machine code is generated for -------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The one description of a target machine that every other part asks. It knows
// nothing of MLIR. Every answer is derived from the *features* of the target,
// never from its CPU name, so that masking a feature masks everything that
// follows from it.
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_TARGET_TARGET_H
#define BITSERIAL_TARGET_TARGET_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/TargetParser/Triple.h"

#include <memory>
#include <string>
#include <vector>

namespace llvm {
class MCSubtargetInfo;
class TargetMachine;
class raw_ostream;
} // namespace llvm

namespace mlir::bitserial {

/// The supported target families.
enum class Arch { X86_64, AArch64, ARM };

/// The name of a family as it appears in messages: "x86-64", "AArch64", "ARM".
llvm::StringRef stringifyArch(Arch arch);

/// A CPU, its operating system and its features. An immutable value, cheap to
/// copy.
class Target {
public:
  /// Resolves a CPU and a feature string.
  ///
  /// `cpu` is one of
  ///  - "native": the CPU of this machine, with the features it reports;
  ///  - a CPU name as LLVM spells it ("haswell", "znver4", "x86-64-v3",
  ///    "cortex-a53", "apple-m1", "cortex-a7"). A name that exists for both
  ///    AArch64 and ARM, and "generic", mean AArch64. The operating system is
  ///    Linux;
  ///  - "<triple>:<cpu>", which fixes the architecture and the operating
  ///    system: "armv7-linux-gnueabihf:cortex-a53". What the triple leaves out
  ///    is filled in for Linux.
  ///
  /// `features` is a comma-separated list of "+name" and "-name", names as LLVM
  /// spells them; empty for the CPU's own. Removing a feature removes those
  /// that imply it; adding one adds those it implies. On ARM, NEON is switched
  /// on for every A-profile CPU since ARMv7, where LLVM leaves it off by
  /// default.
  ///
  /// Fails with a message for the user if the CPU or a feature is unknown, if
  /// two entries contradict each other, and if the target lacks what all
  /// generated code needs (SSE2 on x86-64, NEON on ARM and AArch64).
  static llvm::Expected<Target> get(llvm::StringRef cpu,
                                    llvm::StringRef features = "");

  Arch arch() const;
  const llvm::Triple &triple() const;

  /// The CPU as LLVM names it, aliases and "native" resolved.
  llvm::StringRef cpu() const;

  /// Every feature of the target that is not mere tuning, as a string that
  /// yields exactly this target when given to LLVM together with cpu(): first
  /// the features of the CPU that are off ("-avx512f"), then those that are on.
  std::string featureString() const;

  /// Whether the feature is on. `name` is LLVM's; false if there is no such
  /// feature on this architecture.
  bool hasFeature(llvm::StringRef name) const;

  /// Width in bits of the vectors that kernels use: 512, 256 or 128. On
  /// AArch64 it is 128 (NEON) even if the CPU has SVE. The feature
  /// "+prefer-256-bit", given explicitly, limits AVX-512 targets to 256.
  unsigned vectorBits() const;

  /// Number of vector registers of that width: 32 with AVX-512 and on AArch64,
  /// else 16.
  unsigned vectorRegisters() const;

  /// The width in bits of the words that the reference lowering prefers, which
  /// is also the width of its lanes: 32 with AVX512VPOPCNTDQ, 64 on other
  /// x86-64, 16 on NEON.
  unsigned preferredWordBits() const;

  /// Whether one instruction counts the bits of each lane of a vector of
  /// vectorBits(). `laneBits` is 8, 16, 32 or 64.
  bool hasVectorPopcount(unsigned laneBits) const;

  /// Width in bits of a pointer and of the integer registers: 64, or 32 on ARM.
  unsigned pointerBits() const;

  /// The CPU whose LLVM scheduling model stands for this target's costs. It is
  /// cpu() unless LLVM describes that CPU by the model of a rather different
  /// one, or the features do not fit the name.
  llvm::StringRef costModelCpu() const;

  /// Whether this machine can execute code generated for the target: same
  /// architecture and operating system, and every feature that generated code
  /// can make use of. If not and `reason` is given, it receives what is in the
  /// way.
  bool isHostRunnable(std::string *reason = nullptr) const;

  /// One line for remarks: "haswell (x86-64, AVX2: 16 vector registers of 256
  /// bits)".
  std::string describe() const;

  /// LLVM's description of the processor.
  const llvm::MCSubtargetInfo &subtarget() const;

  /// A code generator for the target: position-independent code, aggressive
  /// optimisation. `optLevel` is 0..3.
  llvm::Expected<std::unique_ptr<llvm::TargetMachine>>
  createTargetMachine(unsigned optLevel = 3) const;

  /// The names of the CPUs of a family that get() accepts, sorted.
  static std::vector<std::string> cpuNames(Arch arch);

  /// Lists the families and their CPUs, for the help of a command-line tool.
  static void printSupported(llvm::raw_ostream &os);

private:
  struct Data;
  struct Builder;
  explicit Target(std::shared_ptr<const Data> data);

  std::shared_ptr<const Data> data;
};

} // namespace mlir::bitserial

#endif // BITSERIAL_TARGET_TARGET_H

//===- InstructionSet.h - The instructions and their meaning ----*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The machine instructions that synthesis knows. Each is a function in a file
/// of lib/Target/ISA, one file for each extension of an instruction set:
///
///     module @avx2 attributes {isa.arch = "x86-64", isa.feature = "avx2"} {
///       func.func @vpsrlw(%a: vector<16xi16>, %count: i32) -> vector<16xi16>
///           attributes {isa.asm = "vpsrlw", isa.immediates = [[0, 15]],
///                       isa.intrinsic = "llvm.x86.avx2.psrli.w"} {
///         ...
///       }
///     }
///
/// The body is the meaning, in ops of arith, math and vector on exact lanes of
/// bits (see LaneProgram.h) and calls of other functions of the file.
///
/// Attributes of the module:
///   - `isa.arch`: "x86-64", "AArch64" or "ARM";
///   - `isa.feature`: what the target must have, LLVM's names joined by commas;
///     may be absent or empty.
///
/// Attributes of a function:
///   - `isa.asm`: the mnemonic that is expected in assembly. Alternatives, such
///     as the form for floating-point vectors that moves the same bits, are
///     joined by "|". On x86-64 the form with a leading "v" counts as well;
///   - `isa.intrinsic`: the LLVM intrinsic that is the instruction. Without
///     it the body itself is emitted, and LLVM selects the instruction from it;
///   - `isa.immediates`: the inclusive ranges of the last arguments, which are
///     constants;
///   - `isa.feature`: what it needs besides what the module's says.
///
/// Private functions are not instructions, but helpers of the others.
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_SYNTHESIS_INSTRUCTIONSET_H
#define BITSERIAL_SYNTHESIS_INSTRUCTIONSET_H

#include "bitserial/Synthesis/LaneProgram.h"
#include "bitserial/Target/Target.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

#include "llvm/ADT/StringMap.h"

#include <memory>
#include <string>
#include <vector>

namespace mlir {
class DialectRegistry;

namespace bitserial {

/// The range of an immediate operand, both ends included.
struct ImmediateRange {
  int64_t min;
  int64_t max;
};

/// One instruction; a view into an InstructionSet.
class Instruction {
public:
  /// The name of the module and that of the function: "avx2.vpsadbw".
  StringRef getName() const { return name; }
  Arch getArch() const { return arch; }
  /// All that the target must have, in LLVM's names.
  ArrayRef<StringRef> getFeatures() const { return features; }
  /// The mnemonics, one of which is expected in assembly.
  ArrayRef<StringRef> getMnemonics() const { return mnemonics; }
  /// LLVM's name of the intrinsic; empty if the body is emitted.
  StringRef getIntrinsic() const { return intrinsic; }
  ArrayRef<ImmediateRange> getImmediates() const { return immediates; }

  /// The definition.
  func::FuncOp getFunction() const { return function; }
  /// Types of the operands, without the immediates.
  ArrayRef<Type> getOperandTypes() const {
    return function.getArgumentTypes().drop_back(immediates.size());
  }
  Type getResultType() const { return function.getResultTypes().front(); }

  /// Whether a target has it.
  bool isAvailable(const Target &target) const;

private:
  friend class InstructionSet;
  friend class InstructionSetLoader;

  std::string name;
  Arch arch;
  SmallVector<StringRef, 2> features;
  SmallVector<StringRef, 1> mnemonics;
  StringRef intrinsic;
  SmallVector<ImmediateRange, 1> immediates;
  mutable func::FuncOp function;
};

/// A set of instructions in one context. Immutable once it is loaded, and then
/// usable from several threads.
class InstructionSet {
public:
  /// A file of instructions.
  struct File {
    StringRef name; ///< "AVX2.mlir"
    StringRef text;
  };
  /// The files of lib/Target/ISA, which are part of the library, by name.
  static ArrayRef<File> builtinFiles();

  /// The dialects that the files are written in, and the place where a context
  /// keeps its set. A context that get() is called for must have been made
  /// with it.
  static void registerDialects(DialectRegistry &registry);

  /// The instructions of the built-in files, loaded when they are first asked
  /// for. Null, after a diagnostic, if that fails. Lives as long as `context`.
  static const InstructionSet *get(MLIRContext *context);

  /// The same without the files of which the target has nothing: faster where
  /// all of them are not needed.
  static const InstructionSet *get(MLIRContext *context, const Target &target);

  /// Loads files. Each function is verified; a diagnostic points at the file
  /// and line of what is wrong.
  static FailureOr<std::unique_ptr<InstructionSet>> load(MLIRContext *context,
                                                         ArrayRef<File> files);

  /// All instructions, in the order of the files.
  ArrayRef<Instruction> getInstructions() const { return instructions; }

  /// The instruction of this name ("avx2.vpsadbw"); null if there is none.
  const Instruction *lookup(StringRef name) const;

  /// The instructions that a target has.
  std::vector<const Instruction *> getAvailable(const Target &target) const;

  /// The instruction that an op is a call of: `llvm.call_intrinsic` with the
  /// name and the types of operands of one that is an intrinsic, its immediates
  /// constant and in range. Null for all other ops.
  const Instruction *match(Operation *op) const;

  /// Emits an instruction: its intrinsic, or the ops of its body. The operands
  /// must have the types getOperandTypes(), the immediates be in range.
  static Value emit(OpBuilder &builder, Location loc,
                    const Instruction &instruction, ValueRange operands,
                    ArrayRef<int64_t> immediates = {});

  /// What an instruction computes from its operands for given immediates.
  LaneProgram getProgram(const Instruction &instruction,
                         ArrayRef<int64_t> immediates = {}) const;

  /// What emitted code computes; its intrinsics are looked up here. Emits a
  /// diagnostic and fails if it contains an op without a meaning.
  FailureOr<LaneProgram> getProgram(ValueRange inputs,
                                    ValueRange outputs) const;

  /// The program of a function of one block, from its arguments to what it
  /// returns. All its ops must have a meaning, also those that no result
  /// depends on: a division by zero is undefined whoever uses the quotient.
  FailureOr<LaneProgram> getProgram(func::FuncOp function) const;

private:
  friend class InstructionSetLoader;
  InstructionSet() = default;

  /// What the call of an intrinsic computes; see LaneProgram::Resolver.
  func::FuncOp resolve(Operation *op) const;

  SmallVector<OwningOpRef<ModuleOp>> modules;
  std::vector<Instruction> instructions;
  llvm::StringMap<unsigned> byName;
  llvm::StringMap<SmallVector<unsigned, 1>> byIntrinsic;
};

} // namespace bitserial
} // namespace mlir

#endif // BITSERIAL_SYNTHESIS_INSTRUCTIONSET_H

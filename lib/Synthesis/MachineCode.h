//===- MachineCode.h - Assembly as instructions, blocks and loops -*- C++
//-*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Reads the assembly of a function back: its instructions as LLVM's MC layer
/// has them, its basic blocks and its natural loops.
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_LIB_SYNTHESIS_MACHINECODE_H
#define BITSERIAL_LIB_SYNTHESIS_MACHINECODE_H

#include "bitserial/Target/Target.h"

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/MC/MCAsmInfo.h"
#include "llvm/MC/MCContext.h"
#include "llvm/MC/MCInst.h"
#include "llvm/MC/MCInstrAnalysis.h"
#include "llvm/MC/MCInstrInfo.h"
#include "llvm/MC/MCRegisterInfo.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/MCTargetOptions.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/SourceMgr.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace mlir::bitserial {

/// LLVM's tables for a target, with the scheduling model that stands for its
/// costs.
struct MachineTables {
  static llvm::Expected<std::unique_ptr<MachineTables>>
  create(const Target &target);

  explicit MachineTables(const Target &target) : target(target) {}

  Target target;
  const llvm::Target *llvmTarget = nullptr;
  llvm::MCTargetOptions options;
  std::unique_ptr<llvm::MCRegisterInfo> registers;
  std::unique_ptr<llvm::MCAsmInfo> asmInfo;
  std::unique_ptr<llvm::MCInstrInfo> instructions;
  std::unique_ptr<llvm::MCSubtargetInfo> subtarget;
  std::unique_ptr<llvm::MCInstrAnalysis> analysis;
};

struct MachineBlock {
  std::string label;   ///< "" if it has none.
  unsigned begin, end; ///< Its instructions, `end` excluded.
  llvm::SmallVector<unsigned, 2> successors;
};

/// A natural loop.
struct MachineLoop {
  unsigned header; ///< The block that dominates all others of the loop.
  llvm::BitVector blocks;
  std::optional<unsigned> parent; ///< The loop directly around it.
  unsigned depth = 1;
};

/// A function.
class MachineCode {
public:
  /// Parses the function out of assembly. The error says where and why.
  static llvm::Expected<std::unique_ptr<MachineCode>>
  parse(const MachineTables &tables, llvm::StringRef assembly,
        llvm::StringRef function);

  struct Instruction {
    llvm::MCInst inst;
    llvm::StringRef text; ///< Its line, trimmed.
  };
  std::vector<Instruction> instructions;
  /// In the order of the code; the first is the entry.
  std::vector<MachineBlock> blocks;
  /// Each before those inside it; in reverse postorder of their headers.
  std::vector<MachineLoop> loops;

private:
  MachineCode() = default;
  llvm::Error
  findBlocks(const MachineTables &tables,
             llvm::ArrayRef<std::pair<std::string, unsigned>> labels);
  void findLoops();

  llvm::SourceMgr sourceMgr;
  /// Owns what the operands of instructions point to.
  std::unique_ptr<llvm::MCContext> context;
};

} // namespace mlir::bitserial

#endif // BITSERIAL_LIB_SYNTHESIS_MACHINECODE_H

//===- MachineCode.cpp - Assembly as instructions, blocks and loops ------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MachineCode.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/MC/MCExpr.h"
#include "llvm/MC/MCObjectFileInfo.h"
#include "llvm/MC/MCParser/MCAsmParser.h"
#include "llvm/MC/MCParser/MCTargetAsmParser.h"
#include "llvm/MC/MCStreamer.h"
#include "llvm/MC/MCSymbol.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir::bitserial;
using llvm::Error;
using llvm::Expected;
using llvm::formatv;
using llvm::MCInst;
using llvm::StringRef;

static Error error(const llvm::Twine &message) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), message);
}

//===----------------------------------------------------------------------===//
// Tables
//===----------------------------------------------------------------------===//

Expected<std::unique_ptr<MachineTables>>
MachineTables::create(const Target &target) {
  auto tables = std::make_unique<MachineTables>(target);
  const llvm::Triple &triple = target.triple();
  std::string problem;
  tables->llvmTarget = llvm::TargetRegistry::lookupTarget(triple, problem);
  if (!tables->llvmTarget)
    return error(problem);
  const llvm::Target &llvmTarget = *tables->llvmTarget;
  tables->registers.reset(llvmTarget.createMCRegInfo(triple));
  tables->asmInfo.reset(
      llvmTarget.createMCAsmInfo(*tables->registers, triple, tables->options));
  tables->instructions.reset(llvmTarget.createMCInstrInfo());
  tables->subtarget.reset(llvmTarget.createMCSubtargetInfo(
      triple, target.costModelCpu(), target.featureString()));
  if (!tables->registers || !tables->asmInfo || !tables->instructions ||
      !tables->subtarget)
    return error(formatv("LLVM is built without the tables for {0}",
                         stringifyArch(target.arch())));
  tables->analysis.reset(
      llvmTarget.createMCInstrAnalysis(tables->instructions.get()));
  if (!tables->analysis)
    tables->analysis =
        std::make_unique<llvm::MCInstrAnalysis>(tables->instructions.get());
  return tables;
}

//===----------------------------------------------------------------------===//
// Parsing
//===----------------------------------------------------------------------===//

namespace {
/// Collects the instructions and labels of one function.
class FunctionStreamer : public llvm::MCStreamer {
public:
  FunctionStreamer(llvm::MCContext &context, StringRef function)
      : MCStreamer(context), function(function) {}

  void emitLabel(llvm::MCSymbol *symbol, llvm::SMLoc loc) override {
    MCStreamer::emitLabel(symbol, loc);
    if (!symbol->isTemporary())
      inside = symbol->getName() == function;
    found |= inside;
    if (inside)
      labels.emplace_back(symbol->getName().str(), instructions.size());
  }
  void emitInstruction(const MCInst &inst,
                       const llvm::MCSubtargetInfo &) override {
    if (inside)
      instructions.push_back(inst);
  }
  bool emitSymbolAttribute(llvm::MCSymbol *, llvm::MCSymbolAttr) override {
    return true;
  }
  void emitCommonSymbol(llvm::MCSymbol *, uint64_t, llvm::Align) override {}

  std::vector<MCInst> instructions;
  /// Each stands before the instruction of that number.
  std::vector<std::pair<std::string, unsigned>> labels;
  bool found = false;

private:
  StringRef function;
  bool inside = false;
};
} // namespace

Expected<std::unique_ptr<MachineCode>>
MachineCode::parse(const MachineTables &tables, StringRef assembly,
                   StringRef function) {
  std::unique_ptr<MachineCode> code(new MachineCode);
  std::string diagnostics;
  code->sourceMgr.AddNewSourceBuffer(
      llvm::MemoryBuffer::getMemBufferCopy(assembly, "assembly"),
      llvm::SMLoc());
  code->sourceMgr.setDiagHandler(
      [](const llvm::SMDiagnostic &diagnostic, void *text) {
        if (diagnostic.getKind() != llvm::SourceMgr::DK_Error)
          return;
        auto &all = *static_cast<std::string *>(text);
        all += formatv("{0}line {1}: {2}: {3}", all.empty() ? "" : "; ",
                       diagnostic.getLineNo(), diagnostic.getMessage(),
                       diagnostic.getLineContents().trim());
      },
      &diagnostics);
  code->context = std::make_unique<llvm::MCContext>(
      tables.target.triple(), tables.asmInfo.get(), tables.registers.get(),
      tables.subtarget.get(), &code->sourceMgr);
  std::unique_ptr<llvm::MCObjectFileInfo> objectFileInfo(
      tables.llvmTarget->createMCObjectFileInfo(*code->context, /*PIC=*/true));
  code->context->setObjectFileInfo(objectFileInfo.get());

  FunctionStreamer streamer(*code->context, function);
  tables.llvmTarget->createNullTargetStreamer(streamer);
  std::unique_ptr<llvm::MCAsmParser> parser(llvm::createMCAsmParser(
      code->sourceMgr, *code->context, streamer, *tables.asmInfo));
  std::unique_ptr<llvm::MCTargetAsmParser> targetParser(
      tables.llvmTarget->createMCAsmParser(
          *tables.subtarget, *parser, *tables.instructions, tables.options));
  if (!targetParser)
    return error(formatv("LLVM is built without an assembler for {0}",
                         stringifyArch(tables.target.arch())));
  parser->setTargetParser(*targetParser);
  bool failed = parser->Run(/*NoInitialTextSection=*/false);
  code->sourceMgr.setDiagHandler(nullptr);
  if (failed || !diagnostics.empty())
    return error("the assembly cannot be parsed: " + diagnostics);
  if (!streamer.found)
    return error(formatv("the assembly has no function '{0}'", function));
  for (const MCInst &inst : streamer.instructions) {
    StringRef rest(inst.getLoc().getPointer());
    code->instructions.push_back(
        {inst, rest.take_until([](char c) { return c == '\n'; }).trim()});
  }
  if (Error e = code->findBlocks(tables, streamer.labels))
    return std::move(e);
  code->findLoops();
  return code;
}

//===----------------------------------------------------------------------===//
// Blocks and loops
//===----------------------------------------------------------------------===//

/// The label that a direct branch goes to, or "".
static StringRef getBranchTarget(const MCInst &inst) {
  for (const llvm::MCOperand &operand : inst)
    if (operand.isExpr())
      if (auto *symbol =
              llvm::dyn_cast<llvm::MCSymbolRefExpr>(operand.getExpr()))
        return symbol->getSymbol().getName();
  return "";
}

/// LLVM does not count 'bx lr' of ARM among the returns when it reads assembly.
static bool isReturn(const MachineTables &tables, const MCInst &inst) {
  if (tables.analysis->isReturn(inst))
    return true;
  return tables.target.arch() == Arch::ARM &&
         tables.analysis->isIndirectBranch(inst) &&
         inst.getOperand(0).isReg() &&
         StringRef(tables.registers->getName(inst.getOperand(0).getReg())) ==
             "LR";
}

Error MachineCode::findBlocks(
    const MachineTables &tables,
    llvm::ArrayRef<std::pair<std::string, unsigned>> labels) {
  const llvm::MCInstrAnalysis &analysis = *tables.analysis;
  auto endsBlock = [&](const MCInst &inst) {
    return !analysis.isCall(inst) &&
           analysis.mayAffectControlFlow(inst, *tables.registers);
  };
  llvm::BitVector starts(instructions.size() + 1);
  starts.set(0);
  for (const auto &label : labels)
    starts.set(label.second);
  for (auto [i, instruction] : llvm::enumerate(instructions))
    if (endsBlock(instruction.inst))
      starts.set(i + 1);
  for (unsigned i = 0; i < instructions.size(); ++i) {
    if (starts[i])
      blocks.push_back({"", i, i, {}});
    blocks.back().end = i + 1;
  }

  llvm::StringMap<unsigned> blockOf;
  for (const auto &[name, position] : labels)
    for (auto [index, block] : llvm::enumerate(blocks))
      if (block.begin == position) {
        blockOf[name] = index;
        block.label = name;
      }
  for (auto [index, block] : llvm::enumerate(blocks)) {
    const Instruction &last = instructions[block.end - 1];
    bool fallsThrough = true;
    if (endsBlock(last.inst)) {
      if (isReturn(tables, last.inst))
        continue;
      if (analysis.isIndirectBranch(last.inst))
        return error(formatv("'{0}' branches to an address that is not in the "
                             "instruction",
                             last.text));
      if (analysis.isBranch(last.inst)) {
        auto it = blockOf.find(getBranchTarget(last.inst));
        // Anything else is a tail call.
        if (it != blockOf.end())
          block.successors.push_back(it->second);
      }
      fallsThrough = analysis.isConditionalBranch(last.inst) &&
                     !analysis.isUnconditionalBranch(last.inst);
    }
    if (fallsThrough && index + 1 < blocks.size())
      block.successors.push_back(index + 1);
  }
  return Error::success();
}

void MachineCode::findLoops() {
  if (blocks.empty())
    return;
  // Depth first: the edges to blocks that are being visited go back.
  enum State { New, Active, Done };
  std::vector<State> state(blocks.size(), New);
  std::vector<llvm::SmallVector<unsigned, 2>> predecessors(blocks.size());
  llvm::SmallVector<std::pair<unsigned, unsigned>> backEdges, stack;
  llvm::SmallVector<unsigned> postorder;
  state[0] = Active;
  stack.push_back({0, 0});
  while (!stack.empty()) {
    auto &[block, next] = stack.back();
    if (next == blocks[block].successors.size()) {
      state[block] = Done;
      postorder.push_back(block);
      stack.pop_back();
      continue;
    }
    unsigned from = block, to = blocks[block].successors[next++];
    predecessors[to].push_back(from);
    if (state[to] == Active)
      backEdges.push_back({from, to});
    if (state[to] != New)
      continue;
    state[to] = Active;
    stack.push_back({to, 0});
  }

  // The blocks from which the back edges of a header can be reached without
  // passing it.
  for (unsigned header : llvm::reverse(postorder)) {
    MachineLoop loop{header, llvm::BitVector(blocks.size()), std::nullopt};
    loop.blocks.set(header);
    llvm::SmallVector<unsigned> worklist;
    for (auto [from, to] : backEdges)
      if (to == header)
        worklist.push_back(from);
    if (worklist.empty())
      continue;
    while (!worklist.empty()) {
      unsigned block = worklist.pop_back_val();
      if (loop.blocks.test(block))
        continue;
      loop.blocks.set(block);
      llvm::append_range(worklist, predecessors[block]);
    }
    // A loop stands after those around it, the innermost of them last.
    for (auto [index, outer] : llvm::enumerate(loops))
      if (outer.blocks.test(header)) {
        loop.parent = index;
        loop.depth = outer.depth + 1;
      }
    loops.push_back(std::move(loop));
  }
}

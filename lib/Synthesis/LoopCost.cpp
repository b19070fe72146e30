//===- LoopCost.cpp - What the loops of generated code cost --------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Synthesis/LoopCost.h"
#include "LoopIterations.h"
#include "MachineCode.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Analysis/AssumptionCache.h"
#include "llvm/Analysis/LoopInfo.h"
#include "llvm/Analysis/ScalarEvolution.h"
#include "llvm/Analysis/TargetLibraryInfo.h"
#include "llvm/IR/CFG.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/Module.h"
#include "llvm/MCA/Context.h"
#include "llvm/MCA/CustomBehaviour.h"
#include "llvm/MCA/HWEventListener.h"
#include "llvm/MCA/InstrBuilder.h"
#include "llvm/MCA/Pipeline.h"
#include "llvm/MCA/SourceMgr.h"
#include "llvm/Support/FormatVariadic.h"

#include <algorithm>

using namespace mlir::bitserial;
using llvm::Error;
using llvm::Expected;
using llvm::formatv;
using llvm::MCInst;
using llvm::StringRef;
namespace mca = llvm::mca;

static Error error(const llvm::Twine &message) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), message);
}

//===----------------------------------------------------------------------===//
// Counting instructions
//===----------------------------------------------------------------------===//

/// The bits of a vector register, by its name in LLVM; 0 for other registers
/// (tuples of vector registers, "Q0_Q1", are what their parts sum up to).
static unsigned getVectorBits(StringRef name, Arch arch) {
  if (arch == Arch::X86_64) {
    if (name.size() < 4 || name.substr(1, 2) != "MM")
      return 0;
    return name[0] == 'Z' ? 512 : name[0] == 'Y' ? 256 : 128;
  }
  unsigned bits = 0;
  while (!name.empty()) {
    auto [part, rest] = name.split('_');
    name = rest;
    if (part.size() < 2 || !llvm::isDigit(part[1]))
      return 0;
    switch (part[0]) {
    case 'Q':
      bits += 128;
      break;
    case 'D':
      bits += 64;
      break;
    case 'S':
      bits += 32;
      break;
    case 'H':
      bits += 16;
      break;
    case 'B':
      bits += 8;
      break;
    default:
      return 0;
    }
  }
  return bits;
}

namespace {
/// Counts what instructions do.
class InstructionCounter {
public:
  explicit InstructionCounter(const MachineTables &tables) : tables(tables) {}

  /// Adds an instruction to the counts of `cost` and to loadSlots.
  void count(const MCInst &inst, LoopCost &cost);

  /// Vector loads in units of 64 bits written.
  unsigned loadSlots = 0;

private:
  bool isStackPointer(llvm::MCRegister reg) const {
    StringRef name = tables.registers->getName(reg);
    return name == "RSP" || name == "ESP" || name == "SP" || name == "WSP" ||
           llvm::is_contained(stackAddresses, reg);
  }

  const MachineTables &tables;
  /// Registers that hold an address in the stack frame.
  llvm::SmallVector<llvm::MCRegister> stackAddresses;
};
} // namespace

void InstructionCounter::count(const MCInst &inst, LoopCost &cost) {
  const llvm::MCInstrDesc &desc = tables.instructions->get(inst.getOpcode());
  unsigned writtenBits = 0;
  bool readsVector = false, usesStack = false;
  for (auto [i, operand] : llvm::enumerate(inst)) {
    if (!operand.isReg() || !operand.getReg().isValid())
      continue;
    // Lists of registers to load are not among the definitions.
    bool isDef = i < desc.getNumDefs() || (desc.isVariadic() && desc.mayLoad());
    unsigned bits = getVectorBits(tables.registers->getName(operand.getReg()),
                                  tables.target.arch());
    if (isDef)
      writtenBits += bits;
    else
      readsVector |= bits != 0;
    usesStack |= isStackPointer(operand.getReg());
  }
  ++cost.instructions;
  bool loads = desc.mayLoad(), stores = desc.mayStore();
  cost.loads += loads;
  cost.stores += stores;
  // What is loaded to all lanes is read once.
  StringRef name = tables.instructions->getName(inst.getOpcode());
  bool broadcasts = name.starts_with("LD1R") || name.starts_with("VLD1DUP");
  if (loads && writtenBits)
    loadSlots += broadcasts ? 1 : llvm::divideCeil(writtenBits, 64);
  if (usesStack && (loads || stores))
    ++cost.stackAccesses;
  if (stores ? false : readsVector || (writtenBits && !loads))
    ++cost.vectorOps;

  // Where an address of the frame does not fit the instruction, it is computed
  // into a register first.
  if (loads || stores || desc.getNumDefs() != 1 || !inst.getOperand(0).isReg())
    return;
  llvm::MCRegister reg = inst.getOperand(0).getReg();
  bool fromStack = usesStack && !isStackPointer(reg);
  if (fromStack)
    stackAddresses.push_back(reg);
  else
    llvm::erase(stackAddresses, reg);
}

//===----------------------------------------------------------------------===//
// Gaps of scheduling models
//===----------------------------------------------------------------------===//

namespace {
/// Describes instructions that LLVM's model for Cortex-R52 leaves out, and
/// products of bytes, by those that are most like them.
class StandIns : public mca::InstrumentManager {
public:
  StandIns(const MachineTables &tables)
      : InstrumentManager(*tables.subtarget, *tables.instructions),
        tables(tables) {}

  unsigned getSchedClassID(
      const llvm::MCInstrInfo &instructions, const MCInst &inst,
      const llvm::SmallVector<mca::Instrument *> &instruments) const override {
    unsigned id = instructions.get(inst.getOpcode()).getSchedClass();
    const llvm::MCSchedClassDesc *desc =
        tables.subtarget->getSchedModel().getSchedClassDesc(id);
    StringRef of = instructions.getName(inst.getOpcode());
    std::string name;
    if (tables.target.arch() == Arch::AArch64)
      name = getProductLike(of);
    else if (tables.target.arch() == Arch::ARM && !desc->isValid())
      name = getStandIn(of, inst.getNumOperands());
    for (unsigned opcode = 0;
         !name.empty() && opcode < instructions.getNumOpcodes(); ++opcode)
      if (instructions.getName(opcode) == name)
        return instructions.get(opcode).getSchedClass();
    return id;
  }

private:
  /// Of products of bytes, those of lanes of 16 bits: the model for Neoverse N1
  /// takes them for additions. Empty for other instructions.
  static std::string getProductLike(StringRef name) {
    if ((name.starts_with("MUL") || name.starts_with("MLA") ||
         name.starts_with("MLS")) &&
        name.consume_back("v16i8"))
      return (name + "v8i16").str();
    return "";
  }

  static std::string getStandIn(StringRef name, unsigned numOperands) {
    // Loading one element to all lanes: loading the lanes.
    if (name.consume_front("VLD1DUP"))
      return ("VLD1" + name).str();
    // Loads and stores of several registers: of two, or of four if there are
    // more, from an aligned address. The other operands are the address and the
    // predicate.
    bool loads = name.starts_with("VLDMD");
    if (loads || name.starts_with("VSTMD")) {
      unsigned numRegisters = numOperands - (name.ends_with("_UPD") ? 4 : 3);
      return std::string(loads ? "VLD1" : "VST1") + (numRegisters <= 1 ? "d64"
                                                     : numRegisters <= 2
                                                         ? "q64"
                                                         : "d64Q");
    }
    // Constants: any operation on as many bits.
    if (name.starts_with("VMOVv") || name.starts_with("VMVNv"))
      return name.ends_with("v16i8") || name.ends_with("v8i16") ||
                     name.ends_with("v4i32") || name.ends_with("v2i64")
                 ? "VORRq"
                 : "VORRd";
    if (name == "VLDMQIA")
      return "VLD1q64";
    if (name == "VSTMQIA")
      return "VST1q64";
    // Shifts and tests of bits: additions of as many lanes.
    for (StringRef prefix : {"VSHL", "VSHR", "VSRA", "VSLI", "VSRI", "VTST"})
      if (name.starts_with(prefix) && name.contains('v'))
        return name.ends_with("v8i8") || name.ends_with("v4i16") ||
                       name.ends_with("v2i32") || name.ends_with("v1i64")
                   ? "VADDv8i8"
                   : "VADDv16i8";
    if (name.starts_with("VMOVNv"))
      return "VADDv16i8";
    return "";
  }

  const MachineTables &tables;
};
} // namespace

//===----------------------------------------------------------------------===//
// Simulation
//===----------------------------------------------------------------------===//

namespace {
/// Notes when iterations end and which resources are in use.
class IterationListener : public mca::HWEventListener {
public:
  explicit IterationListener(unsigned size, unsigned iterations,
                             unsigned numResources)
      : size(size), ends(iterations, 0), resourceCycles(numResources, 0.0) {}

  void onCycleBegin() override { ++cycle; }
  void onEvent(const mca::HWInstructionEvent &event) override {
    if (event.Type == mca::HWInstructionEvent::Issued) {
      auto &issued = static_cast<const mca::HWInstructionIssuedEvent &>(event);
      for (const mca::ResourceUse &use : issued.UsedResources)
        if (use.first.first < resourceCycles.size())
          resourceCycles[use.first.first] += use.second;
    }
    if (event.Type != mca::HWInstructionEvent::Retired)
      return;
    unsigned index = event.IR.getSourceIndex();
    if (index % size == size - 1)
      ends[index / size] = cycle;
  }

  unsigned size;
  unsigned cycle = 0;
  std::vector<unsigned> ends;
  std::vector<double> resourceCycles;
};
} // namespace

struct LoopAnalyzer::Data {
  std::unique_ptr<MachineTables> tables;
  std::unique_ptr<StandIns> instruments;

  Error simulate(llvm::ArrayRef<const MachineCode::Instruction *> body,
                 LoopCost &cost);
  Expected<LoopCost> analyze(const MachineCode &code, unsigned index);
  /// The code outside of loops, as if it were the body of one.
  Expected<LoopCost> analyzeStraightCode(const MachineCode &code);

private:
  Error finish(llvm::ArrayRef<const MachineCode::Instruction *> body,
               LoopCost &cost);
};

Error LoopAnalyzer::Data::simulate(
    llvm::ArrayRef<const MachineCode::Instruction *> body, LoopCost &cost) {
  const llvm::MCSubtargetInfo &subtarget = *tables->subtarget;
  const llvm::MCSchedModel &model = subtarget.getSchedModel();
  mca::InstrBuilder builder(subtarget, *tables->instructions,
                            *tables->registers, tables->analysis.get(),
                            *instruments, /*CallLatency=*/100);
  std::vector<std::unique_ptr<mca::Instruction>> sequence;
  for (const MachineCode::Instruction *instruction : body) {
    Expected<std::unique_ptr<mca::Instruction>> lowered =
        builder.createInstruction(instruction->inst, {});
    if (!lowered) {
      llvm::consumeError(lowered.takeError());
      return error(formatv("the scheduling model of '{0}' does not describe "
                           "the instruction '{1}'",
                           tables->target.costModelCpu(), instruction->text));
    }
    sequence.push_back(std::move(*lowered));
  }

  // Enough to be in the steady state, and to average over some of it.
  unsigned iterations = std::clamp<unsigned>(2400 / sequence.size(), 12, 240);
  mca::CircularSourceMgr source(sequence, iterations);
  mca::Context context(*tables->registers, subtarget);
  mca::CustomBehaviour behaviour(subtarget, source, *tables->instructions);
  mca::PipelineOptions options(/*UOPQSize=*/0, /*DecThr=*/0, /*DW=*/0,
                               /*RFS=*/0, /*LQS=*/0, /*SQS=*/0,
                               /*NoAlias=*/true);
  std::unique_ptr<mca::Pipeline> pipeline =
      model.isOutOfOrder()
          ? context.createDefaultPipeline(options, source, behaviour)
          : context.createInOrderPipeline(options, source, behaviour);
  IterationListener listener(sequence.size(), iterations,
                             model.getNumProcResourceKinds());
  pipeline->addEventListener(&listener);
  if (Expected<unsigned> cycles = pipeline->run(); !cycles)
    return cycles.takeError();

  unsigned skipped = iterations / 4;
  cost.simulatedCycles = double(listener.ends.back() - listener.ends[skipped]) /
                         (iterations - 1 - skipped);
  for (unsigned i = 1; i < model.getNumProcResourceKinds(); ++i) {
    const llvm::MCProcResourceDesc &resource = *model.getProcResource(i);
    double cycles = listener.resourceCycles[i] / iterations / resource.NumUnits;
    if (cycles <= cost.bottleneckCycles)
      continue;
    cost.bottleneckCycles = cycles;
    cost.bottleneck = resource.Name;
  }
  return Error::success();
}

Expected<LoopCost> LoopAnalyzer::Data::analyze(const MachineCode &code,
                                               unsigned index) {
  const MachineLoop &loop = code.loops[index];
  LoopCost cost;
  cost.label = code.blocks[loop.header].label;
  cost.parent = loop.parent;
  cost.depth = loop.depth;
  llvm::BitVector own = loop.blocks;
  for (const MachineLoop &other : code.loops)
    if (other.parent == index) {
      cost.isInnermost = false;
      own.reset(other.blocks);
    }
  // From the header on, in the order of the code.
  llvm::SmallVector<const MachineCode::Instruction *> body;
  unsigned numBlocks = code.blocks.size();
  for (unsigned i = 0; i < numBlocks; ++i) {
    unsigned block = (loop.header + i) % numBlocks;
    if (!own.test(block))
      continue;
    for (unsigned at = code.blocks[block].begin; at < code.blocks[block].end;
         ++at)
      body.push_back(&code.instructions[at]);
  }

  for (const MachineCode::Instruction *instruction : body)
    if (tables->analysis->isCall(instruction->inst))
      return error(formatv("the loop at '{0}' contains a call: '{1}'",
                           cost.label, instruction->text));
  if (Error e = finish(body, cost))
    return std::move(e);
  return cost;
}

Expected<LoopCost>
LoopAnalyzer::Data::analyzeStraightCode(const MachineCode &code) {
  llvm::BitVector inLoops(code.blocks.size());
  for (const MachineLoop &loop : code.loops)
    inLoops |= loop.blocks;
  LoopCost cost;
  cost.depth = 0;
  cost.tripCount = 1;
  constexpr double kCallCycles = 100;
  unsigned numCalls = 0;
  llvm::SmallVector<const MachineCode::Instruction *> body;
  for (auto [index, block] : llvm::enumerate(code.blocks))
    if (!inLoops.test(index))
      for (unsigned at = block.begin; at < block.end; ++at) {
        const MachineCode::Instruction &instruction = code.instructions[at];
        if (tables->analysis->isCall(instruction.inst))
          ++numCalls;
        else if (!tables->analysis->isReturn(instruction.inst))
          body.push_back(&instruction);
      }
  if (!body.empty())
    if (Error e = finish(body, cost))
      return std::move(e);
  cost.cycles += numCalls * kCallCycles;
  cost.simulatedCycles += numCalls * kCallCycles;
  return cost;
}

Error LoopAnalyzer::Data::finish(
    llvm::ArrayRef<const MachineCode::Instruction *> body, LoopCost &cost) {
  InstructionCounter counter(*tables);
  for (const MachineCode::Instruction *instruction : body) {
    counter.count(instruction->inst, cost);
    cost.assembly.push_back(instruction->text.str());
  }
  if (Error e = simulate(body, cost))
    return e;
  cost.cycles = cost.simulatedCycles;
  if (!tables->subtarget->getSchedModel().isOutOfOrder()) {
    cost.inOrderBound = cost.vectorOps + counter.loadSlots;
    cost.cycles = std::max(cost.cycles, cost.inOrderBound);
  }
  return Error::success();
}

//===----------------------------------------------------------------------===//
// Trip counts
//===----------------------------------------------------------------------===//

namespace {
/// A loop of the LLVM IR.
struct IRLoop {
  const llvm::BasicBlock *header;
  unsigned depth;
  std::optional<uint64_t> tripCount;
};
} // namespace

/// The loops of a function, each before those inside it, in reverse postorder.
static std::vector<IRLoop> getIRLoops(llvm::Function &function) {
  llvm::DominatorTree dominators(function);
  llvm::LoopInfo loopInfo(dominators);
  llvm::AssumptionCache assumptions(function);
  llvm::TargetLibraryInfoImpl libraryImpl(
      function.getParent()->getTargetTriple());
  libraryImpl.disableAllFunctions();
  llvm::TargetLibraryInfo library(libraryImpl);
  llvm::ScalarEvolution evolution(function, library, assumptions, dominators,
                                  loopInfo);
  std::vector<IRLoop> loops;
  for (llvm::Loop *loop : loopInfo.getLoopsInPreorder()) {
    IRLoop result{loop->getHeader(), loop->getLoopDepth(), std::nullopt};
    if (unsigned count = evolution.getSmallConstantTripCount(loop))
      result.tripCount = count;
    loops.push_back(result);
  }
  return loops;
}

//===----------------------------------------------------------------------===//
// Interface
//===----------------------------------------------------------------------===//

LoopAnalyzer::LoopAnalyzer(std::unique_ptr<Data> data)
    : data(std::move(data)) {}
LoopAnalyzer::~LoopAnalyzer() = default;

Expected<std::unique_ptr<LoopAnalyzer>>
LoopAnalyzer::create(const Target &target) {
  auto data = std::make_unique<Data>();
  Expected<std::unique_ptr<MachineTables>> tables =
      MachineTables::create(target);
  if (!tables)
    return tables.takeError();
  data->tables = std::move(*tables);
  if (!data->tables->subtarget->getSchedModel().hasInstrSchedModel())
    return error(formatv("LLVM has no scheduling model of instructions for "
                         "'{0}', by which code for '{1}' is to be judged",
                         target.costModelCpu(), target.cpu()));
  data->instruments = std::make_unique<StandIns>(*data->tables);
  return std::unique_ptr<LoopAnalyzer>(new LoopAnalyzer(std::move(data)));
}

Expected<std::vector<LoopCost>> LoopAnalyzer::analyze(StringRef assembly,
                                                      StringRef function) {
  Expected<std::unique_ptr<MachineCode>> code =
      MachineCode::parse(*data->tables, assembly, function);
  if (!code)
    return code.takeError();
  std::vector<LoopCost> loops;
  for (unsigned i = 0; i < (*code)->loops.size(); ++i) {
    Expected<LoopCost> cost = data->analyze(**code, i);
    if (!cost)
      return cost.takeError();
    loops.push_back(std::move(*cost));
  }
  return loops;
}

/// Fails unless the loops of the assembly are those of the LLVM IR.
static Error checkSameLoops(llvm::ArrayRef<LoopCost> loops,
                            llvm::ArrayRef<IRLoop> irLoops,
                            StringRef function) {
  if (irLoops.size() == loops.size() &&
      llvm::equal(irLoops, loops, [](const IRLoop &a, const LoopCost &b) {
        return a.depth == b.depth;
      }))
    return Error::success();
  return error(formatv("the loops of '{0}' in the assembly are not those of "
                       "the LLVM IR",
                       function));
}

static Expected<llvm::Function *> getFunction(const GeneratedCode &code,
                                              StringRef name) {
  llvm::Function *function = code.module().getFunction(name);
  if (!function || function->isDeclaration())
    return error(formatv("the code has no function '{0}'", name));
  return function;
}

Expected<std::vector<LoopCost>> LoopAnalyzer::analyze(const GeneratedCode &code,
                                                      StringRef name) {
  Expected<llvm::Function *> function = getFunction(code, name);
  if (!function)
    return function.takeError();
  Expected<std::string> assembly = code.assembly();
  if (!assembly)
    return assembly.takeError();
  Expected<std::vector<LoopCost>> loops = analyze(*assembly, name);
  if (!loops)
    return loops.takeError();
  std::vector<IRLoop> irLoops = getIRLoops(**function);
  if (Error e = checkSameLoops(*loops, irLoops, name))
    return std::move(e);
  for (auto [loop, irLoop] : llvm::zip_equal(*loops, irLoops))
    loop.tripCount = irLoop.tripCount;
  return loops;
}

Expected<FunctionCost> LoopAnalyzer::analyzeCall(const GeneratedCode &code,
                                                 StringRef name) {
  Expected<llvm::Function *> function = getFunction(code, name);
  if (!function)
    return function.takeError();
  Expected<std::string> assembly = code.assembly();
  if (!assembly)
    return assembly.takeError();
  Expected<std::unique_ptr<MachineCode>> machineCode =
      MachineCode::parse(*data->tables, *assembly, name);
  if (!machineCode)
    return machineCode.takeError();
  Expected<LoopCost> straight = data->analyzeStraightCode(**machineCode);
  if (!straight)
    return straight.takeError();

  FunctionCost cost;
  cost.straightCycles = cost.cycles = straight->cycles;
  cost.simulatedCycles = straight->simulatedCycles;
  for (unsigned i = 0; i < (*machineCode)->loops.size(); ++i) {
    Expected<LoopCost> loop = data->analyze(**machineCode, i);
    if (!loop)
      return loop.takeError();
    cost.loops.push_back(std::move(*loop));
  }
  std::vector<IRLoop> irLoops = getIRLoops(**function);
  if (Error e = checkSameLoops(cost.loops, irLoops, name))
    return std::move(e);
  if (cost.loops.empty())
    return cost;

  auto executions = countBlockExecutions(**function);
  if (!executions)
    return error(formatv("it is not known how often the loops of '{0}' run: "
                         "{1}",
                         name, llvm::toString(executions.takeError())));
  for (auto [loop, irLoop] : llvm::zip_equal(cost.loops, irLoops)) {
    loop.tripCount = irLoop.tripCount;
    double iterations = executions->lookup(irLoop.header);
    cost.iterations.push_back(iterations);
    cost.cycles += iterations * loop.cycles;
    cost.simulatedCycles += iterations * loop.simulatedCycles;
  }
  return cost;
}

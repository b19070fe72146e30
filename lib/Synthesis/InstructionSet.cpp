//===- InstructionSet.cpp - The instructions and their meaning ------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Synthesis/InstructionSet.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/DialectInterface.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Parser/Parser.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/IR/Intrinsics.h"
#include "llvm/Support/SourceMgr.h"

#include <map>
#include <mutex>

using namespace mlir;
using namespace mlir::bitserial;

//===----------------------------------------------------------------------===//
// The built-in files
//===----------------------------------------------------------------------===//

ArrayRef<InstructionSet::File> InstructionSet::builtinFiles() {
  // Generated from lib/Target/ISA.
  static const File files[] = {
#include "InstructionFiles.inc"
  };
  return files;
}

/// An attribute of the module in a file's text. Parsing everything to find out
/// that it is not needed would take longer than all else on a cache hit.
static StringRef getHeaderAttribute(StringRef text, StringRef name) {
  StringRef header = text.split("func.func").first;
  return header.split((name + " = \"").str()).second.split('"').first;
}

static bool isRelevant(const InstructionSet::File &file, const Target &target) {
  SmallVector<StringRef> features;
  getHeaderAttribute(file.text, "isa.feature")
      .split(features, ',', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  return getHeaderAttribute(file.text, "isa.arch") ==
             stringifyArch(target.arch()) &&
         llvm::all_of(features, [&](StringRef feature) {
           return target.hasFeature(feature);
         });
}

namespace {
/// Keeps the sets of a context: dialects live as long as their context.
class InstructionSetCache : public DialectInterface::Base<InstructionSetCache> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(InstructionSetCache)
  explicit InstructionSetCache(Dialect *dialect) : Base(dialect) {}

  /// The set of some of the built-in files; null if it does not load.
  const InstructionSet *get(ArrayRef<InstructionSet::File> files) const {
    std::string key;
    for (const InstructionSet::File &file : files)
      key += file.name.str() + ' ';
    {
      std::lock_guard<std::mutex> lock(mutex);
      auto it = sets.find(key);
      if (it != sets.end())
        return it->second.get();
    }
    // Not under the lock: MLIR verifies in parallel, and a thread that waits
    // for others may run another pass meanwhile, which asks for the same.
    std::unique_ptr<InstructionSet> set;
    if (auto loaded = InstructionSet::load(getContext(), files);
        succeeded(loaded))
      set = std::move(*loaded);
    std::lock_guard<std::mutex> lock(mutex);
    return sets.try_emplace(key, std::move(set)).first->second.get();
  }

private:
  mutable std::mutex mutex;
  mutable std::map<std::string, std::unique_ptr<InstructionSet>> sets;
};
} // namespace

void InstructionSet::registerDialects(DialectRegistry &registry) {
  registry.insert<arith::ArithDialect, func::FuncDialect, LLVM::LLVMDialect,
                  math::MathDialect, vector::VectorDialect>();
  registry.addExtension(+[](MLIRContext *, func::FuncDialect *dialect) {
    dialect->addInterfaces<InstructionSetCache>();
  });
}

static const InstructionSet *getCached(MLIRContext *context,
                                       ArrayRef<InstructionSet::File> files) {
  auto *dialect = context->getOrLoadDialect<func::FuncDialect>();
  auto *cache = dialect->getRegisteredInterface<InstructionSetCache>();
  assert(cache && "the context lacks InstructionSet::registerDialects");
  return cache->get(files);
}

const InstructionSet *InstructionSet::get(MLIRContext *context) {
  return getCached(context, builtinFiles());
}

const InstructionSet *InstructionSet::get(MLIRContext *context,
                                          const Target &target) {
  std::vector<File> files;
  for (const File &file : builtinFiles())
    if (isRelevant(file, target))
      files.push_back(file);
  return getCached(context, files);
}

//===----------------------------------------------------------------------===//
// Loading
//===----------------------------------------------------------------------===//

namespace mlir::bitserial {

class InstructionSetLoader {
public:
  InstructionSetLoader(MLIRContext *context, InstructionSet &set)
      : context(context), set(set) {}

  LogicalResult load(const InstructionSet::File &file);
  /// Once all files are loaded.
  LogicalResult finish();

private:
  LogicalResult addInstruction(func::FuncOp function, Arch arch,
                               StringRef feature, StringRef prefix);
  LogicalResult addImmediates(Instruction &instruction);
  /// Checks that the body has a meaning for `immediates`.
  LogicalResult checkMeaning(const Instruction &instruction,
                             ArrayRef<int64_t> immediates);

  MLIRContext *context;
  InstructionSet &set;
};

} // namespace mlir::bitserial

static std::optional<Arch> parseArch(StringRef name) {
  for (Arch arch : {Arch::X86_64, Arch::AArch64, Arch::ARM})
    if (stringifyArch(arch) == name)
      return arch;
  return std::nullopt;
}

static SmallVector<StringRef, 2> splitNames(StringRef list, char separator) {
  SmallVector<StringRef, 2> names;
  list.split(names, separator, /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  return names;
}

LogicalResult InstructionSetLoader::load(const InstructionSet::File &file) {
  llvm::SourceMgr sources;
  sources.AddNewSourceBuffer(
      llvm::MemoryBuffer::getMemBuffer(file.text, file.name), llvm::SMLoc());
  OwningOpRef<ModuleOp> module = parseSourceFile<ModuleOp>(sources, context);
  if (!module)
    return failure();

  auto archName = (*module)->getAttrOfType<StringAttr>("isa.arch");
  std::optional<Arch> arch =
      archName ? parseArch(archName.getValue()) : std::nullopt;
  if (!arch || !module->getName())
    return module->emitOpError("needs a name and the attribute 'isa.arch': "
                               "\"x86-64\", \"AArch64\" or \"ARM\"");
  StringRef feature;
  if (auto attr = (*module)->getAttrOfType<StringAttr>("isa.feature"))
    feature = attr.getValue();

  for (Operation &op : *module->getBody()) {
    auto function = dyn_cast<func::FuncOp>(op);
    if (!function)
      return op.emitOpError("is not a function");
    if (!function.isPrivate() &&
        failed(addInstruction(function, *arch, feature, *module->getName())))
      return failure();
  }
  set.modules.push_back(std::move(module));
  return success();
}

LogicalResult InstructionSetLoader::addInstruction(func::FuncOp function,
                                                   Arch arch, StringRef feature,
                                                   StringRef prefix) {
  Instruction instruction;
  instruction.name = (prefix + "." + function.getName()).str();
  instruction.arch = arch;
  instruction.function = function;

  for (NamedAttribute attr : function->getDiscardableAttrs())
    if (!llvm::is_contained(
            {"isa.asm", "isa.feature", "isa.immediates", "isa.intrinsic"},
            attr.getName().getValue()))
      return function.emitOpError() << "has an attribute " << attr.getName()
                                    << ", which means nothing";
  auto mnemonic = function->getAttrOfType<StringAttr>("isa.asm");
  if (!mnemonic || mnemonic.getValue().empty())
    return function.emitOpError("needs the attribute 'isa.asm': its mnemonic");
  instruction.mnemonics = splitNames(mnemonic.getValue(), '|');
  instruction.features = splitNames(feature, ',');
  if (auto attr = function->getAttrOfType<StringAttr>("isa.feature"))
    llvm::append_range(instruction.features, splitNames(attr.getValue(), ','));

  if (Attribute attr = function->getAttr("isa.intrinsic")) {
    auto name = dyn_cast<StringAttr>(attr);
    if (!name || llvm::Intrinsic::lookupIntrinsicID(name.getValue()) ==
                     llvm::Intrinsic::not_intrinsic)
      return function.emitOpError() << "has an 'isa.intrinsic' that LLVM does "
                                       "not know: "
                                    << attr;
    instruction.intrinsic = name.getValue();
  }

  if (function.getNumResults() != 1)
    return function.emitOpError("must have one result");
  for (Type type : llvm::concat<const Type>(function.getArgumentTypes(),
                                            function.getResultTypes())) {
    // What has no form in memory cannot be tested.
    std::optional<LaneType> lanes = LaneType::get(type);
    if (!lanes || lanes->width < 8 || !llvm::isPowerOf2_32(lanes->width))
      return function.emitOpError()
             << "uses " << type << "; instructions work on integers of 8, 16, "
             << "32 or 64 bits and vectors of them";
  }
  if (failed(addImmediates(instruction)))
    return failure();

  unsigned index = set.instructions.size();
  if (!set.byName.try_emplace(instruction.name, index).second)
    return function.emitOpError() << "is the second instruction of the name '"
                                  << instruction.name << "'";
  if (!instruction.intrinsic.empty())
    set.byIntrinsic[instruction.intrinsic].push_back(index);
  set.instructions.push_back(std::move(instruction));
  return success();
}

LogicalResult InstructionSetLoader::addImmediates(Instruction &instruction) {
  func::FuncOp function = instruction.function;
  Attribute attr = function->getAttr("isa.immediates");
  if (!attr)
    return success();
  auto error = [&] {
    return function.emitOpError("needs 'isa.immediates' to be a list of [min, "
                                "max], one for each of its last arguments, "
                                "which are integers that can hold them");
  };
  auto ranges = dyn_cast<ArrayAttr>(attr);
  if (!ranges || ranges.size() > function.getNumArguments())
    return error();
  ArrayRef<Type> types = function.getArgumentTypes().take_back(ranges.size());
  for (auto [element, argument] : llvm::zip_equal(ranges, types)) {
    auto ends = dyn_cast<ArrayAttr>(element);
    auto type = dyn_cast<IntegerType>(argument);
    if (!ends || ends.size() != 2 || !type)
      return error();
    auto min = dyn_cast<IntegerAttr>(ends[0]);
    auto max = dyn_cast<IntegerAttr>(ends[1]);
    if (!min || !max || min.getInt() < 0 || max.getInt() < min.getInt() ||
        !llvm::isUIntN(type.getWidth(), max.getInt()))
      return error();
    instruction.immediates.push_back({min.getInt(), max.getInt()});
  }
  return success();
}

LogicalResult InstructionSetLoader::checkMeaning(const Instruction &instruction,
                                                 ArrayRef<int64_t> immediates) {
  auto trust = instruction.intrinsic.empty() ? LaneProgram::Trust::Emitted
                                             : LaneProgram::Trust::Definition;
  return LaneProgram::create(instruction.function, immediates, trust,
                             [&](Operation *op) { return set.resolve(op); });
}

LogicalResult InstructionSetLoader::finish() {
  for (const Instruction &instruction : set.instructions) {
    // The ends of the ranges: what depends on an immediate between them is the
    // distance of a shift or a position, for which the ends are the extremes.
    SmallVector<int64_t> least, greatest;
    for (const ImmediateRange &range : instruction.immediates) {
      least.push_back(range.min);
      greatest.push_back(range.max);
    }
    if (failed(checkMeaning(instruction, least)) ||
        (!least.empty() && failed(checkMeaning(instruction, greatest))))
      return failure();
  }
  return success();
}

FailureOr<std::unique_ptr<InstructionSet>>
InstructionSet::load(MLIRContext *context, ArrayRef<File> files) {
  std::unique_ptr<InstructionSet> set(new InstructionSet());
  InstructionSetLoader loader(context, *set);
  for (const File &file : files)
    if (failed(loader.load(file)))
      return failure();
  if (failed(loader.finish()))
    return failure();
  return std::move(set);
}

//===----------------------------------------------------------------------===//
// Lookup
//===----------------------------------------------------------------------===//

bool Instruction::isAvailable(const Target &target) const {
  return arch == target.arch() &&
         llvm::all_of(features, [&](StringRef feature) {
           return target.hasFeature(feature);
         });
}

const Instruction *InstructionSet::lookup(StringRef name) const {
  auto it = byName.find(name);
  return it == byName.end() ? nullptr : &instructions[it->second];
}

std::vector<const Instruction *>
InstructionSet::getAvailable(const Target &target) const {
  std::vector<const Instruction *> available;
  for (const Instruction &instruction : instructions)
    if (instruction.isAvailable(target))
      available.push_back(&instruction);
  return available;
}

/// Whether the last operands are constants in the ranges of the immediates.
static bool hasImmediates(Operation *op, ArrayRef<ImmediateRange> ranges) {
  auto operands = op->getOperands().take_back(ranges.size());
  return llvm::all_of(llvm::zip_equal(operands, ranges), [](auto pair) {
    auto [operand, range] = pair;
    APInt value;
    return matchPattern(operand, m_ConstantInt(&value)) &&
           value.uge(range.min) && value.ule(range.max);
  });
}

const Instruction *InstructionSet::match(Operation *op) const {
  auto call = dyn_cast<LLVM::CallIntrinsicOp>(op);
  if (!call || call->getNumResults() != 1 ||
      !call.getOpBundleOperands().empty())
    return nullptr;
  auto it = byIntrinsic.find(call.getIntrin());
  if (it == byIntrinsic.end())
    return nullptr;
  for (unsigned index : it->second) {
    func::FuncOp function = instructions[index].getFunction();
    if (TypeRange(call->getOperandTypes()) == function.getArgumentTypes() &&
        TypeRange(call->getResultTypes()) == function.getResultTypes() &&
        hasImmediates(op, instructions[index].getImmediates()))
      return &instructions[index];
  }
  return nullptr;
}

func::FuncOp InstructionSet::resolve(Operation *op) const {
  const Instruction *instruction = match(op);
  return instruction ? instruction->getFunction() : func::FuncOp();
}

LaneProgram InstructionSet::getProgram(const Instruction &instruction,
                                       ArrayRef<int64_t> immediates) const {
  auto program = LaneProgram::create(
      instruction.getFunction(), immediates, LaneProgram::Trust::Definition,
      [&](Operation *op) { return resolve(op); });
  assert(succeeded(program) && "was checked when it was loaded");
  return std::move(*program);
}

FailureOr<LaneProgram> InstructionSet::getProgram(ValueRange inputs,
                                                  ValueRange outputs) const {
  return LaneProgram::create(inputs, outputs, LaneProgram::Trust::Emitted,
                             [&](Operation *op) { return resolve(op); });
}

FailureOr<LaneProgram> InstructionSet::getProgram(func::FuncOp function) const {
  Block &body = function.getBody().front();
  SmallVector<Value> unused;
  for (Operation &op : body.without_terminator()) {
    if (op.getNumResults() == 0)
      return op.emitOpError("has no result, and no meaning in lanes of bits");
    if (op.use_empty())
      llvm::append_range(unused, op.getResults());
  }
  if (!unused.empty() && failed(getProgram(body.getArguments(), unused)))
    return failure();
  return getProgram(body.getArguments(), body.getTerminator()->getOperands());
}

//===----------------------------------------------------------------------===//
// Emission
//===----------------------------------------------------------------------===//

/// Emits a function by name: an intrinsic, or a copy of the body.
static Value emitFunction(OpBuilder &builder, Location loc,
                          func::FuncOp function, ValueRange arguments) {
  if (auto name = function->getAttrOfType<StringAttr>("isa.intrinsic"))
    return LLVM::CallIntrinsicOp::create(
               builder, loc, function.getResultTypes()[0], name, arguments)
        .getResults();

  IRMapping mapping;
  mapping.map(function.getArguments(), arguments);
  Block &body = function.getBody().front();
  for (Operation &op : body.without_terminator()) {
    auto call = dyn_cast<func::CallOp>(op);
    if (!call) {
      builder.clone(op, mapping)->setLoc(loc);
      continue;
    }
    SmallVector<Value> actuals;
    for (Value operand : call.getOperands())
      actuals.push_back(mapping.lookup(operand));
    auto callee = SymbolTable::lookupNearestSymbolFrom<func::FuncOp>(
        call, call.getCalleeAttr());
    mapping.map(call.getResult(0), emitFunction(builder, loc, callee, actuals));
  }
  return mapping.lookup(body.getTerminator()->getOperand(0));
}

Value InstructionSet::emit(OpBuilder &builder, Location loc,
                           const Instruction &instruction, ValueRange operands,
                           ArrayRef<int64_t> immediates) {
  assert(TypeRange(operands) == TypeRange(instruction.getOperandTypes()) &&
         immediates.size() == instruction.getImmediates().size() &&
         "operands do not fit the instruction");
  SmallVector<Value> arguments(operands);
  ArrayRef<Type> types = instruction.getFunction().getArgumentTypes();
  for (auto [immediate, range, type] :
       llvm::zip_equal(immediates, instruction.getImmediates(),
                       types.take_back(immediates.size()))) {
    assert(immediate >= range.min && immediate <= range.max &&
           "immediate out of range");
    (void)range;
    arguments.push_back(arith::ConstantOp::create(
        builder, loc, type,
        builder.getIntegerAttr(
            type, APInt(type.getIntOrFloatBitWidth(), immediate))));
  }
  return emitFunction(builder, loc, instruction.getFunction(), arguments);
}

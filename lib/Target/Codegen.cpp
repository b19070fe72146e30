//===- Codegen.cpp - From the LLVM dialect to machine code ----------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Target/Codegen.h"
#include "OpenMP.h"
#include "bitserial/Target/Recovery.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Support/Timing.h"
#include "mlir/Target/LLVMIR/Dialect/ArmNeon/ArmNeonToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/Builtin/BuiltinToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/LLVMIR/LLVMToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/OpenMP/OpenMPToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Export.h"

#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Analysis/TargetLibraryInfo.h"
#include "llvm/IR/DiagnosticInfo.h"
#include "llvm/IR/DiagnosticPrinter.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Intrinsics.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/IR/Module.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Support/CrashRecoveryContext.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Target/TargetMachine.h"
#include "llvm/Transforms/Utils/Cloning.h"

#include <mutex>

using namespace mlir;
using namespace mlir::bitserial;
using llvm::Error;
using llvm::Expected;
using llvm::formatv;

static Error error(const llvm::Twine &message) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), message);
}

//===----------------------------------------------------------------------===//
// Attributes in MLIR
//===----------------------------------------------------------------------===//

void mlir::bitserial::registerCodegenTranslations(DialectRegistry &registry) {
  registerArmNeonDialectTranslation(registry);
  registerBuiltinDialectTranslation(registry);
  registerLLVMDialectTranslation(registry);
  registerOpenMPDialectTranslation(registry);
}

void mlir::bitserial::attachTargetAttributes(ModuleOp module,
                                             const Target &target) {
  MLIRContext *context = module.getContext();
  Builder builder(context);
  module->setAttr(LLVM::LLVMDialect::getTargetTripleAttrName(),
                  builder.getStringAttr(target.triple().str()));
  module->setAttr(LLVM::LLVMDialect::getDataLayoutAttrName(),
                  builder.getStringAttr(target.triple().computeDataLayout()));

  auto features =
      LLVM::TargetFeaturesAttr::get(context, target.featureString());
  module.walk([&](LLVM::LLVMFuncOp func) {
    if (func.isExternal())
      return;
    func.setTargetCpu(target.cpu());
    func.setTargetFeaturesAttr(features);
    if (target.arch() == Arch::X86_64)
      func.setPreferVectorWidth(std::to_string(target.vectorBits()));
    if (SymbolTable::getSymbolVisibility(func) ==
            SymbolTable::Visibility::Private &&
        func.getLinkage() == LLVM::Linkage::External)
      func.setLinkage(LLVM::Linkage::Internal);
  });
}

//===----------------------------------------------------------------------===//
// LLVM IR
//===----------------------------------------------------------------------===//

struct GeneratedCode::Data {
  explicit Data(const Target &target) : target(target) {}
  ~Data() {
    if (!broken)
      return;
    (void)module.release();
    (void)machine.release();
    (void)context.release();
  }

  Target target;
  // In this order: the module dies before its context.
  std::unique_ptr<llvm::LLVMContext> context;
  std::unique_ptr<llvm::Module> module;
  std::unique_ptr<llvm::TargetMachine> machine;
  std::string diagnostics;
  bool usesThreads = false;
  /// LLVM gave up in the middle of something. What was left behind may point
  /// anywhere, so that its memory is given up rather than freed.
  bool broken = false;
};

/// What the C library is assumed to provide: LLVM may turn code into calls of
/// these, and of nothing else.
static llvm::TargetLibraryInfoImpl libraryInfo(const llvm::Triple &triple) {
  llvm::TargetLibraryInfoImpl info(triple);
  info.disableAllFunctions();
  for (llvm::LibFunc function :
       {llvm::LibFunc_malloc, llvm::LibFunc_free, llvm::LibFunc_aligned_alloc,
        llvm::LibFunc_memcpy, llvm::LibFunc_memmove, llvm::LibFunc_memset})
    info.setAvailable(function);
  return info;
}

static void optimise(llvm::Module &module, llvm::TargetMachine &machine,
                     unsigned optLevel) {
  llvm::PipelineTuningOptions tuning;
  tuning.LoopVectorization = tuning.SLPVectorization = optLevel >= 2;
  tuning.LoopInterleaving = tuning.LoopVectorization;
  llvm::PassBuilder builder(&machine, tuning);

  llvm::LoopAnalysisManager loops;
  llvm::FunctionAnalysisManager functions;
  llvm::CGSCCAnalysisManager components;
  llvm::ModuleAnalysisManager modules;
  functions.registerPass([&] {
    return llvm::TargetLibraryAnalysis(libraryInfo(module.getTargetTriple()));
  });
  builder.registerModuleAnalyses(modules);
  builder.registerCGSCCAnalyses(components);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.crossRegisterProxies(loops, functions, components, modules);

  static const llvm::OptimizationLevel levels[] = {
      llvm::OptimizationLevel::O0, llvm::OptimizationLevel::O1,
      llvm::OptimizationLevel::O2, llvm::OptimizationLevel::O3};
  llvm::ModulePassManager passes =
      optLevel == 0
          ? builder.buildO0DefaultPipeline(llvm::OptimizationLevel::O0)
          : builder.buildPerModuleDefaultPipeline(levels[optLevel]);
  passes.run(module, modules);
}

/// Adds `void packed_f(void **args)` for a function `f`; see JitModule.
static void addPackedEntryPoint(llvm::Function &function,
                                llvm::StringRef name) {
  llvm::LLVMContext &context = function.getContext();
  auto *pointer = llvm::PointerType::getUnqual(context);
  auto *entry = llvm::Function::Create(
      llvm::FunctionType::get(llvm::Type::getVoidTy(context), {pointer},
                              /*isVarArg=*/false),
      llvm::GlobalValue::ExternalLinkage, "packed_" + name,
      function.getParent());
  entry->copyAttributesFrom(&function);
  entry->setAttributes(llvm::AttributeList::get(
      context, llvm::AttributeList::FunctionIndex,
      llvm::AttrBuilder(context, function.getAttributes().getFnAttrs())));

  llvm::IRBuilder<> builder(llvm::BasicBlock::Create(context, "entry", entry));
  auto slot = [&](unsigned index) {
    return builder.CreateLoad(
        pointer, builder.CreateConstGEP1_32(pointer, entry->getArg(0), index));
  };
  llvm::SmallVector<llvm::Value *> arguments;
  for (llvm::Argument &argument : function.args())
    arguments.push_back(
        builder.CreateLoad(argument.getType(), slot(argument.getArgNo())));
  llvm::CallInst *call = builder.CreateCall(&function, arguments);
  // One copy of the code is enough.
  call->setIsNoInline();
  if (!function.getReturnType()->isVoidTy())
    builder.CreateStore(call, slot(function.arg_size()));
  builder.CreateRetVoid();
}

/// Names, linkage and attributes that do not come from MLIR.
static void prepareModule(llvm::Module &module, const Target &target,
                          const CodegenOptions &options) {
  module.setPICLevel(llvm::PICLevel::BigPIC);
  llvm::SmallVector<llvm::Function *> definitions;
  for (llvm::Function &function : module)
    if (!function.isDeclaration())
      definitions.push_back(&function);
  for (llvm::Function *function : definitions) {
    // Nothing throws, so no unwind tables are needed.
    function->setDoesNotThrow();
    if (!function->hasExternalLinkage())
      continue;
    // C callers may rely on the upper bits of what is returned.
    if (auto *type =
            llvm::dyn_cast<llvm::IntegerType>(function->getReturnType());
        type && type->getBitWidth() < 32)
      function->addRetAttr(type->getBitWidth() == 1 ? llvm::Attribute::ZExt
                                                    : llvm::Attribute::SExt);
    std::string name = function->getName().str();
    if (options.packedEntryPoints)
      addPackedEntryPoint(*function, name);
    function->setName(options.symbolPrefix + name);
  }
}

/// LLVM's reason for giving up, without the dump that follows it and without
/// addresses.
static std::string summarise(llvm::StringRef message) {
  auto [line, rest] = message.split('\n');
  std::string summary;
  for (llvm::StringRef word : llvm::split(line.trim(), ' '))
    if (!word.starts_with("0x"))
      summary += (summary.empty() ? "" : " ") + word.str();
  if (size_t at = rest.find("In function: "); at != llvm::StringRef::npos)
    summary += " (in the function '" +
               rest.substr(at).split(": ").second.split('\n').first.str() +
               "')";
  return summary;
}

/// The names of the intrinsics in the module that are specific to some target.
static llvm::SetVector<llvm::StringRef>
targetIntrinsics(const llvm::Module &module) {
  llvm::SetVector<llvm::StringRef> names;
  for (const llvm::Function &function : module)
    if (llvm::Intrinsic::isTargetIntrinsic(function.getIntrinsicID()))
      names.insert(function.getName());
  return names;
}

/// An intrinsic of another architecture never compiles: better said here than
/// by the instruction selector.
static Error checkIntrinsics(const llvm::Module &module, const Target &target) {
  static const std::pair<llvm::StringRef, Arch> prefixes[] = {
      {"llvm.x86.", Arch::X86_64},
      {"llvm.aarch64.", Arch::AArch64},
      {"llvm.arm.", Arch::ARM}};
  for (llvm::StringRef name : targetIntrinsics(module))
    for (auto [prefix, arch] : prefixes)
      if (name.starts_with(prefix) && arch != target.arch())
        return error(formatv("the code uses '{0}', an intrinsic of {1}, but "
                             "the target is {2}",
                             name, stringifyArch(arch), target.describe()));
  return Error::success();
}

GeneratedCode::GeneratedCode(std::unique_ptr<Data> data)
    : data(std::move(data)) {}
GeneratedCode::GeneratedCode(GeneratedCode &&) = default;
GeneratedCode &GeneratedCode::operator=(GeneratedCode &&) = default;
GeneratedCode::~GeneratedCode() = default;

Expected<GeneratedCode> GeneratedCode::create(ModuleOp module,
                                              const Target &target,
                                              const CodegenOptions &options) {
  TimingScope timing;
  return create(module, target, options, timing);
}

Expected<GeneratedCode> GeneratedCode::create(ModuleOp module,
                                              const Target &target,
                                              const CodegenOptions &options,
                                              TimingScope &timing) {
  assert(options.optLevel <= 3 && "no such optimisation level");
  auto data = std::make_unique<Data>(target);
  data->context = std::make_unique<llvm::LLVMContext>();
  // Without a handler LLVM prints, and exits on errors.
  data->context->setDiagnosticHandlerCallBack(
      [](const llvm::DiagnosticInfo *info, void *text) {
        if (info->getSeverity() != llvm::DS_Error)
          return;
        llvm::raw_string_ostream os(*static_cast<std::string *>(text));
        llvm::DiagnosticPrinterRawOStream printer(os);
        if (!os.str().empty())
          os << "; ";
        info->print(printer);
      },
      &data->diagnostics);
  Expected<std::unique_ptr<llvm::TargetMachine>> machine =
      target.createTargetMachine(options.optLevel);
  if (!machine)
    return machine.takeError();
  data->machine = std::move(*machine);

  {
    TimingScope phase = timing.nest("Translation to LLVM IR");
    OwningOpRef<ModuleOp> clone = module.clone();
    attachTargetAttributes(*clone, target);
    data->module = translateModuleToLLVMIR(
        *clone, *data->context, module.getName().value_or("bitserial"));
  }
  if (!data->module)
    return error("the module cannot be translated to LLVM IR");
  data->module->setTargetTriple(target.triple());
  data->module->setDataLayout(data->machine->createDataLayout());
  if (Error e = checkIntrinsics(*data->module, target))
    return std::move(e);
  prepareModule(*data->module, target, options);
  Expected<bool> usesThreads = makeOpenMPOptional(*data->module);
  if (!usesThreads)
    return usesThreads.takeError();
  data->usesThreads = *usesThreads;

  TimingScope phase = timing.nest("LLVM optimisation");
  if (Error e = runProtected(
          [&] { optimise(*data->module, *data->machine, options.optLevel); })) {
    data->broken = true;
    return error(formatv("LLVM cannot optimise the code for '{0}': {1}",
                         target.cpu(), llvm::toString(std::move(e))));
  }
  if (!data->diagnostics.empty())
    return error(formatv("LLVM cannot optimise the code for '{0}': {1}",
                         target.cpu(), data->diagnostics));
  return GeneratedCode(std::move(data));
}

const llvm::Module &GeneratedCode::module() const { return *data->module; }

bool GeneratedCode::usesThreads() const { return data->usesThreads; }

std::string GeneratedCode::llvmIR() const {
  std::string text;
  llvm::raw_string_ostream os(text);
  data->module->print(os, nullptr);
  return text;
}

Expected<std::string> GeneratedCode::emit(bool asObject) const {
  if (data->broken)
    return error(formatv("LLVM cannot generate code for '{0}': an earlier "
                         "attempt failed",
                         data->target.cpu()));
  // Code generation changes the module.
  std::unique_ptr<llvm::Module> clone = llvm::CloneModule(*data->module);
  llvm::SmallVector<char, 0> bytes;
  bool supported = true;
  Error failure = runProtected([&] {
    llvm::raw_svector_ostream os(bytes);
    llvm::legacy::PassManager passes;
    passes.add(new llvm::TargetLibraryInfoWrapperPass(
        libraryInfo(data->target.triple())));
    supported = !data->machine->addPassesToEmitFile(
        passes, os, nullptr,
        asObject ? llvm::CodeGenFileType::ObjectFile
                 : llvm::CodeGenFileType::AssemblyFile);
    if (supported)
      passes.run(*clone);
  });
  std::string problem;
  if (failure) {
    problem = summarise(llvm::toString(std::move(failure)));
    // The usual cause.
    if (auto intrinsics = targetIntrinsics(*data->module); !intrinsics.empty())
      problem += "; the code uses " + llvm::join(intrinsics, ", ") +
                 ": does the target have the features for it?";
    (void)clone.release();
    data->broken = true;
  } else if (!supported) {
    problem = "this kind of file is not supported for the target";
  } else {
    problem = std::exchange(data->diagnostics, "");
  }
  if (problem.empty())
    return std::string(bytes.begin(), bytes.end());
  return error(formatv("LLVM cannot generate code for '{0}': {1}",
                       data->target.cpu(), problem));
}

Expected<std::string> GeneratedCode::assembly() const {
  return emit(/*asObject=*/false);
}

Expected<std::string> GeneratedCode::object() const {
  return emit(/*asObject=*/true);
}

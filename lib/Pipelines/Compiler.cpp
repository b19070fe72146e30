//===- Compiler.cpp - From source text to code ----------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Pipelines/Compiler.h"
#include "CostReport.h"

#include "bitserial/Conversion/BooleanConstants.h"
#include "bitserial/IR/Bitserial.h"
#include "bitserial/IR/Nesting.h"
#include "bitserial/Pipelines/Pipelines.h"
#include "bitserial/Schedules/Schedules.h"
#include "bitserial/Schedules/TuningRecords.h"
#include "bitserial/Target/Recovery.h"
#include "bitserial/Transforms/MemoryPlan.h"
#include "bitserial/Transforms/Passes.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Transform/IR/TransformOps.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Remarks.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Support/FileUtilities.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

#include <mutex>
#include <set>

using namespace mlir;
using namespace mlir::bitserial;
using llvm::formatv;

//===----------------------------------------------------------------------===//
// Diagnostics
//===----------------------------------------------------------------------===//

StringRef mlir::bitserial::stringifySeverity(Severity severity) {
  switch (severity) {
  case Severity::Error:
    return "error";
  case Severity::Warning:
    return "warning";
  case Severity::Remark:
    return "remark";
  case Severity::Note:
    return "note";
  }
  llvm_unreachable("all severities are handled");
}

void CompileDiagnostic::print(llvm::raw_ostream &os) const {
  if (!file.empty())
    os << file << ':';
  if (line > 0)
    os << line << ':' << column << ':';
  os << (file.empty() ? "" : " ");
  os << stringifySeverity(severity) << ": " << message << '\n';
  // Lines with constants can have megabytes.
  constexpr size_t maxWidth = 160;
  if (!sourceLine.empty() && column > 0 && column <= maxWidth) {
    StringRef text = StringRef(sourceLine).take_front(maxWidth);
    os << text << (text.size() < sourceLine.size() ? "..." : "") << '\n';
    // Tabs stay tabs, so that the mark stands where the text does.
    for (unsigned i = 0; i + 1 < column; ++i)
      os << (i < text.size() && text[i] == '\t' ? '\t' : ' ');
    os << "^\n";
  }
  for (const CompileDiagnostic &note : notes)
    note.print(os);
}

/// The text of a line, counted from 1, of the main file of `sources`.
static std::string sourceLine(const llvm::SourceMgr &sources, StringRef file,
                              unsigned line) {
  if (sources.getNumBuffers() == 0)
    return "";
  const llvm::MemoryBuffer *buffer =
      sources.getMemoryBuffer(sources.getMainFileID());
  if (buffer->getBufferIdentifier() != file || line == 0)
    return "";
  StringRef rest = buffer->getBuffer();
  // Bytecode has locations in the text it was made from.
  if (rest.starts_with("ML\xefR"))
    return "";
  for (unsigned i = 1; i < line && !rest.empty(); ++i)
    rest = rest.split('\n').second;
  // No more than print() shows.
  return rest.split('\n').first.rtrim('\r').take_front(200).str();
}

CompileDiagnostic Compiler::convert(Diagnostic &diagnostic) const {
  CompileDiagnostic result;
  switch (diagnostic.getSeverity()) {
  case DiagnosticSeverity::Error:
    result.severity = Severity::Error;
    break;
  case DiagnosticSeverity::Warning:
    result.severity = Severity::Warning;
    break;
  case DiagnosticSeverity::Remark:
    result.severity = Severity::Remark;
    break;
  case DiagnosticSeverity::Note:
    result.severity = Severity::Note;
    break;
  }
  result.message = diagnostic.str();
  if (auto place =
          diagnostic.getLocation()->findInstanceOf<FileLineColRange>()) {
    result.file = place.getFilename().str();
    result.line = place.getStartLine();
    result.column = place.getStartColumn();
    result.sourceLine = sourceLine(sources, result.file, result.line);
    if (result.sourceLine.empty())
      result.sourceLine = sourceLine(scheduleSources, result.file, result.line);
  }
  for (Diagnostic &note : diagnostic.getNotes())
    result.notes.push_back(convert(note));
  return result;
}

void Compiler::record(Diagnostic &diagnostic) {
  CompileDiagnostic converted = convert(diagnostic);
  std::lock_guard<std::mutex> lock(messagesMutex);
  messages.push_back(std::move(converted));
}

LogicalResult Compiler::error(const llvm::Twine &message) {
  CompileDiagnostic diagnostic;
  diagnostic.message = message.str();
  std::lock_guard<std::mutex> lock(messagesMutex);
  messages.push_back(std::move(diagnostic));
  return failure();
}

LogicalResult Compiler::error(llvm::Error problem) {
  return error(llvm::toString(std::move(problem)));
}

bool Compiler::hasErrors() const {
  return llvm::any_of(messages, [](const CompileDiagnostic &diagnostic) {
    return diagnostic.severity == Severity::Error;
  });
}

//===----------------------------------------------------------------------===//
// Parsing
//===----------------------------------------------------------------------===//

static DialectRegistry withTranslations(const DialectRegistry &registry) {
  DialectRegistry result;
  registry.appendTo(result);
  registerCodegenTranslations(result);
  return result;
}

namespace {
/// Remarks without the keys that upstream prints for programs to read. What is
/// said of several parts of an op, such as the peeled tiles, is said once.
struct RemarksAsDiagnostics : remark::detail::MLIRRemarkStreamerBase {
  void streamOptimizationRemark(const remark::detail::Remark &remark) override {
    std::string text;
    for (const auto &argument : remark.getArgs())
      text += argument.val;
    {
      std::lock_guard<std::mutex> lock(mutex);
      if (!said.emplace(remark.getLocation().getAsOpaquePointer(), text).second)
        return;
    }
    emitRemark(remark.getLocation()) << text;
  }

private:
  std::mutex mutex;
  std::set<std::pair<const void *, std::string>> said;
};
} // namespace

Compiler::Compiler(const DialectRegistry &registry, CompileOptions givenOptions)
    : options(std::move(givenOptions)),
      timing(options.timing ? *options.timing : noTiming),
      ownedContext(std::make_unique<MLIRContext>(withTranslations(registry))),
      context(*ownedContext) {
  context.loadDialect<BitserialDialect>();
  // Users did not write the operation as it stands in the middle of a pipeline.
  context.printOpOnDiagnostic(false);
  context.getDiagEngine().registerHandler([this](Diagnostic &diagnostic) {
    record(diagnostic);
    return success();
  });
  // The passes' remarks on what they chose become diagnostics as well.
  remark::RemarkCategories categories;
  categories.passed = categories.missed = categories.analysis = "bitserial";
  (void)remark::enableOptimizationRemarks(
      context, std::make_unique<RemarksAsDiagnostics>(),
      std::make_unique<remark::RemarkEmittingPolicyAll>(), categories);
}

Compiler::~Compiler() = default;

LogicalResult Compiler::parseFile(StringRef path) {
  std::string message;
  std::unique_ptr<llvm::MemoryBuffer> buffer = openInputFile(path, &message);
  if (!buffer)
    return error(message);
  return parseBuffer(std::move(buffer));
}

LogicalResult Compiler::parse(StringRef source, StringRef name) {
  return parseBuffer(llvm::MemoryBuffer::getMemBufferCopy(source, name));
}

LogicalResult
Compiler::parseBuffer(std::unique_ptr<llvm::MemoryBuffer> buffer) {
  TimingScope phase = timing.nest("Parse");
  std::string name = buffer->getBufferIdentifier().str();
  if (std::string packed = packBooleanConstants(buffer->getBuffer());
      !packed.empty())
    buffer = llvm::MemoryBuffer::getMemBufferCopy(packed, name);
  sources.AddNewSourceBuffer(std::move(buffer), llvm::SMLoc());
  if (failed(checkText(
          &context,
          sources.getMemoryBuffer(sources.getMainFileID())->getBuffer(), name)))
    return failure();
  // Only this thread is protected.
  context.disableMultithreading();
  if (llvm::Error crash = runProtected(
          [&] { parsed = parseSourceFile<ModuleOp>(sources, &context); })) {
    (void)ownedContext.release();
    return error(formatv("internal error: the parser crashed on '{0}': {1}",
                         name, llvm::toString(std::move(crash))));
  }
  if (!parsed) {
    if (!hasErrors())
      // Of some of upstream's parsers, tosa.clamp's among them.
      return emitError(FileLineColLoc::get(&context, name, 1, 1))
             << "'" << name
             << "' cannot be parsed: an op in it is refused by a "
                "parser that does not say why";
    return failure();
  }

  FailureOr<std::vector<FunctionInterface>> described =
      describeInterface(*parsed, &sources);
  if (failed(described))
    return failure();
  interface = std::move(*described);
  if (interface.empty())
    return emitError(parsed->getLoc())
           << "there is nothing to compile: the module has no public function "
              "with a body";

  if (failed(setSymbolPrefix(options.prefix.value_or(
          makeCIdentifier(parsed->getName().value_or(
              name == "-" || name == "<stdin>" ? StringRef("bitserial")
                                               : llvm::sys::path::stem(name))) +
          "_"))))
    return failure();
  if (failed(resolveTarget()))
    return failure();
  return options.scheduleFile.empty() ? success() : checkSchedule();
}

LogicalResult Compiler::setSymbolPrefix(StringRef newPrefix) {
  if (!newPrefix.empty() && !isCIdentifier(newPrefix))
    return error(formatv("the prefix '{0}' is no C identifier", newPrefix));
  if (prefix != newPrefix)
    code.reset();
  prefix = newPrefix.str();
  return success();
}

LogicalResult Compiler::resolveTarget() {
  StringRef cpu = options.cpu;
  std::string features = options.features;
  Location location = UnknownLoc::get(&context);
  auto attribute = (*parsed)->getAttrOfType<TargetAttr>(kTargetAttrName);
  if (cpu.empty()) {
    cpu = "native";
    if (attribute) {
      // What is wrong with the target may be wrong in the source.
      location = parsed->getLoc();
      cpu = attribute.getCpu();
      features = attribute.getFeatures().str();
      if (!features.empty() && !options.features.empty())
        features += ",";
      features += options.features;
    }
  }
  llvm::Expected<Target> target = Target::get(cpu, features);
  if (!target)
    return emitError(location) << llvm::toString(target.takeError());
  resolvedTarget = std::move(*target);
  (*parsed)->setAttr(kTargetAttrName, TargetAttr::get(&context, cpu, features));
  emitRemark(UnknownLoc::get(&context))
      << "compiling for " << resolvedTarget->describe();
  return success();
}

LogicalResult Compiler::checkSchedule() {
  std::string message;
  std::unique_ptr<llvm::MemoryBuffer> buffer =
      openInputFile(options.scheduleFile, &message);
  if (!buffer)
    return error(formatv("cannot read the schedule: {0}", message));
  scheduleSources.AddNewSourceBuffer(std::move(buffer), llvm::SMLoc());
  size_t before = messages.size();
  OwningOpRef<ModuleOp> schedule =
      parseSourceFile<ModuleOp>(scheduleSources, &context);
  if (!schedule) {
    if (messages.size() == before)
      return error(
          formatv("the schedule '{0}' cannot be parsed", options.scheduleFile));
    return failure();
  }
  constexpr llvm::StringLiteral entry =
      transform::TransformDialect::kTransformEntryPointSymbolName;
  auto hasSequence = [&](StringRef name) {
    return schedule->lookupSymbol<transform::NamedSequenceOp>(name) != nullptr;
  };
  if (hasSequence(entry) || llvm::any_of(getContractionKinds(), hasSequence))
    return success();
  InFlightDiagnostic diagnostic = emitError(schedule->getLoc())
                                  << "the schedule has no named sequence '@"
                                  << entry
                                  << "', nor one for a kind of contractions";
  for (auto sequence : schedule->getOps<transform::NamedSequenceOp>())
    diagnostic.attachNote(sequence.getLoc())
        << "there is '@" << sequence.getSymName() << "'";
  return diagnostic;
}

//===----------------------------------------------------------------------===//
// Lowering and emission
//===----------------------------------------------------------------------===//

FailureOr<std::string> Compiler::tuningSpace(unsigned limit) {
  assert(parsed && resolvedTarget && !isLowered && "parse first");
  OwningOpRef<ModuleOp> copy = parsed->clone();
  PassManager manager(&context);
  SetTargetOptions target;
  target.threads = std::max(1u, options.threads);
  manager.addPass(createSetTarget(target));
  ImportPipelineOptions import;
  import.allowReassociation = options.allowReassociation;
  import.maxInput = options.maxInput;
  buildImportPipeline(manager, import);
  // Defaults depend on which kernels there are.
  addKernelSource(manager, options.synthesis);
  if (failed(manager.run(*copy)))
    return failure();
  FailureOr<llvm::json::Value> space =
      describeTuningSpace(*copy, *resolvedTarget, options.scheduleFile, limit);
  if (failed(space))
    return failure();
  return formatv("{0}", *space).str();
}

LogicalResult Compiler::lower() {
  assert(parsed && resolvedTarget && "parse first");
  if (isLowered)
    return success();
  auto manager = std::make_unique<PassManager>(&context);
  if (options.configurePassManager &&
      failed(options.configurePassManager(*manager)))
    return error("the options of the pass manager cannot be applied");
  TimingScope phase = timing.nest("Passes");
  manager->enableTiming(phase);

  PipelineOptions pipeline;
  auto attribute = (*parsed)->getAttrOfType<TargetAttr>(kTargetAttrName);
  pipeline.target = attribute.getCpu().str();
  pipeline.features = attribute.getFeatures().str();
  pipeline.schedule = options.scheduleFile;
  pipeline.tuningDb = options.tuningDatabase;
  pipeline.synthesize = options.synthesis;
  pipeline.proofs = options.proofs;
  pipeline.importReport = &report;
  pipeline.allowReassociation = options.allowReassociation;
  pipeline.maxInput = options.maxInput;
  pipeline.threads = options.threads;
  buildPipeline(*manager, pipeline);

  // A pass that crashes is an internal error, but not the end of the process.
  LogicalResult result = failure();
  if (llvm::Error crash =
          runProtected([&] { result = manager->run(*parsed); })) {
    (void)manager.release();
    (void)parsed.release();
    (void)ownedContext.release();
    return error(formatv("internal error: a pass crashed: {0}",
                         llvm::toString(std::move(crash))));
  }
  if (failed(result)) {
    if (!hasErrors())
      return error("a pass failed without saying why");
    return failure();
  }
  isLowered = true;
  return checkInterface();
}

/// Calling a function by another interface than it has would be undefined.
LogicalResult Compiler::checkInterface() {
  for (FunctionInterface &function : interface) {
    unsigned pointers = llvm::count_if(
        function.results, [](const ValueInterface &v) { return v.isTensor; });
    auto lowered = parsed->lookupSymbol<LLVM::LLVMFuncOp>(function.name);
    if (lowered &&
        lowered.getNumArguments() == function.arguments.size() + pointers &&
        isa<LLVM::LLVMVoidType>(lowered.getFunctionType().getReturnType()) ==
            (function.results.size() == pointers) &&
        !isa<LLVM::LLVMStructType>(lowered.getFunctionType().getReturnType())) {
      if (auto bytes = lowered->getAttrOfType<IntegerAttr>(kArenaAttrName))
        function.arenaBytes = bytes.getInt();
      function.allocates = lowered->hasAttr(kAllocatesAttrName);
      if (llvm::any_of(function.arguments,
                       [](const ValueInterface &v) { return v.isFloat; }))
        function.maxInput = report.maxInput;
      continue;
    }
    return error(formatv("internal error: the public function '{0}' was not "
                         "lowered to its C interface",
                         function.name));
  }
  return success();
}

FailureOr<GeneratedCode *> Compiler::generateCode() {
  if (code)
    return &*code;
  if (failed(lower()))
    return failure();
  CodegenOptions codegen;
  codegen.optLevel = options.optLevel;
  codegen.symbolPrefix = prefix;
  llvm::Expected<GeneratedCode> generated =
      GeneratedCode::create(*parsed, *resolvedTarget, codegen, timing);
  if (!generated)
    return error(generated.takeError());
  code.emplace(std::move(*generated));
  return &*code;
}

FailureOr<std::string> Compiler::emit(EmitKind kind, StringRef title) {
  // The header has the size of the memory that functions work in.
  if (failed(lower()))
    return failure();
  if (kind == EmitKind::Header) {
    for (const FunctionInterface &function : interface)
      if (!isCIdentifier(prefix + function.name))
        return error(formatv("the public function '{0}' cannot be declared in "
                             "C: '{1}{0}' is no identifier",
                             function.name, prefix));
    std::string file = llvm::sys::path::filename(title).str();
    if (file.empty() || file == "-")
      file =
          (prefix.empty() ? "bitserial" : StringRef(prefix).rtrim('_').str()) +
          ".h";
    return generateHeader(interface, prefix, file,
                          "The code is for " + resolvedTarget->describe() +
                              ".");
  }
  if (kind == EmitKind::MLIR) {
    std::string text;
    llvm::raw_string_ostream os(text);
    parsed->print(os);
    os << '\n';
    return text;
  }

  FailureOr<GeneratedCode *> generated = generateCode();
  if (failed(generated))
    return failure();
  if (kind == EmitKind::LLVM)
    return (*generated)->llvmIR();
  if (kind == EmitKind::Cost) {
    llvm::Expected<std::string> text =
        reportCost(**generated, *resolvedTarget, interface, prefix);
    if (!text)
      return error(text.takeError());
    return std::move(*text);
  }
  if (kind == EmitKind::Shared)
    return error("a shared library has to be written to a file");
  TimingScope phase = timing.nest("Code generation");
  llvm::Expected<std::string> bytes = kind == EmitKind::Assembly
                                          ? (*generated)->assembly()
                                          : (*generated)->object();
  if (!bytes)
    return error(bytes.takeError());
  return std::move(*bytes);
}

LogicalResult Compiler::emitToFile(EmitKind kind, StringRef path) {
  FailureOr<std::string> contents =
      emit(kind == EmitKind::Shared ? EmitKind::Object : kind, path);
  if (failed(contents))
    return failure();
  TimingScope phase = timing.nest("Output");
  llvm::Error problem =
      kind == EmitKind::Shared
          ? linkSharedLibrary(*contents, path, *resolvedTarget)
          : writeOutputFile(path, *contents);
  return problem ? error(std::move(problem)) : success();
}

FailureOr<std::unique_ptr<JitModule>> Compiler::createJit() {
  if (failed(lower()))
    return failure();
  CodegenOptions codegen;
  codegen.optLevel = options.optLevel;
  llvm::Expected<std::unique_ptr<JitModule>> jit =
      JitModule::create(*parsed, *resolvedTarget, codegen, timing);
  if (!jit)
    return error(jit.takeError());
  return std::move(*jit);
}

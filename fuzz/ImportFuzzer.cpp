//===- ImportFuzzer.cpp - Coverage-guided fuzzing of the importers --------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Text is parsed by the dialects of models and of bitserial, verified, printed,
// parsed again, and sent through bitserial's passes of the import: analysis of
// ranges, StableHLO and TOSA to contractions. Whatever they refuse must be
// refused by a diagnostic; what they accept must be valid afterwards.
// Upstream's lowering of TOSA does not run: its errors are not bitserial's.
//
//===----------------------------------------------------------------------===//

#include "Mutator.h"
#include "bitserial/Conversion/Passes.h"
#include "bitserial/Conversion/StableHLO/StableHLO.h"
#include "bitserial/IR/Bitserial.h"
#include "bitserial/IR/Nesting.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/Extensions/InlinerExtension.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Quant/IR/Quant.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/Support/ErrorHandling.h"

#include <cstdint>
#include <cstring>

using namespace mlir;
using namespace mlir::bitserial;

/// Where upstream's parser itself writes to memory that it has freed, seen in
/// LLVM 22.
static bool isKnownCrash(StringRef text) {
  // Values of a region are used outside of it, and the region is thrown away as
  // what follows in it or after it cannot be parsed.
  if (text.contains("tensor.generate") || text.contains("tensor.pad"))
    return true;
  SmallVector<StringRef> parts;
  text.split(parts, "linalg.generic");
  return llvm::any_of(ArrayRef(parts).drop_front(),
                      [](StringRef part) { return part.count('^') > 1; });
}

/// Work that grows with the numbers in the text and not with its length is
/// kept short: tensors of many elements are for other tests.
static bool isLarge(StringRef text) {
  constexpr size_t kMaxBytes = 1 << 14;
  return text.size() > kMaxBytes;
}

static std::unique_ptr<MLIRContext> createContext() {
  DialectRegistry registry;
  registry
      .insert<BitserialDialect, chlo::CHLODialect, stablehlo::StableHLODialect,
              arith::ArithDialect, func::FuncDialect, linalg::LinalgDialect,
              math::MathDialect, quant::QuantDialect, tensor::TensorDialect,
              tosa::TosaDialect>();
  func::registerInlinerExtension(registry);
  auto context =
      std::make_unique<MLIRContext>(registry, MLIRContext::Threading::DISABLED);
  context->printOpOnDiagnostic(false);
  context->loadAllAvailableDialects();
  return context;
}

/// Attributes and types are kept as long as the context: it is renewed now and
/// then.
static MLIRContext &getContext() {
  constexpr unsigned kRunsOfContext = 500;
  static std::unique_ptr<MLIRContext> context;
  static unsigned runs = 0;
  if (runs++ % kRunsOfContext == 0) {
    context.reset();
    context = createContext();
  }
  return *context;
}

[[noreturn]] static void fail(const char *what, StringRef text) {
  llvm::errs() << what << "\n" << text << "\n";
  abort();
}

static void run(StringRef text) {
  MLIRContext &context = getContext();
  bool hasError = false;
  ScopedDiagnosticHandler handler(&context, [&](Diagnostic &diagnostic) {
    hasError |= diagnostic.getSeverity() == DiagnosticSeverity::Error;
    // Text of diagnostics is computed as for a user.
    (void)diagnostic.str();
    return success();
  });
  if (failed(checkText(&context, text, "fuzz")))
    return;
  OwningOpRef<ModuleOp> module =
      parseSourceString<ModuleOp>(text, ParserConfig(&context));
  // Some of upstream's parsers fail without a diagnostic, that of tosa.clamp on
  // an attribute without a name among them; the compiler has one for that.
  if (!module)
    return;
  // What is printed is read again.
  std::string printed;
  llvm::raw_string_ostream(printed) << *module;
  if (!parseSourceString<ModuleOp>(printed, ParserConfig(&context)))
    fail("what is printed cannot be parsed", printed);

  hasError = false;
  PassManager passes(&context);
  passes.enableVerifier(true);
  passes.addPass(createCheckModel());
  passes.addPass(createInlineResources());
  passes.addPass(createLowerQuantized());
  passes.addPass(createPrepareBoundaries());
  passes.addPass(createPrintRanges());
  passes.addPass(createConvertStableHLO());
  passes.addPass(createConvertTosa());
  passes.addPass(createPrintRanges());
  if (failed(passes.run(*module))) {
    if (!hasError)
      fail("a pass failed without a diagnostic", text);
    return;
  }
  if (failed(verify(*module)))
    fail("the result is not valid", text);
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  StringRef text(reinterpret_cast<const char *>(data), size);
  if (isLarge(text) || isKnownCrash(text))
    return -1; // Not for the corpus.
  run(text);
  return 0;
}

static size_t store(StringRef text, uint8_t *data, size_t maxSize) {
  size_t size = std::min(text.size(), maxSize);
  std::memcpy(data, text.data(), size);
  return size;
}

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size,
                                          size_t maxSize, unsigned seed) {
  std::minstd_rand random(seed);
  std::string text = ::bitserial::fuzz::mutate(
      StringRef(reinterpret_cast<const char *>(data), size), random);
  return store(text, data, maxSize);
}

extern "C" size_t LLVMFuzzerCustomCrossOver(const uint8_t *first,
                                            size_t firstSize,
                                            const uint8_t *second,
                                            size_t secondSize, uint8_t *out,
                                            size_t maxSize, unsigned seed) {
  std::minstd_rand random(seed);
  std::string text = ::bitserial::fuzz::crossOver(
      StringRef(reinterpret_cast<const char *>(first), firstSize),
      StringRef(reinterpret_cast<const char *>(second), secondSize), random);
  return store(text, out, maxSize);
}

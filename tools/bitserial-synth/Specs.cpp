//===- Specs.cpp - Specifications from formats and files ------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Specs.h"

#include "bitserial/IR/Bitserial.h"
#include "bitserial/Pipelines/Pipelines.h"

#include "mlir/Pass/PassManager.h"

#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace mlir::bitserial;
using llvm::createStringError;
using llvm::formatv;

llvm::Expected<NumberFormat> synth::parseFormat(StringRef text) {
  auto [kindName, widthText] = text.split(':');
  std::optional<Kind> kind = symbolizeKind(kindName);
  unsigned width;
  if (!kind || widthText.getAsInteger(10, width))
    return createStringError(
        formatv("'{0}' is no format; write kind and width, such as "
                "'unsigned:2', 'signed:3', 'bipolar:1' or 'ternary:2'",
                text));
  if (std::string reason = NumberFormat::isValid(width, *kind, 0);
      !reason.empty())
    return createStringError(formatv("'{0}' is no format: {1}", text, reason));
  return NumberFormat(width, *kind);
}

FailureOr<std::vector<KernelSpec>> synth::findSpecs(ModuleOp module,
                                                    const Target &target) {
  bool hasReductions =
      module.walk([](ReduceOp) { return WalkResult::interrupt(); })
          .wasInterrupted();
  if (!hasReductions) {
    PassManager manager(module.getContext());
    buildImportPipeline(manager);
    buildLayoutPipeline(manager);
    if (failed(manager.run(module)))
      return failure();
  }
  std::vector<KernelSpec> specs;
  WalkResult walk = module.walk([&](ReduceOp op) {
    // Whole numbers are multiplied without a kernel of the library.
    if (op.getNumbersAttr())
      return WalkResult::advance();
    auto spec = KernelSpec::get(op, target);
    if (failed(spec)) {
      op.emitOpError("has no polynomial that a kernel can be made for");
      return WalkResult::interrupt();
    }
    if (!llvm::is_contained(specs, spec->first))
      specs.push_back(spec->first);
    return WalkResult::advance();
  });
  if (walk.wasInterrupted())
    return failure();
  if (specs.empty())
    return module.emitError("there is no bitserial.reduce in the module, nor a "
                            "contraction of numbers of few bits");
  return specs;
}

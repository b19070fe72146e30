//===- SetTarget.cpp - The bitserial.target attribute ---------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/IR/Bitserial.h"
#include "bitserial/Target/Codegen.h"
#include "bitserial/Target/Target.h"
#include "bitserial/Transforms/Passes.h"
#include "bitserial/Transforms/Scheduling.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

#include <map>
#include <mutex>

namespace mlir::bitserial {
#define GEN_PASS_DEF_ATTACHTARGET
#define GEN_PASS_DEF_SETTARGET
#include "bitserial/Transforms/Passes.h.inc"
} // namespace mlir::bitserial

using namespace mlir;
using namespace mlir::bitserial;

/// Many passes ask for the target of the same module, and reading LLVM's tables
/// takes milliseconds.
static llvm::Expected<Target> getCachedTarget(StringRef cpu,
                                              StringRef features) {
  static std::mutex mutex;
  static std::map<std::pair<std::string, std::string>, Target> cache;
  std::pair<std::string, std::string> key(cpu, features);
  std::lock_guard<std::mutex> lock(mutex);
  if (auto it = cache.find(key); it != cache.end())
    return it->second;
  llvm::Expected<Target> target = Target::get(cpu, features);
  if (target)
    cache.emplace(key, *target);
  return target;
}

FailureOr<Target> bitserial::getTarget(Operation *op) {
  auto module = dyn_cast<ModuleOp>(op);
  if (!module)
    module = op->getParentOfType<ModuleOp>();
  auto attr =
      module ? module->getAttrOfType<TargetAttr>(kTargetAttrName) : nullptr;
  if (!attr)
    return op->emitError()
           << "the module has no '" << kTargetAttrName
           << "' attribute to choose by; run --bitserial-set-target first";
  llvm::Expected<Target> target =
      getCachedTarget(attr.getCpu(), attr.getFeatures());
  if (!target)
    return module->emitError() << llvm::toString(target.takeError());
  return *target;
}

namespace {
struct SetTargetPass : bitserial::impl::SetTargetBase<SetTargetPass> {
  using SetTargetBase::SetTargetBase;

  void runOnOperation() override {
    ModuleOp module = getOperation();
    if (threads > 1)
      module->setAttr(kThreadsAttrName,
                      Builder(&getContext()).getI64IntegerAttr(threads));
    else if (threads == 1)
      module->removeAttr(kThreadsAttrName);
    if (failed(getThreads(module)))
      return signalPassFailure();
    if (cpu.empty() && module->hasAttr(kTargetAttrName)) {
      if (!features.empty()) {
        module.emitError("features without a cpu: the module already has a "
                         "target");
        return signalPassFailure();
      }
      if (failed(getTarget(module)))
        signalPassFailure();
      return;
    }
    std::string name = cpu.empty() ? std::string("native") : cpu.getValue();
    llvm::Expected<Target> target = Target::get(name, features);
    if (!target) {
      module.emitError() << llvm::toString(target.takeError());
      return signalPassFailure();
    }
    module->setAttr(kTargetAttrName,
                    TargetAttr::get(&getContext(), name, features));
  }
};

struct AttachTargetPass : bitserial::impl::AttachTargetBase<AttachTargetPass> {
  void runOnOperation() override {
    FailureOr<Target> target = getTarget(getOperation());
    if (failed(target))
      return signalPassFailure();
    attachTargetAttributes(getOperation(), *target);
  }
};
} // namespace

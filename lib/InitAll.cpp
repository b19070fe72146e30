//===- InitAll.cpp - Registration of dialects and passes ------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/InitAll.h"

#include "bitserial/Conversion/Passes.h"
#include "bitserial/Conversion/StableHLO/StableHLO.h"
#include "bitserial/IR/Bitserial.h"
#include "bitserial/Pipelines/Pipelines.h"
#include "bitserial/Schedules/Passes.h"
#include "bitserial/Synthesis/KernelLibrary.h"
#include "bitserial/Synthesis/Passes.h"
#include "bitserial/TransformOps/BitserialTransformOps.h"
#include "bitserial/Transforms/IntrinsicEffects.h"
#include "bitserial/Transforms/MemoryPasses.h"
#include "bitserial/Transforms/Passes.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/InitAllPasses.h"
#include "llvm/Support/Threading.h"

using namespace mlir;

void bitserial::registerAllDialects(DialectRegistry &registry) {
  mlir::registerAllDialects(registry);
  mlir::registerAllExtensions(registry);
  registry.insert<BitserialDialect, chlo::CHLODialect,
                  stablehlo::StableHLODialect>();
  registerIntrinsicEffects(registry);
  KernelLibrary::registerDialects(registry);
  registerTransformOps(registry);
}

void bitserial::registerAllPasses() {
  static llvm::once_flag once;
  llvm::call_once(once, [] {
    mlir::registerAllPasses();
    registerBitserialPasses();
    registerBitserialMemoryPasses();
    registerBitserialSchedulesPasses();
    registerBitserialSynthesisPasses();
    registerBitserialConversionPasses();
    registerPipelines();
  });
}

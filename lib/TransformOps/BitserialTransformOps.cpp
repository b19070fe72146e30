//===- BitserialTransformOps.cpp - Transform ops --------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/TransformOps/BitserialTransformOps.h"

#include "bitserial/IR/Bitserial.h"
#include "bitserial/Synthesis/KernelLibrary.h"
#include "bitserial/Synthesis/Synthesize.h"
#include "bitserial/Transforms/Passes.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/DialectRegistry.h"

using namespace mlir;

// The classes of ops are defined in ScheduleOps.cpp.

LogicalResult transform::SynthesizeOp::verify() {
  if (getMaxAccumulators() < 1)
    return emitOpError("max_accumulators must be positive");
  return success();
}

void transform::SynthesizeOp::getEffects(
    SmallVectorImpl<MemoryEffects::EffectInstance> &effects) {
  consumesHandle(getTargetMutable(), effects);
  modifiesPayload(effects);
}

DiagnosedSilenceableFailure transform::SynthesizeOp::applyToOne(
    transform::TransformRewriter &rewriter, Operation *target,
    transform::ApplyToEachResultList &, transform::TransformState &) {
  auto reject = [&](const Twine &reason) {
    DiagnosedSilenceableFailure rejection = emitSilenceableError() << reason;
    rejection.attachNote(target->getLoc()) << "payload op";
    return rejection;
  };
  auto reduce = dyn_cast<bitserial::ReduceOp>(target);
  if (!reduce)
    return reject("only bitserial.reduce has kernels");
  FailureOr<bitserial::Target> machine = bitserial::getTarget(reduce);
  if (failed(machine))
    return DiagnosedSilenceableFailure::definiteFailure();
  bitserial::KernelLibraryOptions options;
  options.search = getSearch();
  IRRewriter inner(rewriter.getContext(), rewriter.getListener());
  bitserial::SynthesisResult result = bitserial::synthesizeReduce(
      inner, reduce, *machine, bitserial::KernelLibrary(std::move(options)),
      getMaxAccumulators());
  switch (result.kind) {
  case bitserial::SynthesisResult::Replaced:
    return DiagnosedSilenceableFailure::success();
  case bitserial::SynthesisResult::Left:
    return reject("no kernel: " + result.reason);
  case bitserial::SynthesisResult::Invalid:
    return DiagnosedSilenceableFailure::definiteFailure();
  }
  llvm_unreachable("all results are handled");
}

namespace {
class BitserialTransformExtension
    : public transform::TransformDialectExtension<BitserialTransformExtension> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(BitserialTransformExtension)
  using Base::Base;

  void init() {
    declareDependentDialect<bitserial::BitserialDialect>();
    declareGeneratedDialect<affine::AffineDialect>();
    declareGeneratedDialect<arith::ArithDialect>();
    declareGeneratedDialect<bufferization::BufferizationDialect>();
    declareGeneratedDialect<func::FuncDialect>();
    declareGeneratedDialect<linalg::LinalgDialect>();
    declareGeneratedDialect<LLVM::LLVMDialect>();
    declareGeneratedDialect<math::MathDialect>();
    declareGeneratedDialect<scf::SCFDialect>();
    declareGeneratedDialect<tensor::TensorDialect>();
    declareGeneratedDialect<vector::VectorDialect>();
    registerTransformOps<
#define GET_OP_LIST
#include "bitserial/TransformOps/BitserialTransformOps.cpp.inc"
        >();
  }
};
} // namespace

void bitserial::registerTransformOps(DialectRegistry &registry) {
  KernelLibrary::registerDialects(registry);
  registry.addExtensions<BitserialTransformExtension>();
}

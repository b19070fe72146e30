//===- KernelBuilder.h - From a plan to a kernel ----------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_SYNTHESIS_KERNELBUILDER_H
#define BITSERIAL_SYNTHESIS_KERNELBUILDER_H

#include "bitserial/Synthesis/AccumulationPlan.h"
#include "bitserial/Synthesis/Fragment.h"

namespace mlir::bitserial {

/// What plans are made of on one target; found once for a search.
struct SketchContext {
  SketchContext(MLIRContext *context, const InstructionSet &set,
                const Target &target)
      : context(context), set(set), target(target),
        roles(InstructionRoles::get(set, target)), bitwise(roles.bitwise) {}

  MLIRContext *context;
  const InstructionSet &set;
  Target target;
  InstructionRoles roles;
  BitwiseLibrary bitwise;
};

/// The kernel (Transforms/Kernel.h) that a plan describes. Null if the plan
/// does not fit: a step that no counter has room for, say. Nothing about the
/// result is trusted: it is checked and proved like any other module.
OwningOpRef<ModuleOp> buildKernel(SketchContext &sketch, const KernelSpec &spec,
                                  const AccumulationPlan &plan);

} // namespace mlir::bitserial

#endif // BITSERIAL_SYNTHESIS_KERNELBUILDER_H

//===- Passes.h - Passes of schedules ---------------------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_SCHEDULES_PASSES_H
#define BITSERIAL_SCHEDULES_PASSES_H

#include "mlir/Pass/Pass.h"

namespace mlir::bitserial {

#define GEN_PASS_DECL
#include "bitserial/Schedules/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "bitserial/Schedules/Passes.h.inc"

} // namespace mlir::bitserial

#endif // BITSERIAL_SCHEDULES_PASSES_H

//===- InitAll.h - Registration of dialects and passes ----------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_INITALL_H
#define BITSERIAL_INITALL_H

namespace mlir {
class DialectRegistry;

namespace bitserial {

/// Adds bitserial's dialects, and the upstream dialects and extensions that may
/// appear beside them in a source file or in a pipeline, to `registry`.
void registerAllDialects(DialectRegistry &registry);

/// Registers bitserial's passes and pipelines, and all upstream passes, under
/// their command line names. May be called again.
void registerAllPasses();

} // namespace bitserial
} // namespace mlir

#endif // BITSERIAL_INITALL_H

//===- Passes.h - Passes of the import --------------------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_CONVERSION_PASSES_H
#define BITSERIAL_CONVERSION_PASSES_H

#include "bitserial/Conversion/ImportReport.h"
#include "bitserial/Conversion/Ranges/FloatSet.h"
#include "bitserial/Conversion/StableHLO/StableHLO.h"
#include "mlir/Pass/Pass.h"
#include <memory>

namespace mlir::bitserial {

#define GEN_PASS_DECL
#include "bitserial/Conversion/Passes.h.inc"

/// The passes with a place for their report, which must outlive them.
/// @{
std::unique_ptr<Pass> createConvertTosa(ImportReport &report,
                                        const ConvertTosaOptions &options);
std::unique_ptr<Pass>
createConvertStableHLO(ImportReport &report,
                       const ConvertStableHLOOptions &options);
std::unique_ptr<Pass> createRequantize(ImportReport &report);
/// @}

#define GEN_PASS_REGISTRATION
#include "bitserial/Conversion/Passes.h.inc"

} // namespace mlir::bitserial

#endif // BITSERIAL_CONVERSION_PASSES_H

//===- InlineResources.cpp - Constants out of a module's resources --------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Conversion/Passes.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/DialectResourceBlobManager.h"

namespace mlir::bitserial {
#define GEN_PASS_DEF_INLINERESOURCES
#include "bitserial/Conversion/Passes.h.inc"
} // namespace mlir::bitserial

using namespace mlir;
using namespace mlir::bitserial;

/// The same elements in the attribute itself; null if that is impossible.
static DenseElementsAttr inlineElements(DenseResourceElementsAttr resource) {
  if (!isa<IntegerType, IndexType, FloatType>(resource.getElementType()))
    return {};
  const AsmResourceBlob *blob = resource.getRawHandle().getBlob();
  bool isSplat = false;
  if (!blob || !DenseElementsAttr::isValidRawBuffer(resource.getType(),
                                                    blob->getData(), isSplat))
    return {};
  return DenseElementsAttr::getFromRawBuffer(resource.getType(),
                                             blob->getData());
}

namespace {
struct InlineResourcesPass
    : bitserial::impl::InlineResourcesBase<InlineResourcesPass> {
  void runOnOperation() override {
    getOperation().walk([](Operation *op) {
      for (NamedAttribute attr : llvm::to_vector(op->getAttrs()))
        if (auto resource =
                dyn_cast<DenseResourceElementsAttr>(attr.getValue()))
          if (DenseElementsAttr elements = inlineElements(resource))
            op->setAttr(attr.getName(), elements);
    });
  }
};
} // namespace

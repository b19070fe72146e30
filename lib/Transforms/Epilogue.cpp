//===- Epilogue.cpp - What is computed from the sums of a reduce ----------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Epilogue.h"
#include "bitserial/Transforms/VectorEvaluator.h"

using namespace mlir;
using namespace mlir::bitserial;

linalg::GenericOp bitserial::findEpilogue(ReduceOp op) {
  if (op.getResult().use_empty())
    return {};
  auto epilogue =
      dyn_cast<linalg::GenericOp>(*op.getResult().getUsers().begin());
  if (!epilogue || epilogue->getBlock() != op->getBlock() ||
      !isElementwise(epilogue))
    return {};
  for (OpOperand &use : op.getResult().getUses())
    if (use.getOwner() != epilogue || !epilogue.isDpsInput(&use) ||
        !epilogue.getMatchingIndexingMap(&use).isIdentity())
      return {};
  return epilogue;
}

PackWordsOp bitserial::findPack(linalg::GenericOp epilogue) {
  if (!epilogue || !epilogue->hasOneUse())
    return {};
  OpOperand &use = *epilogue->use_begin();
  auto pack = dyn_cast<PackWordsOp>(use.getOwner());
  if (!pack || pack->getBlock() != epilogue->getBlock() ||
      &use != &pack.getValuesMutable())
    return {};
  return pack;
}

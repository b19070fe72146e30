//===- PackedData.cpp - Activations in the layout of a layer --------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PackedData.h"
#include "BitserialConv.h"
#include "bitserial/IR/Bitserial.h"
#include "bitserial/InitAll.h"
#include "bitserial/Transforms/Passes.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace mlir::bitserial::bench {

Expected<PackedData> packInput(const ConvLayer &layer,
                               const FormatPair &formats,
                               const InstructionSet &isa,
                               ArrayRef<int16_t> values) {
  DialectRegistry registry;
  registerAllDialects(registry);
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  // The layout does not depend on the weights.
  auto weights = randomValues(formats.weights, layer.filterSize(), /*seed=*/2);
  OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(
      buildConvModule(layer, formats, weights), &context);
  PassManager pm(&context);
  pm.addPass(createSetTarget({isa.cpu.str(), isa.features.str()}));
  pm.addNestedPass<func::FuncOp>(createAssignLayouts());
  RankedTensorType type;
  if (module && succeeded(pm.run(*module)))
    module->walk([&](ContractOp op) {
      // Of the whole input, even if strides skip some of it.
      auto main = op->getParentOfType<func::FuncOp>();
      auto input = cast<RankedTensorType>(main.getArgumentTypes().front());
      if (LayoutAttr layout = op.getLhsLayout())
        type = RankedTensorType::get(input.getShape(), input.getElementType(),
                                     layout);
    });
  if (!type)
    return createStringError(
        formatv("cannot choose a layout for {0}", layer.name));

  auto valueType = getStoredType(dropLayout(type));
  SmallVector<APInt> integers;
  for (int16_t value : values)
    integers.emplace_back(valueType.getElementTypeBitWidth(), value,
                          /*isSigned=*/true, /*implicitTrunc=*/true);
  DenseIntElementsAttr words = packConstant(
      cast<DenseIntElementsAttr>(DenseElementsAttr::get(valueType, integers)),
      type);
  PackedData data;
  raw_string_ostream(data.type) << type;
  for (const APInt &word : words)
    for (unsigned bit = 0; bit < word.getBitWidth(); bit += 8)
      data.words.push_back(word.extractBitsAsZExtValue(8, bit));
  return data;
}

} // namespace mlir::bitserial::bench

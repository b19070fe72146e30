//===- MaterializeLayouts.cpp - Low-bit tensors to words and values -------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/IR/Bitserial.h"
#include "bitserial/Target/Target.h"
#include "bitserial/Transforms/Packing.h"
#include "bitserial/Transforms/Passes.h"
#include "bitserial/Transforms/Scheduling.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Func/Transforms/FuncConversions.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/SCF/Transforms/Patterns.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/Transforms/DialectConversion.h"

namespace mlir::bitserial {
#define GEN_PASS_DEF_MATERIALIZELAYOUTS
#include "bitserial/Transforms/Passes.h.inc"
} // namespace mlir::bitserial

using namespace mlir;
using namespace mlir::bitserial;

/// Converts integers, element by element, between the widths of `source` and
/// `type`.
static Value createIntegerCast(OpBuilder &b, Location loc, Value source,
                               Type type, bool isUnsigned) {
  unsigned from = getElementTypeOrSelf(source).getIntOrFloatBitWidth();
  unsigned to = getElementTypeOrSelf(type).getIntOrFloatBitWidth();
  if (from == to)
    return source;
  if (from > to)
    return arith::TruncIOp::create(b, loc, type, source);
  if (isUnsigned)
    return arith::ExtUIOp::create(b, loc, type, source);
  return arith::ExtSIOp::create(b, loc, type, source);
}

static NumberFormat getFormat(Type lowBitTensor) {
  return cast<IntType>(cast<RankedTensorType>(lowBitTensor).getElementType())
      .getFormat();
}

namespace {
struct ConvertEncode : OpConversionPattern<EncodeOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult matchAndRewrite(EncodeOp op, OpAdaptor adaptor,
                                ConversionPatternRewriter &b) const override {
    // Every value fits both types; a narrower source that is read as unsigned
    // is one whose signed range is too small.
    NumberFormat format = getFormat(op.getType());
    unsigned width = op.getSource().getType().getElementTypeBitWidth();
    bool isUnsigned = width <= 16 && !llvm::isIntN(width, format.getMax());
    b.replaceOp(op,
                createIntegerCast(b, op.getLoc(), adaptor.getSource(),
                                  getTypeConverter()->convertType(op.getType()),
                                  isUnsigned));
    return success();
  }
};

struct ConvertDecode : OpConversionPattern<DecodeOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult matchAndRewrite(DecodeOp op, OpAdaptor adaptor,
                                ConversionPatternRewriter &b) const override {
    NumberFormat format = getFormat(op.getSource().getType());
    b.replaceOp(op, createIntegerCast(b, op.getLoc(), adaptor.getSource(),
                                      op.getType(), format.isValueUnsigned()));
    return success();
  }
};

struct ConvertConstant : OpConversionPattern<ConstantOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult matchAndRewrite(ConstantOp op, OpAdaptor adaptor,
                                ConversionPatternRewriter &b) const override {
    b.replaceOpWithNewOp<arith::ConstantOp>(op, op.getValue());
    return success();
  }
};

/// Ops that move values without looking at them take the stored types.
struct ConvertDataMovement : ConversionPattern {
  ConvertDataMovement(const TypeConverter &converter, MLIRContext *context)
      : ConversionPattern(converter, MatchAnyOpTypeTag(), 1, context) {}

  static bool isDataMovement(Operation *op) {
    return op->getNumRegions() == 0 &&
           (isa_and_nonnull<tensor::TensorDialect>(op->getDialect()) ||
            isa<arith::SelectOp>(op));
  }

  LogicalResult matchAndRewrite(Operation *op, ArrayRef<Value> operands,
                                ConversionPatternRewriter &b) const override {
    if (!isDataMovement(op))
      return failure();
    SmallVector<Type> types;
    if (failed(typeConverter->convertTypes(op->getResultTypes(), types)))
      return failure();
    OperationState state(op->getLoc(), op->getName(), operands, types,
                         op->getAttrs());
    b.replaceOp(op, b.create(state));
    return success();
  }
};

/// Where the words of `part`, at `offsets` of `whole`, begin in those of
/// `whole`, both packed alike. None unless they are whole words, and in a
/// dimension without tiles.
static std::optional<SmallVector<OpFoldResult>>
findWords(RankedTensorType whole, RankedTensorType part,
          ArrayRef<int64_t> offsets, ArrayRef<int64_t> strides) {
  LayoutAttr layout = getLayout(whole);
  if (getLayout(part) != layout || part.getRank() != whole.getRank() ||
      ShapedType::isDynamicShape(offsets) ||
      llvm::any_of(strides, [](int64_t stride) { return stride != 1; }))
    return std::nullopt;
  SmallVector<int64_t> words(offsets);
  for (int64_t dim = 0; dim < whole.getRank(); ++dim) {
    int64_t size = part.getDimSize(dim), all = whole.getDimSize(dim);
    if (size == all)
      continue;
    if (llvm::is_contained(layout.getInnerDimsPos(), dim))
      return std::nullopt;
    if (dim != layout.getPacked())
      continue;
    int64_t bits = layout.getWord();
    if (offsets[dim] % bits || (size % bits && offsets[dim] + size != all))
      return std::nullopt;
    words[dim] /= bits;
  }
  if (!layout.getOuterDimsPerm().empty())
    applyPermutationToVector(words, layout.getOuterDimsPerm());
  words.append(layout.getInnerTiles().size(), 0);
  words.insert(words.begin() + layout.getPlanes(), 0);
  return llvm::map_to_vector(words, [&](int64_t word) -> OpFoldResult {
    return Builder(whole.getContext()).getIndexAttr(word);
  });
}

/// findWords for an op that takes a slice, or inserts one.
static std::optional<SmallVector<OpFoldResult>>
findWordsOfSlice(Operation *op) {
  if (auto extract = dyn_cast<tensor::ExtractSliceOp>(op))
    return findWords(extract.getSourceType(), extract.getType(),
                     extract.getStaticOffsets(), extract.getStaticStrides());
  if (auto insert = dyn_cast<tensor::InsertSliceOp>(op))
    return findWords(insert.getType(), insert.getSourceType(),
                     insert.getStaticOffsets(), insert.getStaticStrides());
  return std::nullopt;
}

/// Slices of packed tensors become slices of their words.
template <typename SliceOp>
struct ConvertPackedSlice : OpConversionPattern<SliceOp> {
  using OpConversionPattern<SliceOp>::OpConversionPattern;

  LogicalResult matchAndRewrite(SliceOp op, typename SliceOp::Adaptor adaptor,
                                ConversionPatternRewriter &b) const override {
    if (!isPackedTensor(op.getSourceType()))
      return failure();
    SmallVector<OpFoldResult> offsets = *findWordsOfSlice(op);
    RankedTensorType part;
    if constexpr (std::is_same_v<SliceOp, tensor::ExtractSliceOp>)
      part = getStoredType(op.getType());
    else
      part = getStoredType(op.getSourceType());
    SmallVector<OpFoldResult> sizes =
        getAsIndexOpFoldResult(b.getContext(), part.getShape());
    SmallVector<OpFoldResult> strides(sizes.size(), b.getIndexAttr(1));
    if constexpr (std::is_same_v<SliceOp, tensor::ExtractSliceOp>)
      b.replaceOpWithNewOp<SliceOp>(op, part, adaptor.getSource(), offsets,
                                    sizes, strides);
    else
      b.replaceOpWithNewOp<SliceOp>(op, adaptor.getSource(), adaptor.getDest(),
                                    offsets, sizes, strides);
    return success();
  }
};

} // namespace

/// Whether the values that `encode` takes are computed from the result of a
/// contraction, position by position, and used for nothing else.
static bool encodesContraction(EncodeOp encode) {
  // All uses of what has been visited are in what has been visited.
  SetVector<Operation *> visited;
  visited.insert(encode);
  for (unsigned i = 0; i < visited.size(); ++i) {
    for (Value operand : visited[i]->getOperands()) {
      Operation *producer = operand.getDefiningOp();
      if (!producer || !isa<RankedTensorType>(operand.getType()) ||
          !llvm::all_of(producer->getUsers(), [&](Operation *user) {
            return visited.contains(user);
          }))
        continue;
      if (auto contract = dyn_cast<ContractOp>(producer))
        return contract.getType().getShape() == encode.getType().getShape();
      auto linalgOp = dyn_cast<linalg::LinalgOp>(producer);
      if (OpTrait::hasElementwiseMappableTraits(producer) ||
          (linalgOp &&
           linalgOp.getNumLoops() == linalgOp.getNumParallelLoops()))
        visited.insert(producer);
    }
  }
  return false;
}

bool bitserial::hasProducer(ContractOp op) {
  auto encode = op.getLhs().getDefiningOp<EncodeOp>();
  return encode &&
         llvm::all_of(encode->getUsers(), llvm::IsaPred<ContractOp>) &&
         encodesContraction(encode);
}

/// Whether `pack` is the only use of values that are computed from the result
/// of a contraction, and may be done where they are.
static bool packsContraction(PackOp pack) {
  auto encode = pack.getSource().getDefiningOp<EncodeOp>();
  return encode && encode->hasOneUse() && !pack->hasAttr(kPackingAttrName) &&
         encodesContraction(encode);
}

namespace {
/// Packs of what is computed from a contraction stay an op, which is tiled
/// together with it.
struct ConvertPackOfContraction : OpConversionPattern<PackOp> {
  ConvertPackOfContraction(const TypeConverter &converter, MLIRContext *context,
                           const DenseSet<Operation *> &packs)
      : OpConversionPattern(converter, context, /*benefit=*/2), packs(packs) {}

  LogicalResult matchAndRewrite(PackOp op, OpAdaptor adaptor,
                                ConversionPatternRewriter &b) const override {
    if (!packs.contains(op))
      return b.notifyMatchFailure(op, "is not computed from a contraction");
    RankedTensorType type = op.getType();
    Value init = createPackDestination(b, op.getLoc(), type);
    b.replaceOpWithNewOp<PackWordsOp>(
        op, init.getType(), adaptor.getSource(), init,
        TypeAttr::get(type.getElementType()), getLayout(type));
    return success();
  }

  const DenseSet<Operation *> &packs;
};

/// Refuses what no pattern converts, with the reason.
static WalkResult checkSupported(Operation *op) {
  SmallVector<Type> types(op->getOperandTypes());
  llvm::append_range(types, op->getResultTypes());
  if (auto func = dyn_cast<FunctionOpInterface>(op)) {
    llvm::append_range(types, func.getArgumentTypes());
    llvm::append_range(types, func.getResultTypes());
  }
  llvm::erase_if(types, [](Type type) {
    return !isa<IntType>(getElementTypeOrSelf(type));
  });
  if (types.empty())
    return WalkResult::advance();

  bool isTensorOp = isa_and_nonnull<tensor::TensorDialect>(op->getDialect());
  if (!isa_and_nonnull<BitserialDialect, func::FuncDialect>(op->getDialect()) &&
      !isa<scf::ConditionOp, scf::ForOp, scf::IfOp, scf::IndexSwitchOp,
           scf::WhileOp, scf::YieldOp>(op) &&
      !ConvertDataMovement::isDataMovement(op)) {
    op->emitOpError("operates on low-bit tensors; decode them first");
    return WalkResult::interrupt();
  }
  for (Type type : types) {
    auto tensor = dyn_cast<RankedTensorType>(type);
    if (!tensor) {
      op->emitOpError() << "has a value of type " << type
                        << "; low-bit numbers are supported as elements of "
                           "ranked tensors only";
      return WalkResult::interrupt();
    }
    // Positions in a packed tensor are not those in its words.
    if (isTensorOp && !isa<tensor::EmptyOp>(op) && isPackedTensor(type) &&
        !findWordsOfSlice(op)) {
      op->emitOpError("operates on a packed tensor; unpack it first");
      return WalkResult::interrupt();
    }
    if (isPackedTensor(type) && !tensor.hasStaticShape()) {
      op->emitOpError() << "has a value of type " << type
                        << "; packed tensors of dynamic size are not "
                           "supported";
      return WalkResult::interrupt();
    }
  }
  if (auto contract = dyn_cast<ContractOp>(op);
      contract && !contract.getLhsLayout()) {
    op->emitOpError("operands have no layout; run --bitserial-assign-layouts "
                    "first");
    return WalkResult::interrupt();
  }
  return WalkResult::advance();
}
} // namespace

LogicalResult bitserial::materializeLayouts(ModuleOp module,
                                            const Target &target) {
  MLIRContext *context = module.getContext();
  if (module.walk<WalkOrder::PreOrder>(checkSupported).wasInterrupted())
    return failure();

  TypeConverter converter;
  converter.addConversion([](Type type) { return type; });
  converter.addConversion([](RankedTensorType type) -> std::optional<Type> {
    if (!isValueTensor(type) && !isPackedTensor(type))
      return std::nullopt;
    return getStoredType(type);
  });

  RewritePatternSet patterns(context);
  ConversionTarget legality(*context);
  legality.markUnknownOpDynamicallyLegal(
      [&](Operation *op) { return converter.isLegal(op); });
  legality.addIllegalOp<EncodeOp, DecodeOp, ConstantOp, PackOp, UnpackOp,
                        ContractOp>();
  legality.addDynamicallyLegalOp<func::FuncOp>([&](func::FuncOp op) {
    return converter.isSignatureLegal(op.getFunctionType()) &&
           converter.isLegal(&op.getBody());
  });
  patterns
      .add<ConvertEncode, ConvertDecode, ConvertConstant, ConvertDataMovement>(
          converter, context);
  DenseSet<Operation *> packsOfContractions;
  module.walk([&](PackOp op) {
    if (op.getType().hasStaticShape() && packsContraction(op))
      packsOfContractions.insert(op);
  });
  patterns.add<ConvertPackOfContraction>(converter, context,
                                         packsOfContractions);
  patterns.add<ConvertPackedSlice<tensor::ExtractSliceOp>,
               ConvertPackedSlice<tensor::InsertSliceOp>>(converter, context,
                                                          /*benefit=*/2);
  populatePackingPatterns(converter, patterns, target);
  populateUnpackingPatterns(converter, patterns, target);
  populateContractToReducePatterns(converter, target, patterns);
  populateFunctionOpInterfaceTypeConversionPattern<func::FuncOp>(patterns,
                                                                 converter);
  populateCallOpTypeConversionPattern(patterns, converter);
  populateReturnOpTypeConversionPattern(patterns, converter);
  scf::populateSCFStructuralTypeConversionsAndLegality(converter, patterns,
                                                       legality);
  if (failed(applyFullConversion(module, legality, std::move(patterns))))
    return failure();

  // Each result gets a buffer of its own from the caller.
  module.walk([](func::ReturnOp op) {
    OpBuilder b(op);
    DenseSet<Value> seen;
    for (OpOperand &operand : op->getOpOperands())
      if (auto type = dyn_cast<RankedTensorType>(operand.get().getType());
          type && !seen.insert(operand.get()).second)
        operand.set(bufferization::AllocTensorOp::create(
            b, op.getLoc(), type, ValueRange(), operand.get()));
  });

  // Whoever calls the code keeps the arguments: they are not to be reused for
  // results, as bufferization would do where it can.
  for (auto func : module.getOps<func::FuncOp>())
    if (func.isPublic() && !func.isExternal())
      for (unsigned i = 0; i < func.getNumArguments(); ++i)
        if (isa<RankedTensorType>(func.getArgument(i).getType()))
          func.setArgAttr(
              i, bufferization::BufferizationDialect::kWritableAttrName,
              BoolAttr::get(context, false));
  return success();
}

namespace {
struct MaterializeLayoutsPass
    : bitserial::impl::MaterializeLayoutsBase<MaterializeLayoutsPass> {
  void runOnOperation() override {
    FailureOr<Target> target = getTarget(getOperation());
    if (failed(target) || failed(materializeLayouts(getOperation(), *target)))
      signalPassFailure();
  }
};
} // namespace

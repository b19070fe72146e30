//===- SplitContractions.cpp - Blocks of a contraction --------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ContractionReads.h"
#include "bitserial/IR/Bitserial.h"
#include "bitserial/Transforms/Passes.h"
#include "bitserial/Transforms/Scheduling.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/Remarks.h"
#include "llvm/Support/FormatVariadic.h"

namespace mlir::bitserial {
#define GEN_PASS_DEF_SPLITCONTRACTIONS
#include "bitserial/Transforms/Passes.h.inc"
} // namespace mlir::bitserial

using namespace mlir;
using namespace mlir::bitserial;

std::optional<Range1D> bitserial::findRead(AffineExpr expr, ContractOp op,
                                           unsigned dim, int64_t begin,
                                           int64_t end, int64_t size,
                                           int64_t padLow) {
  SmallVector<int64_t> ranges = op.getLoopRanges();
  int64_t first = -padLow, last = -padLow;
  for (auto [loop, range] : llvm::enumerate(ranges)) {
    int64_t coefficient = getCoefficient(expr, loop).value_or(0);
    first += loop == dim ? coefficient * begin : 0;
    last += coefficient * ((loop == dim ? end : range) - 1);
  }
  Range1D read;
  read.padLow = std::max<int64_t>(-first, 0);
  read.padHigh = std::max<int64_t>(last + 1 - size, 0);
  read.offset = std::max<int64_t>(first, 0);
  read.size = std::min(last + 1, size) - read.offset;
  return read.size > 0 ? std::optional(read) : std::nullopt;
}

/// The part [begin, end) of a low-bit tensor along dimension `pos`.
static Value slice(OpBuilder &b, Location loc, Value value, unsigned pos,
                   int64_t begin, int64_t end) {
  auto type = cast<RankedTensorType>(value.getType());
  if (begin == 0 && end == type.getDimSize(pos))
    return value;
  SmallVector<int64_t> offsets(type.getRank(), 0), sizes(type.getShape()),
      strides(type.getRank(), 1);
  offsets[pos] = begin;
  sizes[pos] = end - begin;
  auto sliceType = RankedTensorType::get(sizes, type.getElementType());
  // What is packed stays so.
  if (auto unpack = value.getDefiningOp<UnpackOp>()) {
    RankedTensorType packed = unpack.getSource().getType();
    LayoutAttr layout = getLayout(packed);
    if (pos != layout.getPacked() &&
        !llvm::is_contained(layout.getInnerDimsPos(), pos)) {
      Value words = tensor::ExtractSliceOp::create(
          b, loc, RankedTensorType::get(sizes, type.getElementType(), layout),
          unpack.getSource(), ValueRange(), ValueRange(), ValueRange(), offsets,
          sizes, strides);
      return UnpackOp::create(b, loc, sliceType, words);
    }
  }
  auto constant = value.getDefiningOp<ConstantOp>();
  DenseIntElementsAttr elements;
  if (constant)
    elements = dyn_cast<DenseIntElementsAttr>(constant.getValue());
  else
    matchPattern(value, m_Constant(&elements));
  if (!elements)
    return tensor::ExtractSliceOp::create(
        b, loc, sliceType, value, ValueRange(), ValueRange(), ValueRange(),
        offsets, sizes, strides);
  // A constant stays one, so that it is packed at compile time.
  int64_t inner = 1;
  for (int64_t size : type.getShape().drop_front(pos + 1))
    inner *= size;
  int64_t block = inner * type.getDimSize(pos);
  SmallVector<APInt> values;
  auto all = elements.getValues<APInt>();
  for (int64_t start = 0; start < type.getNumElements(); start += block)
    values.append(all.begin() + (start + begin * inner),
                  all.begin() + (start + end * inner));
  auto part = DenseIntElementsAttr::get(
      RankedTensorType::get(sizes, elements.getElementType()), values);
  if (!constant)
    return arith::ConstantOp::create(b, loc, part);
  return ConstantOp::create(b, loc, sliceType, part);
}

/// The loop to split into `blocks`: lines of the image where that comes out
/// even, since each packs little more than its own; else outputs, for each of
/// which all activations are packed; else lines.
static std::optional<unsigned> findSplitLoop(ContractOp op, int64_t blocks) {
  std::optional<unsigned> lines, outputs;
  SmallVector<int64_t> ranges = op.getLoopRanges();
  for (auto [dim, range, iterator] :
       llvm::enumerate(ranges, op.getIteratorTypes())) {
    if (iterator != utils::IteratorType::parallel || range < blocks)
      continue;
    bool inLhs = op.getLhsMap().isFunctionOfDim(dim),
         inRhs = op.getRhsMap().isFunctionOfDim(dim);
    if (inLhs && !inRhs && !lines)
      lines = dim;
    if (inRhs && !inLhs && (!outputs || range > ranges[*outputs]))
      outputs = dim;
  }
  // Blocks of outputs are whole vectors, whatever the width of words.
  constexpr int64_t kMaxLanes = 64;
  bool evenLines = lines && ranges[*lines] % blocks == 0;
  bool evenOutputs = outputs && ranges[*outputs] % (blocks * kMaxLanes) == 0;
  return evenOutputs && !evenLines ? outputs : lines;
}

//===----------------------------------------------------------------------===//
// The epilogue
//===----------------------------------------------------------------------===//

/// Whether an element of the result of `op` depends on that of `value`, of the
/// same shape, at the same position, and on no other.
static bool isElementwise(Operation *op, Value value) {
  auto type = cast<RankedTensorType>(value.getType());
  if (op->getNumResults() != 1 || !type.hasStaticShape())
    return false;
  auto resultType = dyn_cast<RankedTensorType>(op->getResult(0).getType());
  if (!resultType || resultType.getShape() != type.getShape())
    return false;
  if (auto pack = dyn_cast<PackOp>(op))
    return getLayout(pack.getType()).getInnerDimsPos().empty();
  auto generic = dyn_cast<linalg::GenericOp>(op);
  if (!generic)
    return isa<EncodeOp>(op) || OpTrait::hasElementwiseMappableTraits(op);
  return generic.getNumLoops() == generic.getNumParallelLoops() &&
         !generic.hasIndexSemantics() &&
         llvm::all_of(generic->getOpOperands(), [&](OpOperand &operand) {
           AffineMap map = generic.getMatchingIndexingMap(&operand);
           bool isWhole = operand.get() == value || generic.isDpsInit(&operand);
           return isWhole ? map.isIdentity() : map.isProjectedPermutation();
         });
}

/// Whether `value` is computed from the result of a contraction.
static bool needsContraction(Value value) {
  SetVector<Operation *> needed;
  if (Operation *op = value.getDefiningOp())
    needed.insert(op);
  for (unsigned i = 0; i < needed.size(); ++i) {
    if (isa<ContractOp>(needed[i]))
      return true;
    needed[i]->walk([&](Operation *inner) {
      for (Value operand : inner->getOperands())
        if (Operation *op = operand.getDefiningOp())
          needed.insert(op);
    });
  }
  return false;
}

/// The ops that make a result of the function of what `op` computes, element by
/// element, the last of which may pack it. None if it is used otherwise, if
/// blocks would share words, or if they would wait for another contraction.
static std::optional<SmallVector<Operation *>> findEpilogue(ContractOp op,
                                                            int64_t blocks) {
  SmallVector<Operation *> epilogue;
  Value value = op.getResult();
  while (!llvm::all_of(value.getUsers(), llvm::IsaPred<func::ReturnOp>)) {
    Operation *user = *value.user_begin();
    if (!llvm::all_equal(value.getUsers()) ||
        user->getBlock() != op->getBlock() || !isElementwise(user, value) ||
        llvm::any_of(user->getOperands(), [&](Value operand) {
          return operand != value && needsContraction(operand);
        }))
      return std::nullopt;
    epilogue.push_back(user);
    value = user->getResult(0);
  }
  if (!epilogue.empty() && needsContraction(op.getLhs()))
    return std::nullopt;
  std::optional<unsigned> dim = findSplitLoop(op, blocks);
  if (!dim || !isPackedTensor(value.getType()))
    return epilogue;
  LayoutAttr layout = getLayout(value.getType());
  AffineExpr packed = op.getResultMap().getResult(layout.getPacked());
  for (int64_t index = 1; index < blocks; ++index)
    if (packed.isFunctionOfDim(*dim) &&
        op.getLoopRanges()[*dim] * index / blocks % layout.getWord())
      return std::nullopt;
  return epilogue;
}

/// Computes the part [begin, end) of what `epilogue` makes of `whole`, along
/// dimension `pos`, from that part of it.
static Value createEpilogue(OpBuilder &b, ArrayRef<Operation *> epilogue,
                            Value whole, Value part, unsigned pos,
                            int64_t begin, int64_t end) {
  IRMapping mapping;
  mapping.map(whole, part);
  for (Operation *op : epilogue) {
    OpBuilder::InsertionGuard guard(b);
    Operation *copy = b.clone(*op, mapping);
    b.setInsertionPoint(copy);
    for (auto [index, operand] : llvm::enumerate(op->getOpOperands())) {
      auto type = dyn_cast<RankedTensorType>(operand.get().getType());
      if (!type || mapping.contains(operand.get()))
        continue;
      std::optional<unsigned> operandPos = pos;
      if (auto generic = dyn_cast<linalg::GenericOp>(op))
        operandPos = generic.getMatchingIndexingMap(&operand).getResultPosition(
            b.getAffineDimExpr(pos));
      if (operandPos)
        copy->setOperand(index, slice(b, op->getLoc(), operand.get(),
                                      *operandPos, begin, end));
    }
    auto type = cast<RankedTensorType>(op->getResult(0).getType());
    SmallVector<int64_t> shape(type.getShape());
    shape[pos] = end - begin;
    copy->getResult(0).setType(RankedTensorType::get(
        shape, type.getElementType(), type.getEncoding()));
    mapping.map(op->getResult(0), copy->getResult(0));
  }
  return mapping.lookup(epilogue.empty() ? whole
                                         : epilogue.back()->getResult(0));
}

//===----------------------------------------------------------------------===//
// Blocks
//===----------------------------------------------------------------------===//

/// splitContraction without its remark.
static FailureOr<SmallVector<ContractOp>> split(RewriterBase &b, ContractOp op,
                                                int64_t blocks) {
  if (op.getLhsLayout())
    return op.emitOpError("is packed already and cannot be split into blocks");
  if (blocks < 1)
    return op.emitOpError() << "cannot be split into " << blocks
                            << " blocks; there is at least 1";
  if (blocks == 1)
    return SmallVector<ContractOp>{op};
  std::optional<unsigned> dim = findSplitLoop(op, blocks);
  if (!dim)
    return op.emitOpError() << "has no parallel loop with " << blocks
                            << " iterations to split into blocks";
  int64_t range = op.getLoopRanges()[*dim];
  Location loc = op.getLoc();
  RankedTensorType type = op.getType();
  AffineMap resultMap = op.getResultMap();
  unsigned resultPos = *resultMap.getResultPosition(b.getAffineDimExpr(*dim));
  auto lhsType = cast<RankedTensorType>(op.getLhs().getType());

  struct Block {
    int64_t begin, end;
    std::optional<unsigned> lhsPos;
    Range1D read;
  };
  SmallVector<Block> parts;
  for (int64_t index = 0; index < blocks; ++index) {
    Block part{range * index / blocks, range * (index + 1) / blocks, {}, {}};
    for (auto [pos, expr] : llvm::enumerate(op.getLhsMap().getResults())) {
      if (!expr.isFunctionOfDim(*dim))
        continue;
      std::optional<Range1D> read =
          findRead(expr, op, *dim, part.begin, part.end,
                   lhsType.getDimSize(pos), op.getLhsPadLow()[pos]);
      if (!read)
        return op.emitOpError()
               << "has a block of " << blocks << " that reads padding alone";
      part.lhsPos = pos;
      part.read = *read;
    }
    parts.push_back(part);
  }

  SmallVector<Operation *> epilogue =
      findEpilogue(op, blocks).value_or(SmallVector<Operation *>());
  Operation *last = epilogue.empty() ? op : epilogue.back();
  auto resultType = cast<RankedTensorType>(last->getResult(0).getType());

  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPoint(last);
  Value result = tensor::EmptyOp::create(b, loc, resultType, ValueRange());
  SmallVector<ContractOp> contracts;
  for (const Block &part : parts) {
    SmallVector<int64_t> low = op.getLhsPadLow(), high = op.getLhsPadHigh();
    Value lhs = op.getLhs(), rhs = op.getRhs();
    if (part.lhsPos) {
      lhs = slice(b, loc, lhs, *part.lhsPos, part.read.offset,
                  part.read.offset + part.read.size);
      low[*part.lhsPos] = part.read.padLow;
      high[*part.lhsPos] = part.read.padHigh;
    }
    if (auto pos = op.getRhsMap().getResultPosition(b.getAffineDimExpr(*dim)))
      rhs = slice(b, loc, rhs, *pos, part.begin, part.end);
    SmallVector<int64_t> offsets(type.getRank(), 0), sizes(type.getShape()),
        strides(type.getRank(), 1);
    offsets[resultPos] = part.begin;
    sizes[resultPos] = part.end - part.begin;
    auto contract = ContractOp::create(
        b, loc, RankedTensorType::get(sizes, type.getElementType()), lhs, rhs,
        op.getIndexingMapsAttr(), b.getDenseI64ArrayAttr(low),
        b.getDenseI64ArrayAttr(high));
    contract->setDiscardableAttrs(op->getDiscardableAttrDictionary());
    contracts.push_back(contract);
    Value block = createEpilogue(b, epilogue, op, contract, resultPos,
                                 part.begin, part.end);
    result = tensor::InsertSliceOp::create(
        b, loc, resultType, block, result, ValueRange(), ValueRange(),
        ValueRange(), b.getDenseI64ArrayAttr(offsets),
        b.getDenseI64ArrayAttr(sizes), b.getDenseI64ArrayAttr(strides));
  }
  b.replaceOp(last, result);
  if (!epilogue.empty()) {
    for (Operation *computed : llvm::drop_begin(llvm::reverse(epilogue)))
      b.eraseOp(computed);
    b.eraseOp(op);
  }
  return contracts;
}

FailureOr<SmallVector<ContractOp>>
bitserial::splitContraction(RewriterBase &b, ContractOp op, int64_t blocks) {
  Location loc = op.getLoc();
  std::optional<unsigned> dim;
  if (blocks > 1)
    dim = findSplitLoop(op, blocks);
  FailureOr<SmallVector<ContractOp>> contracts = split(b, op, blocks);
  if (succeeded(contracts) && dim)
    remark::analysis(loc,
                     remark::RemarkOpts::name("blocks").category("bitserial"))
        << llvm::formatv(
               "{0} blocks along d{1}, packed and computed on their own",
               blocks, *dim)
               .str();
  return contracts;
}

FailureOr<OwningOpRef<ModuleOp>> bitserial::makeBlocks(ContractOp op,
                                                       int64_t blocks) {
  Location loc = op.getLoc();
  OwningOpRef<ModuleOp> module = ModuleOp::create(loc);
  IRRewriter b(op.getContext());
  b.setInsertionPointToEnd(module->getBody());
  auto func = func::FuncOp::create(
      b, loc, "blocks",
      b.getFunctionType({op.getLhs().getType(), op.getRhs().getType()},
                        {op.getType()}));
  b.setInsertionPointToStart(func.addEntryBlock());
  IRMapping mapping;
  mapping.map(op.getLhs(), func.getArgument(0));
  mapping.map(op.getRhs(), func.getArgument(1));
  auto whole = cast<ContractOp>(b.clone(*op, mapping));
  func::ReturnOp::create(b, loc, whole->getResults());
  if (failed(split(b, whole, blocks)))
    return failure();
  return module;
}

bool bitserial::isWorthSplitting(ContractOp op, int64_t blocks,
                                 double minProducts) {
  if (op.getLhsLayout() || !findEpilogue(op, blocks))
    return false;
  ContractionSizes sizes = getSizes(op);
  double products = double(sizes.positions) * sizes.outputs * sizes.groups *
                    sizes.packed * sizes.taps * sizes.lhsBits * sizes.rhsBits;
  return products / blocks >= minProducts && findSplitLoop(op, blocks);
}

int64_t bitserial::getDefaultBlocks(ContractOp op, int64_t threads) {
  return threads >= 2 && threads <= kMaxBlocks && isWorthSplitting(op, threads)
             ? threads
             : 1;
}

namespace {
struct SplitContractionsPass
    : bitserial::impl::SplitContractionsBase<SplitContractionsPass> {
  using SplitContractionsBase::SplitContractionsBase;

  void runOnOperation() override {
    SmallVector<ContractOp> ops;
    getOperation().walk([&](ContractOp op) {
      if (isWorthSplitting(op, blocks, minProducts))
        ops.push_back(op);
    });
    IRRewriter rewriter(&getContext());
    for (ContractOp op : ops)
      if (failed(splitContraction(rewriter, op, blocks)))
        return signalPassFailure();
  }
};
} // namespace

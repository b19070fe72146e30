//===- ReduceOp.cpp - bitserial.reduce: verification and its polynomial ---===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/IR/Bitserial.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/PatternMatch.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mlir::bitserial;

//===----------------------------------------------------------------------===//
// Accessors
//===----------------------------------------------------------------------===//

SmallVector<AffineMap> ReduceOp::getMaps() {
  return llvm::to_vector(getIndexingMaps().getAsValueRange<AffineMapAttr>());
}

unsigned ReduceOp::getWordBits() {
  return cast<RankedTensorType>(getInputs().front().getType())
      .getElementTypeBitWidth();
}

int64_t ReduceOp::getNumPlanes(unsigned input) {
  return cast<RankedTensorType>(getInputs()[input].getType())
      .getDimSize(getPlaneDims()[input]);
}

/// The sizes of an input's dimensions without its planes.
static SmallVector<int64_t> getWordShape(ReduceOp op, unsigned input) {
  SmallVector<int64_t> shape(
      cast<RankedTensorType>(op.getInputs()[input].getType()).getShape());
  shape.erase(shape.begin() + op.getPlaneDims()[input]);
  return shape;
}

SmallVector<int64_t> ReduceOp::getLoopRanges() {
  SmallVector<int64_t> ranges(getNumLoops(), ShapedType::kDynamic);
  // A floordiv only bounds a range from above; for a reduction, words up to
  // that bound are zero. It counts where no map names the dimension alone.
  for (unsigned input = 0; input < getInputs().size(); ++input)
    for (auto [expr, size] : llvm::zip_equal(getInputMap(input).getResults(),
                                             getWordShape(*this, input)))
      if (auto tiled = dyn_cast<AffineBinaryOpExpr>(expr))
        if (tiled.getKind() == AffineExprKind::FloorDiv &&
            !ShapedType::isDynamic(size))
          if (auto dim = dyn_cast<AffineDimExpr>(tiled.getLHS()))
            ranges[dim.getPosition()] =
                size * cast<AffineConstantExpr>(tiled.getRHS()).getValue();
  for (unsigned input = 0; input < getInputs().size(); ++input)
    for (auto [expr, size] : llvm::zip_equal(getInputMap(input).getResults(),
                                             getWordShape(*this, input)))
      if (auto dim = dyn_cast<AffineDimExpr>(expr))
        ranges[dim.getPosition()] = size;
  for (auto [expr, size] : llvm::zip_equal(getInitMap().getResults(),
                                           getInit().getType().getShape()))
    ranges[cast<AffineDimExpr>(expr).getPosition()] = size;
  return ranges;
}

//===----------------------------------------------------------------------===//
// Verification
//===----------------------------------------------------------------------===//

namespace {
/// How a map's result uses dimensions (constraint R3).
struct IndexForm {
  enum { Linear, FloorDiv, Mod } kind = Linear;
  SmallVector<std::pair<unsigned, int64_t>> terms; // dimension, coefficient
  int64_t tile = 1;
};
} // namespace

static bool collectLinear(AffineExpr expr, IndexForm &form) {
  if (auto dim = dyn_cast<AffineDimExpr>(expr)) {
    form.terms.emplace_back(dim.getPosition(), 1);
    return true;
  }
  auto binary = dyn_cast<AffineBinaryOpExpr>(expr);
  if (!binary)
    return false;
  if (binary.getKind() == AffineExprKind::Add)
    return collectLinear(binary.getLHS(), form) &&
           collectLinear(binary.getRHS(), form);
  auto dim = dyn_cast<AffineDimExpr>(binary.getLHS());
  auto factor = dyn_cast<AffineConstantExpr>(binary.getRHS());
  if (binary.getKind() != AffineExprKind::Mul || !dim || !factor ||
      factor.getValue() < 1)
    return false;
  form.terms.emplace_back(dim.getPosition(), factor.getValue());
  return true;
}

static std::optional<IndexForm> classify(AffineExpr expr) {
  IndexForm form;
  auto binary = dyn_cast<AffineBinaryOpExpr>(expr);
  if (binary && (binary.getKind() == AffineExprKind::FloorDiv ||
                 binary.getKind() == AffineExprKind::Mod)) {
    auto dim = dyn_cast<AffineDimExpr>(binary.getLHS());
    auto tile = dyn_cast<AffineConstantExpr>(binary.getRHS());
    if (!dim || !tile || tile.getValue() < 1)
      return std::nullopt;
    form.kind = binary.getKind() == AffineExprKind::Mod ? IndexForm::Mod
                                                        : IndexForm::FloorDiv;
    form.tile = tile.getValue();
    form.terms.emplace_back(dim.getPosition(), 1);
    return form;
  }
  // Affine simplification writes a unit dimension's index as 0.
  if (auto constant = dyn_cast<AffineConstantExpr>(expr))
    return constant.getValue() == 0 ? std::optional(form) : std::nullopt;
  if (!collectLinear(expr, form))
    return std::nullopt;
  return form;
}

LogicalResult ReduceOp::verify() {
  unsigned numInputs = getInputs().size();
  if (numInputs == 0)
    return emitOpError("expects at least one input");
  // R1
  if (getIndexingMaps().size() != numInputs + 1)
    return emitOpError() << "expects " << numInputs + 1
                         << " indexing maps (inputs and destination), got "
                         << getIndexingMaps().size();
  if (getPlaneDims().size() != numInputs)
    return emitOpError() << "expects one plane dimension per input, got "
                         << getPlaneDims().size() << " for " << numInputs
                         << " inputs";
  auto describe = [&](unsigned i) {
    return i < numInputs ? "input " + std::to_string(i)
                         : std::string("the destination");
  };
  unsigned numLoops = getNumLoops();
  for (auto [i, map] : llvm::enumerate(getMaps())) {
    auto type = cast<RankedTensorType>(getOperand(i).getType());
    int64_t expected = type.getRank() - (i < numInputs ? 1 : 0);
    if (map.getNumSymbols() || map.getNumDims() != numLoops)
      return emitOpError() << "the indexing map of " << describe(i)
                           << " must have " << numLoops
                           << " dimensions and no symbols";
    if (i < numInputs &&
        (getPlaneDims()[i] < 0 || getPlaneDims()[i] >= type.getRank()))
      return emitOpError() << "plane dimension " << getPlaneDims()[i] << " of "
                           << describe(i) << " is outside its rank "
                           << type.getRank();
    if (int64_t(map.getNumResults()) != expected)
      return emitOpError() << "the indexing map of " << describe(i) << " has "
                           << map.getNumResults() << " results, expected "
                           << expected;
    if (i < numInputs && type.isDynamicDim(getPlaneDims()[i]))
      return emitOpError() << "the plane dimension of " << describe(i)
                           << " must be static";
  }
  // R2
  for (Value input : getInputs())
    if (cast<RankedTensorType>(input.getType()).getElementTypeBitWidth() !=
        getWordBits())
      return emitOpError() << "inputs must hold words of the same width, got "
                           << getInputs().front().getType() << " and "
                           << input.getType();
  // R3
  SmallVector<SmallVector<IndexForm>> forms;
  for (auto [i, map] : llvm::enumerate(getMaps())) {
    SmallVector<const IndexForm *> firstUse(numLoops, nullptr);
    SmallVector<IndexForm> &operandForms = forms.emplace_back();
    operandForms.reserve(map.getNumResults());
    for (AffineExpr expr : map.getResults()) {
      std::optional<IndexForm> form = classify(expr);
      if (!form || (i == numInputs && !isa<AffineDimExpr>(expr)))
        return emitOpError()
               << "the indexing map of " << describe(i) << " has the result "
               << str(expr) << ", expected "
               << (i == numInputs ? "one dimension"
                                  : "a sum of dimensions with positive "
                                    "coefficients, or a dimension floordiv or "
                                    "mod a constant");
      operandForms.push_back(*form);
      for (auto [dim, coefficient] : form->terms) {
        const IndexForm *first = firstUse[dim];
        bool pair = first && first->kind != IndexForm::Linear &&
                    form->kind != IndexForm::Linear &&
                    first->kind != form->kind && first->tile == form->tile;
        if (first && !pair)
          return emitOpError() << "the indexing map of " << describe(i)
                               << " names dimension d" << dim << " twice";
        firstUse[dim] = &operandForms.back();
      }
    }
  }
  // R4
  SmallVector<int64_t> ranges = getLoopRanges();
  bool allStatic = llvm::all_of(getOperandTypes(), [](Type type) {
    return cast<RankedTensorType>(type).hasStaticShape();
  });
  for (auto [dim, range] : llvm::enumerate(ranges))
    if (allStatic && ShapedType::isDynamic(range))
      return emitOpError() << "the range of dimension d" << dim
                           << " does not follow from the operands";
  // R5
  if (getInit().getType() != getType())
    return emitOpError() << "result type " << getType()
                         << " differs from that of the destination, "
                         << getInit().getType();
  for (unsigned i = 0; i <= numInputs && allStatic; ++i) {
    SmallVector<int64_t> shape =
        i < numInputs ? getWordShape(*this, i)
                      : llvm::to_vector(getInit().getType().getShape());
    for (auto [pos, form, size] : llvm::enumerate(forms[i], shape)) {
      int64_t last = 0;
      bool empty = false;
      for (auto [dim, coefficient] : form.terms) {
        last += coefficient * (ranges[dim] - 1);
        empty |= ranges[dim] == 0;
      }
      if (form.kind == IndexForm::FloorDiv)
        last /= form.tile;
      if (form.kind == IndexForm::Mod)
        last = std::min(last, form.tile - 1);
      if (!empty && last >= size)
        return emitOpError() << "reads word " << last << " of dimension " << pos
                             << " (planes not counted) of " << describe(i)
                             << ", which has size " << size;
      bool plain = form.kind == IndexForm::Linear && form.terms.size() == 1 &&
                   form.terms[0].second == 1;
      if (plain && size != ranges[form.terms[0].first])
        return emitOpError()
               << "dimension d" << form.terms[0].first << " has "
               << ranges[form.terms[0].first] << " iterations, but "
               << describe(i) << " has size " << size;
    }
  }
  return success();
}

LogicalResult ReduceOp::verifyRegions() {
  // R6
  Block &body = getRegion().front();
  int64_t numPlanes = 0;
  for (unsigned input = 0; input < getInputs().size(); ++input)
    numPlanes += getNumPlanes(input);
  if (numPlanes > BitPolynomial::kMaxVariables)
    return emitOpError() << "has " << numPlanes << " planes, at most "
                         << BitPolynomial::kMaxVariables << " are supported";
  if (body.getNumArguments() != numPlanes ||
      !llvm::all_of(body.getArgumentTypes(),
                    [](Type type) { return type.isInteger(1); }))
    return emitOpError() << "region must have " << numPlanes
                         << " i1 arguments, one per plane of each input";
  FailureOr<BitPolynomial> contribution = getContribution();
  if (failed(contribution))
    return failure();
  if (contribution->getConstant() != 0)
    return emitOpError() << "region yields " << contribution->getConstant()
                         << " when all bits are 0, must yield 0 so that "
                            "padding bits add nothing";
  return success();
}

//===----------------------------------------------------------------------===//
// The region as a polynomial
//===----------------------------------------------------------------------===//

static BitPolynomial getConstantPolynomial(IntegerAttr value) {
  return BitPolynomial::constant(value.getType().isInteger(1)
                                     ? value.getValue().getZExtValue()
                                     : value.getValue().getSExtValue());
}

/// The polynomial of `op`'s result; nullopt for unsupported ops. An i1 is the
/// polynomial with values 0 and 1, a wider integer its signed value.
static std::optional<BitPolynomial>
evaluate(Operation *op, function_ref<const BitPolynomial &(Value)> get) {
  auto lhs = [&]() -> const BitPolynomial & { return get(op->getOperand(0)); };
  auto rhs = [&]() -> const BitPolynomial & { return get(op->getOperand(1)); };
  bool isBit =
      op->getNumResults() == 1 && op->getResult(0).getType().isInteger(1);
  auto unsupported = [](Operation *) -> std::optional<BitPolynomial> {
    return std::nullopt;
  };
  return llvm::TypeSwitch<Operation *, std::optional<BitPolynomial>>(op)
      .Case([&](arith::ConstantOp constant) -> std::optional<BitPolynomial> {
        auto value = dyn_cast<IntegerAttr>(constant.getValue());
        if (!value)
          return std::nullopt;
        return getConstantPolynomial(value);
      })
      .Case([&](arith::AndIOp) {
        return isBit ? std::optional(lhs() * rhs()) : std::nullopt;
      })
      .Case([&](arith::OrIOp) {
        return isBit ? std::optional(lhs() + rhs() - lhs() * rhs())
                     : std::nullopt;
      })
      .Case([&](arith::XOrIOp) {
        return isBit ? std::optional(lhs() + rhs() -
                                     BitPolynomial::constant(2) * lhs() * rhs())
                     : std::nullopt;
      })
      .Case([&](arith::ExtUIOp ext) -> std::optional<BitPolynomial> {
        if (ext.getIn().getType().isInteger(1) || lhs().getMin() >= 0)
          return lhs();
        return std::nullopt;
      })
      .Case([&](arith::ExtSIOp ext) {
        return ext.getIn().getType().isInteger(1)
                   ? BitPolynomial::constant(-1) * lhs()
                   : lhs();
      })
      .Case([&](arith::TruncIOp) {
        return isBit ? std::nullopt : std::optional(lhs());
      })
      .Case([&](arith::AddIOp) {
        return isBit ? std::nullopt : std::optional(lhs() + rhs());
      })
      .Case([&](arith::SubIOp) {
        return isBit ? std::nullopt : std::optional(lhs() - rhs());
      })
      .Case([&](arith::MulIOp) { return lhs() * rhs(); })
      .Case([&](arith::ShLIOp) -> std::optional<BitPolynomial> {
        const BitPolynomial &amount = rhs();
        bool constant =
            amount.getTerms().empty() ||
            (amount.getTerms().size() == 1 && amount.getConstant() != 0);
        if (isBit || !constant || amount.getConstant() < 0 ||
            amount.getConstant() > 31)
          return std::nullopt;
        return lhs() *
               BitPolynomial::constant(int64_t(1) << amount.getConstant());
      })
      .Case([&](arith::SelectOp select) -> std::optional<BitPolynomial> {
        const BitPolynomial &condition = get(select.getCondition());
        const BitPolynomial &whenTrue = get(select.getTrueValue());
        const BitPolynomial &whenFalse = get(select.getFalseValue());
        return whenFalse + condition * (whenTrue - whenFalse);
      })
      .Default(unsupported);
}

FailureOr<BitPolynomial> ReduceOp::getContribution() {
  Block &body = getRegion().front();
  DenseMap<Value, BitPolynomial> polynomials;
  for (BlockArgument argument : body.getArguments())
    polynomials[argument] = BitPolynomial::variable(argument.getArgNumber());

  for (Operation &op : body.without_terminator()) {
    for (Value operand : op.getOperands()) {
      if (polynomials.contains(operand))
        continue;
      // Canonicalisation moves constants out of the region.
      IntegerAttr constant;
      if (!matchPattern(operand, m_Constant(&constant)))
        return op.emitOpError("uses a value from outside the region of "
                              "bitserial.reduce that is not a constant");
      polynomials[operand] = getConstantPolynomial(constant);
    }
    std::optional<BitPolynomial> result;
    if (op.getNumResults() == 1 && isa<IntegerType>(op.getResult(0).getType()))
      result = evaluate(&op, [&](Value value) -> const BitPolynomial & {
        return polynomials.find(value)->second;
      });
    if (!result)
      return op.emitOpError(
          "is not supported in the region of bitserial.reduce: it is not known "
          "to be a polynomial in the bits");
    // Beyond this the polynomial would no longer be what the op computes.
    unsigned width = op.getResult(0).getType().getIntOrFloatBitWidth();
    if (result->isTooLarge() ||
        (width > 1 && (!llvm::isIntN(std::min(width, 64u), result->getMin()) ||
                       !llvm::isIntN(std::min(width, 64u), result->getMax()))))
      return op.emitOpError("may overflow in the region of bitserial.reduce");
    polynomials[op.getResult(0)] = *result;
  }

  auto yield = dyn_cast<YieldOp>(body.getTerminator());
  if (!yield || !polynomials.contains(yield.getValue()))
    return emitOpError("region must end in bitserial.yield of a value computed "
                       "in it");
  return polynomials[yield.getValue()];
}

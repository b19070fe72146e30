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

NumbersAttr ReduceOp::getNumbersOf(unsigned input) {
  ArrayAttr numbers = getNumbersAttr();
  return numbers ? cast<NumbersAttr>(numbers[input]) : NumbersAttr();
}

int64_t ReduceOp::getElementsPerWord() {
  NumbersAttr numbers = getNumbersOf(0);
  return getWordBits() / (numbers ? numbers.getType().getWidth() : 1);
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

//===----------------------------------------------------------------------===//
// Loop ranges
//===----------------------------------------------------------------------===//

namespace {
/// A dimension of an operand that says how often a loop runs: as often as its
/// size times `tile`.
struct RangeSource {
  Value operand;
  int64_t pos;
  int64_t size;
  int64_t tile;
};
} // namespace

/// What says the range of each loop. A map's result that names a dimension
/// alone does. Where there is none, a floordiv bounds the range from above; for
/// a reduction that is enough, since words up to the bound are zero. The least
/// of several bounds counts.
static SmallVector<SmallVector<RangeSource>> getRangeSources(ReduceOp op) {
  SmallVector<SmallVector<RangeSource>> plain(op.getNumLoops()),
      tiled(op.getNumLoops());
  for (auto [i, map] : llvm::enumerate(op.getMaps())) {
    Value operand = op->getOperand(i);
    auto type = cast<RankedTensorType>(operand.getType());
    bool isInput = i < op.getInputs().size();
    for (auto [result, expr] : llvm::enumerate(map.getResults())) {
      int64_t pos = result;
      if (isInput && pos >= op.getPlaneDims()[i])
        ++pos;
      int64_t size = type.getDimSize(pos);
      if (auto dim = dyn_cast<AffineDimExpr>(expr))
        plain[dim.getPosition()].push_back({operand, pos, size, 1});
      auto binary = dyn_cast<AffineBinaryOpExpr>(expr);
      if (!binary || binary.getKind() != AffineExprKind::FloorDiv)
        continue;
      auto dim = cast<AffineDimExpr>(binary.getLHS());
      auto tile = cast<AffineConstantExpr>(binary.getRHS());
      tiled[dim.getPosition()].push_back({operand, pos, size, tile.getValue()});
    }
  }
  for (auto [sources, bounds] : llvm::zip_equal(plain, tiled))
    if (sources.empty())
      sources = std::move(bounds);
  return plain;
}

/// The range that `sources` say, kDynamic if they do not know it.
static int64_t getStaticRange(ArrayRef<RangeSource> sources) {
  int64_t range = ShapedType::kDynamic;
  for (const RangeSource &source : sources) {
    bool isBound = source.tile != 1;
    if (ShapedType::isDynamic(source.size)) {
      if (isBound)
        return ShapedType::kDynamic;
      continue; // Another plain source has the same size.
    }
    int64_t size = std::min<uint64_t>(
        llvm::SaturatingMultiply<uint64_t>(source.size, source.tile),
        INT64_MAX);
    range = ShapedType::isDynamic(range) ? size : std::min(range, size);
  }
  return range;
}

SmallVector<int64_t> ReduceOp::getLoopRanges() {
  return llvm::map_to_vector(
      getRangeSources(*this),
      [](ArrayRef<RangeSource> sources) { return getStaticRange(sources); });
}

SmallVector<Range> ReduceOp::getIterationDomain(OpBuilder &b) {
  SmallVector<Range> ranges;
  for (ArrayRef<RangeSource> sources : getRangeSources(*this)) {
    OpFoldResult size;
    int64_t staticRange = getStaticRange(sources);
    if (!ShapedType::isDynamic(staticRange)) {
      size = b.getIndexAttr(staticRange);
    } else {
      // The least bound, where one is enough if it is no bound.
      if (sources.front().tile == 1)
        sources = sources.take_front();
      SmallVector<AffineExpr> bounds;
      SmallVector<OpFoldResult> sizes;
      for (auto [i, source] : llvm::enumerate(sources)) {
        bounds.push_back(b.getAffineDimExpr(i) * source.tile);
        sizes.push_back(
            tensor::getMixedSize(b, getLoc(), source.operand, source.pos));
      }
      size = affine::makeComposedFoldedAffineMin(
          b, getLoc(), AffineMap::get(sizes.size(), 0, bounds, getContext()),
          sizes);
    }
    ranges.push_back({b.getIndexAttr(0), size, b.getIndexAttr(1)});
  }
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

/// Factors and tiles of R3.
static bool isSupportedConstant(AffineExpr expr) {
  auto constant = dyn_cast<AffineConstantExpr>(expr);
  return constant && constant.getValue() >= 1 &&
         constant.getValue() <= int64_t(1) << 30;
}

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
  if (binary.getKind() != AffineExprKind::Mul || !dim ||
      !isSupportedConstant(binary.getRHS()))
    return false;
  form.terms.emplace_back(dim.getPosition(),
                          cast<AffineConstantExpr>(binary.getRHS()).getValue());
  return true;
}

static std::optional<IndexForm> classify(AffineExpr expr) {
  IndexForm form;
  auto binary = dyn_cast<AffineBinaryOpExpr>(expr);
  if (binary && (binary.getKind() == AffineExprKind::FloorDiv ||
                 binary.getKind() == AffineExprKind::Mod)) {
    auto dim = dyn_cast<AffineDimExpr>(binary.getLHS());
    if (!dim || !isSupportedConstant(binary.getRHS()))
      return std::nullopt;
    form.kind = binary.getKind() == AffineExprKind::Mod ? IndexForm::Mod
                                                        : IndexForm::FloorDiv;
    form.tile = cast<AffineConstantExpr>(binary.getRHS()).getValue();
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
    if (i < numInputs && type.getDimSize(getPlaneDims()[i]) < 1)
      return emitOpError() << "the plane dimension of " << describe(i)
                           << " must be static and not empty";
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
    // The forms that use each dimension.
    SmallVector<SmallVector<IndexForm, 2>> uses(numLoops);
    SmallVector<IndexForm> &operandForms = forms.emplace_back();
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
        uses[dim].push_back(*form);
        bool isPair = uses[dim].size() == 2 &&
                      uses[dim][0].kind != IndexForm::Linear &&
                      uses[dim][1].kind != IndexForm::Linear &&
                      uses[dim][0].kind != uses[dim][1].kind &&
                      uses[dim][0].tile == uses[dim][1].tile;
        if (uses[dim].size() > 1 && !isPair)
          return emitOpError() << "the indexing map of " << describe(i)
                               << " names dimension d" << dim << " twice";
      }
    }
  }
  // R4
  SmallVector<int64_t> ranges = getLoopRanges();
  constexpr int64_t kMaxRange = int64_t(1) << 48;
  for (auto [dim, sources] : llvm::enumerate(getRangeSources(*this))) {
    if (sources.empty())
      return emitOpError() << "the range of dimension d" << dim
                           << " does not follow from the operands";
    if (ranges[dim] > kMaxRange)
      return emitOpError() << "dimension d" << dim
                           << " has more than 2^48 iterations";
  }
  // R5
  if (getInit().getType() != getType())
    return emitOpError() << "result type " << getType()
                         << " differs from that of the destination, "
                         << getInit().getType();
  for (unsigned i = 0; i <= numInputs; ++i) {
    SmallVector<int64_t> shape =
        i < numInputs ? getWordShape(*this, i)
                      : llvm::to_vector(getInit().getType().getShape());
    for (auto [pos, form, size] : llvm::enumerate(forms[i], shape)) {
      bool isKnown = !ShapedType::isDynamic(size);
      bool isEmpty = false;
      for (auto [dim, coefficient] : form.terms) {
        isKnown &= !ShapedType::isDynamic(ranges[dim]);
        isEmpty |= ranges[dim] == 0;
      }
      if (!isKnown)
        continue;
      bool isPlain = form.kind == IndexForm::Linear && form.terms.size() == 1 &&
                     form.terms[0].second == 1;
      if (isPlain && size != ranges[form.terms[0].first])
        return emitOpError()
               << "dimension d" << form.terms[0].first << " has "
               << ranges[form.terms[0].first] << " iterations, but "
               << describe(i) << " has size " << size;
      int64_t last = 0;
      for (auto [dim, coefficient] : form.terms) {
        int64_t product;
        if (llvm::MulOverflow(coefficient, ranges[dim] - 1, product) ||
            llvm::AddOverflow(last, product, last))
          return emitOpError()
                 << "positions in " << describe(i) << " overflow 64 bits";
      }
      if (form.kind == IndexForm::FloorDiv)
        last /= form.tile;
      if (form.kind == IndexForm::Mod)
        last = std::min(last, form.tile - 1);
      if (!isEmpty && last >= size)
        return emitOpError() << "reads word " << last << " of dimension " << pos
                             << " (planes not counted) of " << describe(i)
                             << ", which has size " << size;
    }
  }
  return success();
}

/// Checks R7 of a reduce whose words hold integers.
static LogicalResult verifyNumbers(ReduceOp op) {
  unsigned numInputs = op.getInputs().size();
  if (numInputs != 2 || op.getNumbersAttr().size() != 2)
    return op.emitOpError()
           << "must have two inputs whose `numbers` are said, "
              "got "
           << op.getNumbersAttr().size() << " for " << numInputs << " inputs";
  for (unsigned input = 0; input < 2; ++input) {
    unsigned width = op.getNumbersOf(input).getType().getWidth();
    if (op.getNumPlanes(input) != 1)
      return op.emitOpError()
             << "must have one plane of words that hold numbers, input "
             << input << " has " << op.getNumPlanes(input);
    if (width != op.getNumbersOf(0).getType().getWidth() ||
        width > op.getWordBits())
      return op.emitOpError()
             << "must hold numbers of the same width in its inputs, at most "
                "that of a word";
  }
  Block &body = op.getRegion().front();
  if (body.getNumArguments() != 2 ||
      !llvm::all_of(body.getArgumentTypes(),
                    [](Type type) { return type.isInteger(32); }))
    return op.emitOpError("region must have two i32 arguments, one per input");
  FailureOr<BitPolynomial> contribution = op.getContribution();
  if (failed(contribution))
    return failure();
  int64_t factor = contribution->getCoefficient(3);
  for (int64_t lhs : {op.getNumbersOf(0).getMin(), op.getNumbersOf(0).getMax()})
    for (int64_t rhs :
         {op.getNumbersOf(1).getMin(), op.getNumbersOf(1).getMax()}) {
      int64_t product;
      if (llvm::MulOverflow(lhs * rhs, factor, product) ||
          !llvm::isInt<32>(product))
        return op.emitOpError() << "region yields a product that may exceed "
                                   "32 bits";
    }
  return success();
}

LogicalResult ReduceOp::verifyRegions() {
  if (getNumbersAttr())
    return verifyNumbers(*this);
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

/// The polynomial of a constant; one that is too large if it has over 64 bits.
static BitPolynomial getConstantPolynomial(IntegerAttr attribute) {
  const APInt &value = attribute.getValue();
  if (attribute.getType().isInteger(1))
    return BitPolynomial::constant(value.getZExtValue());
  return BitPolynomial::constant(
      value.getSignificantBits() <= 64 ? value.getSExtValue() : INT64_MAX);
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
            amount.getConstant() > 31 ||
            amount.getConstant() >=
                op->getResult(0).getType().getIntOrFloatBitWidth())
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

/// The polynomial of a region on numbers: a constant times the product of both
/// arguments.
static FailureOr<BitPolynomial> getProduct(ReduceOp op) {
  Block &body = op.getRegion().front();
  BitPolynomial product = BitPolynomial::constant(1);
  SmallVector<Value> factors = {cast<YieldOp>(body.getTerminator()).getValue()};
  unsigned uses[] = {0, 0};
  constexpr unsigned kMaxFactors = 8;
  bool isProduct = llvm::all_of(body.without_terminator(), [](Operation &op) {
    return isa<arith::MulIOp, arith::ConstantOp>(op);
  });
  for (unsigned steps = 0; isProduct && !factors.empty(); ++steps) {
    Value factor = factors.pop_back_val();
    IntegerAttr constant;
    auto argument = dyn_cast<BlockArgument>(factor);
    if (argument && argument.getOwner() == &body) {
      isProduct = ++uses[argument.getArgNumber()] == 1;
      product = product * BitPolynomial::variable(argument.getArgNumber());
    } else if (matchPattern(factor, m_Constant(&constant))) {
      product = product * getConstantPolynomial(constant);
    } else {
      auto mul = factor.getDefiningOp<arith::MulIOp>();
      isProduct = mul && steps < kMaxFactors;
      if (mul)
        factors.append({mul.getLhs(), mul.getRhs()});
    }
  }
  if (!isProduct || !uses[0] || !uses[1] || product.isTooLarge() ||
      product.getTerms().empty())
    return op.emitOpError("region must yield the product of its two arguments, "
                          "or a constant times that");
  return product;
}

FailureOr<BitPolynomial> ReduceOp::getContribution() {
  if (getNumbersAttr())
    return getProduct(*this);
  Block &body = getRegion().front();
  DenseMap<Value, BitPolynomial> polynomials;
  for (BlockArgument argument : body.getArguments())
    polynomials[argument] = BitPolynomial::variable(argument.getArgNumber());

  for (Operation &op : body) {
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
    if (auto yield = dyn_cast<YieldOp>(op))
      return polynomials[yield.getValue()];

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
  llvm_unreachable("the region ends in bitserial.yield");
}

//===- LaneProgram.cpp - Vector code as exact lane arithmetic -------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Synthesis/LaneProgram.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/Matchers.h"

#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/raw_ostream.h"

#include <numeric>

using namespace mlir;
using namespace mlir::bitserial;
using Kind = LaneProgram::Kind;
using Step = LaneProgram::Step;

std::optional<LaneType> LaneType::get(Type type) {
  int64_t lanes = 1;
  if (auto vector = dyn_cast<VectorType>(type)) {
    if (vector.isScalable())
      return std::nullopt;
    lanes = vector.getNumElements();
    type = vector.getElementType();
  }
  auto integer = dyn_cast<IntegerType>(type);
  if (!integer || !integer.isSignless() || integer.getWidth() < 1 ||
      integer.getWidth() > 64)
    return std::nullopt;
  return LaneType{static_cast<unsigned>(lanes), integer.getWidth()};
}

//===----------------------------------------------------------------------===//
// Steps
//===----------------------------------------------------------------------===//

StringRef LaneProgram::stringify(Kind kind) {
  static constexpr StringRef names[] = {
      "input",         "constant", "add",      "sub",        "mul",
      "and",           "or",       "xor",      "shift-left", "shift-right-u",
      "shift-right-s", "min-u",    "max-u",    "min-s",      "max-s",
      "equal",         "less-u",   "less-s",   "select",     "popcount",
      "extend-u",      "extend-s", "truncate", "shuffle",    "bitcast"};
  static_assert(std::size(names) == static_cast<size_t>(Kind::Bitcast) + 1);
  return names[static_cast<size_t>(kind)];
}

uint64_t LaneProgram::evaluateLane(Kind kind, unsigned width,
                                   unsigned operandWidth,
                                   ArrayRef<uint64_t> operands) {
  uint64_t a = operands[0];
  uint64_t b = operands.size() > 1 ? operands[1] : 0;
  auto asSigned = [&](uint64_t lane) { return signedLane(lane, operandWidth); };
  uint64_t result = 0;
  switch (kind) {
  case Kind::Add:
    result = a + b;
    break;
  case Kind::Sub:
    result = a - b;
    break;
  case Kind::Mul:
    result = a * b;
    break;
  case Kind::And:
    result = a & b;
    break;
  case Kind::Or:
    result = a | b;
    break;
  case Kind::Xor:
    result = a ^ b;
    break;
  case Kind::ShiftLeft:
    result = b < width ? a << b : 0;
    break;
  case Kind::ShiftRightU:
    result = b < width ? a >> b : 0;
    break;
  case Kind::ShiftRightS:
    result = asSigned(a) >> (b < width ? b : width - 1);
    break;
  case Kind::MinU:
    result = std::min(a, b);
    break;
  case Kind::MaxU:
    result = std::max(a, b);
    break;
  case Kind::MinS:
    result = std::min(asSigned(a), asSigned(b));
    break;
  case Kind::MaxS:
    result = std::max(asSigned(a), asSigned(b));
    break;
  case Kind::Equal:
    result = a == b;
    break;
  case Kind::LessU:
    result = a < b;
    break;
  case Kind::LessS:
    result = asSigned(a) < asSigned(b);
    break;
  case Kind::Select:
    result = a ? b : operands[2];
    break;
  case Kind::Popcount:
    result = llvm::popcount(a);
    break;
  case Kind::ExtendU:
  case Kind::Truncate:
    result = a;
    break;
  case Kind::ExtendS:
    result = asSigned(a);
    break;
  case Kind::Input:
  case Kind::Constant:
  case Kind::Shuffle:
  case Kind::Bitcast:
    llvm_unreachable("not a function of single lanes");
  }
  return result & laneMask(width);
}

std::string LaneProgram::str() const {
  std::string text;
  llvm::raw_string_ostream os(text);
  for (auto [index, step] : llvm::enumerate(allSteps)) {
    os << '%' << index << " = " << stringify(step.kind);
    llvm::interleaveComma(step.operands,
                          os << (step.operands.empty() ? "" : " "),
                          [&](unsigned operand) { os << '%' << operand; });
    if (!step.payload.empty()) {
      os << " [";
      llvm::interleaveComma(step.payload, os);
      os << ']';
    }
    os << " : " << step.type.lanes << "xi" << step.type.width << '\n';
  }
  os << "return ";
  llvm::interleaveComma(outputSteps, os,
                        [&](unsigned step) { os << '%' << step; });
  os << '\n';
  return text;
}

//===----------------------------------------------------------------------===//
// From MLIR to steps
//===----------------------------------------------------------------------===//

namespace mlir::bitserial {

class LaneProgramBuilder {
public:
  LaneProgramBuilder(LaneProgram::Trust trust, LaneProgram::Resolver resolver)
      : trust(trust), resolver(resolver) {}

  /// Declares a value as the next input.
  LogicalResult addInput(Value value) {
    FailureOr<LaneType> type = typeOf(value);
    if (failed(type))
      return failure();
    uint64_t index = program.inputTypes.size();
    program.inputTypes.push_back(*type);
    values[value] = append({Kind::Input, *type, {}, {index}, value.getLoc()});
    return success();
  }

  LogicalResult bindImmediate(Value value, int64_t constant) {
    FailureOr<LaneType> type = typeOf(value);
    if (failed(type))
      return failure();
    values[value] =
        addConstant(*type, static_cast<uint64_t>(constant), value.getLoc());
    return success();
  }

  LogicalResult addOutput(Value value) {
    if (failed(require(value)))
      return failure();
    program.outputSteps.push_back(values.lookup(value));
    return success();
  }

  LaneProgram take() { return std::move(program); }

private:
  //===--- Values ---------------------------------------------------------===//

  FailureOr<LaneType> typeOf(Value value) {
    if (std::optional<LaneType> type = LaneType::get(value.getType()))
      return *type;
    return emitError(value.getLoc()) << "a value of type " << value.getType()
                                     << " has no lanes of 1 to 64 bits";
  }

  /// Makes sure that `value` has a step: visits the ops it depends on, those
  /// without operands to visit first.
  LogicalResult require(Value value) {
    SmallVector<Value> pending = {value};
    while (!pending.empty()) {
      Value current = pending.back();
      if (values.contains(current)) {
        pending.pop_back();
        continue;
      }
      Operation *op = current.getDefiningOp();
      if (!op)
        return emitError(current.getLoc())
               << "the code depends on a value that is no input";
      size_t before = pending.size();
      for (Value operand : op->getOperands())
        if (!values.contains(operand))
          pending.push_back(operand);
      if (pending.size() != before)
        continue;
      if (failed(visit(op)))
        return failure();
      if (!values.contains(current))
        return op->emitOpError("has no meaning in lanes of bits");
    }
    return success();
  }

  unsigned operand(Operation *op, unsigned index) {
    return values.lookup(op->getOperand(index));
  }
  LaneType type(unsigned step) const { return program.allSteps[step].type; }

  //===--- Steps ----------------------------------------------------------===//

  unsigned append(Step step) {
    program.allSteps.push_back(std::move(step));
    return program.allSteps.size() - 1;
  }

  unsigned addConstant(LaneType type, uint64_t splat, Location loc) {
    return append(
        {Kind::Constant,
         type,
         {},
         std::vector<uint64_t>(type.lanes, splat & laneMask(type.width)),
         loc});
  }

  const std::vector<uint64_t> *asConstant(unsigned step) const {
    const Step &s = program.allSteps[step];
    return s.kind == Kind::Constant ? &s.payload : nullptr;
  }

  /// A lane by lane step; a constant if its operands are.
  unsigned addLanewise(Kind kind, LaneType type, ArrayRef<unsigned> operands,
                       Location loc) {
    Step step = {kind, type, llvm::to_vector<3>(operands), {}, loc};
    if (!llvm::all_of(operands, [&](unsigned o) { return asConstant(o); }))
      return append(std::move(step));
    unsigned operandWidth = this->type(operands.back()).width;
    std::vector<uint64_t> lanes(type.lanes);
    SmallVector<uint64_t, 3> arguments(operands.size());
    for (unsigned lane = 0; lane < type.lanes; ++lane) {
      for (auto [argument, o] : llvm::zip(arguments, operands))
        argument = (*asConstant(o))[lane];
      lanes[lane] =
          LaneProgram::evaluateLane(kind, type.width, operandWidth, arguments);
    }
    return append({Kind::Constant, type, {}, std::move(lanes), loc});
  }

  /// Moves lanes; see Kind::Shuffle. No step if nothing moves.
  unsigned addShuffle(ArrayRef<unsigned> operands,
                      std::vector<uint64_t> indices, Location loc) {
    LaneType first = type(operands[0]);
    LaneType result = {static_cast<unsigned>(indices.size()), first.width};
    if (result == first) {
      bool isIdentity = true;
      for (auto [lane, index] : llvm::enumerate(indices))
        isIdentity &= lane == index;
      if (isIdentity)
        return operands[0];
    }
    if (llvm::all_of(operands, [&](unsigned o) { return asConstant(o); })) {
      std::vector<uint64_t> all;
      for (unsigned o : operands)
        llvm::append_range(all, *asConstant(o));
      for (uint64_t &index : indices)
        index = all[index];
      return append({Kind::Constant, result, {}, std::move(indices), loc});
    }
    return append({Kind::Shuffle, result, llvm::to_vector<3>(operands),
                   std::move(indices), loc});
  }

  /// Combines `count` equally large parts of `step` (part p holds the lanes
  /// `lanesOf(p)`) by an associative kind, in a tree.
  unsigned addReduction(Kind kind, unsigned step,
                        ArrayRef<std::vector<uint64_t>> parts, Location loc) {
    SmallVector<unsigned> level;
    // Halves of halves rather than single parts: log2(n) shuffles.
    if (parts.size() == 1)
      return addShuffle({step}, parts[0], loc);
    size_t half = parts.size() / 2;
    auto join = [&](ArrayRef<std::vector<uint64_t>> some) {
      std::vector<uint64_t> lanes;
      for (const std::vector<uint64_t> &part : some)
        llvm::append_range(lanes, part);
      return lanes;
    };
    unsigned low = addShuffle({step}, join(parts.take_front(half)), loc);
    unsigned high = addShuffle({step}, join(parts.slice(half, half)), loc);
    unsigned sum = addLanewise(kind, type(low), {low, high}, loc);
    // Renumber: part p of `sum` is its p-th run of lanes.
    size_t size = parts[0].size();
    SmallVector<std::vector<uint64_t>> sumParts(half);
    for (size_t p = 0; p < half; ++p) {
      sumParts[p].resize(size);
      std::iota(sumParts[p].begin(), sumParts[p].end(), p * size);
    }
    unsigned result = addReduction(kind, sum, sumParts, loc);
    if (parts.size() % 2) {
      unsigned last = addShuffle({step}, parts.back(), loc);
      result = addLanewise(kind, type(last), {result, last}, loc);
    }
    return result;
  }

  //===--- Ops ------------------------------------------------------------===//

  LogicalResult visit(Operation *op) {
    return llvm::TypeSwitch<Operation *, LogicalResult>(op)
        .Case([&](arith::ConstantOp op) {
          return visitConstant(op, op.getValue());
        })
        .Case([&](LLVM::ConstantOp op) {
          return visitConstant(op, op.getValue());
        })
        .Case([&](arith::AddIOp op) { return lanewise(op, Kind::Add); })
        .Case([&](arith::SubIOp op) { return lanewise(op, Kind::Sub); })
        .Case([&](arith::MulIOp op) { return lanewise(op, Kind::Mul); })
        .Case([&](arith::AndIOp op) { return lanewise(op, Kind::And); })
        .Case([&](arith::OrIOp op) { return lanewise(op, Kind::Or); })
        .Case([&](arith::XOrIOp op) { return lanewise(op, Kind::Xor); })
        .Case([&](arith::ShLIOp op) { return shift(op, Kind::ShiftLeft); })
        .Case([&](arith::ShRUIOp op) { return shift(op, Kind::ShiftRightU); })
        .Case([&](arith::ShRSIOp op) { return shift(op, Kind::ShiftRightS); })
        .Case([&](arith::MinUIOp op) { return lanewise(op, Kind::MinU); })
        .Case([&](arith::MaxUIOp op) { return lanewise(op, Kind::MaxU); })
        .Case([&](arith::MinSIOp op) { return lanewise(op, Kind::MinS); })
        .Case([&](arith::MaxSIOp op) { return lanewise(op, Kind::MaxS); })
        .Case([&](arith::CmpIOp op) { return compare(op); })
        .Case([&](arith::SelectOp op) { return select(op); })
        .Case([&](math::CtPopOp op) { return lanewise(op, Kind::Popcount); })
        .Case([&](arith::ExtUIOp op) { return lanewise(op, Kind::ExtendU); })
        .Case([&](arith::ExtSIOp op) { return lanewise(op, Kind::ExtendS); })
        .Case([&](arith::TruncIOp op) { return lanewise(op, Kind::Truncate); })
        .Case([&](vector::BitCastOp op) { return bitcast(op); })
        .Case([&](vector::ShapeCastOp op) {
          values[op.getResult()] = operand(op, 0);
          return success();
        })
        .Case<vector::BroadcastOp, vector::TransposeOp, vector::ShuffleOp,
              vector::ExtractOp, vector::InsertOp,
              vector::ExtractStridedSliceOp, vector::InsertStridedSliceOp,
              vector::InterleaveOp, vector::DeinterleaveOp,
              vector::FromElementsOp, vector::ToElementsOp>(
            [&](auto op) { return move(op); })
        .Case([&](vector::ReductionOp op) { return reduce(op); })
        .Case([&](vector::MultiDimReductionOp op) { return reduce(op); })
        .Case([&](func::CallOp op) { return call(op); })
        .Default([&](Operation *op) { return intrinsic(op); });
  }

  LogicalResult visitConstant(Operation *op, Attribute value) {
    FailureOr<LaneType> type = typeOf(op->getResult(0));
    if (failed(type))
      return failure();
    // llvm.mlir.constant takes others, too, and may extend or truncate them.
    auto typed = dyn_cast<TypedAttr>(value);
    if (!typed || typed.getType() != op->getResult(0).getType())
      return op->emitOpError("has a value of another type than its result");
    std::vector<uint64_t> lanes;
    if (auto integer = dyn_cast<IntegerAttr>(value)) {
      lanes.push_back(integer.getValue().getZExtValue());
    } else if (auto elements = dyn_cast<DenseIntElementsAttr>(value)) {
      for (const APInt &lane : elements.getValues<APInt>())
        lanes.push_back(lane.getZExtValue());
    } else {
      return op->emitOpError("is not a constant of integers");
    }
    if (lanes.size() != type->lanes)
      return op->emitOpError("does not give a value for each lane");
    values[op->getResult(0)] =
        append({Kind::Constant, *type, {}, std::move(lanes), op->getLoc()});
    return success();
  }

  /// Flags such as nsw make a result undefined where it is not as promised.
  LogicalResult checkFlags(Operation *op) {
    if (auto flags = dyn_cast<arith::ArithIntegerOverflowFlagsInterface>(op);
        flags &&
        flags.getOverflowAttr().getValue() != arith::IntegerOverflowFlags::none)
      return op->emitOpError("must not promise that nothing overflows");
    if (op->hasAttr("isExact"))
      return op->emitOpError("must not promise to be exact");
    return success();
  }

  LogicalResult lanewise(Operation *op, Kind kind) {
    FailureOr<LaneType> type = typeOf(op->getResult(0));
    if (failed(type) || failed(checkFlags(op)))
      return failure();
    SmallVector<unsigned, 3> operands;
    for (Value value : op->getOperands())
      operands.push_back(values.lookup(value));
    values[op->getResult(0)] = addLanewise(kind, *type, operands, op->getLoc());
    return success();
  }

  LogicalResult shift(Operation *op, Kind kind) {
    const std::vector<uint64_t> *amount = asConstant(operand(op, 1));
    unsigned width = type(operand(op, 0)).width;
    if (amount && llvm::any_of(*amount, [&](uint64_t a) { return a >= width; }))
      return op->emitOpError("shifts by the width of a lane or more");
    if (!amount && trust == LaneProgram::Trust::Emitted)
      return op->emitOpError("shifts by an amount that is not constant, and is "
                             "undefined if that is too large");
    return lanewise(op, kind);
  }

  LogicalResult compare(arith::CmpIOp op) {
    unsigned a = operand(op, 0), b = operand(op, 1);
    LaneType bits = {type(a).lanes, 1};
    Kind kind = Kind::Equal;
    bool swap = false, negate = false;
    using P = arith::CmpIPredicate;
    switch (op.getPredicate()) {
    case P::eq:
      break;
    case P::ne:
      negate = true;
      break;
    case P::ult:
    case P::uge:
      kind = Kind::LessU;
      negate = op.getPredicate() == P::uge;
      break;
    case P::ugt:
    case P::ule:
      kind = Kind::LessU;
      swap = true;
      negate = op.getPredicate() == P::ule;
      break;
    case P::slt:
    case P::sge:
      kind = Kind::LessS;
      negate = op.getPredicate() == P::sge;
      break;
    case P::sgt:
    case P::sle:
      kind = Kind::LessS;
      swap = true;
      negate = op.getPredicate() == P::sle;
      break;
    }
    if (swap)
      std::swap(a, b);
    unsigned result = addLanewise(kind, bits, {a, b}, op.getLoc());
    if (negate)
      result =
          addLanewise(Kind::Xor, bits,
                      {result, addConstant(bits, 1, op.getLoc())}, op.getLoc());
    values[op.getResult()] = result;
    return success();
  }

  LogicalResult select(arith::SelectOp op) {
    LaneType result = type(operand(op, 1));
    unsigned condition = operand(op, 0);
    if (type(condition).lanes != result.lanes) // one bit for all lanes
      condition = addShuffle(
          {condition}, std::vector<uint64_t>(result.lanes, 0), op.getLoc());
    values[op.getResult()] =
        addLanewise(Kind::Select, result,
                    {condition, operand(op, 1), operand(op, 2)}, op.getLoc());
    return success();
  }

  LogicalResult bitcast(vector::BitCastOp op) {
    FailureOr<LaneType> result = typeOf(op.getResult());
    if (failed(result))
      return failure();
    unsigned source = operand(op, 0);
    LaneType from = type(source);
    if (*result == from) {
      values[op.getResult()] = source;
      return success();
    }
    if (const std::vector<uint64_t> *lanes = asConstant(source)) {
      std::vector<uint64_t> cast(result->lanes);
      for (uint64_t bit = 0; bit < uint64_t(from.lanes) * from.width; ++bit)
        cast[bit / result->width] |=
            ((*lanes)[bit / from.width] >> (bit % from.width) & 1)
            << (bit % result->width);
      values[op.getResult()] =
          append({Kind::Constant, *result, {}, std::move(cast), op.getLoc()});
      return success();
    }
    values[op.getResult()] =
        append({Kind::Bitcast, *result, {source}, {}, op.getLoc()});
    return success();
  }

  //===--- Ops that move lanes --------------------------------------------===//
  //
  // Each says which source lane goes where by computing with lane numbers.

  static ArrayRef<int64_t> shapeOf(Value value) {
    auto vector = dyn_cast<VectorType>(value.getType());
    return vector ? vector.getShape() : ArrayRef<int64_t>();
  }

  static int64_t linear(ArrayRef<int64_t> index, ArrayRef<int64_t> shape) {
    int64_t result = 0;
    for (auto [i, size] : llvm::zip_equal(index, shape))
      result = result * size + i;
    return result;
  }

  /// Defines `result` as the lanes of `sources` (concatenated) that `source`
  /// names for each index into the result.
  LogicalResult
  moveTo(Value result, ArrayRef<unsigned> sources,
         llvm::function_ref<int64_t(ArrayRef<int64_t> index)> source) {
    FailureOr<LaneType> type = typeOf(result);
    if (failed(type))
      return failure();
    ArrayRef<int64_t> shape = shapeOf(result);
    std::vector<uint64_t> lanes(type->lanes);
    SmallVector<int64_t> index(shape.size(), 0);
    for (uint64_t &lane : lanes) {
      lane = source(index);
      for (size_t dim = shape.size(); dim-- > 0;) {
        if (++index[dim] < shape[dim])
          break;
        index[dim] = 0;
      }
    }
    values[result] = addShuffle(sources, std::move(lanes), result.getLoc());
    return success();
  }

  LogicalResult move(vector::BroadcastOp op) {
    ArrayRef<int64_t> shape = shapeOf(op.getSource());
    return moveTo(op.getResult(), {operand(op, 0)},
                  [&](ArrayRef<int64_t> index) {
                    // Trailing dimensions match, those of size 1 stretch.
                    SmallVector<int64_t> from(index.take_back(shape.size()));
                    for (auto [i, size] : llvm::zip(from, shape))
                      i = size == 1 ? 0 : i;
                    return linear(from, shape);
                  });
  }

  LogicalResult move(vector::TransposeOp op) {
    ArrayRef<int64_t> shape = shapeOf(op.getVector());
    return moveTo(op.getResult(), {operand(op, 0)},
                  [&](ArrayRef<int64_t> index) {
                    SmallVector<int64_t> from(shape.size());
                    for (auto [i, dim] : llvm::zip(index, op.getPermutation()))
                      from[dim] = i;
                    return linear(from, shape);
                  });
  }

  LogicalResult move(vector::ShuffleOp op) {
    ArrayRef<int64_t> mask = op.getMask();
    if (llvm::any_of(mask, [](int64_t i) { return i < 0; }))
      return op.emitOpError("leaves lanes undefined");
    ArrayRef<int64_t> shape = shapeOf(op.getResult());
    int64_t row =
        shape.empty() ? 1 : ShapedType::getNumElements(shape.drop_front());
    return moveTo(op.getResult(), {operand(op, 0), operand(op, 1)},
                  [&](ArrayRef<int64_t> index) {
                    return mask[index[0]] * row +
                           linear(index.drop_front(), shape.drop_front());
                  });
  }

  template <typename Op> static LogicalResult checkPosition(Op op) {
    if (!op.getDynamicPosition().empty())
      return op.emitOpError("has a variable position");
    if (llvm::any_of(op.getStaticPosition(), [](int64_t i) { return i < 0; }))
      return op.emitOpError("has an undefined position");
    return success();
  }

  LogicalResult move(vector::ExtractOp op) {
    if (failed(checkPosition(op)))
      return failure();
    ArrayRef<int64_t> position = op.getStaticPosition();
    return moveTo(op.getResult(), {operand(op, 0)},
                  [&](ArrayRef<int64_t> index) {
                    SmallVector<int64_t> from(position);
                    llvm::append_range(from, index);
                    return linear(from, shapeOf(op.getSource()));
                  });
  }

  LogicalResult move(vector::InsertOp op) {
    if (failed(checkPosition(op)))
      return failure();
    ArrayRef<int64_t> position = op.getStaticPosition();
    ArrayRef<int64_t> shape = shapeOf(op.getResult());
    unsigned whole = values.lookup(op.getDest());
    unsigned part = values.lookup(op.getValueToStore());
    return moveTo(op.getResult(), {whole, part}, [&](ArrayRef<int64_t> index) {
      if (index.take_front(position.size()) != position)
        return linear(index, shape);
      return type(whole).lanes + linear(index.drop_front(position.size()),
                                        shape.drop_front(position.size()));
    });
  }

  LogicalResult move(vector::ExtractStridedSliceOp op) {
    ArrayRef<int64_t> shape = shapeOf(op.getSource());
    auto offsets =
        llvm::to_vector(op.getOffsets().getAsValueRange<IntegerAttr>());
    auto strides =
        llvm::to_vector(op.getStrides().getAsValueRange<IntegerAttr>());
    return moveTo(
        op.getResult(), {operand(op, 0)}, [&](ArrayRef<int64_t> index) {
          SmallVector<int64_t> from(index);
          for (auto [i, offset, stride] : llvm::zip(from, offsets, strides))
            i = offset.getSExtValue() + i * stride.getSExtValue();
          return linear(from, shape);
        });
  }

  LogicalResult move(vector::InsertStridedSliceOp op) {
    ArrayRef<int64_t> shape = shapeOf(op.getResult());
    ArrayRef<int64_t> part = shapeOf(op.getValueToStore());
    if (llvm::any_of(op.getStrides().getAsValueRange<IntegerAttr>(),
                     [](const APInt &stride) { return stride != 1; }))
      return op.emitOpError("has a stride other than 1");
    auto offsets =
        llvm::to_vector(op.getOffsets().getAsValueRange<IntegerAttr>());
    unsigned dest = values.lookup(op.getDest());
    unsigned source = values.lookup(op.getValueToStore());
    return moveTo(op.getResult(), {dest, source}, [&](ArrayRef<int64_t> index) {
      // The part has the last dimensions of the whole.
      SmallVector<int64_t> from(
          shape.size() - part.size() ? index.take_back(part.size()) : index);
      size_t leading = shape.size() - part.size();
      bool inside = true;
      for (size_t dim = 0; dim < shape.size(); ++dim) {
        int64_t i = index[dim] - offsets[dim].getSExtValue();
        inside &= i >= 0 && i < (dim < leading ? 1 : part[dim - leading]);
        if (dim >= leading)
          from[dim - leading] = i;
      }
      return inside ? type(dest).lanes + linear(from, part)
                    : linear(index, shape);
    });
  }

  LogicalResult move(vector::InterleaveOp op) {
    unsigned half = type(operand(op, 0)).lanes;
    ArrayRef<int64_t> shape = shapeOf(op.getResult());
    return moveTo(op.getResult(), {operand(op, 0), operand(op, 1)},
                  [&](ArrayRef<int64_t> index) {
                    int64_t lane = linear(index, shape);
                    return lane / 2 + (lane % 2) * half;
                  });
  }

  LogicalResult move(vector::DeinterleaveOp op) {
    for (unsigned odd : {0, 1})
      if (failed(moveTo(op->getResult(odd), {operand(op, 0)},
                        [&](ArrayRef<int64_t> index) {
                          return linear(index, shapeOf(op->getResult(odd))) *
                                     2 +
                                 odd;
                        })))
        return failure();
    return success();
  }

  LogicalResult move(vector::FromElementsOp op) {
    SmallVector<unsigned> sources;
    for (Value element : op.getElements())
      sources.push_back(values.lookup(element));
    ArrayRef<int64_t> shape = shapeOf(op.getResult());
    return moveTo(op.getResult(), sources, [&](ArrayRef<int64_t> index) {
      return linear(index, shape);
    });
  }

  LogicalResult move(vector::ToElementsOp op) {
    for (auto [lane, element] : llvm::enumerate(op.getElements()))
      if (failed(moveTo(element, {operand(op, 0)},
                        [&, lane = lane](ArrayRef<int64_t>) {
                          return static_cast<int64_t>(lane);
                        })))
        return failure();
    return success();
  }

  //===--- Reductions -----------------------------------------------------===//

  std::optional<Kind> reductionKind(vector::CombiningKind kind) {
    switch (kind) {
    case vector::CombiningKind::ADD:
      return Kind::Add;
    case vector::CombiningKind::MUL:
      return Kind::Mul;
    case vector::CombiningKind::AND:
      return Kind::And;
    case vector::CombiningKind::OR:
      return Kind::Or;
    case vector::CombiningKind::XOR:
      return Kind::Xor;
    case vector::CombiningKind::MINUI:
      return Kind::MinU;
    case vector::CombiningKind::MAXUI:
      return Kind::MaxU;
    case vector::CombiningKind::MINSI:
      return Kind::MinS;
    case vector::CombiningKind::MAXSI:
      return Kind::MaxS;
    default:
      return std::nullopt;
    }
  }

  /// Combines the lanes of `source` along the marked dimensions.
  LogicalResult reduce(Operation *op, vector::CombiningKind combining,
                       Value source, Value accumulator,
                       ArrayRef<bool> isReduced) {
    std::optional<Kind> kind = reductionKind(combining);
    if (!kind)
      return op->emitOpError("has a kind without a meaning for integers");
    ArrayRef<int64_t> shape = shapeOf(source);
    int64_t count = 1;
    for (auto [size, reduced] : llvm::zip_equal(shape, isReduced))
      count *= reduced ? size : 1;
    SmallVector<std::vector<uint64_t>> parts(count);
    SmallVector<int64_t> index(shape.size(), 0);
    unsigned step = values.lookup(source);
    for (unsigned lane = 0; lane < type(step).lanes; ++lane) {
      int64_t part = 0, rest = lane;
      for (size_t dim = shape.size(); dim-- > 0; rest /= shape[dim])
        index[dim] = rest % shape[dim];
      for (auto [i, size, reduced] : llvm::zip(index, shape, isReduced))
        if (reduced)
          part = part * size + i;
      parts[part].push_back(lane);
    }
    unsigned result = addReduction(*kind, step, parts, op->getLoc());
    if (accumulator)
      result = addLanewise(*kind, type(result),
                           {result, values.lookup(accumulator)}, op->getLoc());
    values[op->getResult(0)] = result;
    return success();
  }

  LogicalResult reduce(vector::ReductionOp op) {
    return reduce(op, op.getKind(), op.getVector(), op.getAcc(), {true});
  }

  LogicalResult reduce(vector::MultiDimReductionOp op) {
    SmallVector<bool> mask = op.getReductionMask();
    return reduce(op, op.getKind(), op.getSource(), op.getAcc(), mask);
  }

  //===--- Calls ----------------------------------------------------------===//

  /// Defines the results of `op` by the body of `function`.
  LogicalResult inlineBody(Operation *op, func::FuncOp function) {
    if (function.isExternal())
      return op->emitOpError()
             << "calls '" << function.getName() << "', which has no body";
    if (!function.getBody().hasOneBlock())
      return function.emitOpError("must consist of one block");
    if (op->getOperandTypes() != TypeRange(function.getArgumentTypes()) ||
        op->getResultTypes() != TypeRange(function.getResultTypes()))
      return op->emitOpError()
             << "does not have the type of '" << function.getName() << "'";
    if (llvm::is_contained(callStack, function))
      return op->emitOpError("calls itself");
    callStack.push_back(function);
    llvm::scope_exit leave([&] { callStack.pop_back(); });

    // The values of a function differ from call to call.
    DenseMap<Value, unsigned> outer = std::move(values);
    values.clear();
    for (auto [argument, actual] :
         llvm::zip_equal(function.getArguments(), op->getOperands()))
      values[argument] = outer.lookup(actual);
    SmallVector<unsigned> results;
    for (Value value :
         function.getBody().front().getTerminator()->getOperands()) {
      if (failed(require(value)))
        return failure();
      results.push_back(values.lookup(value));
    }
    values = std::move(outer);
    for (auto [result, step] : llvm::zip_equal(op->getResults(), results))
      values[result] = step;
    return success();
  }

  LogicalResult call(func::CallOp op) {
    auto function = SymbolTable::lookupNearestSymbolFrom<func::FuncOp>(
        op, op.getCalleeAttr());
    if (!function)
      return op.emitOpError()
             << "calls '" << op.getCallee() << "', which does not exist";
    // Calls into an intrinsic's definition are as good as the intrinsic.
    LaneProgram::Trust outer = trust;
    llvm::scope_exit leave([&] { trust = outer; });
    if (function->hasAttr("isa.intrinsic"))
      trust = LaneProgram::Trust::Definition;
    return inlineBody(op, function);
  }

  LogicalResult intrinsic(Operation *op) {
    // Attributes of results, such as a range, promise what they are.
    auto hasAny = [](ArrayAttr attrs) {
      return attrs && llvm::any_of(attrs.getAsRange<DictionaryAttr>(),
                                   [](DictionaryAttr dictionary) {
                                     return !dictionary.empty();
                                   });
    };
    if (auto call = dyn_cast<LLVM::CallIntrinsicOp>(op);
        call &&
        (hasAny(call.getArgAttrsAttr()) || hasAny(call.getResAttrsAttr())))
      return op->emitOpError(
          "must not promise anything of its operands or its result");
    func::FuncOp function = resolver(op);
    if (!function)
      return op->emitOpError("has no meaning in lanes of bits");
    LaneProgram::Trust outer = trust;
    llvm::scope_exit leave([&] { trust = outer; });
    trust = LaneProgram::Trust::Definition;
    return inlineBody(op, function);
  }

  LaneProgram program;
  LaneProgram::Trust trust;
  LaneProgram::Resolver resolver;
  DenseMap<Value, unsigned> values;
  SmallVector<func::FuncOp> callStack;
};

} // namespace mlir::bitserial

FailureOr<LaneProgram> LaneProgram::create(func::FuncOp function,
                                           ArrayRef<int64_t> immediates,
                                           Trust trust, Resolver resolver) {
  if (function.isExternal() || !function.getBody().hasOneBlock())
    return function.emitOpError("must consist of one block");
  unsigned numInputs = function.getNumArguments() - immediates.size();
  LaneProgramBuilder builder(trust, resolver);
  for (auto [index, argument] : llvm::enumerate(function.getArguments()))
    if (failed(index < numInputs
                   ? builder.addInput(argument)
                   : builder.bindImmediate(argument,
                                           immediates[index - numInputs])))
      return failure();
  for (Value output : function.getBody().front().getTerminator()->getOperands())
    if (failed(builder.addOutput(output)))
      return failure();
  return builder.take();
}

FailureOr<LaneProgram> LaneProgram::create(ValueRange inputs,
                                           ValueRange outputs, Trust trust,
                                           Resolver resolver) {
  LaneProgramBuilder builder(trust, resolver);
  for (Value input : inputs)
    if (failed(builder.addInput(input)))
      return failure();
  for (Value output : outputs)
    if (failed(builder.addOutput(output)))
      return failure();
  return builder.take();
}

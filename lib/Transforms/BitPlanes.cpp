//===- BitPlanes.cpp - Numbers to bit planes and back, on vectors ---------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Transforms/BitPlanes.h"
#include "bitserial/Target/Target.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace mlir::bitserial;

//===----------------------------------------------------------------------===//
// What to test
//===----------------------------------------------------------------------===//

namespace {
/// What a test's operand is for one number, and the bit that the test has to
/// yield.
struct Sample {
  int64_t operand;
  bool bit;
};
} // namespace

/// Finds a bit of the operand, read as an integer of `width` bits, that is the
/// bit looked for, or its complement, in all samples.
static bool findBit(ArrayRef<Sample> samples, unsigned width, bool inverted,
                    PlaneTest &test) {
  for (unsigned i = 0; i < width; ++i) {
    if (!llvm::all_of(samples, [&](const Sample &sample) {
          return (sample.operand >> i & 1) == (sample.bit != inverted);
        }))
      continue;
    test.condition = inverted ? PlaneTest::Condition::BitClear
                              : PlaneTest::Condition::BitSet;
    test.parameter = i;
    return true;
  }
  return false;
}

/// Finds a threshold that separates the samples with the bit set from the
/// others. The operand is read as unsigned or signed.
static bool findThreshold(ArrayRef<Sample> samples, PlaneTest &test) {
  SmallVector<Sample> sorted(samples);
  llvm::sort(sorted, [](const Sample &a, const Sample &b) {
    return a.operand < b.operand;
  });
  auto differs = [&](const Sample &s) { return s.bit != sorted.front().bit; };
  auto *change = llvm::find_if(sorted, differs);
  if (change == sorted.end() || !std::all_of(change, sorted.end(), differs))
    return false;
  test.condition = change->bit ? PlaneTest::Condition::AtLeast
                               : PlaneTest::Condition::LessThan;
  // Any threshold above the last sample on one side will do. Zero is cheapest,
  // as the sign bit (`x < 0`) or as `x > 0`, which is what AtLeast 1 becomes.
  int64_t low = std::prev(change)->operand + 1, high = change->operand;
  int64_t best = change->bit ? 1 : 0;
  test.parameter = low <= best && best <= high ? best
                   : low <= 0 && 0 <= high     ? 0
                                               : high;
  return true;
}

/// A test of one plane that needs no other, on the value itself.
static bool findDirectTest(const NumberFormat &format, PlaneTest &test) {
  SmallVector<Sample> samples;
  for (int64_t v = format.getMin(); v <= format.getMax(); v += format.getStep())
    samples.push_back({v, bool(format.encode(v) >> test.plane & 1)});
  test.operand = PlaneTest::Operand::Value;
  return findBit(samples, format.getValueBits(), /*inverted=*/false, test) ||
         findThreshold(samples, test) ||
         findBit(samples, format.getValueBits(), /*inverted=*/true, test);
}

static bool findDistanceTest(const NumberFormat &format, PlaneTest &test) {
  SmallVector<Sample> samples;
  for (int64_t v = format.getMin(); v <= format.getMax(); v += format.getStep())
    samples.push_back(
        {v - format.getOffset(), bool(format.encode(v) >> test.plane & 1)});
  test.operand = PlaneTest::Operand::Distance;
  return findBit(samples, format.getValueBits(), /*inverted=*/false, test);
}

/// Successive approximation: from the largest weight to the smallest, compare
/// what is left of the value with a threshold and subtract the weight.
static SmallVector<PlaneTest> planResidualTests(const NumberFormat &format) {
  ArrayRef<int64_t> weights = format.getWeights();
  SmallVector<unsigned> order =
      llvm::to_vector(llvm::seq<unsigned>(weights.size()));
  llvm::sort(order, [&](unsigned a, unsigned b) {
    return std::make_pair(-std::abs(weights[a]), a) <
           std::make_pair(-std::abs(weights[b]), b);
  });
  SmallVector<PlaneTest> tests;
  unsigned done = 0;
  for (unsigned plane : order) {
    SmallVector<Sample> samples;
    for (int64_t v = format.getMin(); v <= format.getMax();
         v += format.getStep()) {
      unsigned bits = format.encode(v);
      samples.push_back({format.decode(bits & ~done), bool(bits >> plane & 1)});
    }
    PlaneTest &test = tests.emplace_back();
    test.plane = plane;
    test.operand = PlaneTest::Operand::Residual;
    [[maybe_unused]] bool found = findThreshold(samples, test);
    assert(found && "format's weights cannot be found one after the other");
    done |= 1u << plane;
  }
  return tests;
}

SmallVector<PlaneTest> bitserial::planPlaneTests(const NumberFormat &format) {
  // A test of the value is one operation, one of the distance from the offset
  // shares a subtraction with the others of its kind, and successive
  // approximation takes up to two per plane.
  SmallVector<PlaneTest> tests(format.getWidth());
  for (auto [plane, test] : llvm::enumerate(tests)) {
    test.plane = plane;
    if (!findDirectTest(format, test) && !findDistanceTest(format, test))
      return planResidualTests(format);
  }
  return tests;
}

//===----------------------------------------------------------------------===//
// Values to planes
//===----------------------------------------------------------------------===//

static Value createSplat(OpBuilder &b, Location loc, VectorType type,
                         int64_t value) {
  unsigned width = type.getElementTypeBitWidth();
  return arith::ConstantOp::create(
      b, loc,
      DenseElementsAttr::get(type, APInt(width, value, /*isSigned=*/true,
                                         /*implicitTrunc=*/true)));
}

/// The vector of i8 whose element i is value(i % 8).
static Value createByteConstant(OpBuilder &b, Location loc, int64_t size,
                                function_ref<int(unsigned)> value) {
  SmallVector<int8_t> elements;
  for (int64_t i = 0; i < size; ++i)
    elements.push_back(int8_t(value(i % 8)));
  return arith::ConstantOp::create(
      b, loc,
      DenseElementsAttr::get(VectorType::get(size, b.getI8Type()),
                             ArrayRef<int8_t>(elements)));
}

static Value createSlice(OpBuilder &b, Location loc, Value vector,
                         int64_t offset, int64_t size) {
  if (size == cast<VectorType>(vector.getType()).getNumElements())
    return vector;
  return vector::ExtractStridedSliceOp::create(
      b, loc, vector, ArrayRef<int64_t>{offset}, ArrayRef<int64_t>{size},
      ArrayRef<int64_t>{1});
}

namespace {
/// Emits the tests of a vector of values in order.
class PlaneTester {
public:
  PlaneTester(OpBuilder &b, Location loc, Value values,
              const NumberFormat &format)
      : b(b), loc(loc), values(values), residual(values), format(format),
        type(cast<VectorType>(values.getType())) {}

  Value getOperand(const PlaneTest &test) {
    switch (test.operand) {
    case PlaneTest::Operand::Value:
      return values;
    case PlaneTest::Operand::Residual:
      return residual;
    case PlaneTest::Operand::Distance:
      if (!distance)
        distance = arith::SubIOp::create(
            b, loc, values, createSplat(b, loc, type, format.getOffset()));
      return distance;
    }
    llvm_unreachable("unknown operand");
  }

  Value emitMask(const PlaneTest &test) {
    Value operand = getOperand(test);
    Value mask;
    switch (test.condition) {
    case PlaneTest::Condition::BitSet:
    case PlaneTest::Condition::BitClear: {
      Value bit = arith::AndIOp::create(
          b, loc, operand,
          createSplat(b, loc, type, int64_t(1) << test.parameter));
      mask =
          arith::CmpIOp::create(b, loc,
                                test.condition == PlaneTest::Condition::BitSet
                                    ? arith::CmpIPredicate::ne
                                    : arith::CmpIPredicate::eq,
                                bit, createSplat(b, loc, type, 0));
      break;
    }
    case PlaneTest::Condition::AtLeast:
    case PlaneTest::Condition::LessThan: {
      bool isLess = test.condition == PlaneTest::Condition::LessThan;
      arith::CmpIPredicate predicate =
          format.isValueUnsigned()
              ? isLess ? arith::CmpIPredicate::ult : arith::CmpIPredicate::uge
          : isLess ? arith::CmpIPredicate::slt
                   : arith::CmpIPredicate::sge;
      mask = arith::CmpIOp::create(b, loc, predicate, operand,
                                   createSplat(b, loc, type, test.parameter));
      break;
    }
    }
    if (test.operand == PlaneTest::Operand::Residual) {
      Value weight = createSplat(b, loc, type, format.getWeights()[test.plane]);
      Value less = arith::SubIOp::create(b, loc, residual, weight);
      residual = arith::SelectOp::create(b, loc, mask, less, residual);
    }
    return mask;
  }

private:
  OpBuilder &b;
  Location loc;
  Value values, distance, residual;
  const NumberFormat &format;
  VectorType type;
};
} // namespace

SmallVector<Value> bitserial::emitPlaneMasks(OpBuilder &b, Location loc,
                                             Value values,
                                             const NumberFormat &format) {
  PlaneTester tester(b, loc, values, format);
  SmallVector<Value> masks(format.getWidth());
  for (const PlaneTest &test : planPlaneTests(format))
    masks[test.plane] = tester.emitMask(test);
  return masks;
}

static Value emitNeonIntrinsic(OpBuilder &b, Location loc, StringRef name,
                               Value lhs, Value rhs) {
  return LLVM::CallIntrinsicOp::create(
             b, loc, lhs.getType(),
             b.getStringAttr("llvm.aarch64.neon." + name), ValueRange{lhs, rhs})
      .getResult(0);
}

/// Moves bit `bit` of element i to bit i % 8 and clears the others. NEON shifts
/// each lane by an amount of its own, to the right where it is negative.
static Value emitBitToLane(OpBuilder &b, Location loc, Value values,
                           int64_t bit, bool inverted) {
  int64_t size = cast<VectorType>(values.getType()).getNumElements();
  Value shifts =
      createByteConstant(b, loc, 16, [&](unsigned i) { return int(i) - bit; });
  Value lanes =
      createByteConstant(b, loc, 16, [](unsigned i) { return 1 << i; });
  Value result = createByteConstant(b, loc, size, [](unsigned) { return 0; });
  for (int64_t i = 0; i < size; i += 16) {
    Value shifted = emitNeonIntrinsic(
        b, loc, "ushl", createSlice(b, loc, values, i, 16), shifts);
    if (inverted)
      shifted = arith::XOrIOp::create(
          b, loc, shifted,
          createByteConstant(b, loc, 16, [](unsigned) { return -1; }));
    shifted = arith::AndIOp::create(b, loc, shifted, lanes);
    result = size == 16
                 ? shifted
                 : vector::InsertStridedSliceOp::create(b, loc, shifted, result,
                                                        ArrayRef<int64_t>{i},
                                                        ArrayRef<int64_t>{1})
                       .getResult();
  }
  return result;
}

/// Adds up each 8 neighbouring bytes, in which different bits are set.
static Value emitSumOfEight(OpBuilder &b, Location loc, Value bytes,
                            const Target &target) {
  int64_t size = cast<VectorType>(bytes.getType()).getNumElements();
  if (target.arch() == Arch::AArch64) {
    // Pairwise additions of whole registers: LLVM does not find addp by itself
    // in the additions below.
    SmallVector<Value> registers;
    for (int64_t i = 0; i < size; i += 16)
      registers.push_back(createSlice(b, loc, bytes, i, 16));
    for (unsigned level = 0; level < 3; ++level) {
      SmallVector<Value> sums;
      for (size_t i = 0; i < registers.size(); i += 2)
        sums.push_back(
            emitNeonIntrinsic(b, loc, "addp", registers[i],
                              registers[i + 1 < registers.size() ? i + 1 : i]));
      registers = std::move(sums);
    }
    return createSlice(b, loc, registers.front(), 0, size / 8);
  }
  for (int64_t half = size / 2; half >= size / 8; half /= 2) {
    SmallVector<int64_t> even, odd;
    for (int64_t i = 0; i < half; ++i) {
      even.push_back(2 * i);
      odd.push_back(2 * i + 1);
    }
    Value sum = arith::AddIOp::create(
        b, loc, vector::ShuffleOp::create(b, loc, bytes, bytes, even),
        vector::ShuffleOp::create(b, loc, bytes, bytes, odd));
    bytes = sum;
  }
  return bytes;
}

Value bitserial::emitMaskBytes(OpBuilder &b, Location loc, Value mask,
                               const Target &target) {
  int64_t size = cast<VectorType>(mask.getType()).getNumElements();
  // x86 moves a mask to an integer by itself. Elsewhere let each element be a
  // different bit of its byte and add up.
  if (target.arch() == Arch::X86_64)
    return vector::BitCastOp::create(
        b, loc, VectorType::get(size / 8, b.getI8Type()), mask);
  Value bits =
      createByteConstant(b, loc, size, [](unsigned i) { return 1 << i; });
  Value zero = createByteConstant(b, loc, size, [](unsigned) { return 0; });
  return emitSumOfEight(
      b, loc, arith::SelectOp::create(b, loc, mask, bits, zero), target);
}

SmallVector<Value> bitserial::emitPlaneBytes(OpBuilder &b, Location loc,
                                             Value values,
                                             const NumberFormat &format,
                                             const Target &target) {
  PlaneTester tester(b, loc, values, format);
  SmallVector<Value> planes(format.getWidth());
  for (const PlaneTest &test : planPlaneTests(format)) {
    bool testsClear = test.condition == PlaneTest::Condition::BitClear;
    if (target.arch() == Arch::AArch64 && format.getValueBits() == 8 &&
        (testsClear || test.condition == PlaneTest::Condition::BitSet))
      planes[test.plane] =
          emitSumOfEight(b, loc,
                         emitBitToLane(b, loc, tester.getOperand(test),
                                       test.parameter, testsClear),
                         target);
    else
      planes[test.plane] = emitMaskBytes(b, loc, tester.emitMask(test), target);
  }
  return planes;
}

//===----------------------------------------------------------------------===//
// Planes to values
//===----------------------------------------------------------------------===//

Value bitserial::emitMaskFromBytes(OpBuilder &b, Location loc, Value bytes,
                                   const Target &target) {
  int64_t size = cast<VectorType>(bytes.getType()).getNumElements() * 8;
  if (target.hasFeature("avx512bw"))
    return vector::BitCastOp::create(
        b, loc, VectorType::get(size, b.getI1Type()), bytes);
  SmallVector<int64_t> spread;
  for (int64_t i = 0; i < size; ++i)
    spread.push_back(i / 8);
  Value lanes = vector::ShuffleOp::create(b, loc, bytes, bytes, spread);
  Value bits =
      createByteConstant(b, loc, size, [](unsigned i) { return 1 << i; });
  return arith::CmpIOp::create(
      b, loc, arith::CmpIPredicate::ne,
      arith::AndIOp::create(b, loc, lanes, bits),
      createByteConstant(b, loc, size, [](unsigned) { return 0; }));
}

Value bitserial::emitValuesFromMasks(OpBuilder &b, Location loc,
                                     ArrayRef<Value> masks,
                                     const NumberFormat &format) {
  auto type =
      VectorType::get(cast<VectorType>(masks.front().getType()).getShape(),
                      b.getIntegerType(format.getValueBits()));
  Value values = createSplat(b, loc, type, format.getOffset());
  for (auto [mask, weight] : llvm::zip_equal(masks, format.getWeights())) {
    Value more = arith::AddIOp::create(b, loc, values,
                                       createSplat(b, loc, type, weight));
    values = arith::SelectOp::create(b, loc, mask, more, values);
  }
  return values;
}

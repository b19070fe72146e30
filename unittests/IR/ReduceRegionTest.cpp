//===- ReduceRegionTest.cpp - Tests of the region of bitserial.reduce -----===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What a region contributes, as a polynomial, is compared with what its ops
// fold to for given bits.
//
//===----------------------------------------------------------------------===//

#include "bitserial/IR/Bitserial.h"
#include "mlir/IR/BuiltinOps.h"
#include "gtest/gtest.h"
#include <random>

using namespace mlir;
using namespace mlir::bitserial;

namespace {

constexpr unsigned kPlanes = 4;

class ReduceRegionTest : public testing::Test {
protected:
  ReduceRegionTest() : builder(&context) {
    context.loadDialect<BitserialDialect>();
    context.getDiagEngine().registerHandler(
        [&](Diagnostic &diagnostic) { lastError = diagnostic.str(); });
    module = ModuleOp::create(builder.getUnknownLoc());
  }

  unsigned pick(unsigned below) { return random() % below; }

  /// A reduce over kPlanes planes with an empty region.
  ReduceOp createReduce() {
    builder.setInsertionPointToEnd(module->getBody());
    Location loc = builder.getUnknownLoc();
    auto words = RankedTensorType::get({kPlanes, 3}, builder.getI8Type());
    Value input = tensor::EmptyOp::create(builder, loc, words, ValueRange());
    Value init = arith::ConstantOp::create(
        builder, loc,
        DenseIntElementsAttr::get(
            RankedTensorType::get({}, builder.getI32Type()), 0));
    AffineMap identity = builder.getMultiDimIdentityMap(1);
    AffineMap none = AffineMap::get(1, 0, &context);
    auto reduce =
        ReduceOp::create(builder, loc, init.getType(), ValueRange(input), init,
                         builder.getAffineMapArrayAttr({identity, none}),
                         builder.getDenseI64ArrayAttr({0}),
                         /*numbers=*/ArrayAttr());
    SmallVector<Type> types(kPlanes, builder.getI1Type());
    SmallVector<Location> locations(kPlanes, loc);
    builder.createBlock(&reduce.getRegion(), {}, types, locations);
    return reduce;
  }

  /// Appends a random op whose operands are among `values`.
  void createOp(SmallVectorImpl<Value> &values) {
    Location loc = builder.getUnknownLoc();
    auto any = [&] { return values[pick(values.size())]; };
    Value x = any(), y = any();
    for (int tries = 0; x.getType() != y.getType() && tries < 20; ++tries)
      y = any();
    if (x.getType() != y.getType())
      y = x;
    unsigned width = x.getType().getIntOrFloatBitWidth();
    Type wider = builder.getIntegerType(width == 1 ? 8 : width == 8 ? 32 : 64);
    auto constant = [&](Type type, int64_t value) -> Value {
      return arith::ConstantOp::create(builder, loc,
                                       builder.getIntegerAttr(type, value));
    };
    switch (pick(12)) {
    case 0:
      return values.push_back(arith::AndIOp::create(builder, loc, x, y));
    case 1:
      return values.push_back(arith::OrIOp::create(builder, loc, x, y));
    case 2:
      return values.push_back(arith::XOrIOp::create(builder, loc, x, y));
    case 3:
      return values.push_back(arith::AddIOp::create(builder, loc, x, y));
    case 4:
      return values.push_back(arith::SubIOp::create(builder, loc, x, y));
    case 5:
      return values.push_back(arith::MulIOp::create(builder, loc, x, y));
    case 6:
      if (width < 64)
        values.push_back(arith::ExtUIOp::create(builder, loc, wider, x));
      return;
    case 7:
      if (width < 64)
        values.push_back(arith::ExtSIOp::create(builder, loc, wider, x));
      return;
    case 8:
      if (width > 8)
        values.push_back(arith::TruncIOp::create(
            builder, loc, builder.getIntegerType(width == 64 ? 32 : 8), x));
      return;
    case 9:
      return values.push_back(arith::ShLIOp::create(
          builder, loc, x, constant(x.getType(), pick(width))));
    case 10:
      return values.push_back(
          arith::SelectOp::create(builder, loc, values[pick(kPlanes)], x, y));
    case 11:
      return values.push_back(
          constant(x.getType(), width == 1 ? pick(2) : int(pick(20)) - 10));
    }
  }

  /// What the region of `reduce` yields for these bits, by folding.
  int64_t run(ReduceOp reduce, uint32_t bits) {
    Block &body = reduce.getRegion().front();
    DenseMap<Value, Attribute> constants;
    for (BlockArgument argument : body.getArguments())
      constants[argument] =
          builder.getBoolAttr(bits >> argument.getArgNumber() & 1);
    for (Operation &op : body.without_terminator()) {
      SmallVector<Attribute> operands;
      for (Value operand : op.getOperands())
        operands.push_back(constants.at(operand));
      SmallVector<OpFoldResult> results;
      EXPECT_TRUE(succeeded(op.fold(operands, results)));
      if (results.empty()) // In place: its operands were all equal.
        results.push_back(op.getOperand(0));
      auto value = dyn_cast<Value>(results[0]);
      constants[op.getResult(0)] =
          value ? constants.at(value) : cast<Attribute>(results[0]);
    }
    Value yielded = cast<YieldOp>(body.getTerminator()).getValue();
    return cast<IntegerAttr>(constants.at(yielded)).getValue().getSExtValue();
  }

  MLIRContext context;
  OpBuilder builder;
  OwningOpRef<ModuleOp> module;
  std::string lastError;
  std::mt19937 random{3};
};

TEST_F(ReduceRegionTest, RandomRegions) {
  int polynomials = 0;
  for (int round = 0; round < 1000; ++round) {
    ReduceOp reduce = createReduce();
    SmallVector<Value> values(reduce.getRegion().getArguments());
    for (unsigned i = 0, e = 1 + pick(10); i < e; ++i)
      createOp(values);
    Value last = values.back();
    unsigned width = last.getType().getIntOrFloatBitWidth();
    Location loc = builder.getUnknownLoc();
    if (width < 32)
      last = arith::ExtSIOp::create(builder, loc, builder.getI32Type(), last);
    if (width > 32)
      last = arith::TruncIOp::create(builder, loc, builder.getI32Type(), last);
    YieldOp::create(builder, loc, last);

    FailureOr<BitPolynomial> contribution = reduce.getContribution();
    if (failed(contribution)) {
      EXPECT_NE(lastError.find("region of bitserial.reduce"), std::string::npos)
          << lastError;
      continue;
    }
    ++polynomials;
    for (uint32_t bits = 0; bits < 1u << kPlanes; ++bits)
      ASSERT_EQ(contribution->evaluate(bits), run(reduce, bits))
          << contribution->str();
  }
  // Not all of them are refused.
  EXPECT_GT(polynomials, 150);
}

// 2^40 factors, but b * b = b.
TEST_F(ReduceRegionTest, PowersOfBits) {
  ReduceOp reduce = createReduce();
  Location loc = builder.getUnknownLoc();
  Value sum = arith::ExtUIOp::create(builder, loc, builder.getI32Type(),
                                     reduce.getRegion().getArgument(0));
  for (int i = 0; i < 40; ++i)
    sum = arith::MulIOp::create(builder, loc, sum, sum);
  YieldOp::create(builder, loc, sum);
  FailureOr<BitPolynomial> contribution = reduce.getContribution();
  ASSERT_TRUE(succeeded(contribution));
  EXPECT_EQ(*contribution, BitPolynomial::variable(0));
}

} // namespace

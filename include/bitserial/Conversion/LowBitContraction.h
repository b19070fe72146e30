//===- LowBitContraction.h - A model's contraction as ours ------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What the importers of all source dialects share: whether a contraction is
/// worth a bitserial.contract, and the ops that replace it.
///
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_CONVERSION_LOWBITCONTRACTION_H
#define BITSERIAL_CONVERSION_LOWBITCONTRACTION_H

#include "bitserial/Conversion/ImportReport.h"
#include "bitserial/Conversion/Ranges/LowBitFormat.h"
#include "bitserial/Conversion/Ranges/RangeAnalysis.h"
#include "mlir/IR/AffineMap.h"
#include "mlir/IR/PatternMatch.h"

namespace mlir::bitserial {

/// A contraction as the dimensions of a bitserial.contract.
struct ContractionShape {
  AffineMap lhsMap, rhsMap, resultMap;
  /// Padding of each dimension of the lhs; empty for none.
  SmallVector<int64_t> padLow, padHigh;
  /// Shapes of the operands and the result as the maps have them. Those of the
  /// model have the same elements in the same order, but may group dimensions
  /// in another way.
  SmallVector<int64_t> lhsShape, rhsShape, resultShape;
  /// How many of the last dimensions of resultShape the bias runs along.
  unsigned biasRank = 0;
};

/// A convolution or matrix product of a model: sums of
/// (lhs - zero point) * (rhs - zero point), plus a bias.
class LowBitContraction {
public:
  struct Operand {
    Value value;
    int64_t zeroPoint = 0;
    /// The elements less the zero point.
    ValueSet values = ValueSet::unknown();
    std::optional<LowBitFormat> format;
    /// The operand as a constant, else null.
    DenseIntElementsAttr constant;
  };

  /// `op` has one result. `ranges` is used by setOperand() only.
  LowBitContraction(Operation *op, const RangeAnalysis &ranges)
      : op(op), ranges(&ranges) {}

  /// Sets operand 0 (lhs) or 1 (rhs). A zero point that failed is not known.
  void setOperand(unsigned index, Value value, FailureOr<int64_t> zeroPoint);

  /// Whether operands and result are ranked tensors of static shapes.
  bool hasStaticShapes() const;

  /// Chooses the formats; where there are none, or it is not worth it, sets
  /// `reason`. `maxPlaneProducts` bounds the product of the operands' bits.
  void decide(unsigned maxPlaneProducts);

  /// What was decided.
  LayerReport getReport() const;

  /// Builds the ops that compute the result, given that `reason` is empty.
  Value emit(OpBuilder &b) const;

  Operation *op;
  Operand operands[2];
  /// One element or one per output channel, of the result's element type; null
  /// for none.
  Value bias;
  ContractionShape shape;
  /// Why this stays an ordinary contraction; empty if it becomes a low-bit one.
  std::string reason;

private:
  std::string findObstacle(unsigned maxPlaneProducts);
  /// Products per element of the result; at most the elements of the rhs.
  int64_t countTerms() const;
  Value emitOperand(OpBuilder &b, unsigned index) const;
  Value emitBias(OpBuilder &b, Value sums) const;

  const RangeAnalysis *ranges;
};

/// Finds the contraction that an op is, decided; nullopt if it is none.
using ContractionFinder = llvm::function_ref<std::optional<LowBitContraction>(
    Operation *, const RangeAnalysis &)>;

/// Converts those contractions of a module that have become low-bit ones. What
/// became of each is a remark, and goes to `report` (if not null) and to the
/// file `reportFile` (if not empty). Fails with a diagnostic.
LogicalResult convertContractions(ModuleOp module, ContractionFinder find,
                                  ImportReport *report, StringRef reportFile);

/// `value`, a tensor of static shape, with the shape `shape`, which groups the
/// same elements in the same order in another way.
Value createReshape(OpBuilder &b, Location loc, Value value,
                    ArrayRef<int64_t> shape);

} // namespace mlir::bitserial

#endif // BITSERIAL_CONVERSION_LOWBITCONTRACTION_H

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
#include "bitserial/Conversion/Ranges/ConstantEvaluator.h"
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

/// What the user wants of an import.
struct ImportOptions {
  /// At most this many products of bit planes, the bits of one operand times
  /// those of the other, where whole numbers cannot be multiplied instead.
  unsigned maxPlaneProducts = 16;
  /// Whether sums of floats may differ from the model's by a bound that is
  /// reported, where they cannot be proved to be the same.
  bool allowReassociation = false;
  /// The magnitude of float inputs, see RangeAnalysis.
  double maxInput = kDefaultMaxInput;
};

/// What is known of a model as it is, while its contractions are examined.
struct ModelFacts {
  const RangeAnalysis &ranges;
  ConstantEvaluator &constants;
  const ImportOptions &options;
};

class IntegerTensors;

/// A convolution or matrix product of a model: sums of
/// (lhs - zero point) * (rhs - zero point), plus a bias. Of floats, elements
/// are multiples of a unit, and the contraction is one of integers, scaled,
/// where every sum that can occur is a number that the type has: then no order
/// of additions rounds.
class LowBitContraction {
public:
  struct Operand {
    Value value;
    /// 0 of floats.
    int64_t zeroPoint = 0;
    /// The elements less the zero point; of floats, the multiples of the unit.
    ValueSet values = ValueSet::unknown();
    std::optional<LowBitFormat> format;
    /// The operand as a constant, also a computed one, else null.
    DenseElementsAttr constant;

    /// Of floats: their values; the unit of all, or of every channel; relative
    /// error of a multiple of the unit for an element; the largest sum of
    /// magnitudes of multiples of a channel.
    FloatSet floats;
    SmallVector<double> units;
    double deviation = 0;
    SmallVector<double> norms;
    /// The dimensions of the operand's shape (as the maps have it) that
    /// channels run along: those of constants that are in the result as well.
    SmallVector<unsigned> channelDims;

    bool isFloat() const { return bool(getFloatElement(value.getType())); }
  };

  /// `op` has one result. `facts` are used by setOperand() and decide() only.
  LowBitContraction(Operation *op, const ModelFacts &facts)
      : op(op), facts(&facts) {}

  /// Sets operand 0 (lhs) or 1 (rhs). A zero point that failed is not known.
  void setOperand(unsigned index, Value value, FailureOr<int64_t> zeroPoint);

  /// Whether operands and result are ranked tensors of static shapes.
  bool hasStaticShapes() const;

  /// Chooses the formats; where there are none, or it is not worth it, sets
  /// `reason`.
  void decide();

  /// What was decided.
  LayerReport getReport() const;

  /// Builds the ops that compute the result, given that `reason` is empty.
  Value emit(OpBuilder &b, IntegerTensors &integers) const;

  Operation *op;
  Operand operands[2];
  /// One element or one per output channel, of the result's element type; null
  /// for none.
  Value bias;
  ContractionShape shape;
  /// Why this stays an ordinary contraction; empty if it becomes a low-bit one.
  std::string reason;
  /// Whether it becomes one of numbers of many bits, which are not worth taking
  /// apart.
  bool isWholeNumbers = false;
  /// By how much elements of the result may differ from the model's; 0 where
  /// they are proved to be the same.
  double errorBound = 0;

private:
  std::string findObstacle();
  /// How many products of planes there are, which is too many.
  std::string describePlaneProducts() const;
  /// Products per element of the result; at most the elements of the rhs.
  int64_t countTerms() const;
  /// Finds units, values and norms of an operand of floats; why not.
  std::string findUnits(unsigned index);
  std::string findUnitsOfConstant(unsigned index);
  /// Whether all sums of floats are exact; else why not, and the error bound.
  std::string checkExactness();
  Value emitOperand(OpBuilder &b, IntegerTensors &integers,
                    unsigned index) const;
  Value emitScale(OpBuilder &b, Value sums) const;
  Value emitBias(OpBuilder &b, Value sums) const;

  const ModelFacts *facts;
};

/// Finds the contraction that an op is, decided; nullopt if it is none.
using ContractionFinder = llvm::function_ref<std::optional<LowBitContraction>(
    Operation *, const ModelFacts &)>;

/// Converts those contractions of a module that have become low-bit ones. What
/// became of each is a remark, and goes to `report` (if not null) and to the
/// file `reportFile` (if not empty). Fails with a diagnostic.
LogicalResult convertContractions(ModuleOp module, ContractionFinder find,
                                  const ImportOptions &options,
                                  ImportReport *report, StringRef reportFile);

/// `value`, a tensor of static shape, with the shape `shape`, which groups the
/// same elements in the same order in another way.
Value createReshape(OpBuilder &b, Location loc, Value value,
                    ArrayRef<int64_t> shape);

} // namespace mlir::bitserial

#endif // BITSERIAL_CONVERSION_LOWBITCONTRACTION_H

//===- ScalarFunction.h - Functions of one integer, per channel -*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What ops of arith and math make of one integer, where all else that they
/// read is constant, one number per channel: evaluated as generated code
/// evaluates it, rounding of floats and wrapping of integers included, and
/// whether it is monotone. Private to the import.
///
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_LIB_CONVERSION_SCALARFUNCTION_H
#define BITSERIAL_LIB_CONVERSION_SCALARFUNCTION_H

#include "mlir/IR/Operation.h"
#include "llvm/ADT/DenseMap.h"
#include <optional>
#include <vector>

namespace mlir::bitserial {

/// Numbers of one type, one per lane: integers of at most 64 bits,
/// sign-extended (those of i1 are 0 and 1), or floats of at most 64 bits. The
/// other vector is empty.
struct LaneValues {
  std::vector<int64_t> integers;
  std::vector<double> reals;
};

/// `count` copies of a constant of integer or float type; nullopt for others.
std::optional<LaneValues> getConstantLanes(Attribute constant, size_t count);

/// What `op`, an elementwise op of arith or math on scalars, makes of
/// `operands`, lane by lane. Nullopt if the op is not known, may be computed
/// in several ways, or has no defined result for a lane (an integer that a
/// float does not fit, too long a shift, ...).
std::optional<LaneValues> evaluateLanes(Operation *op,
                                        ArrayRef<const LaneValues *> operands,
                                        size_t numLanes);

/// How a function behaves on an interval of integers.
enum class Trend : char { Constant, Increasing, Decreasing, Unknown };

/// A function of one integer with constants per channel.
class ScalarFunction {
public:
  /// `result` is computed by `ops`, in this order, from `argument` and
  /// `constants`, each of `numChannels` numbers.
  ScalarFunction(Value argument, Value result, ArrayRef<Operation *> ops,
                 llvm::DenseMap<Value, LaneValues> constants,
                 size_t numChannels)
      : argument(argument), result(result), ops(ops),
        constants(std::move(constants)), numChannels(numChannels) {}

  size_t getNumChannels() const { return numChannels; }

  /// The results for `arguments`, each of the channel of the same place in
  /// `channels`. Nullopt where evaluateLanes has it.
  std::optional<LaneValues> evaluate(ArrayRef<int64_t> arguments,
                                     ArrayRef<size_t> channels) const;

  /// The trend of each channel on low..high, by what is known of each op:
  /// rounding is monotone, so that sums with constants, products with them,
  /// conversions, clamps and so on are, as long as nothing wraps around or is
  /// NaN. Ends of the interval show whether it does. Unknown is no proof.
  std::vector<Trend> findTrends(int64_t low, int64_t high) const;

private:
  Value argument, result;
  SmallVector<Operation *> ops;
  llvm::DenseMap<Value, LaneValues> constants;
  size_t numChannels;
};

} // namespace mlir::bitserial

#endif // BITSERIAL_LIB_CONVERSION_SCALARFUNCTION_H

//===- ImportReport.h - What the import made of a model ---------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_CONVERSION_IMPORTREPORT_H
#define BITSERIAL_CONVERSION_IMPORTREPORT_H

#include "mlir/Support/LLVM.h"
#include "llvm/Support/Error.h"
#include <cstdint>
#include <string>
#include <vector>

namespace llvm::json {
class Value;
} // namespace llvm::json

namespace mlir::bitserial {

/// What is known of one operand of a contraction.
struct OperandReport {
  /// The type of the elements in the model: "i8".
  std::string type;
  /// The values of the elements, less the zero point: "0..3", "{0, 0.5}"; empty
  /// if nothing is known of them.
  std::string values;
  /// The format that holds them: "2-bit unsigned"; empty if there is none.
  std::string format;
  /// The bits of the format, 0 if there is none.
  unsigned bits = 0;
  /// Whether the operand is a constant of the model.
  bool isConstant = false;
};

/// A convolution or matrix product of the model.
struct LayerReport {
  std::string function;
  /// "file:line:column", or empty.
  std::string location;
  std::string op;
  /// The shape of the result.
  std::vector<int64_t> shape;
  /// Products per element of the result, 0 if shapes are dynamic.
  int64_t terms = 0;
  OperandReport activations, weights;
  /// Whether the layer has become a bitserial.contract of numbers of few bits,
  /// or one of numbers of more, which are multiplied as they are.
  bool isLowBit = false, isWholeNumbers = false;
  /// Why it has not few bits.
  std::string reason;
  /// By how much an element of the result may differ from the model's, a float;
  /// 0 if it does not differ.
  double errorBound = 0;
  /// How the sums become what the next layer reads: "3 thresholds", "fixed
  /// point" (integer arithmetic) or "float"; empty if they are used as they
  /// are, or the layer is not low-bit.
  std::string requantization;

  /// One line: "low-bit: 2-bit unsigned x 1-bit bipolar" or "not low-bit: ...".
  std::string summary() const;
};

/// All contractions of a model, in order.
struct ImportReport {
  std::vector<LayerReport> layers;
  /// What float inputs are taken to be at most, if a low-bit contraction
  /// depends on it, else 0.
  double maxInput = 0;

  int64_t numLowBit() const;
  /// A table, one line per layer, and a line that counts them.
  void print(raw_ostream &os) const;
  /// {"layers": [...], "low_bit": n, "total": n, "max_input": x or null}; the
  /// members of a layer are those of LayerReport in snake case.
  llvm::json::Value toJSON() const;
  /// Writes the table, or JSON if the name ends in .json, to a file; "-" is
  /// standard output.
  llvm::Error write(StringRef path) const;
};

} // namespace mlir::bitserial

#endif // BITSERIAL_CONVERSION_IMPORTREPORT_H

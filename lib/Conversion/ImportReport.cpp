//===- ImportReport.cpp - What the import made of a model -----------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Conversion/ImportReport.h"
#include "bitserial/Conversion/Ranges/FloatSet.h"
#include "mlir/Support/FileUtilities.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/ToolOutputFile.h"
#include "llvm/Support/raw_ostream.h"
#include <array>

using namespace mlir;
using namespace mlir::bitserial;
using llvm::formatv;

std::string LayerReport::summary() const {
  if (!isLowBit && !isWholeNumbers)
    return "not low-bit: " + reason;
  std::string text = formatv("{0}: {1} activations, {2} weights",
                             isLowBit ? "low-bit" : "as whole numbers",
                             activations.format, weights.format);
  if (errorBound != 0)
    text += ", error up to " + printNumber(errorBound);
  return text;
}

int64_t ImportReport::numLowBit() const {
  return llvm::count_if(
      layers, [](const LayerReport &layer) { return layer.isLowBit; });
}

/// "i8 0..3: 2-bit unsigned"
static std::string describe(const OperandReport &operand) {
  std::string text = operand.type;
  if (!operand.values.empty())
    text += " " + operand.values;
  if (!operand.format.empty())
    text += ": " + operand.format;
  return text;
}

static std::string describeResult(const LayerReport &layer) {
  if (!layer.isLowBit && !layer.isWholeNumbers)
    return "ordinary: " + layer.reason;
  std::string text =
      formatv("{0}, {1} x {2} {3}, {4} terms",
              layer.isWholeNumbers ? "whole numbers" : "low-bit",
              layer.activations.bits, layer.weights.bits,
              layer.isWholeNumbers ? "bits" : "planes", layer.terms);
  if (!layer.requantization.empty())
    text += ", " + layer.requantization;
  if (layer.errorBound != 0)
    text += ", error up to " + printNumber(layer.errorBound);
  return text;
}

void ImportReport::print(raw_ostream &os) const {
  using Row = std::array<std::string, 5>;
  SmallVector<Row> rows = {
      {"layer", "result", "activations", "weights", "compiled as"}};
  for (const LayerReport &layer : layers)
    rows.push_back(
        {layer.location.empty() ? layer.op : layer.location + " " + layer.op,
         llvm::join(llvm::map_range(layer.shape,
                                    [](int64_t size) {
                                      return size < 0 ? std::string("?")
                                                      : std::to_string(size);
                                    }),
                    "x"),
         describe(layer.activations), describe(layer.weights),
         describeResult(layer)});
  std::array<size_t, 5> widths{};
  for (const Row &row : rows)
    for (auto [width, cell] : llvm::zip_equal(widths, row))
      width = std::max(width, cell.size());
  for (const Row &row : rows) {
    std::string line;
    for (auto [width, cell] : llvm::zip_equal(widths, row))
      line += formatv("{0}{1}  ", cell, std::string(width - cell.size(), ' '));
    os << StringRef(line).rtrim() << '\n';
  }
  os << formatv("{0} of {1} contractions are low-bit\n", numLowBit(),
                layers.size());
  if (maxInput)
    os << formatv(
        "float inputs are taken to be numbers of magnitude up to {0}\n",
        printNumber(maxInput));
}

static llvm::json::Value toJSON(const OperandReport &operand) {
  return llvm::json::Object{
      {"type", operand.type},
      {"values", operand.values},
      {"format", operand.format},
      {"bits", int64_t(operand.bits)},
      {"is_constant", operand.isConstant},
  };
}

llvm::json::Value ImportReport::toJSON() const {
  llvm::json::Array array;
  for (const LayerReport &layer : layers)
    array.push_back(llvm::json::Object{
        {"function", layer.function},
        {"location", layer.location},
        {"op", layer.op},
        {"shape", llvm::json::Array(layer.shape)},
        {"terms", layer.terms},
        {"activations", ::toJSON(layer.activations)},
        {"weights", ::toJSON(layer.weights)},
        {"is_low_bit", layer.isLowBit},
        {"is_whole_numbers", layer.isWholeNumbers},
        {"reason", layer.reason},
        {"error_bound", layer.errorBound},
        {"requantization", layer.requantization},
    });
  return llvm::json::Object{{"layers", std::move(array)},
                            {"low_bit", numLowBit()},
                            {"total", int64_t(layers.size())},
                            {"max_input", maxInput
                                              ? llvm::json::Value(maxInput)
                                              : llvm::json::Value(nullptr)}};
}

llvm::Error ImportReport::write(StringRef path) const {
  std::string message;
  std::unique_ptr<llvm::ToolOutputFile> file = openOutputFile(path, &message);
  if (!file)
    return llvm::createStringError("cannot write the report: " + message);
  if (path.ends_with(".json"))
    file->os() << formatv("{0:2}\n", toJSON());
  else
    print(file->os());
  file->os().flush();
  if (std::error_code problem = file->os().error()) {
    file->os().clear_error(); // Its destructor would end the process.
    return llvm::createStringError(problem, "cannot write the report '" + path +
                                                "': " + problem.message());
  }
  file->keep();
  return llvm::Error::success();
}

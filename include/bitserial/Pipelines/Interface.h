//===- Interface.h - The C interface of a module ----------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What a caller in C or Python has to know of a module's public functions.
//
// A function `func.func @f(%x: tensor<…>, %s: i32) -> (tensor<…>, i32)` becomes
// the C function `int32_t f(const T *x, int32_t s, U *result)`:
//  - a tensor is a pointer to its elements, row-major and contiguous;
//  - the tensors among the results are further pointers, in order, behind the
//    arguments; the caller provides the memory;
//  - scalars are passed by value, and one scalar result is returned by value.
// Low-bit tensors are arrays of their values, or of their words if they have a
// layout.
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_PIPELINES_INTERFACE_H
#define BITSERIAL_PIPELINES_INTERFACE_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Support/LLVM.h"

#include <cstdint>
#include <string>
#include <vector>

namespace llvm {
class SourceMgr;
} // namespace llvm

namespace mlir::bitserial {

/// One argument or result.
struct ValueInterface {
  /// The name of an argument in the source; empty for results, and where the
  /// source has numbers for names.
  std::string name;

  /// A tensor, passed as a pointer, rather than a scalar.
  bool isTensor = false;
  /// Sizes, outermost first, as they lie in memory. Empty for scalars and for
  /// tensors of rank 0.
  std::vector<int64_t> shape;

  /// The type in MLIR: "tensor<4x64x!bitserial.int<2, unsigned>>".
  std::string type;
  /// The format of low-bit numbers in words, else empty.
  std::string format;
  /// For a packed tensor: what lies in memory are words, not values.
  bool isPacked = false;

  /// The type of an element in memory: `bits` is 8, 16, 32 or 64.
  bool isFloat = false;
  /// An i1, in a byte of its own.
  bool isBool = false;
  bool isSigned = false;
  unsigned bits = 0;
  /// In C: "int8_t", "float". Half precision, which C lacks, is "uint16_t".
  std::string cType;

  /// Whether the values are limited to minimum, minimum + step, ..., maximum.
  bool isLimited = false;
  int64_t minimum = 0, maximum = 0, step = 1;

  /// The number of elements.
  int64_t numElements() const;
  /// The allowed values of a limited element: "-3, -1, 1, 3" or "0..255".
  std::string allowedValues() const;
};

struct FunctionInterface {
  std::string name;
  std::vector<ValueInterface> arguments;
  std::vector<ValueInterface> results;
  /// Known once the module is lowered. The size in bytes of the memory that the
  /// function works in; if it is not 0, there is a variant that gets it from
  /// the caller, see PlanMemory in Transforms/Passes.td.
  int64_t arenaBytes = 0;
  /// Whether it allocates memory besides.
  bool allocates = false;
  /// Arguments of floats are taken to be numbers of at most this magnitude, see
  /// ImportReport; 0 if nothing is taken for granted. Known once the module is
  /// lowered.
  double maxInput = 0;
};

/// Describes the public functions that have a body, in their order. The module
/// must not be lowered yet. Arguments get their names if `sources` holds the
/// text that the module was parsed from.
///
/// Emits an error and fails if a function cannot be called from C: a shape is
/// dynamic, an element type has no counterpart, or more than one scalar is
/// returned.
FailureOr<std::vector<FunctionInterface>>
describeInterface(ModuleOp module, const llvm::SourceMgr *sources = nullptr);

/// `text` with what cannot stand in a C identifier replaced by '_'.
std::string makeCIdentifier(llvm::StringRef text);

/// Whether `text` can be the name of a C function.
bool isCIdentifier(llvm::StringRef text);

/// The text of a C header that declares the functions, each under its name
/// with `prefix` before it. `title` (a file name) becomes the include guard;
/// `description` is put into the comment at the top.
std::string generateHeader(llvm::ArrayRef<FunctionInterface> functions,
                           llvm::StringRef prefix, llvm::StringRef title,
                           llvm::StringRef description);

} // namespace mlir::bitserial

#endif // BITSERIAL_PIPELINES_INTERFACE_H

//===- PackKernel.h - Kernels that pack values ------------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A pack kernel says how a vector of low-bit numbers becomes bit planes. It is
/// a module with one straight-line function:
///
///     module @"pack-u2-v64" attributes {bitserial.pack = {
///         spec = {format = !bitserial.int<2, unsigned>, values = 64},
///         cpu = "haswell", features = ["avx2"], steps = 1, sketch = "...",
///         cycles = "5.00"}} {
///       func.func @pack(%values: vector<64xi8>)
///           -> (vector<8xi8>, vector<8xi8>) { ... }
///     }
///
/// The argument holds numbers of the format in its value type (IntType). There
/// is one result for each plane, of values / 8 bytes: bit i % 8 of byte i / 8
/// of plane p is bit p of number i. What values outside the format give is
/// unspecified. Words of any width are the same bytes, which is why a kernel
/// serves all layouts.
///
/// `steps` says how many vectors of values an iteration of a loop should take:
/// all are loaded and packed before the first word is stored, which hides
/// latencies of cores that execute in order.
///
/// Of the attribute `spec` must be there; the others default to an empty text
/// or list, and to 1. The body is code as in kernels of reductions (Kernel.h).
///
/// What makes a pack kernel correct is proved by Synthesis/PackProver.h. Here
/// it is only checked to be well-formed.
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_TRANSFORMS_PACKKERNEL_H
#define BITSERIAL_TRANSFORMS_PACKKERNEL_H

#include "bitserial/IR/NumberFormat.h"
#include "bitserial/Target/Target.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/DialectInterface.h"
#include "mlir/IR/OwningOpRef.h"

#include <optional>
#include <string>

namespace mlir::bitserial {

/// What a pack kernel computes.
struct PackSpec {
  NumberFormat format;
  /// The numbers that are packed at once: 16, 32 or 64.
  unsigned numValues = 64;

  /// Whether a pack kernel can have so many values.
  static bool isValidNumValues(int64_t numValues) {
    return numValues == 16 || numValues == 32 || numValues == 64;
  }

  /// One line that tells specs apart: "pack=unsigned:2:0 values=64" (kind,
  /// width and zero point).
  std::string str() const;
  /// A short name for people and for files: "pack-u2-v64". The first letter of
  /// the kind, the width and, if there is one, "z" and the zero point.
  std::string name() const;

  /// vector<values x iN>, N as the format's value type has.
  VectorType valueType(MLIRContext *context) const;
  /// vector<values/8 x i8>.
  VectorType planeType(MLIRContext *context) const;

  /// As the entry `spec` of the attribute, and back. Emits an error at `loc` if
  /// the attribute is no spec.
  Attribute toAttr(MLIRContext *context) const;
  static FailureOr<PackSpec> fromAttr(Location loc, Attribute attr);

  bool operator==(const PackSpec &other) const { return str() == other.str(); }
};

/// A well-formed pack kernel; a view of its module.
class PackKernel {
public:
  static constexpr llvm::StringLiteral kAttrName = "bitserial.pack";
  static constexpr int64_t kMaxSteps = 8;

  /// Reads the attribute and the function of a module. Emits a diagnostic that
  /// says what is wrong with it.
  static FailureOr<PackKernel> get(ModuleOp module);

  /// Parses the text of a module; `name` is for diagnostics.
  static FailureOr<PackKernel> parse(MLIRContext *context, StringRef text,
                                     StringRef name,
                                     OwningOpRef<ModuleOp> &owner);

  /// A module whose function is filled by `emit`, which is given the values and
  /// returns the planes. It has the attribute, with the spec alone.
  static OwningOpRef<ModuleOp>
  create(MLIRContext *context, const PackSpec &spec,
         function_ref<SmallVector<Value>(OpBuilder &, Location, Value)> emit);

  /// What the lowering uses where there is no kernel (emitPlaneBytes).
  static OwningOpRef<ModuleOp> makeReference(MLIRContext *context,
                                             const PackSpec &spec,
                                             const Target &target);

  /// Sets the attribute of `module` to what the fields below say.
  void writeAttribute() const;

  /// Whether `target` has the features.
  bool isSupportedBy(const Target &target) const;

  /// Clones the body to where `b` is; returns the planes of `values`.
  SmallVector<Value> inlineAt(OpBuilder &b, Location loc, Value values) const;

  ModuleOp module;
  PackSpec spec;
  std::string cpu; ///< What it was made for.
  /// What a target must have, in LLVM's names.
  SmallVector<std::string, 4> features;
  func::FuncOp function;
  int64_t steps = 1;  ///< Vectors of values for an iteration, up to kMaxSteps.
  std::string sketch; ///< How it came about, for people.
  double cycles = 0;  ///< Modelled, to load, pack and store the values.
};

/// Where pack kernels come from, as KernelSource is for kernels of reductions:
/// an interface of the bitserial dialect.
class PackKernelSource : public DialectInterface::Base<PackKernelSource> {
public:
  using Base::Base;
  ~PackKernelSource() override;

  /// The source that the context has been given, or null.
  static PackKernelSource *get(MLIRContext *context);

  struct Answer {
    PackKernel kernel;
    /// For remarks: "from the library (haswell/pack-u2-v64.mlir)".
    std::string origin;
  };
  /// The kernel for a spec on a target, or nullopt. Called from several threads
  /// at once. The kernel lives as long as the context of the dialect.
  virtual std::optional<Answer> find(const PackSpec &spec,
                                     const Target &target) = 0;
};

} // namespace mlir::bitserial

#endif // BITSERIAL_TRANSFORMS_PACKKERNEL_H

//===- Kernel.h - Micro-kernels as MLIR -------------------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A kernel says how the sums of a `bitserial.reduce` micro-tile are computed,
/// one accumulator at a time, whatever the numbers of rows, columns and
/// reduction steps. It is a module of straight-line functions on vectors:
///
///     module @a1w1 attributes {bitserial.kernel = {
///         spec = {planes = [1, 1], terms = [[3, 1]], word = 64,
///                 lanes = "outputs"},
///         cpu = "haswell", features = ["avx2"],
///         state = ["bits", "counter", "sum"],
///         passes = [{planes = [0, 1], capacity = 255,
///                    steps = [{words = 4, cost = 8}, {words = 1, cost = 8}]}],
///         group = 1, tile = [1, 2], sketch = "...", cycles = "1.63"}} {
///       func.func @step_0_4(...)   // step of pass 0 that takes 4 words
///       func.func @step_0_1(...)
///       func.func @flush_0(...)
///       func.func @end_0(...)
///       func.func @finish(...)
///     }
///
/// An accumulator's *state* is a list of vectors, all zero at first. Vectors of
/// words have `lanes` x i`word` with as many lanes as a vector register holds.
///   - `@step_P_U(state..., words...) -> state`: adds what U positions of the
///     reduction contribute in pass P. The words are, position by position, one
///     vector for each of the pass's planes (numbered through the inputs, as
///     the arguments of the region of the reduce are). With the entry
///     `shared_words` and lanes of outputs, words of all inputs but the last
///     are the same in all lanes; the kernel is not used where they are not;
///   - `@flush_P(state...) -> state`: empties the counters; absent if the pass
///     has none;
///   - `@end_P(state...) -> state`: after the last step of pass P, without a
///     flush before; absent if there is nothing to do. Leaves counters and bits
///     zero;
///   - `@finish(state... of `group` accumulators, one after the other) ->
///     vector<NxI32>`: the sums, modulo 2^32. If lanes are outputs (`lanes =
///     "outputs"`, group 1) there is one for each lane, else (`lanes =
///     "reduction"`) one for each accumulator of the group.
///
/// The components of the state are
///   - "sum": lanes of numbers that may wrap around, modulo 2^width;
///   - "counter": lanes of unsigned numbers; "signed-counter": of signed ones.
///     Their magnitude is at most the sum of the `cost` of the steps since the
///     last flush (or the begin of the pass), which must not exceed `capacity`;
///   - "bits": bits without an invariant (carry-save state). They are carried
///     through flushes.
///
/// Of the attribute, `spec`, `state` and `passes` must be there; the others
/// default to an empty text or list, and to 1. `max_positions`, if it is there,
/// is the largest number of positions (words of one plane that a lane takes in
/// all) that the kernel is right for: sums of less than 32 bits do not wrap
/// around up to that number. Only the reference lowering makes use of it.
/// `shared_words` is there or not.
///
/// Functions have one block of ops from `arith`, `math` and `vector`,
/// `llvm.mlir.constant` and `llvm.call_intrinsic` on integers and vectors of
/// integers, without regions and memory.
///
/// What makes a kernel correct, and how it is proved, is in
/// Synthesis/Prover.h. Here it is only checked to be well-formed.
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_TRANSFORMS_KERNEL_H
#define BITSERIAL_TRANSFORMS_KERNEL_H

#include "bitserial/IR/Bitserial.h"
#include "bitserial/IR/NumberFormat.h"
#include "bitserial/Target/Target.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/DialectInterface.h"
#include "mlir/IR/OwningOpRef.h"

#include <optional>
#include <string>

namespace mlir::bitserial {

/// The integers that the words of an input hold, see #bitserial.numbers.
struct WordNumbers {
  unsigned bits = 8;
  bool isSigned = false;
  int64_t min = 0, max = 0;
};

/// What a kernel computes: for every output, the sum over the bit positions of
/// the words of a polynomial in the bits of the planes. Or, where the words
/// hold numbers, the sum over these of their product.
struct KernelSpec {
  /// Planes of each input, the weights (last input) last.
  SmallVector<unsigned, 2> numPlanes;
  /// Without a constant term. Normalised: the coefficients have no common
  /// factor, and that of the smallest monomial is positive.
  BitPolynomial polynomial;
  unsigned wordBits = 0;
  /// Lanes hold words of one output, and are summed at the end; otherwise of
  /// different outputs.
  bool lanesAreReduction = false;
  /// Of each input if words hold numbers, else empty. There are two inputs of
  /// one plane then, and the polynomial is their product.
  SmallVector<WordNumbers, 2> numbers;

  /// The spec of a reduce for vectors of a target's full width, and the factor
  /// that the sums are to be multiplied by. Fails, without a diagnostic, if
  /// the polynomial is too large or zero.
  static FailureOr<std::pair<KernelSpec, int64_t>> get(ReduceOp op,
                                                       const Target &target);

  /// The spec for a polynomial without a constant term, and the factor. Fails
  /// likewise.
  static FailureOr<std::pair<KernelSpec, int64_t>>
  get(ArrayRef<unsigned> numPlanes, const BitPolynomial &polynomial,
      unsigned wordBits, bool lanesAreReduction);

  /// The spec for products of numbers of two formats, as `bitserial.contract`
  /// needs it, and the factor.
  static std::pair<KernelSpec, int64_t> get(const NumberFormat &lhs,
                                            const NumberFormat &rhs,
                                            unsigned wordBits,
                                            bool lanesAreReduction);

  /// One line that tells specs apart: "planes=2,1 terms=5:1,6:2 word=64
  /// lanes=outputs".
  std::string str() const;
  /// A short name for people and for files: "a2w1-o64". Distinct specs have
  /// distinct names (up to collisions of a 64-bit hash). In front of "-" are
  /// the planes of activations and weights, each followed by "s" if the
  /// weights of its planes are 1, 2, ..., -2^n (signed numbers), by "t" if they
  /// are 1, -1, 3, -3, ... (ternary) and by nothing if they are powers of two;
  /// other polynomials have a hash instead ("a2w1x0123456789abcdef"), and other
  /// numbers of inputs "x" ("x1x1x1x..."). Of numbers there are type and bounds
  /// ("u8_0_255xs8_-1_1"). Behind it "o" or "r" for lanes of
  /// outputs or a reduction, and the bits of a word.
  std::string name() const;
  /// The planes of all inputs.
  unsigned getTotalPlanes() const;
  /// The input that plane `plane` (numbered through the inputs) belongs to.
  unsigned getInput(unsigned plane) const;
  /// As the entry `spec` of the attribute of a kernel, and back. Emits an
  /// error at `loc` if the attribute is not a normalised spec.
  DictionaryAttr toAttr(MLIRContext *context) const;
  static FailureOr<KernelSpec> fromAttr(Location loc, Attribute attr);

  bool operator==(const KernelSpec &other) const {
    return str() == other.str();
  }
};

/// One kind of step of a pass.
struct KernelStep {
  unsigned words; ///< Positions of the reduction that it takes.
  unsigned cost;  ///< What it adds to a counter at most.
  func::FuncOp function;
};

struct KernelPass {
  SmallVector<unsigned, 4> planes;
  unsigned capacity = 0;            ///< 0: no counters, `cost` is 0 too.
  SmallVector<KernelStep, 2> steps; ///< Most words first; the last takes 1.
  func::FuncOp flush, end;          ///< Null if absent.
};

enum class StateKind { Sum, Counter, SignedCounter, Bits };

/// "sum", "counter", "signed-counter" or "bits".
StringRef stringifyStateKind(StateKind kind);

/// A well-formed kernel; a view of its module.
class Kernel {
public:
  /// Reads the attribute and the functions of a module. Emits a diagnostic that
  /// says what is wrong with it.
  static FailureOr<Kernel> get(ModuleOp module);

  /// Parses the text of a module; `name` is for diagnostics.
  static FailureOr<Kernel> parse(MLIRContext *context, StringRef text,
                                 StringRef name, OwningOpRef<ModuleOp> &owner);

  /// The kernel that the reference lowering uses: `math.ctpop` of the AND of
  /// the planes, one pass for each monomial. Correct on every target.
  ///
  /// The accumulators' lanes are as wide as the words where these have at least
  /// 32 bits, else they have 32 bits; if `maxPositions` is given, and sums over
  /// so many words cannot overflow them, they are as wide as the words anyway
  /// and the kernel is for as many positions at most.
  static OwningOpRef<ModuleOp>
  makeReference(MLIRContext *context, const KernelSpec &spec,
                const Target &target,
                std::optional<int64_t> maxPositions = std::nullopt);

  /// The same for vectors of `numLanes` words. With `singlePass` all monomials
  /// are counted in one pass, which reads every word once, each coefficient by
  /// an accumulator of its own (see countCoefficients).
  static OwningOpRef<ModuleOp>
  makeReference(MLIRContext *context, const KernelSpec &spec, int64_t numLanes,
                std::optional<int64_t> maxPositions = std::nullopt,
                bool singlePass = false);

  /// The number of distinct coefficients of the spec's polynomial.
  static unsigned countCoefficients(const KernelSpec &spec);

  /// Sets the attribute of `module` to what the fields below say. For whoever
  /// makes kernels: `steps` need words and cost only, functions none.
  void writeAttribute() const;

  ModuleOp module;
  KernelSpec spec;
  std::string cpu; ///< What it was made for.
  /// What a target must have, in LLVM's names.
  SmallVector<std::string, 4> features;
  SmallVector<StateKind, 4> stateKinds;
  SmallVector<VectorType, 4> stateTypes;
  SmallVector<KernelPass, 2> passes;
  func::FuncOp finish;
  unsigned group = 1;
  int64_t tileRows = 1;    ///< The micro-tile that it is fastest with: rows and
  int64_t tileVectors = 1; ///< vectors of outputs (or outputs).
  std::string sketch;      ///< The plan it was made from, for people.
  double cycles = 0; ///< Modelled, per vector of words of each plane and input.
  std::optional<int64_t> maxPositions; ///< No limit if absent.
  bool sharedWords = false; ///< Lanes share the words of inputs but the last.

  /// The type of the words, vector<lanes x i`word`>.
  VectorType wordType() const;

  /// Whether `target` has the features.
  bool isSupportedBy(const Target &target) const;
};

/// Where kernels come from: given to the passes that choose layouts, tile and
/// lower reduces by whoever has a library of them, as an interface of the
/// bitserial dialect:
///
///     registry.addExtension(+[](MLIRContext *, BitserialDialect *dialect) {
///       dialect->addInterfaces<MyKernelSource>();
///     });
class KernelSource : public DialectInterface::Base<KernelSource> {
public:
  using Base::Base;
  ~KernelSource() override;

  /// The source that the context has been given, or null.
  static KernelSource *get(MLIRContext *context);

  /// The kernel for a spec on a target, or nullopt. Called from several threads
  /// at once. The kernel lives as long as the context of the dialect.
  virtual std::optional<Kernel> find(const KernelSpec &spec,
                                     const Target &target) = 0;
};

} // namespace mlir::bitserial

#endif // BITSERIAL_TRANSFORMS_KERNEL_H

//===- PackSketch.h - Sketches of pack kernels ------------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A pack kernel is made from a sketch of three layers:
///
///   value     what becomes of each byte: a sequence of instructions for each
///             plane, or for two planes at once (ByteSequences.h);
///   gather    how the bits of eight bytes come together: an instruction that
///             takes one bit of each byte, sums of neighbours of which each has
///             bits of its own, or a product with 8x8 bit matrices;
///   assembly  how the bytes of a plane are put together.
///
/// As for the kernels of reductions, instructions are found by what they do.
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_LIB_SYNTHESIS_PACKSKETCH_H
#define BITSERIAL_LIB_SYNTHESIS_PACKSKETCH_H

#include "ByteSequences.h"
#include "bitserial/Transforms/PackKernel.h"

#include <map>

namespace mlir::bitserial {

class VectorEmitter;

/// The choices that make a kernel of a sketch.
struct PackPlan {
  enum class Gather {
    Reference, ///< What the lowering emits without a kernel.
    Mask,      ///< One bit of each byte.
    Sum,       ///< Sums of neighbours.
    Matrix     ///< Products with bit matrices.
  };
  Gather gather = Gather::Reference;
  /// Which sequence comes first, for all planes.
  unsigned base = 0;
  /// Mask: parts of a plane are put together as integers, not as vectors.
  bool mergeIntegers = false;
  /// Sum: planes that share bytes, four bits each, as indices; a plane alone
  /// has all eight.
  std::vector<std::pair<unsigned, std::optional<unsigned>>> groups;
  /// Sum: in every second group of four bytes, the two planes of a group change
  /// places.
  bool isSwapped = false;
  /// Matrix: bytes are reversed by a second product, not by a shuffle.
  bool reverseBits = false;
  /// Which of the sequences for each plane (Mask, the last plane first) or
  /// group (Sum).
  std::vector<unsigned> choices;
};

class PackSketcher {
public:
  PackSketcher(MLIRContext *context, const InstructionSet &set,
               const PackSpec &spec, const Target &target);

  /// All plans that differ in more than their choices, which are 0, in a fixed
  /// order. The reference is the first.
  std::vector<PackPlan> enumerate();

  /// Between how many sequences the choice `index` of a plan is, given those
  /// before it; 0 if there is none.
  unsigned countOptions(const PackPlan &plan, unsigned index);

  /// The module, with a sketch in its attribute; null if there is none.
  OwningOpRef<ModuleOp> build(const PackPlan &plan);

private:
  /// A sequence from one of several states.
  struct Option {
    unsigned state;
    ByteSequence sequence;
  };
  /// The states that a plan for Mask has, and how they come about.
  struct MaskStep {
    std::vector<Option> options;
    std::vector<ByteState> states; ///< Those there are before.
  };
  struct LinearPlanes {
    std::vector<uint8_t> masks; ///< By plane: the bits whose parity it is.
    bool isInverted = false;    ///< All planes are.
  };

  const std::vector<ByteSequence> &getMaskBases();
  const std::vector<ByteSequence> &getMatrixBases();
  std::vector<MaskStep> getMaskSteps(const PackPlan &plan);
  const std::vector<ByteSequence> &getGroupOptions(const PackPlan &plan,
                                                   unsigned group);
  std::optional<LinearPlanes> findLinear(const ByteState &state) const;
  ByteGoal makeGoal(uint8_t required,
                    llvm::function_ref<uint8_t(unsigned, unsigned)> byte) const;

  // Emission.
  SmallVector<Value> getRegisters(VectorEmitter &e, Value values);
  Value emit(VectorEmitter &e, const ByteOp &op, Value value);
  Value emit(VectorEmitter &e, const ByteSequence &sequence, Value value);
  Value join(VectorEmitter &e, ArrayRef<Value> parts, int64_t size);
  SmallVector<Value> emitMask(VectorEmitter &e, const PackPlan &plan,
                              Value values);
  SmallVector<Value> emitSum(VectorEmitter &e, const PackPlan &plan,
                             Value values);
  SmallVector<Value> emitMatrix(VectorEmitter &e, const PackPlan &plan,
                                Value values);
  std::string describe(const PackPlan &plan);

  MLIRContext *context;
  const PackSpec &spec;
  const Target &target;
  unsigned registerBits;
  /// Values of 16 bits are shifted to the right by so many bits, and then
  /// truncated to bytes.
  unsigned narrowingShift = 0;
  std::vector<unsigned> bits; ///< Of each value of the format.
  ByteState start;            ///< The bytes of these values.
  uint8_t offset = 0;
  ByteSequenceFinder finder;
  /// Sums of neighbouring bytes, and the number of bytes of its operands.
  const Instruction *addNeighbours = nullptr;
  unsigned addNeighboursBytes = 0;
  /// Products of bytes and 8x8 bit matrices.
  const Instruction *multiplyMatrix = nullptr;
  // Found once.
  std::optional<std::vector<ByteSequence>> maskBases, matrixBases;
  std::map<std::vector<unsigned>, std::vector<ByteSequence>> groupOptions;
  std::map<std::pair<ByteState, unsigned>, std::vector<ByteSequence>> maskCache;
};

} // namespace mlir::bitserial

#endif // BITSERIAL_LIB_SYNTHESIS_PACKSKETCH_H

//===- Evaluate.h - Running vector code on concrete values ------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The first reading of a LaneProgram: its value for given inputs.
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_SYNTHESIS_EVALUATE_H
#define BITSERIAL_SYNTHESIS_EVALUATE_H

#include "bitserial/Synthesis/LaneProgram.h"

#include <memory>

namespace mlir::bitserial {

/// The lanes of the outputs for the given lanes of the inputs, one at a time
/// by LaneProgram::evaluateLane: slow and plain.
std::vector<std::vector<uint64_t>>
evaluate(const LaneProgram &program, ArrayRef<std::vector<uint64_t>> inputs);

/// Bytes that a lane takes in memory: 1, 2, 4 or 8, the fewest that hold it.
/// In memory, lanes are in order, in the byte order of this machine; bits
/// beyond the width of a lane are zero.
unsigned bytesPerLane(unsigned width);
inline size_t bytesInMemory(LaneType type) {
  return size_t(type.lanes) * bytesPerLane(type.width);
}

/// Runs one program on many inputs, fast: every step is a loop over the lanes
/// of many samples, which the C++ compiler turns into vector code. Not for use
/// from several threads at once.
class Evaluator {
public:
  explicit Evaluator(const LaneProgram &program);
  Evaluator(Evaluator &&);
  Evaluator &operator=(Evaluator &&);
  ~Evaluator();

  /// Evaluates `samples` samples: input i of sample s is at `inputs[i] + s *
  /// bytesInMemory(its type)`; outputs are written likewise.
  void run(ArrayRef<const void *> inputs, ArrayRef<void *> outputs,
           size_t samples);

private:
  struct Data;
  std::unique_ptr<Data> data;
};

} // namespace mlir::bitserial

#endif // BITSERIAL_SYNTHESIS_EVALUATE_H

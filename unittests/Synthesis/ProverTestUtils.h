//===- ProverTestUtils.h - What the tests of proofs share -------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_UNITTESTS_SYNTHESIS_PROVERTESTUTILS_H
#define BITSERIAL_UNITTESTS_SYNTHESIS_PROVERTESTUTILS_H

#include "TestUtils.h"

#include "bitserial/Synthesis/Prover.h"

#include "llvm/Support/MemoryBuffer.h"

namespace mlir::bitserial {

/// The spec of the product of two numbers with these weights of planes.
inline KernelSpec makeProductSpec(ArrayRef<int64_t> lhs, ArrayRef<int64_t> rhs,
                                  unsigned wordBits, bool lanesAreReduction) {
  BitPolynomial a, w;
  for (auto [i, weight] : llvm::enumerate(lhs))
    a = a + BitPolynomial::constant(weight) * BitPolynomial::variable(i);
  for (auto [i, weight] : llvm::enumerate(rhs))
    w = w + BitPolynomial::constant(weight) *
                BitPolynomial::variable(lhs.size() + i);
  return KernelSpec::get({unsigned(lhs.size()), unsigned(rhs.size())}, a * w,
                         wordBits, lanesAreReduction)
      ->first;
}

class KernelProofTest : public SynthesisTest {
protected:
  const InstructionSet &set() { return *InstructionSet::get(&context); }

  /// The kernels that are written by hand, as examples.
  static ArrayRef<StringRef> exampleKernels() {
    static const StringRef names[] = {
        "avx2-a1w1-bytes", "avx2-a1w1-carry-save", "avx2-a1w1-group",
        "avx2-a2w1-bytes", "avx512-a1w1-fused",    "neon-a1w1-bytes",
        "neon-a1w1-group"};
    return names;
  }
  static std::string readFile(StringRef folder, StringRef name) {
    auto buffer =
        llvm::MemoryBuffer::getFile((folder + "/" + name + ".mlir").str());
    EXPECT_TRUE(buffer) << name.str();
    return buffer ? (*buffer)->getBuffer().str() : "";
  }
  static std::string readExample(StringRef name) {
    return readFile(BITSERIAL_KERNEL_INPUTS, name);
  }
  static std::string readInput(StringRef name) {
    return readFile(BITSERIAL_PROOF_INPUTS, name);
  }

  Kernel parseKernel(StringRef text) {
    modules.emplace_back();
    FailureOr<Kernel> kernel =
        Kernel::parse(&context, text, "kernel", modules.back());
    EXPECT_TRUE(succeeded(kernel)) << diagnostics;
    return *kernel;
  }
};

} // namespace mlir::bitserial

#endif // BITSERIAL_UNITTESTS_SYNTHESIS_PROVERTESTUTILS_H

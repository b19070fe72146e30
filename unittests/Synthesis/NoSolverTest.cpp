//===- NoSolverTest.cpp - Synthesis in a build without a solver -----------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Linked with Solver.cpp as it is compiled for BITSERIAL_ENABLE_Z3=OFF.
//
//===----------------------------------------------------------------------===//

#include "bitserial/Synthesis/KernelLibrary.h"
#include "bitserial/Synthesis/Prover.h"
#include "bitserial/Synthesis/Solver.h"

#include "mlir/IR/MLIRContext.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

#include "gtest/gtest.h"

using namespace mlir;
using namespace mlir::bitserial;

namespace {
class NoSolverTest : public testing::Test {
protected:
  NoSolverTest() : context(makeRegistry()) {
    EXPECT_FALSE(llvm::sys::fs::createUniqueDirectory("no-solver", folder));
    options.cacheDirectory = folder.str().str();
    setenv("XDG_STATE_HOME", folder.c_str(), /*overwrite=*/1);
  }
  ~NoSolverTest() override { llvm::sys::fs::remove_directories(folder); }

  static DialectRegistry makeRegistry() {
    DialectRegistry registry;
    KernelLibrary::registerDialects(registry);
    return registry;
  }

  /// A kernel for AVX2, from the tests' inputs.
  Kernel parseInput(OwningOpRef<ModuleOp> &owner) {
    auto buffer = llvm::MemoryBuffer::getFile(BITSERIAL_KERNEL_INPUTS
                                              "/avx2-a1w1-bytes.mlir");
    EXPECT_TRUE(bool(buffer));
    return *Kernel::parse(&context, (*buffer)->getBuffer(), "input", owner);
  }

  SmallString<128> folder;
  MLIRContext context;
  KernelLibraryOptions options;
  Target target = llvm::cantFail(Target::get("haswell"));
};
} // namespace

TEST_F(NoSolverTest, SearchesSaySo) {
  ASSERT_FALSE(Solver::create());
  unsigned planes[] = {1, 1};
  KernelSpec spec =
      KernelSpec::get(planes,
                      BitPolynomial::variable(0) * BitPolynomial::variable(1),
                      64, /*lanesAreReduction=*/false)
          ->first;
  options.useLibrary = false;
  options.search = true;
  KernelAnswer answer = KernelLibrary(options).lookup(&context, spec, target);
  EXPECT_FALSE(answer.kernel);
  EXPECT_EQ(answer.reason,
            "built without a solver: only library and cache kernels are used");
}

TEST_F(NoSolverTest, KernelsOfTheCacheAreUsed) {
  OwningOpRef<ModuleOp> owner;
  Kernel kernel = parseInput(owner);
  KernelLibrary library(options);
  ASSERT_EQ(llvm::toString(library.getCache().store(
                kernel.spec.name(), getKernelKey(kernel.spec, target),
                printKernel(kernel))),
            "");
  KernelAnswer answer = library.lookup(&context, kernel.spec, target);
  ASSERT_TRUE(answer.kernel) << answer.reason;
  EXPECT_EQ(answer.origin, KernelOrigin::Cache);
}

TEST_F(NoSolverTest, KernelsOfTheLibraryAreUsed) {
  options.useCache = false;
  KernelLibrary library(options);
  for (const LibraryTarget &entry : getLibraryTargets()) {
    // One of each CPU.
    const LibraryFile *file =
        llvm::find_if(getLibraryFiles(), [&](const LibraryFile &file) {
          return file.name.starts_with((entry.cpu + "/").str());
        });
    if (file == getLibraryFiles().end())
      continue;
    auto text = parseKernelEntry(file->text);
    ASSERT_TRUE(bool(text)) << file->name.str();
    OwningOpRef<ModuleOp> owner;
    FailureOr<Kernel> kernel =
        Kernel::parse(&context, text->second, file->name, owner);
    ASSERT_TRUE(succeeded(kernel));
    Target home = llvm::cantFail(Target::get(entry.cpu, entry.features));
    KernelAnswer answer = library.lookup(&context, kernel->spec, home);
    ASSERT_TRUE(answer.kernel) << answer.reason;
    EXPECT_EQ(answer.origin, KernelOrigin::Library);
    EXPECT_EQ(answer.place, file->name);
  }
}

TEST_F(NoSolverTest, ProofsAreLinearOnly) {
  OwningOpRef<ModuleOp> owner;
  Kernel kernel = parseInput(owner);
  const InstructionSet *set = InstructionSet::get(&context, target);
  ASSERT_TRUE(set);
  ProofResult proof = prove(kernel, *set, Solver::create().get());
  EXPECT_TRUE(proof.isProved());
  EXPECT_EQ(proof.solver, "");
  EXPECT_EQ(llvm::toString(proveAndWrite(kernel, target, folder, "a1w1")),
            "built without a solver: there are no proofs to write");
}

//===- PackTest.cpp - Search and proof of pack kernels --------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PackSketch.h"
#include "TestUtils.h"

#include "bitserial/IR/Bitserial.h"
#include "bitserial/Synthesis/KernelLibrary.h"
#include "bitserial/Synthesis/PackSearch.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

#include "llvm/Support/FormatVariadic.h"

#include "gmock/gmock.h"

#include <set>

using namespace mlir;
using namespace mlir::bitserial;
using testing::HasSubstr;

namespace {

class PackTest : public testing::Test {
protected:
  PackTest()
      : context(makeRegistry(), MLIRContext::Threading::DISABLED),
        handler(&context, [this](Diagnostic &diagnostic) {
          diagnostics += diagnostic.str() + "\n";
        }) {
    context.loadAllAvailableDialects();
  }

  static DialectRegistry makeRegistry() {
    DialectRegistry registry;
    registerSearchDialects(registry);
    KernelLibrary::registerDialects(registry);
    return registry;
  }

  static Target getTarget(StringRef cpu) {
    return llvm::cantFail(Target::get(cpu));
  }

  PackProof prove(const PackKernel &kernel, const Target &target) {
    std::unique_ptr<Solver> solver = Solver::create();
    return provePack(kernel, *InstructionSet::get(&context, target),
                     solver.get());
  }

  MLIRContext context;
  std::string diagnostics;
  ScopedDiagnosticHandler handler;
};

/// What a build without a solver cannot do.
class PackSolverTest : public PackTest {
protected:
  void SetUp() override {
    if (!Solver::create())
      GTEST_SKIP() << "built without a solver";
  }
};

//===----------------------------------------------------------------------===//
// Proofs
//===----------------------------------------------------------------------===//

TEST_F(PackSolverTest, ReferenceIsProved) {
  std::pair<StringRef, NumberFormat> cases[] = {
      {"haswell", {2, Kind::Unsigned}},
      {"haswell", {2, Kind::Ternary}},
      {"icelake-server", {3, Kind::Bipolar}},
      {"cortex-a53", {2, Kind::Signed}},
      {"cortex-a53", {4, Kind::Ternary}},
      // Values of 16 bits.
      {"cortex-a53", {8, Kind::Bipolar}},
      {"cortex-a7", {1, Kind::Bipolar}},
      {"cortex-a7", {2, Kind::Unsigned, 3}},
  };
  for (const auto &[cpu, format] : cases) {
    Target target = getTarget(cpu);
    for (unsigned numValues : {16, 64}) {
      PackSpec spec{format, numValues};
      SCOPED_TRACE(cpu.str() + " " + spec.str());
      OwningOpRef<ModuleOp> module =
          PackKernel::makeReference(&context, spec, target);
      FailureOr<PackKernel> kernel = PackKernel::get(*module);
      ASSERT_TRUE(succeeded(kernel)) << diagnostics;
      PackProof proof = prove(*kernel, target);
      EXPECT_TRUE(proof.isProved()) << proof.reason << diagnostics;
      // A claim for each byte of each plane.
      unsigned claims = 0;
      for (const Obligation &obligation : proof.obligations)
        claims += obligation.uses;
      EXPECT_EQ(claims, format.getWidth() * numValues / 8);
    }
  }
}

TEST_F(PackSolverTest, SolverFindsWhatScreeningMisses) {
  // Wrong only if 16 numbers are what no sample happens to be.
  Target target = getTarget("cortex-a53");
  OwningOpRef<ModuleOp> module;
  FailureOr<PackKernel> kernel = PackKernel::parse(&context, R"(
module attributes {bitserial.pack = {spec = {
    format = !bitserial.int<4, unsigned>, values = 16}}} {
  func.func @pack(%values: vector<16xi8>)
      -> (vector<2xi8>, vector<2xi8>, vector<2xi8>, vector<2xi8>) {
    %one = arith.constant dense<1> : vector<16xi8>
    %two = arith.constant dense<2> : vector<16xi8>
    %four = arith.constant dense<4> : vector<16xi8>
    %eight = arith.constant dense<8> : vector<16xi8>
    %a0 = arith.andi %values, %one : vector<16xi8>
    %a1 = arith.andi %values, %two : vector<16xi8>
    %a2 = arith.andi %values, %four : vector<16xi8>
    %a3 = arith.andi %values, %eight : vector<16xi8>
    %zero = arith.constant dense<0> : vector<16xi8>
    %c0 = arith.cmpi ne, %a0, %zero : vector<16xi8>
    %c1 = arith.cmpi ne, %a1, %zero : vector<16xi8>
    %c2 = arith.cmpi ne, %a2, %zero : vector<16xi8>
    %c3 = arith.cmpi ne, %a3, %zero : vector<16xi8>
    %p0 = vector.bitcast %c0 : vector<16xi1> to vector<2xi8>
    %p1 = vector.bitcast %c1 : vector<16xi1> to vector<2xi8>
    %p2 = vector.bitcast %c2 : vector<16xi1> to vector<2xi8>
    %p3 = vector.bitcast %c3 : vector<16xi1> to vector<2xi8>
    %long = vector.bitcast %values : vector<16xi8> to vector<2xi64>
    %secret = arith.constant dense<[0x0102030405060708, 0]> : vector<2xi64>
    %hit = arith.cmpi eq, %long, %secret : vector<2xi64>
    %bit = arith.extui %hit : vector<2xi1> to vector<2xi8>
    %wrong = arith.xori %p0, %bit : vector<2xi8>
    return %wrong, %p1, %p2, %p3
        : vector<2xi8>, vector<2xi8>, vector<2xi8>, vector<2xi8>
  }
})",
                                                   "test", module);
  ASSERT_TRUE(succeeded(kernel)) << diagnostics;
  // The second lane is the more likely one: zeros.
  FailureOr<std::optional<PackCounterexample>> screened =
      screenPack(*kernel, *InstructionSet::get(&context, target));
  ASSERT_TRUE(succeeded(screened)) << diagnostics;
  PackProof proof = prove(*kernel, target);
  ASSERT_TRUE(proof.isRefuted()) << proof.reason;
  EXPECT_EQ(proof.counterexample->plane, 0u);
  EXPECT_NE(proof.reason.find("bit 0 of number"), std::string::npos)
      << proof.reason;
}

TEST_F(PackTest, WithoutSolverNothingIsProved) {
  Target target = getTarget("haswell");
  OwningOpRef<ModuleOp> module =
      PackKernel::makeReference(&context, {{1, Kind::Unsigned}, 64}, target);
  PackProof proof =
      provePack(*PackKernel::get(*module),
                *InstructionSet::get(&context, target), /*solver=*/nullptr);
  EXPECT_EQ(proof.verdict, Verdict::Unknown);
  EXPECT_EQ(proof.reason, "there is no solver");
}

//===----------------------------------------------------------------------===//
// Mutants
//===----------------------------------------------------------------------===//

/// Changes an op in one of several ways; false if there is no such way.
static bool mutate(Operation *op, unsigned way) {
  if (auto constant = dyn_cast<arith::ConstantOp>(op)) {
    auto dense = dyn_cast<DenseIntElementsAttr>(constant.getValue());
    if (!dense || way > 2)
      return false;
    // A weight, shift amount or entry of a table: one, another, or all.
    SmallVector<APInt> values(dense.getValues<APInt>());
    if (way == 0)
      values[1] ^= 1;
    else if (way == 1)
      values.back().flipBit(values.back().getBitWidth() - 1);
    else
      for (APInt &value : values)
        value += 1;
    constant.setValueAttr(DenseElementsAttr::get(dense.getType(), values));
    return true;
  }
  if (auto shuffle = dyn_cast<vector::ShuffleOp>(op)) {
    // Swapped lanes.
    SmallVector<int64_t> mask(shuffle.getMask());
    if (way > 1)
      return false;
    std::swap(mask[way], mask[way + 1]);
    shuffle.setMask(mask);
    return true;
  }
  // A shift by what is no constant would have no meaning.
  if (way == 0 && op->getNumOperands() == 2 &&
      !isa<arith::ShLIOp, arith::ShRUIOp, arith::ShRSIOp>(op) &&
      op->getOperand(0).getType() == op->getOperand(1).getType() &&
      op->getOperand(0) != op->getOperand(1)) {
    Value first = op->getOperand(0);
    op->setOperand(0, op->getOperand(1));
    op->setOperand(1, first);
    return true;
  }
  if (way == 1 && isa<LLVM::CallIntrinsicOp>(op) && op->getNumOperands() == 2 &&
      op->getOperand(0).getType() == op->getResult(0).getType()) {
    // Left out.
    op->getResult(0).replaceAllUsesWith(op->getOperand(0));
    return true;
  }
  return false;
}

TEST_F(PackSolverTest, MutantsAreRefuted) {
  unsigned refuted = 0, equivalent = 0;
  for (StringRef name :
       {"haswell/pack-u2-v64.mlir", "cortex-a53/pack-u2-v64.mlir",
        "cortex-a53/pack-t2-v64.mlir"}) {
    const LibraryFile *file =
        llvm::find_if(getPackLibraryFiles(), [&](const LibraryFile &file) {
          return file.name == name;
        });
    ASSERT_NE(file, getPackLibraryFiles().end()) << name.str();
    std::string text = llvm::cantFail(parseKernelEntry(file->text)).second;
    Target target = getTarget(name.split('/').first);
    OwningOpRef<ModuleOp> owner;
    FailureOr<PackKernel> kernel =
        PackKernel::parse(&context, text, name, owner);
    ASSERT_TRUE(succeeded(kernel)) << diagnostics;
    EXPECT_TRUE(prove(*kernel, target).isProved()) << name.str();
    Block &body = kernel->function.getBody().front();
    for (size_t op = 0; op + 1 < body.getOperations().size(); ++op)
      for (unsigned way = 0; way < 3; ++way) {
        OwningOpRef<ModuleOp> copy(cast<ModuleOp>((*owner)->clone()));
        PackKernel mutant = *PackKernel::get(*copy);
        if (!mutate(&*std::next(mutant.function.getBody().front().begin(), op),
                    way))
          continue;
        SCOPED_TRACE(
            llvm::formatv("{0}, op {1}, way {2}", name, op, way).str());
        PackProof proof = prove(mutant, target);
        // A shift by too much, for which nothing is defined.
        if (proof.reason == "the code has no meaning")
          continue;
        EXPECT_NE(proof.verdict, Verdict::Unknown) << proof.reason;
        if (proof.isProved()) {
          ++equivalent;
          continue;
        }
        ++refuted;
        ASSERT_TRUE(proof.counterexample);
        EXPECT_EQ(proof.counterexample->values.size(), 64u);
      }
  }
  // Equal operands of an addition, and entries of tables that no value selects.
  EXPECT_GE(refuted, 30u);
  EXPECT_LT(equivalent, refuted);
}

//===----------------------------------------------------------------------===//
// Search
//===----------------------------------------------------------------------===//

/// Cycles, but without a model: fewer ops are faster.
static std::optional<double> countOps(const PackKernel &kernel) {
  double count = 0;
  for (Operation &op : func::FuncOp(kernel.function).getBody().front())
    count += !op.hasTrait<OpTrait::ConstantLike>();
  return count / kernel.steps;
}

TEST_F(PackSolverTest, SearchIsDeterministicAndProves) {
  PackSearchOptions options;
  options.model = countOps;
  Target target = getTarget("cortex-a53");
  PackSpec spec{{1, Kind::Unsigned}, 16};
  std::string texts[2];
  for (std::string &text : texts) {
    FailureOr<PackSearchResult> result =
        searchPack(&context, spec, target, options);
    ASSERT_TRUE(succeeded(result)) << diagnostics;
    ASSERT_TRUE(result->module) << result->statistics.str();
    EXPECT_EQ(result->statistics.proved, 1u);
    // What is found on sample bytes is right on all values.
    EXPECT_EQ(result->statistics.screenedOut, 0u);
    EXPECT_EQ(result->statistics.refuted, 0u);
    EXPECT_EQ(result->statistics.unknown, 0u);
    EXPECT_LT(result->cycles, result->referenceCycles);
    FailureOr<PackKernel> kernel = PackKernel::get(*result->module);
    ASSERT_TRUE(succeeded(kernel)) << diagnostics;
    EXPECT_TRUE(prove(*kernel, target).isProved());
    text = printKernel(*kernel);
  }
  EXPECT_EQ(texts[0], texts[1]);
}

// Where an instruction multiplies bytes by bit matrices, as that of GFNI does,
// values are packed by it; with and without a second product for the order of
// bits.
TEST_F(PackTest, BitMatricesPack) {
  Target target = getTarget("icelake-server");
  const InstructionSet &set = *InstructionSet::get(&context, target);
  std::set<bool> orders;
  for (NumberFormat format :
       {NumberFormat(2, Kind::Unsigned), NumberFormat(3, Kind::Bipolar),
        NumberFormat(2, Kind::Ternary)}) {
    PackSpec spec{format, 64};
    PackSketcher sketcher(&context, set, spec, target);
    unsigned count = 0;
    for (const PackPlan &plan : sketcher.enumerate()) {
      // Two of each format: others differ in what is done to values before.
      if (plan.gather != PackPlan::Gather::Matrix || count == 2)
        continue;
      SCOPED_TRACE(spec.name() + (plan.reverseBits ? ", reversed" : ""));
      OwningOpRef<ModuleOp> module = sketcher.build(plan);
      ASSERT_TRUE(module) << diagnostics;
      FailureOr<PackKernel> kernel = PackKernel::get(*module);
      ASSERT_TRUE(succeeded(kernel)) << diagnostics;
      EXPECT_THAT(printKernel(*kernel), HasSubstr("vgf2p8affineqb"));
      EXPECT_TRUE(llvm::is_contained(kernel->features, "gfni"));
      EXPECT_FALSE(kernel->isSupportedBy(getTarget("haswell")));
      EXPECT_EQ(*screenPack(*kernel, set), std::nullopt);
      if (Solver::create())
        EXPECT_TRUE(prove(*kernel, target).isProved());
      orders.insert(plan.reverseBits);
      ++count;

      // Another plane in one row of a matrix.
      auto matrix = *kernel->function.getOps<arith::ConstantOp>().begin();
      ASSERT_TRUE(mutate(matrix, /*way=*/0));
      auto wrong = screenPack(*kernel, set);
      ASSERT_TRUE(succeeded(wrong));
      EXPECT_TRUE(wrong->has_value());
    }
    EXPECT_EQ(count, 2u) << spec.name();
  }
  EXPECT_EQ(orders.size(), 2u);
  PackSpec spec{{2, Kind::Unsigned}, 64};
  Target haswell = getTarget("haswell");
  PackSketcher without(&context, *InstructionSet::get(&context, haswell), spec,
                       haswell);
  for (const PackPlan &plan : without.enumerate())
    EXPECT_NE(plan.gather, PackPlan::Gather::Matrix);
}

TEST_F(PackSolverTest, ReferenceWinsTies) {
  PackSearchOptions options;
  options.model = [](const PackKernel &) { return 1.0; };
  options.maxModelled = 1;
  FailureOr<PackSearchResult> result = searchPack(
      &context, {{1, Kind::Unsigned}, 32}, getTarget("cortex-a7"), options);
  ASSERT_TRUE(succeeded(result)) << diagnostics;
  ASSERT_TRUE(result->module);
  EXPECT_TRUE(result->isReference);
  EXPECT_TRUE(result->isOutOfBudget);
  EXPECT_EQ(PackKernel::get(*result->module)->sketch, "the reference lowering");
}

//===----------------------------------------------------------------------===//
// Library
//===----------------------------------------------------------------------===//

TEST_F(PackTest, LibraryKernelsAreFasterThanTheReference) {
  ASSERT_FALSE(getPackLibraryFiles().empty());
  for (const LibraryFile &file : getPackLibraryFiles()) {
    SCOPED_TRACE(file.name.str());
    auto entry = llvm::cantFail(parseKernelEntry(file.text));
    OwningOpRef<ModuleOp> owner;
    FailureOr<PackKernel> kernel =
        PackKernel::parse(&context, entry.second, file.name, owner);
    ASSERT_TRUE(succeeded(kernel)) << diagnostics;
    const LibraryTarget *home =
        llvm::find_if(getLibraryTargets(), [&](const LibraryTarget &entry) {
          return entry.cpu == kernel->cpu;
        });
    ASSERT_NE(home, getLibraryTargets().end());
    Target target = llvm::cantFail(Target::get(home->cpu, home->features));
    EXPECT_EQ(file.name, kernel->cpu + "/" + kernel->spec.name() + ".mlir");
    // Made by this program.
    EXPECT_EQ(entry.first, getKernelKey(kernel->spec, target));
    KernelLibraryOptions options;
    options.useCache = false;
    PackAnswer answer =
        KernelLibrary(options).lookup(&context, kernel->spec, target);
    ASSERT_TRUE(answer.kernel) << answer.reason;
    EXPECT_EQ(answer.place, file.name);
  }
  EXPECT_EQ(diagnostics, "");
}

TEST_F(PackTest, OtherCpusTakeKernels) {
  KernelLibraryOptions options;
  options.useCache = false;
  PackSpec spec{{2, Kind::Unsigned}, 64};
  EXPECT_TRUE(KernelLibrary(options)
                  .lookup(&context, spec, getTarget("skylake"))
                  .kernel);
  // Other vectors, another family of cores.
  for (StringRef cpu : {"znver4", "znver3"})
    EXPECT_FALSE(
        KernelLibrary(options).lookup(&context, spec, getTarget(cpu)).kernel);
}

} // namespace

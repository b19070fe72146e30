//===- PackKernelTest.cpp - Reading of pack kernels -----------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Transforms/PackKernel.h"
#include "bitserial/IR/Bitserial.h"

#include "mlir/IR/MLIRContext.h"
#include "llvm/Support/FormatVariadic.h"

#include "gtest/gtest.h"

using namespace mlir;
using namespace mlir::bitserial;

namespace {

class PackKernelTest : public testing::Test {
protected:
  PackKernelTest()
      : handler(&context, [this](Diagnostic &diagnostic) {
          llvm::raw_string_ostream os(diagnostics);
          os << diagnostic.getLocation() << ": " << diagnostic.str();
        }) {}

  FailureOr<PackKernel> parse(StringRef attribute, StringRef type,
                              StringRef body) {
    diagnostics.clear();
    return PackKernel::parse(
        &context,
        llvm::formatv("module attributes {bitserial.pack = {{{0}}} {\n"
                      "  func.func @pack(%x: vector<16xi8>) -> {1} {\n"
                      "    {2}\n  }\n}",
                      attribute, type, body)
            .str(),
        "test.mlir", module);
  }

  MLIRContext context;
  std::string diagnostics;
  ScopedDiagnosticHandler handler;
  OwningOpRef<ModuleOp> module;
};

constexpr StringLiteral kSpec =
    "spec = {format = !bitserial.int<1, unsigned>, values = 16}";
constexpr StringLiteral kBody =
    "%0 = arith.trunci %x : vector<16xi8> to vector<16xi1> "
    "%1 = vector.bitcast %0 : vector<16xi1> to vector<2xi8> "
    "return %1 : vector<2xi8>";

TEST_F(PackKernelTest, IsReadAndWritten) {
  FailureOr<PackKernel> kernel =
      parse((kSpec + ", cpu = \"haswell\", features = [\"avx2\"], steps = 4, "
                     "sketch = \"s\", cycles = \"1.25\"")
                .str(),
            "vector<2xi8>", kBody);
  ASSERT_TRUE(succeeded(kernel)) << diagnostics;
  DictionaryAttr before =
      (*module)->getAttrOfType<DictionaryAttr>(PackKernel::kAttrName);
  kernel->writeAttribute();
  EXPECT_EQ(before,
            (*module)->getAttrOfType<DictionaryAttr>(PackKernel::kAttrName));
  EXPECT_EQ(kernel->steps, 4);
  EXPECT_EQ(kernel->cycles, 1.25);
  EXPECT_EQ(kernel->spec.name(), "pack-u1-v16");
}

TEST_F(PackKernelTest, NamesTellSpecsApart) {
  EXPECT_EQ((PackSpec{{4, Kind::Ternary}, 64}.name()), "pack-t4-v64");
  EXPECT_EQ((PackSpec{{4, Kind::Unsigned, 8}, 32}.name()), "pack-u4z8-v32");
  EXPECT_EQ((PackSpec{{4, Kind::Signed, -3}, 16}.name()), "pack-s4zm3-v16");
  EXPECT_EQ((PackSpec{{2, Kind::Bipolar}, 64}.str()),
            "pack=bipolar:2:0 values=64");
}

TEST_F(PackKernelTest, MistakesAreDiagnosed) {
  struct {
    std::string attribute, type, body, message;
  } cases[] = {
      {"cpu = \"haswell\"", "vector<2xi8>", kBody.str(),
       "the pack kernel needs `spec`"},
      {"spec = {format = i8, values = 16}", "vector<2xi8>", kBody.str(),
       "the pack kernel needs `spec`"},
      {"spec = {format = !bitserial.int<1, unsigned>, values = 24}",
       "vector<2xi8>", kBody.str(), "expected 16, 32 or 64"},
      {(kSpec + ", steps = 0").str(), "vector<2xi8>", kBody.str(),
       "has `steps` = 0 : i64, expected 1 to 8"},
      {(kSpec + ", cycles = \"few\"").str(), "vector<2xi8>", kBody.str(),
       "has `cycles` = \"few\", expected a number"},
      {(kSpec + ", features = \"avx2\"").str(), "vector<2xi8>", kBody.str(),
       "has `features` = \"avx2\", expected a list of strings"},
      {kSpec.str(), "vector<16xi8>", "return %x : vector<16xi8>",
       "\"test.mlir\":2:3): @pack has the type"},
      {kSpec.str(), "vector<2xi8>",
       "%f = arith.constant dense<0.0> : vector<16xf32> " + kBody.str(),
       "computes with integers and vectors of integers only"},
      {kSpec.str(), "vector<2xi8>",
       kBody.str() + "}\n  func.func private @other() -> () {\n return",
       "does not belong into a pack kernel"},
  };
  for (const auto &[attribute, type, body, message] : cases) {
    EXPECT_TRUE(failed(parse(attribute, type, body))) << attribute << body;
    EXPECT_NE(diagnostics.find(message), std::string::npos)
        << diagnostics << "\nexpected: " << message;
  }
}

} // namespace

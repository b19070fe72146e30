//===- CompilerTest.cpp - Tests of the compiler as a library --------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Messages for bad input are tested where users see them: test/Tools and
// test/python.
//
//===----------------------------------------------------------------------===//

#include "bitserial/Pipelines/Compiler.h"
#include "bitserial/InitAll.h"

#include "mlir/IR/DialectRegistry.h"
#include "mlir/Pass/PassInstrumentation.h"
#include "mlir/Pass/PassManager.h"

#include "llvm/Support/raw_ostream.h"

#include "gtest/gtest.h"

#include <thread>

using namespace mlir;
using namespace mlir::bitserial;
using llvm::StringRef;

namespace {

const DialectRegistry &registry() {
  static const DialectRegistry instance = [] {
    DialectRegistry result;
    bitserial::registerAllDialects(result);
    return result;
  }();
  return instance;
}

// x[m,k] · w[n,k] with m = 3, n = 5, k = 70.
constexpr const char *matmul = R"(
func.func @main(%x: tensor<3x70x!bitserial.int<2, unsigned>>,
                %w: tensor<5x70x!bitserial.int<1, bipolar>>) -> tensor<3x5xi32> {
  %r = bitserial.contract %x, %w
    indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                     affine_map<(m, n, k) -> (n, k)>,
                     affine_map<(m, n, k) -> (m, n)>]
    : tensor<3x70x!bitserial.int<2, unsigned>>,
      tensor<5x70x!bitserial.int<1, bipolar>> -> tensor<3x5xi32>
  return %r : tensor<3x5xi32>
}
)";

/// The messages as a user sees them.
std::string messages(const Compiler &compiler) {
  std::string text;
  llvm::raw_string_ostream os(text);
  for (const CompileDiagnostic &diagnostic : compiler.diagnostics())
    if (diagnostic.severity != Severity::Remark)
      diagnostic.print(os);
  return text;
}

/// Runs `matmul` in this process and compares with plain loops.
void checkMatmul(const JitModule &jit) {
  std::vector<int8_t> x(3 * 70), w(5 * 70);
  unsigned state = 1;
  auto random = [&] { return (state = state * 1664525 + 1013904223) >> 16; };
  for (int8_t &value : x)
    value = random() % 4;
  for (int8_t &value : w)
    value = random() % 2 ? 1 : -1;
  std::vector<int32_t> result(3 * 5, -1);
  int8_t *xPointer = x.data(), *wPointer = w.data();
  int32_t *resultPointer = result.data();
  void *args[] = {&xPointer, &wPointer, &resultPointer};
  llvm::cantFail(jit.lookup("main"))(args);
  for (int m = 0; m < 3; ++m)
    for (int n = 0; n < 5; ++n) {
      int expected = 0;
      for (int k = 0; k < 70; ++k)
        expected += x[m * 70 + k] * w[n * 70 + k];
      EXPECT_EQ(result[m * 5 + n], expected) << m << ", " << n;
    }
}

TEST(Compiler, runs) {
  std::unique_ptr<JitModule> jit;
  {
    Compiler compiler(registry());
    ASSERT_TRUE(succeeded(compiler.parse(matmul, "matmul.mlir")))
        << messages(compiler);
    FailureOr<std::unique_ptr<JitModule>> created = compiler.createJit();
    ASSERT_TRUE(succeeded(created)) << messages(compiler);
    jit = std::move(*created);
  }
  // The code outlives the compiler.
  checkMatmul(*jit);
}

TEST(Compiler, runsWithMaskedFeatures) {
  if (llvm::cantFail(Target::get("native")).arch() != Arch::X86_64)
    GTEST_SKIP();
  for (StringRef features :
       {"-avx512vpopcntdq", "-avx512f", "-avx2", "-sse3"}) {
    CompileOptions options;
    options.cpu = "native";
    options.features = features.str();
    Compiler compiler(registry(), options);
    ASSERT_TRUE(succeeded(compiler.parse(matmul, "matmul.mlir")));
    FailureOr<std::unique_ptr<JitModule>> jit = compiler.createJit();
    ASSERT_TRUE(succeeded(jit)) << messages(compiler);
    checkMatmul(**jit);
  }
}

TEST(Compiler, severalAtOnce) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([] {
      Compiler compiler(registry());
      ASSERT_TRUE(succeeded(compiler.parse(matmul, "matmul.mlir")));
      FailureOr<std::unique_ptr<JitModule>> jit = compiler.createJit();
      ASSERT_TRUE(succeeded(jit)) << messages(compiler);
      checkMatmul(**jit);
    });
  for (std::thread &thread : threads)
    thread.join();
}

TEST(Compiler, allKinds) {
  for (StringRef cpu : {"native", "x86-64", "cortex-a53", "cortex-a7"}) {
    CompileOptions options;
    options.cpu = cpu.str();
    Compiler compiler(registry(), options);
    ASSERT_TRUE(succeeded(compiler.parse(matmul, "dir/matmul.mlir")));
    EXPECT_EQ(compiler.symbolPrefix(), "matmul_");
    for (auto [kind, part] :
         {std::pair(EmitKind::Object, ""),
          std::pair(EmitKind::Header, "void matmul_main(const int8_t *x, const "
                                      "int8_t *w, int32_t *result);"),
          std::pair(EmitKind::Assembly, "matmul_main:"),
          std::pair(EmitKind::LLVM, "define void @matmul_main(ptr"),
          std::pair(EmitKind::MLIR, "llvm.func @main(")}) {
      FailureOr<std::string> text = compiler.emit(kind);
      ASSERT_TRUE(succeeded(text)) << cpu.str() << ": " << messages(compiler);
      EXPECT_TRUE(StringRef(*text).contains(part)) << part;
    }
    EXPECT_TRUE(failed(compiler.emit(EmitKind::Shared)));
    EXPECT_EQ(messages(compiler),
              "error: a shared library has to be written to a file\n");
  }
}

TEST(Compiler, interface) {
  Compiler compiler(registry());
  ASSERT_TRUE(succeeded(compiler.parse(matmul, "matmul.mlir")));
  ASSERT_EQ(compiler.functions().size(), 1u);
  const FunctionInterface &function = compiler.functions().front();
  EXPECT_EQ(function.name, "main");
  ASSERT_EQ(function.arguments.size(), 2u);
  const ValueInterface &x = function.arguments[0];
  EXPECT_EQ(x.name, "x");
  EXPECT_TRUE(x.isTensor);
  EXPECT_EQ(x.shape, (std::vector<int64_t>{3, 70}));
  EXPECT_EQ(x.numElements(), 210);
  EXPECT_EQ(x.type, "tensor<3x70x!bitserial.int<2, unsigned>>");
  EXPECT_EQ(x.format, "2-bit unsigned");
  EXPECT_EQ(x.cType, "int8_t");
  EXPECT_EQ(x.bits, 8u);
  EXPECT_TRUE(x.isSigned);
  EXPECT_TRUE(x.isLimited);
  EXPECT_EQ(x.allowedValues(), "0..3");
  const ValueInterface &w = function.arguments[1];
  EXPECT_EQ(w.name, "w");
  EXPECT_EQ(w.minimum, -1);
  EXPECT_EQ(w.maximum, 1);
  EXPECT_EQ(w.step, 2);
  EXPECT_EQ(w.allowedValues(), "-1, 1");
  ASSERT_EQ(function.results.size(), 1u);
  const ValueInterface &result = function.results[0];
  EXPECT_EQ(result.name, "");
  EXPECT_EQ(result.cType, "int32_t");
  EXPECT_FALSE(result.isLimited);
}

TEST(Compiler, diagnostics) {
  Compiler compiler(registry());
  EXPECT_TRUE(failed(
      compiler.parse("func.func @main() {\n\t%x = foo\n}\n", "broken.mlir")));
  EXPECT_TRUE(compiler.hasErrors());
  ASSERT_EQ(compiler.diagnostics().size(), 1u);
  const CompileDiagnostic &diagnostic = compiler.diagnostics().front();
  EXPECT_EQ(diagnostic.severity, Severity::Error);
  EXPECT_EQ(diagnostic.file, "broken.mlir");
  EXPECT_EQ(diagnostic.line, 2u);
  EXPECT_EQ(diagnostic.column, 7u);
  EXPECT_EQ(diagnostic.sourceLine, "\t%x = foo");
  EXPECT_EQ(messages(compiler),
            "broken.mlir:2:7: error: " + diagnostic.message +
                "\n\t%x = foo\n\t     ^\n");
}

TEST(Compiler, prefix) {
  for (auto [given, source, name, expected] :
       {std::tuple("", matmul, "a.mlir", ""),
        std::tuple("net_", matmul, "a.mlir", "net_")}) {
    CompileOptions options;
    options.prefix = given;
    Compiler compiler(registry(), options);
    ASSERT_TRUE(succeeded(compiler.parse(source, name)));
    EXPECT_EQ(compiler.symbolPrefix(), expected);
  }
  auto prefixOf = [](StringRef source, StringRef name) {
    Compiler compiler(registry());
    EXPECT_TRUE(succeeded(compiler.parse(source, name)));
    return compiler.symbolPrefix();
  };
  EXPECT_EQ(prefixOf(matmul, "dir/layer-1.v2.mlir"), "layer_1_v2_");
  EXPECT_EQ(prefixOf(matmul, "3x3.mlir"), "_3x3_");
  EXPECT_EQ(prefixOf(matmul, "<stdin>"), "bitserial_");
  EXPECT_EQ(
      prefixOf(("module @net {" + StringRef(matmul) + "}").str(), "a.mlir"),
      "net_");
}

/// Crashes before the first pass.
struct Crash : PassInstrumentation {
  void runBeforePass(Pass *, Operation *) override {
    llvm::report_fatal_error("on purpose");
  }
};

TEST(Compiler, aPassThatCrashesIsAnError) {
  CompileOptions options;
  options.cpu = "x86-64";
  options.configurePassManager = [](PassManager &manager) {
    manager.addInstrumentation(std::make_unique<Crash>());
    return success();
  };
  {
    Compiler compiler(registry(), options);
    ASSERT_TRUE(succeeded(compiler.parse(matmul, "matmul.mlir")));
    EXPECT_TRUE(failed(compiler.lower()));
    EXPECT_EQ(messages(compiler),
              "error: internal error: a pass crashed: on purpose\n");
  }
  // The process goes on.
  options.configurePassManager = nullptr;
  Compiler compiler(registry(), options);
  ASSERT_TRUE(succeeded(compiler.parse(matmul, "matmul.mlir")));
  EXPECT_TRUE(succeeded(compiler.lower())) << messages(compiler);
}

} // namespace

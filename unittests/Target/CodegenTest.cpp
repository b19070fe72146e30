//===- CodegenTest.cpp - Tests of code generation and the JIT -------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Target/Codegen.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Object/ELFObjectFile.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

#include "gtest/gtest.h"

#include <dlfcn.h>

using namespace mlir;
using namespace mlir::bitserial;
using llvm::StringRef;

namespace {

constexpr const char *scale = R"(
  llvm.func @scale(%x: !llvm.ptr, %factor: i32) -> i32 {
    %v = llvm.load %x : !llvm.ptr -> i32
    %r = llvm.call @multiply(%v, %factor) : (i32, i32) -> i32
    llvm.store %r, %x : i32, !llvm.ptr
    llvm.return %v : i32
  }
  llvm.func @multiply(%a: i32, %b: i32) -> i32
      attributes {sym_visibility = "private", no_inline} {
    %r = llvm.mul %a, %b : i32
    llvm.return %r : i32
  }
)";

// Bits set in each of 16 words: zmm registers where allowed.
constexpr const char *popcounts = R"(
  llvm.func @popcounts(%x: !llvm.ptr) {
    %v = llvm.load %x {alignment = 4 : i64} : !llvm.ptr -> vector<16xi32>
    %c = llvm.intr.ctpop(%v) : (vector<16xi32>) -> vector<16xi32>
    llvm.store %c, %x {alignment = 4 : i64} : vector<16xi32>, !llvm.ptr
    llvm.return
  }
)";

class CodegenTest : public testing::Test {
protected:
  CodegenTest() {
    DialectRegistry registry;
    registry.insert<LLVM::LLVMDialect>();
    registerCodegenTranslations(registry);
    context.appendDialectRegistry(registry);
    context.loadAllAvailableDialects();
  }

  OwningOpRef<ModuleOp> parse(StringRef text) {
    return parseSourceString<ModuleOp>(text, &context);
  }

  llvm::Expected<GeneratedCode> generate(StringRef text, StringRef cpu,
                                         const CodegenOptions &options = {},
                                         StringRef features = "") {
    return GeneratedCode::create(
        *parse(text), llvm::cantFail(Target::get(cpu, features)), options);
  }

  std::string assembly(StringRef text, StringRef cpu, StringRef features = "") {
    return llvm::cantFail(
        llvm::cantFail(generate(text, cpu, {}, features)).assembly());
  }

  MLIRContext context;
};

bool contains(StringRef text, StringRef part) { return text.contains(part); }

//===----------------------------------------------------------------------===//
// Emission
//===----------------------------------------------------------------------===//

TEST_F(CodegenTest, assemblyFollowsTheFeatures) {
  EXPECT_TRUE(contains(assembly(popcounts, "icelake-server"), "vpopcntd\t"));
  EXPECT_TRUE(contains(assembly(popcounts, "skylake-avx512"), "zmm"));
  std::string avx2 = assembly(popcounts, "haswell");
  EXPECT_TRUE(contains(avx2, "ymm"));
  EXPECT_FALSE(contains(avx2, "zmm"));
  EXPECT_FALSE(
      contains(assembly(popcounts, "icelake-server", "-avx512f"), "zmm"));
  EXPECT_FALSE(contains(
      assembly(popcounts, "icelake-server", "-avx512vpopcntdq,-avx512bitalg"),
      "vpopcnt"));
  EXPECT_FALSE(contains(assembly(popcounts, "x86-64"), "ymm"));
  EXPECT_TRUE(contains(assembly(popcounts, "cortex-a53"), "cnt\tv"));
  EXPECT_TRUE(contains(assembly(popcounts, "cortex-a7"), "vcnt.8"));
}

TEST_F(CodegenTest, everyFunctionHasTheAttributes) {
  OwningOpRef<ModuleOp> module = parse(scale);
  attachTargetAttributes(*module,
                         llvm::cantFail(Target::get("icelake-server")));
  for (auto func : module->getOps<LLVM::LLVMFuncOp>()) {
    EXPECT_EQ(func.getTargetCpu(), "icelake-server");
    EXPECT_TRUE(func.getTargetFeaturesAttr().contains("+avx512vpopcntdq"));
    EXPECT_EQ(func.getPreferVectorWidth(), "512");
  }
  EXPECT_EQ(module->getOperation()
                ->getAttrOfType<StringAttr>("llvm.target_triple")
                .getValue(),
            "x86_64-unknown-linux-gnu");
}

TEST_F(CodegenTest, moduleIsNotChanged) {
  OwningOpRef<ModuleOp> module = parse(scale);
  auto print = [&] {
    std::string text;
    llvm::raw_string_ostream os(text);
    module->print(os);
    return text;
  };
  std::string before = print();
  (void)llvm::cantFail(
      GeneratedCode::create(*module, llvm::cantFail(Target::get("haswell"))));
  EXPECT_EQ(print(), before);
}

TEST_F(CodegenTest, symbols) {
  CodegenOptions options;
  options.symbolPrefix = "net_";
  GeneratedCode code = llvm::cantFail(generate(scale, "cortex-a53", options));
  std::string text = llvm::cantFail(code.assembly());
  EXPECT_TRUE(contains(text, ".globl\tnet_scale"));
  // The private function is not visible from outside.
  EXPECT_FALSE(contains(text, ".globl\tmultiply"));
  EXPECT_TRUE(contains(code.llvmIR(), "define internal"));
}

TEST_F(CodegenTest, objectsOfAllArchitectures) {
  for (auto [cpu, arch] : {std::pair("haswell", llvm::Triple::x86_64),
                           std::pair("cortex-a53", llvm::Triple::aarch64),
                           std::pair("cortex-a7", llvm::Triple::arm)}) {
    std::string bytes =
        llvm::cantFail(llvm::cantFail(generate(scale, cpu)).object());
    auto object = llvm::cantFail(llvm::object::ObjectFile::createObjectFile(
        llvm::MemoryBufferRef(bytes, "object")));
    EXPECT_EQ(object->getArch(), arch);
  }
}

TEST_F(CodegenTest, outputsDoNotDisturbEachOther) {
  GeneratedCode code = llvm::cantFail(generate(popcounts, "haswell"));
  std::string ir = code.llvmIR();
  std::string text = llvm::cantFail(code.assembly());
  (void)llvm::cantFail(code.object());
  EXPECT_EQ(code.llvmIR(), ir);
  EXPECT_EQ(llvm::cantFail(code.assembly()), text);
}

TEST_F(CodegenTest, allOptimisationLevels) {
  for (unsigned level = 0; level <= 3; ++level) {
    CodegenOptions options;
    options.optLevel = level;
    EXPECT_TRUE(contains(
        llvm::cantFail(
            llvm::cantFail(generate(scale, "haswell", options)).assembly()),
        "scale:"));
  }
}

//===----------------------------------------------------------------------===//
// What LLVM would abort on
//===----------------------------------------------------------------------===//

constexpr const char *dotProduct = R"(
  llvm.func @dot(%a: vector<16xi32>, %b: vector<64xi8>, %c: vector<64xi8>)
      -> vector<16xi32> {
    %r = llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.512"(%a, %b, %c)
      : (vector<16xi32>, vector<64xi8>, vector<64xi8>) -> vector<16xi32>
    llvm.return %r : vector<16xi32>
  }
)";

TEST_F(CodegenTest, intrinsicWithoutItsFeature) {
  EXPECT_TRUE(contains(assembly(dotProduct, "icelake-server"), "vpdpbusd"));
  // Several times: the process is as good as before.
  for (auto [cpu, reason] :
       {std::pair("haswell",
                  "Do not know how to split the result of this operator!"),
        std::pair("skylake-avx512",
                  "Cannot select: v16i32 = X86ISD::VPDPBUSD (in the function "
                  "'dot')")}) {
    GeneratedCode code = llvm::cantFail(generate(dotProduct, cpu));
    llvm::Expected<std::string> text = code.assembly();
    ASSERT_FALSE(text);
    EXPECT_EQ(llvm::toString(text.takeError()),
              std::string("LLVM cannot generate code for '") + cpu +
                  "': " + reason +
                  "; the code uses llvm.x86.avx512.vpdpbusd.512: does the "
                  "target have the features for it?");
    EXPECT_TRUE(contains(code.llvmIR(), "vpdpbusd"));
    llvm::Expected<std::string> object = code.object();
    ASSERT_FALSE(object);
    EXPECT_TRUE(contains(llvm::toString(object.takeError()),
                         "an earlier attempt failed"));
  }
  EXPECT_TRUE(contains(assembly(dotProduct, "icelake-server"), "vpdpbusd"));
}

TEST_F(CodegenTest, intrinsicOfAnotherArchitecture) {
  llvm::Expected<GeneratedCode> code = generate(dotProduct, "cortex-a53");
  ASSERT_FALSE(code);
  EXPECT_EQ(llvm::toString(code.takeError()),
            "the code uses 'llvm.x86.avx512.vpdpbusd.512', an intrinsic of "
            "x86-64, but the target is cortex-a53 (AArch64, NEON: 32 vector "
            "registers of 128 bits)");
}

TEST_F(CodegenTest, unsupportedOpenMP) {
  // Programs need not have the runtime, and code without it would be wrong.
  auto code = generate(R"(
    llvm.func @__kmpc_dispatch_next_4(!llvm.ptr) -> i32
    llvm.func @f(%place: !llvm.ptr) -> i32 {
      %more = llvm.call @__kmpc_dispatch_next_4(%place) : (!llvm.ptr) -> i32
      llvm.return %more : i32
    }
  )",
                       "haswell");
  ASSERT_FALSE(bool(code));
  EXPECT_EQ(llvm::toString(code.takeError()),
            "the code calls __kmpc_dispatch_next_4 of OpenMP, which is not "
            "supported: parallel loops have a static schedule and no "
            "reductions");
}

TEST_F(CodegenTest, wrongAssembly) {
  llvm::Expected<std::string> object = llvm::cantFail(generate(R"(
        llvm.func @f() {
          llvm.inline_asm has_side_effects "frobnicate", "" : () -> ()
          llvm.return
        }
      )",
                                                               "haswell"))
                                           .object();
  ASSERT_FALSE(object);
  EXPECT_TRUE(contains(llvm::toString(object.takeError()),
                       "invalid instruction mnemonic"));
}

TEST_F(CodegenTest, otherDialects) {
  std::string diagnostics;
  ScopedDiagnosticHandler handler(&context, [&](Diagnostic &diagnostic) {
    diagnostics += diagnostic.str();
    return success();
  });
  context.allowUnregisteredDialects();
  llvm::Expected<GeneratedCode> code =
      generate(R"("other.op"() : () -> ())", "haswell");
  ASSERT_FALSE(code);
  EXPECT_EQ(llvm::toString(code.takeError()),
            "the module cannot be translated to LLVM IR");
  EXPECT_TRUE(contains(diagnostics, "other.op")) << diagnostics;
}

//===----------------------------------------------------------------------===//
// Files
//===----------------------------------------------------------------------===//

class LinkTest : public CodegenTest {
protected:
  void SetUp() override {
    ASSERT_FALSE(llvm::sys::fs::createUniqueDirectory("bitserial", directory));
  }
  void TearDown() override { llvm::sys::fs::remove_directories(directory); }
  std::string path(StringRef name) {
    llvm::SmallString<128> result(directory);
    llvm::sys::path::append(result, name);
    return result.str().str();
  }
  /// Names in the directory: nothing unfinished may stay there.
  std::vector<std::string> files() {
    std::vector<std::string> names;
    std::error_code ec;
    for (llvm::sys::fs::directory_iterator it(directory, ec), end;
         it != end && !ec; it.increment(ec))
      names.push_back(llvm::sys::path::filename(it->path()).str());
    return names;
  }

  llvm::SmallString<128> directory;
};

TEST_F(LinkTest, sharedLibraries) {
  for (StringRef cpu : {"x86-64", "cortex-a53", "cortex-a7"}) {
    Target target = llvm::cantFail(Target::get(cpu));
    std::string object =
        llvm::cantFail(llvm::cantFail(generate(scale, cpu)).object());
    std::string file = path((cpu + ".so").str());
    llvm::cantFail(linkSharedLibrary(object, file, target));
    auto buffer = llvm::cantFail(
        llvm::errorOrToExpected(llvm::MemoryBuffer::getFile(file)));
    auto library = llvm::cantFail(
        llvm::object::ObjectFile::createObjectFile(buffer->getMemBufferRef()));
    EXPECT_EQ(library->getArch(), target.triple().getArch());
    if (!target.isHostRunnable())
      continue;
    void *handle = dlopen(file.c_str(), RTLD_NOW);
    ASSERT_TRUE(handle) << dlerror();
    auto function = reinterpret_cast<int32_t (*)(int32_t *, int32_t)>(
        dlsym(handle, "scale"));
    int32_t value = 6;
    EXPECT_EQ(function(&value, 7), 6);
    EXPECT_EQ(value, 42);
    dlclose(handle);
  }
  EXPECT_EQ(files().size(), 3u);
}

TEST_F(LinkTest, errors) {
  Target target = llvm::cantFail(Target::get("x86-64"));
  EXPECT_EQ(llvm::toString(linkSharedLibrary("", path("no/x.so"), target)),
            "cannot write '" + path("no/x.so") + "': there is no directory '" +
                path("no") + "'");
  std::string message =
      llvm::toString(linkSharedLibrary("rubbish", path("x.so"), target));
  EXPECT_TRUE(contains(message, "failed")) << message;
  EXPECT_TRUE(files().empty());

  Target apple = llvm::cantFail(Target::get("aarch64-apple-macosx:apple-m1"));
  EXPECT_EQ(llvm::toString(linkSharedLibrary("", "x.so", apple)),
            "cannot link 'x.so': shared libraries are supported for ELF "
            "targets only, not for 'aarch64-apple-macosx'; emit an object file "
            "instead");
}

TEST_F(LinkTest, noLinker) {
  Target target = llvm::cantFail(Target::get("cortex-a53"));
  std::string searchPath = getenv("PATH");
  setenv("PATH", directory.c_str(), 1);
  std::string message =
      llvm::toString(linkSharedLibrary("", path("x.so"), target));
  setenv("PATH", searchPath.c_str(), 1);
  EXPECT_EQ(message,
            "cannot link '" + path("x.so") +
                "': no linker for AArch64 found in PATH; tried ld.lld-22, "
                "ld.lld, aarch64-linux-gnu-ld, aarch64-linux-gnu-gcc");
}

TEST_F(LinkTest, outputFiles) {
  llvm::cantFail(writeOutputFile(path("a"), "text"));
  EXPECT_EQ(files(), std::vector<std::string>{"a"});
  EXPECT_EQ(llvm::toString(writeOutputFile(path("no/a"), "text")),
            "cannot write '" + path("no/a") + "': No such file or directory");

  // What is not a file is written, not replaced.
  llvm::cantFail(writeOutputFile("/dev/null", "text"));
  EXPECT_FALSE(llvm::sys::fs::is_regular_file("/dev/null"));
  ASSERT_FALSE(llvm::sys::fs::create_link(path("a"), path("link")));
  llvm::cantFail(writeOutputFile(path("link"), "more"));
  EXPECT_TRUE(llvm::sys::fs::is_symlink_file(path("link")));
  EXPECT_EQ(llvm::cantFail(
                llvm::errorOrToExpected(llvm::MemoryBuffer::getFile(path("a"))))
                ->getBuffer(),
            "more");
  if (llvm::sys::fs::exists("/dev/full"))
    EXPECT_EQ(llvm::toString(writeOutputFile("/dev/full", "text")),
              "cannot write '/dev/full': No space left on device");
}

//===----------------------------------------------------------------------===//
// JIT
//===----------------------------------------------------------------------===//

TEST_F(CodegenTest, jitRuns) {
  auto jit = llvm::cantFail(
      JitModule::create(*parse(scale), llvm::cantFail(Target::get("native"))));
  JitModule::PackedFunction function = llvm::cantFail(jit->lookup("scale"));
  int32_t value = 6, factor = 7, result = 0;
  int32_t *pointer = &value;
  void *args[] = {&pointer, &factor, &result};
  function(args);
  EXPECT_EQ(result, 6);
  EXPECT_EQ(value, 42);

  llvm::Expected<JitModule::PackedFunction> missing = jit->lookup("multiply");
  ASSERT_FALSE(missing);
  EXPECT_EQ(llvm::toString(missing.takeError()),
            "the module has no public function 'multiply'");
}

TEST_F(CodegenTest, jitFindsTheCLibrary) {
  auto jit =
      llvm::cantFail(JitModule::create(*parse(R"(
    llvm.func @malloc(i64) -> !llvm.ptr
    llvm.func @free(!llvm.ptr)
    llvm.func @consume(%p: !llvm.ptr) attributes {sym_visibility = "private", no_inline} {
      %c = llvm.mlir.constant(7 : i8) : i8
      llvm.store volatile %c, %p : i8, !llvm.ptr
      llvm.return
    }
    llvm.func @copy(%to: !llvm.ptr, %from: !llvm.ptr, %n: i64) {
      %p = llvm.call @malloc(%n) : (i64) -> !llvm.ptr
      llvm.call @consume(%p) : (!llvm.ptr) -> ()
      "llvm.intr.memcpy"(%p, %from, %n) <{isVolatile = false}> : (!llvm.ptr, !llvm.ptr, i64) -> ()
      "llvm.intr.memcpy"(%to, %p, %n) <{isVolatile = false}> : (!llvm.ptr, !llvm.ptr, i64) -> ()
      llvm.call @free(%p) : (!llvm.ptr) -> ()
      llvm.return
    }
  )"),
                                       llvm::cantFail(Target::get("native"))));
  char from[] = "bit planes", to[sizeof(from)] = {};
  char *toPointer = to, *fromPointer = from;
  int64_t size = sizeof(from);
  void *args[] = {&toPointer, &fromPointer, &size};
  llvm::cantFail(jit->lookup("copy"))(args);
  EXPECT_STREQ(to, from);
}

TEST_F(CodegenTest, jitWithMaskedFeatures) {
  Target target = llvm::cantFail(Target::get("native"));
  if (target.arch() == Arch::X86_64)
    target = llvm::cantFail(Target::get("x86-64"));
  auto jit = llvm::cantFail(JitModule::create(*parse(popcounts), target));
  EXPECT_FALSE(contains(llvm::cantFail(jit->code().assembly()), "ymm"));
  int32_t words[16];
  for (int i = 0; i < 16; ++i)
    words[i] = (1 << i) - 1;
  int32_t *pointer = words;
  void *args[] = {&pointer};
  llvm::cantFail(jit->lookup("popcounts"))(args);
  for (int i = 0; i < 16; ++i)
    EXPECT_EQ(words[i], i);
}

TEST_F(CodegenTest, jitErrors) {
  Target native = llvm::cantFail(Target::get("native"));
  bool x86 = native.arch() == Arch::X86_64;
  llvm::Expected<std::unique_ptr<JitModule>> jit = JitModule::create(
      *parse(scale),
      llvm::cantFail(Target::get(x86 ? "cortex-a53" : "haswell")));
  ASSERT_FALSE(jit);
  EXPECT_EQ(llvm::toString(jit.takeError()),
            x86 ? "this machine cannot run code for 'cortex-a53': the target "
                  "is AArch64, this machine is x86-64"
                : "this machine cannot run code for 'haswell': the target is "
                  "x86-64, this machine is AArch64");

  llvm::Expected<std::unique_ptr<JitModule>> masked = JitModule::create(
      *parse(dotProduct),
      llvm::cantFail(Target::get("native", x86 ? "-avx2" : "")));
  ASSERT_FALSE(masked);
  EXPECT_TRUE(contains(llvm::toString(masked.takeError()),
                       "llvm.x86.avx512.vpdpbusd.512"));
}

} // namespace

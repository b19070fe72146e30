//===- KernelLibraryTest.cpp ----------------------------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Synthesis/KernelLibrary.h"

#include "bitserial/IR/Bitserial.h"

#include "mlir/IR/Diagnostics.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <regex>
#include <thread>

using namespace mlir;
using namespace mlir::bitserial;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

//===----------------------------------------------------------------------===//
// Targets
//===----------------------------------------------------------------------===//

static std::vector<StringRef> rank(StringRef cpu, StringRef features = "") {
  return rankLibraryTargets(llvm::cantFail(Target::get(cpu, features)));
}

TEST(LibraryTargets, ServeThemselves) {
  for (const LibraryTarget &entry : getLibraryTargets())
    EXPECT_EQ(rank(entry.cpu, entry.features).front(), entry.cpu);
}

TEST(LibraryTargets, NearestFirst) {
  EXPECT_EQ(rank("skylake").front(), "haswell");
  EXPECT_EQ(rank("znver3").front(), "haswell");
  EXPECT_EQ(rank("x86-64").front(), "haswell");
  EXPECT_THAT(rank("znver4"), ElementsAre("haswell"));
  EXPECT_THAT(rank("znver5"), ElementsAre("haswell"));
  EXPECT_EQ(rank("graniterapids").front(), "sapphirerapids");
  EXPECT_THAT(rank("skylake-avx512"),
              ElementsAre("haswell", "icelake-server", "sapphirerapids"));

  EXPECT_EQ(rank("cortex-a35").front(), "cortex-a53");
  EXPECT_EQ(rank("cortex-a57").front(), "cortex-a72");
  EXPECT_EQ(rank("cortex-a76").front(), "neoverse-n1");
  EXPECT_EQ(rank("neoverse-v1").front(), "neoverse-n1");
  EXPECT_EQ(rank("apple-m1").front(), "neoverse-n1");
  EXPECT_THAT(rank("cortex-a15"), ElementsAre("cortex-a7"));
}

TEST(LibraryTargets, FollowTheFeatures) {
  EXPECT_EQ(rank("sapphirerapids", "-avxvnni").front(), "sapphirerapids");
  EXPECT_EQ(rank("cortex-a53", "+dotprod").front(), "cortex-a53");
  EXPECT_EQ(rank("cortex-a76", "-dotprod").front(), "cortex-a72");
  EXPECT_EQ(rank("znver4", "-avx512f").front(), "haswell");
}

//===----------------------------------------------------------------------===//
// Lookup
//===----------------------------------------------------------------------===//

namespace {
class KernelLibraryTest : public testing::Test {
protected:
  KernelLibraryTest()
      : registry(makeRegistry()), context(registry),
        target(llvm::cantFail(Target::get("haswell"))) {
    EXPECT_FALSE(
        llvm::sys::fs::createUniqueDirectory("kernel-library", folder));
    setenv("XDG_STATE_HOME", (folder + "/state").str().c_str(),
           /*overwrite=*/1);
    context.getDiagEngine().registerHandler([&](Diagnostic &diagnostic) {
      said.push_back(diagnostic.str());
      return success();
    });
    unsigned planes[] = {1, 1};
    spec = KernelSpec::get(
               planes, BitPolynomial::variable(0) * BitPolynomial::variable(1),
               64, /*lanesAreReduction=*/false)
               ->first;
  }
  ~KernelLibraryTest() override { llvm::sys::fs::remove_directories(folder); }

  static DialectRegistry makeRegistry() {
    DialectRegistry registry;
    KernelLibrary::registerDialects(registry);
    return registry;
  }

  KernelLibrary cacheOnly() const {
    KernelLibraryOptions options;
    options.useLibrary = false;
    options.cacheDirectory = folder.str().str();
    return KernelLibrary(options);
  }

  /// The text of a kernel for `target`.
  std::string makeText(const KernelSpec &spec) {
    context.loadAllAvailableDialects();
    OwningOpRef<ModuleOp> module =
        Kernel::makeReference(&context, spec, target);
    std::string text;
    llvm::raw_string_ostream(text) << *module;
    return text;
  }

  void store(const KernelLibrary &library, StringRef text) {
    EXPECT_EQ(llvm::toString(library.getCache().store(
                  spec.name(), getKernelKey(spec, target), text)),
              "");
  }

  SmallString<128> folder;
  DialectRegistry registry;
  MLIRContext context;
  std::vector<std::string> said;
  Target target;
  KernelSpec spec;
};
} // namespace

TEST_F(KernelLibraryTest, FindsWhatIsCached) {
  KernelLibrary library = cacheOnly();
  store(library, makeText(spec));
  KernelAnswer answer = library.lookup(&context, spec, target);
  ASSERT_TRUE(answer.kernel) << answer.reason;
  EXPECT_EQ(answer.origin, KernelOrigin::Cache);
  EXPECT_EQ(answer.kernel->spec, spec);
  EXPECT_THAT(said, IsEmpty());

  // The same one again, even though the file is gone; not for other options.
  llvm::sys::fs::remove(answer.place);
  KernelAnswer again = library.lookup(&context, spec, target);
  ASSERT_TRUE(again.kernel);
  EXPECT_EQ(again.kernel->module, answer.kernel->module);
  KernelLibraryOptions none;
  none.useLibrary = none.useCache = false;
  EXPECT_FALSE(KernelLibrary(none).lookup(&context, spec, target).kernel);
}

TEST_F(KernelLibraryTest, SaysWhyThereIsNone) {
  KernelAnswer answer = cacheOnly().lookup(&context, spec, target);
  EXPECT_FALSE(answer.kernel);
  EXPECT_EQ(answer.reason,
            "neither library nor cache has a kernel 'a1w1-o64' for haswell");
}

TEST_F(KernelLibraryTest, ReportsBadEntriesOnce) {
  // One lookup per context, so that nothing is remembered there.
  auto lookup = [&] {
    MLIRContext other(registry);
    other.getDiagEngine().registerHandler([&](Diagnostic &diagnostic) {
      EXPECT_EQ(diagnostic.getSeverity(), DiagnosticSeverity::Warning);
      said.push_back(diagnostic.str());
      return success();
    });
    return cacheOnly().lookup(&other, spec, target).kernel.has_value();
  };
  KernelLibrary library = cacheOnly();
  std::string good = makeText(spec);
  for (StringRef bad : {StringRef("module {"), StringRef("module {}")}) {
    said.clear();
    store(library, bad);
    EXPECT_FALSE(lookup());
    EXPECT_FALSE(lookup());
    EXPECT_EQ(said.size(), 1u);
    EXPECT_THAT(said.front(), HasSubstr("is not used: "));
  }
  // A kernel, but of another specification.
  said.clear();
  KernelSpec other = spec;
  other.wordBits = 32;
  store(library, makeText(other));
  EXPECT_FALSE(lookup());
  ASSERT_EQ(said.size(), 1u);
  EXPECT_THAT(said.front(), HasSubstr("is for 'planes=1,1"));

  said.clear();
  store(library, good);
  EXPECT_TRUE(lookup());
  EXPECT_THAT(said, IsEmpty());
}

/// Replaces the first occurrence of a text.
static std::string edit(StringRef text, StringRef from, StringRef to) {
  size_t at = text.find(from);
  EXPECT_NE(at, StringRef::npos) << from.str();
  return (text.take_front(at) + to + text.drop_front(at + from.size())).str();
}

// Kernels of the library with a mistake, in entries whose hash is right. The
// good ones are recorded, the others are proved when they are read, and fail.
TEST_F(KernelLibraryTest, RefusesWrongEntriesWithTheRightHash) {
  struct Case {
    StringRef file, from, to;
    const char *reason = "its proof fails: ";
  };
  const Case cases[] = {
      // One step more before a flush.
      {"haswell/a1w1-o64.mlir", "capacity = 255", "capacity = 256",
       "more than lanes of"},
      {"sapphirerapids/a1w1-o32.mlir", "%c106_i32 = arith.constant 106",
       "%c106_i32 = arith.constant 107"},
      {"haswell/a1w1-o64.mlir", "arith.xori", "arith.andi"},
      {"haswell/a1w1-o64.mlir", "cost = 8", "cost = 7"},
      // A table entry: the bits of 0.
      {"haswell/a1w1-o64.mlir", "dense<[0, 1, 1, 2", "dense<[1, 1, 1, 2"},
      {"cortex-a53/a2sw1-o16.mlir", "planes = [1, 2]", "planes = [0, 2]"},
  };
  for (const Case &each : cases) {
    const LibraryFile *file =
        llvm::find_if(getLibraryFiles(), [&](const LibraryFile &file) {
          return file.name == each.file;
        });
    ASSERT_NE(file, getLibraryFiles().end()) << each.file.str();
    std::string good = llvm::cantFail(parseKernelEntry(file->text)).second;
    Target home = llvm::cantFail(Target::get(each.file.split('/').first));
    OwningOpRef<ModuleOp> owner;
    FailureOr<Kernel> kernel = Kernel::parse(&context, good, "good", owner);
    ASSERT_TRUE(succeeded(kernel));
    // The library may have it from an older search.
    std::string key = getKernelKey(kernel->spec, home);
    KernelLibrary library = cacheOnly();
    std::string name = kernel->spec.name();
    auto lookup = [&] {
      MLIRContext other(registry);
      other.getDiagEngine().registerHandler([&](Diagnostic &diagnostic) {
        said.push_back(diagnostic.str());
        return success();
      });
      return library.lookup(&other, kernel->spec, home).kernel.has_value();
    };

    said.clear();
    ASSERT_FALSE(library.getCache().store(name, key, good));
    EXPECT_TRUE(lookup());
    EXPECT_TRUE(library.getRecord().contains(hashEntry(key, good)));
    EXPECT_THAT(said, IsEmpty());

    std::string bad = edit(good, each.from, each.to);
    ASSERT_FALSE(library.getCache().store(name, key, bad));
    EXPECT_FALSE(lookup()) << each.file.str() << ": " << each.to.str();
    ASSERT_EQ(said.size(), 1u);
    EXPECT_THAT(said.front(), HasSubstr(each.reason));
    EXPECT_FALSE(library.getRecord().contains(hashEntry(key, bad)));
  }
}

// The record decides: what it lists is used as it is.
TEST_F(KernelLibraryTest, DoesNotProveWhatIsRecorded) {
  KernelLibrary library = cacheOnly();
  std::string wrong = edit(makeText(spec), "arith.andi", "arith.ori");
  std::string key = getKernelKey(spec, target);
  ASSERT_FALSE(library.store(spec.name(), key, wrong));
  EXPECT_TRUE(library.lookup(&context, spec, target).kernel);
  EXPECT_THAT(said, IsEmpty());
}

TEST_F(KernelLibraryTest, IsTheSourceOfAContext) {
  auto library = std::make_shared<KernelLibrary>(cacheOnly());
  store(*library, makeText(spec));
  KernelSource *source = KernelSource::get(&context);
  ASSERT_TRUE(source);
  EXPECT_FALSE(source->find(spec, target));
  KernelLibrary::activate(&context, library);
  EXPECT_TRUE(source->find(spec, target));
}

TEST_F(KernelLibraryTest, AnswersManyThreads) {
  KernelLibrary library = cacheOnly();
  store(library, makeText(spec));
  std::vector<ModuleOp> modules(4);
  std::vector<std::thread> threads;
  for (ModuleOp &module : modules)
    threads.emplace_back([&] {
      KernelAnswer answer = library.lookup(&context, spec, target);
      if (answer.kernel)
        module = answer.kernel->module;
    });
  for (std::thread &thread : threads)
    thread.join();
  for (ModuleOp module : modules) {
    EXPECT_TRUE(module);
    EXPECT_EQ(module, modules.front());
  }
}

TEST(KernelKey, IsRenewed) {
  Target target = llvm::cantFail(Target::get("cortex-a53", ""));
  NumberFormat bit(1, Kind::Unsigned);
  for (const std::string &key :
       {getKernelKey(KernelSpec::get(bit, bit, 16, false).first, target),
        getKernelKey(PackSpec{NumberFormat(2, Kind::Unsigned), 64}, target)}) {
    EXPECT_EQ(renewKernelKey(key), key);
    // Only what is said of the proof changes.
    std::string older =
        std::regex_replace(key, std::regex("semantics=\\w+ "), "semantics=0 ");
    older = std::regex_replace(older, std::regex("prover=\\d+ "), "prover=0 ");
    older = std::regex_replace(older, std::regex("search=\\d+"), "search=0");
    EXPECT_EQ(renewKernelKey(older),
              std::regex_replace(key, std::regex("search=\\d+"), "search=0"));
  }
  EXPECT_EQ(renewKernelKey("key"), std::nullopt);
  EXPECT_EQ(renewKernelKey("a target=ARM:cortex-a7 b"), std::nullopt);
}

TEST(KernelKey, TellsTargetsAndSpecsApart) {
  unsigned planes[] = {1, 1};
  BitPolynomial product =
      BitPolynomial::variable(0) * BitPolynomial::variable(1);
  KernelSpec a = KernelSpec::get(planes, product, 64, false)->first;
  KernelSpec b = KernelSpec::get(planes, product, 64, true)->first;
  auto key = [](const KernelSpec &spec, StringRef cpu, StringRef features) {
    return getKernelKey(spec, llvm::cantFail(Target::get(cpu, features)));
  };
  std::string base = key(a, "haswell", "");
  EXPECT_EQ(base, key(a, "haswell", ""));
  EXPECT_EQ(base, key(a, "haswell", "-aes")) << "not used by kernels";
  EXPECT_NE(base, key(b, "haswell", ""));
  EXPECT_NE(base, key(a, "skylake", ""));
  EXPECT_NE(base, key(a, "haswell", "-avx2"));
  EXPECT_EQ(base.find('\n'), std::string::npos);
}

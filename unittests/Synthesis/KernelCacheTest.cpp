//===- KernelCacheTest.cpp ------------------------------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Synthesis/KernelCache.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <cstdlib>
#include <thread>

using namespace mlir;
using namespace mlir::bitserial;
using llvm::toString;
using testing::HasSubstr;

namespace {
class KernelCacheTest : public testing::Test {
protected:
  void SetUp() override {
    ASSERT_FALSE(llvm::sys::fs::createUniqueDirectory("kernel-cache", folder));
  }
  void TearDown() override { llvm::sys::fs::remove_directories(folder); }

  KernelCache cache() const {
    // Made when something is stored.
    return KernelCache((folder + "/a/b").str());
  }

  void write(StringRef file, StringRef text) {
    std::error_code error;
    llvm::raw_fd_ostream os(file, error);
    ASSERT_FALSE(error) << error.message();
    os << text;
  }
  std::string read(StringRef file) {
    auto buffer = llvm::MemoryBuffer::getFile(file);
    return buffer ? (*buffer)->getBuffer().str() : "";
  }

  SmallString<128> folder;
};

/// Sets a variable of the environment as long as it lives.
class Environment {
public:
  Environment(const char *name, const char *value) : name(name) {
    if (const char *was = std::getenv(name))
      old = was;
    value ? setenv(name, value, 1) : unsetenv(name);
  }
  ~Environment() { old ? setenv(name, old->c_str(), 1) : unsetenv(name); }

private:
  const char *name;
  std::optional<std::string> old;
};
} // namespace

TEST_F(KernelCacheTest, KeepsTexts) {
  KernelCache first = cache();
  EXPECT_FALSE(first.lookup("a1w1", "key 1").text);
  EXPECT_EQ(first.lookup("a1w1", "key 1").problem, "");
  EXPECT_TRUE(first.list().empty());
  ASSERT_EQ(toString(first.store("a1w1", "key 1", "module {}\n")), "");
  ASSERT_EQ(toString(first.store("a1w1", "key 2", "")), "");

  KernelCache second = cache();
  EXPECT_EQ(second.lookup("a1w1", "key 1").text, "module {}\n");
  EXPECT_EQ(second.lookup("a1w1", "key 2").text, "");
  EXPECT_FALSE(second.lookup("a1w1", "key 3").text);
  EXPECT_EQ(second.list().size(), 2u);

  ASSERT_EQ(toString(first.store("a1w1", "key 1", "other")), "");
  EXPECT_EQ(second.lookup("a1w1", "key 1").text, "other");
}

TEST_F(KernelCacheTest, DetectsWhatIsNotItsOwn) {
  KernelCache kernels = cache();
  ASSERT_EQ(toString(kernels.store("k", "key", "module {}\n")), "");
  std::string file = kernels.getPath("k", "key");
  std::string good = read(file);

  auto problem = [&](StringRef text) {
    write(file, text);
    KernelCache::Result result = kernels.lookup("k", "key");
    EXPECT_FALSE(result.text);
    EXPECT_THAT(result.problem, HasSubstr(file));
    // Each is also seen in a list.
    EXPECT_EQ(kernels.list().size(), 1u);
    return result.problem;
  };
  // Cut short anywhere.
  for (size_t length = 0; length < good.size(); ++length)
    problem(StringRef(good).take_front(length));
  // A bit changed anywhere.
  for (size_t i = 0; i < good.size(); ++i) {
    std::string text = good;
    text[i] ^= 1;
    problem(text);
  }
  EXPECT_THAT(problem("module {}\n"), HasSubstr("format"));
  EXPECT_THAT(problem(good + " "), HasSubstr("hash"));
  EXPECT_THAT(problem(makeKernelEntry("other key", "module {}\n")),
              HasSubstr("another key"));

  ASSERT_EQ(toString(kernels.store("k", "key", "module {}\n")), "");
  EXPECT_EQ(kernels.lookup("k", "key").text, "module {}\n");
}

TEST_F(KernelCacheTest, LivesWithoutAFolder) {
  KernelCache none("");
  EXPECT_FALSE(none.lookup("k", "key").text);
  EXPECT_EQ(toString(none.store("k", "key", "text")), "");
  EXPECT_FALSE(none.lookup("k", "key").text);

  // A file stands where the folder should be: nothing there, and an error that
  // says so when something is to be stored.
  std::string file = (folder + "/file").str();
  write(file, "");
  KernelCache blocked(file + "/kernels");
  EXPECT_FALSE(blocked.lookup("k", "key").text);
  EXPECT_EQ(blocked.lookup("k", "key").problem, "");
  EXPECT_TRUE(blocked.list().empty());
  EXPECT_THAT(toString(blocked.store("k", "key", "text")), HasSubstr(file));
}

TEST_F(KernelCacheTest, FollowsTheEnvironment) {
  Environment none("BITSERIAL_CACHE_DIR", nullptr);
  Environment xdg("XDG_CACHE_HOME", "/xdg");
  EXPECT_EQ(KernelCache::getDefaultDirectory(), "/xdg/bitserial/kernels");
  {
    Environment own("BITSERIAL_CACHE_DIR", "/own");
    EXPECT_EQ(KernelCache::getDefaultDirectory(), "/own");
    Environment off("BITSERIAL_CACHE_DIR", "");
    EXPECT_EQ(KernelCache::getDefaultDirectory(), "");
  }
  Environment home("HOME", "/home/u");
  for (const char *unusable : {"", "relative"}) {
    Environment other("XDG_CACHE_HOME", unusable);
    EXPECT_EQ(KernelCache::getDefaultDirectory(),
              "/home/u/.cache/bitserial/kernels");
  }
}

TEST_F(KernelCacheTest, ManyWritersAndReaders) {
  // Writers store long texts over each other, readers see one of them whole.
  KernelCache kernels = cache();
  std::vector<std::string> texts;
  for (char c : {'a', 'b', 'c'})
    texts.push_back(std::string(100000, c));
  ASSERT_EQ(toString(kernels.store("k", "key", texts[0])), "");
  std::vector<std::thread> threads;
  for (const std::string &text : texts)
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i) {
        EXPECT_EQ(toString(kernels.store("k", "key", text)), "");
        KernelCache::Result result = kernels.lookup("k", "key");
        EXPECT_EQ(result.problem, "");
        ASSERT_TRUE(result.text);
        EXPECT_TRUE(llvm::is_contained(texts, *result.text));
      }
    });
  for (std::thread &thread : threads)
    thread.join();
  // No temporary file is left.
  unsigned files = 0;
  std::error_code error;
  for (llvm::sys::fs::directory_iterator it(kernels.directory(), error), end;
       it != end; it.increment(error))
    ++files;
  EXPECT_EQ(files, 1u);
}

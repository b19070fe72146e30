//===- ProofRecordTest.cpp ------------------------------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Synthesis/ProofRecord.h"

#include "bitserial/Synthesis/KernelCache.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

#include "gtest/gtest.h"

#include <cstdlib>
#include <thread>

using namespace mlir;
using namespace mlir::bitserial;
namespace fs = llvm::sys::fs;

namespace {
class ProofRecordTest : public testing::Test {
protected:
  void SetUp() override {
    ASSERT_FALSE(fs::createUniqueDirectory("proof-record", folder));
    file = (folder + "/a/b/proved").str();
  }
  void TearDown() override { fs::remove_directories(folder); }

  SmallString<128> folder;
  std::string file;
  std::string one = hashText("1"), two = hashText("2");
};
} // namespace

TEST_F(ProofRecordTest, KeepsHashes) {
  ProofRecord record(file);
  EXPECT_FALSE(record.contains(one));
  record.add(one);
  record.add(one);
  EXPECT_TRUE(record.contains(one));
  EXPECT_FALSE(record.contains(two));
  EXPECT_FALSE(record.contains(one.substr(0, 63)));
  EXPECT_FALSE(record.contains(""));
  record.add(two);
  EXPECT_TRUE(ProofRecord(file).contains(one));
  EXPECT_TRUE(ProofRecord(file).contains(two));
  fs::file_status status;
  ASSERT_FALSE(fs::status(file, status));
  EXPECT_EQ(status.permissions(), fs::owner_read | fs::owner_write);
}

TEST_F(ProofRecordTest, SurvivesWhatWasCutShort) {
  ProofRecord record(file);
  record.add(one);
  {
    std::error_code error;
    llvm::raw_fd_ostream os(file, error, fs::OF_Append);
    os << two.substr(0, 20);
  }
  EXPECT_FALSE(record.contains(two));
  record.add(two);
  EXPECT_TRUE(record.contains(one));
  EXPECT_TRUE(record.contains(two));
}

TEST_F(ProofRecordTest, IgnoresWhatOthersMayWrite) {
  ProofRecord record(file);
  record.add(one);
  ASSERT_TRUE(record.contains(one));
  for (fs::perms perms : {fs::group_write, fs::others_write}) {
    ASSERT_FALSE(
        fs::setPermissions(file, fs::owner_read | fs::owner_write | perms));
    EXPECT_FALSE(record.contains(one));
  }
  ASSERT_FALSE(fs::setPermissions(file, fs::owner_read | fs::owner_write));
  EXPECT_TRUE(record.contains(one));
}

TEST_F(ProofRecordTest, LivesWithoutAFile) {
  for (const char *nowhere : {"", "/dev/null/bitserial/proved"}) {
    ProofRecord record(nowhere);
    record.add(one);
    EXPECT_FALSE(record.contains(one));
  }
  // A folder is none.
  ProofRecord record(folder.str().str());
  record.add(one);
  EXPECT_FALSE(record.contains(one));
}

TEST_F(ProofRecordTest, ManyWriters) {
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread)
    threads.emplace_back([&, thread] {
      for (int i = 0; i < 25; ++i)
        ProofRecord(file).add(hashText(std::to_string(thread * 25 + i)));
    });
  for (std::thread &thread : threads)
    thread.join();
  for (int i = 0; i < 100; ++i)
    EXPECT_TRUE(ProofRecord(file).contains(hashText(std::to_string(i)))) << i;
}

TEST_F(ProofRecordTest, FollowsTheEnvironment) {
  setenv("XDG_STATE_HOME", "/xdg", 1);
  EXPECT_EQ(ProofRecord::getDefaultPath(), "/xdg/bitserial/proved");
  std::string home = getenv("HOME") ? getenv("HOME") : "";
  setenv("HOME", "/home/u", 1);
  for (const char *unusable : {"", "relative"}) {
    setenv("XDG_STATE_HOME", unusable, 1);
    EXPECT_EQ(ProofRecord::getDefaultPath(),
              "/home/u/.local/state/bitserial/proved");
  }
  setenv("HOME", home.c_str(), 1);
}

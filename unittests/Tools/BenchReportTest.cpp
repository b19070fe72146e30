//===- BenchReportTest.cpp - JSON and tables of results -------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Report.h"
#include "Requirements.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"
#include "gtest/gtest.h"

using namespace mlir::bitserial::bench;

/// Two layers; on the second one a2w1 was not measured.
static BenchResult makeResult() {
  BenchResult result;
  result.host = "A CPU";
  result.oneDnn = "2.6.3";
  result.clock = "cpu";
  result.rounds = 3;
  result.sampleSeconds = 2e-3;
  result.isas = {{"avx2", "x86-64-v3", "", "AVX2"}};
  result.formats = {{"a1w1", 1}, {"a2w1", 2}};
  LayerResult first{"C2", "56,64→64,3,1", 100e6, {}};
  first.series = {{"", "clock", "", 4e6, {1e-3, 1e-3, 1e-3}},
                  {"avx2", "plain-tile", "loop", 800e6, {1e-3, 1e-3, 1e-3}},
                  {"avx2", "fp32", "jit", 100e6, {1e-3, 1.1e-3, 0.9e-3}},
                  {"avx2", "int8", "jit", 100e6, {0.5e-3, 0.5e-3, 0.5e-3}},
                  {"avx2", "a1w1", "", 100e6, {0.25e-3, 0.25e-3, 0.25e-3}},
                  {"avx2", "a2w1", "", 100e6, {0.5e-3, 0.5e-3, 0.5e-3}}};
  LayerResult second{"C3", "56,64→64,1,1", 10e6, {}};
  second.series = {{"", "clock", "", 4e6, {1e-3}},
                   {"avx2", "plain-tile", "loop", 800e6, {1e-3}},
                   {"avx2", "fp32", "jit", 10e6, {1e-4}},
                   {"avx2", "int8", "jit", 10e6, {0.5e-4}},
                   {"avx2", "a1w1", "", 10e6, {1e-4}}};
  result.layers = {first, second};
  return result;
}

TEST(BenchReport, Ratios) {
  BenchResult result = makeResult();
  const LayerResult &layer = result.layers[0];
  EXPECT_DOUBLE_EQ(result.ratio(layer, "avx2", result.formats[0], "fp32"), 4);
  EXPECT_DOUBLE_EQ(result.ratio(layer, "avx2", result.formats[1], "int8"), 1);
  // Two products of planes each: 400 of 800 one-bit GMAC/s.
  EXPECT_DOUBLE_EQ(result.ratio(layer, "avx2", result.formats[1], "plain"),
                   0.5);
  EXPECT_DOUBLE_EQ(clockFrequency(result), 4e9);
}

TEST(BenchReport, RooflineAndThreads) {
  BenchResult result = makeResult();
  result.threads = {2};
  std::vector<Series> &series = result.layers[0].series;
  series.push_back({"avx2", "memory-a1w1", "", 1e6, {0.2e-3}});
  series.push_back({"avx2", "memory-a2w1", "", 1e6, {0.2e-3}});
  series.push_back({"avx2", "a1w1@2", "", 100e6, {0.125e-3}});
  const LayerResult &layer = result.layers[0];
  // Reading takes 0.2 ms, instructions 0.125 ms, and 0.25 ms with two planes.
  EXPECT_DOUBLE_EQ(result.ratio(layer, "avx2", result.formats[0], "roofline"),
                   0.8);
  EXPECT_DOUBLE_EQ(result.ratio(layer, "avx2", result.formats[1], "roofline"),
                   0.5);
  EXPECT_DOUBLE_EQ(result.ratio(layer, "avx2", result.formats[0], "@2"), 2);
  result.layers.pop_back();
  result.formats.pop_back();
  std::string text;
  llvm::raw_string_ostream os(text);
  printTables(result, TableStyle::Markdown, Unit::MacPerCycle, os);
  EXPECT_NE(
      text.find(
          "| layer | H,Ci→Co,k,s  |  MMAC | fp32 | int8 | a1w1 | × fp32 | × "
          "int8 | of roofline | × in 2 thr. |\n"
          "|:------|:-------------|------:|-----:|-----:|-----:|-------:|----"
          "---:|------------:|------------:|\n"
          "| C2    | 56,64→64,3,1 | 100.0 |   25 |   50 |  100 |   4.00 |   "
          "2.00 |         80% |        2.00 |\n"),
      std::string::npos)
      << text;
}

TEST(BenchReport, JsonRoundTrip) {
  std::string text = llvm::formatv("{0}", toJSON(makeResult()));
  auto parsed = parseResult(text);
  ASSERT_TRUE(bool(parsed));
  EXPECT_EQ(llvm::formatv("{0}", toJSON(*parsed)).str(), text);
}

TEST(BenchReport, BadJson) {
  auto message = [](llvm::StringRef text) {
    return llvm::toString(parseResult(text).takeError());
  };
  EXPECT_NE(message("{").find("Expected"), std::string::npos);
  EXPECT_EQ(message("[]"), "expected object when parsing result");
  std::string text = llvm::formatv("{0}", toJSON(makeResult()));
  size_t at = text.find("\"macs\":");
  text.replace(at, 6, "\"mac\"");
  EXPECT_EQ(message(text), "missing value at result.layers[0].macs");
}

TEST(BenchReport, Markdown) {
  std::string text;
  llvm::raw_string_ostream os(text);
  printTables(makeResult(), TableStyle::Markdown, Unit::GMacPerSecond, os);
  EXPECT_EQ(
      text,
      "A CPU, 4.00 GHz, one thread; oneDNN 2.6.3; GMAC/s, medians of 3 "
      "interleaved rounds of 2.0 ms (CPU time).\n"
      "\n"
      "### avx2: ours for x86-64-v3, oneDNN capped at AVX2\n"
      "\n"
      "| layer | H,Ci→Co,k,s  |  MMAC | fp32 | int8 | a1w1 | × fp32 | × int8 | "
      "of plain | a2w1 | × fp32 | × int8 | of plain |\n"
      "|:------|:-------------|------:|-----:|-----:|-----:|-------:|-------:|"
      "---------:|-----:|-------:|-------:|---------:|\n"
      "| C2    | 56,64→64,3,1 | 100.0 |  100 |  200 |  400 |   4.00 |   2.00 | "
      "     50% |  200 |   2.00 |   1.00 |      50% |\n"
      "| C3    | 56,64→64,1,1 |  10.0 |  100 |  200 |  100 |   1.00 |   0.50 | "
      "     12% |    – |      – |      – |        – |\n"
      "| mean  | geometric    |       |  100 |  200 |  200 |   2.00 |   1.00 | "
      "     25% |    – |      – |      – |        – |\n"
      "\n"
      "Plain loop (loop): 800 GMAC/s, 200 MAC/cycle.\n"
      "Largest spread (half the interquartile range): 5.0%.\n");
}

TEST(BenchReport, TextHasSpreads) {
  std::string text;
  llvm::raw_string_ostream os(text);
  printTables(makeResult(), TableStyle::Text, Unit::GMacPerSecond, os);
  EXPECT_NE(text.find("100 ±5.0%"), std::string::npos);
}

TEST(BenchRequirements, Check) {
  std::vector<Requirement> met = {{"a1w1", "fp32", "", 2},
                                  {"a1w1", "plain", "c2", 0.5}};
  std::string text;
  llvm::raw_string_ostream os(text);
  EXPECT_TRUE(checkRequirements(makeResult(), met, os));
  EXPECT_EQ(text, "PASS avx2 a1w1/fp32 geometric mean: 2.00, required 2.00\n"
                  "PASS avx2 a1w1/plain c2: 0.50, required 0.50\n");
  // Too slow; not measured on C3; no such layer; no such formats.
  for (const Requirement &requirement : {Requirement{"a1w1", "fp32", "C3", 1.5},
                                         Requirement{"a2w1", "fp32", "", 1},
                                         Requirement{"a1w1", "fp32", "C9", 1},
                                         Requirement{"a4w4", "fp32", "C2", 1}})
    EXPECT_FALSE(checkRequirements(makeResult(), requirement, os));
}

//===- Workload.cpp - Layers, formats and instruction sets ----------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Workload.h"
#include "bitserial/IR/Bitserial.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/TargetParser/Host.h"

using namespace llvm;

namespace mlir::bitserial::bench {

std::string ConvLayer::shape() const {
  if (isMatmul)
    return formatv("{0},{1}→{2}", height, inChannels, outChannels);
  return formatv("{0},{1}→{2},{3},{4}", height, inChannels, outChannels, filter,
                 stride);
}

ConvLayer ConvLayer::next() const {
  return {name + " next", outHeight(), outWidth(), outChannels,
          outChannels,    1,           1,          0,
          isMatmul};
}

ArrayRef<ConvLayer> resnet18Layers() {
  static const ConvLayer layers[] = {
      {"C2", 56, 56, 64, 64, 3, 1, 1},    {"C3", 56, 56, 64, 64, 1, 1, 0},
      {"C4", 56, 56, 64, 128, 3, 2, 1},   {"C5", 56, 56, 64, 128, 1, 2, 0},
      {"C6", 28, 28, 128, 128, 3, 1, 1},  {"C7", 28, 28, 128, 256, 3, 2, 1},
      {"C8", 28, 28, 128, 256, 1, 2, 0},  {"C9", 14, 14, 256, 256, 3, 1, 1},
      {"C10", 14, 14, 256, 512, 3, 2, 1}, {"C11", 14, 14, 256, 512, 1, 2, 0},
      {"C12", 7, 7, 512, 512, 3, 1, 1},
  };
  return layers;
}

/// Calls `parse` on each item of a comma-separated list. `what` names the items
/// in errors. Items must be distinct.
static Error forEachItem(StringRef list, StringRef what,
                         function_ref<Error(StringRef item)> parse) {
  SmallVector<StringRef> items;
  list.split(items, ',');
  StringMap<bool> seen;
  for (StringRef item : items) {
    item = item.trim();
    if (item.empty())
      return createStringError(formatv("empty {0} in '{1}'", what, list));
    if (!seen.try_emplace(item.lower(), true).second)
      return createStringError(formatv("{0} '{1}' is given twice", what, item));
    if (Error error = parse(item))
      return error;
  }
  return Error::success();
}

template <typename Range, typename Name>
static std::string listNames(Range &&range, Name name) {
  std::string text;
  for (const auto &item : range)
    text += (text.empty() ? "" : ", ") + name(item);
  return text;
}

/// `8x4096x1024` as a matrix product; none if it is something else.
static std::optional<ConvLayer> parseMatmul(StringRef text) {
  int64_t sizes[3];
  StringRef rest = text;
  for (int64_t &size : sizes) {
    if (&size != sizes && !rest.consume_front_insensitive("x"))
      return std::nullopt;
    if (rest.consumeInteger(10, size) || size < 1 || size > (1 << 20))
      return std::nullopt;
  }
  if (!rest.empty())
    return std::nullopt;
  auto [m, n, k] = sizes;
  return ConvLayer{text.lower(), m, 1, k, n, 1, 1, 0, /*isMatmul=*/true};
}

Expected<std::vector<ConvLayer>> parseLayers(StringRef list) {
  ArrayRef<ConvLayer> table = resnet18Layers();
  if (list == "all")
    return std::vector<ConvLayer>(table);
  std::vector<ConvLayer> layers;
  Error error = forEachItem(list, "layer", [&](StringRef item) -> Error {
    if (std::optional<ConvLayer> matmul = parseMatmul(item)) {
      layers.push_back(*matmul);
      return Error::success();
    }
    const ConvLayer *layer = find_if(table, [&](const ConvLayer &candidate) {
      return item.equals_insensitive(candidate.name);
    });
    if (layer == table.end())
      return createStringError(formatv(
          "unknown layer '{0}'; the layers are all, {1}, and matrix products "
          "as 8x4096x1024 (m, n, k)",
          item,
          listNames(table, [](const ConvLayer &layer) { return layer.name; })));
    layers.push_back(*layer);
    return Error::success();
  });
  if (error)
    return std::move(error);
  return layers;
}

/// Takes a number format such as `u2` from the front of `text`.
static Expected<NumberFormat> consumeFormat(StringRef &text, StringRef item) {
  std::optional<Kind> kind =
      StringSwitch<std::optional<Kind>>(text.take_front())
          .Case("u", Kind::Unsigned)
          .Case("s", Kind::Signed)
          .Case("b", Kind::Bipolar)
          .Case("t", Kind::Ternary)
          .Default(std::nullopt);
  StringRef rest = text.drop_front();
  unsigned width;
  if (!kind || rest.consumeInteger(10, width))
    return createStringError(
        formatv("'{0}' is no pair of formats; write e.g. a2w1 or u2:b1 (kinds "
                "u, s, b, t; widths 1 to {1})",
                item, NumberFormat::kMaxWidth));
  text = rest;
  std::string invalid = NumberFormat::isValid(width, *kind, /*zeroPoint=*/0);
  if (!invalid.empty())
    return createStringError(formatv("in formats '{0}': {1}", item, invalid));
  return NumberFormat(width, *kind);
}

Expected<std::vector<FormatPair>> parseFormats(StringRef list) {
  std::vector<FormatPair> pairs;
  if (list == "none")
    return pairs;
  Error error =
      forEachItem(list, "pair of formats", [&](StringRef item) -> Error {
        std::string name = item.lower();
        // `aMwN` is `uM:bN`.
        std::string spelled = name;
        if (StringRef(name).starts_with("a"))
          if (size_t w = name.find('w'); w != std::string::npos)
            spelled = "u" + name.substr(1, w - 1) + ":b" + name.substr(w + 1);
        StringRef text = spelled;
        Expected<NumberFormat> activations = consumeFormat(text, item);
        if (!activations)
          return activations.takeError();
        // What does not continue with a colon fails as a weight format.
        if (!text.consume_front(":"))
          text = "";
        Expected<NumberFormat> weights = consumeFormat(text, item);
        if (!weights)
          return weights.takeError();
        if (!text.empty())
          return createStringError(formatv(
              "unexpected '{0}' at the end of formats '{1}'", text, item));
        pairs.push_back({name, *activations, *weights});
        return Error::success();
      });
  if (error)
    return std::move(error);
  return pairs;
}

/// The instruction sets and the CPU features that running them needs.
static constexpr struct {
  InstructionSet isa;
  StringLiteral needs;
} kInstructionSets[] = {
    {{"baseline", "x86-64", "", "SSE41", PlainLoop::None}, "sse4.1"},
    {{"avx2", "native", "-avx512f,-avxvnni,-gfni", "AVX2",
      PlainLoop::AVX2Nibble},
     "avx2,fma,bmi2"},
    {{"avx512bw", "x86-64-v4", "", "AVX512_CORE", PlainLoop::None},
     "avx512f,avx512bw,avx512vl,avx512dq"},
    {{"avx512", "native", "-amx-tile", "AVX512_CORE_VNNI",
      PlainLoop::AVX512Popcount},
     "avx512f,avx512bw,avx512vl,avx512dq,avx512vpopcntdq,avx512bitalg,"
     "avx512vnni,avx512vbmi"},
    {{"amx", "native", "", "AVX512_CORE_AMX", PlainLoop::AVX512Popcount},
     "avx512f,avx512bw,avx512vl,avx512dq,avx512vpopcntdq,avx512bitalg,"
     "avx512vnni,avx512vbmi,amx-tile,amx-int8"},
    {{"native", "native", "", "ALL", PlainLoop::None}, ""},
};

Expected<std::vector<InstructionSet>> parseInstructionSets(StringRef list) {
  StringMap<bool> host = sys::getHostCPUFeatures();
  auto missing = [&](StringRef needs) {
    SmallVector<StringRef> features;
    needs.split(features, ',', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
    const auto *it =
        find_if(features, [&](StringRef f) { return !host.lookup(f); });
    return it == features.end() ? StringRef() : *it;
  };
  std::vector<InstructionSet> sets;
  Error error =
      forEachItem(list, "instruction set", [&](StringRef item) -> Error {
        const auto *entry =
            find_if(kInstructionSets, [&](const auto &candidate) {
              return item.equals_insensitive(candidate.isa.name);
            });
        if (entry == std::end(kInstructionSets))
          return createStringError(
              formatv("unknown instruction set '{0}'; they are {1}", item,
                      listNames(kInstructionSets, [](const auto &entry) {
                        return entry.isa.name.str();
                      })));
        if (StringRef feature = missing(entry->needs); !feature.empty())
          return createStringError(formatv(
              "this machine cannot run instruction set '{0}': it has no {1}",
              item, feature));
        sets.push_back(entry->isa);
        if (entry->isa.name == "native")
          // The table is in ascending order, so the last that fits wins.
          for (const auto &other : kInstructionSets)
            if (other.isa.name != "native" && missing(other.needs).empty())
              sets.back().plainLoop = other.isa.plainLoop;
        return Error::success();
      });
  if (error)
    return std::move(error);
  return sets;
}

} // namespace mlir::bitserial::bench

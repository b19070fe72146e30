//===- Results.cpp - What a run of the benchmark found --------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Results.h"
#include "Statistics.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"
#include <cmath>
#include <limits>

using namespace llvm;

namespace mlir::bitserial::bench {

static constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

double Series::rate() const { return macs / median(seconds); }

double Series::spread() const { return relativeSpread(seconds); }

const Series *LayerResult::find(StringRef isa, StringRef name) const {
  auto it = find_if(series, [&](const Series &candidate) {
    return candidate.isa == isa && candidate.name == name;
  });
  return it == series.end() ? nullptr : &*it;
}

double plainRate(const LayerResult &layer, StringRef isa) {
  double best = kNaN;
  for (const Series &series : layer.series)
    if (series.isa == isa && StringRef(series.name).starts_with("plain-"))
      best = std::fmax(best, series.rate());
  return best;
}

double clockFrequency(const BenchResult &result) {
  std::vector<double> rates;
  for (const LayerResult &layer : result.layers)
    if (const Series *clock = layer.find("", "clock"))
      rates.push_back(clock->rate());
  return median(rates);
}

double BenchResult::ratio(const LayerResult &layer, StringRef isa,
                          const FormatInfo &formats,
                          StringRef reference) const {
  const Series *ours = layer.find(isa, formats.name);
  if (!ours)
    return kNaN;
  if (reference == "plain")
    return ours->rate() * formats.planeProducts / plainRate(layer, isa);
  if (reference == "roofline") {
    const Series *memory = layer.find(isa, "memory-" + formats.name);
    double instructions =
        layer.macs * formats.planeProducts / plainRate(layer, isa);
    return memory ? std::max(instructions, median(memory->seconds)) /
                        median(ours->seconds)
                  : kNaN;
  }
  if (reference.starts_with("@")) {
    const Series *parallel = layer.find(isa, formats.name + reference.str());
    return parallel ? parallel->rate() / ours->rate() : kNaN;
  }
  const Series *peer = layer.find(isa, reference);
  return peer ? ours->rate() / peer->rate() : kNaN;
}

//===----------------------------------------------------------------------===//
// JSON
//===----------------------------------------------------------------------===//

static json::Value toJSON(const Series &series) {
  // The statistics are for readers; parseResult takes the samples.
  return json::Object{{"isa", series.isa},
                      {"name", series.name},
                      {"details", series.details},
                      {"macs", series.macs},
                      {"gmacs", series.rate() / 1e9},
                      {"spread", series.spread()},
                      {"seconds", json::Array(series.seconds)}};
}

static bool fromJSON(const json::Value &value, Series &series,
                     json::Path path) {
  json::ObjectMapper map(value, path);
  return map && map.map("isa", series.isa) && map.map("name", series.name) &&
         map.map("details", series.details) && map.map("macs", series.macs) &&
         map.map("seconds", series.seconds);
}

static json::Value toJSON(const LayerResult &layer) {
  return json::Object{{"name", layer.name},
                      {"shape", layer.shape},
                      {"macs", layer.macs},
                      {"series", json::Array(layer.series)}};
}

static bool fromJSON(const json::Value &value, LayerResult &layer,
                     json::Path path) {
  json::ObjectMapper map(value, path);
  return map && map.map("name", layer.name) && map.map("shape", layer.shape) &&
         map.map("macs", layer.macs) && map.map("series", layer.series);
}

static json::Value toJSON(const IsaInfo &isa) {
  return json::Object{{"name", isa.name},
                      {"cpu", isa.cpu},
                      {"features", isa.features},
                      {"onednn_cap", isa.oneDnnCap}};
}

static bool fromJSON(const json::Value &value, IsaInfo &isa, json::Path path) {
  json::ObjectMapper map(value, path);
  return map && map.map("name", isa.name) && map.map("cpu", isa.cpu) &&
         map.map("features", isa.features) &&
         map.map("onednn_cap", isa.oneDnnCap);
}

static json::Value toJSON(const FormatInfo &format) {
  return json::Object{{"name", format.name},
                      {"plane_products", format.planeProducts}};
}

static bool fromJSON(const json::Value &value, FormatInfo &format,
                     json::Path path) {
  json::ObjectMapper map(value, path);
  return map && map.map("name", format.name) &&
         map.map("plane_products", format.planeProducts);
}

json::Value toJSON(const BenchResult &result) {
  return json::Object{{"host", result.host},
                      {"onednn", result.oneDnn},
                      {"clock", result.clock},
                      {"threads", json::Array(result.threads)},
                      {"packed", result.packed},
                      {"rounds", result.rounds},
                      {"sample_seconds", result.sampleSeconds},
                      {"isas", json::Array(result.isas)},
                      {"formats", json::Array(result.formats)},
                      {"layers", json::Array(result.layers)}};
}

static bool fromJSON(const json::Value &value, BenchResult &result,
                     json::Path path) {
  json::ObjectMapper map(value, path);
  return map && map.map("host", result.host) &&
         map.map("onednn", result.oneDnn) && map.map("clock", result.clock) &&
         map.mapOptional("threads", result.threads) &&
         map.mapOptional("packed", result.packed) &&
         map.map("rounds", result.rounds) &&
         map.map("sample_seconds", result.sampleSeconds) &&
         map.map("isas", result.isas) && map.map("formats", result.formats) &&
         map.map("layers", result.layers);
}

Expected<BenchResult> parseResult(StringRef text) {
  Expected<json::Value> value = json::parse(text);
  if (!value)
    return value.takeError();
  BenchResult result;
  json::Path::Root root("result");
  if (!fromJSON(*value, result, root))
    return root.getError();
  return result;
}

} // namespace mlir::bitserial::bench

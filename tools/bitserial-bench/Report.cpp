//===- Report.cpp - Tables of results -------------------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Report.h"
#include "Statistics.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Unicode.h"
#include "llvm/Support/raw_ostream.h"
#include <cmath>

using namespace llvm;

namespace mlir::bitserial::bench {

using Row = std::vector<std::string>;

static std::string number(const char *format, double value) {
  if (std::isnan(value))
    return "–";
  std::string text;
  raw_string_ostream(text) << llvm::format(format, value);
  return text;
}

/// Prints rows of which the first is the heading. The first two columns are
/// text, the others numbers.
static void printRows(ArrayRef<Row> rows, TableStyle style, raw_ostream &os) {
  std::vector<int> widths(rows.front().size(), 3);
  for (const Row &row : rows)
    for (auto [width, cell] : zip_equal(widths, row))
      width = std::max(width, sys::unicode::columnWidthUTF8(cell));
  bool markdown = style == TableStyle::Markdown;
  for (const auto &[index, row] : enumerate(rows)) {
    for (auto [column, cell] : enumerate(row)) {
      os << (markdown ? "| " : column ? "  " : "");
      int fill = widths[column] - sys::unicode::columnWidthUTF8(cell);
      if (column < 2)
        os << cell << std::string(fill, ' ');
      else
        os << std::string(fill, ' ') << cell;
      os << (markdown ? " " : "");
    }
    os << (markdown ? "|\n" : "\n");
    if (markdown && index == 0) {
      for (auto [column, width] : enumerate(widths))
        os << (column < 2 ? "|:" : "|-") << std::string(width, '-')
           << (column < 2 ? "-" : ":");
      os << "|\n";
    }
  }
}

namespace {

/// Builds the table of one instruction set.
class IsaTable {
public:
  IsaTable(const BenchResult &result, StringRef isa, TableStyle style,
           Unit unit)
      : result(result), isa(isa), style(style),
        unit(unit == Unit::MacPerCycle ? clockFrequency(result) : 1e9) {
    for (StringRef peer : {"fp32", "int8"})
      if (any_of(result.layers, [&](const LayerResult &layer) {
            return layer.find(isa, peer) != nullptr;
          }))
        peers.push_back(peer);
    if (any_of(result.layers, [&](const LayerResult &layer) {
          return !std::isnan(plainRate(layer, isa));
        }))
      bound = any_of(result.layers,
                     [&](const LayerResult &layer) {
                       return any_of(layer.series, [&](const Series &series) {
                         return series.isa == isa &&
                                StringRef(series.name).starts_with("memory-");
                       });
                     })
                  ? "roofline"
                  : "plain";
    for (int64_t count : result.threads)
      threads.push_back(formatv("@{0}", count));
  }

  void print(raw_ostream &os) {
    addHeading();
    for (const LayerResult &layer : result.layers)
      addLayer(layer);
    if (result.layers.size() > 1)
      addMeans();
    printRows(rows, style, os);
  }

private:
  /// A column of rates; the text style adds the spread.
  std::string rateCell(const Series *series) {
    if (!series)
      return "–";
    std::string cell = number("%.0f", series->rate() / unit);
    if (style == TableStyle::Text)
      cell += number(" ±%.1f%%", series->spread() * 100);
    return cell;
  }

  /// Calls `column(format, reference)` in the order of the ratio columns, with
  /// an empty reference for the column of rates.
  template <typename Fn> void forEachFormatColumn(Fn column) {
    for (const FormatInfo &format : result.formats) {
      column(format, "");
      for (StringRef peer : peers)
        column(format, peer);
      if (!bound.empty())
        column(format, bound);
      for (StringRef count : threads)
        column(format, count);
    }
  }

  void addHeading() {
    bool matmuls = all_of(result.layers, [](const LayerResult &layer) {
      return StringRef(layer.shape).count(',') == 1;
    });
    Row row = {"layer", matmuls ? "m,k→n" : "H,Ci→Co,k,s", "MMAC"};
    for (StringRef peer : peers)
      row.push_back(peer.str());
    forEachFormatColumn([&](const FormatInfo &format, StringRef reference) {
      if (reference.empty())
        row.push_back(format.name);
      else if (reference == bound)
        row.push_back("of " + bound.str());
      else if (reference.consume_front("@"))
        row.push_back(("× in " + reference + " thr.").str());
      else
        row.push_back(("× " + reference).str());
    });
    rows.push_back(row);
  }

  void addLayer(const LayerResult &layer) {
    Row row = {layer.name, layer.shape, number("%.1f", layer.macs / 1e6)};
    for (StringRef peer : peers)
      row.push_back(rateCell(layer.find(isa, peer)));
    forEachFormatColumn([&](const FormatInfo &format, StringRef reference) {
      if (reference.empty())
        row.push_back(rateCell(layer.find(isa, format.name)));
      else
        row.push_back(
            ratioCell(result.ratio(layer, isa, format, reference), reference));
    });
    rows.push_back(row);
  }

  std::string ratioCell(double ratio, StringRef reference) const {
    return reference == bound && !std::isnan(ratio)
               ? number("%.0f%%", ratio * 100)
               : number("%.2f", ratio);
  }

  void addMeans() {
    Row row = {"mean", "geometric", ""};
    auto mean = [&](function_ref<double(const LayerResult &)> value) {
      return geometricMean(map_to_vector(result.layers, value));
    };
    auto rateMean = [&](StringRef name) {
      return number("%.0f", mean([&](const LayerResult &layer) {
                      const Series *series = layer.find(isa, name);
                      return series ? series->rate() / unit : NAN;
                    }));
    };
    for (StringRef peer : peers)
      row.push_back(rateMean(peer));
    forEachFormatColumn([&](const FormatInfo &format, StringRef reference) {
      if (reference.empty())
        row.push_back(rateMean(format.name));
      else
        row.push_back(ratioCell(mean([&](const LayerResult &layer) {
                                  return result.ratio(layer, isa, format,
                                                      reference);
                                }),
                                reference));
    });
    rows.push_back(row);
  }

  const BenchResult &result;
  StringRef isa;
  TableStyle style;
  /// What rates are divided by.
  double unit;
  SmallVector<StringRef> peers;
  /// What bounds the speed: `plain`, `roofline`, or empty if unknown.
  StringRef bound;
  std::vector<std::string> threads;
  std::vector<Row> rows;
};

} // namespace

/// Prints the plain loops' figures over all layers.
static void printPlainLoops(const BenchResult &result, StringRef isa,
                            raw_ostream &os) {
  double clock = clockFrequency(result);
  for (StringRef form : {"plain-tile", "plain-regs"}) {
    std::vector<double> rates;
    std::string details;
    for (const LayerResult &layer : result.layers)
      if (const Series *series = layer.find(isa, form)) {
        rates.push_back(series->rate());
        details = series->details;
      }
    if (rates.empty())
      continue;
    os << "Plain loop (" << details
       << "): " << number("%.0f GMAC/s", median(rates) / 1e9)
       << number(", %.0f MAC/cycle.\n", median(rates) / clock);
  }
}

/// Prints how many CPUs the machine gave, over all layers.
static void printIndependentLoops(const BenchResult &result, StringRef isa,
                                  raw_ostream &os) {
  for (int64_t threads : result.threads) {
    std::vector<double> scales;
    for (const LayerResult &layer : result.layers) {
      const Series *one = layer.find(isa, "plain-regs");
      const Series *all =
          layer.find(isa, std::string(formatv("independent@{0}", threads)));
      if (one && all)
        scales.push_back(all->rate() / one->rate());
    }
    if (!scales.empty())
      os << formatv("The second loop in each of {0} threads at once:", threads)
         << number(" %.2f times as much", median(scales))
         << number("; beside the worst layer %.2f.\n",
                   *llvm::min_element(scales));
  }
}

void printTables(const BenchResult &result, TableStyle style, Unit unit,
                 raw_ostream &os) {
  os << result.host << number(", %.2f GHz", clockFrequency(result) / 1e9)
     << ", one thread; ";
  if (!result.oneDnn.empty())
    os << "oneDNN " << result.oneDnn << "; ";
  os << (unit == Unit::MacPerCycle ? "MAC/cycle" : "GMAC/s") << ", medians of "
     << result.rounds << " interleaved rounds of "
     << number("%.1f ms", result.sampleSeconds * 1e3) << " ("
     << (result.clock == "cpu" ? "CPU" : "wall") << " time).\n"
     << (result.packed ? "From packed to packed activations, requantised; int8 "
                         "from u8 to u8.\n"
                       : "");
  for (const IsaInfo &isa : result.isas) {
    os << "\n"
       << (style == TableStyle::Markdown ? "### " : "") << isa.name
       << ": ours for " << isa.cpu << (isa.features.empty() ? "" : " ")
       << isa.features;
    if (!result.oneDnn.empty())
      os << ", oneDNN capped at " << isa.oneDnnCap;
    os << "\n\n";
    IsaTable(result, isa.name, style, unit).print(os);
    double spread = 0;
    for (const LayerResult &layer : result.layers)
      for (const Series &series : layer.series)
        if (series.isa == isa.name)
          spread = std::max(spread, series.spread());
    os << "\n";
    printPlainLoops(result, isa.name, os);
    printIndependentLoops(result, isa.name, os);
    os << "Largest spread (half the interquartile range): "
       << number("%.1f%%.\n", spread * 100);
  }
}

} // namespace mlir::bitserial::bench

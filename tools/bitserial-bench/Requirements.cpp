//===- Requirements.cpp - Ratios that a run must reach --------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Requirements.h"
#include "Statistics.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace mlir::bitserial::bench {

Expected<std::vector<Requirement>> parseRequirements(StringRef list) {
  std::vector<Requirement> requirements;
  for (StringRef item : split(list, ',')) {
    item = item.trim();
    auto [what, minimum] = item.split('=');
    // The references of threads begin with the character before layers.
    auto [formats, rest] = what.split('/');
    size_t at = rest.find('@', /*From=*/1);
    StringRef reference = rest.take_front(at);
    StringRef layer =
        at == StringRef::npos ? StringRef() : rest.drop_front(at + 1);
    Requirement requirement;
    if (formats.empty() || minimum.getAsDouble(requirement.minimum) ||
        !(requirement.minimum > 0) || (layer.empty() && at != StringRef::npos))
      return createStringError(
          formatv("'{0}' is no requirement; write e.g. a1w1/fp32=3 or "
                  "a1w1/plain@C2=0.6",
                  item));
    if (!is_contained({"fp32", "int8", "plain", "roofline"}, reference) &&
        !reference.starts_with("@"))
      return createStringError(
          formatv("unknown reference '{0}' in requirement '{1}'; the "
                  "references are fp32, int8, plain, roofline, @THREADS",
                  reference, item));
    requirement.formats = formats.lower();
    requirement.reference = reference.str();
    requirement.layer = layer.str();
    requirements.push_back(requirement);
  }
  return requirements;
}

bool checkRequirements(const BenchResult &result,
                       ArrayRef<Requirement> requirements, raw_ostream &os) {
  bool allMet = true;
  for (const IsaInfo &isa : result.isas)
    for (const Requirement &requirement : requirements) {
      // Formats that were not run have no series, hence a ratio of NaN.
      FormatInfo formats{requirement.formats, 1};
      for (const FormatInfo &candidate : result.formats)
        if (candidate.name == requirement.formats)
          formats = candidate;
      std::vector<double> ratios;
      for (const LayerResult &layer : result.layers)
        if (requirement.layer.empty() ||
            StringRef(requirement.layer).equals_insensitive(layer.name))
          ratios.push_back(
              result.ratio(layer, isa.name, formats, requirement.reference));
      double ratio = geometricMean(ratios);
      bool met = ratio >= requirement.minimum;
      allMet &= met;
      os << (met ? "PASS " : "FAIL ") << isa.name << " " << requirement.formats
         << "/" << requirement.reference << " "
         << (requirement.layer.empty() ? "geometric mean" : requirement.layer)
         << format(": %.2f, required %.2f\n", ratio, requirement.minimum);
    }
  return allMet;
}

} // namespace mlir::bitserial::bench

//===- Reference.cpp - Operands and expected results ----------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Reference.h"
#include "llvm/Support/FormatVariadic.h"
#include <algorithm>
#include <cassert>
#include <cmath>
#include <random>

using namespace llvm;

namespace mlir::bitserial::bench {

std::vector<int16_t> randomValues(const NumberFormat &format, int64_t count,
                                  uint32_t seed) {
  int64_t step = format.getStep();
  uint32_t choices = (format.getMax() - format.getMin()) / step + 1;
  std::mt19937 random(seed);
  std::vector<int16_t> values(count);
  for (int16_t &value : values)
    value = format.getMin() + step * (random() % choices);
  return values;
}

ConvData computeConv(const ConvLayer &layer, std::vector<int16_t> input,
                     std::vector<int16_t> filter) {
  ConvData data;
  data.input = std::move(input);
  data.filter = std::move(filter);
  data.output.assign(layer.outputSize(), 0);

  int64_t channels = layer.inChannels;
  int32_t *out = data.output.data();
  for (int64_t oh = 0; oh < layer.outHeight(); ++oh)
    for (int64_t ow = 0; ow < layer.outWidth(); ++ow)
      for (int64_t o = 0; o < layer.outChannels; ++o, ++out)
        for (int64_t kh = 0; kh < layer.filter; ++kh)
          for (int64_t kw = 0; kw < layer.filter; ++kw) {
            int64_t h = oh * layer.stride + kh - layer.padding;
            int64_t w = ow * layer.stride + kw - layer.padding;
            if (h < 0 || h >= layer.height || w < 0 || w >= layer.width)
              continue;
            const int16_t *x = &data.input[(h * layer.width + w) * channels];
            const int16_t *y =
                &data.filter[((o * layer.filter + kh) * layer.filter + kw) *
                             channels];
            int32_t sum = 0;
            for (int64_t c = 0; c < channels; ++c)
              sum += int32_t(x[c]) * y[c];
            *out += sum;
          }
  return data;
}

ConvData makeConvData(const ConvLayer &layer, const NumberFormat &activations,
                      const NumberFormat &weights) {
  return computeConv(layer,
                     randomValues(activations, layer.inputSize(), /*seed=*/1),
                     randomValues(weights, layer.filterSize(), /*seed=*/2));
}

std::string describeDifference(ArrayRef<int32_t> expected,
                               ArrayRef<int32_t> actual) {
  assert(expected.size() == actual.size() && "results of different sizes");
  auto [e, a] = std::mismatch(expected.begin(), expected.end(), actual.begin());
  if (e == expected.end())
    return "";
  return formatv("element {0} is {1}, expected {2}", e - expected.begin(), *a,
                 *e);
}

int64_t Requantisation::numLevels() const {
  return (format.getMax() - format.getMin()) / format.getStep() + 1;
}

int16_t Requantisation::apply(int32_t sum, int64_t channel) const {
  int32_t index = (sum * multipliers[channel] + biases[channel]) >> shift;
  return format.getMin() +
         format.getStep() * std::clamp<int64_t>(index, 0, numLevels() - 1);
}

std::vector<int16_t> Requantisation::apply(ArrayRef<int32_t> sums) const {
  std::vector<int16_t> values;
  values.reserve(sums.size());
  for (size_t i = 0; i < sums.size(); ++i)
    values.push_back(apply(sums[i], i % multipliers.size()));
  return values;
}

Requantisation makeRequantisation(const ConvLayer &layer,
                                  const NumberFormat &format,
                                  ArrayRef<int32_t> sums) {
  double mean = 0, square = 0, largest = 1;
  for (int32_t sum : sums) {
    mean += sum;
    square += double(sum) * sum;
    largest = std::max(largest, std::abs(double(sum)));
  }
  mean /= sums.size();
  double deviation =
      std::sqrt(std::max(square / sums.size() - mean * mean, 1.));
  Requantisation result{format, 0, {}, {}};
  // Four standard deviations for all levels; 29 bits for products.
  double levelsPerUnit = result.numLevels() / (4 * deviation);
  while (result.shift < 24 &&
         levelsPerUnit * std::exp2(result.shift + 1) * 1.25 * largest <
             std::exp2(29))
    ++result.shift;
  std::mt19937 random(/*seed=*/3);
  for (int64_t c = 0; c < layer.outChannels; ++c) {
    double scale = 0.75 + 0.5 * double(random() % 1024) / 1024;
    double multiplier = levelsPerUnit * scale * std::exp2(result.shift);
    result.multipliers.push_back(std::lround(multiplier));
    result.biases.push_back(std::lround(
        std::exp2(result.shift) * result.numLevels() / 2 - multiplier * mean));
  }
  return result;
}

} // namespace mlir::bitserial::bench

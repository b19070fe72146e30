//===- BitserialConv.cpp - Our side: compiled convolutions ----------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "BitserialConv.h"
#include "PackedData.h"
#include "bitserial/IR/Bitserial.h"
#include "bitserial/InitAll.h"
#include "bitserial/Pipelines/Compiler.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MemAlloc.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace mlir::bitserial::bench {

BitserialConv::~BitserialConv() = default;

/// Bytes of the type that holds values of a format in memory.
static unsigned valueBytes(const NumberFormat &format) {
  return format.getValueBits() / 8;
}

/// `values` as they are in memory, in little-endian order.
static std::vector<uint8_t> toBytes(const NumberFormat &format,
                                    ArrayRef<int16_t> values) {
  std::vector<uint8_t> bytes;
  bytes.reserve(values.size() * valueBytes(format));
  for (int16_t value : values)
    for (unsigned byte = 0; byte < valueBytes(format); ++byte)
      bytes.push_back(uint16_t(value) >> (8 * byte));
  return bytes;
}

static std::string elementType(const NumberFormat &format) {
  return formatv("!bitserial.int<{0}, {1}>", format.getWidth(),
                 stringifyKind(format.getKind()));
}

static std::string tensorType(StringRef shape, StringRef element) {
  return formatv("tensor<{0}x{1}>", shape, element);
}

static std::string integerList(ArrayRef<int32_t> values) {
  std::string text;
  raw_string_ostream os(text);
  interleave(values, os, ", ");
  return "[" + text + "]";
}

/// From %sums, i32 in `shape`, to the packed result %r.
static void appendRequantisation(raw_ostream &os, StringRef shape,
                                 bool isMatmul, const PackedEnds &packed) {
  const Requantisation &requantisation = packed.requantisation;
  const NumberFormat &format = requantisation.format;
  std::string sums = tensorType(shape, "i32");
  std::string numbers = tensorType(shape, elementType(format));
  std::string channels =
      formatv("tensor<{0}xi32>", requantisation.multipliers.size());
  StringRef dims = isMatmul ? "m, c" : "n, h, w, c";
  std::string identity = formatv("affine_map<({0}) -> ({0})>", dims);
  std::string channel = formatv("affine_map<({0}) -> (c)>", dims);
  std::string parallel = "\"parallel\", \"parallel\"";
  if (!isMatmul)
    parallel += ", " + parallel;
  os << formatv("  %multipliers = arith.constant dense<{0}> : {1}\n",
                integerList(requantisation.multipliers), channels)
     << formatv("  %biases = arith.constant dense<{0}> : {1}\n",
                integerList(requantisation.biases), channels);
  for (auto [name, value] :
       {std::pair<StringRef, int64_t>("shift", requantisation.shift),
        {"first", 0},
        {"last", requantisation.numLevels() - 1},
        {"step", format.getStep()},
        {"least", format.getMin()}})
    os << formatv("  %{0} = arith.constant {1} : i32\n", name, value);
  os << formatv("  %empty = tensor.empty() : {0}\n", sums)
     << formatv("  %levels = linalg.generic {{indexing_maps = [{0}, {1}, {1}, "
                "{0}], iterator_types = [{2}]}\n"
                "      ins(%sums, %multipliers, %biases : {3}, {4}, {4}) "
                "outs(%empty : {3}) {{\n",
                identity, channel, parallel, sums, channels)
     << "  ^bb0(%sum: i32, %multiplier: i32, %bias: i32, %out: i32):\n"
        "    %0 = arith.muli %sum, %multiplier : i32\n"
        "    %1 = arith.addi %0, %bias : i32\n"
        "    %2 = arith.shrsi %1, %shift : i32\n"
        "    %3 = arith.maxsi %2, %first : i32\n"
        "    %4 = arith.minsi %3, %last : i32\n"
        "    %5 = arith.muli %4, %step : i32\n"
        "    %6 = arith.addi %5, %least : i32\n"
        "    linalg.yield %6 : i32\n"
     << formatv("  } -> {0}\n", sums)
     << formatv("  %numbers = bitserial.encode %levels : {0} to {1}\n", sums,
                numbers)
     << formatv("  %r = bitserial.pack %numbers : {0} to {1}\n", numbers,
                packed.outputType);
}

std::string buildConvModule(const ConvLayer &layer, const FormatPair &formats,
                            ArrayRef<int16_t> filter,
                            const PackedEnds *packed) {
  std::string inputShape, filterShape, outputShape, maps, padding;
  if (layer.isMatmul) {
    inputShape = formatv("{0}x{1}", layer.height, layer.inChannels);
    filterShape = formatv("{0}x{1}", layer.outChannels, layer.inChannels);
    outputShape = formatv("{0}x{1}", layer.height, layer.outChannels);
    maps = "affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, "
           "affine_map<(m, n, k) -> (m, n)>";
  } else {
    inputShape =
        formatv("1x{0}x{1}x{2}", layer.height, layer.width, layer.inChannels);
    filterShape = formatv("{0}x{1}x{1}x{2}", layer.outChannels, layer.filter,
                          layer.inChannels);
    outputShape = formatv("1x{0}x{1}x{2}", layer.outHeight(), layer.outWidth(),
                          layer.outChannels);
    maps = formatv("affine_map<{0} -> (n, oh * {1} + kh, ow * {1} + kw, c)>, "
                   "affine_map<{0} -> (o, kh, kw, c)>, "
                   "affine_map<{0} -> (n, oh, ow, o)>",
                   "(n, oh, ow, o, kh, kw, c)", layer.stride);
    if (layer.padding)
      padding = formatv("pad_low = [0, {0}, {0}, 0] pad_high = [0, {0}, {0}, "
                        "0]",
                        layer.padding);
  }
  std::string input = tensorType(inputShape, elementType(formats.activations));
  std::string weights = tensorType(filterShape, elementType(formats.weights));
  std::string sums = tensorType(outputShape, "i32");

  std::string text;
  raw_string_ostream os(text);
  os << formatv("func.func @main({0}: {1}) -> {2} {{\n",
                packed ? "%words" : "%x", packed ? packed->inputType : input,
                packed ? packed->outputType : sums);
  if (packed)
    os << formatv("  %x = bitserial.unpack %words : {0} to {1}\n",
                  packed->inputType, input);
  os << formatv("  %w = bitserial.constant dense<\"0x{0}\"> : "
                "tensor<{1}xi{2}> to {3}\n",
                toHex(toBytes(formats.weights, filter)), filterShape,
                formats.weights.getValueBits(), weights)
     << formatv("  %{0} = bitserial.contract %x, %w\n"
                "    indexing_maps = [{1}]\n    {2}\n    : {3}, {4} -> {5}\n",
                packed ? "sums" : "r", maps, padding, input, weights, sums);
  if (packed)
    appendRequantisation(os, outputShape, layer.isMatmul, *packed);
  os << formatv("  return %r : {0}\n}\n", packed ? packed->outputType : sums);
  return text;
}

//===----------------------------------------------------------------------===//
// Compiling and running
//===----------------------------------------------------------------------===//

namespace {

/// As oneDNN allocates: a tensor begins with a cache line.
constexpr size_t kAlignment = 64;

/// Memory for a tensor of `size` elements, not initialised.
template <typename T> class TensorBuffer {
public:
  explicit TensorBuffer(size_t size)
      : data(static_cast<T *>(
            llvm::allocate_buffer(size * sizeof(T), kAlignment))),
        size(size) {}
  ~TensorBuffer() {
    llvm::deallocate_buffer(data, size * sizeof(T), kAlignment);
  }
  TensorBuffer(const TensorBuffer &) = delete;
  TensorBuffer &operator=(const TensorBuffer &) = delete;

  T *begin() const { return data; }
  ArrayRef<T> elements() const { return {data, size}; }

private:
  T *data;
  size_t size;
};

/// What is in memory on both sides of a layer.
struct ConvBytes {
  std::vector<uint8_t> input, output;
};

class ConvImpl : public BitserialConv {
public:
  ConvImpl(std::unique_ptr<JitModule> module, JitModule::PackedFunction main,
           std::string remarks, unsigned threads, ConvBytes bytes)
      : module(std::move(module)), main(main), remarks(std::move(remarks)),
        threads(threads), input(bytes.input.size()),
        result(bytes.output.size()), expected(std::move(bytes.output)) {
    llvm::copy(bytes.input, input.begin());
  }

  void run() override {
    const void *inputPointer = input.begin();
    void *resultPointer = result.begin();
    void *args[] = {&inputPointer, &resultPointer};
    if (threads != 1)
      module->setNumThreads(threads);
    main(args);
  }

  std::string findDifference() const override {
    auto [e, a] = std::mismatch(expected.begin(), expected.end(),
                                result.elements().begin());
    if (e == expected.end())
      return "";
    return formatv("byte {0} is {1}, expected {2}", e - expected.begin(), *a,
                   *e);
  }
  StringRef describe() const override { return remarks; }

private:
  std::unique_ptr<JitModule> module;
  JitModule::PackedFunction main;
  std::string remarks;
  unsigned threads;
  TensorBuffer<uint8_t> input;
  TensorBuffer<uint8_t> result;
  std::vector<uint8_t> expected;
};

} // namespace

Expected<std::unique_ptr<BitserialConv>>
BitserialConv::compile(const ConvLayer &layer, const FormatPair &formats,
                       const InstructionSet &isa, const Options &conv,
                       const ConvData &data) {
  ConvBytes bytes;
  std::optional<PackedEnds> packed;
  if (conv.packed) {
    packed.emplace(PackedEnds{
        "", "", makeRequantisation(layer, formats.activations, data.output)});
    Expected<PackedData> input = packInput(layer, formats, isa, data.input);
    if (!input)
      return input.takeError();
    Expected<PackedData> output = packInput(
        layer.next(), formats, isa, packed->requantisation.apply(data.output));
    if (!output)
      return output.takeError();
    packed->inputType = input->type;
    packed->outputType = output->type;
    bytes = {std::move(input->words), std::move(output->words)};
  } else {
    bytes.input = toBytes(formats.activations, data.input);
    for (int32_t sum : data.output)
      for (unsigned bit = 0; bit < 32; bit += 8)
        bytes.output.push_back(uint32_t(sum) >> bit);
  }

  DialectRegistry registry;
  registerAllDialects(registry);
  registerAllPasses(); // Schedules name them.
  CompileOptions options;
  options.cpu = isa.cpu.str();
  options.features = isa.features.str();
  options.scheduleFile = conv.schedule;
  options.threads = conv.threads;
  Compiler compiler(registry, options);

  std::string name = formatv("{0}-{1}-{2}", layer.name, formats.name, isa.name);
  FailureOr<std::unique_ptr<JitModule>> module = failure();
  if (succeeded(compiler.parse(buildConvModule(layer, formats, data.filter,
                                               packed ? &*packed : nullptr),
                               name)))
    module = compiler.createJit();
  std::string errors, remarks;
  raw_string_ostream errorStream(errors), remarkStream(remarks);
  for (const CompileDiagnostic &message : compiler.diagnostics())
    if (message.severity == Severity::Error)
      // Not print(): the source line has the whole filter in it.
      errorStream << "\n  " << message.message;
    else if (message.severity == Severity::Remark)
      remarkStream << (remarks.empty() ? "" : "; ") << message.message;
  if (failed(module))
    return createStringError(formatv("cannot compile {0}:{1}", name, errors));

  Expected<JitModule::PackedFunction> main = (*module)->lookup("main");
  if (!main)
    return main.takeError();
  return std::make_unique<ConvImpl>(std::move(*module), *main,
                                    std::move(remarks), conv.threads,
                                    std::move(bytes));
}

} // namespace mlir::bitserial::bench

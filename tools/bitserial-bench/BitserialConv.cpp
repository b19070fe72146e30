//===- BitserialConv.cpp - Our side: compiled convolutions ----------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "BitserialConv.h"
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

/// The same for a matrix product.
static std::string buildMatmulModule(const ConvLayer &layer,
                                     const FormatPair &formats,
                                     ArrayRef<int16_t> filter) {
  std::string input =
      formatv("tensor<{0}x{1}x{2}>", layer.height, layer.inChannels,
              elementType(formats.activations));
  std::string shape = formatv("{0}x{1}", layer.outChannels, layer.inChannels);
  std::string weights =
      formatv("tensor<{0}x{1}>", shape, elementType(formats.weights));
  std::string output =
      formatv("tensor<{0}x{1}xi32>", layer.height, layer.outChannels);
  return formatv(
      "func.func @main(%x: {0}) -> {2} {{\n"
      "  %w = bitserial.constant dense<\"0x{3}\"> : tensor<{4}xi{5}> to {1}\n"
      "  %r = bitserial.contract %x, %w\n"
      "    indexing_maps = [affine_map<(m, n, k) -> (m, k)>,\n"
      "                     affine_map<(m, n, k) -> (n, k)>,\n"
      "                     affine_map<(m, n, k) -> (m, n)>]\n"
      "    : {0}, {1} -> {2}\n"
      "  return %r : {2}\n}\n",
      input, weights, output, toHex(toBytes(formats.weights, filter)), shape,
      formats.weights.getValueBits());
}

std::string buildConvModule(const ConvLayer &layer, const FormatPair &formats,
                            ArrayRef<int16_t> filter) {
  if (layer.isMatmul)
    return buildMatmulModule(layer, formats, filter);
  std::string input =
      formatv("tensor<1x{0}x{1}x{2}x{3}>", layer.height, layer.width,
              layer.inChannels, elementType(formats.activations));
  std::string filterShape = formatv("{0}x{1}x{1}x{2}", layer.outChannels,
                                    layer.filter, layer.inChannels);
  std::string output = formatv("tensor<1x{0}x{1}x{2}xi32>", layer.outHeight(),
                               layer.outWidth(), layer.outChannels);
  std::string weights =
      formatv("tensor<{0}x{1}>", filterShape, elementType(formats.weights));
  StringRef dims = "(n, oh, ow, o, kh, kw, c)";

  std::string text;
  raw_string_ostream os(text);
  os << formatv("func.func @main(%x: {0}) -> {1} {{\n", input, output);
  os << formatv("  %w = bitserial.constant dense<\"0x{0}\"> : "
                "tensor<{1}xi{2}> to {3}\n",
                toHex(toBytes(formats.weights, filter)), filterShape,
                formats.weights.getValueBits(), weights);
  os << "  %r = bitserial.contract %x, %w\n";
  os << formatv("    indexing_maps = [affine_map<{0} -> (n, oh * {1} + kh, "
                "ow * {1} + kw, c)>,\n"
                "                     affine_map<{0} -> (o, kh, kw, c)>,\n"
                "                     affine_map<{0} -> (n, oh, ow, o)>]\n",
                dims, layer.stride);
  if (layer.padding)
    os << formatv("    pad_low = [0, {0}, {0}, 0] pad_high = [0, {0}, {0}, "
                  "0]\n",
                  layer.padding);
  os << formatv("    : {0}, {1} -> {2}\n", input, weights, output);
  os << formatv("  return %r : {0}\n}\n", output);
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

class ConvImpl : public BitserialConv {
public:
  ConvImpl(std::unique_ptr<JitModule> module, JitModule::PackedFunction main,
           std::string remarks, unsigned threads, const ConvLayer &layer,
           const FormatPair &formats, const ConvData &data)
      : module(std::move(module)), main(main), remarks(std::move(remarks)),
        threads(threads),
        input(data.input.size() * valueBytes(formats.activations)),
        result(layer.outputSize()) {
    llvm::copy(toBytes(formats.activations, data.input), input.begin());
  }

  void run() override {
    const void *inputPointer = input.begin();
    void *resultPointer = result.begin();
    void *args[] = {&inputPointer, &resultPointer};
    if (threads != 1)
      module->setNumThreads(threads);
    main(args);
  }

  ArrayRef<int32_t> output() const override { return result.elements(); }
  StringRef describe() const override { return remarks; }

private:
  std::unique_ptr<JitModule> module;
  JitModule::PackedFunction main;
  std::string remarks;
  unsigned threads;
  TensorBuffer<uint8_t> input;
  TensorBuffer<int32_t> result;
};

} // namespace

Expected<std::unique_ptr<BitserialConv>>
BitserialConv::compile(const ConvLayer &layer, const FormatPair &formats,
                       const InstructionSet &isa, unsigned threads,
                       StringRef schedule, const ConvData &data) {
  DialectRegistry registry;
  registerAllDialects(registry);
  registerAllPasses(); // Schedules name them.
  CompileOptions options;
  options.cpu = isa.cpu.str();
  options.features = isa.features.str();
  options.scheduleFile = schedule.str();
  options.threads = threads == 1 ? 1 : 0; // set per run
  Compiler compiler(registry, options);

  std::string name = formatv("{0}-{1}-{2}", layer.name, formats.name, isa.name);
  FailureOr<std::unique_ptr<JitModule>> module = failure();
  if (succeeded(
          compiler.parse(buildConvModule(layer, formats, data.filter), name)))
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

  if (StringRef problem = (*module)->threadsProblem(); !problem.empty())
    return createStringError(formatv("no threads: {0}", problem));

  Expected<JitModule::PackedFunction> main = (*module)->lookup("main");
  if (!main)
    return main.takeError();
  return std::make_unique<ConvImpl>(std::move(*module), *main,
                                    std::move(remarks), threads, layer, formats,
                                    data);
}

} // namespace mlir::bitserial::bench

//===- OneDnn.cpp - The peer: oneDNN convolutions -------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "OneDnn.h"
#include "llvm/Support/FormatVariadic.h"
#include <algorithm>
#include <cmath>

using namespace llvm;

namespace mlir::bitserial::bench {

/// A power of two, so that results do not depend on how products are rounded.
static constexpr float kOutputScale = 0.25F;

OneDnnConv::~OneDnnConv() = default;
OneDnn::~OneDnn() = default;

std::vector<int32_t> OneDnn::requantise(ArrayRef<int32_t> sums) {
  std::vector<int32_t> results;
  results.reserve(sums.size());
  for (int32_t sum : sums)
    // Halves to even, as oneDNN does.
    results.push_back(
        std::clamp(std::nearbyint(float(sum) * kOutputScale), 0.F, 255.F));
  return results;
}

} // namespace mlir::bitserial::bench

#ifndef BITSERIAL_ONEDNN_LIBRARY

namespace mlir::bitserial::bench {

Expected<std::unique_ptr<OneDnn>> OneDnn::load(StringRef) {
  return createStringError("this bitserial-bench was built without oneDNN");
}

} // namespace mlir::bitserial::bench

#else // defined(BITSERIAL_ONEDNN_LIBRARY)

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Sequence.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"
#include <dlfcn.h>
#include <link.h>
#include <oneapi/dnnl/dnnl.h>
#include <optional>
#include <sys/mman.h>

namespace mlir::bitserial::bench {

//===----------------------------------------------------------------------===//
// The library
//===----------------------------------------------------------------------===//

/// The functions used, all of the C API.
#define BITSERIAL_DNNL_FUNCTIONS(X)                                            \
  X(version, dnnl_version)                                                     \
  X(setMaxCpuIsa, dnnl_set_max_cpu_isa)                                        \
  X(engineCreate, dnnl_engine_create)                                          \
  X(engineDestroy, dnnl_engine_destroy)                                        \
  X(streamCreate, dnnl_stream_create)                                          \
  X(streamWait, dnnl_stream_wait)                                              \
  X(streamDestroy, dnnl_stream_destroy)                                        \
  X(memoryDescInitByTag, dnnl_memory_desc_init_by_tag)                         \
  X(memoryCreate, dnnl_memory_create)                                          \
  X(memoryDestroy, dnnl_memory_destroy)                                        \
  X(convolutionForwardDescInit, dnnl_convolution_forward_desc_init)            \
  X(innerProductForwardDescInit, dnnl_inner_product_forward_desc_init)         \
  X(attrCreate, dnnl_primitive_attr_create)                                    \
  X(attrDestroy, dnnl_primitive_attr_destroy)                                  \
  X(attrSetOutputScales, dnnl_primitive_attr_set_output_scales)                \
  X(primitiveDescCreate, dnnl_primitive_desc_create)                           \
  X(primitiveDescDestroy, dnnl_primitive_desc_destroy)                         \
  X(primitiveDescQuery, dnnl_primitive_desc_query)                             \
  X(primitiveDescQueryMd, dnnl_primitive_desc_query_md)                        \
  X(reorderPrimitiveDescCreate, dnnl_reorder_primitive_desc_create)            \
  X(primitiveCreate, dnnl_primitive_create)                                    \
  X(primitiveExecute, dnnl_primitive_execute)                                  \
  X(primitiveDestroy, dnnl_primitive_destroy)

namespace {
struct Library {
// NOLINTNEXTLINE(bugprone-macro-parentheses)
#define BITSERIAL_DECLARE(member, function) decltype(&(function)) member{};
  BITSERIAL_DNNL_FUNCTIONS(BITSERIAL_DECLARE)
#undef BITSERIAL_DECLARE
};
} // namespace

/// Opens a copy of the library with its own global state. The first one is the
/// library itself; for further ones the dynamic linker must see another file.
static Expected<void *> openLibrary() {
  static void *first = nullptr;
  if (!first) {
    // One thread per primitive. OpenMP reads this when it is loaded; ours is
    // told the number with each run.
    setenv("OMP_NUM_THREADS", "1", /*overwrite=*/1);
    first = dlopen(BITSERIAL_ONEDNN_LIBRARY, RTLD_NOW | RTLD_LOCAL);
    if (!first)
      return createStringError(formatv("cannot load oneDNN: {0}", dlerror()));
    return first;
  }
  link_map *map = nullptr;
  if (dlinfo(first, RTLD_DI_LINKMAP, &map) != 0)
    return createStringError(formatv("cannot find oneDNN: {0}", dlerror()));
  ErrorOr<std::unique_ptr<MemoryBuffer>> image =
      MemoryBuffer::getFile(map->l_name);
  if (!image)
    return createFileError(map->l_name, image.getError());
  // Stays open: a later copy must not get the same path.
  int fd = memfd_create("onednn", 0);
  if (fd < 0)
    return createStringError("cannot create a copy of oneDNN");
  raw_fd_ostream stream(fd, /*shouldClose=*/false);
  stream << (*image)->getBuffer();
  stream.flush();
  void *copy = dlopen(formatv("/proc/self/fd/{0}", fd).str().c_str(),
                      RTLD_NOW | RTLD_LOCAL);
  if (!copy)
    return createStringError(
        formatv("cannot load a second copy of oneDNN: {0}", dlerror()));
  return copy;
}

static Error check(dnnl_status_t status, StringRef what) {
  if (status == dnnl_success)
    return Error::success();
  return createStringError(
      formatv("oneDNN cannot {0}{1}", what,
              status == dnnl_unimplemented
                  ? " (not implemented)"
                  : formatv(" (status {0})", int(status)).str()));
}

//===----------------------------------------------------------------------===//
// Convolutions
//===----------------------------------------------------------------------===//

namespace {

class Impl;

class ConvImpl : public OneDnnConv {
public:
  explicit ConvImpl(Impl &dnnl) : dnnl(dnnl) {}
  ~ConvImpl() override;
  Error init(const ConvLayer &layer, OneDnn::Precision precision,
             const ConvData &data);
  void run() override;
  std::string describe() const override;
  Expected<std::vector<int32_t>> output() override;

private:
  /// A tensor as the user sees it: in NHWC or OHWI order, or as a matrix.
  template <typename T>
  Error addOperand(ArrayRef<int16_t> values, const dnnl_dims_t &dims,
                   dnnl_data_type_t type, dnnl_query_t which,
                   dnnl_memory_t &memory);
  Error createMemory(dnnl_query_t which, dnnl_memory_t &memory);
  Error reorder(const dnnl_memory_desc_t &fromDesc, dnnl_memory_t from,
                const dnnl_memory_desc_t &toDesc, dnnl_memory_t to);
  const dnnl_memory_desc_t &getDesc(dnnl_query_t which) const;

  Impl &dnnl;
  dnnl_primitive_desc_t desc = nullptr;
  dnnl_primitive_t primitive = nullptr;
  dnnl_memory_t src = nullptr, weights = nullptr, dst = nullptr;
  int rank;
  dnnl_format_tag_t plainTag;
  dnnl_dims_t dstDims;
  dnnl_data_type_t dstType;
};

class Impl : public OneDnn {
public:
  ~Impl() override {
    if (stream)
      lib.streamDestroy(stream);
    if (engine)
      lib.engineDestroy(engine);
  }

  Error init(StringRef cap) {
    auto isa = StringSwitch<std::optional<dnnl_cpu_isa_t>>(cap)
                   .Case("ALL", dnnl_cpu_isa_all)
                   .Case("SSE41", dnnl_cpu_isa_sse41)
                   .Case("AVX", dnnl_cpu_isa_avx)
                   .Case("AVX2", dnnl_cpu_isa_avx2)
                   .Case("AVX2_VNNI", dnnl_cpu_isa_avx2_vnni)
                   .Case("AVX512_CORE", dnnl_cpu_isa_avx512_core)
                   .Case("AVX512_CORE_VNNI", dnnl_cpu_isa_avx512_core_vnni)
                   .Case("AVX512_CORE_BF16", dnnl_cpu_isa_avx512_core_bf16)
                   .Case("AVX512_CORE_AMX", dnnl_cpu_isa_avx512_core_amx)
                   .Default(std::nullopt);
    if (!isa)
      return createStringError(formatv("oneDNN has no ISA cap '{0}'", cap));

    Expected<void *> handle = openLibrary();
    if (!handle)
      return handle.takeError();
#define BITSERIAL_RESOLVE(member, function)                                    \
  lib.member =                                                                 \
      reinterpret_cast<decltype(lib.member)>(dlsym(*handle, #function));       \
  if (!lib.member)                                                             \
    return createStringError("oneDNN has no function " #function);
    BITSERIAL_DNNL_FUNCTIONS(BITSERIAL_RESOLVE)
#undef BITSERIAL_RESOLVE

    if (Error error = check(lib.setMaxCpuIsa(*isa),
                            formatv("be restricted to {0}", cap).str()))
      return error;
    if (Error error =
            check(lib.engineCreate(&engine, dnnl_cpu, 0), "create an engine"))
      return error;
    return check(lib.streamCreate(&stream, engine, dnnl_stream_default_flags),
                 "create a stream");
  }

  std::string version() const override {
    const dnnl_version_t *version = lib.version();
    return formatv("{0}.{1}.{2}", version->major, version->minor,
                   version->patch);
  }

  Expected<std::unique_ptr<OneDnnConv>>
  createConv(const ConvLayer &layer, Precision precision,
             const ConvData &data) override {
    auto conv = std::make_unique<ConvImpl>(*this);
    if (Error error = conv->init(layer, precision, data))
      return std::move(error);
    return conv;
  }

  Library lib;
  dnnl_engine_t engine = nullptr;
  dnnl_stream_t stream = nullptr;
};

ConvImpl::~ConvImpl() {
  for (dnnl_memory_t memory : {src, weights, dst})
    if (memory)
      dnnl.lib.memoryDestroy(memory);
  if (primitive)
    dnnl.lib.primitiveDestroy(primitive);
  if (desc)
    dnnl.lib.primitiveDescDestroy(desc);
}

const dnnl_memory_desc_t &ConvImpl::getDesc(dnnl_query_t which) const {
  return *dnnl.lib.primitiveDescQueryMd(desc, which, 0);
}

Error ConvImpl::createMemory(dnnl_query_t which, dnnl_memory_t &memory) {
  return check(dnnl.lib.memoryCreate(&memory, &getDesc(which), dnnl.engine,
                                     DNNL_MEMORY_ALLOCATE),
               "allocate a tensor");
}

Error ConvImpl::reorder(const dnnl_memory_desc_t &fromDesc, dnnl_memory_t from,
                        const dnnl_memory_desc_t &toDesc, dnnl_memory_t to) {
  dnnl_primitive_desc_t reorderDesc = nullptr;
  dnnl_primitive_t reorder = nullptr;
  dnnl_exec_arg_t args[] = {{DNNL_ARG_FROM, from}, {DNNL_ARG_TO, to}};
  dnnl_status_t status = dnnl.lib.reorderPrimitiveDescCreate(
      &reorderDesc, &fromDesc, dnnl.engine, &toDesc, dnnl.engine, nullptr);
  if (status == dnnl_success)
    status = dnnl.lib.primitiveCreate(&reorder, reorderDesc);
  if (status == dnnl_success)
    status = dnnl.lib.primitiveExecute(reorder, dnnl.stream, 2, args);
  if (status == dnnl_success)
    status = dnnl.lib.streamWait(dnnl.stream);
  if (reorder)
    dnnl.lib.primitiveDestroy(reorder);
  if (reorderDesc)
    dnnl.lib.primitiveDescDestroy(reorderDesc);
  return check(status, "convert a tensor");
}

template <typename T>
Error ConvImpl::addOperand(ArrayRef<int16_t> values, const dnnl_dims_t &dims,
                           dnnl_data_type_t type, dnnl_query_t which,
                           dnnl_memory_t &memory) {
  std::vector<T> converted(values.begin(), values.end());
  // Dimensions are N, C, H, W and O, I, H, W whatever the order in memory, so
  // one tag says "channels last" for both.
  dnnl_memory_desc_t plainDesc;
  dnnl_memory_t plain = nullptr;
  dnnl_status_t status =
      dnnl.lib.memoryDescInitByTag(&plainDesc, rank, dims, type, plainTag);
  if (status == dnnl_success)
    status = dnnl.lib.memoryCreate(&plain, &plainDesc, dnnl.engine,
                                   converted.data());
  if (Error error = check(status, "take an operand"))
    return error;
  Error error = createMemory(which, memory);
  if (!error)
    error = reorder(plainDesc, plain, getDesc(which), memory);
  dnnl.lib.memoryDestroy(plain);
  return error;
}

Error ConvImpl::init(const ConvLayer &layer, OneDnn::Precision precision,
                     const ConvData &data) {
  bool fp32 = precision == OneDnn::Precision::Fp32;
  dnnl_data_type_t srcType = fp32 ? dnnl_f32 : dnnl_u8;
  dnnl_data_type_t weightsType = fp32 ? dnnl_f32 : dnnl_s8;
  bool requantised = precision == OneDnn::Precision::Int8Requantised;
  dstType = fp32 ? dnnl_f32 : requantised ? dnnl_u8 : dnnl_s32;
  bool isMatmul = layer.isMatmul;
  rank = isMatmul ? 2 : 4;
  plainTag = isMatmul ? dnnl_ab : dnnl_acdb;
  dnnl_dims_t srcDims = {isMatmul ? layer.height : 1, layer.inChannels,
                         layer.height, layer.width};
  dnnl_dims_t weightsDims = {layer.outChannels, layer.inChannels, layer.filter,
                             layer.filter};
  dnnl_dims_t outDims = {isMatmul ? layer.height : 1, layer.outChannels,
                         layer.outHeight(), layer.outWidth()};
  std::copy(std::begin(outDims), std::begin(outDims) + rank, dstDims);
  dnnl_dims_t strides = {layer.stride, layer.stride};
  dnnl_dims_t padding = {layer.padding, layer.padding};

  dnnl_memory_desc_t srcAny, weightsAny, dstAny;
  dnnl_convolution_desc_t conv;
  dnnl_inner_product_desc_t product;
  dnnl_status_t status = dnnl_success;
  auto describe = [&](dnnl_memory_desc_t &any, const dnnl_dims_t &dims,
                      dnnl_data_type_t type) {
    if (status == dnnl_success)
      status = dnnl.lib.memoryDescInitByTag(&any, rank, dims, type,
                                            dnnl_format_tag_any);
  };
  describe(srcAny, srcDims, srcType);
  describe(weightsAny, weightsDims, weightsType);
  describe(dstAny, outDims, dstType);
  if (status == dnnl_success)
    status = isMatmul ? dnnl.lib.innerProductForwardDescInit(
                            &product, dnnl_forward_inference, &srcAny,
                            &weightsAny, /*bias_desc=*/nullptr, &dstAny)
                      : dnnl.lib.convolutionForwardDescInit(
                            &conv, dnnl_forward_inference,
                            dnnl_convolution_direct, &srcAny, &weightsAny,
                            /*bias_desc=*/nullptr, &dstAny, strides, padding,
                            padding);
  const_dnnl_op_desc_t op = &conv;
  if (isMatmul)
    op = &product;
  dnnl_primitive_attr_t attr = nullptr;
  if (status == dnnl_success && requantised) {
    status = dnnl.lib.attrCreate(&attr);
    std::vector<float> scales(layer.outChannels, kOutputScale);
    constexpr int kPerChannel = 1 << 1; // of N, C, H, W
    if (status == dnnl_success)
      status = dnnl.lib.attrSetOutputScales(attr, layer.outChannels,
                                            kPerChannel, scales.data());
  }
  if (status == dnnl_success)
    status =
        dnnl.lib.primitiveDescCreate(&desc, op, attr, dnnl.engine, nullptr);
  if (attr)
    dnnl.lib.attrDestroy(attr);
  if (status == dnnl_success)
    status = dnnl.lib.primitiveCreate(&primitive, desc);
  if (Error error =
          check(status, formatv("create the layer {0}", layer.name).str()))
    return error;

  auto add = [&](ArrayRef<int16_t> values, const dnnl_dims_t &dims,
                 dnnl_data_type_t type, dnnl_query_t which,
                 dnnl_memory_t &memory) {
    if (type == dnnl_f32)
      return addOperand<float>(values, dims, type, which, memory);
    if (type == dnnl_u8)
      return addOperand<uint8_t>(values, dims, type, which, memory);
    return addOperand<int8_t>(values, dims, type, which, memory);
  };
  if (Error error = add(data.input, srcDims, srcType, dnnl_query_src_md, src))
    return error;
  if (Error error = add(data.filter, weightsDims, weightsType,
                        dnnl_query_weights_md, weights))
    return error;
  return createMemory(dnnl_query_dst_md, dst);
}

void ConvImpl::run() {
  dnnl_exec_arg_t args[] = {
      {DNNL_ARG_SRC, src}, {DNNL_ARG_WEIGHTS, weights}, {DNNL_ARG_DST, dst}};
  dnnl_status_t status =
      dnnl.lib.primitiveExecute(primitive, dnnl.stream, 3, args);
  if (status == dnnl_success)
    status = dnnl.lib.streamWait(dnnl.stream);
  // Prepared and checked once, it cannot fail for a reason of ours.
  if (status != dnnl_success)
    report_fatal_error("oneDNN failed to execute a layer");
}

Expected<std::vector<int32_t>> ConvImpl::output() {
  dnnl_memory_desc_t plainDesc;
  dnnl_memory_t plain = nullptr;
  int64_t size = 1;
  for (int dim = 0; dim < rank; ++dim)
    size *= dstDims[dim];
  std::vector<int32_t> integers(size);
  std::vector<float> floats(dstType == dnnl_f32 ? size : 0);
  std::vector<uint8_t> bytes(dstType == dnnl_u8 ? size : 0);
  void *data = integers.data();
  if (dstType == dnnl_f32)
    data = floats.data();
  if (dstType == dnnl_u8)
    data = bytes.data();
  dnnl_status_t status = dnnl.lib.memoryDescInitByTag(&plainDesc, rank, dstDims,
                                                      dstType, plainTag);
  if (status == dnnl_success)
    status = dnnl.lib.memoryCreate(&plain, &plainDesc, dnnl.engine, data);
  if (Error error = check(status, "describe the output"))
    return std::move(error);
  Error error = reorder(getDesc(dnnl_query_dst_md), dst, plainDesc, plain);
  dnnl.lib.memoryDestroy(plain);
  if (error)
    return std::move(error);
  if (dstType == dnnl_f32)
    llvm::copy(floats, integers.begin());
  if (dstType == dnnl_u8)
    llvm::copy(bytes, integers.begin());
  return integers;
}

/// A blocked memory format in oneDNN's notation, e.g. `aBcd16b`.
static std::string formatName(const dnnl_memory_desc_t &desc) {
  if (desc.format_kind != dnnl_blocked)
    return "opaque";
  const dnnl_blocking_desc_t &blocking = desc.format_desc.blocking;
  SmallVector<int> order = to_vector(seq<int>(0, desc.ndims));
  llvm::sort(order, [&](int a, int b) {
    return std::pair(-blocking.strides[a], a) <
           std::pair(-blocking.strides[b], b);
  });
  ArrayRef<dnnl_dim_t> blocked(blocking.inner_idxs, blocking.inner_nblks);
  std::string name;
  for (int dim : order)
    name += char((is_contained(blocked, dim) ? 'A' : 'a') + dim);
  for (int i = 0; i < blocking.inner_nblks; ++i)
    name += std::to_string(blocking.inner_blks[i]) +
            char('a' + blocking.inner_idxs[i]);
  return name;
}

std::string ConvImpl::describe() const {
  const char *implementation = "";
  dnnl.lib.primitiveDescQuery(desc, dnnl_query_impl_info_str, 0,
                              &implementation);
  return formatv("{0} {1},{2},{3}", implementation,
                 formatName(getDesc(dnnl_query_src_md)),
                 formatName(getDesc(dnnl_query_weights_md)),
                 formatName(getDesc(dnnl_query_dst_md)));
}

} // namespace

Expected<std::unique_ptr<OneDnn>> OneDnn::load(StringRef cap) {
  auto dnnl = std::make_unique<Impl>();
  if (Error error = dnnl->init(cap))
    return std::move(error);
  return dnnl;
}

} // namespace mlir::bitserial::bench

#endif // BITSERIAL_ONEDNN_LIBRARY

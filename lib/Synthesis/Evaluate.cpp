//===- Evaluate.cpp - Running vector code on concrete values --------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Synthesis/Evaluate.h"

#include "llvm/ADT/bit.h"
#include "llvm/Support/Endian.h"

#include <cstring>

using namespace mlir;
using namespace mlir::bitserial;
using Kind = LaneProgram::Kind;
using Step = LaneProgram::Step;

// The steps of a bitcast copy memory.
static_assert(llvm::endianness::native == llvm::endianness::little);

unsigned mlir::bitserial::bytesPerLane(unsigned width) {
  return width <= 8 ? 1 : width <= 16 ? 2 : width <= 32 ? 4 : 8;
}

//===----------------------------------------------------------------------===//
// The plain way
//===----------------------------------------------------------------------===//

static std::vector<uint64_t>
evaluateStep(const LaneProgram &program, const Step &step,
             ArrayRef<std::vector<uint64_t>> values,
             ArrayRef<std::vector<uint64_t>> inputs) {
  std::vector<uint64_t> lanes(step.type.lanes, 0);
  switch (step.kind) {
  case Kind::Input:
    return inputs[step.payload[0]];
  case Kind::Constant:
    return step.payload;
  case Kind::Shuffle: {
    std::vector<uint64_t> all;
    for (unsigned operand : step.operands)
      llvm::append_range(all, values[operand]);
    for (auto [lane, index] : llvm::zip(lanes, step.payload))
      lane = all[index];
    return lanes;
  }
  case Kind::Bitcast: {
    ArrayRef<uint64_t> from = values[step.operands[0]];
    unsigned fromWidth = program.step(step.operands[0]).type.width;
    for (size_t bit = 0; bit < from.size() * fromWidth; ++bit)
      lanes[bit / step.type.width] |=
          (from[bit / fromWidth] >> (bit % fromWidth) & 1)
          << (bit % step.type.width);
    return lanes;
  }
  default: {
    unsigned operandWidth = program.step(step.operands.back()).type.width;
    SmallVector<uint64_t, 3> arguments(step.operands.size());
    for (size_t lane = 0; lane < lanes.size(); ++lane) {
      for (auto [argument, operand] : llvm::zip(arguments, step.operands))
        argument = values[operand][lane];
      lanes[lane] = LaneProgram::evaluateLane(step.kind, step.type.width,
                                              operandWidth, arguments);
    }
    return lanes;
  }
  }
}

std::vector<std::vector<uint64_t>>
mlir::bitserial::evaluate(const LaneProgram &program,
                          ArrayRef<std::vector<uint64_t>> inputs) {
  assert(inputs.size() == program.inputs().size() && "wrong number of inputs");
  std::vector<std::vector<uint64_t>> values;
  for (const Step &step : program.steps())
    values.push_back(evaluateStep(program, step, values, inputs));
  std::vector<std::vector<uint64_t>> outputs;
  for (unsigned output : program.outputs())
    outputs.push_back(values[output]);
  return outputs;
}

//===----------------------------------------------------------------------===//
// The fast way
//===----------------------------------------------------------------------===//

namespace {

/// Consecutive lanes that come from consecutive lanes, or all from one.
struct Run {
  unsigned operand; ///< Which operand.
  unsigned from;    ///< Its first lane.
  unsigned count;
  bool isSplat; ///< All from lane `from`.
};

/// A step with its operands in place.
struct BatchStep {
  void (*execute)(const BatchStep &op, size_t samples);
  const void *operands[3];
  void *result;
  /// Lanes of the result for one sample.
  size_t lanes;
  unsigned width;
  unsigned operandWidth;
  std::vector<Run> runs;             ///< Of a shuffle.
  std::vector<const void *> sources; ///< Of a shuffle: its operands,
  std::vector<size_t> sourceLanes;   ///< and how many lanes they have.
  size_t bytes = 0;                  ///< Of a bitcast, per sample.
};

template <typename T> const T *in(const BatchStep &op, unsigned index) {
  return static_cast<const T *>(op.operands[index]);
}
template <typename T> T *out(const BatchStep &op) {
  return static_cast<T *>(op.result);
}

/// Lanes of `width` bits stored in a T as two's complement numbers.
template <typename T> struct Signed {
  using S = std::make_signed_t<T>;
  explicit Signed(unsigned width) : shift(sizeof(T) * 8 - width) {}
  S operator()(T lane) const {
    return static_cast<S>(static_cast<S>(static_cast<T>(lane << shift)) >>
                          shift);
  }
  unsigned shift;
};

template <typename T, typename R, typename F>
void mapLanes(const BatchStep &op, size_t samples, F function) {
  const T *a = in<T>(op, 0), *b = in<T>(op, 1);
  R *result = out<R>(op);
  for (size_t i = 0, n = op.lanes * samples; i < n; ++i)
    result[i] = function(a[i], b[i]);
}

/// Kinds with two operands of the type of the result.
template <typename T, Kind kind>
void binary(const BatchStep &op, size_t samples) {
  const T mask = static_cast<T>(laneMask(op.width));
  const T width = op.width;
  const Signed<T> asSigned(op.width);
  mapLanes<T, T>(op, samples, [=](T a, T b) -> T {
    if constexpr (kind == Kind::Add)
      return (a + b) & mask;
    if constexpr (kind == Kind::Sub)
      return (a - b) & mask;
    if constexpr (kind == Kind::Mul) // not in int, which could overflow
      return static_cast<T>(static_cast<uint64_t>(a) * b) & mask;
    if constexpr (kind == Kind::And)
      return a & b;
    if constexpr (kind == Kind::Or)
      return a | b;
    if constexpr (kind == Kind::Xor)
      return a ^ b;
    if constexpr (kind == Kind::ShiftLeft)
      return b < width ? static_cast<T>(static_cast<uint64_t>(a) << b) & mask
                       : 0;
    if constexpr (kind == Kind::ShiftRightU)
      return b < width ? a >> b : 0;
    if constexpr (kind == Kind::ShiftRightS)
      return static_cast<T>(asSigned(a) >> (b < width ? b : width - 1)) & mask;
    if constexpr (kind == Kind::MinU)
      return a < b ? a : b;
    if constexpr (kind == Kind::MaxU)
      return a < b ? b : a;
    if constexpr (kind == Kind::MinS)
      return asSigned(a) < asSigned(b) ? a : b;
    if constexpr (kind == Kind::MaxS)
      return asSigned(a) < asSigned(b) ? b : a;
  });
}

template <typename T, Kind kind>
void compare(const BatchStep &op, size_t samples) {
  const Signed<T> asSigned(op.operandWidth);
  mapLanes<T, uint8_t>(op, samples, [=](T a, T b) -> uint8_t {
    if constexpr (kind == Kind::Equal)
      return a == b;
    if constexpr (kind == Kind::LessU)
      return a < b;
    if constexpr (kind == Kind::LessS)
      return asSigned(a) < asSigned(b);
  });
}

template <typename T> void select(const BatchStep &op, size_t samples) {
  const uint8_t *condition = in<uint8_t>(op, 0);
  const T *a = in<T>(op, 1), *b = in<T>(op, 2);
  T *result = out<T>(op);
  for (size_t i = 0, n = op.lanes * samples; i < n; ++i)
    result[i] = condition[i] ? a[i] : b[i];
}

template <typename T> void popcount(const BatchStep &op, size_t samples) {
  const T *a = in<T>(op, 0);
  T *result = out<T>(op);
  const T mask = static_cast<T>(laneMask(op.width));
  for (size_t i = 0, n = op.lanes * samples; i < n; ++i)
    result[i] = static_cast<T>(llvm::popcount(a[i])) & mask;
}

/// Between widths.
template <typename From, typename To, bool isSigned>
void convert(const BatchStep &op, size_t samples) {
  const From *a = in<From>(op, 0);
  To *result = out<To>(op);
  const To mask = static_cast<To>(laneMask(op.width));
  const Signed<From> asSigned(op.operandWidth);
  for (size_t i = 0, n = op.lanes * samples; i < n; ++i)
    result[i] = static_cast<To>(isSigned ? static_cast<To>(asSigned(a[i]))
                                         : static_cast<To>(a[i])) &
                mask;
}

template <typename T> void shuffle(const BatchStep &op, size_t samples) {
  T *result = out<T>(op);
  for (size_t sample = 0; sample < samples; ++sample)
    for (const Run &run : op.runs) {
      const T *from = static_cast<const T *>(op.sources[run.operand]) +
                      sample * op.sourceLanes[run.operand] + run.from;
      if (run.isSplat)
        std::fill_n(result, run.count, *from);
      else if (run.count < 8)
        for (unsigned i = 0; i < run.count; ++i)
          result[i] = from[i];
      else
        std::memcpy(result, from, run.count * sizeof(T));
      result += run.count;
    }
}

/// Lanes of whole bytes to others, in memory the same.
void copyBytes(const BatchStep &op, size_t samples) {
  std::memcpy(op.result, op.operands[0], op.bytes * samples);
}

/// To lanes of one bit. `T` is 8 bits or more in full.
template <typename T> void splitBits(const BatchStep &op, size_t samples) {
  constexpr size_t bits = sizeof(T) * 8;
  const T *a = in<T>(op, 0);
  uint8_t *result = out<uint8_t>(op);
  for (size_t i = 0, n = op.lanes * samples / bits; i < n; ++i)
    for (size_t bit = 0; bit < bits; ++bit)
      result[i * bits + bit] = a[i] >> bit & 1;
}

/// From lanes of one bit.
template <typename T> void joinBits(const BatchStep &op, size_t samples) {
  constexpr size_t bits = sizeof(T) * 8;
  const uint8_t *a = in<uint8_t>(op, 0);
  T *result = out<T>(op);
  for (size_t i = 0, n = op.lanes * samples; i < n; ++i) {
    T lane = 0;
    for (size_t bit = 0; bit < bits; ++bit)
      lane |= static_cast<T>(a[i * bits + bit]) << bit;
    result[i] = lane;
  }
}

uint64_t load(const void *memory, size_t index, unsigned bytes) {
  uint64_t lane = 0;
  std::memcpy(&lane, static_cast<const char *>(memory) + index * bytes, bytes);
  return lane;
}
void store(void *memory, size_t index, unsigned bytes, uint64_t lane) {
  std::memcpy(static_cast<char *>(memory) + index * bytes, &lane, bytes);
}

/// Between any widths.
void moveBits(const BatchStep &op, size_t samples) {
  unsigned fromBytes = bytesPerLane(op.operandWidth);
  unsigned toBytes = bytesPerLane(op.width);
  uint64_t lane = 0, from = 0;
  for (size_t bit = 0, n = op.lanes * op.width * samples; bit < n; ++bit) {
    if (bit % op.operandWidth == 0)
      from = load(op.operands[0], bit / op.operandWidth, fromBytes);
    lane |= (from >> (bit % op.operandWidth) & 1) << (bit % op.width);
    if ((bit + 1) % op.width == 0) {
      store(op.result, bit / op.width, toBytes, lane);
      lane = 0;
    }
  }
}

using Execute = void (*)(const BatchStep &, size_t);

/// Calls `function` with a value of the type that lanes of `width` bits are
/// stored in.
template <typename F> Execute withStorage(unsigned width, F function) {
  switch (bytesPerLane(width)) {
  case 1:
    return function(uint8_t());
  case 2:
    return function(uint16_t());
  case 4:
    return function(uint32_t());
  default:
    return function(uint64_t());
  }
}

template <Kind kind> Execute getBinary(unsigned width) {
  return withStorage(
      width, [](auto type) -> Execute { return binary<decltype(type), kind>; });
}

template <Kind kind> Execute getCompare(unsigned width) {
  return withStorage(width, [](auto type) -> Execute {
    return compare<decltype(type), kind>;
  });
}

template <bool isSigned> Execute getConvert(unsigned from, unsigned to) {
  return withStorage(from, [&](auto fromType) {
    return withStorage(to, [&](auto toType) -> Execute {
      return convert<decltype(fromType), decltype(toType), isSigned>;
    });
  });
}

Execute getBitcast(unsigned from, unsigned to) {
  auto isWhole = [](unsigned width) {
    return width == bytesPerLane(width) * 8;
  };
  if (isWhole(from) && isWhole(to))
    return copyBytes;
  if (isWhole(from) && to == 1)
    return withStorage(
        from, [](auto type) -> Execute { return splitBits<decltype(type)>; });
  if (from == 1 && isWhole(to))
    return withStorage(
        to, [](auto type) -> Execute { return joinBits<decltype(type)>; });
  return moveBits;
}

/// `width` is that of the result, `from` that of the last operand.
Execute getExecute(Kind kind, unsigned width, unsigned from) {
  switch (kind) {
  case Kind::Add:
    return getBinary<Kind::Add>(width);
  case Kind::Sub:
    return getBinary<Kind::Sub>(width);
  case Kind::Mul:
    return getBinary<Kind::Mul>(width);
  case Kind::And:
    return getBinary<Kind::And>(width);
  case Kind::Or:
    return getBinary<Kind::Or>(width);
  case Kind::Xor:
    return getBinary<Kind::Xor>(width);
  case Kind::ShiftLeft:
    return getBinary<Kind::ShiftLeft>(width);
  case Kind::ShiftRightU:
    return getBinary<Kind::ShiftRightU>(width);
  case Kind::ShiftRightS:
    return getBinary<Kind::ShiftRightS>(width);
  case Kind::MinU:
    return getBinary<Kind::MinU>(width);
  case Kind::MaxU:
    return getBinary<Kind::MaxU>(width);
  case Kind::MinS:
    return getBinary<Kind::MinS>(width);
  case Kind::MaxS:
    return getBinary<Kind::MaxS>(width);
  case Kind::Equal:
    return getCompare<Kind::Equal>(from);
  case Kind::LessU:
    return getCompare<Kind::LessU>(from);
  case Kind::LessS:
    return getCompare<Kind::LessS>(from);
  case Kind::Select:
    return withStorage(
        width, [](auto type) -> Execute { return select<decltype(type)>; });
  case Kind::Popcount:
    return withStorage(
        width, [](auto type) -> Execute { return popcount<decltype(type)>; });
  case Kind::ExtendU:
  case Kind::Truncate:
    return getConvert<false>(from, width);
  case Kind::ExtendS:
    return getConvert<true>(from, width);
  case Kind::Shuffle:
    return withStorage(
        width, [](auto type) -> Execute { return shuffle<decltype(type)>; });
  case Kind::Bitcast:
    return getBitcast(from, width);
  case Kind::Input:
  case Kind::Constant:
    break;
  }
  llvm_unreachable("not computed");
}

/// The lanes of a shuffle as few runs.
std::vector<Run> getRuns(ArrayRef<uint64_t> indices, ArrayRef<size_t> lanes) {
  auto locate = [&](uint64_t index) {
    unsigned operand = 0;
    while (index >= lanes[operand])
      index -= lanes[operand++];
    return std::pair<unsigned, unsigned>(operand, index);
  };
  std::vector<Run> runs;
  for (uint64_t index : indices) {
    auto [operand, from] = locate(index);
    if (!runs.empty() && runs.back().operand == operand) {
      Run &run = runs.back();
      bool splat = run.from == from && (run.count == 1 || run.isSplat);
      bool next = run.from + run.count == from && !run.isSplat;
      if (splat || next) {
        run.isSplat = splat;
        ++run.count;
        continue;
      }
    }
    runs.push_back({operand, from, 1, false});
  }
  return runs;
}

} // namespace

struct Evaluator::Data {
  std::vector<BatchStep> operations;
  /// The values of all steps, for `batch` samples.
  std::vector<std::unique_ptr<unsigned char[]>> values;
  size_t batch;

  struct Port {
    unsigned index;
    void *value;
    size_t bytes; ///< Per sample.
  };
  std::vector<Port> inputs, outputs;
};

Evaluator::Evaluator(Evaluator &&) = default;
Evaluator &Evaluator::operator=(Evaluator &&) = default;
Evaluator::~Evaluator() = default;

Evaluator::Evaluator(const LaneProgram &program)
    : data(std::make_unique<Data>()) {
  size_t bytes = 0;
  for (const Step &step : program.steps())
    bytes += bytesInMemory(step.type);
  // As many samples at once as keep the values in the first-level cache.
  constexpr size_t cacheBytes = 1 << 14;
  data->batch =
      std::clamp<size_t>(cacheBytes / std::max<size_t>(bytes, 1), 1, 256);

  for (const Step &step : program.steps()) {
    size_t stepBytes = bytesInMemory(step.type);
    data->values.emplace_back(new unsigned char[stepBytes * data->batch]);
    void *value = data->values.back().get();
    if (step.kind == Kind::Input) {
      data->inputs.push_back(
          {static_cast<unsigned>(step.payload[0]), value, stepBytes});
      continue;
    }
    if (step.kind == Kind::Constant) {
      for (auto [lane, constant] : llvm::enumerate(step.payload))
        store(value, lane, bytesPerLane(step.type.width), constant);
      for (size_t sample = 1; sample < data->batch; ++sample)
        std::memcpy(static_cast<char *>(value) + sample * stepBytes, value,
                    stepBytes);
      continue;
    }
    BatchStep op = {};
    op.result = value;
    op.lanes = step.type.lanes;
    op.width = step.type.width;
    op.operandWidth = program.step(step.operands.back()).type.width;
    op.execute = getExecute(step.kind, op.width, op.operandWidth);
    op.bytes = stepBytes;
    if (step.kind == Kind::Shuffle) {
      for (unsigned operand : step.operands) {
        op.sources.push_back(data->values[operand].get());
        op.sourceLanes.push_back(program.step(operand).type.lanes);
      }
      op.runs = getRuns(step.payload, op.sourceLanes);
    } else {
      for (auto [i, operand] : llvm::enumerate(step.operands))
        op.operands[i] = data->values[operand].get();
    }
    data->operations.push_back(std::move(op));
  }
  for (auto [index, step] : llvm::enumerate(program.outputs()))
    data->outputs.push_back({static_cast<unsigned>(index),
                             data->values[step].get(),
                             bytesInMemory(program.step(step).type)});
}

void Evaluator::run(ArrayRef<const void *> inputs, ArrayRef<void *> outputs,
                    size_t samples) {
  for (size_t first = 0; first < samples; first += data->batch) {
    size_t count = std::min(data->batch, samples - first);
    for (const Data::Port &port : data->inputs)
      std::memcpy(port.value,
                  static_cast<const char *>(inputs[port.index]) +
                      first * port.bytes,
                  count * port.bytes);
    for (const BatchStep &op : data->operations)
      op.execute(op, count);
    for (const Data::Port &port : data->outputs)
      std::memcpy(static_cast<char *>(outputs[port.index]) + first * port.bytes,
                  port.value, count * port.bytes);
  }
}

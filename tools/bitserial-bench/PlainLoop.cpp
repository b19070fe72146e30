//===- PlainLoop.cpp - Upper bounds measured on the machine ---------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PlainLoop.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MathExtras.h"
#include <cstdlib>
#include <cstring>
#include <memory>

#if defined(__x86_64__)
#include <immintrin.h>

namespace mlir::bitserial::bench {

/// Results go here so that no loop is dead code.
static volatile int64_t sink;

/// Returns `pointer`, but the compiler does not know what is stored there.
template <typename T> static T *opaque(T *pointer) {
  asm volatile("" : "+r"(pointer) : : "memory");
  return pointer;
}

//===----------------------------------------------------------------------===//
// AVX-512 VPOPCNTDQ: and, popcnt, add
//===----------------------------------------------------------------------===//

/// Weights and activations take 16 KiB and 1.5 KiB: they stay in L1.
static constexpr int kSteps = 64;
static constexpr int kPasses = 64;

/// 6 activation words against 4 vectors of weights, 24 accumulators.
__attribute__((target("avx512f,avx512vl,avx512vpopcntdq"),
               noinline)) static void
avx512Tile() {
  alignas(64) static __m512i weightWords[kSteps][4];
  static int32_t activationWords[kSteps][6];
  const auto *weights = opaque(weightWords);
  const auto *activations = opaque(activationWords);
  for (int pass = 0; pass < kPasses; ++pass) {
    __m512i acc[6][4] = {};
    for (int step = 0; step < kSteps; ++step)
#pragma unroll
      for (int row = 0; row < 6; ++row) {
        __m512i word = _mm512_set1_epi32(activations[step][row]);
#pragma unroll
        for (int vec = 0; vec < 4; ++vec)
          acc[row][vec] = _mm512_add_epi32(
              acc[row][vec],
              _mm512_popcnt_epi32(_mm512_and_si512(word, weights[step][vec])));
      }
    __m512i sum = _mm512_setzero_si512();
    // Unrolled like the rest, or the accumulators would be an array in memory.
#pragma unroll
    for (int i = 0; i < 24; ++i)
      sum = _mm512_add_epi32(sum, acc[i / 4][i % 4]);
    sink = _mm_cvtsi128_si32(_mm512_castsi512_si128(sum));
  }
}
static constexpr double kAvx512TileMacs =
    double(kPasses) * kSteps * 6 * 4 * 512;

// Compilers would move the and and the popcount out of a loop on constant
// operands, hence assembly.
#define BITSERIAL_AVX512_STEP(A, B, T, ACC)                                    \
  "vpandd %%zmm" #A ", %%zmm" #B ", %%zmm" #T "\n\t"                           \
  "vpopcntd %%zmm" #T ", %%zmm" #T "\n\t"                                      \
  "vpaddd %%zmm" #T ", %%zmm" #ACC ", %%zmm" #ACC "\n\t"
#define BITSERIAL_AVX512_STEPS4(A, ACC0, ACC1, ACC2, ACC3)                     \
  BITSERIAL_AVX512_STEP(A, 26, 28, ACC0)                                       \
  BITSERIAL_AVX512_STEP(A, 27, 29, ACC1)                                       \
  BITSERIAL_AVX512_STEP(A, 26, 30, ACC2)                                       \
  BITSERIAL_AVX512_STEP(A, 27, 31, ACC3)

static constexpr int kRegisterSteps = 4096;

__attribute__((target("avx512f,avx512vl,avx512vpopcntdq"),
               noinline)) static void
avx512Registers() {
  int64_t count = kRegisterSteps;
  // clang-format off
  asm volatile("1:\n\t"
               BITSERIAL_AVX512_STEPS4(24, 0, 1, 2, 3)
               BITSERIAL_AVX512_STEPS4(25, 4, 5, 6, 7)
               BITSERIAL_AVX512_STEPS4(24, 8, 9, 10, 11)
               BITSERIAL_AVX512_STEPS4(25, 12, 13, 14, 15)
               BITSERIAL_AVX512_STEPS4(24, 16, 17, 18, 19)
               BITSERIAL_AVX512_STEPS4(25, 20, 21, 22, 23)
               "decq %0\n\t"
               "jnz 1b\n\t"
               "vzeroupper"
               : "+r"(count)
               :
               : "zmm0", "zmm1", "zmm2", "zmm3", "zmm4", "zmm5", "zmm6", "zmm7",
                 "zmm8", "zmm9", "zmm10", "zmm11", "zmm12", "zmm13", "zmm14",
                 "zmm15", "zmm16", "zmm17", "zmm18", "zmm19", "zmm20", "zmm21",
                 "zmm22", "zmm23", "zmm24", "zmm25", "zmm26", "zmm27", "zmm28",
                 "zmm29", "zmm30", "zmm31", "cc");
  // clang-format on
}
static constexpr double kAvx512RegistersMacs =
    double(kRegisterSteps) * 24 * 512;

//===----------------------------------------------------------------------===//
// AVX2: and, popcount of bytes by a nibble table, add
//===----------------------------------------------------------------------===//

/// A byte counts at most 8 per step, so it holds 31 steps.
static constexpr int kByteSteps = 31;
static constexpr int kAvx2Blocks = 2;

/// 4 activation words against 2 vectors of weights, byte accumulators.
__attribute__((target("avx2"), noinline)) static void avx2Tile() {
  alignas(32) static __m256i weightWords[kAvx2Blocks * kByteSteps][2];
  static int32_t activationWords[kAvx2Blocks * kByteSteps][4];
  const auto *weights = opaque(weightWords);
  const auto *activations = opaque(activationWords);
  const __m256i table =
      _mm256_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 0, 1, 1,
                       2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
  const __m256i nibble = _mm256_set1_epi8(15);
  for (int pass = 0; pass < kPasses; ++pass)
    for (int block = 0; block < kAvx2Blocks; ++block) {
      __m256i acc[4][2] = {};
      for (int step = 0; step < kByteSteps; ++step)
#pragma unroll
        for (int row = 0; row < 4; ++row) {
          int index = block * kByteSteps + step;
          __m256i word = _mm256_set1_epi32(activations[index][row]);
#pragma unroll
          for (int vec = 0; vec < 2; ++vec) {
            __m256i bits = _mm256_and_si256(word, weights[index][vec]);
            __m256i low =
                _mm256_shuffle_epi8(table, _mm256_and_si256(bits, nibble));
            __m256i high = _mm256_shuffle_epi8(
                table, _mm256_and_si256(_mm256_srli_epi32(bits, 4), nibble));
            acc[row][vec] =
                _mm256_add_epi8(acc[row][vec], _mm256_add_epi8(low, high));
          }
        }
      __m256i sum = _mm256_setzero_si256();
#pragma unroll
      for (int i = 0; i < 8; ++i)
        sum = _mm256_add_epi64(
            sum, _mm256_sad_epu8(acc[i / 2][i % 2], _mm256_setzero_si256()));
      sink = _mm256_extract_epi64(sum, 0);
    }
}
static constexpr double kAvx2TileMacs =
    double(kPasses) * kAvx2Blocks * kByteSteps * 4 * 2 * 256;

// Table in ymm8, nibble mask in ymm9, operands in ymm10 and ymm11.
#define BITSERIAL_AVX2_STEP(LOW, HIGH, ACC)                                    \
  "vpand %%ymm10, %%ymm11, %%ymm" #LOW "\n\t"                                  \
  "vpsrld $4, %%ymm" #LOW ", %%ymm" #HIGH "\n\t"                               \
  "vpand %%ymm" #LOW ", %%ymm9, %%ymm" #LOW "\n\t"                             \
  "vpand %%ymm" #HIGH ", %%ymm9, %%ymm" #HIGH "\n\t"                           \
  "vpshufb %%ymm" #LOW ", %%ymm8, %%ymm" #LOW "\n\t"                           \
  "vpshufb %%ymm" #HIGH ", %%ymm8, %%ymm" #HIGH "\n\t"                         \
  "vpaddb %%ymm" #LOW ", %%ymm" #HIGH ", %%ymm" #HIGH "\n\t"                   \
  "vpaddb %%ymm" #HIGH ", %%ymm" #ACC ", %%ymm" #ACC "\n\t"

__attribute__((target("avx2"), noinline)) static void avx2Registers() {
  int64_t count = kRegisterSteps;
  // clang-format off
  asm volatile("1:\n\t"
               BITSERIAL_AVX2_STEP(12, 13, 0)
               BITSERIAL_AVX2_STEP(14, 15, 1)
               BITSERIAL_AVX2_STEP(12, 13, 2)
               BITSERIAL_AVX2_STEP(14, 15, 3)
               BITSERIAL_AVX2_STEP(12, 13, 4)
               BITSERIAL_AVX2_STEP(14, 15, 5)
               BITSERIAL_AVX2_STEP(12, 13, 6)
               BITSERIAL_AVX2_STEP(14, 15, 7)
               "decq %0\n\t"
               "jnz 1b\n\t"
               "vzeroupper"
               : "+r"(count)
               :
               : "ymm0", "ymm1", "ymm2", "ymm3", "ymm4", "ymm5", "ymm6", "ymm7",
                 "ymm8", "ymm9", "ymm10", "ymm11", "ymm12", "ymm13", "ymm14",
                 "ymm15", "cc");
  // clang-format on
}
static constexpr double kAvx2RegistersMacs = double(kRegisterSteps) * 8 * 256;

//===----------------------------------------------------------------------===//
// Reading memory
//===----------------------------------------------------------------------===//

/// The vectors of a line are combined in registers of their own, so that no
/// chain of dependent instructions limits it.
template <typename Vector>
__attribute__((always_inline)) static inline int64_t
readVectors(const Vector *data, int64_t count) {
  Vector sum0 = {}, sum1 = {}, sum2 = {}, sum3 = {};
  for (int64_t i = 0; i < count; i += 4) {
    sum0 |= data[i];
    sum1 |= data[i + 1];
    sum2 |= data[i + 2];
    sum3 |= data[i + 3];
  }
  return (sum0 | sum1 | sum2 | sum3)[0];
}

__attribute__((target("avx512f"), noinline)) static void
read512(const char *data, int64_t bytes) {
  sink = readVectors(reinterpret_cast<const __m512i *>(data), bytes / 64);
}

__attribute__((target("avx2"), noinline)) static void read256(const char *data,
                                                              int64_t bytes) {
  sink = readVectors(reinterpret_cast<const __m256i *>(data), bytes / 32);
}

static void read128(const char *data, int64_t bytes) {
  sink = readVectors(reinterpret_cast<const __m128i *>(data), bytes / 16);
}

Candidate makeMemoryLoop(const InstructionSet &isa, llvm::StringRef name,
                         int64_t bytes) {
  // Whole steps of any of the loops; filled, or all pages would be the same.
  int64_t size = llvm::alignTo(bytes, 256);
  std::shared_ptr<char> data(static_cast<char *>(std::aligned_alloc(256, size)),
                             std::free);
  std::memset(data.get(), 1, size);
  auto *read = isa.plainLoop == PlainLoop::AVX512Popcount ? read512
               : isa.plainLoop == PlainLoop::AVX2Nibble   ? read256
                                                          : read128;
  return {isa.name.str(), name.str(), "reading the operands", double(bytes),
          [=] { read(data.get(), size); }};
}

//===----------------------------------------------------------------------===//

std::vector<Candidate> makePlainLoops(const InstructionSet &isa) {
  std::string name = isa.name.str();
  switch (isa.plainLoop) {
  case PlainLoop::None:
    return {};
  case PlainLoop::AVX2Nibble:
    return {{name, "plain-tile", "AVX2 and, pshufb popcount, add; 4x2 vectors",
             kAvx2TileMacs, avx2Tile},
            {name, "plain-regs", "AVX2 and, pshufb popcount, add; registers",
             kAvx2RegistersMacs, avx2Registers}};
  case PlainLoop::AVX512Popcount:
    return {{name, "plain-tile", "AVX-512 and, vpopcntd, add; 6x4 vectors",
             kAvx512TileMacs, avx512Tile},
            {name, "plain-regs", "AVX-512 and, vpopcntd, add; registers",
             kAvx512RegistersMacs, avx512Registers}};
  }
  return {};
}

// The threads of compiled code: runtime/Threads.c.
extern "C" void __kmpc_fork_call(void *, int32_t, void *, ...);
extern "C" void __kmpc_push_num_threads(void *, int32_t, int32_t);

static void runLoop(int32_t *, int32_t *, void (*loop)()) { loop(); }

std::optional<Candidate> makeIndependentLoops(const InstructionSet &isa,
                                              unsigned threads) {
  if (isa.plainLoop == PlainLoop::None)
    return std::nullopt;
  bool isAvx2 = isa.plainLoop == PlainLoop::AVX2Nibble;
  void (*loop)() = isAvx2 ? avx2Registers : avx512Registers;
  double macs = isAvx2 ? kAvx2RegistersMacs : kAvx512RegistersMacs;
  return Candidate{
      isa.name.str(), llvm::formatv("independent@{0}", threads),
      llvm::formatv("the loop on registers in each of {0} threads", threads),
      threads * macs, [threads, loop] {
        __kmpc_push_num_threads(nullptr, 0, threads);
        __kmpc_fork_call(nullptr, 1, reinterpret_cast<void *>(&runLoop), loop);
      }};
}

static constexpr int kMultiplications = 1 << 18;

static void multiplyChain() {
  int32_t value = 3, count = kMultiplications / 8;
  asm volatile("1:\n\t"
               ".rept 8\n\t"
               "imull %0, %0\n\t"
               ".endr\n\t"
               "decl %1\n\t"
               "jnz 1b"
               : "+r"(value), "+r"(count)
               :
               : "cc");
  sink = value;
}

Candidate makeClockLoop() {
  return {"", "clock", "dependent imul", 3.0 * kMultiplications, multiplyChain};
}

} // namespace mlir::bitserial::bench

#else // !defined(__x86_64__)
#error "bitserial-bench is for x86-64"
#endif

// The inner loop of packing 64 channels without kernels: a vector of values gives a word of
// each plane, without scalars and without the stack.

// RUN: bitserial-compile %s --synthesize=off --emit=asm --prefix= --target=x86-64-v4 -o - \
// RUN:   | FileCheck %s --check-prefix=AVX512
// RUN: bitserial-compile %s --synthesize=off --emit=asm --prefix= --target=x86-64-v3 -o - \
// RUN:   | FileCheck %s --check-prefix=AVX2
// RUN: bitserial-compile %s --synthesize=off --emit=asm --prefix= --target=cortex-a53 -o - \
// RUN:   | FileCheck %s --check-prefix=NEON
// RUN: bitserial-compile %s --synthesize=off --emit=asm --prefix= --target=cortex-a7 -o - \
// RUN:   | FileCheck %s --check-prefix=ARMV7

// AVX512-LABEL: pack:
// AVX512:       vmovdqu64 {{.*}}(%rdi{{.*}}), [[V:%zmm[0-9]+]]
// AVX512-DAG:   vptestmb {{.*}}, [[V]], [[MASK:%k[0-7]]]
// AVX512-DAG:   kmovq [[MASK]], {{.*}}(%rsi
// AVX512-NOT:   (%rsp)
// AVX512:       ret

// AVX2-LABEL:   pack:
// AVX2:         vmovdqu {{.*}}(%rdi{{.*}}), [[V:%ymm[0-9]+]]
// AVX2:         vpsllw $7, [[V]], [[SHIFTED:%ymm[0-9]+]]
// AVX2:         vpmovmskb [[SHIFTED]]
// AVX2-NOT:     vpextr
// AVX2-NOT:     (%rsp)
// AVX2:         ret

// Per 16 bytes and plane a shift, a mask and one addp.
// NEON-LABEL:   pack:
// NEON:         [[LOOP:\.LBB[0-9_]+]]:
// NEON-COUNT-8:   ushl v{{[0-9]+}}.16b
// NEON-COUNT-8:   and v{{[0-9]+}}.16b
// NEON-COUNT-8:   addp v{{[0-9]+}}.16b
// NEON-NOT:       umov
// NEON:           b.ne [[LOOP]]

// ARMV7-LABEL:  pack:
// ARMV7-COUNT-8: vtst.8 q
// ARMV7-NOT:     vmov.u8
// ARMV7:         .fnend

#layout = #bitserial.layout<packed = 3, word = 32>
func.func @pack(%x: tensor<1x56x56x64x!bitserial.int<2, unsigned>>)
    -> tensor<1x56x56x64x!bitserial.int<2, unsigned>, #layout> {
  %0 = bitserial.pack %x : tensor<1x56x56x64x!bitserial.int<2, unsigned>>
      to tensor<1x56x56x64x!bitserial.int<2, unsigned>, #layout>
  return %0 : tensor<1x56x56x64x!bitserial.int<2, unsigned>, #layout>
}

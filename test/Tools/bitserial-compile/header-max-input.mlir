// What a low-bit layer takes for granted of floats is in the header, for those
// functions that have some.

// RUN: bitserial-compile %s --emit=header --prefix=net_ -o %t.h
// RUN: FileCheck %s < %t.h
// RUN: %host_cc -std=c99 -Wall -Wextra -pedantic -Werror -fsyntax-only -x c %t.h
// RUN: bitserial-compile %s --emit=header --max-input=1.5 | FileCheck %s --check-prefix=LESS
// RUN: bitserial-compile %s --emit=header --max-input=0 | FileCheck %s --check-prefix=ANY
// LESS: MAIN_MAX_INPUT 1.5{{$}}
// ANY-NOT: MAIN_MAX_INPUT

// CHECK:      void net_main(const float *x, float *result);
// CHECK:      /* net_main relies on floats among its arguments
// CHECK-NEXT:  * to be numbers of at most this magnitude, none of them NaN:
// CHECK:      #define NET_MAIN_MAX_INPUT 4294967296.0{{$}}
func.func @main(%x: tensor<4x32xf32>) -> tensor<4x8xf32> {
  %w = stablehlo.constant dense<1.0> : tensor<32x8xf32>
  %low = stablehlo.constant dense<0.0> : tensor<f32>
  %high = stablehlo.constant dense<3.0> : tensor<f32>
  %0 = stablehlo.round_nearest_even %x : tensor<4x32xf32>
  %1 = stablehlo.clamp %low, %0, %high : (tensor<f32>, tensor<4x32xf32>, tensor<f32>) -> tensor<4x32xf32>
  %2 = stablehlo.dot_general %1, %w, contracting_dims = [1] x [0] : (tensor<4x32xf32>, tensor<32x8xf32>) -> tensor<4x8xf32>
  return %2 : tensor<4x8xf32>
}

// CHECK:     void net_integers(
// CHECK-NOT: INTEGERS_MAX_INPUT
func.func @integers(%x: tensor<4xi32>) -> tensor<4xi32> {
  return %x : tensor<4xi32>
}

// RUN: bitserial-opt %s --bitserial-convert-tosa=report=- -o /dev/null | FileCheck %s
// RUN: bitserial-opt %s --bitserial-convert-tosa=report=%t.json -o /dev/null
// RUN: FileCheck %s --check-prefix=JSON --input-file=%t.json
// RUN: bitserial-opt %s --bitserial-convert-tosa=max-plane-products=64 | FileCheck %s --check-prefix=MORE
// RUN: not bitserial-opt %s --bitserial-convert-tosa=report=%t.json/no -o /dev/null 2>&1 | FileCheck %s --check-prefix=FILE

// What is said of each contraction, and which are left alone. The values that
// decide are one off those that are just possible.

// FILE: error: cannot write the report

// CHECK: layer {{ *}}result {{ *}}activations {{ *}}weights {{ *}}compiled as
// JSON: "layers": [

func.func @report(%x: tensor<1x4x100xi8>, %f: tensor<1x4x100xf32>, %y: tensor<1x4x100xi16>, %d: tensor<1x?x100xi8>, %zero_point: tensor<1xi8>) {
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %z16 = "tosa.const"() <{values = dense<0> : tensor<1xi16>}> : () -> tensor<1xi16>
  %zf = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %w = "tosa.const"() <{values = dense<1> : tensor<1x100x8xi8>}> : () -> tensor<1x100x8xi8>
  %w16 = "tosa.const"() <{values = dense<1> : tensor<1x100x8xi16>}> : () -> tensor<1x100x8xi16>
  %wf = "tosa.const"() <{values = dense<1.0> : tensor<1x100x8xf32>}> : () -> tensor<1x100x8xf32>

  %begin = tosa.const_shape {values = dense<0> : tensor<3xindex>} : () -> !tosa.shape<3>
  %few_size = tosa.const_shape {values = dense<[1, 100, 3]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %size = tosa.const_shape {values = dense<[1, 4, 4]> : tensor<3xindex>} : () -> !tosa.shape<3>

  // CHECK: tosa.matmul {{ *}}1x4x8 {{ *}}i8 0..15: 4-bit unsigned {{ *}}i8 {1}: 1-bit unsigned {{ *}}low-bit, 4 x 1 planes, 100 terms
  // JSON: "activations": {
  // JSON-NEXT: "bits": 4,
  // JSON-NEXT: "format": "4-bit unsigned",
  // JSON-NEXT: "is_constant": false,
  // JSON-NEXT: "type": "i8",
  // JSON-NEXT: "values": "0..15"
  // JSON-NEXT: },
  // JSON-NEXT: "error_bound": 0,
  // JSON-NEXT: "function": "report",
  // JSON-NEXT: "is_low_bit": true,
  // JSON-NEXT: "is_whole_numbers": false,
  // JSON-NEXT: "location": "{{.*}}tosa-report.mlir:[[#@LINE+10]]:8",
  // JSON-NEXT: "op": "tosa.matmul",
  // JSON-NEXT: "reason": "",
  // JSON-NEXT: "requantization": "",
  // JSON-NEXT: "shape": [
  // JSON-NEXT:   1,
  // JSON-NEXT:   4,
  // JSON-NEXT:   8
  // JSON-NEXT: ],
  %4 = tosa.clamp %x {min_val = 0 : i8, max_val = 15 : i8} : (tensor<1x4x100xi8>) -> tensor<1x4x100xi8>
  %0 = tosa.matmul %4, %w, %z, %z : (tensor<1x4x100xi8>, tensor<1x100x8xi8>, tensor<1xi8>, tensor<1xi8>) -> tensor<1x4x8xi32>

  // 4 x 4 bits are 16 products; one value more makes 5 x 4, which are multiplied
  // as they are if there are outputs enough.
  // CHECK: 4-bit unsigned {{ *}}low-bit, 4 x 4 planes, 4 terms
  // CHECK: 5-bit unsigned {{ *}}i8 0..15: 4-bit unsigned {{ *}}whole numbers, 5 x 4 bits, 100 terms
  // CHECK: 5-bit unsigned {{ *}}i8 0..15: 4-bit unsigned {{ *}}ordinary: 5 x 4 bits are 20 products of bit planes, more than the 16 that are worth it
  %rhs = tosa.transpose %4 {perms = array<i32: 0, 2, 1>} : (tensor<1x4x100xi8>) -> tensor<1x100x4xi8>
  %lhs = tosa.slice %4, %begin, %size : (tensor<1x4x100xi8>, !tosa.shape<3>, !tosa.shape<3>) -> tensor<1x4x4xi8>
  %1 = tosa.matmul %lhs, %4, %z, %z : (tensor<1x4x4xi8>, tensor<1x4x100xi8>, tensor<1xi8>, tensor<1xi8>) -> tensor<1x4x100xi32>
  %5 = tosa.clamp %x {min_val = 0 : i8, max_val = 16 : i8} : (tensor<1x4x100xi8>) -> tensor<1x4x100xi8>
  %columns = tosa.slice %rhs, %begin, %few_size : (tensor<1x100x4xi8>, !tosa.shape<3>, !tosa.shape<3>) -> tensor<1x100x3xi8>
  %2 = tosa.matmul %5, %rhs, %z, %z : (tensor<1x4x100xi8>, tensor<1x100x4xi8>, tensor<1xi8>, tensor<1xi8>) -> tensor<1x4x4xi32>
  %many = tosa.matmul %5, %columns, %z, %z : (tensor<1x4x100xi8>, tensor<1x100x3xi8>, tensor<1xi8>, tensor<1xi8>) -> tensor<1x4x3xi32>
  // MORE-COUNT-4: bitserial.contract

  // All values of 8 bits, and one more.
  // CHECK: i16 -1..254: 8-bit unsigned (zero point 1) {{ *}}i16 {1}: 1-bit unsigned {{ *}}low-bit
  %8 = tosa.clamp %y {min_val = -1 : i16, max_val = 254 : i16} : (tensor<1x4x100xi16>) -> tensor<1x4x100xi16>
  %6 = tosa.matmul %8, %w16, %z16, %z16 : (tensor<1x4x100xi16>, tensor<1x100x8xi16>, tensor<1xi16>, tensor<1xi16>) -> tensor<1x4x8xi48>
  // CHECK: i16 -1..255 {{ *}}i16 {1}: 1-bit unsigned {{ *}}ordinary: the activations may be -1..255, which takes more than 8 bits
  %9 = tosa.clamp %y {min_val = -1 : i16, max_val = 255 : i16} : (tensor<1x4x100xi16>) -> tensor<1x4x100xi16>
  %7 = tosa.matmul %9, %w16, %z16, %z16 : (tensor<1x4x100xi16>, tensor<1x100x8xi16>, tensor<1xi16>, tensor<1xi16>) -> tensor<1x4x8xi48>

  // CHECK: f32 -4.29497e+09..4.29497e+09 {{ *}}f32 {1}: 1-bit unsigned {{ *}}ordinary: the activations may be anything in -4.29497e+09..4.29497e+09: no op limits them to a few values
  %10 = tosa.matmul %f, %wf, %zf, %zf : (tensor<1x4x100xf32>, tensor<1x100x8xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x8xf32>

  // CHECK: 1x?x8 {{ *}}i8 0..15: 4-bit unsigned {{.*}}ordinary: the shapes are not static
  %few = tosa.clamp %d {min_val = 0 : i8, max_val = 15 : i8} : (tensor<1x?x100xi8>) -> tensor<1x?x100xi8>
  %11 = tosa.matmul %few, %w, %z, %z : (tensor<1x?x100xi8>, tensor<1x100x8xi8>, tensor<1xi8>, tensor<1xi8>) -> tensor<1x?x8xi32>

  // CHECK: i8 {{ *}}i8 {1}: 1-bit unsigned {{ *}}ordinary: the values or the zero point of the activations are not known
  %12 = tosa.matmul %4, %w, %zero_point, %z : (tensor<1x4x100xi8>, tensor<1x100x8xi8>, tensor<1xi8>, tensor<1xi8>) -> tensor<1x4x8xi32>

  // CHECK: 3 of 9 contractions are low-bit
  // JSON: "low_bit": 3,
  // JSON-NEXT: "max_input": null,
  // JSON-NEXT: "total": 9
  return
}

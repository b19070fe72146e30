// Micro-tiles become loops around kernels of the cache; where there is none,
// they stay. The kernel is avx2-a1w1-bytes.mlir, which flushes after 31 steps.

// REQUIRES: solver
// RUN: rm -rf %t && bitserial-synth add %S/../Transforms/Inputs/kernels/avx2-a1w1-bytes.mlir --cache-dir=%t
// RUN: bitserial-opt %s --bitserial-set-target=cpu=haswell --bitserial-synthesize='search=false library=false cache-dir=%t' --canonicalize --cse --mlir-disable-threading --remark-format=emitRemark --remarks-filter=bitserial -o %t/out.mlir 2>&1 | FileCheck %s --check-prefix=REMARKS
// RUN: FileCheck %s --input-file=%t/out.mlir
// RUN: bitserial-opt %s --bitserial-set-target=cpu=haswell --bitserial-synthesize='search=false library=false cache=false' --mlir-disable-threading --remark-format=emitRemark --remarks-filter=bitserial -o %t/none.mlir 2>&1 | FileCheck %s --check-prefix=NONE
// RUN: FileCheck %s --check-prefix=LEFT --input-file=%t/none.mlir
// What is left is for the reference lowering.
// RUN: bitserial-opt %t/out.mlir --bitserial-lower-reduce | FileCheck %s --check-prefix=REST
// REST-NOT: bitserial.reduce

// REMARKS: synthesize.mlir:[[@LINE+10]]:8: remark: {{.*}}kernel a1w1-o64 from the cache: {{.*}}; bytes
// NONE: synthesize.mlir:[[@LINE+9]]:8: remark: {{.*}}no kernel, but the reference lowering: neither library nor cache has a kernel 'a1w1-o64' for haswell; 'bitserial-synth search' looks for one
// LEFT-LABEL: func @a1w1(
// LEFT: bitserial.reduce
// CHECK-LABEL: func @a1w1(
// CHECK-NOT: bitserial.reduce
// CHECK: scf.for
// CHECK: llvm.call_intrinsic "llvm.x86.avx2.pshuf.b"
// CHECK: llvm.call_intrinsic "llvm.x86.avx2.psad.bw"
func.func @a1w1(%a: tensor<1x2x100xi64>, %w: tensor<1x100x1x4xi64>, %acc: tensor<2x4xi32>) -> tensor<2x4xi32> {
  %0 = bitserial.reduce ins(%a, %w : tensor<1x2x100xi64>, tensor<1x100x1x4xi64>) outs(%acc : tensor<2x4xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n floordiv 4, k, n mod 4)>,
                       affine_map<(m, n, k) -> (m, n)>] plane_dims = [0, 2] {
  ^bb0(%a0: i1, %w0: i1):
    %x0 = arith.andi %a0, %w0 : i1
    %s0 = arith.extui %x0 : i1 to i32
    bitserial.yield %s0 : i32
  } -> tensor<2x4xi32>
  return %0 : tensor<2x4xi32>
}

// A multiple of the polynomial has the same kernel; its sums are scaled.

// REMARKS: synthesize.mlir:[[@LINE+5]]:8: remark: {{.*}}kernel a1w1-o64 from the cache
// CHECK-LABEL: func @scaled(
// CHECK-NOT: bitserial.reduce
// CHECK: arith.muli %{{.+}}, %{{.+}} : vector<4xi32>
func.func @scaled(%a: tensor<1x1x9xi64>, %w: tensor<1x9x1x4xi64>, %acc: tensor<1x4xi32>) -> tensor<1x4xi32> {
  %0 = bitserial.reduce ins(%a, %w : tensor<1x1x9xi64>, tensor<1x9x1x4xi64>) outs(%acc : tensor<1x4xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n floordiv 4, k, n mod 4)>,
                       affine_map<(m, n, k) -> (m, n)>] plane_dims = [0, 2] {
  ^bb0(%a0: i1, %w0: i1):
    %factor = arith.constant -6 : i32
    %x0 = arith.andi %a0, %w0 : i1
    %s0 = arith.extui %x0 : i1 to i32
    %s1 = arith.muli %s0, %factor : i32
    bitserial.yield %s1 : i32
  } -> tensor<1x4xi32>
  return %0 : tensor<1x4xi32>
}

// Two outputs fill half a vector.

// REMARKS: synthesize.mlir:[[@LINE+4]]:8: remark: {{.*}}no kernel, but the reference lowering: a1w1-o64 works on 4 lanes at once, this micro-tile has 2
// CHECK-LABEL: func @narrow(
// CHECK: bitserial.reduce
func.func @narrow(%a: tensor<1x1x9xi64>, %w: tensor<9x1x2xi64>, %acc: tensor<1x2xi32>) -> tensor<1x2xi32> {
  %0 = bitserial.reduce ins(%a, %w : tensor<1x1x9xi64>, tensor<9x1x2xi64>) outs(%acc : tensor<1x2xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (k, n)>,
                       affine_map<(m, n, k) -> (m, n)>] plane_dims = [0, 1] {
  ^bb0(%a0: i1, %w0: i1):
    %x0 = arith.andi %a0, %w0 : i1
    %s0 = arith.extui %x0 : i1 to i32
    bitserial.yield %s0 : i32
  } -> tensor<1x2xi32>
  return %0 : tensor<1x2xi32>
}

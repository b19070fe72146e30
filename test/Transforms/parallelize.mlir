// RUN: bitserial-opt %s --bitserial-parallelize="min-ops=1 min-iterations=20" | FileCheck %s
// RUN: bitserial-opt %s --bitserial-parallelize=min-iterations=20 | FileCheck %s --check-prefix=LITTLE
// RUN: bitserial-opt %s --bitserial-parallelize=min-ops=100 | FileCheck %s --check-prefix=PARTS

// Little work stays in one thread.
// LITTLE-NOT: scf.parallel

// Tiles of columns, for all rows: the last dimension keeps them apart.

// CHECK-LABEL: func.func @columns(
// CHECK: scf.parallel (%[[J:.+]]) = (%{{.+}}) to (%{{.+}}) step (%{{.+}}) {
// CHECK:   scf.for %[[I:.+]] =
// CHECK:     %[[TILE:.+]] = memref.subview %{{.+}}[%[[I]], %[[J]]] [1, 32]
// CHECK:     vector.transfer_write %{{.+}}, %[[TILE]]
func.func @columns(%in: vector<16xi32>, %out: memref<8x704xi32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  %c16 = arith.constant 16 : index
  %c32 = arith.constant 32 : index
  %c704 = arith.constant 704 : index
  scf.for %j = %c0 to %c704 step %c32 {
    scf.for %i = %c0 to %c8 step %c1 {
      %tile = memref.subview %out[%i, %j] [1, 32] [1, 1] : memref<8x704xi32> to memref<32xi32, strided<[1], offset: ?>>
      vector.transfer_write %in, %tile[%c0] : vector<16xi32>, memref<32xi32, strided<[1], offset: ?>>
      vector.transfer_write %in, %tile[%c16] : vector<16xi32>, memref<32xi32, strided<[1], offset: ?>>
    }
  }
  return
}

// With few iterations, the nested loop joins.

// CHECK-LABEL: func.func @nest(
// CHECK: scf.parallel (%[[J:.+]], %[[I:.+]]) = ({{.+}}) to (%c64{{.*}}, %c8{{.*}}) step (%c32{{.*}}, %c1{{.*}}) {
// CHECK:   %[[TILE:.+]] = memref.subview %{{.+}}[0, %[[J]]] [8, 32]
// CHECK:   memref.store %{{.+}}, %[[TILE]][%[[I]], %c0]
// CHECK-NOT: scf.for
func.func @nest(%in: i32, %out: memref<8x64xi32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  %c32 = arith.constant 32 : index
  %c64 = arith.constant 64 : index
  scf.for %j = %c0 to %c64 step %c32 {
    %tile = memref.subview %out[0, %j] [8, 32] [1, 1] : memref<8x64xi32> to memref<8x32xi32, strided<[64, 1], offset: ?>>
    scf.for %i = %c0 to %c8 step %c1 {
      memref.store %in, %tile[%i, %c0] : memref<8x32xi32, strided<[64, 1], offset: ?>>
    }
  }
  return
}

// Linear indices: the planes of a row of words are 1000 words apart, rows 10.

// CHECK-LABEL: func.func @packing(
// CHECK: scf.parallel
#plane0 = affine_map<(h, c) -> (h * 10 + c * 2 + 3)>
#plane1 = affine_map<(h, c) -> (h * 10 + c * 2 + 1003)>
func.func @packing(%words: vector<2xi32>, %out: memref<2000xi32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c5 = arith.constant 5 : index
  %c99 = arith.constant 99 : index
  scf.for %h = %c0 to %c99 step %c1 {
    scf.for %c = %c0 to %c5 step %c1 {
      %0 = affine.apply #plane0(%h, %c)
      vector.transfer_write %words, %out[%0] {in_bounds = [true]} : vector<2xi32>, memref<2000xi32>
      %1 = affine.apply #plane1(%h, %c)
      vector.transfer_write %words, %out[%1] {in_bounds = [true]} : vector<2xi32>, memref<2000xi32>
    }
  }
  return
}

// Words of 32 numbers, in tiles of 96 columns: the tile's number is exact. Tiles
// of 48 share words.

// CHECK-LABEL: func.func @words_of_tiles(
// CHECK: scf.parallel (%{{.+}}, %{{.+}}) = ({{.+}}) to (%c480{{.*}}, %c7{{.*}}) step (%c96{{.*}}, %c1{{.*}}) {
#word = affine_map<(d0) -> (d0 floordiv 32)>
func.func @words_of_tiles(%words: vector<3xi32>, %out: memref<7x15xi32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c7 = arith.constant 7 : index
  %c96 = arith.constant 96 : index
  %c480 = arith.constant 480 : index
  scf.for %c = %c0 to %c480 step %c96 {
    scf.for %i = %c0 to %c7 step %c1 {
      %0 = affine.apply #word(%c)
      vector.transfer_write %words, %out[%i, %0] {in_bounds = [true]} : vector<3xi32>, memref<7x15xi32>
    }
  }
  return
}

// CHECK-LABEL: func.func @words_shared_by_tiles(
// CHECK: scf.for %{{.+}} = %c0 to %c480 step %c48 {
// CHECK: scf.parallel (%{{.+}}) = ({{.+}}) to (%c7{{.*}}) step
func.func @words_shared_by_tiles(%word: vector<2xi32>, %shared: memref<7x16xi32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c7 = arith.constant 7 : index
  %c48 = arith.constant 48 : index
  %c480 = arith.constant 480 : index
  scf.for %c = %c0 to %c480 step %c48 {
    scf.for %i = %c0 to %c7 step %c1 {
      %0 = affine.apply #word(%c)
      vector.transfer_write %word, %shared[%i, %0] {in_bounds = [true]} : vector<2xi32>, memref<7x16xi32>
    }
  }
  return
}

// Rows overlap, and so do the words of one.

// CHECK-LABEL: func.func @overlap(
// CHECK-NOT: scf.parallel
// CHECK: return
#narrow = affine_map<(h, c) -> (h * 4 + c)>
func.func @overlap(%words: vector<2xi32>, %out: memref<2000xi32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c5 = arith.constant 5 : index
  %c99 = arith.constant 99 : index
  scf.for %h = %c0 to %c99 step %c1 {
    scf.for %c = %c0 to %c5 step %c1 {
      %0 = affine.apply #narrow(%h, %c)
      vector.transfer_write %words, %out[%0] {in_bounds = [true]} : vector<2xi32>, memref<2000xi32>
    }
  }
  return
}

// Planes of rows 100 apart meet.

// CHECK-LABEL: func.func @planes_meet(
// CHECK-NOT: scf.parallel
// CHECK: return
func.func @planes_meet(%word: i32, %out: memref<3000xi32>) {
  %c0 = arith.constant 0 : index
  %c10 = arith.constant 10 : index
  %c1000 = arith.constant 1000 : index
  %c1010 = arith.constant 1010 : index
  scf.for %i = %c0 to %c1010 step %c10 {
    memref.store %word, %out[%i] : memref<3000xi32>
    %j = arith.addi %i, %c1000 : index
    memref.store %word, %out[%j] : memref<3000xi32>
  }
  return
}

// A scratch buffer outside the loop is shared, one inside is not.

// CHECK-LABEL: func.func @scratch(
// CHECK: scf.for
// CHECK: scf.parallel
// CHECK-NEXT: memref.alloc
func.func @scratch(%in: memref<64xi32>, %out: memref<64xi32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c64 = arith.constant 64 : index
  %shared = memref.alloc() : memref<1xi32>
  scf.for %i = %c0 to %c64 step %c1 {
    %0 = memref.load %in[%i] : memref<64xi32>
    memref.store %0, %shared[%c0] : memref<1xi32>
    %1 = memref.load %shared[%c0] : memref<1xi32>
    memref.store %1, %out[%i] : memref<64xi32>
  }
  memref.dealloc %shared : memref<1xi32>
  scf.for %i = %c0 to %c64 step %c1 {
    %own = memref.alloc() : memref<1xi32>
    %0 = memref.load %in[%i] : memref<64xi32>
    memref.store %0, %own[%c0] : memref<1xi32>
    %1 = memref.load %own[%c0] : memref<1xi32>
    memref.store %1, %out[%i] : memref<64xi32>
    memref.dealloc %own : memref<1xi32>
  }
  return
}

// Not: a loop that reads what the iteration before wrote, one that carries a
// value, one that calls something, one whose destination is not known, and one
// through two views of the same memory.

// CHECK-LABEL: func.func @not_parallel(
// CHECK-NOT: scf.parallel
// CHECK: return
func.func private @callee()
func.func @not_parallel(%a: memref<65xi32>, %b: memref<65xi32>, %n: index, %which: i1) -> i32 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c64 = arith.constant 64 : index
  %zero = arith.constant 0 : i32
  scf.for %i = %c0 to %c64 step %c1 {
    %0 = memref.load %a[%i] : memref<65xi32>
    %next = arith.addi %i, %c1 : index
    memref.store %0, %a[%next] : memref<65xi32>
  }
  %sum = scf.for %i = %c0 to %c64 step %c1 iter_args(%s = %zero) -> i32 {
    %0 = memref.load %a[%i] : memref<65xi32>
    %1 = arith.addi %s, %0 : i32
    scf.yield %1 : i32
  }
  scf.for %i = %c0 to %c64 step %c1 {
    func.call @callee() : () -> ()
  }
  scf.for %i = %c0 to %n step %c1 {
    memref.store %zero, %a[%i] : memref<65xi32>
  }
  %either = arith.select %which, %a, %b : memref<65xi32>
  scf.for %i = %c0 to %c64 step %c1 {
    memref.store %zero, %either[%i] : memref<65xi32>
  }
  %low = memref.subview %a[0] [64] [1] : memref<65xi32> to memref<64xi32, strided<[1]>>
  scf.for %i = %c0 to %c64 step %c1 {
    memref.store %zero, %a[%i] : memref<65xi32>
    memref.store %zero, %low[%i] : memref<64xi32, strided<[1]>>
  }
  return %sum : i32
}

// Parts that have nothing in common but what is little: here a line that both
// add, which each makes for itself, in memory of its own.

// PARTS-LABEL: func.func @parts(
// PARTS-DAG: %[[OWN0:.+]] = memref.alloc() : memref<16xi32>
// PARTS-DAG: %[[OWN1:.+]] = memref.alloc() : memref<16xi32>
// PARTS: scf.parallel (%[[PART:.+]]) =
// PARTS:   scf.index_switch %[[PART]]
// PARTS:   case 1 {
// PARTS:     vector.transfer_write %{{.+}}, %[[SECOND:.+]][%{{.+}}] {{.*}} memref<16xi32>
// PARTS:     scf.for
// PARTS:   default {
// PARTS:     vector.transfer_write %{{.+}}, %[[FIRST:.+]][%{{.+}}] {{.*}} memref<16xi32>
// PARTS:     scf.for
// PARTS: memref.dealloc
// PARTS: memref.dealloc
func.func @parts(%in: vector<16xi32>, %out: memref<160x16xi32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c80 = arith.constant 80 : index
  %c0_i32 = arith.constant 0 : i32
  %line = memref.alloc() : memref<16xi32>
  vector.transfer_write %in, %line[%c0] {in_bounds = [true]} : vector<16xi32>, memref<16xi32>
  scf.for %i = %c0 to %c80 step %c1 {
    %0 = vector.transfer_read %line[%c0], %c0_i32 {in_bounds = [true]} : memref<16xi32>, vector<16xi32>
    %1 = arith.addi %0, %in : vector<16xi32>
    vector.transfer_write %1, %out[%i, %c0] {in_bounds = [true]} : vector<16xi32>, memref<160x16xi32>
  }
  %half = memref.subview %out[80, 0] [80, 16] [1, 1] : memref<160x16xi32> to memref<80x16xi32, strided<[16, 1], offset: 1280>>
  scf.for %i = %c0 to %c80 step %c1 {
    %0 = vector.transfer_read %line[%c0], %c0_i32 {in_bounds = [true]} : memref<16xi32>, vector<16xi32>
    %1 = arith.subi %0, %in : vector<16xi32>
    vector.transfer_write %1, %half[%i, %c0] {in_bounds = [true]} : vector<16xi32>, memref<80x16xi32, strided<[16, 1], offset: 1280>>
  }
  memref.dealloc %line : memref<16xi32>
  return
}

// What a thread alone sees of memory it finds out itself.

// PARTS-LABEL: func.func @views_of_parts(
// PARTS-NOT: memref.subview
// PARTS: scf.index_switch
// PARTS: case 1 {
// PARTS-NEXT: memref.subview %{{.+}}[80, 0] [80, 16]
// PARTS: default {
// PARTS-NEXT: memref.subview %{{.+}}[0, 0] [80, 16]
func.func @views_of_parts(%in: vector<16xi32>, %out: memref<160x16xi32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c80 = arith.constant 80 : index
  %first = memref.subview %out[0, 0] [80, 16] [1, 1] : memref<160x16xi32> to memref<80x16xi32, strided<[16, 1]>>
  %second = memref.subview %out[80, 0] [80, 16] [1, 1] : memref<160x16xi32> to memref<80x16xi32, strided<[16, 1], offset: 1280>>
  scf.for %i = %c0 to %c80 step %c1 {
    vector.transfer_write %in, %first[%i, %c0] {in_bounds = [true]} : vector<16xi32>, memref<80x16xi32, strided<[16, 1]>>
  }
  scf.for %i = %c0 to %c80 step %c1 {
    vector.transfer_write %in, %second[%i, %c0] {in_bounds = [true]} : vector<16xi32>, memref<80x16xi32, strided<[16, 1], offset: 1280>>
  }
  return
}

// The second loop reads what the first one writes.

// PARTS-LABEL: func.func @dependent_parts(
// PARTS-NOT: scf.index_switch
func.func @dependent_parts(%in: vector<16xi32>, %out: memref<160x16xi32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c80 = arith.constant 80 : index
  %c0_i32 = arith.constant 0 : i32
  scf.for %i = %c0 to %c80 step %c1 {
    vector.transfer_write %in, %out[%i, %c0] {in_bounds = [true]} : vector<16xi32>, memref<160x16xi32>
  }
  %half = memref.subview %out[79, 0] [81, 16] [1, 1] : memref<160x16xi32> to memref<81x16xi32, strided<[16, 1], offset: 1264>>
  scf.for %i = %c0 to %c80 step %c1 {
    %0 = vector.transfer_read %half[%i, %c0], %c0_i32 {in_bounds = [true]} : memref<81x16xi32, strided<[16, 1], offset: 1264>>, vector<16xi32>
    vector.transfer_write %0, %half[%i, %c0] {in_bounds = [true]} : vector<16xi32>, memref<81x16xi32, strided<[16, 1], offset: 1264>>
  }
  return
}

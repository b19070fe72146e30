// RUN: bitserial-opt %s --bitserial-plan-memory | FileCheck %s
// RUN: not bitserial-opt %S/Inputs/plan-memory-taken.mlir --bitserial-plan-memory 2>&1 | FileCheck %s --check-prefix=TAKEN

func.func private @use(memref<16xf32>)
func.func private @use17(memref<17xf32>)

// The largest comes first. %a and %c do not live at the same time, %b lives with both.
// CHECK-LABEL: func @f(
// CHECK-SAME:    %[[X:.*]]: memref<4xf32>) attributes {bitserial.allocates, bitserial.arena = 192 : i64}
// CHECK-NEXT:  %[[ARENA:.*]] = memref.alloc() {alignment = 64 : i64} : memref<192xi8>
// CHECK-NEXT:  call @f_in_arena(%[[X]], %[[ARENA]])
// CHECK-NEXT:  memref.dealloc %[[ARENA]]
// CHECK-NEXT:  return
// CHECK-LABEL: func @f_in_arena(
// CHECK-SAME:    %{{.*}}: memref<4xf32>, %[[A:.*]]: memref<192xi8>)
// CHECK-SAME:    bitserial.arena = 192
// CHECK:       %[[OA:.*]] = arith.constant 128 : index
// CHECK-NEXT:  memref.view %[[A]][%[[OA]]][] : memref<192xi8> to memref<16xf32>
// CHECK:       %[[OB:.*]] = arith.constant 0 : index
// CHECK-NEXT:  memref.view %[[A]][%[[OB]]][] : memref<192xi8> to memref<17xf32>
// CHECK:       %[[OC:.*]] = arith.constant 128 : index
// CHECK-NEXT:  memref.view %[[A]][%[[OC]]][] : memref<192xi8> to memref<16xf32>
// CHECK-NOT:   memref.alloc
// CHECK-NOT:   memref.dealloc
func.func @f(%x: memref<4xf32>) {
  %a = memref.alloc() : memref<16xf32>
  func.call @use(%a) : (memref<16xf32>) -> ()
  %b = memref.alloc() : memref<17xf32>
  func.call @use17(%b) : (memref<17xf32>) -> ()
  func.call @use(%a) : (memref<16xf32>) -> ()
  memref.dealloc %a : memref<16xf32>
  %c = memref.alloc() : memref<16xf32>
  func.call @use(%c) : (memref<16xf32>) -> ()
  memref.dealloc %c : memref<16xf32>
  func.call @use17(%b) : (memref<17xf32>) -> ()
  memref.dealloc %b : memref<17xf32>
  return
}

// A buffer lives from its first use, though it is allocated above that.
// CHECK-LABEL: func @early(
// CHECK-SAME:    bitserial.arena = 64
func.func @early(%n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %a = memref.alloc() : memref<16xf32>
  %b = memref.alloc() : memref<16xf32>
  func.call @use(%a) : (memref<16xf32>) -> ()
  memref.dealloc %a : memref<16xf32>
  scf.for %i = %c0 to %n step %c1 {
    func.call @use(%b) : (memref<16xf32>) -> ()
  }
  memref.dealloc %b : memref<16xf32>
  return
}

// Buffers of a loop's body have a place each; one of a parallel loop has not,
// nor one that another block frees, nor one of dynamic size.
// CHECK-LABEL: func @loops(
// CHECK-SAME:    bitserial.arena = 128
// CHECK-LABEL: func @loops_in_arena(
// CHECK:       scf.for
// CHECK:         memref.view %{{.*}}[%{{.*}}][] : memref<128xi8> to memref<3xi8>
// CHECK:         memref.view %{{.*}}[%{{.*}}][] : memref<128xi8> to memref<5xi64>
// CHECK:       scf.parallel
// CHECK:         memref.alloc
// CHECK:       memref.alloc
// CHECK:       memref.alloc
func.func @loops(%n: index, %c: i1) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  scf.for %i = %c0 to %n step %c1 {
    %a = memref.alloc() : memref<3xi8>
    %b = memref.alloc() : memref<5xi64>
    %v = memref.load %b[%c0] : memref<5xi64>
    %w = memref.load %a[%c0] : memref<3xi8>
    memref.store %v, %b[%c1] : memref<5xi64>
    memref.dealloc %a : memref<3xi8>
    memref.dealloc %b : memref<5xi64>
  }
  scf.parallel (%i) = (%c0) to (%n) step (%c1) {
    %a = memref.alloc() : memref<3xi8>
    memref.dealloc %a : memref<3xi8>
  }
  %d = memref.alloc() : memref<3xi8>
  scf.if %c {
    memref.dealloc %d : memref<3xi8>
  }
  %e = memref.alloc(%n) : memref<?xi8>
  memref.dealloc %e : memref<?xi8>
  return
}

// CHECK-LABEL: func @nothing(
// CHECK-NOT:   arena
func.func @nothing(%x: memref<4xf32>) {
  return
}

// What a thread alone uses is a page apart from what others use, and found in
// the thread.
// CHECK-LABEL: func @threads(
// CHECK-SAME:    bitserial.arena = 8512
// CHECK-LABEL: func @threads_in_arena(
// CHECK-SAME:    %[[ARENA:[^:]+]]: memref<8512xi8>
// CHECK-DAG:   %[[SHARED:.+]] = arith.constant 8448 : index
// CHECK:       memref.view %[[ARENA]][%[[SHARED]]][] : memref<8512xi8> to memref<2xi64>
// CHECK:       scf.index_switch
// CHECK:       case 1 {
// CHECK-NEXT:    %[[C4224:.+]] = arith.constant 4224 : index
// CHECK-NEXT:    memref.view %[[ARENA]][%[[C4224]]][] : memref<8512xi8> to memref<16xi64>
// CHECK:       default {
// CHECK-DAG:     %[[C0:.+]] = arith.constant 0 : index
// CHECK-DAG:     %[[C64:.+]] = arith.constant 64 : index
// CHECK-DAG:     memref.view %[[ARENA]][%[[C0]]][] : memref<8512xi8> to memref<1xi8>
// CHECK-DAG:     memref.view %[[ARENA]][%[[C64]]][] : memref<8512xi8> to memref<8xi64>
// CHECK-NOT:   memref.dealloc
// CHECK:       return
func.func @threads(%x: i64) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %byte = arith.constant 0 : i8
  %first0 = memref.alloc() : memref<1xi8>
  %first1 = memref.alloc() : memref<8xi64>
  %second = memref.alloc() : memref<16xi64>
  %both = memref.alloc() : memref<2xi64>
  scf.parallel (%i) = (%c0) to (%c2) step (%c1) {
    scf.index_switch %i
    case 1 {
      memref.store %x, %second[%c0] : memref<16xi64>
      memref.store %x, %both[%c1] : memref<2xi64>
      scf.yield
    }
    default {
      memref.store %byte, %first0[%c0] : memref<1xi8>
      memref.store %x, %first1[%c0] : memref<8xi64>
      memref.store %x, %both[%c0] : memref<2xi64>
    }
  }
  memref.dealloc %first0 : memref<1xi8>
  memref.dealloc %first1 : memref<8xi64>
  memref.dealloc %second : memref<16xi64>
  memref.dealloc %both : memref<2xi64>
  return
}

// What is also used beside the choice of a loop, or of another one, is of no
// one thread.
// CHECK-LABEL: func @beside_choice_in_arena(
// CHECK-COUNT-2: memref.view
// CHECK-NOT:   memref.view
// CHECK:       return
func.func @beside_choice(%x: i64) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %same_loop = memref.alloc() : memref<8xi64>
  %other_loop = memref.alloc() : memref<8xi64>
  scf.parallel (%i) = (%c0) to (%c2) step (%c1) {
    scf.index_switch %i
    case 1 {
      memref.store %x, %same_loop[%c0] : memref<8xi64>
      memref.store %x, %other_loop[%c0] : memref<8xi64>
      scf.yield
    }
    default {
    }
    memref.store %x, %same_loop[%c1] : memref<8xi64>
  }
  scf.parallel (%i) = (%c0) to (%c2) step (%c1) {
    scf.index_switch %i
    case 1 {
      scf.yield
    }
    default {
    }
    memref.store %x, %other_loop[%i] : memref<8xi64>
  }
  memref.dealloc %same_loop : memref<8xi64>
  memref.dealloc %other_loop : memref<8xi64>
  return
}

// Sizes whose sum is no number of bytes: for the system to refuse.
// CHECK-LABEL: func @huge(
// CHECK-NOT:   bitserial.arena
// CHECK-COUNT-2: memref.alloc() : memref<9223372036854775807xi8>
func.func @huge(%x: i8) {
  %c0 = arith.constant 0 : index
  %first = memref.alloc() : memref<9223372036854775807xi8>
  %second = memref.alloc() : memref<9223372036854775807xi8>
  memref.store %x, %first[%c0] : memref<9223372036854775807xi8>
  memref.store %x, %second[%c0] : memref<9223372036854775807xi8>
  memref.dealloc %first : memref<9223372036854775807xi8>
  memref.dealloc %second : memref<9223372036854775807xi8>
  return
}

// TAKEN: error: 'f_in_arena', the name of the variant of 'f' that gets its memory from the caller, is taken

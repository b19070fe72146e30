// Loops whose threads are told nothing, pointers, numbers, and more than four
// values; two in a function, one in the other. thread_regions.c calls them.

memref.global "private" @memory : memref<64xi64> = uninitialized

func.func @nothing() {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c64 = arith.constant 64 : index
  %memory = memref.get_global @memory : memref<64xi64>
  scf.parallel (%i) = (%c0) to (%c64) step (%c1) {
    %number = arith.index_cast %i : index to i64
    memref.store %number, %memory[%i] : memref<64xi64>
  }
  return
}

func.func @remembered(%out: memref<64xi64>) {
  %memory = memref.get_global @memory : memref<64xi64>
  memref.copy %memory, %out : memref<64xi64> to memref<64xi64>
  return
}

// The first how[0] elements become how[1].
func.func @numbers(%how: memref<2xi64>, %out: memref<64xi64>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %count = memref.load %how[%c0] : memref<2xi64>
  %value = memref.load %how[%c1] : memref<2xi64>
  %end = arith.index_cast %count : i64 to index
  scf.parallel (%i) = (%c0) to (%end) step (%c1) {
    memref.store %value, %out[%i] : memref<64xi64>
  }
  return
}

func.func @two_and_one_within(%how: memref<2xi64>, %a: memref<64xi64>, %b: memref<64xi64>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c64 = arith.constant 64 : index
  %value = memref.load %how[%c1] : memref<2xi64>
  scf.parallel (%i) = (%c0) to (%c64) step (%c1) {
    memref.store %value, %a[%i] : memref<64xi64>
  }
  scf.parallel (%i) = (%c0) to (%c64) step (%c1) {
    %x = memref.load %a[%i] : memref<64xi64>
    %y = arith.addi %x, %value : i64
    memref.store %y, %b[%i] : memref<64xi64>
    %last = arith.addi %i, %c1 : index
    %number = arith.index_cast %i : index to i64
    scf.parallel (%j) = (%i) to (%last) step (%c1) {
      memref.store %number, %a[%j] : memref<64xi64>
    }
  }
  return
}

func.func @four(%in: memref<64xi64>, %a: memref<64xi64>, %b: memref<64xi64>, %c: memref<64xi64>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c64 = arith.constant 64 : index
  scf.parallel (%i) = (%c0) to (%c64) step (%c1) {
    %x = memref.load %in[%i] : memref<64xi64>
    memref.store %x, %a[%i] : memref<64xi64>
    memref.store %x, %b[%i] : memref<64xi64>
    memref.store %x, %c[%i] : memref<64xi64>
  }
  return
}

func.func @five(%in: memref<64xi64>, %a: memref<64xi64>, %b: memref<64xi64>, %c: memref<64xi64>, %d: memref<64xi64>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c64 = arith.constant 64 : index
  scf.parallel (%i) = (%c0) to (%c64) step (%c1) {
    %x = memref.load %in[%i] : memref<64xi64>
    memref.store %x, %a[%i] : memref<64xi64>
    memref.store %x, %b[%i] : memref<64xi64>
    memref.store %x, %c[%i] : memref<64xi64>
    memref.store %x, %d[%i] : memref<64xi64>
  }
  return
}

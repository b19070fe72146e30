// A search that ends where it finds a zero.
func.func @main(%x: tensor<64xi32>) -> i32 {
  %zero = arith.constant 0 : i32
  %start = arith.constant 0 : index
  %one = arith.constant 1 : index
  %at = scf.while (%i = %start) : (index) -> index {
    %value = tensor.extract %x[%i] : tensor<64xi32>
    %more = arith.cmpi ne, %value, %zero : i32
    scf.condition(%more) %i : index
  } do {
  ^bb0(%i: index):
    %next = arith.addi %i, %one : index
    scf.yield %next : index
  }
  %result = arith.index_cast %at : index to i32
  return %result : i32
}

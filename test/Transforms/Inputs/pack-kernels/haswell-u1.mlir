// One plane of bits on AVX2, 16 values at a time: 0 - x has the sign of x.
module @"pack-u1-v16" attributes {bitserial.pack = {
    spec = {format = !bitserial.int<1, unsigned>, values = 16},
    cpu = "haswell", features = ["sse2"], steps = 2, sketch = "by hand"}} {
  func.func @pack(%values: vector<16xi8>) -> vector<2xi8> {
    %zero = arith.constant dense<0> : vector<16xi8>
    %negated = arith.subi %zero, %values : vector<16xi8>
    %signs = arith.cmpi slt, %negated, %zero : vector<16xi8>
    %bits = vector.bitcast %signs : vector<16xi1> to vector<2xi8>
    return %bits : vector<2xi8>
  }
}

// bitserial kernel, format 1
// key: pack=unsigned:1:0 values=64 target=x86-64:sapphirerapids model=sapphirerapids features=avx,avx2,avx512bitalg,avx512bw,avx512f,avx512vbmi,avx512vl,avx512vnni,avx512vpopcntdq,avxvnni,gfni,sse4.1,ssse3 vectors=32x512 semantics=96304efe6d36b525 pack-prover=2 pack-search=1 version=0.1.0/22.1.8
// blake3: 087d5947d20ab53cc0a2f0c095277ff7d5a05f83d2dbae35c68b2083faef2f37
module @"pack-u1-v64" attributes {bitserial.pack = {cpu = "sapphirerapids", cycles = "1.00", features = ["avx512bw"], sketch = "plane 0: avx512bw.vptestmb", spec = {format = !bitserial.int<1, unsigned>, values = 64 : i64}}} {
  func.func @pack(%arg0: vector<64xi8>) -> vector<8xi8> {
    %0 = arith.andi %arg0, %arg0 : vector<64xi8>
    %cst = arith.constant dense<0> : vector<64xi8>
    %1 = arith.cmpi ne, %0, %cst : vector<64xi8>
    %2 = vector.bitcast %1 : vector<64xi1> to vector<1xi64>
    %3 = vector.bitcast %2 : vector<1xi64> to vector<8xi8>
    return %3 : vector<8xi8>
  }
}


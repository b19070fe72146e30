// What cannot be materialised is refused with the reason.

// RUN: bitserial-opt %s --split-input-file --verify-diagnostics --pass-pipeline='builtin.module(bitserial-set-target{cpu=haswell},bitserial-materialize-layouts)' --allow-unregistered-dialect

func.func @no_layout(%x: tensor<64x!bitserial.int<2, unsigned>>, %w: tensor<64x!bitserial.int<1, bipolar>>) -> tensor<i32> {
  // expected-error@+1 {{'bitserial.contract' op operands have no layout; run --bitserial-assign-layouts first}}
  %0 = bitserial.contract %x, %w indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> (k)>, affine_map<(k) -> ()>]
    : tensor<64x!bitserial.int<2, unsigned>>, tensor<64x!bitserial.int<1, bipolar>> -> tensor<i32>
  return %0 : tensor<i32>
}

// -----

// Words hold several elements: there is no slice of two rows where rows are
// innermost in memory, for instance.

#l = #bitserial.layout<packed = 1, word = 32, inner_dims_pos = [0], inner_tiles = [4], planes = 2>
func.func @packed_slice(%x: tensor<4x64x!bitserial.int<2, unsigned>, #l>) {
  // expected-error@+1 {{'tensor.extract_slice' op operates on a packed tensor; unpack it first}}
  %0 = tensor.extract_slice %x[1, 0] [2, 64] [1, 1] : tensor<4x64x!bitserial.int<2, unsigned>, #l> to tensor<2x64x!bitserial.int<2, unsigned>, #l>
  return
}

// -----

#l = #bitserial.layout<packed = 0, word = 32>
func.func @dynamic_pack(%x: tensor<?x!bitserial.int<2, unsigned>>) {
  // expected-error@+1 {{'bitserial.pack' op has a value of type 'tensor<?x!bitserial.int<2, unsigned>, #bitserial.layout<packed = 0, word = 32>>'; packed tensors of dynamic size are not supported}}
  %0 = bitserial.pack %x : tensor<?x!bitserial.int<2, unsigned>> to tensor<?x!bitserial.int<2, unsigned>, #l>
  return
}

// -----

// expected-error@+1 {{'func.func' op has a value of type '!bitserial.int<2, unsigned>'; low-bit numbers are supported as elements of ranked tensors only}}
func.func @scalar(%x: !bitserial.int<2, unsigned>) {
  return
}

// -----

// expected-error@+1 {{'func.func' op has a value of type 'tensor<*x!bitserial.int<2, unsigned>>'; low-bit numbers}}
func.func private @unranked() -> tensor<*x!bitserial.int<2, unsigned>>

// -----

func.func @element(%x: tensor<4x!bitserial.int<2, unsigned>>, %i: index) {
  // expected-error@+1 {{'tensor.extract' op has a value of type '!bitserial.int<2, unsigned>'; low-bit numbers}}
  %0 = tensor.extract %x[%i] : tensor<4x!bitserial.int<2, unsigned>>
  return
}

// -----

func.func @generic(%x: tensor<4x!bitserial.int<2, unsigned>>, %y: tensor<4xi8>) {
  // expected-error@+1 {{'linalg.generic' op operates on low-bit tensors; decode them first}}
  %0 = linalg.generic {indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> (k)>], iterator_types = ["parallel"]}
      ins(%x : tensor<4x!bitserial.int<2, unsigned>>) outs(%y : tensor<4xi8>) {
  ^bb0(%a: !bitserial.int<2, unsigned>, %b: i8):
    linalg.yield %b : i8
  } -> tensor<4xi8>
  return
}

// -----

func.func @forall(%x: tensor<4x!bitserial.int<2, unsigned>>) {
  // expected-error@+1 {{'scf.forall' op operates on low-bit tensors; decode them first}}
  %0 = scf.forall (%i) in (4) shared_outs(%o = %x) -> tensor<4x!bitserial.int<2, unsigned>> {
  }
  return
}

// -----

func.func @branch(%x: tensor<4x!bitserial.int<2, unsigned>>) {
  // expected-error@+1 {{'cf.br' op operates on low-bit tensors; decode them first}}
  cf.br ^bb1(%x : tensor<4x!bitserial.int<2, unsigned>>)
^bb1(%y: tensor<4x!bitserial.int<2, unsigned>>):
  return
}

// -----

func.func @unknown(%x: tensor<4x!bitserial.int<2, unsigned>>) {
  // expected-error@+1 {{'foo.bar' op operates on low-bit tensors; decode them first}}
  "foo.bar"(%x) : (tensor<4x!bitserial.int<2, unsigned>>) -> ()
  return
}

// -----

// Nor are there half words.

#words = #bitserial.layout<packed = 1, word = 32>
func.func @half_words(%x: tensor<4x64x!bitserial.int<2, unsigned>, #words>) {
  // expected-error@+1 {{'tensor.extract_slice' op operates on a packed tensor; unpack it first}}
  %0 = tensor.extract_slice %x[0, 16] [4, 32] [1, 1] : tensor<4x64x!bitserial.int<2, unsigned>, #words> to tensor<4x32x!bitserial.int<2, unsigned>, #words>
  return
}

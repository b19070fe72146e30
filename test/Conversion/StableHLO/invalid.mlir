// RUN: bitserial-opt %s --split-input-file -verify-diagnostics

func.func @unknown(%x: tensor<4xf32>) {
  // expected-error @+1 {{'stablehlo.cholesky' is not among the StableHLO ops that are supported}}
  %0 = stablehlo.cholesky %x : tensor<4xf32>
  return
}

// -----

func.func @unknown_reducer(%x: tensor<4xf32>, %c: tensor<f32>) {
  // expected-error @+1 {{'stablehlo.atan2' is not among the StableHLO ops that are supported}}
  %0 = stablehlo.reduce(%x init: %c) applies stablehlo.atan2 across dimensions = [0] : (tensor<4xf32>, tensor<f32>) -> tensor<f32>
  return
}

// -----

func.func @no_reducer(%x: tensor<4xf32>, %c: tensor<f32>) {
  // expected-error @+1 {{'stablehlo.iota' cannot be applied}}
  %0 = stablehlo.reduce(%x init: %c) applies stablehlo.iota across dimensions = [0] : (tensor<4xf32>, tensor<f32>) -> tensor<f32>
  return
}

// -----

func.func @dynamic(%x: tensor<?xf32>) {
  // expected-error @+1 {{operand #0 must be tensor of static shape and at most 2^40 elements, of integers, floats or quantised numbers, but got 'tensor<?xf32>'}}
  %0 = stablehlo.abs %x : tensor<?xf32>
  return
}

// -----

func.func @clamp(%x: tensor<4xf32>, %c: tensor<2xf32>) {
  // expected-error @+1 {{expects bounds that are scalars or of the shape of the operand}}
  %0 = stablehlo.clamp %c, %x, %c : (tensor<2xf32>, tensor<4xf32>, tensor<2xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @broadcast(%x: tensor<2xf32>) {
  // expected-error @+1 {{repeats a dimension of size 2 to one of size 4}}
  %0 = stablehlo.broadcast_in_dim %x, dims = [1] : (tensor<2xf32>) -> tensor<3x4xf32>
  return
}

// -----

func.func @broadcast_dims(%x: tensor<2xf32>) {
  // expected-error @+1 {{dims has the dimension 7, but the rank is 2}}
  %0 = stablehlo.broadcast_in_dim %x, dims = [7] : (tensor<2xf32>) -> tensor<3x2xf32>
  return
}

// -----

func.func @reshape(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{makes 8 elements of 6}}
  %0 = stablehlo.reshape %x : (tensor<2x3xf32>) -> tensor<8xf32>
  return
}

// -----

func.func @transpose(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{dims has the dimension 0 twice}}
  %0 = stablehlo.transpose %x, dims = [0, 0] : (tensor<2x3xf32>) -> tensor<2x2xf32>
  return
}

// -----

func.func @slice(%x: tensor<8xf32>) {
  // expected-error @+1 {{takes 2 to 9 of a dimension of size 8}}
  %0 = stablehlo.slice %x [2:9] : (tensor<8xf32>) -> tensor<7xf32>
  return
}

// -----

func.func @slice_stride(%x: tensor<8xf32>) {
  // expected-error @+1 {{strides has the entry 0, expected 1 to 2147483647}}
  %0 = stablehlo.slice %x [2:8:0] : (tensor<8xf32>) -> tensor<7xf32>
  return
}

// -----

func.func @pad(%x: tensor<4xf32>, %c: tensor<f32>) {
  // expected-error @+1 {{has a result of shape [8], expected [9]}}
  %0 = stablehlo.pad %x, %c, low = [1], high = [1], interior = [1] : (tensor<4xf32>, tensor<f32>) -> tensor<8xf32>
  return
}

// -----

func.func @pad_negative(%x: tensor<4xf32>, %c: tensor<f32>) {
  // expected-error @+1 {{removes more than there is of a dimension of size 4}}
  %0 = stablehlo.pad %x, %c, low = [-3], high = [-2], interior = [0] : (tensor<4xf32>, tensor<f32>) -> tensor<0xf32>
  return
}

// -----

func.func @concatenate(%x: tensor<4x2xf32>, %y: tensor<4x3xf32>) {
  // expected-error @+1 {{has operands that differ in another dimension than 0}}
  %0 = stablehlo.concatenate %x, %y, dim = 0 : (tensor<4x2xf32>, tensor<4x3xf32>) -> tensor<8x2xf32>
  return
}

// -----

func.func @iota() {
  // expected-error @+1 {{dim has the dimension 1, but the rank is 1}}
  %0 = stablehlo.iota dim = 1 : tensor<4xi32>
  return
}

// -----

func.func @reduce_body(%x: tensor<4xf32>, %c: tensor<f32>) {
  // expected-error @+1 {{expects a body that takes two scalars per input}}
  %0 = stablehlo.reduce(%x init: %c) across dimensions = [0] : (tensor<4xf32>, tensor<f32>) -> tensor<f32>
    reducer(%a: tensor<f32>, %b: tensor<f64>) {
      stablehlo.return %a : tensor<f32>
    }
  return
}

// -----

func.func @dot(%x: tensor<4x3xf32>, %y: tensor<4x5xf32>) {
  // expected-error @+1 {{pairs dimension 1 of lhs, of size 3, with dimension 0 of rhs, of size 4}}
  %0 = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<4x3xf32>, tensor<4x5xf32>) -> tensor<4x5xf32>
  return
}

// -----

func.func @dot_counts(%x: tensor<4x3xf32>, %y: tensor<3x5xf32>) {
  // expected-error @+1 {{names different numbers of dimensions of lhs and rhs}}
  %0 = stablehlo.dot_general %x, %y, contracting_dims = [1, 0] x [0] : (tensor<4x3xf32>, tensor<3x5xf32>) -> tensor<4x5xf32>
  return
}

// -----

func.func @conv_groups(%x: tensor<1x8x8x6xf32>, %w: tensor<3x3x2x4xf32>) {
  // expected-error @+1 {{has 6 features in 2 groups, but a kernel for 2}}
  %0 = stablehlo.convolution(%x, %w) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {} {feature_group_count = 2 : i64, batch_group_count = 1 : i64} : (tensor<1x8x8x6xf32>, tensor<3x3x2x4xf32>) -> tensor<1x6x6x4xf32>
  return
}

// -----

func.func @conv_shape(%x: tensor<1x8x8x2xf32>, %w: tensor<3x3x2x4xf32>) {
  // expected-error @+1 {{has a result of shape [1, 8, 8, 4], expected [1, 3, 6, 4]}}
  %0 = stablehlo.convolution(%x, %w) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [2, 1]} {feature_group_count = 1 : i64, batch_group_count = 1 : i64} : (tensor<1x8x8x2xf32>, tensor<3x3x2x4xf32>) -> tensor<1x8x8x4xf32>
  return
}

// -----

func.func @conv_stride(%x: tensor<1x8x8x2xf32>, %w: tensor<3x3x2x4xf32>) {
  // expected-error @+1 {{expects 2 entries in stride, got 1}}
  %0 = stablehlo.convolution(%x, %w) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [2]} {feature_group_count = 1 : i64, batch_group_count = 1 : i64} : (tensor<1x8x8x2xf32>, tensor<3x3x2x4xf32>) -> tensor<1x8x8x4xf32>
  return
}

// -----

func.func @conv_numbers(%x: tensor<1x8x8x2xf32>, %w: tensor<3x3x2x4xf32>) {
  // expected-error @+1 {{expected the spatial dimensions 0 to 1, each once}}
  %0 = stablehlo.convolution(%x, %w) dim_numbers = [b, 0, 0, f]x[0, 1, i, o]->[b, 0, 1, f], window = {} {feature_group_count = 1 : i64, batch_group_count = 1 : i64} : (tensor<1x8x8x2xf32>, tensor<3x3x2x4xf32>) -> tensor<1x8x8x4xf32>
  return
}

// -----

func.func @conv_roles(%x: tensor<1x8x8x2xf32>, %w: tensor<3x3x2x4xf32>) {
  // expected-error @+1 {{expected each of 'b' and 'f' once, got 'b'}}
  %0 = stablehlo.convolution(%x, %w) dim_numbers = [b, 0, 1, b]x[0, 1, i, o]->[b, 0, 1, f], window = {} {feature_group_count = 1 : i64, batch_group_count = 1 : i64} : (tensor<1x8x8x2xf32>, tensor<3x3x2x4xf32>) -> tensor<1x8x8x4xf32>
  return
}

// -----

func.func @window_twice(%x: tensor<1x8x8x2xf32>, %w: tensor<3x3x2x4xf32>) {
  // expected-error @+1 {{'stride' is given twice}}
  %0 = stablehlo.convolution(%x, %w) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], stride = [1, 1]} {feature_group_count = 1 : i64, batch_group_count = 1 : i64} : (tensor<1x8x8x2xf32>, tensor<3x3x2x4xf32>) -> tensor<1x8x8x4xf32>
  return
}

// -----

func.func @unknown_with_region(%x: tensor<4xf32>) {
  // expected-error @+1 {{'stablehlo.select_and_scatter' is not among the StableHLO ops that are supported}}
  %0 = "stablehlo.select_and_scatter"(%x) <{dimension = 0 : i64}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %1 = stablehlo.compare LT, %a, %b : (tensor<f32>, tensor<f32>) -> tensor<i1>
    stablehlo.return %1 : tensor<i1>
  }) : (tensor<4xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @return_in_function(%x: tensor<4xf32>) {
  // expected-error @+1 {{'stablehlo.return' op stands in 'func.func', expected it in an op of StableHLO}}
  stablehlo.return %x : tensor<4xf32>
}

// -----

func.func @unknown_chlo(%x: tensor<4xf32>) {
  // expected-error @+1 {{'chlo.erf_inv' is not among the StableHLO ops that are supported}}
  %0 = chlo.erf_inv %x : tensor<4xf32> -> tensor<4xf32>
  return
}

// -----

func.func @symbolic_batch(%x: tensor<?x4xf32>) {
  // expected-error @+1 {{'stablehlo.get_dimension_size' is not among the StableHLO ops that are supported: shapes must be static; export the model for one size of batch}}
  %0 = stablehlo.get_dimension_size %x, dim = 0 : (tensor<?x4xf32>) -> tensor<i32>
  return
}

// -----

func.func @reverse(%x: tensor<4x2xf32>) {
  // expected-error @+1 {{dims has the dimension 2, but the rank is 2}}
  %0 = stablehlo.reverse %x, dims = [2] : tensor<4x2xf32>
  return
}

// -----

func.func @dynamic_slice_starts(%x: tensor<4x2xf32>, %i: tensor<i32>) {
  // expected-error @+1 {{expects 2 start indices, got 1}}
  %0 = stablehlo.dynamic_slice %x, %i, sizes = [2, 1] : (tensor<4x2xf32>, tensor<i32>) -> tensor<2x1xf32>
  return
}

// -----

func.func @dynamic_slice_size(%x: tensor<4xf32>, %i: tensor<i32>) {
  // expected-error @+1 {{takes 5 elements of a dimension of size 4}}
  %0 = stablehlo.dynamic_slice %x, %i, sizes = [5] : (tensor<4xf32>, tensor<i32>) -> tensor<5xf32>
  return
}

// -----

func.func @dynamic_slice_float(%x: tensor<4xf32>, %i: tensor<f32>) {
  // expected-error @+1 {{expects start indices that are scalars of one integer type}}
  %0 = stablehlo.dynamic_slice %x, %i, sizes = [2] : (tensor<4xf32>, tensor<f32>) -> tensor<2xf32>
  return
}

// -----

func.func @dynamic_update_slice(%x: tensor<4xf32>, %y: tensor<2x2xf32>, %i: tensor<i32>) {
  // expected-error @+1 {{replaces part of a tensor of rank 1 by one of rank 2}}
  %0 = stablehlo.dynamic_update_slice %x, %y, %i : (tensor<4xf32>, tensor<2x2xf32>, tensor<i32>) -> tensor<4xf32>
  return
}

// -----

func.func @bitcast(%x: tensor<4xf32>) {
  // expected-error @+1 {{reads 'f32' as 'i8', which has another number of bits}}
  %0 = stablehlo.bitcast_convert %x : (tensor<4xf32>) -> tensor<4xi8>
  return
}

// -----

func.func @gather_size(%x: tensor<4x6xf32>, %i: tensor<2x1xi32>) {
  // expected-error @+1 {{drops dimension 0, of which it takes 2 elements}}
  %0 = "stablehlo.gather"(%x, %i) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, slice_sizes = array<i64: 2, 6>}> : (tensor<4x6xf32>, tensor<2x1xi32>) -> tensor<2x6xf32>
  return
}

// -----

func.func @gather_map(%x: tensor<4x6xf32>, %i: tensor<2x2xi32>) {
  // expected-error @+1 {{has 2 indices for 1 dimensions in start_index_map}}
  %0 = "stablehlo.gather"(%x, %i) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, slice_sizes = array<i64: 1, 6>}> : (tensor<4x6xf32>, tensor<2x2xi32>) -> tensor<2x6xf32>
  return
}

// -----

func.func @gather_shape(%x: tensor<4x6xf32>, %i: tensor<2x1xi32>) {
  // expected-error @+1 {{has a result of shape [6, 2], expected [2, 6]}}
  %0 = "stablehlo.gather"(%x, %i) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, slice_sizes = array<i64: 1, 6>}> : (tensor<4x6xf32>, tensor<2x1xi32>) -> tensor<6x2xf32>
  return
}

// -----

func.func @while_condition(%x: tensor<4xf32>) {
  // expected-error @+1 {{expects cond to take ('tensor<4xf32>') and to return ('tensor<i1>')}}
  %0 = stablehlo.while(%y = %x) : tensor<4xf32>
  cond {
    stablehlo.return %y : tensor<4xf32>
  } do {
    stablehlo.return %y : tensor<4xf32>
  }
  return
}

// -----

func.func @while_body(%x: tensor<i1>) {
  // expected-error @+1 {{expects the body to take ('tensor<i1>') and to return ('tensor<i1>')}}
  %0 = stablehlo.while(%y = %x) : tensor<i1>
  cond {
    stablehlo.return %y : tensor<i1>
  } do {
    stablehlo.return
  }
  return
}

// -----

func.func @while_types(%x: tensor<i1>) {
  // expected-error @+1 {{number of operands and types do not match: got 1 operands and 2 types}}
  %0 = stablehlo.while(%y = %x) : tensor<i1>, tensor<i1>
  cond {
    stablehlo.return %y : tensor<i1>
  } do {
    stablehlo.return %y : tensor<i1>
  }
  return
}

// -----

func.func @case_index(%x: tensor<2xi32>) {
  // expected-error @+1 {{expects an index of type tensor<i32>, got 'tensor<2xi32>'}}
  "stablehlo.case"(%x) ({
    stablehlo.return
  }) : (tensor<2xi32>) -> ()
  return
}

// -----

func.func @case_without_branches(%x: tensor<i32>) {
  // expected-error @+1 {{expects a branch at least}}
  "stablehlo.case"(%x) : (tensor<i32>) -> ()
  return
}

// -----

func.func @case_result(%x: tensor<i32>) {
  // expected-error @+1 {{expects each branch to take () and to return ('tensor<f32>')}}
  %0 = "stablehlo.case"(%x) ({
    stablehlo.return %x : tensor<i32>
  }) : (tensor<i32>) -> tensor<f32>
  return
}

// -----

func.func @if_condition(%x: tensor<4xi1>) {
  // expected-error @+1 {{expects a condition of type tensor<i1>, got 'tensor<4xi1>'}}
  "stablehlo.if"(%x) ({
    stablehlo.return
  }, {
    stablehlo.return
  }) : (tensor<4xi1>) -> ()
  return
}

// -----

func.func @sort_dimension(%x: tensor<4xf32>) {
  // expected-error @+1 {{has no dimension 1}}
  %0 = "stablehlo.sort"(%x) <{dimension = 1 : i64}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %1 = stablehlo.compare LT, %a, %b : (tensor<f32>, tensor<f32>) -> tensor<i1>
    stablehlo.return %1 : tensor<i1>
  }) : (tensor<4xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @sort_shapes(%x: tensor<4xf32>, %y: tensor<5xf32>) {
  // expected-error @+1 {{expects inputs of one shape}}
  %0:2 = "stablehlo.sort"(%x, %y) <{dimension = 0 : i64}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>, %c: tensor<f32>, %d: tensor<f32>):
    %1 = stablehlo.compare LT, %a, %b : (tensor<f32>, tensor<f32>) -> tensor<i1>
    stablehlo.return %1 : tensor<i1>
  }) : (tensor<4xf32>, tensor<5xf32>) -> (tensor<4xf32>, tensor<5xf32>)
  return
}

// -----

func.func @sort_comparator(%x: tensor<4xf32>) {
  // expected-error @+1 {{expects the comparator to take ('tensor<f32>', 'tensor<f32>') and to return ('tensor<i1>')}}
  %0 = "stablehlo.sort"(%x) <{dimension = 0 : i64}> ({
  ^bb0(%a: tensor<f32>):
    stablehlo.return %a : tensor<f32>
  }) : (tensor<4xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @top_k_size(%x: tensor<4xf32>) {
  // expected-error @+1 {{cannot take 5 elements of the last dimension of 'tensor<4xf32>'}}
  %0:2 = chlo.top_k(%x, k = 5) : tensor<4xf32> -> (tensor<5xf32>, tensor<5xi32>)
  return
}

// -----

func.func @top_k_results(%x: tensor<4xf32>) {
  // expected-error @+1 {{expects results of types 'tensor<2xf32>' and 'tensor<2xi32>'}}
  %0:2 = chlo.top_k(%x, k = 2) : tensor<4xf32> -> (tensor<2xf32>, tensor<2xi64>)
  return
}

// -----

// Before the op is known.
func.func @scatter(%x: tensor<4xf32>, %i: tensor<1xi32>, %u: tensor<f32>) {
  // expected-error @+1 {{the attribute 'stablehlo.scatter' is of an op that is not among the StableHLO ops that are supported}}
  %0 = "stablehlo.scatter"(%x, %i, %u) <{scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [0]>}> : (tensor<4xf32>, tensor<1xi32>, tensor<f32>) -> tensor<4xf32>
  return
}

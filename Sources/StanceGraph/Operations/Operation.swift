import StanceTensors

/// What a node computes, with its options. Operands are the node's inputs, in TensorFlow Lite's
/// order: see each case.
public enum Operation: Hashable, Sendable {
  // Convolution family. Inputs: x, weights, bias?.
  case convolution(Convolution)
  case depthwiseConvolution(DepthwiseConvolution)
  /// Inputs: output shape, weights, x, bias?.
  case transposeConvolution(TransposeConvolution)
  case fullyConnected(FullyConnected)

  // Windows and reductions.
  case pooling(Pooling)
  /// Inputs: x, axes.
  case reduction(Reduction)
  case l2Normalization(L2Normalization)
  case softmax(Softmax)
  /// Inputs: x, `[height, width]`.
  case resize(Resize)

  // Element by element.
  case binary(Binary)
  case comparison(Comparison)
  case unary(Unary)
  /// Inputs: x, alpha.
  case parametricReLU
  /// Inputs: condition, x, y.
  case select(Select)
  case cast
  case quantize
  case dequantize
  case densify

  // Moving elements.
  /// Inputs: x, paddings, constant? (`padV2` has it).
  case pad(Pad)
  /// Inputs: x, paddings.
  case mirrorPad(MirrorPad)
  case concatenation(Concatenation)
  /// Inputs: axis, x.
  case split(Split)
  /// Inputs: x, sizes, axis.
  case splitSizes(Split)
  /// Inputs: x, begin, size.
  case slice
  /// Inputs: x, begin, end, strides.
  case stridedSlice(StridedSlice)
  /// Inputs: x, shape?.
  case reshape(Reshape)
  case squeeze(Squeeze)
  /// Inputs: x, axis.
  case expandDimensions
  /// Inputs: x, permutation.
  case transpose
  case pack(Pack)
  case unpack(Unpack)
  /// Inputs: x, indices.
  case gather(Gather)
  case gatherND
  case depthToSpace(BlockSize)
  case spaceToDepth(BlockSize)
  /// Inputs: x, block shape, paddings or crops.
  case spaceToBatch
  case batchToSpace

  // Searching, and tensors made from numbers.
  /// Inputs: x, k. Outputs: values, indices.
  case topK
  /// Inputs: x, axis.
  case extremum(Extremum)
  case shape(ShapeOf)
  /// Inputs: dimensions, value.
  case fill
  /// Inputs: start, limit, delta.
  case range
  /// Inputs: condition.
  case `where`

  case custom(CustomOperation)
  case unsupported(UnsupportedOperation)
}

/// An operator that only its name tells: a kernel for it is registered with the interpreter.
public struct CustomOperation: Hashable, Sendable {
  /// The name that the file gives the operator.
  public var name: String
  /// As the file has them: a FlexBuffer, or a C structure's bytes.
  public var options: Bytes

  public init(name: String, options: Bytes) {
    self.name = name
    self.options = options
  }
}

/// An operator of the format that this library does not know how to run.
public struct UnsupportedOperation: Hashable, Sendable {
  /// The format's own name, for instance `LSTM`, or `operator 207` where it has none here.
  public var name: String

  public init(name: String) {
    self.name = name
  }
}

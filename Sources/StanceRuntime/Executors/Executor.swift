import StanceGraph
import StanceKernels
import StanceTensors

/// Runs the operators of one family: turns options and operands into calls of kernels.
protocol Executor: Sendable {
  /// Whether there is a kernel for these element types (nil: operand left out).
  static func supports(
    _ operation: Operation, inputs: [ElementType?], outputs: [ElementType]
  ) -> Bool

  /// - Parameter outputs: of the shapes that ``ShapeInference`` gives for these inputs.
  /// - Throws: `KernelError` where elements, options or quantisation make no sense together.
  static func run(
    _ operation: Operation, inputs: [TensorView?], outputs: [MutableTensorView]
  ) throws
}

extension Operation {
  /// The family that runs this operation; nil for custom and unsupported ones.
  var executor: (any Executor.Type)? {
    switch self {
    case .convolution, .depthwiseConvolution, .transposeConvolution, .fullyConnected, .pooling,
      .reduction, .l2Normalization, .softmax, .resize:
      WindowExecutor.self
    case .binary, .comparison, .unary, .parametricReLU, .select, .cast, .quantize, .dequantize,
      .densify:
      ElementwiseExecutor.self
    case .pad, .mirrorPad, .concatenation, .split, .splitSizes, .slice, .stridedSlice, .reshape,
      .squeeze, .expandDimensions, .transpose, .pack, .unpack, .gather, .gatherND, .depthToSpace,
      .spaceToDepth, .spaceToBatch, .batchToSpace, .topK, .extremum, .shape, .fill, .range, .where:
      MovementExecutor.self
    case .custom, .unsupported:
      nil
    }
  }
}

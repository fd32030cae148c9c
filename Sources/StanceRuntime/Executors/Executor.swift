import StanceGraph
import StanceKernels
import StanceTensors

/// Runs the operators of one family: turns options and operands into calls of kernels.
protocol Executor: Sendable {
  /// Whether there is a kernel for these element types (nil: operand left out).
  static func supports(
    _ operation: Operation, inputs: [ElementType?], outputs: [ElementType]
  ) -> Bool

  /// - Parameter outputs: of the shapes that `ShapeInference` gives for these inputs.
  /// - Throws: `KernelError` where elements, options or quantisation make no sense together.
  static func run(
    _ operation: Operation, inputs: [TensorView?], outputs: [MutableTensorView]
  ) throws

  /// ``run(_:inputs:outputs:)`` of operands and results whose memory stays.
  static func bind(
    _ operation: Operation, inputs: [TensorView?], outputs: [MutableTensorView]
  ) -> BoundOperation
}

/// An operator with its operands and results, which may run again and again.
typealias BoundOperation = () throws -> Void

extension Executor {
  /// The same for all runs, so that what follows from shapes is worked out once.
  /// - Parameters: as of ``run(_:inputs:outputs:)``.
  static func bind(
    _ operation: Operation, inputs: [TensorView?], outputs: [MutableTensorView]
  ) -> BoundOperation {
    { try run(operation, inputs: inputs, outputs: outputs) }
  }
}

extension Operation {
  /// The family that runs this operation; nil for custom and unsupported ones.
  var executor: (any Executor.Type)? {
    switch family {
    case .windows: WindowExecutor.self
    case .elementwise: ElementwiseExecutor.self
    case .parts, .rearrangement, .selection, .generation: MovementExecutor.self
    case nil: nil
    }
  }
}

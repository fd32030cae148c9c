import StanceGraph
import StanceKernels
import StanceTensors

enum ElementwiseExecutor: Executor {
  static func supports(
    _ operation: Operation, inputs: [ElementType?], outputs: [ElementType]
  ) -> Bool {
    false
  }

  static func run(
    _ operation: Operation, inputs: [TensorView?], outputs: [MutableTensorView]
  ) throws {
    throw KernelError("no kernel yet")
  }
}

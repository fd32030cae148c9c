import StanceGraph
import StanceKernels
import StanceTensors

/// Convolutions, poolings, reductions and resizing.
enum WindowExecutor: Executor {
  static func supports(
    _ operation: Operation, inputs: [ElementType?], outputs: [ElementType]
  ) -> Bool {
    guard outputs.count == 1 else { return false }
    switch operation {
    case .convolution(let convolution):
      return convolution.activation.isClamp && supportsProduct(inputs, outputs[0])
    case .depthwiseConvolution(let convolution):
      return convolution.window.activation.isClamp && supportsProduct(inputs, outputs[0])
    case .transposeConvolution(let convolution):
      guard inputs.count >= 3, inputs[0] == .int32 else { return false }
      return convolution.activation.isClamp
        && supportsProduct([inputs[2], inputs[1]] + inputs[3...], outputs[0])
    case .fullyConnected(let layer):
      return layer.activation.isClamp && supportsProduct(inputs, outputs[0])
    case .pooling(let pooling):
      return pooling.activation.isClamp && inputs == [outputs[0]] && outputs[0].isEightBitOrFloat
    case .reduction:
      return inputs == [outputs[0], .int32]
        && (outputs[0].isEightBitOrFloat || [.int32, .int64].contains(outputs[0]))
    case .l2Normalization(let normalization):
      return normalization.activation == .none && inputs == [outputs[0]]
        && outputs[0].isEightBitOrFloat
    case .softmax:
      return inputs == [outputs[0]] && outputs[0].isEightBitOrFloat
    case .resize(let resize):
      let moves = resize.kind == .nearest && [.int16, .int32].contains(outputs[0])
      return inputs == [outputs[0], .int32] && (outputs[0].isEightBitOrFloat || moves)
    default:
      return false
    }
  }

  static func run(
    _ operation: Operation, inputs: [TensorView?], outputs: [MutableTensorView]
  ) throws {
    for case let input? in inputs { try input.requireDense() }
    let operands = try WindowOperands(inputs: inputs, outputs: outputs)
    switch operation {
    case .convolution(let convolution): try run(convolution, operands)
    case .depthwiseConvolution(let convolution): try run(convolution, operands)
    case .transposeConvolution(let convolution): try run(convolution, operands)
    case .fullyConnected(let layer): try run(layer, operands)
    case .pooling(let pooling): try run(pooling, operands)
    case .reduction(let reduction): try run(reduction, operands)
    case .l2Normalization: try runL2Normalization(operands)
    case .softmax(let softmax): try run(softmax, operands)
    case .resize(let resize): try run(resize, operands)
    default: throw KernelError("this is no operator of windows")
    }
  }

  /// Inputs: x, weights, bias?.
  private static func supportsProduct(_ inputs: [ElementType?], _ output: ElementType) -> Bool {
    guard (2...3).contains(inputs.count), inputs[0] == output, inputs[1] == output,
      output.isEightBitOrFloat
    else { return false }
    guard inputs.count == 3, let bias = inputs[2] else { return true }
    return bias == (output == .float32 ? .float32 : .int32)
  }
}

/// The operands and the one result of a node.
struct WindowOperands {
  let inputs: [TensorView?]
  let output: MutableTensorView

  init(inputs: [TensorView?], outputs: [MutableTensorView]) throws {
    guard let output = outputs.first else { throw KernelError("there is no result") }
    self.inputs = inputs
    self.output = output
  }

  subscript(index: Int) -> TensorView {
    get throws {
      guard let input = optional(index) else { throw KernelError("operand \(index) is missing") }
      return input
    }
  }

  func optional(_ index: Int) -> TensorView? {
    inputs.indices.contains(index) ? inputs[index] : nil
  }
}

extension TensorView {
  /// - Throws: where the bytes are not all the elements that the shape has.
  fileprivate func requireDense() throws {
    guard sparsity == nil, let size = elementType.byteCount,
      bytes.count == shape.elementCount * size
    else {
      throw KernelError(
        "an operand of shape \(shape) is stored sparse; it must be made dense first")
    }
  }
}

extension ElementType {
  fileprivate var isEightBitOrFloat: Bool { [.float32, .uint8, .int8].contains(self) }
}

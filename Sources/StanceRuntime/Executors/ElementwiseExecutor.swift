import StanceGraph
import StanceKernels
import StanceTensors

/// Runs the operators that work element by element.
enum ElementwiseExecutor: Executor {
  static func run(
    _ operation: Operation, inputs: [TensorView?], outputs: [MutableTensorView]
  ) throws {
    let operands = try inputs.map { operand in
      guard let operand else {
        throw KernelError("\(operation.name) needs all of its operands, and one is left out")
      }
      return operand
    }
    let needed = Self.operandCount(of: operation)
    guard operands.count == needed, let result = outputs.first, outputs.count == 1 else {
      throw KernelError(
        "\(operation.name) takes \(needed) operands and gives 1 result, "
          + "not \(operands.count) and \(outputs.count)")
    }
    switch operation {
    case .binary(let binary):
      try Reference.binary(
        binary.kind.function, operands[0], operands[1], bounds: binary.activation.bounds,
        into: result)
    case .comparison(let comparison):
      try Reference.compare(comparison.kind.function, operands[0], operands[1], into: result)
    case .unary(let unary): try Reference.unary(unary.kind.function, operands[0], into: result)
    case .parametricReLU:
      try Reference.parametricReLU(operands[0], alpha: operands[1], into: result)
    case .select(let select) where select.broadcasts:
      try Reference.select(operands[0], operands[1], operands[2], into: result)
    case .select:
      try Reference.selectRows(operands[0], operands[1], operands[2], into: result)
    case .cast: try Reference.cast(operands[0], into: result)
    case .quantize: try Reference.quantize(operands[0], into: result)
    case .dequantize: try Reference.dequantize(operands[0], into: result)
    case .densify: try Reference.densify(operands[0], into: result)
    default: throw KernelError("\(operation.name) does not work element by element")
    }
  }

  static func operandCount(of operation: Operation) -> Int {
    switch operation {
    case .binary, .comparison, .parametricReLU: 2
    case .select: 3
    default: 1
    }
  }
}

extension Binary.Kind {
  var function: Reference.BinaryFunction {
    switch self {
    case .add: .add
    case .subtract: .subtract
    case .multiply: .multiply
    case .divide: .divide
    case .floorDivide: .floorDivide
    case .maximum: .maximum
    case .minimum: .minimum
    }
  }
}

extension Comparison.Kind {
  fileprivate var function: Reference.ComparisonFunction {
    switch self {
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .less
    case .lessEqual: .lessEqual
    case .greater: .greater
    case .greaterEqual: .greaterEqual
    }
  }
}

extension Unary.Kind {
  var function: Reference.UnaryFunction {
    switch self {
    case .squareRoot: .squareRoot
    case .reciprocalSquareRoot: .reciprocalSquareRoot
    case .negate: .negate
    case .absolute: .absolute
    case .exponential: .exponential
    case .logistic: .logistic
    case .tanh: .tanh
    case .relu: .clamp(0...Float.infinity)
    case .relu6: .clamp(0...6)
    case .reluN1To1: .clamp(-1...1)
    case .elu: .elu
    case .hardSwish: .hardSwish
    case .leakyReLU(let alpha): .leakyReLU(alpha: alpha)
    }
  }
}

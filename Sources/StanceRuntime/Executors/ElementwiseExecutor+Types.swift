import StanceGraph
import StanceTensors

extension ElementwiseExecutor {
  static func supports(
    _ operation: Operation, inputs: [ElementType?], outputs: [ElementType]
  ) -> Bool {
    let types = inputs.compactMap { $0 }
    guard types.count == inputs.count, types.count == operandCount(of: operation),
      outputs.count == 1, let result = outputs.first
    else { return false }
    switch operation {
    case .binary(let binary):
      return areAll(types, result) && binary.kind.types.contains(result)
        && binary.activation.isClamp
    case .comparison:
      return areAll(types, types[0]) && result == .bool && comparable.contains(types[0])
    case .unary(let unary):
      return types[0] == result && unary.kind.types.contains(result)
    case .parametricReLU:
      return areAll(types, result) && [.float32, .int8, .uint8].contains(result)
    case .select:
      return types[0] == .bool && areAll(Array(types[1...]), result)
        && [1, 2, 4, 8].contains(result.byteCount)
    case .cast:
      return numbers.contains(types[0]) && numbers.contains(result)
    case .quantize:
      return quantizable(types[0]).contains(result)
    case .dequantize:
      return result == .float32 && [.int8, .uint8, .int16, .float16].contains(types[0])
    case .densify:
      return types[0] == result && [.float32, .float16, .int8].contains(result)
    default:
      return false
    }
  }

  private static func areAll(_ types: [ElementType], _ type: ElementType) -> Bool {
    types.allSatisfy { $0 == type }
  }

  private static let comparable: Set<ElementType> = [
    .float32, .int64, .int32, .int16, .int8, .uint8, .bool,
  ]

  private static let numbers: Set<ElementType> = [
    .float64, .float32, .float16, .int64, .int32, .int16, .int8, .uint64, .uint32, .uint16, .uint8,
    .bool,
  ]

  /// The types that elements of `type` can be quantised to.
  private static func quantizable(_ type: ElementType) -> Set<ElementType> {
    switch type {
    case .float32, .int8, .uint8: [.int8, .uint8, .int16]
    case .int16: [.int8, .int16, .int32]
    case .int32: [.int8, .int16]
    default: []
    }
  }
}

extension Binary.Kind {
  fileprivate var types: Set<ElementType> {
    switch self {
    case .add, .subtract, .multiply: [.float32, .int64, .int32, .uint32, .int16, .int8, .uint8]
    case .divide: [.float32, .int64, .int32, .int8, .uint8]
    case .floorDivide: [.float32, .int64, .int32, .int16, .int8]
    case .maximum, .minimum: [.float32, .int64, .int32, .int16, .int8, .uint8]
    }
  }
}

extension Unary.Kind {
  fileprivate var types: Set<ElementType> {
    switch self {
    case .squareRoot, .reciprocalSquareRoot, .exponential, .elu: [.float32, .int8]
    case .negate: [.float32, .int64, .int32, .int16, .int8]
    case .absolute: [.float32, .int32, .int16, .int8]
    case .logistic, .tanh, .relu, .relu6, .reluN1To1, .hardSwish, .leakyReLU:
      [.float32, .int8, .uint8]
    }
  }
}

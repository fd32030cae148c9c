import StanceGraph

extension Lowering {
  /// Operators that work element by element; nil for others.
  func elementwiseOperation(_ builtin: BuiltinOperator) throws -> Operation? {
    if let kind = Self.unaryKinds[builtin] { return .unary(Unary(kind: kind)) }
    if let kind = Self.comparisonKinds[builtin] { return .comparison(Comparison(kind: kind)) }
    switch builtin {
    case .add: return .binary(try binary(.add, .add))
    case .subtract: return .binary(try binary(.subtract, .subtract))
    case .multiply: return .binary(try binary(.multiply, .multiply))
    case .divide: return .binary(try binary(.divide, .divide))
    case .floorDivide: return .binary(Binary(kind: .floorDivide))
    case .maximum: return .binary(Binary(kind: .maximum))
    case .minimum: return .binary(Binary(kind: .minimum))
    case .leakyReLU:
      let alpha = try options(.leakyReLU).float(0, "alpha")
      return .unary(Unary(kind: .leakyReLU(alpha: alpha)))
    case .parametricReLU: return .parametricReLU
    case .select: return .select(Select(broadcasts: false))
    case .selectV2: return .select(Select(broadcasts: true))
    case .cast: return .cast
    case .quantize: return .quantize
    case .dequantize: return .dequantize
    case .densify: return .densify
    default: return nil
    }
  }

  private static let unaryKinds: [BuiltinOperator: Unary.Kind] = [
    .squareRoot: .squareRoot, .reciprocalSquareRoot: .reciprocalSquareRoot, .negate: .negate,
    .absolute: .absolute, .exponential: .exponential, .logistic: .logistic, .tanh: .tanh,
    .relu: .relu, .relu6: .relu6, .reluN1To1: .reluN1To1, .elu: .elu, .hardSwish: .hardSwish,
  ]

  private static let comparisonKinds: [BuiltinOperator: Comparison.Kind] = [
    .equal: .equal, .notEqual: .notEqual, .less: .less, .lessEqual: .lessEqual,
    .greater: .greater, .greaterEqual: .greaterEqual,
  ]

  private func binary(_ kind: Binary.Kind, _ optionsKind: OptionsKind) throws -> Binary {
    Binary(kind: kind, activation: try options(optionsKind).activation(0))
  }
}

import StanceGraph
import StanceKernels
import StanceTensors

extension PreparationNode {
  func select(_ binary: Binary) -> Selection? {
    guard let a = operand(0), let b = operand(1) else { return nil }
    if output.elementType == .float32 {
      guard let function = FloatBinary.Function(binary.kind) else { return nil }
      return FloatBinary(
        function, a: a.shape, b: b.shape, output: output.shape, bounds: binary.activation.bounds,
        instructionSets: instructionSets
      ).map { ($0, [0, 1]) }
    }
    switch output.elementType {
    case .int32: return selectIntegers(binary, Int32.self)
    case .int64: return selectIntegers(binary, Int64.self)
    default: break
    }
    guard [.add, .subtract, .multiply].contains(binary.kind) else { return nil }
    func described(_ view: TensorView, _ index: Int) -> QuantizedBinary.Operand {
      QuantizedBinary.Operand(
        shape: view.shape, quantization: view.quantization, constant: constant(index))
    }
    return QuantizedBinary(
      binary.kind.function, described(a, 0), described(b, 1), result: output.shape,
      resultQuantization: output.quantization, elementType: output.elementType,
      bounds: binary.activation.bounds, instructionSets: instructionSets
    ).map { ($0, [0, 1].filter { constant($0) == nil }) }
  }

  /// Divisions by what may be zero are the plain kernel's, which can fail.
  private func selectIntegers<Element: FixedWidthInteger & TensorElement>(
    _ binary: Binary, _ type: Element.Type
  ) -> Selection? {
    guard let a = operand(0), let b = operand(1) else { return nil }
    if [.divide, .floorDivide].contains(binary.kind) {
      guard let divisor = constant(1), !divisor.elements(of: type).contains(0) else { return nil }
    }
    return IntegerBinary<Element>(
      binary.kind.function, a: a.shape, b: b.shape, result: output.shape,
      bounds: binary.activation.bounds
    ).map { ($0, [0, 1]) }
  }

  func selectCast() -> Selection? {
    guard let x = operand(0) else { return nil }
    return ElementCast(from: x.elementType, to: output.elementType).map { ($0, [0]) }
  }

  func select(_ unary: Unary) -> Selection? {
    guard let x = operand(0) else { return nil }
    guard output.elementType == .float32 else {
      return ByteLookup(
        unary.kind.function, shape: x.shape, elementType: x.elementType,
        quantization: x.quantization, resultQuantization: output.quantization,
        instructionSets: instructionSets
      ).map { ($0, [0]) }
    }
    return FloatUnary.Function(unary.kind).map {
      (FloatUnary($0, shape: x.shape, instructionSets: instructionSets), [0])
    }
  }

  func select(_ extremum: Extremum) -> Selection? {
    guard let x = operand(0), let axis = constant(1)?.integers()?.first else { return nil }
    return ByteExtremum(
      isMax: extremum.kind == .max, input: x.shape, elementType: x.elementType,
      axis: axis < 0 ? axis + x.shape.rank : axis, resultType: output.elementType,
      instructionSets: instructionSets
    ).map { ($0, [0]) }
  }

  func selectParametricReLU() -> Selection? {
    guard let x = operand(0), let slopes = channelSlopes() else { return nil }
    let kernel = FloatUnary(
      .activation(.parametricReLU(slopes)), shape: x.shape, instructionSets: instructionSets)
    return (kernel, [0])
  }

  /// The slopes of a PRELU of floats that has one for each index of the last dimension.
  func channelSlopes() -> [Float]? {
    guard case .parametricReLU = operation, output.elementType == .float32,
      let alpha = constant(1), let channels = output.shape.last,
      alpha.shape.elementCount == channels, alpha.shape.last == channels
    else { return nil }
    return alpha.floats()
  }

  func selectQuantize() -> Selection? {
    guard let x = operand(0) else { return nil }
    if x.elementType == .float32 {
      return QuantizedReals(
        shape: x.shape, elementType: output.elementType, quantization: output.quantization,
        instructionSets: instructionSets
      ).map { ($0, [0]) }
    }
    return ByteLookup(
      quantizing: x.elementType, x.quantization, to: output.elementType, output.quantization,
      shape: x.shape, instructionSets: instructionSets
    ).map { ($0, [0]) }
  }

  func selectDequantize() -> Selection? {
    guard let x = operand(0) else { return nil }
    return DequantizedBytes(
      shape: x.shape, elementType: x.elementType, quantization: x.quantization,
      instructionSets: instructionSets
    ).map { ($0, [0]) }
  }
}

extension FloatBinary.Function {
  init?(_ kind: Binary.Kind) {
    switch kind {
    case .add: self = .add
    case .subtract: self = .subtract
    case .multiply: self = .multiply
    case .maximum: self = .maximum
    case .minimum: self = .minimum
    case .divide: self = .divide
    case .floorDivide: return nil
    }
  }
}

extension FloatUnary.Function {
  init?(_ kind: Unary.Kind) {
    switch kind {
    case .relu, .relu6, .reluN1To1, .hardSwish:
      guard let activation = FloatActivation(kind) else { return nil }
      self = .activation(activation)
    case .leakyReLU(let alpha): self = .leakyReLU(slope: alpha)
    case .logistic: self = .logistic
    case .exponential: self = .exponential
    default: return nil
    }
  }
}

extension FloatActivation {
  /// Nil where it is none that convolutions can do.
  init?(_ kind: Unary.Kind) {
    switch kind {
    case .relu: self = .clamp(0...Float.infinity)
    case .relu6: self = .clamp(0...6)
    case .reluN1To1: self = .clamp(-1...1)
    case .hardSwish: self = .hardSwish
    default: return nil
    }
  }
}

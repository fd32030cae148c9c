import StanceGraph
import StanceTensors

extension GraphBuilder {
  /// A constant of random elements, the same in every run.
  mutating func random(
    _ shape: Shape, _ elementType: ElementType = .float32, quantization: Quantization? = nil
  ) throws -> ValueID {
    let index = graph.values.count
    let id = value("constant \(index)", shape, elementType, quantization: quantization)
    graph[id].constant = try Tensor.random(shape, elementType, seed: index).bytes
    return id
  }

  /// A node with one result, quantised as ``ElementType/activations`` says.
  mutating func layer(
    _ operation: Operation, _ inputs: [ValueID?], _ elementType: ElementType
  ) -> ValueID {
    let result = value(
      "value \(graph.values.count)", [], elementType, quantization: elementType.activations)
    node(operation, inputs, to: [result])
    return result
  }

  /// CONV_2D of x, of `depth` channels, with a square kernel.
  mutating func convolution(
    _ x: ValueID, from depth: Int, to count: Int, kernel: Int = 1,
    _ convolution: Convolution = Convolution(padding: .same), isPerAxis: Bool = false
  ) throws -> ValueID {
    let type = graph[x].elementType
    let weights = try random(
      [count, kernel, kernel, depth], type,
      quantization: type.weights(isPerAxis ? count : 1, axis: 0))
    let bias = try random([count], type == .float32 ? type : .int32)
    return layer(.convolution(convolution), [x, weights, bias], type)
  }

  /// DEPTHWISE_CONV_2D of x, of `depth` channels, with a square kernel.
  mutating func depthwise(
    _ x: ValueID, depth: Int, kernel: Int = 3,
    _ window: Convolution = Convolution(padding: .same), isPerAxis: Bool = false
  ) throws -> ValueID {
    let type = graph[x].elementType
    let weights = try random(
      [1, kernel, kernel, depth], type,
      quantization: type.weights(isPerAxis ? depth : 1, axis: 3))
    let bias = try random([depth], type == .float32 ? type : .int32)
    return layer(
      .depthwiseConvolution(DepthwiseConvolution(depthMultiplier: 1, window: window)),
      [x, weights, bias], type)
  }

  /// PAD by so many elements before and after each dimension.
  mutating func padded(_ x: ValueID, by amounts: [Int32]) -> ValueID {
    let amounts = integers(amounts, [amounts.count / 2, 2])
    return layer(.pad(Pad(hasConstant: false)), [x, amounts], graph[x].elementType)
  }

  mutating func unary(_ kind: Unary.Kind, _ x: ValueID) -> ValueID {
    layer(.unary(Unary(kind: kind)), [x], graph[x].elementType)
  }

  mutating func sum(_ a: ValueID, _ b: ValueID, _ activation: Activation = .none) -> ValueID {
    layer(.binary(Binary(kind: .add, activation: activation)), [a, b], graph[a].elementType)
  }

  /// An input named x.
  mutating func picture(_ shape: Shape, _ elementType: ElementType = .float32) -> ValueID {
    input("x", shape, elementType, quantization: elementType.activations)
  }
}

extension ElementType {
  /// What values between the layers of test networks are quantised as; nil for floats.
  var activations: Quantization? {
    switch self {
    case .uint8: Quantization(scale: 0.05, zeroPoint: 121)
    case .int8: Quantization(scale: 0.05, zeroPoint: -7)
    default: nil
    }
  }

  fileprivate func weights(_ count: Int, axis: Int) -> Quantization? {
    switch self {
    case .uint8, .int8:
      Quantization(
        scales: (0..<count).map { 0.002 * (1 + Float($0 % 5) / 4) },
        zeroPoints: Array(repeating: self == .uint8 ? 128 : 0, count: count), axis: axis)
    default: nil
    }
  }
}

extension Tensor {
  /// Reals between -0.5 and 0.5, or any integers of 8 bits: the same for each seed.
  static func random(
    _ shape: Shape, _ elementType: ElementType, quantization: Quantization? = nil, seed: Int
  ) throws -> Tensor {
    let bits = (0..<shape.elementCount).map { index in
      var z = UInt64(truncatingIfNeeded: index + seed << 32) &* 0x9E37_79B9_7F4A_7C15
      z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
      return z >> 40
    }
    switch elementType {
    case .uint8:
      return try Tensor(
        bits.map { UInt8(truncatingIfNeeded: $0) }, shape: shape, quantization: quantization)
    case .int8:
      return try Tensor(
        bits.map { Int8(truncatingIfNeeded: $0) }, shape: shape, quantization: quantization)
    case .int32: return try Tensor(bits.map { Int32($0 % 2001) - 1000 }, shape: shape)
    case .float16:
      // Exponents near that of 1.
      return try Tensor(
        bits.map { Float16Bits(bits: UInt16($0 & 0x87FF) + 0x3000) }, shape: shape)
    default: return try Tensor(bits.map { Float($0) / 0x1p24 - 0.5 }, shape: shape)
    }
  }
}

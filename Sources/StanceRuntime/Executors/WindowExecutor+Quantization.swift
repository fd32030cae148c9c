import StanceGraph
import StanceKernels
import StanceTensors

extension Requantization {
  /// That of a layer of 8-bit integers; nil for one of floats, which needs none.
  /// - Parameter channelAxis: of the weights, the one their scales may run along.
  /// - Throws: `KernelError` where a quantisation is missing or does not fit.
  static func ofIntegers(
    input: TensorView, weights: TensorView, channelAxis: Int, output: MutableTensorView,
    activation: Activation, rounding: Rounding = .floatToEven
  ) throws -> Requantization? {
    func make<Element: TensorElement & FixedWidthInteger>(
      _ type: Element.Type
    ) throws -> Requantization {
      try Requantization(
        input: input, weights: weights, channelAxis: channelAxis, output: output,
        activation: activation, rounding: rounding, of: type)
    }
    return switch output.elementType {
    case .uint8: try make(UInt8.self)
    case .int8: try make(Int8.self)
    default: nil
    }
  }

  /// - Parameter channelAxis: of the weights, the one their scales may run along.
  /// - Throws: `KernelError` where a quantisation is missing or does not fit.
  init<Element: TensorElement & FixedWidthInteger>(
    input: TensorView, weights: TensorView, channelAxis: Int, output: MutableTensorView,
    activation: Activation, rounding: Rounding = .floatToEven, of type: Element.Type
  ) throws {
    let inputQuantization = try input.quantization.perTensor("the input")
    let outputQuantization = try output.quantization.perTensor("the output")
    guard let weightQuantization = weights.quantization else {
      throw KernelError("the weights have no quantisation")
    }
    let scales = weightQuantization.scales
    guard scales.count == 1 || scales.count == weights.shape[channelAxis],
      scales.count == 1 || weightQuantization.axis == channelAxis
    else {
      throw KernelError(
        "\(scales.count) scales along axis \(weightQuantization.axis) do not fit weights "
          + "of shape \(weights.shape)")
    }
    guard weightQuantization.zeroPoints.allSatisfy({ $0 == weightQuantization.zeroPoint }) else {
      throw KernelError("the weights' zero points differ from channel to channel")
    }
    let product: (Float) -> Double =
      switch rounding {
      case .floatToEven: { Double(inputQuantization.scale * $0 / outputQuantization.scale) }
      case .fixedPoint:
        { Double(inputQuantization.scale) * Double($0) / Double(outputQuantization.scale) }
      }
    try self.init(
      inputZeroPoint: inputQuantization.zeroPoint, weightZeroPoint: weightQuantization.zeroPoint,
      outputZeroPoint: outputQuantization.zeroPoint, scales: scales.map(product),
      bounds: rounding == .floatToEven
        ? outputQuantization.evenBounds(activation.bounds, of: type)
        : outputQuantization.bounds(activation.bounds, of: type),
      rounding: rounding)
  }
}

extension Quantization? {
  /// - Throws: `KernelError` where there is none, where it is per axis, or where it makes no sense.
  func perTensor(_ role: String) throws -> Quantization {
    guard let self, !self.isPerAxis else {
      throw KernelError("\(role) needs one scale and zero point")
    }
    guard self.scale > 0, self.scale.isFinite, (-128...255).contains(self.zeroPoint) else {
      throw KernelError(
        "\(role) has a scale of \(self.scale) and a zero point of \(self.zeroPoint)")
    }
    return self
  }
}

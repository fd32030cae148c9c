import StanceTensors

/// Makes an element of the result from a sum of products.
protocol OutputStage {
  associatedtype Sum
  associatedtype Output: TensorElement

  func output(_ sum: Sum, channel: Int) -> Output
}

/// Adds the bias and clamps.
struct FloatStage: OutputStage {
  let bias: UnsafeBufferPointer<Float>?
  let bounds: ClosedRange<Float>

  func output(_ sum: Float, channel: Int) -> Float {
    (sum + (bias?[channel] ?? 0)).clamped(to: bounds)
  }
}

/// Adds the bias and requantises.
struct RequantizingStage<Output: TensorElement & FixedWidthInteger>: OutputStage {
  let bias: UnsafeBufferPointer<Int32>?
  let requantization: Requantization

  private let scales: [Float]
  private let lowest: Float
  private let highest: Float

  init(bias: UnsafeBufferPointer<Int32>?, requantization: Requantization, channelCount: Int) {
    self.bias = bias
    self.requantization = requantization
    let scales = requantization.scales
    self.scales = scales.count == 1 ? Array(repeating: scales[0], count: channelCount) : scales
    lowest = Float(requantization.bounds.lowerBound - requantization.outputZeroPoint)
    highest = Float(requantization.bounds.upperBound - requantization.outputZeroPoint)
  }

  func output(_ sum: Int32, channel: Int) -> Output {
    let total = sum &+ (bias?[channel] ?? 0)
    if let multipliers = requantization.multipliers {
      let multiplier = multipliers[multipliers.count == 1 ? 0 : channel]
      let product =
        Output.isSigned && channel >= scales.count / 8 * 8
        ? multiplier.multiply(total) : multiplier.multiplyRoundingUp(total)
      let shifted = Int64(product) + Int64(requantization.outputZeroPoint)
      let bounds = requantization.bounds
      return Output(
        truncatingIfNeeded: min(
          max(shifted, Int64(bounds.lowerBound)), Int64(bounds.upperBound)))
    }
    let scaled = min(max(Float(total) * scales[channel], lowest), highest)
    return Output(truncatingIfNeeded: scaled.roundedToEven &+ requantization.outputZeroPoint)
  }
}

extension Float {
  /// The nearest whole number, ties to the even one.
  /// - Precondition: the magnitude is below 2^22.
  var roundedToEven: Int32 {
    // Adding 1.5 * 2^23 leaves no bits for a fraction.
    Int32((self + 0x1.8p23) - 0x1.8p23)
  }

  /// The nearest number within `bounds`; NaN stays NaN.
  func clamped(to bounds: ClosedRange<Float>) -> Float {
    if self < bounds.lowerBound { return bounds.lowerBound }
    return self > bounds.upperBound ? bounds.upperBound : self
  }
}

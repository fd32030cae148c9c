/// How a sum of products of quantised numbers becomes a quantised result.
///
/// `result = clamp(round((Σ (x - inputZeroPoint) * (w - weightZeroPoint) + bias) * scale)
/// + outputZeroPoint)`, with a scale for each output channel.
public struct Requantization: Sendable {
  /// How the product with the scale is rounded.
  public enum Rounding: Hashable, Sendable {
    /// The sum as a float times the scale, ties to the even number: XNNPACK.
    case floatToEven
    /// In fixed point with 31 bits, ties upwards: TensorFlow Lite's own kernels. Of int8 channels,
    /// those after the last whole eight have their ties away from zero.
    case fixedPoint
  }

  /// Of 8 bits.
  public let inputZeroPoint: Int16
  /// Of 8 bits, one for all channels.
  public let weightZeroPoint: Int16
  /// Of 8 bits.
  public let outputZeroPoint: Int32
  /// What results are clamped to.
  public let bounds: ClosedRange<Int32>
  let scales: [Float]
  let multipliers: [FixedPointMultiplier]?

  /// - Parameters:
  ///   - scales: input scale times weight scale over output scale; one, or one a channel.
  ///   - bounds: of the results, within the element type.
  /// - Throws: ``KernelError`` where a scale or a zero point makes no sense.
  public init(
    inputZeroPoint: Int, weightZeroPoint: Int, outputZeroPoint: Int, scales: [Double],
    bounds: ClosedRange<Int32>, rounding: Rounding
  ) throws {
    for zeroPoint in [inputZeroPoint, weightZeroPoint, outputZeroPoint] {
      guard (-128...255).contains(zeroPoint) else {
        throw KernelError("zero point \(zeroPoint) is outside of 8 bits")
      }
    }
    for scale in scales where !(scale > 0 && Float(scale).isFinite) {
      throw KernelError("the scales of the operands give a factor of \(scale)")
    }
    self.inputZeroPoint = Int16(inputZeroPoint)
    self.weightZeroPoint = Int16(weightZeroPoint)
    self.outputZeroPoint = Int32(outputZeroPoint)
    self.bounds = bounds
    self.scales = scales.map { Float($0) }
    multipliers = rounding == .floatToEven ? nil : try scales.map(FixedPointMultiplier.ofScales)
  }
}

/// How integers stand for real numbers: `real = scale * (integer - zeroPoint)`.
///
/// One scale and zero point for the whole tensor, or one for each index along ``axis``
/// (convolution weights, one per output channel).
public struct Quantization: Hashable, Sendable {
  /// One or more, each as the file has it (a file may hold nonsense; kernels check).
  public let scales: [Float]
  /// As many as ``scales``.
  public let zeroPoints: [Int]
  /// The dimension that ``scales`` run along; 0 where there is but one scale.
  public let axis: Int

  /// Per tensor.
  public init(scale: Float, zeroPoint: Int) {
    self.init(scales: [scale], zeroPoints: [zeroPoint], axis: 0)
  }

  /// - Precondition: there is at least one scale, and as many zero points as scales.
  public init(scales: [Float], zeroPoints: [Int], axis: Int) {
    precondition(!scales.isEmpty && scales.count == zeroPoints.count)
    self.scales = scales
    self.zeroPoints = zeroPoints
    self.axis = axis
  }

  /// Whether there is more than one scale.
  public var isPerAxis: Bool { scales.count > 1 }
  /// The scale of the whole tensor; the first one where it is per axis.
  public var scale: Float { scales[0] }
  /// The zero point of the whole tensor; the first one where it is per axis.
  public var zeroPoint: Int { zeroPoints[0] }
}

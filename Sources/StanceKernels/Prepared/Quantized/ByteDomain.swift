import CStanceKernels
import StanceTensors

/// How the kernels see 8-bit elements: as unsigned bytes. `int8` is `uint8` with its highest bit
/// flipped, so that 128 is added to zero points and bounds.
struct ByteDomain: Sendable {
  /// What turns a stored byte into the unsigned one: 0 or 0x80.
  let flip: UInt8

  /// Nil for types that are not 8-bit integers.
  init?(_ type: ElementType) {
    switch type {
    case .uint8: flip = 0
    case .int8: flip = 0x80
    default: return nil
    }
  }

  /// A zero point as an unsigned byte; nil where it is no value of the element type.
  func unsigned(_ zeroPoint: some BinaryInteger) -> Int32? {
    let value = Int32(clamping: zeroPoint) &+ Int32(flip)
    return (0...255).contains(value) ? value : nil
  }
}

extension ByteDomain {
  /// Whether each weight less its zero point is a sum of two `int8`, which kernels that multiply
  /// 8-bit numbers need: 255 alone is none.
  func splits(_ weights: TensorView, zeroPoint: Int32) -> Bool {
    zeroPoint > 0 || !weights.bytes.contains(255 ^ flip)
  }
}

extension st_u8_output {
  /// Nil where a kernel would have to round in another way than half to even.
  init?(_ requantization: Requantization, _ domain: ByteDomain) {
    guard requantization.multipliers == nil else { return nil }
    let bounds = requantization.bounds
    let zeroPoint = requantization.outputZeroPoint
    let offset = Int32(domain.flip)
    guard let lowest = UInt8(exactly: bounds.lowerBound + offset),
      let highest = UInt8(exactly: bounds.upperBound + offset)
    else { return nil }
    let isSmall = requantization.scales.allSatisfy { $0 < 1 }
    let isPlain = isSmall && zeroPoint + offset == 0 && lowest == 0 && highest == 255
    let kind = isPlain ? ST_U8_PLAIN : isSmall ? ST_U8_SMALL : ST_U8_ANY
    self.init(
      lowest_step: Float(bounds.lowerBound - zeroPoint),
      highest_step: Float(bounds.upperBound - zeroPoint), zero_point: zeroPoint + offset,
      lowest: lowest, flip: domain.flip, highest: highest,
      kind: UInt8(kind))
  }
}

extension Requantization {
  /// The scale of each of `count` channels.
  func channelScales(count: Int) -> [Float] {
    scales.count == 1 ? Array(repeating: scales[0], count: count) : scales
  }
}

import StanceTensors

/// What a model's input holds for a channel of 0...255: `value * scale + offset`.
public struct Normalization: Hashable, Sendable {
  /// For red, green and blue, whatever the order of the channels in the tensor.
  public let scales: [Double]
  /// What is added to the scaled value, in the same order.
  public let offsets: [Double]

  /// The same for all channels.
  public init(scale: Double, offset: Double) {
    scales = [scale, scale, scale]
    offsets = [offset, offset, offset]
  }

  /// - Throws: ``ImagingError`` unless there are three of each.
  public init(scales: [Double], offsets: [Double]) throws {
    guard scales.count == 3, offsets.count == 3 else {
      throw ImagingError(
        .unsupported,
        "normalisation needs 3 scales and 3 offsets, not \(scales.count) and \(offsets.count)")
    }
    self.scales = scales
    self.offsets = offsets
  }

  /// 0...255, as it is.
  public static let raw = Normalization(scale: 1, offset: 0)
  /// 0...1.
  public static let unit = Normalization(scale: 1 / 255, offset: 0)
  /// -1...1: `(value - 127.5) / 127.5`.
  public static let signedUnit = Normalization(scale: 1 / 127.5, offset: -1)
  /// -128...127, the zero point of most int8 inputs.
  public static let signedByte = Normalization(scale: 1, offset: -128)
}

/// The layout of a model's picture input, `[1, H, W, 3]`.
public struct InputFormat: Hashable, Sendable {
  /// What one element of the tensor is.
  public enum Element: Hashable, Sendable {
    case float32
    /// Rounded (half to even) and held within 0...255.
    case uint8
    /// Rounded (half to even) and held within -128...127.
    case int8
  }

  /// Which colour comes first in a pixel.
  public enum ChannelOrder: Hashable, Sendable {
    case rgb, bgr
  }

  /// The tensor's element type.
  public var element: Element
  /// The order of a pixel's channels.
  public var channelOrder: ChannelOrder
  /// What becomes of a channel's 0...255.
  public var normalization: Normalization

  public init(element: Element, channelOrder: ChannelOrder = .rgb, normalization: Normalization) {
    self.element = element
    self.channelOrder = channelOrder
    self.normalization = normalization
  }

  /// Bytes as they are in the picture.
  public static let bytes = InputFormat(element: .uint8, normalization: .raw)
}

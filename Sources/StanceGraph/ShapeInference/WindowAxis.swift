/// ``Padding`` along one axis.
public enum AxisPadding: Hashable, Sendable {
  case same, valid
  case explicit(before: Int, after: Int)
}

/// Windows along one axis of a picture, as TensorFlow lays them out.
public struct WindowAxis: Hashable, Sendable {
  /// How many windows there are.
  public let outputSize: Int
  /// How far the first window reaches over the border; with `same`, half of all padding, rounded
  /// down.
  public let paddingBefore: Int

  /// - Parameters:
  ///   - size: of the picture.
  ///   - window: how many pixels a window looks at, `dilation` apart.
  /// - Throws: ``GraphError`` where a number is not positive or absurdly large, or where no window
  ///   fits.
  public init(
    size: Int, window: Int, stride: Int, dilation: Int = 1, padding: AxisPadding
  ) throws {
    for (name, number) in [
      ("size", size), ("window", window), ("stride", stride), ("dilation", dilation),
    ] where !(1...Int(Int32.max)).contains(number) {
      throw GraphError("a \(name) of \(number) is not from 1 to \(Int32.max)")
    }
    let extent = (window - 1) * dilation + 1
    switch padding {
    case .same:
      outputSize = (size + stride - 1) / stride
      paddingBefore = max(0, (outputSize - 1) * stride + extent - size) / 2
    case .valid:
      guard extent <= size else {
        throw GraphError("a window of \(extent) pixels does not fit into \(size) without padding")
      }
      outputSize = (size - extent) / stride + 1
      paddingBefore = 0
    case .explicit(let before, let after):
      for padding in [before, after] where !(0...Int(Int32.max)).contains(padding) {
        throw GraphError("a padding of \(padding) is not from 0 to \(Int32.max)")
      }
      let padded = size + before + after
      guard extent <= padded else {
        throw GraphError("a window of \(extent) pixels does not fit into \(padded) with padding")
      }
      outputSize = (padded - extent) / stride + 1
      paddingBefore = before
    }
  }
}

extension WindowAxis {
  /// The windows along height and width of a picture `[N, H, W, C]`.
  public static func pair(
    height: Int, width: Int, window: Steps, strides: Steps, dilation: Steps = .one,
    padding: Padding
  ) throws -> (height: WindowAxis, width: WindowAxis) {
    (
      try WindowAxis(
        size: height, window: window.height, stride: strides.height, dilation: dilation.height,
        padding: padding.alongHeight),
      try WindowAxis(
        size: width, window: window.width, stride: strides.width, dilation: dilation.width,
        padding: padding.alongWidth)
    )
  }
}

extension Padding {
  fileprivate var alongHeight: AxisPadding {
    switch self {
    case .same: .same
    case .valid: .valid
    case .explicit(let top, let bottom, _, _): .explicit(before: top, after: bottom)
    }
  }

  fileprivate var alongWidth: AxisPadding {
    switch self {
    case .same: .same
    case .valid: .valid
    case .explicit(_, _, let left, let right): .explicit(before: left, after: right)
    }
  }
}

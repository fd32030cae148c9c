/// What an operator does to its result before writing it.
public enum Activation: String, Hashable, Sendable, CaseIterable {
  case none, relu, relu6, reluN1To1, tanh, signBit
}

/// How a window that reaches over the border is dealt with.
public enum Padding: Hashable, Sendable {
  /// Output of `ceil(size / stride)`; where the total padding is odd, the extra one comes last.
  case same
  /// Only windows that lie inside.
  case valid
  /// So many pixels of zeros around the picture, none of them negative.
  case explicit(top: Int, bottom: Int, left: Int, right: Int)

  /// For instance `same`.
  public var name: String {
    switch self {
    case .same: "same"
    case .valid: "valid"
    case .explicit(let top, let bottom, let left, let right): "\(top) \(bottom) \(left) \(right)"
    }
  }
}

/// Steps along height and width.
public struct Steps: Hashable, Sendable {
  public var height: Int
  public var width: Int

  public init(height: Int, width: Int) {
    self.height = height
    self.width = width
  }

  /// Every pixel.
  public static let one = Steps(height: 1, width: 1)
}

/// CONV_2D: x `[N, H, W, C]`, weights `[O, kH, kW, C / groups]`, bias `[O]`.
public struct Convolution: Hashable, Sendable {
  public var padding: Padding
  public var strides: Steps
  public var dilation: Steps
  public var activation: Activation

  public init(
    padding: Padding, strides: Steps = .one, dilation: Steps = .one, activation: Activation = .none
  ) {
    self.padding = padding
    self.strides = strides
    self.dilation = dilation
    self.activation = activation
  }
}

/// DEPTHWISE_CONV_2D: x `[N, H, W, C]`, weights `[1, kH, kW, C * multiplier]`, bias likewise.
public struct DepthwiseConvolution: Hashable, Sendable {
  /// As the file declares it; kernels take it from the shapes.
  public var depthMultiplier: Int
  public var window: Convolution

  public init(depthMultiplier: Int, window: Convolution) {
    self.depthMultiplier = depthMultiplier
    self.window = window
  }
}

/// TRANSPOSE_CONV: x `[N, H, W, C]`, weights `[O, kH, kW, C]`.
public struct TransposeConvolution: Hashable, Sendable {
  public var padding: Padding
  public var strides: Steps
  public var activation: Activation

  public init(padding: Padding, strides: Steps, activation: Activation = .none) {
    self.padding = padding
    self.strides = strides
    self.activation = activation
  }
}

/// FULLY_CONNECTED: x `[..., C]`, weights `[O, C]`, bias `[O]`.
public struct FullyConnected: Hashable, Sendable {
  /// The result has x's rank instead of two dimensions.
  public var keepsDimensions: Bool
  public var activation: Activation

  public init(keepsDimensions: Bool = false, activation: Activation = .none) {
    self.keepsDimensions = keepsDimensions
    self.activation = activation
  }
}

/// AVERAGE_POOL_2D, MAX_POOL_2D. An average counts the elements inside the picture only.
public struct Pooling: Hashable, Sendable {
  /// What is made of the elements under a window.
  public enum Kind: String, Hashable, Sendable { case average, max }

  public var kind: Kind
  public var window: Steps
  public var padding: Padding
  public var strides: Steps
  public var activation: Activation

  public init(
    kind: Kind, window: Steps, padding: Padding, strides: Steps, activation: Activation = .none
  ) {
    self.kind = kind
    self.window = window
    self.padding = padding
    self.strides = strides
    self.activation = activation
  }
}

/// RESIZE_BILINEAR, RESIZE_NEAREST_NEIGHBOR.
public struct Resize: Hashable, Sendable {
  /// How pixels between pixels are made.
  public enum Kind: String, Hashable, Sendable { case bilinear, nearest }

  public var kind: Kind
  /// The corner pixels' centres of input and output coincide.
  public var alignsCorners: Bool
  /// Pixels are sampled at their centres: `(i + 0.5) * scale - 0.5`.
  public var usesHalfPixelCenters: Bool

  public init(kind: Kind, alignsCorners: Bool = false, usesHalfPixelCenters: Bool = false) {
    self.kind = kind
    self.alignsCorners = alignsCorners
    self.usesHalfPixelCenters = usesHalfPixelCenters
  }
}

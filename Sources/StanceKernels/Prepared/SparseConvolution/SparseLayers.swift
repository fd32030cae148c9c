import StanceTensors

/// Pointwise convolutions with few weights and the depthwise one between them, which one kernel
/// does together: any of the three may be left out, but not both pointwise ones.
public struct SparseLayers {
  /// A convolution of one pixel at a time.
  public struct Pointwise {
    /// `[O, 1, 1, C]`, dense.
    public let weights: TensorView
    public let bias: TensorView?
    public let epilogue: FloatEpilogue

    public init(weights: TensorView, bias: TensorView?, epilogue: FloatEpilogue) {
      self.weights = weights
      self.bias = bias
      self.epilogue = epilogue
    }
  }

  /// A convolution of one channel at a time.
  public struct Depthwise {
    /// `[1, kH, kW, C]`.
    public let weights: TensorView
    public let bias: TensorView?
    public let geometry: WindowGeometry
    public let activation: FloatActivation

    public init(
      weights: TensorView, bias: TensorView?, geometry: WindowGeometry,
      activation: FloatActivation
    ) {
      self.weights = weights
      self.bias = bias
      self.geometry = geometry
      self.activation = activation
    }
  }

  /// Before the depthwise convolution; without a sum in its epilogue.
  public var expansion: Pointwise?
  public var depthwise: Depthwise?
  public var projection: Pointwise?

  public init(
    expansion: Pointwise? = nil, depthwise: Depthwise? = nil, projection: Pointwise? = nil
  ) {
    self.expansion = expansion
    self.depthwise = depthwise
    self.projection = projection
  }
}

/// A depthwise convolution's numbers in the order that planes are multiplied in.
struct PackedTaps: Sendable {
  let layout: PlaneLayout
  let tapCount: Int
  /// `[C, taps]`
  let weights: PackedNumbers<Float>
  let bias: PackedNumbers<Float>
  let activation: PackedActivation

  /// - Parameter order: the channel at each position.
  init(_ depthwise: SparseLayers.Depthwise, layout: PlaneLayout, order: [Int], width: Int) {
    let source = depthwise.weights.elements(of: Float.self)
    let (channels, taps) = (order.count, layout.tapOrder)
    weights = PackedNumbers(count: channels * taps.count, zero: 0) { to in
      for (position, channel) in order.enumerated() {
        for (index, tap) in taps.enumerated() {
          to[position * taps.count + index] = source[tap * channels + channel]
        }
      }
    }
    let biases = depthwise.bias?.elements(of: Float.self)
    bias = PackedNumbers(order.map { biases?[$0] ?? 0 })
    activation = PackedActivation(
      depthwise.activation.reordered(by: order), channelCount: channels, width: width)
    (self.layout, tapCount) = (layout, taps.count)
  }
}

extension FloatActivation {
  func reordered(by order: [Int]) -> FloatActivation {
    guard case .parametricReLU(let slopes) = self else { return self }
    return .parametricReLU(order.map { slopes[$0] })
  }
}

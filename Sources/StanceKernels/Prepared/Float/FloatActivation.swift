import CStanceKernels

/// What is done to a sum before it is stored.
public enum FloatActivation: Hashable, Sendable {
  case none
  /// The nearest number within bounds; NaN stays NaN. RELU and its kin.
  case clamp(ClosedRange<Float>)
  /// `x < 0 ? x * slopes[channel] : x`, with a slope an output channel.
  case parametricReLU([Float])
  /// `x * min(max(x + 3, 0), 6) / 6`
  case hardSwish
}

/// What a convolution does to its sums: `after(before(sum) + addend)`.
public struct FloatEpilogue: Hashable, Sendable {
  public var before: FloatActivation
  /// The kernel has one more operand, of the output's shape, that is added.
  public var hasAddend: Bool
  public var after: FloatActivation

  public init(
    before: FloatActivation = .none, hasAddend: Bool = false, after: FloatActivation = .none
  ) {
    self.before = before
    self.hasAddend = hasAddend
    self.after = after
  }

  /// An activation alone.
  public init(_ activation: FloatActivation) {
    self.init(after: activation)
  }
}

/// An activation with its slopes packed.
struct PackedActivation: Sendable {
  private let kind: Int
  private let bounds: ClosedRange<Float>
  private let slopes: PackedNumbers<Float>?

  init(_ activation: FloatActivation, channelCount: Int, width: Int) {
    var bounds = -Float.infinity...Float.infinity
    var slopes: PackedNumbers<Float>?
    switch activation {
    case .none: kind = ST_F32_IDENTITY
    case .clamp(let range):
      kind = ST_F32_CLAMP
      bounds = range
    case .parametricReLU(let numbers):
      kind = ST_F32_PRELU
      slopes = numbers.withUnsafeBufferPointer {
        PackedNumbers($0, channelCount: channelCount, width: width)
      }
    case .hardSwish: kind = ST_F32_HARD_SWISH
    }
    self.bounds = bounds
    self.slopes = slopes
  }

  /// Of the channels from `first` on, which is a multiple of the vector width or the slopes' begin.
  func descriptor(first: Int = 0) -> st_f32_activation {
    st_f32_activation(
      kind: Int32(kind), lowest: bounds.lowerBound, highest: bounds.upperBound,
      slopes: slopes.map { UnsafePointer($0.base + first) })
  }
}

import StanceGraph

extension Activation {
  /// Whether the activation is a clamp, as every one that kernels fuse is.
  var isClamp: Bool {
    switch self {
    case .none, .relu, .relu6, .reluN1To1: true
    case .tanh, .signBit: false
    }
  }

  /// The range of real results.
  var bounds: ClosedRange<Float> {
    switch self {
    case .relu: 0...Float.infinity
    case .relu6: 0...6
    case .reluN1To1: -1...1
    case .none, .tanh, .signBit: -Float.infinity...Float.infinity
    }
  }
}

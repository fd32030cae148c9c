import StanceGraph
import StanceTensors

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

  /// The range of quantised results, within what `Element` holds.
  func bounds<Element: FixedWidthInteger>(
    quantization: Quantization, of type: Element.Type
  ) -> ClosedRange<Int32> {
    func quantized(_ real: Float) -> Int32 {
      let steps = (real / quantization.scale).rounded(.toNearestOrAwayFromZero)
      let value = steps + Float(quantization.zeroPoint)
      return Int32(max(Float(Element.min), min(Float(Element.max), value)))
    }
    let bounds = self.bounds
    let lower = bounds.lowerBound.isFinite ? quantized(bounds.lowerBound) : Int32(Element.min)
    let upper = bounds.upperBound.isFinite ? quantized(bounds.upperBound) : Int32(Element.max)
    return lower...max(lower, upper)
  }
}

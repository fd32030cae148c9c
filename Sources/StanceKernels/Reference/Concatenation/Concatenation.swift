import StanceTensors

extension Reference {
  /// CONCATENATION: the inputs one behind the other along `axis` of y, elements as they are.
  ///
  /// Scalars become a list.
  public static func concatenate(
    _ inputs: [TensorView], axis: Int, into y: MutableTensorView
  ) {
    forEachPart(of: inputs, axis: axis, in: y) { x, counts, layout in
      copyBlock(
        of: counts, elementByteCount: x.elementByteCount, from: x.bytes,
        BlockLayout(of: Shape(counts)), to: y.bytes, layout)
    }
  }

  /// CONCATENATION of tensors whose quantisations differ from y's: each element of such a tensor
  /// is `round(q * s + b) + zeroPoint`, halves away from zero, with `s = scale * (1 / y's scale)`
  /// and `b = -zeroPoint * s`, clamped to the type, as TensorFlow Lite does it for `uint8`.
  public static func concatenateRescaling<Element: TensorElement & FixedWidthInteger>(
    _ inputs: [TensorView], axis: Int, of type: Element.Type, into y: MutableTensorView
  ) {
    forEachPart(of: inputs, axis: axis, in: y) { x, counts, layout in
      let source = BlockLayout(of: Shape(counts))
      guard let from = x.quantization, let to = y.quantization,
        from.scale != to.scale || from.zeroPoint != to.zeroPoint
      else {
        copyBlock(
          of: counts, elementByteCount: x.elementByteCount, from: x.bytes, source, to: y.bytes,
          layout)
        return
      }
      let scale = from.scale * (1 / to.scale)
      let bias = -Float(from.zeroPoint) * scale
      let rescaled = x.elements(of: type).map { element in
        let steps = (Float(element) * scale + bias).rounded(.toNearestOrAwayFromZero)
        return Element(saturating: steps, plus: to.zeroPoint)
      }
      rescaled.withUnsafeBytes {
        copyBlock(
          of: counts, elementByteCount: x.elementByteCount, from: $0, source, to: y.bytes, layout)
      }
    }
  }

  /// Calls `body` with each input, its dimensions, and where it lies in y.
  private static func forEachPart(
    of inputs: [TensorView], axis: Int, in y: MutableTensorView,
    _ body: (TensorView, [Int], BlockLayout) -> Void
  ) {
    var starts = [Int](repeating: 0, count: y.shape.rank)
    for x in inputs {
      let counts = x.shape.rank == 0 ? [1] : x.shape.dimensions
      body(x, counts, BlockLayout(of: y.shape, starts: starts))
      starts[axis] += counts[axis]
    }
  }
}

extension FixedWidthInteger {
  /// `steps + zeroPoint`, clamped to this type; NaN counts as zero.
  init(saturating steps: Float, plus zeroPoint: Int) {
    let limited = steps.isNaN ? 0 : Int(Swift.max(-0x1p30, Swift.min(0x1p30, steps)))
    self.init(clamping: limited + Int(Int32(clamping: zeroPoint)))
  }
}

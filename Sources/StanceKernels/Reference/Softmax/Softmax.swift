import StanceTensors

extension Reference {
  /// Softmax of float32 along the last axis: `exp(beta * (x - max)) / Σ exp(beta * (x - max))`.
  public static func softmax(_ input: TensorView, output: MutableTensorView, beta: Float) {
    let x = input.elements(of: Float.self)
    let y = output.elements(of: Float.self)
    let depth = input.shape.last ?? 1
    guard depth > 0 else { return }
    for start in stride(from: 0, to: x.count, by: depth) {
      let row = start..<start + depth
      let largest = row.reduce(-Float.infinity) { max($0, x[$1]) }
      var sum: Float = 0
      for index in row {
        y[index] = ElementaryFunctions.exponential((x[index] - largest) * beta)
        sum += y[index]
      }
      for index in row { y[index] /= sum }
    }
  }

  /// Softmax of 8-bit quantised numbers along the last axis, from a table of the 256 possible
  /// exponentials as TensorFlow Lite's optimised kernel has it.
  ///
  /// uint8 results are rounded half up, int8 ones half away from zero.
  public static func softmax(
    _ input: TensorView, output: MutableTensorView, beta: Float, inputScale: Float,
    outputScale: Float, outputZeroPoint: Int
  ) {
    switch output.elementType {
    case .uint8:
      softmax(
        input, output: output, beta: beta, inputScale: inputScale, outputScale: outputScale,
        outputZeroPoint: outputZeroPoint, of: UInt8.self)
    default:
      softmax(
        input, output: output, beta: beta, inputScale: inputScale, outputScale: outputScale,
        outputZeroPoint: outputZeroPoint, of: Int8.self)
    }
  }

  private static func softmax<Element: TensorElement & FixedWidthInteger>(
    _ input: TensorView, output: MutableTensorView, beta: Float, inputScale: Float,
    outputScale: Float, outputZeroPoint: Int, of type: Element.Type
  ) {
    let x = input.elements(of: type)
    let y = output.elements(of: type)
    let depth = input.shape.last ?? 1
    guard depth > 0 else { return }
    let scale = -inputScale * beta
    let exponentials = (0...255).map { ElementaryFunctions.exponential(scale * Float($0)) }
    for start in stride(from: 0, to: x.count, by: depth) {
      let row = start..<start + depth
      let largest = row.reduce(Int(Element.min)) { max($0, Int(x[$1])) }
      let sum = row.reduce(Float(0)) { $0 + exponentials[largest - Int(x[$1])] }
      let factor = 1 / (sum * outputScale)
      for index in row {
        let probability = exponentials[largest - Int(x[index])] * factor
        let rounding: FloatingPointRoundingRule =
          Element.isSigned ? .toNearestOrAwayFromZero : .down
        let shifted = Element.isSigned ? probability : probability + 0.5
        let limited = shifted.isNaN ? 0 : min(max(shifted, -1024), 1024)
        let offset = Element.isSigned ? outputZeroPoint : 0
        y[index] = Element(clamping: Int(limited.rounded(rounding)) + offset)
      }
    }
  }
}

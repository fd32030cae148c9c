import StanceKernels
import StanceTensors

/// A random 8-bit convolution, depthwise or not, and what the reference makes of it.
struct RandomWindowLayer: CustomStringConvertible {
  let type: ElementType
  let input: Shape
  let weights: Shape
  let output: Shape
  let geometry: WindowGeometry
  let requantization: Requantization
  let x: [UInt8]
  let w: [UInt8]
  let bias: [Int32]?

  var description: String {
    "\(type) x \(input) w \(weights) y \(output) \(geometry) zero points "
      + "\(requantization.inputZeroPoint) \(requantization.weightZeroPoint) "
      + "\(requantization.outputZeroPoint) bounds \(requantization.bounds)"
  }

  /// - Parameters:
  ///   - isSame: padding as SAME has it; else none, or some of its own on each side.
  ///   - multiplier: output channels of each input channel of a depthwise convolution; nil for a
  ///     full one.
  init(
    _ random: inout SeededGenerator, type: ElementType, kernel: (Int, Int), stride: (Int, Int),
    dilation: (Int, Int), isSame: Bool, channels: Int, outputChannels: Int, multiplier: Int? = nil,
    size: (Int, Int), batch: Int = 1
  ) throws {
    func axis(_ size: Int, _ kernel: Int, _ stride: Int, _ dilation: Int) -> (Int, Int) {
      let reach = (kernel - 1) * dilation + 1
      guard isSame else {
        let isPadded = random.once(in: 3)
        let before = isPadded ? random.number(in: 0...reach - 1) : 0
        let after = isPadded ? random.number(in: 0...reach - 1) : 0
        return (max(0, (size + before + after - reach + stride) / stride), before)
      }
      let count = (size + stride - 1) / stride
      return (count, max(0, (count - 1) * stride + reach - size) / 2)
    }
    let (height, top) = axis(size.0, kernel.0, stride.0, dilation.0)
    let (width, left) = axis(size.1, kernel.1, stride.1, dilation.1)
    let depth = multiplier.map { channels * $0 } ?? outputChannels
    self.type = type
    input = Shape([batch, size.0, size.1, channels])
    output = Shape([batch, height, width, depth])
    weights =
      multiplier == nil
      ? Shape([depth, kernel.0, kernel.1, channels]) : Shape([1, kernel.0, kernel.1, depth])
    geometry = WindowGeometry(
      strideHeight: stride.0, strideWidth: stride.1, dilationHeight: dilation.0,
      dilationWidth: dilation.1, paddingTop: top, paddingLeft: left)
    let range = type == .uint8 ? 0...255 : -128...127
    let zeroWeight =
      type == .int8 && !random.once(in: 4)
      ? 0
      : random.once(in: 3)
        ? random.pick([range.lowerBound, range.upperBound, random.number(in: range)])
        : (type == .uint8 ? 128 : 0)
    // Sums spread over a good part of the results.
    let count = multiplier == nil ? kernel.0 * kernel.1 * channels : kernel.0 * kernel.1
    let scale = (0.3 + Double(random.number(in: 0...200)) / 100) / (70 * Double(count).squareRoot())
    let scales =
      random.once(in: 2)
      ? [scale] : (0..<depth).map { _ in scale * Double(random.number(in: 10...200)) / 100 }
    let isPlain = random.once(in: 3)
    let lowest = isPlain ? range.lowerBound : random.number(in: range)
    let highest = isPlain ? range.upperBound : random.number(in: lowest...range.upperBound)
    requantization = try Requantization(
      inputZeroPoint: random.number(in: range), weightZeroPoint: zeroWeight,
      outputZeroPoint: isPlain ? range.lowerBound : random.number(in: range),
      scales: random.once(in: 40) ? scales.map { $0 * 1e5 } : scales,
      bounds: Int32(lowest)...Int32(highest), rounding: .floatToEven)
    x = random.bytes(input.elementCount)
    w = random.bytes(weights.elementCount)
    bias =
      random.once(in: 5) ? nil : (0..<depth).map { _ in Int32(random.number(in: -5000...5000)) }
  }

  /// Calls `body` with views of the weights and the bias.
  func withConstants<Result>(_ body: (TensorView, TensorView?) throws -> Result) rethrows -> Result
  {
    try w.withUnsafeBytes { w in
      let weights = TensorView(shape: weights, elementType: type, quantization: nil, bytes: w)
      guard let bias else { return try body(weights, nil) }
      return try bias.withUnsafeBytes {
        try body(
          weights,
          TensorView(shape: [bias.count], elementType: .int32, quantization: nil, bytes: $0))
      }
    }
  }

  /// The plain kernel's results.
  func expected(isDepthwise: Bool) -> [UInt8] {
    let (input, result) = (GuardedBuffer(x), GuardedBuffer(count: output.elementCount))
    defer { withExtendedLifetime(input) {} }
    withConstants { weights, bias in
      let (x, y) = (input.view(self.input, type), result.mutableView(output, type))
      if isDepthwise {
        Reference.depthwiseConvolution(
          x, weights: weights, bias: bias, output: y, geometry: geometry,
          requantization: requantization)
      } else {
        Reference.convolution(
          x, weights: weights, bias: bias, output: y, geometry: geometry,
          requantization: requantization)
      }
    }
    return result.bytes
  }

  /// What a prepared kernel makes of it; nil where it wrote beside its result.
  func actual(of kernel: some PreparedKernel, misalignment: Int, groupCount: Int) -> [UInt8]? {
    let input = GuardedBuffer(x, misalignment: misalignment)
    defer { withExtendedLifetime(input) {} }
    let result = GuardedBuffer(count: output.elementCount, misalignment: misalignment * 3 % 64)
    let kept = kernel.runInGroups(
      of: groupCount, inputs: [input.view(self.input, type)],
      outputs: [result.mutableView(output, type)])
    return kept && result.canariesAreWhole ? result.bytes : nil
  }
}

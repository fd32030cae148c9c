import StanceTensors

extension Reference {
  /// Transpose convolution of float32: x `[N, H, W, C]`, weights `[O, kH, kW, C]`, bias `[O]`, output
  /// `[N, oH, oW, O]`.
  ///
  /// Input pixel `i` adds to the output pixels `i * stride - padding + k`; those outside are dropped.
  public static func transposeConvolution(
    _ input: TensorView, weights: TensorView, bias: TensorView?, output: MutableTensorView,
    geometry: WindowGeometry, bounds: ClosedRange<Float>
  ) {
    let convolution = GatheringConvolution(
      input: input.shape, weights: weights.shape, output: output.shape, geometry: geometry)
    convolution.run(
      input.elements(of: Float.self), weights.elements(of: Float.self),
      stage: FloatStage(bias: bias?.elements(), bounds: bounds), output: output.elements())
  }

  /// Transpose convolution of 8-bit integers, with int32 bias.
  public static func transposeConvolution(
    _ input: TensorView, weights: TensorView, bias: TensorView?, output: MutableTensorView,
    geometry: WindowGeometry, requantization: Requantization
  ) {
    switch output.elementType {
    case .uint8:
      transposeConvolution(
        input, weights: weights, bias: bias, output: output, geometry: geometry,
        requantization: requantization, of: UInt8.self)
    default:
      transposeConvolution(
        input, weights: weights, bias: bias, output: output, geometry: geometry,
        requantization: requantization, of: Int8.self)
    }
  }

  private static func transposeConvolution<Element: TensorElement & FixedWidthInteger>(
    _ input: TensorView, weights: TensorView, bias: TensorView?, output: MutableTensorView,
    geometry: WindowGeometry, requantization: Requantization, of type: Element.Type
  ) {
    let convolution = GatheringConvolution(
      input: input.shape, weights: weights.shape, output: output.shape, geometry: geometry)
    let factors = Scratch(
      input.elements(of: type), zeroPoint: requantization.inputZeroPoint)
    let weightFactors = Scratch(
      weights.elements(of: type), zeroPoint: requantization.weightZeroPoint)
    let stage = RequantizingStage<Element>(
      bias: bias?.elements(), requantization: requantization, channelCount: output.shape[3])
    convolution.run(
      UnsafeBufferPointer(factors.elements), UnsafeBufferPointer(weightFactors.elements),
      stage: stage, output: output.elements())
  }
}

/// Gathers, for each output pixel, the input pixels that reach it.
private struct GatheringConvolution {
  let input: Shape
  let weights: Shape
  let output: Shape
  let geometry: WindowGeometry

  func run<Element: Factor, Stage: OutputStage>(
    _ x: UnsafeBufferPointer<Element>, _ w: UnsafeBufferPointer<Element>, stage: Stage,
    output y: UnsafeMutableBufferPointer<Stage.Output>
  ) where Stage.Sum == Element.Sum {
    guard !y.isEmpty, let w = w.baseAddress, let x = x.baseAddress else { return }
    let channelCount = output[3]
    let sums = Scratch(repeating: Element.zeroSum, count: channelCount)
    var next = 0
    for n in 0..<output[0] {
      let picture = x + n * input[1] * input[2] * input[3]
      for i in 0..<output[1] {
        for j in 0..<output[2] {
          sums.base.update(repeating: Element.zeroSum, count: channelCount)
          addProducts(picture, w, row: i, column: j, to: sums.base)
          for channel in 0..<channelCount {
            y[next + channel] = stage.output(sums.base[channel], channel: channel)
          }
          next += channelCount
        }
      }
    }
  }

  private func addProducts<Element: Factor>(
    _ picture: UnsafePointer<Element>, _ w: UnsafePointer<Element>, row: Int, column: Int,
    to sums: UnsafeMutablePointer<Element.Sum>
  ) {
    let depth = weights[3]
    for k in 0..<weights[1] {
      let (i, rowRest) = (row + geometry.paddingTop - k).quotientAndRemainder(
        dividingBy: geometry.strideHeight)
      guard rowRest == 0, i >= 0, i < input[1] else { continue }
      for l in 0..<weights[2] {
        let (j, columnRest) = (column + geometry.paddingLeft - l).quotientAndRemainder(
          dividingBy: geometry.strideWidth)
        guard columnRest == 0, j >= 0, j < input[2] else { continue }
        let pixel = picture + (i * input[2] + j) * depth
        for channel in 0..<output[3] {
          let kernel = w + ((channel * weights[1] + k) * weights[2] + l) * depth
          sums[channel] = Element.add(
            sums[channel], Element.dotProduct(pixel, kernel, count: depth))
        }
      }
    }
  }
}

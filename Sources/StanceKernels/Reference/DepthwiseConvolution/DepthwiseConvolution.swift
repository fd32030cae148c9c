import StanceTensors

extension Reference {
  /// Depthwise convolution of float32: x `[N, H, W, C]`, weights `[1, kH, kW, C * m]`, bias
  /// `[C * m]`, output `[N, oH, oW, C * m]`. Output channel `o` sees input channel `o / m`.
  public static func depthwiseConvolution(
    _ input: TensorView, weights: TensorView, bias: TensorView?, output: MutableTensorView,
    geometry: WindowGeometry, bounds: ClosedRange<Float>
  ) {
    let convolution = ChannelConvolution(
      input: input.shape, weights: weights.shape, output: output.shape, geometry: geometry)
    convolution.run(
      input.elements(of: Float.self), weights.elements(of: Float.self),
      stage: FloatStage(bias: bias?.elements(), bounds: bounds), output: output.elements())
  }

  /// Depthwise convolution of 8-bit integers, with int32 bias.
  public static func depthwiseConvolution(
    _ input: TensorView, weights: TensorView, bias: TensorView?, output: MutableTensorView,
    geometry: WindowGeometry, requantization: Requantization
  ) {
    switch output.elementType {
    case .uint8:
      depthwiseConvolution(
        input, weights: weights, bias: bias, output: output, geometry: geometry,
        requantization: requantization, of: UInt8.self)
    default:
      depthwiseConvolution(
        input, weights: weights, bias: bias, output: output, geometry: geometry,
        requantization: requantization, of: Int8.self)
    }
  }

  private static func depthwiseConvolution<Element: TensorElement & FixedWidthInteger>(
    _ input: TensorView, weights: TensorView, bias: TensorView?, output: MutableTensorView,
    geometry: WindowGeometry, requantization: Requantization, of type: Element.Type
  ) {
    let convolution = ChannelConvolution(
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

/// Adds up, for each output pixel, the products of all channels at once.
private struct ChannelConvolution {
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
          addProducts(
            picture, w, top: i * geometry.strideHeight - geometry.paddingTop,
            left: j * geometry.strideWidth - geometry.paddingLeft, to: sums.base)
          for channel in 0..<channelCount {
            y[next + channel] = stage.output(sums.base[channel], channel: channel)
          }
          next += channelCount
        }
      }
    }
  }

  private func addProducts<Element: Factor>(
    _ picture: UnsafePointer<Element>, _ w: UnsafePointer<Element>, top: Int, left: Int,
    to sums: UnsafeMutablePointer<Element.Sum>
  ) {
    let channels = input[3]
    let multiplier = output[3] / channels
    for k in 0..<weights[1] {
      let row = top + k * geometry.dilationHeight
      guard row >= 0, row < input[1] else { continue }
      for l in 0..<weights[2] {
        let column = left + l * geometry.dilationWidth
        guard column >= 0, column < input[2] else { continue }
        let pixel = picture + (row * input[2] + column) * channels
        let kernel = w + (k * weights[2] + l) * output[3]
        if multiplier == 1 {
          Element.multiplyAdd(pixel, kernel, to: sums, count: channels)
        } else {
          for channel in 0..<channels {
            let first = channel * multiplier
            Element.multiplyAdd(
              pixel[channel], kernel + first, to: sums + first, count: multiplier)
          }
        }
      }
    }
  }
}

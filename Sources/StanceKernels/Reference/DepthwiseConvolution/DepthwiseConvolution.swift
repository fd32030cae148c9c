import StanceTensors

extension Reference {
  /// Depthwise convolution of float32: x `[N, H, W, C]`, weights `[1, kH, kW, C * m]`, bias
  /// `[C * m]`, output `[N, oH, oW, C * m]`. Output channel `o` sees input channel `o / m`.
  public static func depthwiseConvolution(
    _ input: TensorView, weights: TensorView, bias: TensorView?, output: MutableTensorView,
    geometry: WindowGeometry, bounds: ClosedRange<Float>
  ) {
    ChannelConvolution(
      input: input.shape, weights: weights.shape, output: output.shape, geometry: geometry
    ).run(input, weights: weights, bias: bias, output: output, bounds: bounds)
  }

  /// Depthwise convolution of 8-bit integers, with int32 bias.
  public static func depthwiseConvolution(
    _ input: TensorView, weights: TensorView, bias: TensorView?, output: MutableTensorView,
    geometry: WindowGeometry, requantization: Requantization
  ) {
    ChannelConvolution(
      input: input.shape, weights: weights.shape, output: output.shape, geometry: geometry
    ).run(input, weights: weights, bias: bias, output: output, requantization: requantization)
  }
}

/// Adds up, for each output pixel, the products of all channels at once.
private struct ChannelConvolution: PixelConvolution {
  let input: Shape
  let weights: Shape
  let output: Shape
  let geometry: WindowGeometry

  func addProducts<Element: Factor>(
    _ picture: UnsafePointer<Element>, _ w: UnsafePointer<Element>, row: Int, column: Int,
    to sums: UnsafeMutablePointer<Element.Sum>
  ) {
    let top = row * geometry.strideHeight - geometry.paddingTop
    let left = column * geometry.strideWidth - geometry.paddingLeft
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

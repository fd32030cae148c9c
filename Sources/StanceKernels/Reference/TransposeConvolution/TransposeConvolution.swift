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
    GatheringConvolution(
      input: input.shape, weights: weights.shape, output: output.shape, geometry: geometry
    ).run(input, weights: weights, bias: bias, output: output, bounds: bounds)
  }

  /// Transpose convolution of 8-bit integers, with int32 bias.
  public static func transposeConvolution(
    _ input: TensorView, weights: TensorView, bias: TensorView?, output: MutableTensorView,
    geometry: WindowGeometry, requantization: Requantization
  ) {
    GatheringConvolution(
      input: input.shape, weights: weights.shape, output: output.shape, geometry: geometry
    ).run(input, weights: weights, bias: bias, output: output, requantization: requantization)
  }
}

/// Gathers, for each output pixel, the input pixels that reach it.
private struct GatheringConvolution: PixelConvolution {
  let input: Shape
  let weights: Shape
  let output: Shape
  let geometry: WindowGeometry

  func addProducts<Element: Factor>(
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

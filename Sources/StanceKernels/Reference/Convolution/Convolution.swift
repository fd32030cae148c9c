import StanceTensors

extension Reference {
  /// Convolution of float32: x `[N, H, W, C]`, weights `[O, kH, kW, C / groups]`, bias `[O]`, output
  /// `[N, oH, oW, O]`.
  ///
  /// `y[n, i, j, o] = clamp(b[o] + Σ x[n, i*s - p + d*k, j*s - p + d*l, c] * w[o, k, l, c])`; pixels
  /// outside of the picture are zero.
  public static func convolution(
    _ input: TensorView, weights: TensorView, bias: TensorView?, output: MutableTensorView,
    geometry: WindowGeometry, bounds: ClosedRange<Float>
  ) {
    PatchConvolution(
      input: input.shape, weights: weights.shape, output: output.shape, geometry: geometry
    ).run(input, weights: weights, bias: bias, output: output, bounds: bounds)
  }

  /// Convolution of 8-bit integers, with int32 bias. Shapes are those of the float convolution;
  /// pixels outside of the picture have the value of the zero point.
  public static func convolution(
    _ input: TensorView, weights: TensorView, bias: TensorView?, output: MutableTensorView,
    geometry: WindowGeometry, requantization: Requantization
  ) {
    PatchConvolution(
      input: input.shape, weights: weights.shape, output: output.shape, geometry: geometry
    ).run(input, weights: weights, bias: bias, output: output, requantization: requantization)
  }
}

/// Copies the pixels under each window into one row, then multiplies the row with every output
/// channel's weights.
private struct PatchConvolution: ProductLayer {
  let input: Shape
  let weights: Shape
  let output: Shape
  let geometry: WindowGeometry

  var channelCount: Int { output[3] }

  func run<Element: Factor, Stage: OutputStage>(
    _ x: UnsafePointer<Element>, _ w: UnsafePointer<Element>, stage: Stage,
    output y: UnsafeMutableBufferPointer<Stage.Output>
  ) where Stage.Sum == Element.Sum {
    let (kernelHeight, kernelWidth, depth) = (weights[1], weights[2], weights[3])
    let groups = input[3] / depth
    let channelsPerGroup = output[3] / groups
    let patchCount = kernelHeight * kernelWidth * depth
    let patch = Scratch(repeating: Element.zero, count: patchCount)
    let isPointwise = kernelHeight == 1 && kernelWidth == 1 && groups == 1
    var next = 0
    for n in 0..<output[0] {
      let picture = x + n * input[1] * input[2] * input[3]
      for i in 0..<output[1] {
        for j in 0..<output[2] {
          let top = i * geometry.strideHeight - geometry.paddingTop
          let left = j * geometry.strideWidth - geometry.paddingLeft
          for group in 0..<groups {
            var row = UnsafePointer(patch.base)
            if isPointwise {
              row = picture + (top * input[2] + left) * depth
            } else {
              copyPatch(
                from: picture + group * depth, top: top, left: left, to: patch.base)
            }
            for channel in group * channelsPerGroup..<(group + 1) * channelsPerGroup {
              let sum = Element.dotProduct(row, w + channel * patchCount, count: patchCount)
              y[next] = stage.output(sum, channel: channel)
              next += 1
            }
          }
        }
      }
    }
  }

  private func copyPatch<Element: Factor>(
    from picture: UnsafePointer<Element>, top: Int, left: Int,
    to patch: UnsafeMutablePointer<Element>
  ) {
    let (height, width, channels) = (input[1], input[2], input[3])
    let depth = weights[3]
    var target = patch
    for k in 0..<weights[1] {
      let row = top + k * geometry.dilationHeight
      for l in 0..<weights[2] {
        let column = left + l * geometry.dilationWidth
        if row >= 0, row < height, column >= 0, column < width {
          target.update(from: picture + (row * width + column) * channels, count: depth)
        } else {
          target.update(repeating: Element.zero, count: depth)
        }
        target += depth
      }
    }
  }
}

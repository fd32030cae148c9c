import StanceKernels
import StanceTensors

/// A random convolution of any kind, with the reference kernels' results.
struct ConvolutionCase {
  let input: Shape
  let weights: Shape
  let output: Shape
  let geometry: WindowGeometry
  let description: String

  /// - Parameter isDepthwise: weights are `[1, kH, kW, C * m]`, else `[O, kH, kW, C / groups]`.
  init(using generator: inout SeededGenerator, isDepthwise: Bool) {
    func random(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
    let isPointwise = !isDepthwise && random(0...2) == 0
    let (kernelHeight, kernelWidth) =
      isPointwise ? (1, 1) : random(0...1) == 0 ? (3, 3) : (random(1...6), random(1...6))
    let (strideHeight, strideWidth) = isPointwise ? (1, 1) : (random(1...3), random(1...3))
    let isDilated = !isPointwise && random(0...3) == 0
    let (dilationHeight, dilationWidth) = isDilated ? (random(1...3), random(1...3)) : (1, 1)
    let channels = random(0...3) == 0 ? random(1...200) : random(1...40)
    let groups =
      !isDepthwise && random(0...7) == 0 ? [2, 3, 4].randomElement(using: &generator)! : 1
    let depth = max(channels / groups, 1)
    let multiplier = isDepthwise && random(0...7) == 0 ? random(2...3) : 1
    let outputs = isDepthwise ? depth * multiplier : random(1...(channels > 40 ? 40 : 200)) * groups
    let (reachHeight, reachWidth) = (
      (kernelHeight - 1) * dilationHeight + 1, (kernelWidth - 1) * dilationWidth + 1
    )
    let isSame = random(0...2) != 0
    let height = (isSame ? 1 : reachHeight) + random(0...9)
    let width = (isSame ? 1 : reachWidth) + random(0...19)
    func size(_ size: Int, _ reach: Int, _ stride: Int) -> (Int, Int) {
      guard isSame else { return ((size - reach) / stride + 1, 0) }
      let count = (size + stride - 1) / stride
      return (count, max((count - 1) * stride + reach - size, 0) / 2)
    }
    let (outputHeight, top) = size(height, reachHeight, strideHeight)
    let (outputWidth, left) = size(width, reachWidth, strideWidth)
    let batch = random(0...5) == 0 ? 2 : 1
    input = [batch, height, width, isDepthwise ? depth : depth * groups]
    weights =
      isDepthwise
      ? [1, kernelHeight, kernelWidth, outputs] : [outputs, kernelHeight, kernelWidth, depth]
    output = [batch, outputHeight, outputWidth, outputs]
    geometry = WindowGeometry(
      strideHeight: strideHeight, strideWidth: strideWidth, dilationHeight: dilationHeight,
      dilationWidth: dilationWidth, paddingTop: top, paddingLeft: left)
    description = "x \(input), w \(weights), y \(output), \(geometry)"
  }

  /// A random activation.
  func activation(using generator: inout SeededGenerator) -> FloatActivation {
    switch Int.random(in: 0...4, using: &generator) {
    case 0: .none
    case 1: .parametricReLU(generator.floats(output[3]))
    case 2: .hardSwish
    case 3: .clamp(0...Float.infinity)
    default: .clamp(-0.25...0.5)
    }
  }
}

extension FloatActivation {
  /// Applied to a number of a channel.
  func callAsFunction(_ x: Float, channel: Int) -> Float {
    switch self {
    case .none: x
    case .clamp(let bounds): min(max(x, bounds.lowerBound), bounds.upperBound)
    case .parametricReLU(let slopes): x < 0 ? x * slopes[channel] : x
    case .hardSwish: x * min(max(x + 3, 0), 6) / 6
    }
  }
}

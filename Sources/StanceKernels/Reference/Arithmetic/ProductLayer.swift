import StanceTensors

/// A layer that adds up products of its input and its weights, in floats or in 8-bit integers.
protocol ProductLayer {
  var channelCount: Int { get }

  /// - Parameters:
  ///   - x: the input's elements, less their zero point.
  ///   - w: the weights, less theirs.
  ///   - y: at least one element.
  func run<Element: Factor, Stage: OutputStage>(
    _ x: UnsafePointer<Element>, _ w: UnsafePointer<Element>, stage: Stage,
    output y: UnsafeMutableBufferPointer<Stage.Output>
  ) where Stage.Sum == Element.Sum
}

extension ProductLayer {
  /// Runs on float32.
  func run(
    _ input: TensorView, weights: TensorView, bias: TensorView?, output: MutableTensorView,
    bounds: ClosedRange<Float>
  ) {
    runNonempty(
      input.elements(of: Float.self), weights.elements(of: Float.self),
      stage: FloatStage(bias: bias?.elements(), bounds: bounds), output: output)
  }

  /// Runs on 8-bit integers of the output's type, with int32 bias.
  func run(
    _ input: TensorView, weights: TensorView, bias: TensorView?, output: MutableTensorView,
    requantization: Requantization
  ) {
    func run<Element: TensorElement & FixedWidthInteger>(_ type: Element.Type) {
      let x = Scratch(input.elements(of: type), zeroPoint: requantization.inputZeroPoint)
      let w = Scratch(weights.elements(of: type), zeroPoint: requantization.weightZeroPoint)
      runNonempty(
        UnsafeBufferPointer(x.elements), UnsafeBufferPointer(w.elements),
        stage: RequantizingStage<Element>(
          bias: bias?.elements(), requantization: requantization, channelCount: channelCount),
        output: output)
    }
    switch output.elementType {
    case .uint8: run(UInt8.self)
    default: run(Int8.self)
    }
  }

  private func runNonempty<Element: Factor, Stage: OutputStage>(
    _ x: UnsafeBufferPointer<Element>, _ w: UnsafeBufferPointer<Element>, stage: Stage,
    output: MutableTensorView
  ) where Stage.Sum == Element.Sum {
    let y = output.elements(of: Stage.Output.self)
    guard !y.isEmpty, let x = x.baseAddress, let w = w.baseAddress else { return }
    run(x, w, stage: stage, output: y)
  }
}

/// A convolution that adds up the products of all output channels of one pixel side by side.
protocol PixelConvolution: ProductLayer {
  var input: Shape { get }
  var output: Shape { get }

  /// Adds what the output pixel at `row` and `column` sees of one picture.
  func addProducts<Element: Factor>(
    _ picture: UnsafePointer<Element>, _ w: UnsafePointer<Element>, row: Int, column: Int,
    to sums: UnsafeMutablePointer<Element.Sum>)
}

extension PixelConvolution {
  var channelCount: Int { output[3] }

  func run<Element: Factor, Stage: OutputStage>(
    _ x: UnsafePointer<Element>, _ w: UnsafePointer<Element>, stage: Stage,
    output y: UnsafeMutableBufferPointer<Stage.Output>
  ) where Stage.Sum == Element.Sum {
    let channelCount = channelCount
    let sums = Scratch(repeating: Element.zeroSum, count: channelCount)
    var next = 0
    for n in 0..<output[0] {
      let picture = x + n * input[1] * input[2] * input[3]
      for row in 0..<output[1] {
        for column in 0..<output[2] {
          sums.base.update(repeating: Element.zeroSum, count: channelCount)
          addProducts(picture, w, row: row, column: column, to: sums.base)
          for channel in 0..<channelCount {
            y[next + channel] = stage.output(sums.base[channel], channel: channel)
          }
          next += channelCount
        }
      }
    }
  }
}

import StanceKernels
import StanceTensors
import Testing

@Suite struct FloatStemConvolutionTests {
  private static let pointwise = WindowGeometry(
    strideHeight: 1, strideWidth: 1, paddingTop: 0, paddingLeft: 0)

  /// Whatever is kept from band to band, and however rows are divided.
  @Test(arguments: InstructionSet.withFloatKernels)
  func equalsItsThreeParts(set: InstructionSet) throws {
    guard set.isTestable else { return }
    var compared = 0
    for seed in 0..<RandomCases.count {
      var generator = SeededGenerator(seed + 11_000)
      let shapes = ConvolutionCase(using: &generator, isDepthwise: true)
      guard shapes.weights[3] == shapes.input[3] else { continue }
      func buffer(_ shape: Shape) -> FloatBuffer {
        FloatBuffer(shape, generator.floats(shape.elementCount))
      }
      let (channels, stride) = (shapes.input[3], seed % 2 + 1)
      let depth = Int.random(in: 1...4, using: &generator)
      let columns = Int.random(in: 1...40, using: &generator)
      let x = buffer([
        shapes.input[0], (shapes.input[1] - 1) * stride + 1, (shapes.input[2] - 1) * stride + 1,
        depth,
      ])
      let weights = [
        buffer([channels, 3, 3, depth]), buffer(shapes.weights),
        buffer([columns, 1, 1, channels]),
      ]
      let first = FloatConvolution(
        input: x.shape, weights: weights[0].view, bias: nil, output: shapes.input,
        geometry: WindowGeometry(
          strideHeight: stride, strideWidth: stride, paddingTop: 1, paddingLeft: 1),
        epilogue: FloatEpilogue(before: .clamp(0...6)), instructionSets: [set])
      let depthwise = FloatDepthwiseConvolution(
        input: shapes.input, weights: weights[1].view, bias: nil, output: shapes.output,
        geometry: shapes.geometry, activation: .hardSwish, instructionSets: [set])
      let hasAddend = seed % 3 == 0
      let output = Shape(shapes.output.dropLast() + [columns])
      let last = FloatConvolution(
        input: shapes.output, weights: weights[2].view, bias: nil, output: output,
        geometry: Self.pointwise, epilogue: FloatEpilogue(hasAddend: hasAddend),
        instructionSets: [set])
      let separable = try #require(FloatSeparableConvolution(depthwise, last))
      // From a row at a time to all of them.
      let kernel = try #require(
        FloatStemConvolution(first, separable, bandByteCount: [0, 4 << 10, 1 << 20][seed / 2 % 3]))
      #expect(kernel.unitCount == output[0] * output[1])
      keep(weights)
      let addends = hasAddend ? [buffer(output)] : []
      let middle = FloatBuffer(
        shapes.input, run(first, [x], output: shapes.input, using: &generator))
      let expected = run(separable, [middle] + addends, output: output, using: &generator)
      let results = run(kernel, [x] + addends, output: output, using: &generator)
      #expect(
        results.map(\.bitPattern) == expected.map(\.bitPattern),
        "seed \(seed): \(shapes.description)")
      compared += results.count
    }
    #expect(compared > RandomCases.count * 100)
  }

  @Test func takesNoPointwiseConvolutionsAndNoSums() throws {
    let shape: Shape = [1, 4, 4, 2]
    func kernel(size: Int, hasAddend: Bool) throws -> FloatStemConvolution? {
      func convolution(_ size: Int, _ epilogue: FloatEpilogue) -> FloatConvolution {
        let weights = FloatBuffer([2, size, size, 2], Array(repeating: 1, count: 4 * size * size))
        defer { keep([weights]) }
        return FloatConvolution(
          input: shape, weights: weights.view, bias: nil, output: shape,
          geometry: WindowGeometry(
            strideHeight: 1, strideWidth: 1, paddingTop: size / 2, paddingLeft: size / 2),
          epilogue: epilogue)
      }
      let weights = FloatBuffer([1, 1, 1, 2], [1, 1])
      defer { keep([weights]) }
      let depthwise = FloatDepthwiseConvolution(
        input: shape, weights: weights.view, bias: nil, output: shape, geometry: Self.pointwise)
      let separable = try #require(
        FloatSeparableConvolution(depthwise, convolution(1, FloatEpilogue())))
      return FloatStemConvolution(
        convolution(size, FloatEpilogue(hasAddend: hasAddend)), separable)
    }
    #expect(try kernel(size: 3, hasAddend: false) != nil)
    #expect(try kernel(size: 1, hasAddend: false) == nil)
    #expect(try kernel(size: 3, hasAddend: true) == nil)
  }
}

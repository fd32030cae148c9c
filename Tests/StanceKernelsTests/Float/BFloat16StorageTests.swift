import StanceKernels
import StanceTensors
import Testing

/// What is stored as bfloat16 must be what float32 gives from the same numbers, rounded to nearest
/// even: the same bits.
@Suite struct BFloat16StorageTests {
  private static let pointwise = WindowGeometry(
    strideHeight: 1, strideWidth: 1, paddingTop: 0, paddingLeft: 0)

  /// Runs `kernel` with operands stored in every way.
  private func expectSameBits(
    _ kernel: some PreparedKernel, _ operands: [(shape: Shape, elements: [Float])],
    output: Shape, using generator: inout SeededGenerator, _ comment: String
  ) -> [Float] {
    #expect(kernel.takesBFloat16)
    let numbers = operands.map { $0.elements.map(\.roundedToBFloat16) }
    func buffers(_ precisions: [FloatPrecision]) -> [StoredBuffer] {
      operands.indices.map { index in
        StoredBuffer(
          operands[index].shape, numbers[index], as: precisions[index],
          misalignment: Int.random(in: 0..<16, using: &generator))
      }
    }
    let floats = run(
      kernel, buffers(operands.map { _ in .float32 }), output: output, as: .float32,
      using: &generator)
    for _ in 0..<3 {
      let precisions = operands.map { _ in
        Bool.random(using: &generator) ? FloatPrecision.bfloat16 : .float32
      }
      let results = run(
        kernel, buffers(precisions), output: output, as: .bfloat16, using: &generator)
      let isRounded = results.map(\.bitPattern) == floats.map(\.roundedToBFloat16.bitPattern)
      #expect(isRounded, "\(comment)")
      let others = run(
        kernel, buffers(precisions), output: output, as: .float32, using: &generator)
      let isSame = others.map(\.bitPattern) == floats.map(\.bitPattern)
      #expect(isSame, "\(comment)")
    }
    return floats
  }

  @Test(arguments: InstructionSet.withBFloat16Kernels)
  func convolution(set: InstructionSet) throws {
    guard set.isTestable else { return }
    var compared = 0
    for seed in 0..<RandomCases.count {
      var generator = SeededGenerator(seed + 11_000)
      let shapes = ConvolutionCase(using: &generator, isDepthwise: false)
      let weights = FloatBuffer(shapes.weights, generator.floats(shapes.weights.elementCount))
      let bias = FloatBuffer([shapes.output[3]], generator.floats(shapes.output[3]))
      let hasAddend = seed % 2 == 0
      let kernel = FloatConvolution(
        input: shapes.input, weights: weights.view, bias: bias.view, output: shapes.output,
        geometry: shapes.geometry,
        epilogue: FloatEpilogue(
          before: shapes.activation(using: &generator), hasAddend: hasAddend,
          after: shapes.activation(using: &generator)),
        precision: .bfloat16, instructionSets: [set])
      keep([weights, bias])
      var operands = [(shapes.input, generator.floats(shapes.input.elementCount))]
      if hasAddend {
        operands.append((shapes.output, generator.floats(shapes.output.elementCount)))
      }
      compared +=
        expectSameBits(
          kernel, operands, output: shapes.output, using: &generator,
          "seed \(seed): \(shapes.description)"
        ).count
    }
    #expect(compared > RandomCases.count * 100)
  }

  @Test(arguments: InstructionSet.withBFloat16Kernels)
  func depthwise(set: InstructionSet) throws {
    guard set.isTestable else { return }
    var compared = 0
    for seed in 0..<RandomCases.count {
      var generator = SeededGenerator(seed + 12_000)
      let shapes = ConvolutionCase(using: &generator, isDepthwise: true)
      let weights = FloatBuffer(shapes.weights, generator.floats(shapes.weights.elementCount))
      let bias =
        seed % 5 == 0 ? nil : FloatBuffer([shapes.output[3]], generator.floats(shapes.output[3]))
      let activation = shapes.activation(using: &generator)
      let kernel = BFloat16DepthwiseConvolution(
        input: shapes.input, weights: weights.view, bias: bias?.view, output: shapes.output,
        geometry: shapes.geometry, activation: activation, instructionSets: [set])
      let numbers = generator.floats(shapes.input.elementCount).map(\.roundedToBFloat16)
      let results = expectSameBits(
        kernel, [(shapes.input, numbers)], output: shapes.output, using: &generator,
        "seed \(seed): \(shapes.description)")
      let (x, sums) = (FloatBuffer(shapes.input, numbers), FloatBuffer(shapes.output))
      Reference.depthwiseConvolution(
        x.view, weights: weights.view, bias: bias?.view, output: sums.mutableView,
        geometry: shapes.geometry, bounds: -Float.infinity...Float.infinity)
      keep([x, weights, bias, sums])
      let expected = sums.elements.enumerated().map {
        activation($1, channel: $0 % shapes.output[3])
      }
      #expect(
        relativeError(results + [1], expected + [1]) <= 1e-5,
        "seed \(seed): \(shapes.description)")
      compared += results.count
    }
    #expect(compared > RandomCases.count * 100)
  }

  /// Neighbouring elements of a row side by side in a vector, where a pixel has few channels.
  @Test(arguments: InstructionSet.withBFloat16Kernels)
  func depthwiseOfFewChannels(set: InstructionSet) throws {
    guard set.isTestable else { return }
    for channels in [2, 4, 6, 8, 10, 12, 16, 18, 20, 24, 30, 32] {
      for (width, size) in [(1, 3), (5, 3), (31, 3), (40, 5)] {
        var generator = SeededGenerator(channels * 100 + width)
        let shape: Shape = [1, 6, width, channels]
        let weights = FloatBuffer(
          [1, size, size, channels], generator.floats(size * size * channels))
        let slopes = generator.floats(channels)
        let kernel = BFloat16DepthwiseConvolution(
          input: shape, weights: weights.view, bias: nil, output: shape,
          geometry: WindowGeometry(
            strideHeight: 1, strideWidth: 1, paddingTop: size / 2, paddingLeft: size / 2),
          activation: .parametricReLU(slopes), instructionSets: [set])
        let numbers = generator.floats(shape.elementCount).map(\.roundedToBFloat16)
        let results = expectSameBits(
          kernel, [(shape, numbers)], output: shape, using: &generator, "\(channels) channels")
        let (x, sums) = (FloatBuffer(shape, numbers), FloatBuffer(shape))
        Reference.depthwiseConvolution(
          x.view, weights: weights.view, bias: nil, output: sums.mutableView,
          geometry: WindowGeometry(
            strideHeight: 1, strideWidth: 1, paddingTop: size / 2, paddingLeft: size / 2),
          bounds: -Float.infinity...Float.infinity)
        keep([x, weights, sums])
        let activation = FloatActivation.parametricReLU(slopes)
        let expected = sums.elements.enumerated().map {
          activation($1, channel: $0 % channels)
        }
        #expect(relativeError(results + [1], expected + [1]) <= 1e-5, "\(channels) channels")
      }
    }
  }

  @Test(arguments: InstructionSet.withBFloat16Kernels)
  func separableEqualsItsTwoParts(set: InstructionSet) throws {
    guard set.isTestable else { return }
    for seed in 0..<RandomCases.count {
      var generator = SeededGenerator(seed + 13_000)
      let shapes = ConvolutionCase(using: &generator, isDepthwise: true)
      let columns = Int.random(in: 1...70, using: &generator)
      let first = FloatBuffer(shapes.weights, generator.floats(shapes.weights.elementCount))
      let second = FloatBuffer(
        [columns, 1, 1, shapes.output[3]], generator.floats(columns * shapes.output[3]))
      let shape = Shape(shapes.output.dropLast() + [columns])
      let depthwise = BFloat16DepthwiseConvolution(
        input: shapes.input, weights: first.view, bias: nil, output: shapes.output,
        geometry: shapes.geometry, activation: .clamp(0...6), instructionSets: [set])
      let pointwise = FloatConvolution(
        input: shapes.output, weights: second.view, bias: nil, output: shape,
        geometry: Self.pointwise, precision: .bfloat16, instructionSets: [set])
      let kernel = try #require(FloatSeparableConvolution(depthwise, pointwise))
      keep([first, second])
      let numbers = generator.floats(shapes.input.elementCount)
      let results = expectSameBits(
        kernel, [(shapes.input, numbers)], output: shape, using: &generator, "seed \(seed)")
      let middle = run(
        depthwise, [StoredBuffer(shapes.input, numbers, as: .bfloat16)], output: shapes.output,
        as: .bfloat16, using: &generator)
      let expected = run(
        pointwise, [StoredBuffer(shapes.output, middle, as: .bfloat16)], output: shape,
        as: .float32, using: &generator)
      let isSame = results.map(\.bitPattern) == expected.map(\.bitPattern)
      #expect(isSame, "seed \(seed): \(shapes.description)")
    }
  }

  @Test(arguments: InstructionSet.withBFloat16Kernels)
  func resize(set: InstructionSet) throws {
    guard set.isTestable else { return }
    for seed in 0..<RandomCases.count {
      var generator = SeededGenerator(seed)
      let input: Shape = [
        generator.number(in: 1...2), generator.number(in: 1...9), generator.number(in: 1...9),
        generator.number(in: 1...50),
      ]
      let output: Shape = [
        input[0], generator.number(in: 1...20), generator.number(in: 1...20), input[3],
      ]
      let (alignsCorners, usesHalfPixelCenters) = (seed % 3 == 0, seed % 3 == 1)
      let numbers = generator.floats(input.elementCount).map(\.roundedToBFloat16)
      let kernel = FloatResizeBilinear(
        input: input, output: output, alignsCorners: alignsCorners,
        usesHalfPixelCenters: usesHalfPixelCenters, precision: .bfloat16, instructionSets: [set])
      let results = expectSameBits(
        kernel, [(input, numbers)], output: output, using: &generator, "seed \(seed)")
      let (x, expected) = (FloatBuffer(input, numbers), FloatBuffer(output))
      Reference.resizeBilinearFloat(
        x.view, output: expected.mutableView, alignsCorners: alignsCorners,
        usesHalfPixelCenters: usesHalfPixelCenters)
      keep([x, expected])
      #expect(relativeError(results + [1], expected.elements + [1]) <= 1e-6, "seed \(seed)")
    }
  }
}

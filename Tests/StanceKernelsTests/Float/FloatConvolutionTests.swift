import StanceKernels
import StanceTensors
import Testing

private let unbounded = -Float.infinity...Float.infinity

@Suite struct FloatConvolutionTests {
  @Test(arguments: InstructionSet.withFloatKernels)
  func matchesTheReference(set: InstructionSet) throws {
    try compare(precision: .float32, set: set)
  }

  @Test(arguments: InstructionSet.withBFloat16Kernels)
  func matchesTheReferenceOfRoundedFactors(set: InstructionSet) throws {
    try compare(precision: .bfloat16, set: set)
  }

  private func compare(precision: FloatPrecision, set: InstructionSet) throws {
    guard set.isTestable else { return }
    var compared = 0
    for seed in 0..<RandomCases.count {
      var generator = SeededGenerator(seed)
      let shapes = ConvolutionCase(using: &generator, isDepthwise: false)
      func buffer(_ shape: Shape) -> FloatBuffer {
        FloatBuffer(
          shape, generator.floats(shape.elementCount),
          misalignment: Int.random(in: 0..<16, using: &generator))
      }
      let (x, weights) = (buffer(shapes.input), buffer(shapes.weights))
      let bias = seed % 5 == 0 ? nil : buffer([shapes.output[3]])
      let addend = seed % 3 == 0 ? buffer(shapes.output) : nil
      let epilogue = FloatEpilogue(
        before: addend == nil ? .none : shapes.activation(using: &generator),
        hasAddend: addend != nil, after: shapes.activation(using: &generator))
      let kernel = FloatConvolution(
        input: shapes.input, weights: weights.view, bias: bias?.view, output: shapes.output,
        geometry: shapes.geometry, epilogue: epilogue, precision: precision,
        instructionSets: [set])
      #expect(kernel.name.hasSuffix(set.rawValue))
      let operands = [x] + (addend.map { [$0] } ?? [])
      let results = run(kernel, operands, output: shapes.output, using: &generator)
      let again = run(kernel, operands, output: shapes.output, using: &generator)
      #expect(
        results.map(\.bitPattern) == again.map(\.bitPattern),
        "seed \(seed): other units, other bits; \(shapes.description)")

      let sums = FloatBuffer(shapes.output)
      let factors = precision == .bfloat16 ? [x, weights].map(rounded) : [x, weights]
      Reference.convolution(
        factors[0].view, weights: factors[1].view, bias: bias?.view, output: sums.mutableView,
        geometry: shapes.geometry, bounds: unbounded)
      keep([x, weights, bias, addend, sums] + factors)
      let others = addend?.elements
      let expected = sums.elements.enumerated().map { index, sum in
        let channel = index % shapes.output[3]
        let first = epilogue.before(sum, channel: channel)
        return epilogue.after(first + (others?[index] ?? 0), channel: channel)
      }
      let scale = max(1, sums.elements.map(\.magnitude).max() ?? 1)
      let error = relativeError(results + [scale], expected + [scale])
      #expect(error <= 1e-5, "seed \(seed): \(shapes.description)")
      compared += results.count
    }
    #expect(compared > RandomCases.count * 100)
  }

  @Test(arguments: InstructionSet.withFloatKernels)
  func fewColumnsMatchTheReference(set: InstructionSet) throws {
    guard set.isTestable else { return }
    var compared = 0
    for seed in 0..<RandomCases.count {
      var generator = SeededGenerator(seed + 900)
      let (height, width) = (generator.number(in: 1...9), generator.number(in: 1...40))
      let (depth, columns) = (generator.number(in: 1...70), 1 + seed % 3)
      let size = seed % 2 == 0 ? 1 : 3
      let x = FloatBuffer([1, height, width, depth], generator.floats(height * width * depth))
      let weights = FloatBuffer(
        [columns, size, size, depth], generator.floats(columns * size * size * depth))
      let bias = FloatBuffer([columns], generator.floats(columns))
      let output: Shape = [1, height, width, columns]
      let addend = FloatBuffer(output, generator.floats(output.elementCount))
      let slopes = generator.floats(columns)
      let epilogue = FloatEpilogue(
        before: seed % 3 == 0 ? .parametricReLU(slopes) : .clamp(-1...1), hasAddend: true,
        after: .clamp(-1...1.5))
      let geometry = WindowGeometry(
        strideHeight: 1, strideWidth: 1, paddingTop: size / 2, paddingLeft: size / 2)
      let kernel = FloatConvolution(
        input: x.shape, weights: weights.view, bias: bias.view, output: output,
        geometry: geometry, epilogue: epilogue, instructionSets: [set])
      let results = run(kernel, [x, addend], output: output, using: &generator)
      let again = run(kernel, [x, addend], output: output, using: &generator)
      #expect(results.map(\.bitPattern) == again.map(\.bitPattern), "seed \(seed)")
      let sums = FloatBuffer(output)
      Reference.convolution(
        x.view, weights: weights.view, bias: bias.view, output: sums.mutableView,
        geometry: geometry, bounds: unbounded)
      let others = addend.elements
      let expected = sums.elements.enumerated().map { index, sum in
        let channel = index % columns
        return epilogue.after(
          epilogue.before(sum, channel: channel) + others[index], channel: channel)
      }
      let scale = max(1, sums.elements.map(\.magnitude).max() ?? 1)
      #expect(relativeError(results + [scale], expected + [scale]) <= 1e-5, "seed \(seed)")
      keep([x, weights, bias, addend, sums])
      compared += results.count
    }
    #expect(compared > RandomCases.count * 10)
  }

  private func rounded(_ buffer: FloatBuffer) -> FloatBuffer {
    FloatBuffer(buffer.shape, buffer.elements.map(\.roundedToBFloat16))
  }

  @Test(arguments: InstructionSet.withFloatKernels)
  func separableEqualsItsTwoParts(set: InstructionSet) throws {
    guard set.isTestable else { return }
    for seed in 0..<RandomCases.count {
      var generator = SeededGenerator(seed + 7_000)
      let shapes = ConvolutionCase(using: &generator, isDepthwise: true)
      let columns = Int.random(in: 1...70, using: &generator)
      let x = FloatBuffer(shapes.input, generator.floats(shapes.input.elementCount))
      let first = FloatBuffer(shapes.weights, generator.floats(shapes.weights.elementCount))
      let second = FloatBuffer(
        [columns, 1, 1, shapes.output[3]], generator.floats(columns * shapes.output[3]))
      let shape = Shape(shapes.output.dropLast() + [columns])
      let depthwise = FloatDepthwiseConvolution(
        input: shapes.input, weights: first.view, bias: nil, output: shapes.output,
        geometry: shapes.geometry, activation: .clamp(0...6), instructionSets: [set])
      let pointwise = FloatConvolution(
        input: shapes.output, weights: second.view, bias: nil, output: shape,
        geometry: WindowGeometry(strideHeight: 1, strideWidth: 1, paddingTop: 0, paddingLeft: 0),
        instructionSets: [set])
      let kernel = try #require(FloatSeparableConvolution(depthwise, pointwise))
      keep([first, second])
      let middle = run(depthwise, [x], output: shapes.output, using: &generator)
      let expected = run(
        pointwise, [FloatBuffer(shapes.output, middle)], output: shape, using: &generator)
      let results = run(kernel, [x], output: shape, using: &generator)
      #expect(
        results.map(\.bitPattern) == expected.map(\.bitPattern),
        "seed \(seed): \(shapes.description)")
    }
  }

  @Test(arguments: InstructionSet.withFloatKernels)
  func transposeMatchesTheReference(set: InstructionSet) throws {
    guard set.isTestable else { return }
    for seed in 0..<RandomCases.count {
      var generator = SeededGenerator(seed)
      func random(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
      let (stride, kernel) = (random(1...3), random(1...5))
      let padding = random(0...(kernel - 1))
      let input: Shape = [random(1...2), random(1...6), random(1...9), random(1...40)]
      let height = max(1, (input[1] - 1) * stride + kernel - padding)
      let width = max(1, (input[2] - 1) * stride + kernel - padding)
      let output: Shape = [input[0], height, width, random(1...70)]
      let weights: Shape = [output[3], kernel, kernel, input[3]]
      let x = FloatBuffer(input, generator.floats(input.elementCount))
      let w = FloatBuffer(weights, generator.floats(weights.elementCount))
      let bias = FloatBuffer([output[3]], generator.floats(output[3]))
      let geometry = WindowGeometry(
        strideHeight: stride, strideWidth: stride, paddingTop: padding / 2,
        paddingLeft: padding - padding / 2)
      let prepared = FloatTransposeConvolution(
        input: input, weights: w.view, bias: bias.view, output: output, geometry: geometry,
        activation: .clamp(-1...3), instructionSets: [set])
      let expected = FloatBuffer(output)
      Reference.transposeConvolution(
        x.view, weights: w.view, bias: bias.view, output: expected.mutableView,
        geometry: geometry, bounds: -1...3)
      keep([w, bias, expected])
      let results = run(prepared, [x], output: output, using: &generator)
      #expect(relativeError(results, expected.elements) <= 1e-5, "seed \(seed)")
    }
  }
}

extension Float {
  /// The nearest bfloat16, ties to even.
  var roundedToBFloat16: Float {
    let bits = bitPattern
    return Float(bitPattern: (bits &+ 0x7FFF &+ (bits >> 16 & 1)) & 0xFFFF_0000)
  }
}

import StanceKernels
import StanceTensors
import Testing

@Suite struct FloatDepthwiseConvolutionTests {
  @Test(arguments: InstructionSet.withFloatKernels)
  func matchesTheReference(set: InstructionSet) throws {
    guard set.isTestable else { return }
    var compared = 0
    for seed in 0..<RandomCases.count {
      var generator = SeededGenerator(seed)
      let shapes = ConvolutionCase(using: &generator, isDepthwise: true)
      let x = FloatBuffer(
        shapes.input, generator.floats(shapes.input.elementCount),
        misalignment: Int.random(in: 0..<16, using: &generator))
      let weights = FloatBuffer(shapes.weights, generator.floats(shapes.weights.elementCount))
      let bias =
        seed % 5 == 0 ? nil : FloatBuffer([shapes.output[3]], generator.floats(shapes.output[3]))
      let activation = shapes.activation(using: &generator)
      let kernel = FloatDepthwiseConvolution(
        input: shapes.input, weights: weights.view, bias: bias?.view, output: shapes.output,
        geometry: shapes.geometry, activation: activation, instructionSets: [set])
      let results = run(kernel, [x], output: shapes.output, using: &generator)
      let again = run(kernel, [x], output: shapes.output, using: &generator)
      #expect(results.map(\.bitPattern) == again.map(\.bitPattern), "seed \(seed)")
      let sums = FloatBuffer(shapes.output)
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

  @Test(arguments: InstructionSet.withFloatKernels)
  func infinitiesBesideTheBorderStayThere(set: InstructionSet) throws {
    guard set.isTestable else { return }
    var generator = SeededGenerator(1)
    for size in [3, 5] {
      var elements = [Float](repeating: 1, count: 6 * 6 * 17)
      elements[0] = .infinity
      let x = FloatBuffer([1, 6, 6, 17], elements)
      let w = FloatBuffer(
        [1, size, size, 17], [Float](repeating: 0.5, count: size * size * 17))
      let kernel = FloatDepthwiseConvolution(
        input: x.shape, weights: w.view, bias: nil, output: x.shape,
        geometry: WindowGeometry(
          strideHeight: 1, strideWidth: 1, paddingTop: size / 2, paddingLeft: size / 2),
        instructionSets: [set])
      let results = run(kernel, [x], output: x.shape, using: &generator)
      keep([w])
      let infinite = results.indices.filter { results[$0].isInfinite }
      let reach = size / 2 + 1
      #expect(infinite.count == reach * reach && infinite.allSatisfy { $0 % 17 == 0 })
      #expect(results.filter(\.isNaN).isEmpty)
    }
  }
}

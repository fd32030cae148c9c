import StanceKernels
import StanceTensors
import Testing

@Suite struct FloatSparseConvolutionTests {
  @Test(arguments: InstructionSet.withFloatKernels)
  func matchesTheReference(set: InstructionSet) throws {
    guard set.isTestable else { return }
    var (compared, kernels, names) = (0, 0, Set<String>())
    for seed in 0..<RandomCases.count {
      var generator = SeededGenerator(seed)
      let layers = SparseCase(using: &generator)
      guard
        let kernel = FloatSparseConvolution(
          layers.layers, input: layers.x.shape, output: layers.output, instructionSets: [set])
      else { continue }
      let results = run(kernel, layers.inputs, output: layers.output, using: &generator)
      let again = run(kernel, layers.inputs, output: layers.output, using: &generator)
      layers.keepBuffers()
      #expect(results.map(\.bitPattern) == again.map(\.bitPattern), "seed \(seed)")
      #expect(
        relativeError(results + [1], layers.expected + [1]) <= 1e-5,
        "seed \(seed): \(layers.description)")
      compared += results.count
      kernels += 1
      names.insert(kernel.name)
    }
    #expect(kernels * 4 > RandomCases.count * 3 && compared > RandomCases.count * 100)
    #expect(names.count == 4)
  }

  @Test(arguments: InstructionSet.withFloatKernels)
  func whatIsTimesZeroIsLeftOut(set: InstructionSet) throws {
    guard set.isTestable else { return }
    var generator = SeededGenerator(2)
    let x = FloatBuffer([1, 3, 3, 2], (0..<9).flatMap { [Float($0), Float.infinity] })
    let weights = FloatBuffer([3, 1, 1, 2], [2, 0, 0, 0, 1, 1])
    let projection = SparseLayers.Pointwise(
      weights: weights.view, bias: nil, epilogue: FloatEpilogue())
    let kernel = try #require(
      FloatSparseConvolution(
        SparseLayers(projection: projection), input: x.shape, output: [1, 3, 3, 3],
        instructionSets: [set]))
    let results = run(kernel, [x], output: [1, 3, 3, 3], using: &generator)
    keep([weights])
    #expect(results == (0..<9).flatMap { [Float(2 * $0), 0, .infinity] })
  }

  @Test func layersThatDoNotFitAreNone() {
    let weights = FloatBuffer([4, 1, 1, 3], [Float](repeating: 1, count: 12))
    let layer = SparseLayers.Pointwise(
      weights: weights.view, bias: nil, epilogue: FloatEpilogue())
    func kernel(_ layers: SparseLayers, _ input: Shape, _ output: Shape) -> Bool {
      FloatSparseConvolution(layers, input: input, output: output) != nil
    }
    #expect(kernel(SparseLayers(projection: layer), [1, 2, 2, 3], [1, 2, 2, 4]))
    #expect(!kernel(SparseLayers(projection: layer), [1, 2, 2, 4], [1, 2, 2, 4]))
    #expect(!kernel(SparseLayers(projection: layer), [1, 2, 2, 3], [1, 2, 3, 4]))
    #expect(!kernel(SparseLayers(projection: layer), [1, 0, 2, 3], [1, 0, 2, 4]))
    #expect(!kernel(SparseLayers(expansion: layer), [1, 2, 2, 3], [1, 2, 2, 4]))
    #expect(!kernel(SparseLayers(), [1, 2, 2, 3], [1, 2, 2, 3]))
    keep([weights])
  }
}

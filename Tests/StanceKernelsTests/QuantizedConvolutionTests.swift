import StanceTensors
import Testing

@testable import StanceKernels

@Suite struct QuantizedConvolutionTests {
  static let sets = PackedByteMatrix.instructionSets
  static let missing = sets.filter { !InstructionSet.available.contains($0) }.map(\.rawValue)

  @Test(arguments: [ElementType.uint8, .int8])
  func randomLayersEqualTheReference(_ type: ElementType) throws {
    var random = SeededGenerator(seed: type == .uint8 ? 1 : 2)
    var compared = 0
    var coverage = LayerCoverage()
    for index in 0..<RandomCases.count {
      let layer = try randomLayer(&random, type)
      coverage.add(layer)
      let expected = layer.expected(isDepthwise: false)
      for set in Self.sets where InstructionSet.available.contains(set) {
        let kernel = try #require(prepare(layer, [.scalar, set]))
        let actual = layer.actual(
          of: kernel, misalignment: random.number(in: 0...63), groupCount: random.number(in: 1...9))
        #expect(actual == expected, "case \(index), \(kernel.name): \(layer)")
        compared += expected.count
      }
    }
    #expect(compared > 0)
    // Fewer cases than usual cannot have had everything.
    guard RandomCases.count >= 300 else { return }
    let missing = coverage.missing([
      "kernel height": 5, "kernel width": 5, "stride along height": 3, "stride along width": 3,
      "dilation along height": 3, "dilation along width": 3, "padding above": 4,
      "padding on the left": 4, "channels": 60, "output channels": 60, "input zero point": 100,
      "weight zero point": 10, "output zero point": 100, "one scale or many": 2, "bias": 2,
      "batch": 3,
    ])
    #expect(missing.isEmpty)
    let channels = try #require(coverage.range(of: "channels"))
    #expect(channels.lowerBound == 1 && channels.upperBound > 190)
  }

  @Test(
    .disabled(if: missing.isEmpty, "this machine has all instruction sets"), arguments: missing)
  func skippedBecauseTheMachineLacks(_ set: String) throws {
    try Test.cancel("no kernel for \(set) can run here")
  }

  private func prepare(
    _ layer: RandomWindowLayer, _ sets: [InstructionSet]
  ) -> QuantizedConvolution? {
    layer.withConstants { weights, bias in
      QuantizedConvolution(
        input: layer.input, weights: weights, bias: bias, output: layer.output,
        geometry: layer.geometry, requantization: layer.requantization, instructionSets: sets)
    }
  }

  private func randomLayer(
    _ random: inout SeededGenerator, _ type: ElementType
  ) throws -> RandomWindowLayer {
    if random.once(in: 6) {
      return try RandomWindowLayer(
        &random, type: type, kernel: (3, 3), stride: (random.number(in: 1...2), 2),
        dilation: (1, 1), isSame: !random.once(in: 3), channels: 3,
        outputChannels: random.number(in: 1...33),
        size: (random.number(in: 3...9), random.number(in: 3...70)))
    }
    let isPointwise = random.once(in: 3)
    let kernel = isPointwise ? (1, 1) : (random.number(in: 1...5), random.number(in: 1...5))
    let stride = random.once(in: 2) ? (1, 1) : (random.number(in: 1...3), random.number(in: 1...3))
    let dilation =
      random.once(in: 3) ? (random.number(in: 1...3), random.number(in: 1...3)) : (1, 1)
    let widths = [1, 2, 3, 4, 5, 15, 16, 17, 31, 32, 33, 47, 48, 49, 63, 64, 65, 129]
    return try RandomWindowLayer(
      &random, type: type, kernel: kernel, stride: stride, dilation: dilation,
      isSame: !random.once(in: 3),
      channels: random.once(in: 2) ? random.number(in: 1...200) : random.number(in: 1...12),
      outputChannels: random.once(in: 2) ? random.pick(widths) : random.number(in: 1...200),
      size: (random.number(in: 1...9), random.number(in: 1...(isPointwise ? 40 : 14))),
      batch: random.once(in: 8) ? random.number(in: 0...2) : 1)
  }
}

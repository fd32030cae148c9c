import StanceTensors
import Testing

@testable import StanceKernels

@Suite struct QuantizedDepthwiseConvolutionTests {
  static let sets = PackedByteChannels.instructionSets
  static let missing = sets.filter { !InstructionSet.available.contains($0) }.map(\.rawValue)

  @Test(arguments: [ElementType.uint8, .int8])
  func randomLayersEqualTheReference(_ type: ElementType) throws {
    var random = SeededGenerator(seed: type == .uint8 ? 3 : 4)
    var compared = 0
    var coverage = LayerCoverage()
    for index in 0..<RandomCases.count {
      let layer = try randomLayer(&random, type)
      coverage.add(layer)
      let expected = layer.expected(isDepthwise: true)
      for set in Self.sets where InstructionSet.available.contains(set) {
        let kernel = try #require(
          layer.withConstants { weights, bias in
            QuantizedDepthwiseConvolution(
              input: layer.input, weights: weights, bias: bias, output: layer.output,
              geometry: layer.geometry, requantization: layer.requantization,
              instructionSets: [.scalar, set])
          })
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
      "weight zero point": 8, "output zero point": 100, "one scale or many": 2, "bias": 2,
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

  private func randomLayer(
    _ random: inout SeededGenerator, _ type: ElementType
  ) throws -> RandomWindowLayer {
    let isThreeByThree = !random.once(in: 3)
    let size = random.once(in: 2) ? (5, 5) : (random.number(in: 1...6), random.number(in: 1...6))
    let stride =
      random.once(in: 2)
      ? (1, 1) : random.once(in: 2) ? (2, 2) : (random.number(in: 1...3), random.number(in: 1...3))
    let dilation =
      random.once(in: 3) ? (random.number(in: 1...3), random.number(in: 1...4)) : (1, 1)
    let widths = [1, 2, 3, 8, 15, 16, 17, 24, 31, 32, 33, 63, 64, 65, 127, 128, 129]
    return try RandomWindowLayer(
      &random, type: type, kernel: isThreeByThree ? (3, 3) : size, stride: stride,
      dilation: dilation, isSame: !random.once(in: 3),
      channels: random.once(in: 2) ? random.pick(widths) : random.number(in: 1...200),
      outputChannels: 0, multiplier: random.once(in: 8) ? random.number(in: 2...3) : 1,
      size: (random.number(in: 1...9), random.number(in: 1...40)),
      batch: random.once(in: 8) ? random.number(in: 0...2) : 1)
  }
}

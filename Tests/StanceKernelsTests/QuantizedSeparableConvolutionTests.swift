import StanceTensors
import Testing

@testable import StanceKernels

@Suite struct QuantizedSeparableConvolutionTests {
  @Test(arguments: [ElementType.uint8, .int8])
  func fusedEqualsOneAfterTheOther(_ type: ElementType) throws {
    var random = SeededGenerator(seed: type == .uint8 ? 31 : 32)
    var compared = 0
    for index in 0..<RandomCases.count / 3 {
      let stride = random.number(in: 1...2)
      let first = try RandomWindowLayer(
        &random, type: type, kernel: (3, 3), stride: (stride, stride), dilation: (1, 1),
        isSame: true, channels: random.number(in: 1...150), outputChannels: 0, multiplier: 1,
        size: (random.number(in: 1...9), random.number(in: 1...60)))
      let second = try RandomWindowLayer(
        &random, type: type, kernel: (1, 1), stride: (1, 1), dilation: (1, 1), isSame: true,
        channels: first.output[3], outputChannels: random.number(in: 1...150),
        size: (first.output[1], first.output[2]))
      let x = GuardedBuffer(first.x, misalignment: index % 64)
      let middle = GuardedBuffer(count: first.output.elementCount)
      let separate = GuardedBuffer(count: second.output.elementCount)
      let fused = GuardedBuffer(count: second.output.elementCount)
      defer { withExtendedLifetime((x, middle)) {} }
      for set in PackedByteMatrix.instructionSets where InstructionSet.available.contains(set) {
        let sets = [InstructionSet.scalar, set]
        let depthwise = try #require(
          first.withConstants {
            QuantizedDepthwiseConvolution(
              input: first.input, weights: $0, bias: $1, output: first.output,
              geometry: first.geometry, requantization: first.requantization,
              instructionSets: sets)
          })
        let pointwise = try #require(
          second.withConstants {
            QuantizedConvolution(
              input: second.input, weights: $0, bias: $1, output: second.output,
              geometry: second.geometry, requantization: second.requantization,
              instructionSets: sets)
          })
        let kernel = try #require(QuantizedSeparableConvolution(depthwise, pointwise))
        var kept = depthwise.runInGroups(
          of: 99, inputs: [x.view(first.input, type)],
          outputs: [middle.mutableView(first.output, type)])
        kept =
          kept
          && pointwise.runInGroups(
            of: 99, inputs: [middle.view(second.input, type)],
            outputs: [separate.mutableView(second.output, type)])
        kept =
          kept
          && kernel.runInGroups(
            of: random.number(in: 1...20), inputs: [x.view(first.input, type)],
            outputs: [fused.mutableView(second.output, type)])
        #expect(kept && fused.canariesAreWhole)
        #expect(fused.bytes == separate.bytes, "case \(index), \(kernel.name): \(first)")
        compared += fused.count
      }
    }
    #expect(compared > 0)
  }
}

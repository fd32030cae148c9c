import StanceTensors
import Testing

@testable import StanceKernels

@Suite struct QuantizedFullyConnectedTests {
  @Test(arguments: [ElementType.uint8, .int8])
  func randomLayersEqualTheReference(_ type: ElementType) throws {
    var random = SeededGenerator(seed: type == .uint8 ? 5 : 6)
    var compared = 0
    for index in 0..<RandomCases.count / 3 {
      // A fully connected layer is a convolution of pictures of one row.
      let layer = try RandomWindowLayer(
        &random, type: type, kernel: (1, 1), stride: (1, 1), dilation: (1, 1), isSame: false,
        channels: random.number(in: 1...300), outputChannels: random.number(in: 1...200),
        size: (1, random.number(in: 1...9)))
      let expected = layer.expected(isDepthwise: false)
      let shape = Shape([layer.weights[0], layer.weights[3]])
      for set in PackedByteMatrix.instructionSets where InstructionSet.available.contains(set) {
        let kernel = try #require(
          layer.withConstants { weights, bias in
            let matrix = TensorView(
              shape: shape, elementType: type, quantization: nil, bytes: weights.bytes)
            return QuantizedFullyConnected(
              input: layer.input, weights: matrix, bias: bias, output: layer.output,
              requantization: layer.requantization, instructionSets: [.scalar, set])
          })
        let actual = layer.actual(
          of: kernel, misalignment: random.number(in: 0...63), groupCount: random.number(in: 1...3))
        #expect(actual == expected, "case \(index), \(kernel.name): \(layer)")
        compared += expected.count
      }
    }
    #expect(compared > 0)
  }
}

import StanceTensors
import Testing

@testable import StanceGraph

@Suite struct PassTests {
  private func value(
    _ name: String, _ shape: Shape, _ type: ElementType = .float32,
    quantization: Quantization? = nil, constant: [Int32]? = nil
  ) -> Value {
    Value(
      name: name, elementType: type, shape: shape, quantization: quantization,
      constant: constant.map { $0.withUnsafeBytes { Bytes(copying: $0) } })
  }

  /// x, PAD, CONV_2D with weights of 3x3.
  private func paddedConvolution(
    _ amounts: [Int32], padding: Padding = .valid, isRead: Bool = false
  ) -> Graph {
    Graph(
      values: [
        value("x", [1, 4, 4, 1]), value("amounts", [4, 2], .int32, constant: amounts),
        value("padded", [1, 6, 6, 1]), value("w", [1, 3, 3, 1]), value("y", [1, 4, 4, 1]),
      ],
      nodes: [
        Node(
          operation: .pad(Pad(hasConstant: false)), inputs: [ValueID(0), ValueID(1)],
          outputs: [ValueID(2)]),
        Node(
          operation: .convolution(Convolution(padding: padding)),
          inputs: [ValueID(2), ValueID(3), nil], outputs: [ValueID(4)]),
      ],
      inputs: [ValueID(0), ValueID(3)],
      outputs: isRead ? [ValueID(4), ValueID(2)] : [ValueID(4)])
  }

  @Test func paddingBecomesTheConvolutions() throws {
    let graph = paddedConvolution([0, 0, 1, 2, 3, 4, 0, 0]).simplified
    let node = try #require(graph.nodes.first)
    #expect(graph.nodes.count == 1 && node.number == 1)
    #expect(node.inputs[0] == ValueID(0))
    let padding = Padding.explicit(top: 1, bottom: 2, left: 3, right: 4)
    #expect(node.operation == .convolution(Convolution(padding: padding)))
  }

  @Test func paddingThatIsNeededStays() {
    #expect(paddedConvolution([0, 0, 1, 1, 1, 1, 0, 1]).simplified.nodes.count == 2)
    #expect(paddedConvolution([0, 0, -1, 1, 1, 1, 0, 0]).simplified.nodes.count == 2)
    #expect(
      paddedConvolution([0, 0, 1, 1, 1, 1, 0, 0], padding: .same).simplified.nodes.count == 2)
    #expect(paddedConvolution([0, 0, 1, 1, 1, 1, 0, 0], isRead: true).simplified.nodes.count == 2)
  }

  @Test func explicitPaddingCountsBothSides() throws {
    let axis = try WindowAxis(
      size: 10, window: 3, stride: 2, padding: .explicit(before: 1, after: 2))
    #expect(axis.outputSize == 6 && axis.paddingBefore == 1)
    #expect(throws: GraphError.self) {
      _ = try WindowAxis(size: 10, window: 3, stride: 2, padding: .explicit(before: -1, after: 0))
    }
  }

  /// q, DEQUANTIZE, QUANTIZE, RESHAPE.
  private func requantized(to quantization: Quantization) -> Graph {
    let first = Quantization(scale: 0.5, zeroPoint: 3)
    return Graph(
      values: [
        value("q", [4], .uint8, quantization: first), value("r", [4]),
        value("s", [4], .uint8, quantization: quantization),
        value("t", [2, 2], .uint8, quantization: quantization),
      ],
      nodes: [
        Node(operation: .dequantize, inputs: [ValueID(0)], outputs: [ValueID(1)]),
        Node(operation: .quantize, inputs: [ValueID(1)], outputs: [ValueID(2)]),
        Node(
          operation: .reshape(Reshape(shape: [2, 2])), inputs: [ValueID(2)],
          outputs: [ValueID(3)]),
      ], inputs: [ValueID(0)], outputs: [ValueID(3)])
  }

  @Test func quantizingWhatWasDequantizedIsCancelled() throws {
    let graph = requantized(to: Quantization(scale: 0.5, zeroPoint: 3)).simplified
    let node = try #require(graph.nodes.first)
    #expect(graph.nodes.count == 1)
    #expect(node.inputs == [ValueID(0)] && node.number == 2)
  }

  @Test func quantizingToAnotherScaleStays() {
    let graph = requantized(to: Quantization(scale: 0.25, zeroPoint: 3)).simplified
    #expect(graph.nodes.count == 3)
  }
}

import StanceTensors
import Testing

@testable import StanceGraph

@Suite struct MultiplyAddTests {
  private let window = Convolution(padding: .same)

  /// The multiply-adds of one operator on values of these shapes, the last one its result.
  private func multiplyAdds(
    _ operation: Operation, _ shapes: [Shape], signature: [Int?]? = nil
  ) -> Int? {
    var values = shapes.enumerated().map {
      Value(name: "\($0)", elementType: .float32, shape: $1)
    }
    values[values.count - 1].shapeSignature = signature
    let node = Node(
      operation: operation, inputs: (0..<shapes.count - 1).map { ValueID($0) },
      outputs: [ValueID(shapes.count - 1)])
    return Graph(values: values, nodes: [node]).multiplyAdds(of: node)
  }

  @Test func convolutions() {
    #expect(
      multiplyAdds(.convolution(window), [[2, 8, 8, 3], [16, 3, 5, 3], [16], [2, 4, 4, 16]])
        == 2 * 4 * 4 * 16 * 3 * 5 * 3)
    // Grouped: the weights hold a third of the channels.
    #expect(
      multiplyAdds(.convolution(window), [[1, 8, 8, 9], [6, 1, 1, 3], [1, 8, 8, 6]])
        == 8 * 8 * 6 * 3)
    #expect(
      multiplyAdds(
        .depthwiseConvolution(DepthwiseConvolution(depthMultiplier: 2, window: window)),
        [[1, 8, 8, 3], [1, 3, 3, 6], [6], [1, 8, 8, 6]]) == 8 * 8 * 6 * 9)
    #expect(
      multiplyAdds(
        .transposeConvolution(
          TransposeConvolution(padding: .same, strides: Steps(height: 2, width: 2))),
        [[4], [7, 2, 2, 5], [1, 4, 4, 5], [1, 8, 8, 7]]) == 4 * 4 * 5 * 7 * 2 * 2)
    let custom = CustomOperation(name: "Convolution2DTransposeBias", options: Bytes([]))
    #expect(
      multiplyAdds(.custom(custom), [[1, 4, 4, 5], [7, 2, 2, 5], [7], [1, 8, 8, 7]])
        == 4 * 4 * 5 * 7 * 2 * 2)
  }

  @Test func matrixProducts() {
    #expect(
      multiplyAdds(.fullyConnected(FullyConnected()), [[3, 20], [10, 20], [10], [3, 10]])
        == 3 * 10 * 20)
  }

  @Test func everythingElseHasNone() {
    #expect(multiplyAdds(.binary(Binary(kind: .multiply)), [[4], [4], [4]]) == 0)
    #expect(multiplyAdds(.unary(Unary(kind: .relu)), [[4], [4]]) == 0)
  }

  @Test func whatCannotBeKnownIsNil() {
    let unknown = CustomOperation(name: "Mystery", options: Bytes([]))
    #expect(multiplyAdds(.custom(unknown), [[4], [4]]) == nil)
    #expect(multiplyAdds(.unsupported(UnsupportedOperation(name: "LSTM")), [[4], [4]]) == nil)
    let shapes: [Shape] = [[1, 1, 1, 3], [16, 3, 3, 3], [1, 1, 1, 16]]
    #expect(multiplyAdds(.convolution(window), shapes, signature: [1, nil, nil, 16]) == nil)
    // The number of pictures may vary: it counts as declared.
    #expect(multiplyAdds(.convolution(window), shapes, signature: [nil, 1, 1, 16]) == 432)
    #expect(multiplyAdds(.convolution(window), [[1, 1, 1, 3], [1, 1, 1, 16]]) != 0)
    #expect(multiplyAdds(.convolution(window), [[0], [0, 3, 3, 3], [1, 1, 1, 0]]) == nil)
    #expect(multiplyAdds(.convolution(window), [[1 << 50], [1, 1 << 50], [1 << 50]]) == nil)
  }
}

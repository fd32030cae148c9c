import StanceTensors
import Testing

@testable import StanceGraph

@Suite struct GraphMemoryTests {
  private func value(_ count: Int, constant: Bool = false, type: ElementType = .float32) -> Value {
    let byteCount = count * (type.byteCount ?? 0)
    return Value(
      name: "", elementType: type, shape: [count],
      constant: constant ? Bytes([UInt8](repeating: 0, count: byteCount)) : nil)
  }

  private func node(_ operation: Operation, _ inputs: [Int], _ output: Int) -> Node {
    Node(
      operation: operation, inputs: inputs.map { ValueID($0) }, outputs: [ValueID(output)])
  }

  private let relu = Operation.unary(Unary(kind: .relu))
  private let add = Operation.binary(Binary(kind: .add))

  @Test func aChainNeedsTwoNeighboursAtATime() {
    let graph = Graph(
      values: [value(10), value(20), value(5), value(1)],
      nodes: [node(relu, [0], 1), node(relu, [1], 2), node(relu, [2], 3)],
      inputs: [ValueID(0)], outputs: [ValueID(3)])
    #expect(graph.memory.activations == 36 * 4)
    #expect(graph.memory.activationPeak == 30 * 4)
    #expect(graph.memory.weights == 0)
    #expect(graph.memory.isExact)
  }

  @Test func aShortcutStaysUntilItsLastReader() {
    let graph = Graph(
      values: [value(10), value(20), value(5), value(10)],
      nodes: [node(relu, [0], 1), node(relu, [1], 2), node(add, [0, 2], 3)],
      inputs: [ValueID(0)], outputs: [ValueID(3)])
    #expect(graph.memory.activationPeak == 35 * 4)
  }

  @Test func unpackedWeightsAreNoActivations() {
    let graph = Graph(
      values: [
        value(8, constant: true, type: .float16), value(8), value(8), value(8), value(100),
      ],
      nodes: [node(.dequantize, [0], 1), node(add, [2, 1], 3)],
      inputs: [ValueID(2)], outputs: [ValueID(3)])
    #expect(graph.memory.weights == 16)
    #expect(graph.memory.unpackedWeights == 32)
    // A value that no node uses needs no memory.
    #expect(graph.memory.activations == 64)
    #expect(graph.memory.activationPeak == 64)
  }

  @Test func shapesThatVaryAreSaid() {
    var input = value(1)
    input.shapeSignature = [nil]
    let graph = Graph(values: [input], inputs: [ValueID(0)], outputs: [ValueID(0)])
    #expect(!graph.memory.isExact)
  }

  @Test func sumsDoNotOverflow() {
    let values = (0..<300).map { _ in value(0).with(shape: Shape([Int.max >> 8])) }
    let graph = Graph(
      values: values, nodes: [node(add, Array(0..<299), 299)],
      inputs: (0..<299).map { ValueID($0) }, outputs: [ValueID(299)])
    #expect(graph.memory.activations == .max)
    #expect(graph.memory.activationPeak == .max)
  }

  @Test func parametersBelongToTheirUser() {
    let graph = Graph(
      values: [
        value(4), value(8, constant: true, type: .float16), value(8), value(2, constant: true),
        value(2, constant: true, type: .int32), value(4), value(4),
      ],
      nodes: [
        node(.dequantize, [1], 2),
        node(.convolution(Convolution(padding: .same)), [0, 2, 3], 5),
        node(.reshape(Reshape(shape: nil)), [5, 4], 6),
      ])
    let producers = graph.producers
    let parameters = graph.nodes.map { graph.parameters(of: $0, producers: producers) }
    #expect(parameters == [[], [ValueID(1), ValueID(3)], []])
  }
}

extension Value {
  fileprivate func with(shape: Shape) -> Value {
    var value = self
    value.shape = shape
    return value
  }
}

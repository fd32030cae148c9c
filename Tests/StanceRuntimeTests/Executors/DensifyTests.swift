import StanceGraph
import StanceRuntime
import StanceTensors
import Testing

/// Sparse constants: as a file may hold them, whole and damaged.
@Suite struct DensifyTests {
  /// Rows of a matrix of 3 by 4; row 1 is empty.
  private static let rows = Sparsity(
    traversalOrder: [0, 1], blockMap: [],
    levels: [
      .dense(size: 3), .compressed(segments: vector([0, 2, 2, 3]), indices: vector([1, 3, 0])),
    ])
  private static let stored: [Float] = [5, 6, 7]

  @Test func laysOutStoredValues() throws {
    let dense = try densify(Self.stored, Self.rows, shape: [3, 4])
    #expect(dense == [0, 5, 0, 6, 0, 0, 0, 0, 7, 0, 0, 0])
  }

  @Test func compressedOuterLevel() throws {
    let sparsity = Sparsity(
      traversalOrder: [0, 1], blockMap: [],
      levels: [
        .compressed(segments: Self.vector([0, 1]), indices: Self.vector([2])), .dense(size: 2),
      ])
    #expect(try densify([1, 2], sparsity, shape: [3, 2]) == [0, 0, 0, 0, 1, 2])
  }

  @Test(arguments: [
    // Fewer and more values than are named.
    ([5, 6], rows), ([5, 6, 7, 8], rows),
    // An index, a segment out of range; rows that overlap; too few rows.
    (stored, compressed([0, 2, 2, 3], [1, 4, 0])), (stored, compressed([0, 2, 2, 9], [1, 3, 0])),
    (stored, compressed([0, 3, 0, 3], [1, 3, 0])), (stored, compressed([0, 3], [1, 3, 0])),
    (stored, compressed([], [])), (stored, compressed([-1, 2, 2, 3], [1, 3, 0])),
    // Traversals and blocks that are none.
    (stored, Sparsity(traversalOrder: [0, 0], blockMap: [], levels: rows.levels)),
    (stored, Sparsity(traversalOrder: [0], blockMap: [], levels: rows.levels)),
    (stored, Sparsity(traversalOrder: [0, 7], blockMap: [], levels: rows.levels)),
    (stored, Sparsity(traversalOrder: [0, 1, 2], blockMap: [5], levels: rows.levels)),
    (stored, Sparsity(traversalOrder: [], blockMap: [], levels: [])),
    (
      stored,
      Sparsity(
        traversalOrder: [0, 1, 2], blockMap: [1], levels: rows.levels + [.dense(size: 3)])
    ),
    (
      stored,
      Sparsity(
        traversalOrder: [0, 1], blockMap: [], levels: [.dense(size: -3)] + rows.levels[1...])
    ),
  ])
  func damageThrows(_ stored: [Float], _ sparsity: Sparsity) {
    let error = #expect(throws: RuntimeError.self) {
      try densify(stored, sparsity, shape: [3, 4])
    }
    #expect(error?.code == .operatorFailed)
  }

  @Test func sparseOperandOfAnotherOperatorThrows() {
    #expect(throws: RuntimeError.self) {
      try run(.unary(Unary(kind: .negate)), Self.stored, Self.rows, shape: [3, 4])
    }
  }

  private static func compressed(_ segments: [Int32], _ indices: [Int32]) -> Sparsity {
    Sparsity(
      traversalOrder: [0, 1], blockMap: [],
      levels: [
        .dense(size: 3), .compressed(segments: vector(segments), indices: vector(indices)),
      ])
  }

  private static func vector(_ numbers: [Int32]) -> IndexVector {
    IndexVector(elementType: .int32, bytes: numbers.withUnsafeBytes { Bytes(copying: $0) })
  }

  @discardableResult
  private func densify(_ stored: [Float], _ sparsity: Sparsity, shape: Shape) throws -> [Float] {
    try run(.densify, stored, sparsity, shape: shape)
  }

  @discardableResult
  private func run(
    _ operation: Operation, _ stored: [Float], _ sparsity: Sparsity, shape: Shape
  ) throws -> [Float] {
    let constant = stored.withUnsafeBytes { Bytes(copying: $0) }
    let graph = Graph(
      values: [
        Value(
          name: "sparse", elementType: .float32, shape: shape, constant: constant,
          sparsity: sparsity),
        Value(name: "dense", elementType: .float32, shape: shape),
      ],
      nodes: [Node(operation: operation, inputs: [ValueID(0)], outputs: [ValueID(1)])],
      outputs: [ValueID(1)])
    let interpreter = try Interpreter(graph: graph)
    try interpreter.allocateTensors()
    try interpreter.invoke()
    return try interpreter.output(at: 0).elements(as: Float.self)
  }
}

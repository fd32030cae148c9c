import StanceGraph
import StanceTensors

/// One movement operator with numbers that make sense or do not.
enum HostileGraph {
  /// - Parameter areInputs: whether the numbers are inputs, known only while the graph runs.
  /// - Returns: the graph and what its inputs take.
  static func make(
    areInputs: Bool, _ random: inout HostileNumbers
  ) -> (Graph, operands: [Tensor]) {
    var builder = GraphBuilder()
    var operands: [Tensor] = []
    let rank = Int.random(in: 0...4, using: &random)
    let sizes = (0..<rank).map { _ in Int.random(in: 0...4, using: &random) }
    let shape = Shape(sizes)
    let x = builder.input("x", shape)
    if let zeros = try? Tensor([Float](repeating: 1, count: shape.elementCount), shape: shape) {
      operands.append(zeros)
    }

    func list(_ count: Int, _ shape: Shape? = nil) -> ValueID {
      let numbers = random.numbers(count)
      let narrow = numbers.allSatisfy { Int32(exactly: $0) != nil } && Bool.random(using: &random)
      let name = "numbers \(builder.graph.values.count)"
      let shape = shape ?? [count]
      guard areInputs else {
        return narrow
          ? builder.constant(name, numbers.map { Int32(truncatingIfNeeded: $0) }, shape)
          : builder.constant(name, numbers, shape)
      }
      let tensor =
        narrow
        ? try? Tensor(numbers.map { Int32(truncatingIfNeeded: $0) }, shape: shape)
        : try? Tensor(numbers, shape: shape)
      if let tensor { operands.append(tensor) }
      return builder.input(name, shape, narrow ? .int32 : .int64)
    }
    func option() -> Int { Int(random.number()) }
    func mask() -> Int { Bool.random(using: &random) ? 0 : Int.random(in: 0..<16, using: &random) }
    func parts() -> [ValueID] {
      (0..<Int.random(in: 0...4, using: &random)).map { builder.value("part \($0)") }
    }

    var outputs = [builder.value("y")]
    var inputs: [ValueID?] = [x]
    let operation: Operation
    switch Int.random(in: 0..<24, using: &random) {
    case 0:
      operation = .pad(Pad(hasConstant: false))
      inputs.append(list(2 * rank, [rank, 2]))
    case 1:
      operation = .mirrorPad(MirrorPad(mode: Bool.random(using: &random) ? .reflect : .symmetric))
      inputs.append(list(2 * rank, [rank, 2]))
    case 2:
      operation = .concatenation(Concatenation(axis: option()))
      inputs = [x, x]
    case 3:
      outputs = parts()
      operation = .split(Split(count: outputs.count))
      inputs = [list(1, []), x]
    case 4:
      outputs = parts()
      operation = .splitSizes(Split(count: outputs.count))
      inputs += [list(outputs.count), list(1, [])]
    case 5:
      operation = .slice
      inputs += [list(rank), list(rank)]
    case 6, 7, 8:
      let count = Int.random(in: 0...5, using: &random)
      operation = .stridedSlice(
        StridedSlice(
          beginMask: mask(), endMask: mask(), ellipsisMask: mask() & mask(), newAxisMask: mask(),
          shrinkAxisMask: mask(), endIsOffset: Bool.random(using: &random)))
      inputs += [list(count), list(count), list(count)]
    case 9:
      operation = .reshape(Reshape(shape: nil))
      inputs.append(list(Int.random(in: 0...4, using: &random)))
    case 10:
      operation = .squeeze(Squeeze(axes: [option()]))
    case 11:
      operation = .expandDimensions
      inputs.append(list(1, []))
    case 12:
      operation = .transpose
      inputs.append(list(rank))
    case 13:
      operation = .pack(Pack(count: 2, axis: option()))
      inputs = [x, x]
    case 14:
      outputs = parts()
      operation = .unpack(Unpack(count: outputs.count, axis: option()))
    case 15:
      operation = .gather(Gather(axis: option(), batchDimensions: option()))
      inputs.append(list(4, Bool.random(using: &random) ? [4] : [2, 2]))
    case 16:
      operation = .gatherND
      inputs.append(list(4, Bool.random(using: &random) ? [4] : [2, 2]))
    case 17:
      let block = BlockSize(size: option())
      operation = Bool.random(using: &random) ? .depthToSpace(block) : .spaceToDepth(block)
    case 18, 19:
      let count = Int.random(in: 0...3, using: &random)
      operation = Bool.random(using: &random) ? .spaceToBatch : .batchToSpace
      inputs += [list(count), list(2 * count, [count, 2])]
    case 20:
      operation = .topK
      outputs.append(builder.value("places", [], .int32))
      inputs.append(list(1, []))
    case 21:
      operation = .fill
      let one = builder.constant("one", [1] as [Float], [])
      inputs = [list(Int.random(in: 0...4, using: &random)), one]
    case 22:
      operation = .range
      outputs = [builder.value("numbers", [], .int64)]
      inputs = random.numbers(3).enumerated().map { builder.constant("end \($0)", [$1], []) }
    default:
      operation = .extremum(Extremum(kind: .max, indexType: .int32))
      outputs = [builder.value("place", [], .int32)]
      inputs.append(list(1, []))
    }
    builder.node(operation, inputs, to: outputs)
    for id in outputs { builder.output(id) }
    return (builder.graph, operands)
  }
}

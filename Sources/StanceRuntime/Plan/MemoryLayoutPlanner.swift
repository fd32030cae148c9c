import StanceGraph
import StanceTensors

/// Gives the values of a graph their places in one arena.
struct MemoryLayoutPlanner {
  private let graph: Graph
  private let shapes: [Shape?]
  private let storage: [ElementType]
  private let isStatic: [Bool]
  private let steps: [PlannedStep]
  private let sharesMemory: Bool
  /// Where a value lies within another one; nil where it has memory of its own.
  private var hosts: [(value: Int, offset: Int)?]
  private var idleResults: Set<Int> = []
  private let isFixed: [Bool]

  /// - Parameters:
  ///   - shapes: of each value; a value without has no place.
  ///   - storage: what each value's elements are in memory.
  ///   - sharesMemory: whether values that are not needed at the same time may lie in one place.
  init(
    graph: Graph, shapes: [Shape?], storage: [ElementType], isStatic: [Bool],
    steps: [PlannedStep], sharesMemory: Bool
  ) {
    self.graph = graph
    self.shapes = shapes
    self.storage = storage
    self.isStatic = isStatic
    self.steps = steps
    self.sharesMemory = sharesMemory
    hosts = Array(repeating: nil, count: shapes.count)
    // Their elements outlast a run, or come from outside.
    var isFixed = graph.values.map(\.isVariable)
    for id in graph.inputs { isFixed[id.index] = true }
    self.isFixed = isFixed
  }

  mutating func layout() -> MemoryLayoutPlan {
    if sharesMemory {
      for step in steps { shareMemory(of: step) }
    }
    var lifetimes = self.lifetimes()
    var demands: [MemoryDemand] = []
    var demandOfValue: [Int: Int] = [:]
    let end = steps.count + 1
    for (index, lifetime) in lifetimes.sorted(by: { $0.key < $1.key }) where hosts[index] == nil {
      demandOfValue[index] = demands.count
      demands.append(
        MemoryDemand(
          byteCount: byteCount(index), lifetime: sharesMemory ? lifetime : 0...end))
    }
    lifetimes.removeAll()
    let (offsets, byteCount) = MemoryDemand.place(demands)
    let places = shapes.indices.map { index -> Int? in
      let (host, offset) = host(of: index)
      return demandOfValue[host].map { offsets[$0] + offset }
    }
    return MemoryLayoutPlan(offsets: places, byteCount: byteCount, idleResults: idleResults)
  }

  private func byteCount(_ index: Int) -> Int {
    (shapes[index]?.elementCount ?? 0) * (storage[index].byteCount ?? 0)
  }

  private func host(of index: Int) -> (value: Int, offset: Int) {
    var (value, offset) = (index, 0)
    while let host = hosts[value] {
      offset += host.offset
      value = host.value
    }
    return (value, offset)
  }

  /// The time of the first and the last use of each value that has memory of its own, the uses of
  /// what lies within it included. Time 0 is before the first step.
  private func lifetimes() -> [Int: ClosedRange<Int>] {
    var lifetimes: [Int: ClosedRange<Int>] = [:]
    func use(_ id: ValueID, at time: Int) {
      guard shapes[id.index] != nil, !isStatic[id.index] else { return }
      let host = host(of: id.index).value
      let lifetime = lifetimes[host] ?? time...time
      lifetimes[host] = min(lifetime.lowerBound, time)...max(lifetime.upperBound, time)
    }
    let end = steps.count + 1
    for index in isFixed.indices where isFixed[index] {
      use(ValueID(index), at: 0)
      use(ValueID(index), at: end)
    }
    for (index, step) in steps.enumerated() {
      for id in step.inputs + step.outputs { use(id, at: index + 1) }
    }
    for id in graph.outputs { use(id, at: end) }
    return lifetimes
  }
}

extension MemoryLayoutPlanner {
  /// Lets the results of `step` lie where its operands are, or the other way round, where it does
  /// nothing but put elements one behind the other.
  private mutating func shareMemory(of step: PlannedStep) {
    if case .general = step.action { return }
    switch step.step.operation {
    case .reshape, .squeeze, .expandDimensions: shareReshaped(step.step)
    case .concatenation(let concatenation): shareConcatenated(step.step, concatenation)
    default: break
    }
  }

  private mutating func shareReshaped(_ step: Step) {
    guard let operand = step.inputs.first.flatMap({ $0?.index }), !isStatic[operand],
      shapes[operand] != nil, let result = step.outputs.first?.index, !isFixed[result],
      byteCount(operand) == byteCount(result)
    else { return }
    let origin = host(of: operand).value
    // A node may write a variable, and a caller set an input, before the result is read.
    guard !graph.values[origin].isVariable, !(isFixed[origin] && isOutput(result)) else { return }
    hosts[result] = (operand, 0)
    idleResults.insert(result)
  }

  private func isOutput(_ index: Int) -> Bool {
    graph.outputs.contains { host(of: $0.index).value == index }
  }

  private mutating func shareConcatenated(_ step: Step, _ concatenation: Concatenation) {
    let result = step.outputs[0].index
    guard let shape = shapes[result], !isFixed[result], concatenation.activation == .none
    else { return }
    let axis = concatenation.axis < 0 ? concatenation.axis + shape.rank : concatenation.axis
    guard shape.dimensions.indices.contains(axis), shape[..<axis].allSatisfy({ $0 == 1 })
    else { return }
    let quantization = graph.values[result].quantization
    var offset = 0
    var parts: [(host: Int, offset: Int)] = []
    for case let id? in step.inputs {
      let part = host(of: id.index)
      guard !isStatic[id.index], shapes[id.index] != nil, !isFixed[part.value],
        graph[id].quantization == quantization, part.offset == 0,
        byteCount(part.value) == byteCount(id.index), part.value != result,
        isWritten(part.value),
        !parts.contains(where: { $0.host == part.value })
      else { return }
      parts.append((part.value, offset))
      offset += byteCount(id.index)
    }
    guard parts.count == step.inputs.count, offset == byteCount(result) else { return }
    for part in parts { hosts[part.host] = (result, part.offset) }
    idleResults.insert(result)
  }

  /// Whether a step with known shapes writes the value.
  private func isWritten(_ index: Int) -> Bool {
    steps.contains { step in
      guard step.outputs.contains(ValueID(index)) else { return false }
      if case .general = step.action { return false }
      return true
    }
  }
}

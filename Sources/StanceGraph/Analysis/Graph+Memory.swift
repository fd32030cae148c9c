import StanceTensors

/// The memory that a graph's values need, in bytes, by the shapes that the file declares.
public struct GraphMemory: Hashable, Sendable {
  /// Constants as they are stored in the file.
  public var weights = 0
  /// Values that follow from constants alone, for instance weights unpacked from half precision.
  public var unpackedWeights = 0
  /// All values that are computed anew in each run, inputs and outputs included.
  public var activations = 0
  /// The most that activations need at one time, where a value's memory is free again after the
  /// last node that reads it.
  public var activationPeak = 0
  /// Whether every shape is known; else the figures are what the declared shapes give.
  public var isExact = true
}

extension Graph {
  /// What the values of this graph need.
  public var memory: GraphMemory {
    var memory = GraphMemory()
    let isStatic = staticValues
    var isUsed = [Bool](repeating: false, count: values.count)
    for id in usedValues { isUsed[id.index] = true }
    for (index, value) in values.enumerated() {
      if let constant = value.constant {
        memory.weights = sum(memory.weights, constant.count)
      } else if isUsed[index] {
        let bytes = byteCount(ValueID(index))
        if isStatic[index] {
          memory.unpackedWeights = sum(memory.unpackedWeights, bytes)
        } else {
          memory.activations = sum(memory.activations, bytes)
        }
        if !value.hasRank || value.shapeSignature?.contains(nil) == true
          || value.elementType.byteCount == nil
        {
          memory.isExact = false
        }
      }
    }
    memory.activationPeak = activationPeak(isStatic: isStatic)
    return memory
  }

  /// Inputs, outputs, and what nodes read and write.
  private var usedValues: [ValueID] {
    inputs + outputs + nodes.flatMap { $0.inputs.compactMap { $0 } + $0.outputs }
  }

  private func byteCount(_ id: ValueID) -> Int {
    let value = self[id]
    let (bytes, overflow) = value.shape.elementCount.multipliedReportingOverflow(
      by: value.elementType.byteCount ?? 1)
    return overflow ? .max : bytes
  }

  /// For each value, whether it is a constant or follows from constants alone.
  private var staticValues: [Bool] {
    var isStatic = values.map { $0.constant != nil }
    for node in nodes {
      let operands = node.inputs.compactMap { $0 }
      guard !operands.isEmpty, operands.allSatisfy({ isStatic[$0.index] }) else { continue }
      for output in node.outputs where !self[output].isVariable { isStatic[output.index] = true }
    }
    return isStatic
  }

  private func activationPeak(isStatic: [Bool]) -> Int {
    /// The time of a value's first and last use; time 0 is before the first node.
    var lifetimes: [Int: ClosedRange<Int>] = [:]
    func use(_ id: ValueID, at time: Int) {
      guard !isStatic[id.index] else { return }
      let lifetime = lifetimes[id.index] ?? time...time
      lifetimes[id.index] = min(lifetime.lowerBound, time)...max(lifetime.upperBound, time)
    }
    let end = nodes.count + 1
    for id in inputs { use(id, at: 0) }
    for (index, node) in nodes.enumerated() {
      for id in node.inputs.compactMap({ $0 }) + node.outputs { use(id, at: index + 1) }
    }
    for id in outputs { use(id, at: end) }
    for (index, value) in values.enumerated() where value.isVariable {
      use(ValueID(index), at: 0)
      use(ValueID(index), at: end)
    }
    var begins = [Int](repeating: 0, count: end + 2)
    var ends = begins
    for (index, lifetime) in lifetimes {
      let bytes = byteCount(ValueID(index))
      begins[lifetime.lowerBound] = sum(begins[lifetime.lowerBound], bytes)
      ends[lifetime.upperBound + 1] = sum(ends[lifetime.upperBound + 1], bytes)
    }
    var (live, peak) = (0, 0)
    for time in 0...end {
      live = sum(max(live - ends[time], 0), begins[time])
      peak = max(peak, live)
    }
    return peak
  }
}

private func sum(_ left: Int, _ right: Int) -> Int {
  let (sum, overflow) = left.addingReportingOverflow(right)
  return overflow ? .max : sum
}

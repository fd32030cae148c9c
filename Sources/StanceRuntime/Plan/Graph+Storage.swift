import StanceGraph
import StanceTensors

extension Graph {
  /// What each value's elements are in memory: bfloat16 for float32 where nobody else sees the value
  /// and every step that writes or reads it can, else as the graph says.
  func storage(steps: [PlannedStep]) -> [ElementType] {
    var storage = values.map(\.elementType)
    var isWritten = [Bool](repeating: false, count: values.count)
    var isExcluded = isWritten
    for step in steps {
      let takesBFloat16 =
        if case .prepared(let prepared) = step.action { prepared.kernel.takesBFloat16 } else {
          false
        }
      for id in step.outputs { isWritten[id.index] = true }
      guard !takesBFloat16 else { continue }
      for id in step.inputs + step.outputs { isExcluded[id.index] = true }
    }
    for index in values.indices
    where storage[index] == .float32 && isWritten[index] && !isExcluded[index]
      && isPrivate(ValueID(index))
    {
      storage[index] = .bfloat16
    }
    return storage
  }
}

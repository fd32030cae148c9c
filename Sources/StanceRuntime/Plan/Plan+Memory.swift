import StanceTensors

extension CompiledGraph {
  /// Before anything is allocated: nothing but constants.
  func emptyMemory() -> [ValueMemory] {
    zip(prepared.values, constants).map { value, constant in
      guard let constant else { return ValueMemory(elementByteCount: value.elementByteCount) }
      return ValueMemory(
        elementByteCount: value.elementByteCount, shape: value.shape, constant: constant)
    }
  }
}

extension Plan {
  /// The values of one interpreter.
  /// - Parameter arena: of ``arenaByteCount`` bytes.
  func memory(in arena: Buffer, of compiled: CompiledGraph) -> [ValueMemory] {
    compiled.prepared.values.indices.map { index in
      let size = storage[index].byteCount ?? 0
      guard let shape = shapes[index] else { return ValueMemory(elementByteCount: size) }
      if let elements = statics[index] {
        return ValueMemory(elementByteCount: size, shape: shape, constant: elements)
      }
      guard let offset = offsets[index], let base = arena.bytes.baseAddress else {
        return ValueMemory(elementByteCount: size)
      }
      return ValueMemory(elementByteCount: size, shape: shape, memory: base + offset)
    }
  }
}

import CStanceKernels

/// The element-by-element kernels of one instruction set.
struct ByteFunctions: @unchecked Sendable {
  let table: st_u8_elementwise_variant

  /// The fastest of those that this machine has and that `sets` allow.
  init?(_ sets: [InstructionSet]) {
    var count: Int32 = 0
    let rows = UnsafeBufferPointer(start: st_u8_elementwise_variants(&count), count: Int(count))
    let row = rows.last { row in
      row.sum != nil
        && InstructionSet(rawValue: String(cString: row.instruction_set)).map(sets.contains) == true
    }
    guard let row else { return nil }
    table = row
  }

  /// The instruction sets that have kernels, those of other machines included.
  static var instructionSets: [InstructionSet] {
    var count: Int32 = 0
    let rows = UnsafeBufferPointer(start: st_u8_elementwise_variants(&count), count: Int(count))
    return rows.compactMap { InstructionSet(rawValue: String(cString: $0.instruction_set)) }
  }

  func name(_ operation: String) -> String {
    "u8_\(operation)__" + String(cString: table.instruction_set)
  }
}

/// Elements cut into pieces that threads can share.
struct ElementChunks: Sendable {
  static let length = 8192

  let elementCount: Int
  var unitCount: Int { (elementCount + Self.length - 1) / Self.length }

  /// The elements of some units.
  func elements(of units: Range<Int>) -> Range<Int> {
    let first = min(units.lowerBound * Self.length, elementCount)
    return first..<min(units.upperBound * Self.length, elementCount)
  }
}

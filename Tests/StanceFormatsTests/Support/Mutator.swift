import StanceTensors

/// SplitMix64: the same numbers from the same seed on every machine.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}

/// A file in memory that is damaged in a random place, read, and put right again.
final class Mutator {
  private let memory: UnsafeMutableRawBufferPointer
  /// Places to damage: most lie outside of the elements of constants.
  private let places: [Range<Int>]
  private let placeCount: Int
  private var generator: SeededGenerator

  /// - Parameter places: where the damage goes; one in eight goes anywhere.
  init(_ bytes: Bytes, places: [Range<Int>], seed: UInt64) {
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 64)
    bytes.withUnsafeBytes { memory.copyMemory(from: $0) }
    self.memory = memory
    self.places = places.filter { !$0.isEmpty }
    placeCount = self.places.reduce(0) { $0 + $1.count }
    generator = SeededGenerator(seed: seed)
  }

  deinit { memory.deallocate() }

  /// Damages the file in one to four places or cuts it off, and calls `body` with it.
  ///
  /// - Parameter body: must not keep the bytes.
  func mutated(_ body: (Bytes, String) -> Void) {
    if Int.random(in: 0..<6, using: &generator) == 0 {
      let count = Int.random(in: 0..<memory.count, using: &generator)
      body(bytes(count: count), "cut off at \(count)")
      return
    }
    var labels: [String] = []
    var undo: [(place: Int, byte: UInt8)] = []
    for _ in 0..<Int.random(in: 1...4, using: &generator) {
      let place = place()
      labels.append(damage(at: place, &undo))
    }
    body(bytes(count: memory.count), labels.joined(separator: ", "))
    for (place, byte) in undo.reversed() { memory[place] = byte }
  }

  private func damage(at place: Int, _ undo: inout [(place: Int, byte: UInt8)]) -> String {
    let extremes: [UInt32] = [
      0, 1, 2, 0x7F, 0xFF, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 0xFFFF_FFFC,
      UInt32(truncatingIfNeeded: memory.count), UInt32(truncatingIfNeeded: place),
    ]
    switch Int.random(in: 0..<4, using: &generator) {
    case 0:
      let bit = UInt8(1) << UInt8.random(in: 0..<8, using: &generator)
      set(memory[place] ^ bit, at: place, &undo)
      return "bit \(bit) flipped at \(place)"
    case 1:
      let byte = UInt8.random(in: 0...255, using: &generator)
      set(byte, at: place, &undo)
      return "byte \(byte) at \(place)"
    default:
      let word =
        Bool.random(using: &generator)
        ? extremes[Int.random(in: extremes.indices, using: &generator)]
        : UInt32.random(in: 0...UInt32(clamping: memory.count * 2), using: &generator)
      let start = place & ~3
      for byte in 0..<4 where start + byte < memory.count {
        set(UInt8(truncatingIfNeeded: word >> (byte * 8)), at: start + byte, &undo)
      }
      return "word \(word) at \(start)"
    }
  }

  private func set(_ byte: UInt8, at place: Int, _ undo: inout [(place: Int, byte: UInt8)]) {
    undo.append((place, memory[place]))
    memory[place] = byte
  }

  private func place() -> Int {
    guard placeCount > 0, Int.random(in: 0..<8, using: &generator) > 0 else {
      return Int.random(in: 0..<memory.count, using: &generator)
    }
    var index = Int.random(in: 0..<placeCount, using: &generator)
    for range in places {
      if index < range.count { return range.lowerBound + index }
      index -= range.count
    }
    return 0
  }

  private func bytes(count: Int) -> Bytes {
    Bytes(unsafeBuffer: UnsafeRawBufferPointer(rebasing: memory[0..<count])) { _ in }
  }
}

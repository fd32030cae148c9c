/// SplitMix64: the same numbers on every run.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}

/// Numbers of every kind, those among them that decoders stumble over.
func awkwardFloats(count: Int, seed: UInt64) -> [Float] {
  var generator = SeededGenerator(state: seed)
  let special: [Float] = [
    .nan, .infinity, -.infinity, .greatestFiniteMagnitude, -.greatestFiniteMagnitude,
    .leastNonzeroMagnitude, 0, -0.0, 1e30, -1e30, 0.5, -0.5,
  ]
  return (0..<count).map { _ in
    Int.random(in: 0..<4, using: &generator) == 0
      ? special[Int.random(in: 0..<special.count, using: &generator)]
      : Float.random(in: -60...60, using: &generator)
  }
}

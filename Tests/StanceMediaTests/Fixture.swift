import Foundation
import StanceTestSupport
import Testing

/// A small picture made by Scripts/image_cases, with what Pillow sees in it.
struct Fixture: Decodable, CustomTestStringConvertible {
  let file: String
  let width: Int
  let height: Int
  /// The largest difference of a channel that is allowed.
  let tolerance: Int

  var testDescription: String { file }

  static let folder = SharedData.repository
    .appendingPathComponent("Tests/StanceMediaTests/Fixtures")

  static let all: [Fixture] = {
    guard let list = try? Data(contentsOf: folder.appendingPathComponent("cases.json")) else {
      return []
    }
    return (try? JSONDecoder().decode([Fixture].self, from: list)) ?? []
  }()

  static func named(_ file: String) throws -> Fixture {
    try #require(all.first { $0.file == file })
  }

  static func bytes(_ file: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: folder.appendingPathComponent(file)))
  }

  func bytes() throws -> [UInt8] { try Self.bytes(file) }
  func expected() throws -> [UInt8] { try Self.bytes(file + ".rgb") }
}

/// The largest difference of two pictures' bytes.
func largestDifference(_ left: [UInt8], _ right: [UInt8]) -> Int {
  guard left.count == right.count else { return .max }
  return zip(left, right).reduce(0) { max($0, abs(Int($1.0) - Int($1.1))) }
}

/// Numbers that look random and are the same in every run.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

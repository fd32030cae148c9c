import StanceFormats
import StanceGraph
import StanceTensors
import StanceTestSupport
import Testing

struct FlexBufferTests {
  private func decode(_ bytes: [UInt8]) throws -> FlexBuffer {
    try FlexBuffer(decoding: Bytes(bytes))
  }

  @Test func scalars() throws {
    #expect(try decode([0xFB, 4, 1]) == .integer(-5))
    #expect(try decode([0xFB, 8, 1]) == .unsigned(251))
    #expect(try decode([1, 104, 1]) == .bool(true))
    #expect(try decode([0, 0, 1]) == .null)
    #expect(try decode([0, 0, 0x20, 0x40, 14, 4]) == .float(2.5))
    #expect(try decode([0, 0, 0, 0, 0, 0, 4, 0x40, 15, 8]) == .float(2.5))
  }

  @Test func textAndBlobs() throws {
    #expect(try decode([2, 104, 105, 0, 3, 20, 1]) == .string("hi"))
    #expect(try decode([2, 7, 9, 2, 100, 1]) == .blob(Bytes([7, 9])))
  }

  @Test func vectors() throws {
    #expect(
      try decode([3, 1, 2, 3, 3, 44, 1]) == .vector([.integer(1), .integer(2), .integer(3)]))
    #expect(try decode([1, 2, 2, 64, 1]) == .vector([.integer(1), .integer(2)]))
    #expect(
      try decode([2, 1, 1, 4, 104, 4, 40, 1]) == .vector([.integer(1), .bool(true)]))
    #expect(try decode([2, 1, 0, 2, 144, 1]) == .vector([.bool(true), .bool(false)]))
  }

  @Test func maps() throws {
    // {"bar": 2, "foo": 1}: the keys, their vector, then the values with it before them.
    let bytes: [UInt8] =
      Array("foo\u{0}bar\u{0}".utf8) + [2, 5, 10, 2, 1, 2, 2, 1, 4, 4, 4, 36, 1]
    let map = try decode(bytes)
    #expect(map["bar"]?.int == 2)
    #expect(map["foo"]?.double == 1)
    #expect(map["other"] == nil)
    #expect(map.description == "{bar: 2, foo: 1}")
  }

  @Test func damage() {
    for bytes in [
      [], [1], [1, 2], [5, 20, 1], [0, 40, 1], [1, 40, 1], [9, 4, 3], [0, 252, 1],
      [255, 255, 40, 1], [1, 12, 1],
    ] as [[UInt8]] {
      #expect(throws: FormatError.self) { try decode(bytes) }
    }
  }

  @Test func everyMutationThrowsOrDecodes() throws {
    let bytes: [UInt8] =
      Array("foo\u{0}bar\u{0}".utf8) + [2, 5, 10, 2, 1, 2, 2, 1, 4, 4, 4, 36, 1]
    var (failures, successes) = (0, 0)
    for place in bytes.indices {
      for value in UInt8.min...UInt8.max {
        var damaged = bytes
        damaged[place] = value
        do {
          _ = try decode(damaged)
          successes += 1
        } catch is FormatError {
          failures += 1
        }
      }
    }
    #expect(failures + successes == bytes.count * 256)
    #expect(failures > 1000)
  }

  @Test(.enabled(if: SharedData.isPresent, "needs the shared data"))
  func optionsOfAPoseDecoder() throws {
    let file = "models/coral/posenet_mobilenet_v1_075_353_481_quant_decoder.tflite"
    let model = try ModelReader.read(contentsOf: SharedData.path(file))
    let custom = model.graph.nodes.compactMap { node in
      if case .custom(let custom) = node.operation { custom } else { nil }
    }
    let options = try FlexBuffer(decoding: #require(custom.first).options)
    #expect(options["stride"]?.int == 16)
    #expect(options["max_detections"]?.int == 10)
  }
}

import Foundation
import StanceFormats
import StanceTensors
import StanceTestSupport
import Testing

struct NumPyTests {
  private func file(
    _ header: String, _ data: [UInt8], version: UInt8 = 1, length: Int? = nil
  ) -> Bytes {
    let length = length ?? header.utf8.count
    let lengthBytes = (0..<(version == 1 ? 2 : 4)).map {
      UInt8(truncatingIfNeeded: length >> ($0 * 8))
    }
    return Bytes(
      [0x93] + Array("NUMPY".utf8) + [version, 0] + lengthBytes + Array(header.utf8) + data)
  }

  private func header(_ type: String, _ shape: String, fortran: String = "False") -> String {
    "{'descr': '\(type)', 'fortran_order': \(fortran), 'shape': \(shape), }\n"
  }

  @Test func whatIsWrittenReadsBack() throws {
    let shapes: [Shape] = [[], [0], [5], [2, 3], [1, 2, 0, 3], [2, 1, 3, 2]]
    for shape in shapes {
      let count = shape.elementCount
      let tensors = [
        try Tensor((0..<count).map { Float($0) - 1.5 }, shape: shape),
        try Tensor((0..<count).map { Double($0) / 3 }, shape: shape),
        try Tensor((0..<count).map { Float16Bits(bits: UInt16($0 * 999)) }, shape: shape),
        try Tensor((0..<count).map { Int8(-$0) }, shape: shape),
        try Tensor((0..<count).map { Int64.min + Int64($0) }, shape: shape),
        try Tensor((0..<count).map { UInt16($0) }, shape: shape),
        try Tensor((0..<count).map { $0 % 2 == 0 }, shape: shape),
      ]
      for tensor in tensors {
        let encoded = try NumPy.encode(tensor)
        #expect((encoded.count - tensor.bytes.count) % 64 == 0)
        #expect(try NumPy.read(Bytes(encoded), name: "x.npy") == tensor)
      }
    }
  }

  @Test func versions() throws {
    for version in 1...3 as ClosedRange<UInt8> {
      let tensor = try NumPy.read(
        file(header("|u1", "(3,)"), [1, 2, 3], version: version), name: "x")
      #expect(try tensor.elements(as: UInt8.self) == [1, 2, 3])
    }
  }

  @Test func byteAndElementOrder() throws {
    let big = try NumPy.read(file(header(">i2", "(2,)"), [1, 2, 0xFF, 0xFE]), name: "x")
    #expect(try big.elements(as: Int16.self) == [0x0102, -2])
    let fortran = try NumPy.read(
      file(header("|u1", "(2, 3)", fortran: "True"), [1, 4, 2, 5, 3, 6]), name: "x")
    #expect(try fortran.elements(as: UInt8.self) == [1, 2, 3, 4, 5, 6])
    let both = try NumPy.read(
      file(header(">u2", "(2, 2L)", fortran: "True"), [0, 1, 0, 3, 0, 2, 0, 4]), name: "x")
    #expect(try both.elements(as: UInt16.self) == [1, 2, 3, 4])
    let flags = try NumPy.read(file(header("|b1", "(3,)"), [0, 1, 7]), name: "x")
    #expect(try flags.elements(as: Bool.self) == [false, true, true])
  }

  @Test func damage() {
    let cases: [(Bytes, String)] = [
      (Bytes([]), "x.npy: this is an empty file; a NumPy array (.npy) is needed"),
      (Bytes([0x93] + Array("NUMPY".utf8)), "truncated"),
      (file(header("<f4", "(2,)"), [0, 0, 0, 0]), "needs 8 bytes and the file has 4"),
      (file(header("<f4", "(-2,)"), []), "a whole number is expected here"),
      (file(header("<f4", "(99999999999999999999,)"), []), "a whole number is expected"),
      (file(header("<f4", "(4611686018427387904, 4)"), []), "overflows"),
      (file(header("<f4", "(0, 4611686018427387904, 4)"), []), "overflows"),
      (file(header("|O", "(2,)"), [0]), "arrays of type '|O' are not supported"),
      (file("{'descr': [('a', '<f4')], ", [0]), "structured arrays are not supported"),
      (file("{'descr': '<f4'", [0]), "\"}\" is expected here"),
      (file("{'descr: 1}", []), "a string that ends is expected here"),
      (file(header("<f4", "(2,)"), [], version: 9), "version 9 of the format"),
      (file("", [], version: 2, length: 0x7FFF_FFFF), "too long"),
    ]
    for (bytes, words) in cases {
      do {
        _ = try NumPy.read(bytes, name: "x.npy")
        Issue.record("no error, but wanted \(words)")
      } catch {
        #expect("\(error)".hasPrefix("x.npy: "))
        #expect("\(error)".contains(words), "\(error)")
      }
    }
  }

  @Test func mutations() throws {
    let tensor = try Tensor((0..<24).map { Float($0) }, shape: [2, 3, 4])
    let bytes = Bytes(try NumPy.encode(tensor))
    let mutator = Mutator(bytes, places: [0..<80], seed: 7)
    var (failures, successes) = (0, 0)
    for _ in 0..<4000 {
      mutator.mutated { damaged, label in
        do {
          _ = try NumPy.read(damaged, name: "x.npy")
          successes += 1
        } catch let error as FormatError {
          failures += 1
          #expect(error.file == "x.npy", "\(label)")
        } catch {
          Issue.record("\(label): \(error)")
        }
      }
    }
    #expect(failures + successes == 4000)
    #expect(failures > 1000)
  }

  @Test func files() throws {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("stance-\(UInt64.random(in: 0 ... .max)).npy").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let tensor = try Tensor([1, 2, 3] as [Float], shape: [3])
    try NumPy.write(tensor, to: path)
    #expect(try NumPy.read(contentsOf: path) == tensor)
    #expect(throws: FormatError.self) { try NumPy.read(contentsOf: path + ".none") }
    #expect(throws: FormatError.self) { try NumPy.read(contentsOf: "/") }
    #expect(throws: FormatError.self) { try NumPy.write(tensor, to: path + "/x.npy") }
  }

  @Test(.enabled(if: SharedData.isPresent, "needs the shared data"))
  func everyReferenceArrayReads() throws {
    let folder = SharedData.folder.appendingPathComponent("references")
    let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".npy") }
    #expect(files.count >= 20)
    for file in files {
      let tensor = try NumPy.read(contentsOf: folder.appendingPathComponent(file).path)
      #expect(tensor.shape.elementCount > 0)
    }
  }
}

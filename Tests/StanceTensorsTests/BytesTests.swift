import StanceTensors
import Testing

struct BytesTests {
  @Test func slicesShareMemory() {
    let bytes = Bytes([1, 2, 3, 4, 5])
    let slice = bytes[1..<4][1..<3]
    #expect(slice == Bytes([3, 4]))
    let distance = slice.withUnsafeBytes { inner in
      bytes.withUnsafeBytes { outer in inner.baseAddress! - outer.baseAddress! }
    }
    #expect(distance == 2)
    #expect(bytes[5..<5].isEmpty)
  }

  @Test func newMemoryIsAligned() {
    for count in [0, 1, 63, 64, 1000] {
      let bytes = Bytes([UInt8](repeating: 9, count: count))
      #expect(bytes.count == count)
      if count > 0 {
        #expect(bytes.withUnsafeBytes { Int(bitPattern: $0.baseAddress) } % 64 == 0)
      }
    }
  }
}

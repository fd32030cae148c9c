import StanceTensors
import Testing

struct SparsityTests {
  @Test func indicesOfEveryWidth() {
    #expect(IndexVector(elementType: .uint8, bytes: Bytes([0, 200])).elements == [0, 200])
    #expect(
      IndexVector(elementType: .uint16, bytes: Bytes([1, 1, 0xFF, 0xFF])).elements == [257, 65535])
    #expect(
      IndexVector(elementType: .int32, bytes: Bytes([0xFF, 0xFF, 0xFF, 0xFF])).elements == [-1])
    #expect(IndexVector(elementType: .int32, bytes: Bytes([])).count == 0)
  }
}

import StanceTensors
import Testing

struct ShapeTests {
  @Test func countsAndStrides() {
    let shape: Shape = [2, 3, 4]
    #expect(shape.elementCount == 24)
    #expect(shape.strides == [12, 4, 1])
    #expect(shape.description == "[2, 3, 4]")
    #expect(Shape.scalar.elementCount == 1)
    #expect(Shape.scalar.strides == [])
    #expect(([2, 0, 3] as Shape).elementCount == 0)
  }

  @Test func absurdShapesThrow() {
    let huge = 1 << 40
    for dimensions in [
      [-1], [2, -3], [huge, huge], [0, huge, huge], [huge, huge, 0], [Int.max],
    ] {
      #expect(throws: TensorError.self) { try Shape(validating: dimensions) }
    }
  }
}

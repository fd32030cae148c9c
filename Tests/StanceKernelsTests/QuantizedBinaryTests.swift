import StanceTensors
import Testing

@testable import StanceKernels

@Suite struct QuantizedBinaryTests {
  @Test(arguments: [ElementType.uint8, .int8])
  func randomOperandsGiveTheReferencesBytes(_ type: ElementType) throws {
    var random = SeededGenerator(seed: type == .uint8 ? 7 : 8)
    var compared = 0
    for index in 0..<RandomCases.count {
      let function = random.pick([Reference.BinaryFunction.add, .subtract, .multiply])
      let (a, b, shape) = shapes(&random)
      let quantizations = (0..<3).map { _ in quantization(&random, type) }
      let bounds: ClosedRange<Float> =
        random.once(in: 2) ? -Float.infinity...Float.infinity : 0...6
      let left = GuardedBuffer(
        random.bytes(a.elementCount), misalignment: random.number(in: 0...63))
      let right = GuardedBuffer(
        random.bytes(b.elementCount), misalignment: random.number(in: 0...63))
      defer { withExtendedLifetime((left, right)) {} }
      let x = left.view(a, type, quantizations[0])
      let y = right.view(b, type, quantizations[1])
      let expected = GuardedBuffer(count: shape.elementCount)
      try Reference.binary(
        function, x, y, bounds: bounds, into: expected.mutableView(shape, type, quantizations[2]))
      let isConstant = random.once(in: 3)
      for set in ByteFunctions.instructionSets where InstructionSet.available.contains(set) {
        let kernel = try #require(
          QuantizedBinary(
            function, .init(shape: a, quantization: quantizations[0]),
            .init(shape: b, quantization: quantizations[1], constant: isConstant ? y : nil),
            result: shape, resultQuantization: quantizations[2], elementType: type,
            bounds: bounds, instructionSets: [.scalar, set]))
        let actual = GuardedBuffer(
          count: shape.elementCount, misalignment: random.number(in: 0...63))
        let kept = kernel.runInGroups(
          of: 3, inputs: isConstant ? [x] : [x, y],
          outputs: [actual.mutableView(shape, type, quantizations[2])])
        #expect(kept && actual.canariesAreWhole)
        #expect(
          actual.bytes == expected.bytes, "case \(index), \(kernel.name) \(function) \(a) \(b)")
        compared += expected.count
      }
    }
    #expect(compared > 0)
  }

  @Test func inPlace() throws {
    var random = SeededGenerator(seed: 9)
    let quantization = Quantization(scale: 0.05, zeroPoint: 3)
    for count in [0, 1, 15, 16, 17, 33, 64, 129, 20_000] {
      let shape = Shape([count])
      let bytes = random.bytes(count)
      let (buffer, other) = (GuardedBuffer(bytes), GuardedBuffer(random.bytes(count)))
      defer { withExtendedLifetime(other) {} }
      let expected = GuardedBuffer(count: count)
      try Reference.binary(
        .add, buffer.view(shape, .uint8, quantization), other.view(shape, .uint8, quantization),
        bounds: 0...6, into: expected.mutableView(shape, .uint8, quantization))
      let operand = QuantizedBinary.Operand(shape: shape, quantization: quantization)
      let kernel = try #require(
        QuantizedBinary(
          .add, operand, operand, result: shape, resultQuantization: quantization,
          elementType: .uint8, bounds: 0...6))
      let kept = kernel.runInGroups(
        of: 1,
        inputs: [
          buffer.view(shape, .uint8, quantization), other.view(shape, .uint8, quantization),
        ], outputs: [buffer.mutableView(shape, .uint8, quantization)])
      #expect(kept && buffer.canariesAreWhole && buffer.bytes == expected.bytes)
    }
  }

  @Test func scalesBeyondTheFastKernelsAreRefused() {
    func operand(_ scale: Float) -> QuantizedBinary.Operand {
      .init(shape: [4], quantization: Quantization(scale: scale, zeroPoint: 0))
    }
    for function in [Reference.BinaryFunction.add, .multiply, .divide] {
      let kernel = QuantizedBinary(
        function, operand(300), operand(1), result: [4],
        resultQuantization: Quantization(scale: 1, zeroPoint: 0), elementType: .uint8,
        bounds: -Float.infinity...Float.infinity)
      #expect(kernel == nil, "\(function)")
    }
  }

  private func quantization(
    _ random: inout SeededGenerator, _ type: ElementType
  ) -> Quantization {
    Quantization(
      scale: Float(random.number(in: 50...2000)) / 10_000,
      zeroPoint: random.number(in: type == .uint8 ? 0...255 : -128...127))
  }

  /// Operands and their result: alike, one of them an element, a vector along the last dimension, or
  /// broadcast both ways.
  private func shapes(_ random: inout SeededGenerator) -> (Shape, Shape, Shape) {
    let dimensions = [
      random.number(in: 1...3), random.number(in: 1...12), random.number(in: 1...200),
    ]
    let full = Shape(dimensions)
    switch random.number(in: 0...5) {
    case 0: return (full, [1], full)
    case 1: return ([1], full, full)
    case 2: return (full, [dimensions[2]], full)
    case 3: return ([dimensions[0], 1, dimensions[2]], [1, dimensions[1], 1], full)
    case 4: return ([0, 5], [0, 5], [0, 5])
    default: return (full, full, full)
    }
  }
}

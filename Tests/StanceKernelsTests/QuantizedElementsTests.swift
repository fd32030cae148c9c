import StanceTensors
import Testing

@testable import StanceKernels

@Suite struct QuantizedElementsTests {
  static let counts = [0, 1, 15, 16, 17, 31, 32, 33, 63, 64, 65, 129, 8191, 8192, 20_007]

  @Test(arguments: [ElementType.uint8, .int8])
  func functionsOfOneElement(_ type: ElementType) throws {
    var random = SeededGenerator(seed: 11)
    let functions: [Reference.UnaryFunction] = [
      .logistic, .tanh, .hardSwish, .elu, .negate, .absolute, .clamp(0...6),
      .leakyReLU(alpha: 0.1),
    ]
    let from = Quantization(scale: 0.05, zeroPoint: 11)
    let to = Quantization(scale: 1 / 20, zeroPoint: type == .uint8 ? 3 : -128)
    var compared = 0
    for function in functions where type == .int8 || function != .negate {
      for count in Self.counts {
        let shape = Shape([count])
        let x = GuardedBuffer(random.bytes(count), misalignment: 5)
        defer { withExtendedLifetime(x) {} }
        let (expected, actual) = (GuardedBuffer(count: count), GuardedBuffer(count: count))
        try Reference.unary(
          function, x.view(shape, type, from), into: expected.mutableView(shape, type, to))
        let kernel = try #require(
          ByteLookup(
            function, shape: shape, elementType: type, quantization: from, resultQuantization: to))
        let kept = kernel.runInGroups(
          of: 2, inputs: [x.view(shape, type, from)],
          outputs: [actual.mutableView(shape, type, to)])
        #expect(kept && actual.canariesAreWhole && actual.bytes == expected.bytes, "\(function)")
        compared += count
      }
    }
    #expect(compared > 0)
  }

  @Test(arguments: [ElementType.uint8, .int8], [ElementType.uint8, .int8])
  func bytesQuantisedAgain(_ type: ElementType, _ resultType: ElementType) throws {
    var random = SeededGenerator(seed: 12)
    for (from, to) in [(0.05, 0.031), (0.05, 0.05), (1.0, 0.0001), (0.0001, 0.4)] {
      let (from, to) = (
        Quantization(scale: Float(from), zeroPoint: 7), Quantization(scale: Float(to), zeroPoint: 9)
      )
      for count in Self.counts {
        let shape = Shape([count])
        let x = GuardedBuffer(random.bytes(count), misalignment: 1)
        defer { withExtendedLifetime(x) {} }
        let (expected, actual) = (GuardedBuffer(count: count), GuardedBuffer(count: count))
        try Reference.quantize(
          x.view(shape, type, from), into: expected.mutableView(shape, resultType, to))
        let kernel = try #require(
          ByteLookup(quantizing: type, from, to: resultType, to, shape: shape))
        let kept = kernel.runInGroups(
          of: 1, inputs: [x.view(shape, type, from)],
          outputs: [actual.mutableView(shape, resultType, to)])
        #expect(kept && actual.canariesAreWhole && actual.bytes == expected.bytes, "\(count)")
      }
    }
  }

  @Test(
    arguments: [ElementType.uint8, .int8],
    ByteFunctions.instructionSets.filter { InstructionSet.available.contains($0) })
  func realsAndBack(_ type: ElementType, _ set: InstructionSet) throws {
    var random = SeededGenerator(seed: 13)
    let quantization = Quantization(scale: 0.037, zeroPoint: type == .uint8 ? 130 : -5)
    let special: [Float] = [
      .nan, .infinity, -.infinity, 1e30, -1e30, 0, -0.0, 0.0185, 0.0555, .leastNonzeroMagnitude,
    ]
    for count in Self.counts {
      let shape = Shape([count])
      let reals = (0..<count).map { index in
        random.once(in: 9) ? random.pick(special) : Float(random.number(in: -9000...9000)) / 999
      }
      let x = GuardedBuffer(reals.withUnsafeBytes { Array($0) }, misalignment: 4)
      defer { withExtendedLifetime(x) {} }
      let (expected, actual) = (
        GuardedBuffer(count: count), GuardedBuffer(count: count, misalignment: 3)
      )
      try Reference.quantize(
        x.view(shape, .float32), into: expected.mutableView(shape, type, quantization))
      let quantize = try #require(
        QuantizedReals(
          shape: shape, elementType: type, quantization: quantization,
          instructionSets: [.scalar, set]))
      var kept = quantize.runInGroups(
        of: 1, inputs: [x.view(shape, .float32)],
        outputs: [actual.mutableView(shape, type, quantization)])
      #expect(kept && actual.canariesAreWhole && actual.bytes == expected.bytes, "\(quantize.name)")

      let (plain, fast) = (GuardedBuffer(count: 4 * count), GuardedBuffer(count: 4 * count))
      try Reference.dequantize(
        actual.view(shape, type, quantization), into: plain.mutableView(shape, .float32))
      let dequantize = try #require(
        DequantizedBytes(
          shape: shape, elementType: type, quantization: quantization,
          instructionSets: [.scalar, set]))
      kept = dequantize.runInGroups(
        of: 2, inputs: [actual.view(shape, type, quantization)],
        outputs: [fast.mutableView(shape, .float32)])
      #expect(kept && fast.canariesAreWhole && fast.bytes == plain.bytes, "\(dequantize.name)")
    }
  }

  @Test(arguments: [ElementType.uint8, .int8])
  func concatenationOfDifferingScales(_ type: ElementType) throws {
    var random = SeededGenerator(seed: 14)
    for axis in 0...2 {
      let to = Quantization(scale: 0.05, zeroPoint: 12)
      let quantizations = [to, Quantization(scale: 0.11, zeroPoint: -3 + 9)]
      let widths = [random.number(in: 1...40), random.number(in: 1...40)]
      func shape(_ width: Int) -> Shape {
        var dimensions = [3, 4, 5]
        dimensions[axis] = width
        return Shape(dimensions)
      }
      let result = shape(widths[0] + widths[1])
      let parts = zip(widths, quantizations).map { (shape: shape($0), quantization: $1) }
      let buffers = parts.map { GuardedBuffer(random.bytes($0.shape.elementCount)) }
      defer { withExtendedLifetime(buffers) {} }
      let views = zip(parts, buffers).map { $1.view($0.shape, type, $0.quantization) }
      let (expected, actual) = (
        GuardedBuffer(count: result.elementCount), GuardedBuffer(count: result.elementCount)
      )
      let target = expected.mutableView(result, type, to)
      type == .uint8
        ? Reference.concatenateRescaling(views, axis: axis, of: UInt8.self, into: target)
        : Reference.concatenateRescaling(views, axis: axis, of: Int8.self, into: target)
      let kernel = try #require(
        QuantizedConcatenation(
          parts: parts.map { ($0.shape, Optional($0.quantization)) }, axis: axis, result: result,
          resultQuantization: to, elementType: type))
      let kept = kernel.runInGroups(
        of: 2, inputs: views, outputs: [actual.mutableView(result, type, to)])
      #expect(kept && actual.canariesAreWhole && actual.bytes == expected.bytes, "axis \(axis)")
    }
  }
}

import StanceTensors
import Testing

@testable import StanceKernels

/// Pooling and resizing of 8-bit pictures.
@Suite struct QuantizedPicturesTests {
  static let sets = ByteFunctions.instructionSets.filter { InstructionSet.available.contains($0) }

  @Test(arguments: [ElementType.uint8, .int8], sets)
  func pooling(_ type: ElementType, _ set: InstructionSet) throws {
    var random = SeededGenerator(seed: 21)
    for index in 0..<RandomCases.count / 3 {
      let window = (random.number(in: 1...4), random.number(in: 1...4))
      let (height, width) = (random.number(in: 4...9), random.number(in: 4...12))
      let padding = (random.number(in: 0...window.0 - 1), random.number(in: 0...window.1 - 1))
      let stride = (random.number(in: 1...3), random.number(in: 1...3))
      let input = Shape([random.number(in: 1...2), height, width, random.number(in: 1...130)])
      let output = Shape([
        input[0], (height + padding.0 - window.0) / stride.0 + 1,
        (width + padding.1 - window.1) / stride.1 + 1, input[3],
      ])
      let geometry = WindowGeometry(
        strideHeight: stride.0, strideWidth: stride.1, paddingTop: padding.0,
        paddingLeft: padding.1)
      let range: ClosedRange<Int32> = type == .uint8 ? 0...255 : -128...127
      let bounds = random.once(in: 2) ? range : range.lowerBound + 20...range.upperBound - 30
      let x = GuardedBuffer(random.bytes(input.elementCount), misalignment: index % 64)
      defer { withExtendedLifetime(x) {} }
      for kind in [QuantizedPooling.Kind.max, .average] {
        let (expected, actual) = (
          GuardedBuffer(count: output.elementCount), GuardedBuffer(count: output.elementCount)
        )
        let target = expected.mutableView(output, type)
        if kind == .max {
          Reference.maxPooling(
            x.view(input, type), output: target, windowHeight: window.0, windowWidth: window.1,
            geometry: geometry, bounds: bounds)
        } else {
          Reference.averagePooling(
            x.view(input, type), output: target, windowHeight: window.0, windowWidth: window.1,
            geometry: geometry, bounds: bounds)
        }
        let kernel = try #require(
          QuantizedPooling(
            kind, input: input, output: output, elementType: type, windowHeight: window.0,
            windowWidth: window.1, geometry: geometry, bounds: bounds,
            instructionSets: [.scalar, set]))
        let kept = kernel.runInGroups(
          of: 2, inputs: [x.view(input, type)], outputs: [actual.mutableView(output, type)])
        #expect(
          kept && actual.canariesAreWhole && actual.bytes == expected.bytes,
          "case \(index) \(kernel.name) \(input) \(output)")
      }
    }
  }

  @Test(arguments: [ElementType.uint8, .int8], sets)
  func resizing(_ type: ElementType, _ set: InstructionSet) throws {
    var random = SeededGenerator(seed: 22)
    for index in 0..<RandomCases.count / 3 {
      let channels = random.number(in: 1...70)
      let input = Shape([
        random.number(in: 1...2), random.number(in: 1...8), random.number(in: 1...8), channels,
      ])
      let output = Shape([
        input[0], random.number(in: 1...17), random.number(in: 1...17), channels,
      ])
      let mode = random.number(in: 0...2)
      let x = GuardedBuffer(random.bytes(input.elementCount), misalignment: index % 64)
      defer { withExtendedLifetime(x) {} }
      let (expected, actual) = (
        GuardedBuffer(count: output.elementCount), GuardedBuffer(count: output.elementCount)
      )
      Reference.resizeBilinearQuantized(
        x.view(input, type), output: expected.mutableView(output, type), alignsCorners: mode == 1,
        usesHalfPixelCenters: mode == 2)
      let kernel = try #require(
        QuantizedResizeBilinear(
          input: input, output: output, elementType: type, alignsCorners: mode == 1,
          usesHalfPixelCenters: mode == 2, instructionSets: [.scalar, set]))
      let kept = kernel.runInGroups(
        of: 3, inputs: [x.view(input, type)], outputs: [actual.mutableView(output, type)])
      #expect(
        kept && actual.canariesAreWhole && actual.bytes == expected.bytes,
        "case \(index) \(kernel.name) \(input) \(output)")
    }
  }
}

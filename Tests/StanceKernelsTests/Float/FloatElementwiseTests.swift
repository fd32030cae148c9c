import Foundation
import StanceKernels
import StanceTensors
import Testing

@Suite struct FloatElementwiseTests {
  private static let specials: [Float] = [
    0, -0.0, 1, -1, .nan, .infinity, -.infinity, .leastNonzeroMagnitude, -.leastNormalMagnitude,
    .greatestFiniteMagnitude, 88.7, 88.73, 89, 90, -87.3, -87.4, -103, -104, -105, -200, 1e30,
  ]

  /// Distance of a result from the exact value, in units in the last place of the exact value.
  private func distance(_ result: Float, _ exact: Double) -> Double {
    if Double(result) == exact || (result.isNaN && exact.isNaN) { return 0 }
    let nearest = Float(exact)
    if nearest.isInfinite { return result == nearest ? 0 : .infinity }
    return (Double(result) - exact).magnitude / Double(nearest.ulp)
  }

  private func worst(
    _ function: FloatUnary.Function, _ set: InstructionSet, _ exact: (Double) -> Double
  ) -> Double {
    var generator = SeededGenerator(3)
    var numbers = Self.specials
    for index in 0..<40_000 {
      let range: ClosedRange<Float> = index % 2 == 0 ? -110...95 : -3...3
      numbers.append(Float.random(in: range, using: &generator))
    }
    let x = FloatBuffer([numbers.count], numbers)
    let kernel = FloatUnary(function, shape: x.shape, instructionSets: [set])
    let results = run(kernel, [x], output: x.shape, using: &generator)
    return zip(numbers, results).map { distance($1, exact(Double($0))) }.max() ?? .infinity
  }

  @Test(arguments: InstructionSet.withFloatKernels)
  func exponentialIsWithinTwoUnitsInTheLastPlace(set: InstructionSet) {
    guard set.isTestable else { return }
    let error = worst(.exponential, set) { exp($0) }
    #expect(error <= 2, "\(error)")
  }

  @Test(arguments: InstructionSet.withFloatKernels)
  func logisticIsWithinThreeUnitsInTheLastPlace(set: InstructionSet) {
    guard set.isTestable else { return }
    let error = worst(.logistic, set) { 1 / (1 + exp(-$0)) }
    #expect(error <= 3, "\(error)")
  }

  @Test(arguments: InstructionSet.withFloatKernels)
  func activationsMatchTheReference(set: InstructionSet) throws {
    guard set.isTestable else { return }
    var generator = SeededGenerator(5)
    for count in [0, 1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 33, 5000] {
      let elements = generator.floats(count).map { $0 * 8 } + Self.specials
      let x = FloatBuffer([elements.count], elements)
      let expected = FloatBuffer(x.shape)
      defer { keep([x, expected]) }
      let cases: [(FloatUnary.Function, Reference.UnaryFunction)] = [
        (.activation(.clamp(0...6)), .clamp(0...6)),
        (.activation(.clamp(0...Float.infinity)), .clamp(0...Float.infinity)),
        (.leakyReLU(slope: 0.25), .leakyReLU(alpha: 0.25)),
      ]
      for (function, reference) in cases {
        let kernel = FloatUnary(function, shape: x.shape, instructionSets: [set])
        let results = run(kernel, [x], output: x.shape, using: &generator)
        try Reference.unary(reference, x.view, into: expected.mutableView)
        #expect(results.elementsEqual(expected.elements) { $0 == $1 || $0.isNaN && $1.isNaN })
      }
      let kernel = FloatUnary(
        .activation(.hardSwish), shape: x.shape, instructionSets: [set])
      let results = run(kernel, [x], output: x.shape, using: &generator)
      try Reference.unary(.hardSwish, x.view, into: expected.mutableView)
      let finite = elements.indices.filter { elements[$0].magnitude < 1e6 }
      #expect(
        relativeError(finite.map { results[$0] }, finite.map { expected.elements[$0] }) <= 1e-6)
    }
  }

  @Test(arguments: InstructionSet.withFloatKernels)
  func parametricReLUMatchesTheReference(set: InstructionSet) throws {
    guard set.isTestable else { return }
    var generator = SeededGenerator(6)
    for channels in [1, 3, 8, 15, 16, 17, 31, 33, 100] {
      let x = FloatBuffer([1, 3, 5, channels], generator.floats(15 * channels))
      let slopes = generator.floats(channels)
      let alpha = FloatBuffer([1, 1, channels], slopes)
      defer { keep([alpha]) }
      let kernel = FloatUnary(
        .activation(.parametricReLU(slopes)), shape: x.shape, instructionSets: [set])
      let expected = FloatBuffer(x.shape)
      defer { keep([x, expected]) }
      try Reference.parametricReLU(x.view, alpha: alpha.view, into: expected.mutableView)
      let results = run(kernel, [x], output: x.shape, using: &generator)
      #expect(results == expected.elements)
    }
  }

  @Test(arguments: InstructionSet.withFloatKernels)
  func binariesMatchTheReference(set: InstructionSet) throws {
    guard set.isTestable else { return }
    var generator = SeededGenerator(7)
    let functions: [(FloatBinary.Function, Reference.BinaryFunction)] = [
      (.add, .add), (.subtract, .subtract), (.multiply, .multiply), (.maximum, .maximum),
      (.minimum, .minimum),
    ]
    for channels in [1, 3, 8, 15, 16, 17, 33] {
      let output: Shape = [2, 3, 5, channels]
      let others: [Shape] = [
        output, [channels], [1, 1, 1, channels], [], [1], [2, 3, 5, 1], [5, channels],
      ]
      for (index, other) in others.enumerated() {
        for (function, reference) in functions {
          let isSwapped = (index + channels) % 2 == 0
          let (a, b) = isSwapped ? (other, output) : (output, other)
          let x = FloatBuffer(a, generator.floats(a.elementCount))
          let z = FloatBuffer(b, generator.floats(b.elementCount))
          let isClamped = [.add, .subtract, .multiply].contains(reference)
          let bounds = isClamped ? -0.5...0.5 : -Float.infinity...Float.infinity
          let kernel = try #require(
            FloatBinary(
              function, a: a, b: b, output: output, bounds: bounds, instructionSets: [set]))
          let expected = FloatBuffer(output)
          defer { keep([x, z, expected]) }
          try Reference.binary(
            reference, x.view, z.view, bounds: bounds, into: expected.mutableView)
          let results = run(kernel, [x, z], output: output, using: &generator)
          #expect(results == expected.elements, "\(function) of \(a) and \(b)")
        }
      }
    }
    #expect(
      FloatBinary(.add, a: [2, 1, 3], b: [2, 4, 3], output: [2, 4, 3], bounds: 0...1) == nil)
  }
}

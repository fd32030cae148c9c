import StanceKernels
import StanceTensors
import Testing

@Suite struct FloatWindowsTests {
  @Test(arguments: InstructionSet.withFloatKernels)
  func poolingMatchesTheReference(set: InstructionSet) throws {
    guard set.isTestable else { return }
    for seed in 0..<RandomCases.count {
      var generator = SeededGenerator(seed)
      let shapes = ConvolutionCase(using: &generator, isDepthwise: true)
      let channels = shapes.input[3]
      let output = Shape(shapes.output.dropLast() + [channels])
      var geometry = shapes.geometry
      (geometry.dilationHeight, geometry.dilationWidth) = (1, 1)
      let (height, width) = (shapes.weights[1], shapes.weights[2])
      geometry.paddingTop = min(geometry.paddingTop, height - 1)
      geometry.paddingLeft = min(geometry.paddingLeft, width - 1)
      let x = FloatBuffer(shapes.input, generator.floats(shapes.input.elementCount))
      let expected = FloatBuffer(output)
      let isAverage = seed % 2 == 0
      let kernel = FloatPooling(
        isAverage ? .average : .max, input: shapes.input,
        output: output, windowHeight: height, windowWidth: width, geometry: geometry,
        bounds: Float(-0.9)...0.9, instructionSets: [set])
      if isAverage {
        Reference.averagePooling(
          x.view, output: expected.mutableView, windowHeight: height, windowWidth: width,
          geometry: geometry, bounds: Float(-0.9)...0.9)
      } else {
        Reference.maxPooling(
          x.view, output: expected.mutableView, windowHeight: height, windowWidth: width,
          geometry: geometry, bounds: Float(-0.9)...0.9)
      }
      keep([x, expected])
      let results = run(kernel, [x], output: output, using: &generator)
      #expect(
        relativeError(results, expected.elements) <= (isAverage ? 1e-6 : 0),
        "seed \(seed): \(shapes.description)")
    }
  }

  @Test(arguments: InstructionSet.withFloatKernels)
  func pictureMeanMatchesTheReference(set: InstructionSet) throws {
    guard set.isTestable else { return }
    var generator = SeededGenerator(2)
    for channels in [1, 7, 8, 16, 17, 63, 64, 65, 130] {
      for (height, width) in [(1, 1), (7, 9), (33, 40)] {
        let x = FloatBuffer(
          [2, height, width, channels], generator.floats(2 * height * width * channels))
        let output: Shape = [2, channels]
        let expected = FloatBuffer(output)
        Reference.sum(x.view, over: [1, 2], isMean: true, output: expected.mutableView)
        let kernel = FloatPictureMean(input: x.shape, instructionSets: [set])
        keep([x, expected])
        let results = run(kernel, [x], output: output, using: &generator)
        #expect(relativeError(results + [1], expected.elements + [1]) <= 1e-6)
      }
    }
  }

  @Test(arguments: InstructionSet.withFloatKernels)
  func resizeMatchesTheReference(set: InstructionSet) throws {
    guard set.isTestable else { return }
    for seed in 0..<RandomCases.count {
      var generator = SeededGenerator(seed)
      func random(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
      let input: Shape = [random(1...2), random(1...9), random(1...9), random(1...50)]
      let output: Shape = [input[0], random(1...20), random(1...20), input[3]]
      let (alignsCorners, usesHalfPixelCenters) = (seed % 3 == 0, seed % 3 == 1)
      let x = FloatBuffer(input, generator.floats(input.elementCount))
      let expected = FloatBuffer(output)
      Reference.resizeBilinearFloat(
        x.view, output: expected.mutableView, alignsCorners: alignsCorners,
        usesHalfPixelCenters: usesHalfPixelCenters)
      let kernel = FloatResizeBilinear(
        input: input, output: output, alignsCorners: alignsCorners,
        usesHalfPixelCenters: usesHalfPixelCenters, instructionSets: [set])
      let results = run(kernel, [x], output: output, using: &generator)
      #expect(relativeError(results + [1], expected.elements + [1]) <= 1e-6, "seed \(seed)")
    }
  }

  @Test(arguments: InstructionSet.withFloatKernels)
  func fullyConnectedMatchesTheReference(set: InstructionSet) throws {
    guard set.isTestable else { return }
    var generator = SeededGenerator(4)
    for (rows, depth, columns) in [(1, 1, 1), (1, 100, 17), (3, 33, 48), (40, 7, 65), (2, 200, 1)] {
      let x = FloatBuffer([rows, depth], generator.floats(rows * depth))
      let weights = FloatBuffer([columns, depth], generator.floats(columns * depth))
      let bias = FloatBuffer([columns], generator.floats(columns))
      let expected = FloatBuffer([rows, columns])
      Reference.fullyConnected(
        x.view, weights: weights.view, bias: bias.view, output: expected.mutableView,
        bounds: 0...Float.infinity)
      defer { keep([x, weights, bias, expected]) }
      let kernel = FloatFullyConnected(
        rowCount: rows, weights: weights.view, bias: bias.view,
        epilogue: FloatEpilogue(.clamp(0...Float.infinity)), instructionSets: [set])
      let results = run(kernel, [x], output: expected.shape, using: &generator)
      #expect(relativeError(results + [1], expected.elements + [1]) <= 1e-5)
    }
  }
}

@Suite struct CopyTests {
  @Test func concatenatesAlongEachAxis() {
    var generator = SeededGenerator(8)
    for axis in 0..<3 {
      let parts: [Shape] = [1, 3, 2].map { count in
        var dimensions = [2, 3, 4]
        dimensions[axis] = count
        return Shape(dimensions)
      }
      var dimensions = [2, 3, 4]
      dimensions[axis] = 6
      let output = Shape(dimensions)
      let buffers = parts.map { FloatBuffer($0, generator.floats($0.elementCount)) }
      let kernel = ConcatenationCopy(parts: parts, axis: axis, elementByteCount: 4)
      let results = run(kernel, buffers, output: output, using: &generator)
      var expected: [Float] = []
      let outer = dimensions[..<axis].reduce(1, *)
      for position in 0..<outer {
        for buffer in buffers {
          let count = buffer.shape.elementCount / outer
          expected += buffer.elements[position * count..<(position + 1) * count]
        }
      }
      #expect(results == expected)
    }
  }

  @Test func padsEachDimension() throws {
    var generator = SeededGenerator(9)
    let input: Shape = [2, 3, 4, 5]
    let output: Shape = [4, 4, 7, 9]
    let before = [1, 0, 2, 3]
    let x = FloatBuffer(input, generator.floats(input.elementCount))
    let constant = withUnsafeBytes(of: Float(7)) { Array($0) }
    let kernel = try #require(
      PaddingCopy(input: input, output: output, before: before, constant: constant))
    let results = run(kernel, [x], output: output, using: &generator)
    let elements = x.elements
    for (index, result) in results.enumerated() {
      let position = zip(output.strides, output).map { index / $0 % $1 }
      let source = zip(position, before).map { $0 - $1 }
      let isInside = zip(source, input).allSatisfy { $0 >= 0 && $0 < $1 }
      let at = zip(source, input.strides).reduce(0) { $0 + $1.0 * $1.1 }
      #expect(result == (isInside ? elements[at] : 7))
    }
  }

  @Test func depthToSpaceEqualsTheReference() throws {
    for seed in 0..<40 {
      var generator = SeededGenerator(seed)
      let block = generator.number(in: 1...4)
      let (height, width) = (generator.number(in: 1...5), generator.number(in: 1...5))
      let channels = generator.number(in: 1...9)
      let x = FloatBuffer(
        [2, height, width, block * block * channels],
        generator.floats(2 * height * width * block * block * channels))
      let expected = FloatBuffer([2, height * block, width * block, channels])
      Reference.depthToSpace(x.view, block: block, into: expected.mutableView)
      let kernel = DepthToSpaceCopy(
        output: expected.shape, block: block, elementByteCount: 4)
      let results = run(kernel, [x], output: expected.shape, using: &generator)
      #expect(results == expected.elements, "seed \(seed)")
      keep([x, expected])
    }
  }
}

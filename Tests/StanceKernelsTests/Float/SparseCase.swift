import StanceKernels
import StanceTensors

/// Random sparse layers, with the reference kernels' results.
struct SparseCase {
  let layers: SparseLayers
  let x: FloatBuffer
  let addend: FloatBuffer?
  let output: Shape
  let expected: [Float]
  let description: String
  /// What the layers' views are of.
  private let buffers: [FloatBuffer?]

  var inputs: [FloatBuffer] { [x] + (addend.map { [$0] } ?? []) }

  func keepBuffers() { keep(buffers + [x, addend]) }

  /// Weights of which a share is not zero.
  private static func sparse(
    _ shape: Shape, density: Float, using generator: inout SeededGenerator
  ) -> FloatBuffer {
    let elements = generator.floats(shape.elementCount).map { weight in
      Float.random(in: 0...1, using: &generator) < density ? weight : 0
    }
    return FloatBuffer(shape, elements)
  }

  init(using generator: inout SeededGenerator) {
    func random(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
    var window = ConvolutionCase(using: &generator, isDepthwise: true)
    while window.weights[3] != window.input[3] {
      window = ConvolutionCase(using: &generator, isDepthwise: true)
    }
    let hidden = window.input[3]
    let hasWindow = random(0...4) != 0
    let hasExpansion = hasWindow && random(0...2) != 0
    let hasProjection = !hasExpansion || random(0...3) != 0
    let density: Float = [0, 0.1, 0.25, 0.25, 0.5, 1].randomElement(using: &generator)!
    let depth = hasExpansion ? random(1...60) : hidden
    let columns = random(1...70)
    let plain = WindowGeometry(strideHeight: 1, strideWidth: 1, paddingTop: 0, paddingLeft: 0)
    let unbounded = -Float.infinity...Float.infinity
    let x = FloatBuffer(
      Shape(window.input.dropLast() + [depth]),
      generator.floats(window.input.dropLast().reduce(1, *) * depth),
      misalignment: random(0...15))
    var (layers, buffers, sums) = (SparseLayers(), [FloatBuffer?](), x)
    func finish(_ activation: FloatActivation) {
      let channels = sums.shape[3]
      sums = FloatBuffer(
        sums.shape,
        sums.elements.enumerated().map { activation($1, channel: $0 % channels) })
    }
    func bias(_ count: Int) -> FloatBuffer? {
      let bias = random(0...4) == 0 ? nil : FloatBuffer([count], generator.floats(count))
      buffers.append(bias)
      return bias
    }
    func pointwise(_ columns: Int) -> (FloatBuffer, FloatBuffer?) {
      let weights = Self.sparse(
        [columns, 1, 1, sums.shape[3]], density: density, using: &generator)
      let bias = bias(columns)
      let result = FloatBuffer(Shape(sums.shape.dropLast() + [columns]))
      Reference.convolution(
        sums.view, weights: weights.view, bias: bias?.view, output: result.mutableView,
        geometry: plain, bounds: unbounded)
      buffers += [weights, sums]
      sums = result
      return (weights, bias)
    }
    if hasExpansion {
      let (weights, bias) = pointwise(hidden)
      let activation = window.activation(using: &generator)
      layers.expansion = SparseLayers.Pointwise(
        weights: weights.view, bias: bias?.view, epilogue: FloatEpilogue(before: activation))
      finish(activation)
    }
    if hasWindow {
      let weights = FloatBuffer(window.weights, generator.floats(window.weights.elementCount))
      let bias = bias(hidden)
      let activation = window.activation(using: &generator)
      let result = FloatBuffer(window.output)
      Reference.depthwiseConvolution(
        sums.view, weights: weights.view, bias: bias?.view, output: result.mutableView,
        geometry: window.geometry, bounds: unbounded)
      buffers += [weights, sums]
      sums = result
      layers.depthwise = SparseLayers.Depthwise(
        weights: weights.view, bias: bias?.view, geometry: window.geometry,
        activation: activation)
      finish(activation)
    }
    var addend: FloatBuffer?
    if hasProjection {
      let (weights, bias) = pointwise(columns)
      let slopes = generator.floats(columns)
      var epilogue = FloatEpilogue(
        before: random(0...1) == 0 ? .none : .parametricReLU(slopes),
        after: random(0...1) == 0 ? .none : .clamp(0...6))
      finish(epilogue.before)
      if random(0...1) == 0 {
        epilogue.hasAddend = true
        let other = FloatBuffer(sums.shape, generator.floats(sums.shape.elementCount))
        sums = FloatBuffer(sums.shape, zip(sums.elements, other.elements).map { $0 + $1 })
        addend = other
      }
      finish(epilogue.after)
      layers.projection = SparseLayers.Pointwise(
        weights: weights.view, bias: bias?.view, epilogue: epilogue)
    }
    self.layers = layers
    (self.x, self.addend, self.buffers) = (x, addend, buffers)
    (output, expected) = (sums.shape, sums.elements)
    description =
      "x \(x.shape), y \(sums.shape), density \(density), expansion \(hasExpansion), "
      + "projection \(hasProjection), window \(hasWindow ? window.description : "none")"
  }
}

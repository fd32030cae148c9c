import StanceGraph
import StanceTensors

/// A small network of layers picked at random, the same for each seed: values that are read again
/// much later, joined, split, reshaped, and shown.
struct RandomNetwork {
  private var builder = GraphBuilder()
  private let type: ElementType
  private var seed: UInt64
  /// What there is to read, each a picture.
  private var pictures: [(id: ValueID, shape: Shape)] = []

  /// - Parameter type: of all values, `float32`, `uint8` or `int8`.
  static func graph(seed: Int, _ type: ElementType, layerCount: Int = 12) throws -> Graph {
    var network = RandomNetwork(seed: seed, type)
    for _ in 0..<layerCount { try network.addLayer() }
    let (last, other) = (network.pictures[network.pictures.count - 1], network.picked())
    network.builder.output(last.id)
    // An input that is an output would be but itself.
    if other.id != last.id && other.id != network.pictures[0].id {
      network.builder.output(other.id)
    }
    return network.builder.graph
  }

  private init(seed: Int, _ type: ElementType) {
    self.type = type
    self.seed = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15
    let shape: Shape = [1, number(3...7), number(3...7), number(1...12)]
    pictures = [(builder.picture(shape, type), shape)]
  }

  private mutating func number(_ range: ClosedRange<Int>) -> Int {
    seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return range.lowerBound + Int(seed >> 33) % range.count
  }

  /// Mostly one of the newest.
  private mutating func picked() -> (id: ValueID, shape: Shape) {
    let reach = min(pictures.count, number(1...3) == 1 ? pictures.count : 2)
    return pictures[pictures.count - number(1...reach)]
  }

  private mutating func addLayer() throws {
    let (x, shape) = picked()
    switch number(0...9) {
    case 0: try addConvolution(x, shape, isDepthwise: false)
    case 1, 2: try addConvolution(x, shape, isDepthwise: true)
    case 3: addUnary(x, shape)
    case 4: addPool(x, shape)
    case 5: addReshape(x, shape)
    case 6: addSplit(x, shape)
    case 7: addResize(x, shape)
    default: addPair(x, shape)
    }
  }

  private mutating func append(_ id: ValueID, _ shape: Shape) {
    pictures.append((id, shape))
  }

  /// A convolution, at times behind PAD, at times before an activation.
  private mutating func addConvolution(
    _ x: ValueID, _ shape: Shape, isDepthwise: Bool
  ) throws {
    let isPadded = number(0...3) == 0
    let kernel = isPadded ? 3 : [1, 3, 5][number(0...2)]
    let stride = number(0...3) == 0 ? 2 : 1
    let options = Convolution(
      padding: isPadded ? .valid : .same, strides: Steps(height: stride, width: stride),
      activation: number(0...2) == 0 ? .relu6 : .none)
    let from = isPadded ? builder.padded(x, by: [0, 0, 1, 1, 1, 1, 0, 0]) : x
    let isPerAxis = type == .int8 && number(0...1) == 0
    let count = isDepthwise ? shape[3] : number(1...20)
    var id =
      isDepthwise
      ? try builder.depthwise(from, depth: shape[3], kernel: kernel, options, isPerAxis: isPerAxis)
      : try builder.convolution(
        from, from: shape[3], to: count, kernel: kernel, options, isPerAxis: isPerAxis)
    if number(0...2) == 0 { id = builder.unary(.relu, id) }
    let result: Shape = [
      1, (shape[1] + stride - 1) / stride, (shape[2] + stride - 1) / stride, count,
    ]
    if isDepthwise && number(0...1) == 0 {
      let width = number(0...1) == 0 ? count : number(1...20)
      append(
        try builder.convolution(id, from: count, to: width), [1, result[1], result[2], width])
    } else {
      append(id, result)
    }
  }

  private mutating func addUnary(_ x: ValueID, _ shape: Shape) {
    let floats: [Unary.Kind] = [.relu, .hardSwish, .logistic, .negate, .tanh, .absolute]
    let kinds = type == .float32 ? floats : [.relu, .relu6, .leakyReLU(alpha: 0.25)]
    append(builder.unary(kinds[number(0...kinds.count - 1)], x), shape)
  }

  private mutating func addPool(_ x: ValueID, _ shape: Shape) {
    let stride = number(1...2)
    let pooling = Pooling(
      kind: number(0...1) == 0 ? .max : .average, window: Steps(height: 2, width: 2),
      padding: .same, strides: Steps(height: stride, width: stride))
    append(
      builder.layer(.pooling(pooling), [x], type),
      [1, (shape[1] + stride - 1) / stride, (shape[2] + stride - 1) / stride, shape[3]])
  }

  private mutating func addReshape(_ x: ValueID, _ shape: Shape) {
    let result: Shape =
      number(0...1) == 0
      ? [1, shape[2], shape[1], shape[3]] : [1, 1, shape[1] * shape[2], shape[3]]
    append(
      builder.layer(.reshape(Reshape(shape: result.dimensions)), [x], type), result)
  }

  private mutating func addSplit(_ x: ValueID, _ shape: Shape) {
    guard shape[3] % 2 == 0 else { return addUnary(x, shape) }
    let axis = builder.integers([3], [])
    let parts = (0..<2).map { part in
      builder.value(
        "part \(part) of \(builder.graph.values.count)", [], type, quantization: type.activations)
    }
    builder.node(.split(Split(count: 2)), [axis, x], to: parts)
    for part in parts { append(part, [1, shape[1], shape[2], shape[3] / 2]) }
  }

  private mutating func addResize(_ x: ValueID, _ shape: Shape) {
    let (height, width) = (number(2...8), number(2...8))
    let sizes = builder.integers([Int32(height), Int32(width)])
    let resize = Resize(kind: .bilinear, usesHalfPixelCenters: number(0...1) == 0)
    append(builder.layer(.resize(resize), [x, sizes], type), [1, height, width, shape[3]])
  }

  /// A sum, a product or a joint of two pictures of one shape.
  private mutating func addPair(_ x: ValueID, _ shape: Shape) {
    let others = pictures.filter { $0.shape == shape }
    let other = others[number(0...others.count - 1)].id
    switch number(0...4) {
    case 0, 1:
      append(builder.sum(x, other, number(0...2) == 0 ? .relu : .none), shape)
    case 2:
      append(builder.layer(.binary(Binary(kind: .multiply)), [other, x], type), shape)
    default:
      let axis = number(1...3)
      guard shape[axis] <= 24 else { return addUnary(x, shape) }
      var dimensions = shape.dimensions
      dimensions[axis] *= 2
      append(
        builder.layer(.concatenation(Concatenation(axis: axis)), [x, other], type),
        Shape(dimensions))
    }
  }
}

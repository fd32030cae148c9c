import Foundation
import StanceFormats
import StanceGraph
import StanceTensors
import StanceTestSupport

/// A float `.tflite` file of the layout of TensorFlow Lite's multi_person_mobilenet_v1_075_float, made
/// from BodyPix's weights: picture `[1, 353, 257, 3]` in; `float_heatmaps`, `float_short_offsets`,
/// `float_mid_offsets` and `float_segments` out.
struct MultiPersonModel {
  struct Unusable: Error { let reason: String }

  static let height = 353
  static let width = 257
  static let outputNames = [
    "float_heatmaps", "float_short_offsets", "float_mid_offsets", "float_segments",
  ]

  private let source: Graph
  /// For each value the one that it is a copy of, but for its quantisation or padding.
  private var origins: [Int: ValueID] = [:]
  private var model = TestModel()
  /// The place of each value in the file.
  private var places: [Int: Int32] = [:]
  /// Rows and columns of each picture.
  private var sizes: [Int: (Int, Int)] = [:]

  /// - Parameter path: of Coral's BodyPix.
  static func file(from path: String) throws -> [UInt8] {
    var maker = MultiPersonModel(source: try ModelReader.read(contentsOf: path).graph)
    return try maker.make()
  }

  private init(source: Graph) { self.source = source }

  private mutating func make() throws -> [UInt8] {
    for node in source.nodes {
      switch node.operation {
      case .quantize, .pad: origins[node.outputs[0].index] = node.inputs[0]
      default: break
      }
    }
    let outputs = try Self.outputNames.map { name in
      guard let index = source.values.firstIndex(where: { $0.name == name }) else {
        throw Unusable(reason: "there is no value \(name)")
      }
      return origin(ValueID(index))
    }
    let needed = nodes(for: outputs)
    model.codes = [TestModel.code(3), TestModel.code(4), TestModel.code(2)]
    let input = origin(source.inputs[0])
    sizes[input.index] = (Self.height, Self.width)
    model.inputs = [add(input, named: "sub_2", channels: 3)]
    for index in needed {
      let node = source.nodes[index]
      let output = node.outputs[0]
      let position = outputs.firstIndex(of: output)
      try add(node, named: position.map { Self.outputNames[$0] })
    }
    model.outputs = outputs.compactMap { places[$0.index] }
    return model.root.file()
  }

  private func origin(_ id: ValueID) -> ValueID {
    var id = id
    while let next = origins[id.index] { id = next }
    return id
  }

  /// The convolutions and concatenations that `outputs` follow from, in their order.
  private func nodes(for outputs: [ValueID]) -> [Int] {
    var wanted = Set(outputs)
    var found: [Int] = []
    for (index, node) in source.nodes.enumerated().reversed() {
      guard origins[node.outputs[0].index] == nil, wanted.contains(node.outputs[0]) else {
        continue
      }
      found.append(index)
      wanted.formUnion(node.inputs.compactMap { $0.map(origin) })
    }
    return found.reversed()
  }

  private mutating func add(_ node: Node, named name: String?) throws {
    let inputs = node.inputs.compactMap { $0.map(origin) }
    let output = node.outputs[0]
    guard let (rows, columns) = sizes[inputs[0].index] else {
      throw Unusable(reason: "\(source[inputs[0]].name) has no size")
    }
    let code: UInt32
    let options: [Int: FlatValue]
    switch node.operation {
    case .convolution(let window):
      (code, options) = (0, TestModel.options(1, Self.fields(window, from: 3)))
      sizes[output.index] = Self.size(rows, columns, window)
    case .depthwiseConvolution(let depthwise):
      var fields = Self.fields(depthwise.window, from: 4)
      fields[3] = .int32(Int32(depthwise.depthMultiplier))
      (code, options) = (1, TestModel.options(2, fields))
      sizes[output.index] = Self.size(rows, columns, depthwise.window)
    case .concatenation:
      (code, options) = (2, TestModel.options(10, [0: .int32(3)]))
      sizes[output.index] = (rows, columns)
    default: throw Unusable(reason: "\(node.operation.name) is not expected")
    }
    let operands = try inputs.map { try places[$0.index] ?? addConstant($0) }
    let result = add(
      output, named: name ?? source[output].name, channels: source[output].shape.last ?? 0)
    model.operators.append(TestModel.node(code, operands, [result], options))
  }

  private static func fields(_ window: Convolution, from activation: Int) -> [Int: FlatValue] {
    let activations: [Activation: UInt8] = [.relu: 1, .relu6: 3]
    return [
      0: .uint8(window.padding == .same ? 0 : 1), 1: .int32(Int32(window.strides.width)),
      2: .int32(Int32(window.strides.height)),
      activation: .uint8(activations[window.activation] ?? 0),
      activation + 1: .int32(Int32(window.dilation.width)),
      activation + 2: .int32(Int32(window.dilation.height)),
    ]
  }

  private static func size(_ rows: Int, _ columns: Int, _ window: Convolution) -> (Int, Int) {
    ((rows - 1) / window.strides.height + 1, (columns - 1) / window.strides.width + 1)
  }

  private mutating func add(_ id: ValueID, named name: String, channels: Int) -> Int32 {
    let (rows, columns) = sizes[id.index] ?? (0, 0)
    return append(
      TestModel.tensor([1, Int32(rows), Int32(columns), Int32(channels)], name: name), id)
  }

  /// The real numbers that a quantised constant stands for.
  private mutating func addConstant(_ id: ValueID) throws -> Int32 {
    let value = source[id]
    guard let bytes = value.constant, let quantization = value.quantization else {
      throw Unusable(reason: "\(value.name) is no quantised constant")
    }
    let integers = try Tensor(shape: value.shape, elementType: value.elementType, bytes: bytes)
      .realElements()
    let inner = value.shape.strides[quantization.axis]
    let count = value.shape[quantization.axis]
    let reals = integers.enumerated().map { index, integer in
      quantization.isPerAxis
        ? integer * quantization.scales[index / inner % count] : integer * quantization.scale
    }
    model.buffers.append(
      .table([0: .bytes(reals.withUnsafeBytes { Array($0) })]))
    return append(
      TestModel.tensor(
        value.shape.map { Int32($0) }, buffer: UInt32(model.buffers.count - 1), name: value.name),
      id)
  }

  private mutating func append(_ tensor: FlatValue, _ id: ValueID) -> Int32 {
    model.tensors.append(tensor)
    places[id.index] = Int32(model.tensors.count - 1)
    return Int32(model.tensors.count - 1)
  }
}

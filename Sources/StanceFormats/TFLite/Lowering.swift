import StanceGraph
import StanceTensors

/// From an `Operator` table to the `Operation` it stands for.
struct Lowering {
  let node: FlatbufferTable
  let code: OperatorCode
  let inputCount: Int
  let outputCount: Int

  /// - Throws: where an option has a value that the schema does not know or that makes no sense.
  func operation() throws -> Operation {
    guard let builtin = BuiltinOperator(rawValue: code.code) else {
      return .unsupported(UnsupportedOperation(name: BuiltinOperator.name(ofCode: code.code)))
    }
    if builtin == .custom { return .custom(try customOperation()) }
    guard
      let operation = try windowOperation(builtin) ?? elementwiseOperation(builtin)
        ?? movementOperation(builtin)
    else {
      return .unsupported(UnsupportedOperation(name: BuiltinOperator.name(ofCode: code.code)))
    }
    guard outputCount > 0 else {
      throw FormatError(
        .malformed, "the operator has no outputs", byteOffset: node.position, parts: ["outputs"])
    }
    return operation
  }

  private func customOperation() throws -> CustomOperation {
    let outside = try locating("large custom options") {
      try node.buffer.reader.outsideBytes(node, offsetSlot: 9, sizeSlot: 10)
    }
    let inside = try node.bytes(5, "custom options")
    return CustomOperation(
      name: code.customName ?? "", options: outside ?? inside ?? Bytes([]))
  }

  /// The operator's options of the given kind.
  /// - Throws: where the file has options of another kind.
  func options(_ kind: OptionsKind) throws -> Options {
    let type = try node.integer(3, "options type", default: 0 as UInt8)
    guard type != 0 else { return Options(table: nil, node: node) }
    guard type == kind.rawValue else {
      throw FormatError(
        .malformed, "options of type \(type) do not belong to this operator",
        byteOffset: node.position, parts: ["options type"])
    }
    return Options(table: try node.table(4, "options"), node: node)
  }
}

/// Members of the schema's `BuiltinOptions` union that hold something.
enum OptionsKind: UInt8 {
  case convolution2D = 1
  case depthwiseConvolution2D = 2
  case pool2D = 5
  case fullyConnected = 8
  case softmax = 9
  case concatenation = 10
  case add = 11
  case l2Normalization = 12
  case resizeBilinear = 15
  case reshape = 17
  case spaceToDepth = 19
  case multiply = 21
  case gather = 23
  case reducer = 27
  case subtract = 28
  case divide = 29
  case squeeze = 30
  case stridedSlice = 32
  case split = 35
  case argMax = 40
  case transposeConvolution = 49
  case shape = 55
  case argMin = 57
  case pack = 59
  case unpack = 64
  case resizeNearestNeighbor = 74
  case leakyReLU = 75
  case mirrorPad = 77
  case splitSizes = 79
  case depthToSpace = 94
}

/// An options table; where the file has none, every field has the schema's default.
struct Options {
  let table: FlatbufferTable?
  let node: FlatbufferTable

  func integer(_ slot: Int, _ name: String, default value: Int32 = 0) throws -> Int {
    Int(try table?.integer(slot, name, default: value) ?? value)
  }

  /// - Throws: where the number is less than 1.
  func positive(_ slot: Int, _ name: String, default value: Int32 = 0) throws -> Int {
    let number = try integer(slot, name, default: value)
    guard number >= 1 else { throw malformed(name, "\(number) is not 1 or more") }
    return number
  }

  /// - Throws: where the number is not `count`.
  func count(_ slot: Int, _ name: String, equalTo count: Int) throws -> Int {
    let number = try integer(slot, name)
    guard number == count else {
      throw malformed(name, "the operator says \(number) and has \(count)")
    }
    return number
  }

  func float(_ slot: Int, _ name: String) throws -> Float {
    try table?.float(slot, name, default: 0) ?? 0
  }

  func bool(_ slot: Int, _ name: String) throws -> Bool {
    try table?.bool(slot, name) ?? false
  }

  func integers(_ slot: Int, _ name: String) throws -> [Int]? {
    try table?.numbers(slot, name, as: Int32.self)
  }

  func activation(_ slot: Int) throws -> Activation {
    let activations: [Activation] = [.none, .relu, .reluN1To1, .relu6, .tanh, .signBit]
    return try choice(slot, "activation", among: activations)
  }

  func padding(_ slot: Int) throws -> Padding {
    try choice(slot, "padding", among: [.same, .valid])
  }

  /// Height and width of at least 1 each.
  func steps(height: Int, width: Int, _ name: String, default value: Int32 = 0) throws -> Steps {
    Steps(
      height: try positive(height, "\(name) height", default: value),
      width: try positive(width, "\(name) width", default: value))
  }

  /// An index type; nil where the field is absent or `FLOAT32`, the schema's zero.
  func indexType(_ slot: Int) throws -> ElementType? {
    let code = try table?.integer(slot, "type", default: 0 as Int8) ?? 0
    let type = try ElementType(tfLiteCode: code, at: (table ?? node).position)
    switch type {
    case .float32: return nil
    case .int32, .int64: return type
    default: throw malformed("type", "\(type.rawValue) is no index type")
    }
  }

  /// The case that an enumeration of one byte numbers.
  func choice<Choice>(_ slot: Int, _ name: String, among choices: [Choice]) throws -> Choice {
    let number = Int(try table?.integer(slot, name, default: 0 as Int8) ?? 0)
    guard choices.indices.contains(number) else {
      throw malformed(name, "\(number) is none of the values 0 to \(choices.count - 1)")
    }
    return choices[number]
  }

  func malformed(_ name: String, _ reason: String) -> FormatError {
    FormatError(
      .malformed, reason, byteOffset: (table ?? node).position, parts: ["options", name])
  }
}

/// The parts of a `.tflite` file, to be put together and spoiled.
package struct TestModel {
  package var version: UInt32 = 3
  package var codes: [FlatValue] = []
  package var tensors: [FlatValue] = []
  package var operators: [FlatValue] = []
  package var inputs: [Int32] = []
  package var outputs: [Int32] = []
  /// Buffer 0 is always there and empty.
  package var buffers: [FlatValue] = [.table([:])]
  /// Further fields of the model's table.
  package var extra: [Int: FlatValue] = [:]

  package init() {}

  package var root: FlatValue {
    .table(
      [
        0: .uint32(version), 1: .tables(codes), 2: .tables([subgraph]),
        3: .string("made for a test"), 4: .tables(buffers),
      ].merging(extra) { $1 })
  }

  package var subgraph: FlatValue {
    .table([
      0: .tables(tensors), 1: .int32s(inputs), 2: .int32s(outputs), 3: .tables(operators),
      4: .string("main"),
    ])
  }

  package static func code(_ builtin: Int32, version: Int32 = 1, custom: String? = nil) -> FlatValue
  {
    var fields: [Int: FlatValue] = [
      0: .uint8(UInt8(bitPattern: Int8(clamping: builtin))), 2: .int32(version), 3: .int32(builtin),
    ]
    if let custom { fields[1] = .string(custom) }
    return .table(fields)
  }

  package static func tensor(
    _ shape: [Int32], type: UInt8 = 0, buffer: UInt32 = 0, name: String = "t",
    _ more: [Int: FlatValue] = [:]
  ) -> FlatValue {
    .table(
      [0: .int32s(shape), 1: .uint8(type), 2: .uint32(buffer), 3: .string(name)]
        .merging(more) { $1 })
  }

  package static func node(
    _ code: UInt32 = 0, _ inputs: [Int32], _ outputs: [Int32], _ more: [Int: FlatValue] = [:]
  ) -> FlatValue {
    .table(
      [0: .uint32(code), 1: .int32s(inputs), 2: .int32s(outputs)].merging(more) { $1 })
  }

  package static func options(_ kind: UInt8, _ fields: [Int: FlatValue]) -> [Int: FlatValue] {
    [3: .uint8(kind), 4: .table(fields)]
  }

  /// One operator with `operands` inputs and one result, all of shape [1].
  package static func single(
    _ builtin: Int32, custom: String? = nil, operands: Int32 = 1,
    _ more: [Int: FlatValue] = [:]
  ) -> TestModel {
    var model = TestModel()
    model.codes = [code(builtin, custom: custom)]
    model.tensors = (0...operands).map { tensor([1], name: "t\($0)") }
    model.operators = [node(0, Array(0..<operands), [operands], more)]
    model.inputs = Array(0..<operands)
    model.outputs = [operands]
    return model
  }

  /// A model with something of everything that the reader knows.
  package static var rich: TestModel {
    var model = TestModel()
    model.codes = [
      code(3, version: 2), code(124), code(32, custom: "Decode"), code(22), code(207),
    ]
    model.buffers += [
      .table([0: .bytes(Array(repeating: 7, count: 24))]),
      .table([0: .bytes(Array(repeating: 0, count: 12))]),
      .table([0: .bytes([1, 2, 3, 4, 5, 6])]),
      .table([0: .bytes([1, 0, 0, 0, 16, 0, 0, 0])]),
      .table([0: .string("1.5.0")]),
    ]
    let perAxis: FlatValue = .table([
      2: .floats([0.5, 0.25, 0.125]), 3: .int64s([0, 0, 0]), 6: .int32(0),
    ])
    let perTensor: FlatValue = .table([
      0: .floats([-1]), 1: .floats([1]), 2: .floats([0.0078125]), 3: .int64s([-128]),
    ])
    let sparsity: FlatValue = .table([
      0: .int32s([0, 1]),
      2: .tables([
        .table([1: .int32(2)]),
        .table([
          0: .uint8(1), 2: .uint8(3), 3: .table([0: .bytes([0, 2, 3])]),
          4: .uint8(3), 5: .table([0: .bytes([0, 3, 2])]),
        ]),
      ]),
    ])
    model.tensors = [
      tensor([1, 4, 4, 2], type: 9, name: "image", [4: perTensor, 7: .int32s([1, -1, -1, 2])]),
      tensor([3, 2, 2, 2], type: 9, buffer: 1, name: "weights", [4: perAxis]),
      tensor([3], type: 2, buffer: 2, name: "bias"),
      tensor([1, 2, 2, 3], type: 9, name: "features", [4: perTensor]),
      tensor([2, 4], type: 1, buffer: 3, name: "sparse", [6: sparsity]),
      tensor([2, 4], type: 1, name: "dense"),
      tensor([], name: "count", [8: .uint8(1)]),
      tensor([2], type: 2, buffer: 4, name: "new shape"),
      tensor([1, 12], type: 9, name: "flat", [4: perTensor]),
      tensor([1], name: "state", [5: .uint8(1)]),
    ]
    model.operators = [
      node(
        0, [0, 1, 2], [3],
        options(1, [0: .uint8(1), 1: .int32(2), 2: .int32(1), 3: .uint8(3), 5: .int32(1)])),
      node(1, [4], [5]),
      node(2, [3, -1, 9], [6], [5: .bytes([7, 4, 1])]),
      node(3, [3, 7], [8], options(17, [0: .int32s([1, -1])])),
    ]
    model.inputs = [0]
    model.outputs = [8, 6, 5]
    model.extra = [
      6: .tables([.table([0: .string("min_runtime_version"), 1: .uint32(5)])]),
      7: .tables([
        .table([
          0: .tables([.table([0: .string("x"), 1: .uint32(0)])]),
          1: .tables([.table([0: .string("y"), 1: .uint32(8)])]),
          2: .string("serving_default"), 4: .uint32(0),
        ])
      ]),
    ]
    return model
  }
}

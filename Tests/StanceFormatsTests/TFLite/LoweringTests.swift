import StanceFormats
import StanceGraph
import StanceTensors
import StanceTestSupport
import Testing

/// Each builtin operator with options becomes the operation that the schema means.
struct LoweringTests {
  private func lower(
    _ builtin: Int32, operands: Int32 = 1, _ kind: UInt8 = 0, _ fields: [Int: FlatValue] = [:]
  ) throws -> StanceGraph.Operation {
    let more = kind == 0 ? [:] : TestModel.options(kind, fields)
    let model = TestModel.single(builtin, operands: operands, more)
    return try TFLiteReader.read(model.root.fileBytes(), name: "m").graph.nodes[0].operation
  }

  @Test func windows() throws {
    let steps = Steps(height: 3, width: 2)
    let depthwise = try lower(
      4, operands: 3, 2,
      [1: .int32(2), 2: .int32(3), 3: .int32(4), 4: .uint8(1), 5: .int32(5), 6: .int32(6)])
    #expect(
      depthwise
        == .depthwiseConvolution(
          DepthwiseConvolution(
            depthMultiplier: 4,
            window: Convolution(
              padding: .same, strides: steps, dilation: Steps(height: 6, width: 5),
              activation: .relu))))
    let transpose = try lower(67, operands: 3, 49, [0: .uint8(1), 1: .int32(2), 2: .int32(3)])
    #expect(
      transpose == .transposeConvolution(TransposeConvolution(padding: .valid, strides: steps)))
    let pool: [Int: FlatValue] = [
      1: .int32(2), 2: .int32(3), 3: .int32(4), 4: .int32(5), 5: .uint8(2),
    ]
    for (builtin, kind) in [(1, Pooling.Kind.average), (17, .max)] as [(Int32, Pooling.Kind)] {
      #expect(
        try lower(builtin, 5, pool)
          == .pooling(
            Pooling(
              kind: kind, window: Steps(height: 5, width: 4), padding: .same, strides: steps,
              activation: .reluN1To1)))
    }
    #expect(
      try lower(9, operands: 2, 8, [0: .uint8(1), 2: .uint8(1)])
        == .fullyConnected(FullyConnected(keepsDimensions: true, activation: .relu)))
    #expect(
      try lower(9, operands: 2, 8, [1: .uint8(1)])
        == .unsupported(UnsupportedOperation(name: "FULLY_CONNECTED with shuffled weights")))
    #expect(
      try lower(23, operands: 2, 15, [3: .uint8(1)])
        == .resize(Resize(kind: .bilinear, usesHalfPixelCenters: true)))
    #expect(
      try lower(97, operands: 2, 74, [0: .uint8(1)])
        == .resize(Resize(kind: .nearest, alignsCorners: true)))
    #expect(try lower(25, 9, [0: .float(2)]) == .softmax(Softmax(beta: 2)))
    #expect(
      try lower(40, operands: 2, 27, [0: .uint8(1)])
        == .reduction(Reduction(kind: .mean, keepsDimensions: true)))
  }

  @Test func elementwise() throws {
    #expect(
      try lower(0, operands: 2, 11, [0: .uint8(3)])
        == .binary(.init(kind: .add, activation: .relu6)))
    #expect(try lower(41, operands: 2) == .binary(Binary(kind: .subtract)))
    #expect(try lower(98, 75, [0: .float(0.25)]) == .unary(Unary(kind: .leakyReLU(alpha: 0.25))))
    #expect(try lower(64, operands: 3) == .select(Select(broadcasts: false)))
    #expect(try lower(123, operands: 3) == .select(Select(broadcasts: true)))
  }

  @Test func movement() throws {
    #expect(try lower(34, operands: 2) == .pad(Pad(hasConstant: false)))
    #expect(try lower(60, operands: 3) == .pad(Pad(hasConstant: true)))
    #expect(try lower(100, operands: 2, 77, [0: .uint8(1)]) == .mirrorPad(.init(mode: .symmetric)))
    #expect(try lower(2, operands: 3, 10, [0: .int32(-1)]) == .concatenation(.init(axis: -1)))
    #expect(try lower(49, operands: 2, 35, [0: .int32(1)]) == .split(Split(count: 1)))
    #expect(try lower(102, operands: 3, 79, [0: .int32(1)]) == .splitSizes(Split(count: 1)))
    #expect(
      try lower(
        45, operands: 4, 32,
        [0: .int32(1), 1: .int32(2), 2: .int32(4), 3: .int32(8), 4: .int32(16)]
      )
        == .stridedSlice(
          StridedSlice(
            beginMask: 1, endMask: 2, ellipsisMask: 4, newAxisMask: 8, shrinkAxisMask: 16)))
    #expect(try lower(22, 17, [0: .int32s([2, -1])]) == .reshape(Reshape(shape: [2, -1])))
    #expect(try lower(22, operands: 2) == .reshape(Reshape(shape: nil)))
    #expect(try lower(43, 30, [0: .int32s([1])]) == .squeeze(Squeeze(axes: [1])))
    #expect(
      try lower(83, operands: 2, 59, [0: .int32(2), 1: .int32(-1)])
        == .pack(Pack(count: 2, axis: -1)))
    #expect(try lower(88, 64, [0: .int32(1), 1: .int32(1)]) == .unpack(Unpack(count: 1, axis: 1)))
    #expect(
      try lower(36, operands: 2, 23, [0: .int32(1), 1: .int32(1)])
        == .gather(Gather(axis: 1, batchDimensions: 1)))
    #expect(try lower(5, 94, [0: .int32(2)]) == .depthToSpace(BlockSize(size: 2)))
    #expect(try lower(26, 19, [0: .int32(2)]) == .spaceToDepth(BlockSize(size: 2)))
    #expect(
      try lower(56, operands: 2, 40, [0: .uint8(4)])
        == .extremum(Extremum(kind: .max, indexType: .int64)))
    #expect(
      try lower(79, operands: 2, 57, [0: .uint8(2)])
        == .extremum(Extremum(kind: .min, indexType: .int32)))
    #expect(try lower(77) == .shape(ShapeOf(indexType: .int32)))
  }
}

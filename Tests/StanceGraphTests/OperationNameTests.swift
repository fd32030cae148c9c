import StanceGraph
import StanceTensors
import Testing

struct OperationNameTests {
  @Test func namesAreTensorFlowLites() {
    let window = Convolution(padding: .same)
    let cases: [(StanceGraph.Operation, String)] = [
      (.convolution(window), "CONV_2D"),
      (
        .depthwiseConvolution(DepthwiseConvolution(depthMultiplier: 1, window: window)),
        "DEPTHWISE_CONV_2D"
      ),
      (.pooling(Pooling(kind: .max, window: .one, padding: .same, strides: .one)), "MAX_POOL_2D"),
      (.reduction(Reduction(kind: .max, keepsDimensions: false)), "REDUCE_MAX"),
      (.pad(Pad(hasConstant: true)), "PADV2"),
      (.select(Select(broadcasts: true)), "SELECT_V2"),
      (.extremum(Extremum(kind: .min, indexType: .int32)), "ARG_MIN"),
      (.unary(Unary(kind: .leakyReLU(alpha: 0.1))), "LEAKY_RELU"),
      (.custom(CustomOperation(name: "Mine", options: Bytes([]))), "Mine"),
      (.unsupported(UnsupportedOperation(name: "LSTM")), "LSTM"),
    ]
    for (operation, name) in cases { #expect(operation.name == name) }
    #expect(Set(Binary.Kind.allCases.map { Operation.binary(Binary(kind: $0)).name }).count == 7)
    #expect(
      Set(Comparison.Kind.allCases.map { Operation.comparison(Comparison(kind: $0)).name }).count
        == 6)
  }
}

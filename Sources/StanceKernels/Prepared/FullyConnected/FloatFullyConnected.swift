import StanceTensors

/// Fully connected layer of float32: x of any shape read as `[N, C]`, weights `[O, C]`, bias `[O]`.
///
/// A unit is a row of x. Inputs: x, and the addend where the epilogue has one.
public struct FloatFullyConnected: PreparedKernel {
  private let convolution: FloatConvolution

  /// - Parameters:
  ///   - rowCount: `N`.
  ///   - instructionSets: those that may be used, the plainest first.
  public init(
    rowCount: Int, weights: TensorView, bias: TensorView?,
    epilogue: FloatEpilogue = FloatEpilogue(), precision: FloatPrecision = .float32,
    instructionSets: [InstructionSet] = InstructionSet.available
  ) {
    let (columns, depth) = (weights.shape[0], weights.shape[1])
    let kernel = TensorView(
      shape: [columns, 1, 1, depth], elementType: .float32, quantization: nil,
      bytes: weights.bytes)
    convolution = FloatConvolution(
      input: [1, 1, rowCount, depth], weights: kernel, bias: bias,
      output: [1, 1, rowCount, columns],
      geometry: WindowGeometry(strideHeight: 1, strideWidth: 1, paddingTop: 0, paddingLeft: 0),
      epilogue: epilogue, precision: precision, instructionSets: instructionSets)
  }

  public var name: String {
    convolution.name.replacing("convolution", with: "fully_connected")
  }
  public var unitCount: Int { convolution.unitCount }
  public var scratchByteCount: Int { convolution.scratchByteCount }

  public func run(
    units: Range<Int>, inputs: [TensorView], outputs: [MutableTensorView],
    scratch: UnsafeMutableRawBufferPointer
  ) {
    convolution.run(units: units, inputs: inputs, outputs: outputs, scratch: scratch)
  }
}

import StanceGraph
import StanceKernels
import StanceTensors

/// MediaPipe's transpose convolution of float32 with a bias.
///
/// Inputs: x `[N, H, W, C]`, weights `[O, kH, kW, C]`, bias `[O]`. The output follows from them:
/// `stride * (H - 1) + kH` rows, less the padding. The options are a C structure of three 32-bit
/// numbers: padding (1: same, 2: valid), stride along width, stride along height.
struct Convolution2DTransposeBias: CustomOperator {
  static let name = "Convolution2DTransposeBias"

  private let isPadded: Bool
  private let strides: Steps

  init(options: Bytes) throws {
    guard options.count >= 12 else {
      throw KernelError("12 bytes of options are needed, and there are \(options.count)")
    }
    let numbers = options.withUnsafeBytes { raw in
      (0..<3).map {
        Int(Int32(littleEndian: raw.loadUnaligned(fromByteOffset: $0 * 4, as: Int32.self)))
      }
    }
    guard (0...2).contains(numbers[0]), numbers[1] > 0, numbers[2] > 0 else {
      throw KernelError("options of padding \(numbers[0]), strides \(numbers[2]) x \(numbers[1])")
    }
    isPadded = numbers[0] == 1
    strides = Steps(height: numbers[2], width: numbers[1])
  }

  func run(inputs: [Tensor?], outputs: [TensorDetails]) throws -> [Tensor] {
    guard inputs.count == 3, let x = inputs[0], let weights = inputs[1], let bias = inputs[2],
      [x, weights, bias].allSatisfy({ $0.elementType == .float32 })
    else { throw KernelError("x, weights and bias of float32 are needed") }
    guard x.shape.rank == 4, weights.shape.rank == 4, x.shape[3] == weights.shape[3],
      bias.shape == [weights.shape[0]], !x.shape.contains(0), !weights.shape.contains(0)
    else {
      throw KernelError(
        "x of shape \(x.shape), weights of shape \(weights.shape) and a bias of shape "
          + "\(bias.shape) do not fit together")
    }
    let height = try size(x.shape[1], kernel: weights.shape[1], stride: strides.height)
    let width = try size(x.shape[2], kernel: weights.shape[2], stride: strides.width)
    let shape = try Shape(validating: [x.shape[0], height.size, width.size, weights.shape[0]])
    // A damaged file's strides may ask for anything; no network's result comes near 1 GB.
    guard shape.elementCount <= 1 << 28 else {
      throw KernelError("a result of shape \(shape) is too large")
    }
    let geometry = WindowGeometry(
      strideHeight: strides.height, strideWidth: strides.width, paddingTop: height.padding / 2,
      paddingLeft: width.padding / 2)
    let bytes = Bytes(byteCount: shape.elementCount * 4) { target in
      x.withView { x in
        weights.withView { weights in
          bias.withView { bias in
            Reference.transposeConvolution(
              x, weights: weights, bias: bias,
              output: MutableTensorView(
                shape: shape, elementType: .float32, quantization: nil, bytes: target),
              geometry: geometry, bounds: -Float.infinity...Float.infinity)
          }
        }
      }
    }
    return [try Tensor(shape: shape, elementType: .float32, bytes: bytes)]
  }

  /// The output's size along one axis, and how much of it padding took away.
  private func size(
    _ input: Int, kernel: Int, stride: Int
  ) throws -> (size: Int, padding: Int) {
    guard input <= Int32.max, kernel <= Int32.max else {
      throw KernelError("a picture or a kernel of more than \(Int32.max) pixels along an axis")
    }
    let padding = isPadded ? max(0, kernel - (input - 1) % stride - 1) : 0
    let size = stride * (input - 1) + kernel - padding
    guard size > 0 else { throw KernelError("the result would have no pixels along an axis") }
    return (size, padding)
  }
}

extension Tensor {
  fileprivate func withView<Result>(_ body: (TensorView) throws -> Result) rethrows -> Result {
    try bytes.withUnsafeBytes {
      try body(
        TensorView(shape: shape, elementType: elementType, quantization: quantization, bytes: $0))
    }
  }
}

import StanceGraph
import StanceKernels
import StanceTensors

extension WindowExecutor {
  static func run(_ pooling: Pooling, _ operands: WindowOperands) throws {
    let (input, output) = (try operands[0], operands.output)
    let window = pooling.window
    let axes = try WindowAxis.pair(
      height: input.shape[1], width: input.shape[2], window: window, strides: pooling.strides,
      padding: pooling.padding)
    let geometry = WindowGeometry(
      strideHeight: pooling.strides.height, strideWidth: pooling.strides.width,
      paddingTop: axes.height.paddingBefore, paddingLeft: axes.width.paddingBefore)
    func quantized<Element: TensorElement & FixedWidthInteger>(_ type: Element.Type) throws {
      try input.quantization.requireSame(as: output.quantization)
      let quantization = try output.quantization.perTensor("the output")
      switch pooling.kind {
      case .max:
        let bounds = quantization.evenBounds(pooling.activation.bounds, of: type)
        Reference.maxPooling(
          input, output: output, windowHeight: window.height, windowWidth: window.width,
          geometry: geometry, bounds: bounds)
      case .average:
        Reference.averagePooling(
          input, output: output, windowHeight: window.height, windowWidth: window.width,
          geometry: geometry,
          bounds: quantization.bounds(pooling.activation.bounds, of: type))
      }
    }
    switch (output.elementType, pooling.kind) {
    case (.uint8, _): try quantized(UInt8.self)
    case (.int8, _): try quantized(Int8.self)
    case (_, .max):
      Reference.maxPooling(
        input, output: output, windowHeight: window.height, windowWidth: window.width,
        geometry: geometry, bounds: pooling.activation.bounds)
    case (_, .average):
      Reference.averagePooling(
        input, output: output, windowHeight: window.height, windowWidth: window.width,
        geometry: geometry, bounds: pooling.activation.bounds)
    }
  }

  static func runL2Normalization(_ operands: WindowOperands) throws {
    let (input, output) = (try operands[0], operands.output)
    guard output.elementType != .float32 else {
      return Reference.l2Normalization(input, output: output)
    }
    let quantization = try input.quantization.perTensor("the input")
    Reference.l2Normalization(
      input, output: output, inputZeroPoint: Int32(quantization.zeroPoint))
  }

  static func run(_ softmax: Softmax, _ operands: WindowOperands) throws {
    let (input, output) = (try operands[0], operands.output)
    guard output.elementType != .float32 else {
      return Reference.softmax(input, output: output, beta: softmax.beta)
    }
    let result = try output.quantization.perTensor("the output")
    Reference.softmax(
      input, output: output, beta: softmax.beta,
      inputScale: try input.quantization.perTensor("the input").scale,
      outputScale: result.scale, outputZeroPoint: result.zeroPoint)
  }

  static func run(_ resize: Resize, _ operands: WindowOperands) throws {
    let (input, output) = (try operands[0], operands.output)
    let kernel =
      switch (resize.kind, output.elementType) {
      case (.nearest, _): Reference.resizeNearest
      case (.bilinear, .float32): Reference.resizeBilinearFloat
      case (.bilinear, _): Reference.resizeBilinearQuantized
      }
    kernel(input, output, resize.alignsCorners, resize.usesHalfPixelCenters)
  }
}

extension Quantization? {
  /// - Throws: `KernelError` where the two differ, which the kernel does not convert.
  func requireSame(as other: Quantization?) throws {
    guard self?.scale == other?.scale, self?.zeroPoint == other?.zeroPoint else {
      throw KernelError("input and output have different scales or zero points")
    }
  }
}

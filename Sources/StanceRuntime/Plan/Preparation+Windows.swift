import StanceGraph
import StanceKernels
import StanceTensors

extension PreparationNode {
  func select(_ pooling: Pooling) throws -> Selection? {
    guard let input = operand(0), input.shape.rank == 4,
      [pooling.window, pooling.strides].allSatisfy({
        (1..<1 << 12).contains($0.height) && (1..<1 << 12).contains($0.width)
      })
    else { return nil }
    let axes = try WindowAxis.pair(
      height: input.shape[1], width: input.shape[2], window: pooling.window,
      strides: pooling.strides, padding: pooling.padding)
    let geometry = WindowGeometry(
      strideHeight: pooling.strides.height, strideWidth: pooling.strides.width,
      paddingTop: axes.height.paddingBefore, paddingLeft: axes.width.paddingBefore)
    let isMax = pooling.kind == .max
    if output.elementType == .float32 {
      let kernel = FloatPooling(
        isMax ? .max : .average, input: input.shape, output: output.shape,
        windowHeight: pooling.window.height, windowWidth: pooling.window.width,
        geometry: geometry, bounds: pooling.activation.bounds, instructionSets: instructionSets)
      return (kernel, [0])
    }
    try input.quantization.requireSame(as: output.quantization)
    let quantization = try output.quantization.perTensor("the output")
    func bounds<Element: FixedWidthInteger>(_ type: Element.Type) -> ClosedRange<Int32> {
      isMax
        ? quantization.evenBounds(pooling.activation.bounds, of: type)
        : quantization.bounds(pooling.activation.bounds, of: type)
    }
    return QuantizedPooling(
      isMax ? .max : .average, input: input.shape, output: output.shape,
      elementType: output.elementType, windowHeight: pooling.window.height,
      windowWidth: pooling.window.width, geometry: geometry,
      bounds: output.elementType == .uint8 ? bounds(UInt8.self) : bounds(Int8.self),
      instructionSets: instructionSets
    ).map { ($0, [0]) }
  }

  func select(_ reduction: Reduction) -> Selection? {
    guard reduction.kind == .mean, output.elementType == .float32, let input = operand(0),
      input.shape.rank == 4, let axes = constant(1)?.integers(),
      Set(axes.map { $0 < 0 ? $0 + 4 : $0 }) == [1, 2]
    else { return nil }
    return (FloatPictureMean(input: input.shape, instructionSets: instructionSets), [0])
  }

  func select(_ resize: Resize) -> Selection? {
    guard resize.kind == .bilinear, let input = operand(0), input.shape.rank == 4 else {
      return nil
    }
    if output.elementType == .float32 {
      let kernel = FloatResizeBilinear(
        input: input.shape, output: output.shape, alignsCorners: resize.alignsCorners,
        usesHalfPixelCenters: resize.usesHalfPixelCenters, precision: precision,
        instructionSets: instructionSets)
      return (kernel, [0])
    }
    return QuantizedResizeBilinear(
      input: input.shape, output: output.shape, elementType: output.elementType,
      alignsCorners: resize.alignsCorners, usesHalfPixelCenters: resize.usesHalfPixelCenters,
      instructionSets: instructionSets
    ).map { ($0, [0]) }
  }
}

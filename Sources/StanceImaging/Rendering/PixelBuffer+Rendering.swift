import StanceTensors

extension PixelBuffer {
  /// Width and height together.
  public var size: PixelSize { PixelSize(of: self) }

  /// This picture in another size.
  ///
  /// Values are rounded to 8 bits, half to even.
  /// - Throws: ``ImagingError`` where `interpolation` cannot resize.
  public func resized(to size: PixelSize, by interpolation: Interpolation) throws -> PixelBuffer {
    try rendered(
      .stretched(image: self.size, to: size), by: interpolation, border: .replicated)
  }

  /// A part of this picture; beyond the picture lies `border`.
  public func cropped(to part: PixelRectangle, border: Border = .zero) throws -> PixelBuffer {
    try rendered(
      .cropped(image: size, to: part, input: part.size), by: .nearest, border: border)
  }

  /// This picture as it lies in a model's input.
  ///
  /// Values are rounded to 8 bits, half to even.
  /// - Throws: ``ImagingError`` where `placement` is for a picture of another size, or is turned and
  ///   `interpolation` cannot follow that.
  public func rendered(
    _ placement: Placement, by interpolation: Interpolation, border: Border
  ) throws -> PixelBuffer {
    let size = placement.input
    var rows = try PlacedRows(
      self, placement: placement, interpolation: interpolation, border: border)
    let conversion = RowConversion(.bytes, width: size.width)
    let pixels = [UInt8](unsafeUninitializedCapacity: size.width * size.height * 3) {
      target, count in
      rows.makeRows(of: size, into: target, by: conversion)
      count = size.width * size.height * 3
    }
    return PixelBuffer(width: size.width, height: size.height, pixels: pixels)
  }

  /// The tensor `[1, H, W, 3]` of this picture as it lies in a model's input.
  ///
  /// Float results are computed in double and rounded once; what `.bilinear` and `.area` mix is not
  /// rounded to 8 bits before (``resized(to:by:)`` does that, as OpenCV). The border is normalised
  /// like any other pixel.
  /// - Throws: ``ImagingError`` as ``rendered(_:by:border:)`` does.
  public func tensor(
    _ placement: Placement, by interpolation: Interpolation, border: Border, format: InputFormat
  ) throws -> Tensor {
    switch format.element {
    case .float32: try tensor(of: Float.self, placement, interpolation, border, format)
    case .uint8: try tensor(of: UInt8.self, placement, interpolation, border, format)
    case .int8: try tensor(of: Int8.self, placement, interpolation, border, format)
    }
  }

  private func tensor<Element: InputElement>(
    of type: Element.Type, _ placement: Placement, _ interpolation: Interpolation,
    _ border: Border, _ format: InputFormat
  ) throws -> Tensor {
    let size = placement.input
    var rows = try PlacedRows(
      self, placement: placement, interpolation: interpolation, border: border)
    let conversion = RowConversion(format, width: size.width)
    let shape = try Shape(validating: [1, size.height, size.width, 3])
    let byteCount = shape.elementCount * MemoryLayout<Element>.stride
    let bytes = Bytes(byteCount: byteCount) { memory in
      rows.makeRows(of: size, into: memory.bindMemory(to: Element.self), by: conversion)
    }
    return try Tensor(shape: shape, elementType: Element.elementType, bytes: bytes)
  }
}

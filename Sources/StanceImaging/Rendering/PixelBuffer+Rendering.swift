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
    var rows = try PlacedRows(
      self, placement: placement, interpolation: interpolation, border: border)
    let size = placement.input
    let pixels = [UInt8](unsafeUninitializedCapacity: size.width * size.height * 3) {
      target, count in
      rows.forEachRow(of: size) { y, row in
        let start = y * size.width * 3
        for i in 0..<row.count { target[start + i] = UInt8(clampedRounding: row[i]) }
      }
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
    case .float32:
      try tensor(placement, interpolation, border, format) { Float($0) }
    case .uint8:
      try tensor(placement, interpolation, border, format) { UInt8(clampedRounding: $0) }
    case .int8:
      try tensor(placement, interpolation, border, format) { Int8(clampedRounding: $0) }
    }
  }

  private func tensor<Element: TensorElement>(
    _ placement: Placement, _ interpolation: Interpolation, _ border: Border,
    _ format: InputFormat, convert: (Double) -> Element
  ) throws -> Tensor {
    var rows = try PlacedRows(
      self, placement: placement, interpolation: interpolation, border: border)
    let size = placement.input
    let (scales, offsets) = (format.normalization.scales, format.normalization.offsets)
    let (scale, offset) = (
      (scales[0], scales[1], scales[2]), (offsets[0], offsets[1], offsets[2])
    )
    let (red, blue) = format.channelOrder == .rgb ? (0, 2) : (2, 0)
    let shape = try Shape(validating: [1, size.height, size.width, 3])
    let byteCount = shape.elementCount * MemoryLayout<Element>.stride
    let bytes = Bytes(byteCount: byteCount) { memory in
      let target = memory.bindMemory(to: Element.self)
      rows.forEachRow(of: size) { y, row in
        var place = y * size.width * 3
        for x in stride(from: 0, to: row.count, by: 3) {
          target[place + red] = convert(Double(row[x]) * scale.0 + offset.0)
          target[place + 1] = convert(Double(row[x + 1]) * scale.1 + offset.1)
          target[place + blue] = convert(Double(row[x + 2]) * scale.2 + offset.2)
          place += 3
        }
      }
    }
    return try Tensor(shape: shape, elementType: Element.elementType, bytes: bytes)
  }
}

extension FixedWidthInteger {
  /// The nearest whole number, half to even, held within this type of at most 32 bits; 0 for not a
  /// number.
  init(clampedRounding value: some BinaryFloatingPoint) {
    guard !value.isNaN else {
      self = 0
      return
    }
    let rounded = Double(value).rounded(.toNearestOrEven)
    self = Self(Swift.min(Swift.max(rounded, Double(Self.min)), Double(Self.max)))
  }
}

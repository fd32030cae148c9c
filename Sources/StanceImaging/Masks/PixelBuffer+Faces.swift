import StancePose

extension PixelBuffer {
  /// This picture with `faces`, in its own pixels, blurred beyond recognition.
  ///
  /// Each is blurred by its own size; what lies outside of the picture is passed over.
  public func blurringFaces(_ faces: [FaceRegion]) throws -> PixelBuffer {
    var result = self
    for face in faces {
      guard let part = try result.part(around: face) else { continue }
      let crop = try result.cropped(to: part)
      let mask = Mask(face, in: part)
      let blurred = try crop.blurred(inside: mask, radius: max(Int(face.radius / 3), 2))
      result.paste(blurred, at: part)
    }
    return result
  }

  /// The pixels within twice the radius; nil where there are none.
  private func part(around face: FaceRegion) throws -> PixelRectangle? {
    let reach = 2 * face.radius
    guard reach.isFinite, face.center.x.isFinite, face.center.y.isFinite else { return nil }
    func bounds(_ center: Double, _ side: Int) -> Range<Int>? {
      let lower = Int(min(max(center - reach, 0), Double(side)))
      let upper = Int(min(max(center + reach, 0), Double(side)).rounded(.up))
      return lower < upper ? lower..<upper : nil
    }
    guard let columns = bounds(face.center.x, width), let rows = bounds(face.center.y, height)
    else { return nil }
    return try PixelRectangle(
      x: columns.lowerBound, y: rows.lowerBound,
      size: PixelSize(width: columns.count, height: rows.count))
  }

  private mutating func paste(_ other: PixelBuffer, at part: PixelRectangle) {
    for row in 0..<part.height {
      let start = ((part.y + row) * width + part.x) * 3
      let line = row * part.width * 3
      pixels.replaceSubrange(
        start..<start + part.width * 3, with: other.pixels[line..<line + part.width * 3])
    }
  }
}

extension Mask {
  /// The circle of `face`, and around it less and less along an eighth of its radius, in a part of
  /// the picture.
  fileprivate init(_ face: FaceRegion, in part: PixelRectangle) {
    let softness = max(face.radius / 8, 1)
    let coverage = (0..<part.width * part.height).map { index -> UInt8 in
      let pixel = ImagePoint(
        x: Double(part.x + index % part.width) + 0.5, y: Double(part.y + index / part.width) + 0.5)
      let inside = 1 + (face.radius - pixel.distance(to: face.center)) / softness
      return UInt8(min(max(inside, 0), 1) * 255)
    }
    self.init(width: part.width, height: part.height, coverage: coverage)
  }
}

import StancePose

extension PixelBuffer {
  /// This picture, the whole image of `segmentation`, with faces blurred beyond recognition: those of
  /// the poses, and what the model takes for parts of faces.
  /// - Throws: ``ImagingError`` where the picture is of another size.
  public func blurringFaces(of segmentation: Segmentation) throws -> PixelBuffer {
    var result = self
    if segmentation.parts != nil {
      let parts = try segmentation.partMap()
      let labels = Set(BodyPart.allCases.filter(\.isFace).map(\.label))
      let faces = Mask(
        width: parts.width, height: parts.height,
        coverage: parts.labels.map { labels.contains($0) ? 255 : 0 })
      result = try result.blurred(inside: faces, radius: max(width, height) / 80)
    }
    return try result.blurringFaces(segmentation.poses.flatMap { $0.faceRegions() })
  }
}

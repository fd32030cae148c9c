import StanceTensors

extension BlazePoseLandmarkDecoder {
  /// Whether a landmark model with outputs of these shapes has a mask of the person too.
  public static func hasMask(outputShapes: [Shape]) -> Bool {
    Outputs(outputShapes)?.mask != nil
  }

  /// Which part of the image shows the person in `region`; nobody is seen beyond it. nil where the
  /// model has no mask, or the region has no size.
  ///
  /// - Parameters:
  ///   - outputs: in any order, of which the mask is [1, rows, columns, 1] (logits).
  ///   - region: what of the image filled the model's input.
  /// - Throws: ``PoseDecodingError`` where the mask's elements are no real numbers.
  public func mask(outputs: [Tensor], region: RotatedRegion) throws -> LogitGrid? {
    guard let index = Outputs(outputs.map(\.shape))?.mask,
      let imageToUnit = region.unitToImage.inverse
    else { return nil }
    let grid = try FeatureGrid(outputs[index], name: "mask")
    return LogitGrid(
      rows: grid.rows, columns: grid.columns, logits: grid.elements,
      imageToGrid: imageToUnit.followed(
        by: AffineTransform<NormalizedSpace, GridSpace>(
          scaleX: Double(grid.columns), scaleY: Double(grid.rows), offsetX: -0.5, offsetY: -0.5)),
      surroundings: .nothing, interpolation: .probabilities)
  }
}

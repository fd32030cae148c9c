/// Width and height of a picture, in whole pixels.
public struct Size<Space: CoordinateSpace>: Hashable, Sendable {
  /// Columns.
  public var width: Int
  /// Rows.
  public var height: Int

  public init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }

  /// Whether `point` lies on one of the picture's pixels; never where it is not finite.
  ///
  /// The left and top edges belong to the picture, the right and bottom ones do not.
  public func contains(_ point: Point<Space>) -> Bool {
    point.x >= 0 && point.x < Double(width) && point.y >= 0 && point.y < Double(height)
  }
}

/// The size of an image as a person sees it.
public typealias ImageSize = Size<ImageSpace>
/// The size of a model's input picture: `[1, height, width, channels]`.
public typealias ModelSize = Size<ModelSpace>

extension Size: CustomStringConvertible {
  public var description: String { "\(width)x\(height)" }
}

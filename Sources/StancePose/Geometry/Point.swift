/// What the numbers of a point or a box count.
public protocol CoordinateSpace: Sendable {}

/// Pixels of the image as a person sees it: x to the right and y down from the top-left corner of
/// the top-left pixel, whose centre is therefore (0.5, 0.5).
public enum ImageSpace: CoordinateSpace {}

/// Pixels of a model's input tensor, as ``ImageSpace`` but of the prepared picture.
public enum ModelSpace: CoordinateSpace {}

/// Fractions of a picture: 0...1 from its left and top edge to its right and bottom one.
public enum NormalizedSpace: CoordinateSpace {}

/// A place in one space; points of different spaces do not mix.
public struct Point<Space: CoordinateSpace>: Hashable, Sendable {
  public var x: Double
  public var y: Double

  public init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }

  /// The origin: the top-left corner.
  public static var zero: Point { Point(x: 0, y: 0) }

  /// The square of ``distance(to:)``, which takes no root.
  public func squaredDistance(to other: Point) -> Double {
    (x - other.x) * (x - other.x) + (y - other.y) * (y - other.y)
  }

  /// The length of the straight line to `other`.
  public func distance(to other: Point) -> Double {
    squaredDistance(to: other).squareRoot()
  }
}

/// A point in pixels of the image.
public typealias ImagePoint = Point<ImageSpace>
/// A point in pixels of a model's input.
public typealias ModelPoint = Point<ModelSpace>
/// A point in fractions of a picture.
public typealias NormalizedPoint = Point<NormalizedSpace>

/// Metres from the middle of the hips, of a hand's points from its own middle: x to the image's right, y down, z away from the camera.
public struct WorldPoint: Hashable, Sendable {
  public var x: Double
  public var y: Double
  public var z: Double

  public init(x: Double, y: Double, z: Double) {
    self.x = x
    self.y = y
    self.z = z
  }
}

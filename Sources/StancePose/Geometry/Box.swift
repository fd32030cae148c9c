/// A rectangle with sides along the axes, from its top-left corner.
public struct Box<Space: CoordinateSpace>: Hashable, Sendable {
  /// The left edge.
  public var x: Double
  /// The top edge.
  public var y: Double
  public var width: Double
  public var height: Double

  public init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  /// The smallest box around `points`; nil where there are none.
  public init?(around points: some Sequence<Point<Space>>) {
    var iterator = points.makeIterator()
    guard let first = iterator.next() else { return nil }
    var (minX, minY, maxX, maxY) = (first.x, first.y, first.x, first.y)
    while let point = iterator.next() {
      (minX, maxX) = (min(minX, point.x), max(maxX, point.x))
      (minY, maxY) = (min(minY, point.y), max(maxY, point.y))
    }
    self.init(x: minX, y: minY, width: maxX - minX, height: maxY - minY)
  }

  /// The right edge.
  public var maxX: Double { x + width }
  /// The bottom edge.
  public var maxY: Double { y + height }
  /// 0 where a side is negative.
  public var area: Double { max(width, 0) * max(height, 0) }
  /// The middle.
  public var center: Point<Space> { Point(x: x + width / 2, y: y + height / 2) }

  /// Whether `point` lies inside or on an edge; never where it is not finite.
  public func contains(_ point: Point<Space>) -> Bool {
    point.x >= x && point.x <= maxX && point.y >= y && point.y <= maxY
  }

  /// The area that both cover, divided by the area that either covers; 0 where neither has one.
  public func intersectionOverUnion(_ other: Box) -> Double {
    let width = min(maxX, other.maxX) - max(x, other.x)
    let height = min(maxY, other.maxY) - max(y, other.y)
    guard width > 0, height > 0 else { return 0 }
    let intersection = width * height
    return intersection / (area + other.area - intersection)
  }
}

/// A box in pixels of the image.
public typealias ImageBox = Box<ImageSpace>

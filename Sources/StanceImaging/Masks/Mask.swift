/// Which pixels of a picture belong to something: 8 bits a pixel, rows from the top without gaps.
public struct Mask: Hashable, Sendable {
  /// Columns, at least 1.
  public let width: Int
  /// Rows, at least 1.
  public let height: Int
  /// `[H, W]`: 255 inside, 0 outside; along the edge how much of the pixel is inside.
  public var coverage: [UInt8]

  /// - Precondition: both sides are at least 1 and there are `height * width` numbers.
  public init(width: Int, height: Int, coverage: [UInt8]) {
    precondition(width > 0 && height > 0 && coverage.count == width * height)
    self.width = width
    self.height = height
    self.coverage = coverage
  }

  /// The share of the picture that is inside, 0...1.
  public var share: Double {
    Double(coverage.reduce(0) { $0 + Int($1) }) / 255 / Double(coverage.count)
  }

  /// What is inside of either.
  /// - Precondition: both are of the same size.
  public mutating func formUnion(_ other: Mask) {
    precondition(other.width == width && other.height == height)
    for index in coverage.indices { coverage[index] = max(coverage[index], other.coverage[index]) }
  }
}

/// Which part of the body each pixel of a picture shows: 8 bits a pixel, rows from the top without
/// gaps.
public struct PartMap: Hashable, Sendable {
  /// Columns, at least 1.
  public let width: Int
  /// Rows, at least 1.
  public let height: Int
  /// `[H, W]`: `BodyPart.label`, or 0 where there is nobody.
  public let labels: [UInt8]

  /// - Precondition: both sides are at least 1 and there are `height * width` labels.
  public init(width: Int, height: Int, labels: [UInt8]) {
    precondition(width > 0 && height > 0 && labels.count == width * height)
    self.width = width
    self.height = height
    self.labels = labels
  }
}

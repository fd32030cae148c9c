/// The dimensions of a tensor, outermost first: `[N, H, W, C]` for a batch of pictures.
///
/// Every dimension is zero or more and the product of those over zero fits an `Int`, so that no
/// arithmetic on a shape can overflow. A scalar has no dimensions and one element.
public struct Shape: Hashable, Sendable {
  public let dimensions: [Int]
  public let elementCount: Int

  /// - Throws: ``TensorError`` where a dimension is negative or the product overflows.
  public init(validating dimensions: [Int]) throws {
    // Zeros are left out, so that no part of the product overflows either.
    var count = 1
    for dimension in dimensions where dimension != 0 {
      guard dimension >= 0 else {
        throw TensorError.invalidShape(dimensions, reason: "dimension \(dimension) is negative")
      }
      let (product, overflow) = count.multipliedReportingOverflow(by: dimension)
      // Leaves room for the largest element size and any sum of two sizes.
      guard !overflow, product <= Int.max >> 8 else {
        throw TensorError.invalidShape(dimensions, reason: "its number of elements overflows")
      }
      count = product
    }
    self.dimensions = dimensions
    self.elementCount = dimensions.contains(0) ? 0 : count
  }

  /// A shape known to be valid.
  /// - Precondition: no dimension is negative and the product does not overflow.
  public init(_ dimensions: [Int]) {
    do {
      try self.init(validating: dimensions)
    } catch {
      preconditionFailure("\(error)")
    }
  }

  public static let scalar = Shape([])

  public var rank: Int { dimensions.count }

  /// The distance in elements between neighbours along each dimension, row-major.
  public var strides: [Int] {
    var strides = [Int](repeating: 1, count: rank)
    for axis in stride(from: rank - 2, through: 0, by: -1) {
      strides[axis] = strides[axis + 1] * dimensions[axis + 1]
    }
    return strides
  }
}

extension Shape: ExpressibleByArrayLiteral {
  public init(arrayLiteral dimensions: Int...) {
    self.init(dimensions)
  }
}

extension Shape: RandomAccessCollection {
  public var startIndex: Int { 0 }
  public var endIndex: Int { rank }
  public subscript(axis: Int) -> Int { dimensions[axis] }
}

extension Shape: CustomStringConvertible {
  public var description: String {
    "[" + dimensions.map(String.init).joined(separator: ", ") + "]"
  }
}

/// The dimensions of a tensor, outermost first: `[N, H, W, C]` for a batch of pictures.
///
/// Every dimension is zero or more and the product of any of them fits an `Int`, also beside a zero,
/// so that no arithmetic on a shape can overflow. A scalar has no dimensions and one element.
public struct Shape: Hashable, Sendable {
  /// The sizes, outermost first.
  public let dimensions: [Int]
  /// The product of the sizes; 1 for a scalar.
  public let elementCount: Int

  /// - Throws: ``TensorError`` where a dimension is negative or the product overflows.
  public init(validating dimensions: [Int]) throws {
    var isEmpty = false
    var product = 1
    for dimension in dimensions {
      guard dimension >= 0 else {
        throw TensorError.invalidShape(dimensions, reason: "dimension \(dimension) is negative")
      }
      guard dimension > 0 else {
        isEmpty = true
        continue
      }
      let (next, overflow) = product.multipliedReportingOverflow(by: dimension)
      // Leaves room for the largest element size and any sum of two sizes.
      guard !overflow, next <= Int.max >> 8 else {
        throw TensorError.invalidShape(dimensions, reason: "its number of elements overflows")
      }
      product = next
    }
    self.dimensions = dimensions
    self.elementCount = isEmpty ? 0 : product
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

  /// No dimensions, one element.
  public static let scalar = Shape([])

  /// The number of dimensions.
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

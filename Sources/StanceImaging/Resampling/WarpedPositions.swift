import StancePose

/// Where the points of one row of a model's input lie in a picture.
struct WarpedPositions {
  /// The pixel to the left of or at each point, and the one above or at it.
  private(set) var columns: [Int32]
  private(set) var rows: [Int32]
  /// How far each point lies to the right of that pixel and below it, as parts of a pixel.
  private(set) var rights: [Float]
  private(set) var downs: [Float]

  /// The products of the transform's coefficients with each `x`.
  private let alongX: [Double]
  private let alongY: [Double]
  private let transform: AffineTransform<ModelSpace, ImageSpace>
  private let interpolation: WarpInterpolation
  /// Added to a target index to get the point that the transform takes, and taken off its result.
  private let center: Double

  init(
    width: Int, transform: AffineTransform<ModelSpace, ImageSpace>,
    interpolation: WarpInterpolation
  ) {
    let center =
      switch interpolation {
      case .nearest, .bilinear: 0.5
      case .cornerBilinear, .openCV: 0.0
      }
    columns = [Int32](repeating: 0, count: width)
    rows = columns
    rights = [Float](repeating: 0, count: width)
    downs = rights
    alongX = (0..<width).map { transform.a * (Double($0) + center) }
    alongY = (0..<width).map { transform.d * (Double($0) + center) }
    self.transform = transform
    self.interpolation = interpolation
    self.center = center
  }

  /// Moves on to row `y`.
  mutating func move(to y: Int) {
    let y = Double(y) + center
    place(
      alongX, Shift(of: transform.b * y, offset: transform.c, center: center), &columns, &rights)
    place(alongY, Shift(of: transform.e * y, offset: transform.f, center: center), &rows, &downs)
  }

  /// What is added to a point's part along x, in this order, as the transform does it.
  private struct Shift {
    let alongY: Double
    let offset: Double
    let center: Double

    init(of alongY: Double, offset: Double, center: Double) {
      (self.alongY, self.offset, self.center) = (alongY, offset, center)
    }

    /// Keeps positions far outside convertible; they show the border all the same.
    @inline(__always)
    func position(_ alongX: Double) -> Double {
      let limit = Double(4 * PixelSize.longestSide)
      let position = alongX + alongY + offset - center
      let raised = position > -limit ? position : -limit
      return raised < limit ? raised : limit
    }
  }

  private func place(
    _ products: [Double], _ shift: Shift, _ indices: inout [Int32], _ fractions: inout [Float]
  ) {
    products.withUnsafeBufferPointer { products in
      indices.withUnsafeMutableBufferPointer { indices in
        fractions.withUnsafeMutableBufferPointer { fractions in
          guard let products = products.baseAddress, let indices = indices.baseAddress,
            let fractions = fractions.baseAddress
          else { return }
          switch interpolation {
          case .nearest:
            for x in 0..<columns.count {
              let position = shift.position(products[x]) + 0.5
              indices[x] = Int32(truncatingIfNeeded: WholeNumber(notAbove: position).bits)
            }
          case .bilinear, .cornerBilinear:
            for x in 0..<columns.count {
              let position = shift.position(products[x])
              let whole = WholeNumber(notAbove: position)
              indices[x] = Int32(truncatingIfNeeded: whole.bits)
              fractions[x] = Float(position - whole.value)
            }
          case .openCV:
            for x in 0..<columns.count {
              let parts = Int32(
                truncatingIfNeeded: WholeNumber(nearest: shift.position(products[x]) * 32).bits)
              indices[x] = parts >> 5
              fractions[x] = Float(parts & 31)
            }
          }
        }
      }
    }
  }
}

/// A whole number found by arithmetic that compilers do several of at a time.
private struct WholeNumber {
  let value: Double
  /// Of which the lowest are the number's in two's complement.
  let bits: UInt64

  /// The last bit of so large a number is 1.
  private static var large: Double { 0x1.8p52 }

  /// - Parameter number: below 2^51; half goes to the even one.
  @inline(__always)
  init(nearest number: Double) {
    let sum = number + Self.large
    bits = sum.bitPattern
    value = sum - Self.large
  }

  @inline(__always)
  init(notAbove number: Double) {
    let nearest = WholeNumber(nearest: number)
    let excess: Double = nearest.value > number ? 1 : 0
    value = nearest.value - excess
    bits = (value + Self.large).bitPattern
  }
}

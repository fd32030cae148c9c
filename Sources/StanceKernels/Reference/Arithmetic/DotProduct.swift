/// A number that convolutions multiply: `Float`, or an integer less its zero point as `Int16`.
protocol Factor: BitwiseCopyable {
  /// What products are added up in.
  associatedtype Sum: BitwiseCopyable

  static var zero: Self { get }
  static var zeroSum: Sum { get }

  /// `a · b` over `count` elements.
  static func dotProduct(_ a: UnsafePointer<Self>, _ b: UnsafePointer<Self>, count: Int) -> Sum

  /// `sums[i] += a[i] * b[i]` for `count` elements.
  static func multiplyAdd(
    _ a: UnsafePointer<Self>, _ b: UnsafePointer<Self>, to sums: UnsafeMutablePointer<Sum>,
    count: Int)

  /// `sums[i] += a * b[i]` for `count` elements.
  static func multiplyAdd(
    _ a: Self, _ b: UnsafePointer<Self>, to sums: UnsafeMutablePointer<Sum>, count: Int)

  static func add(_ left: Sum, _ right: Sum) -> Sum
}

extension Float: Factor {
  static var zeroSum: Float { 0 }

  static func dotProduct(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, count: Int
  ) -> Float {
    let (rawA, rawB) = (UnsafeRawPointer(a), UnsafeRawPointer(b))
    var (even, odd) = (SIMD8<Float>.zero, SIMD8<Float>.zero)
    var index = 0
    while index + 16 <= count {
      even += load(rawA, index) * load(rawB, index)
      odd += load(rawA, index + 8) * load(rawB, index + 8)
      index += 16
    }
    if index + 8 <= count {
      even += load(rawA, index) * load(rawB, index)
      index += 8
    }
    let lanes = even + odd
    let four = lanes.lowHalf + lanes.highHalf
    let two = four.lowHalf + four.highHalf
    var sum = two.x + two.y
    while index < count {
      sum += a[index] * b[index]
      index += 1
    }
    return sum
  }

  static func multiplyAdd(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, to sums: UnsafeMutablePointer<Float>,
    count: Int
  ) {
    for index in 0..<count { sums[index] += a[index] * b[index] }
  }

  static func multiplyAdd(
    _ a: Float, _ b: UnsafePointer<Float>, to sums: UnsafeMutablePointer<Float>, count: Int
  ) {
    for index in 0..<count { sums[index] += a * b[index] }
  }

  static func add(_ left: Float, _ right: Float) -> Float { left + right }

  @inline(__always)
  private static func load(_ raw: UnsafeRawPointer, _ index: Int) -> SIMD8<Float> {
    raw.loadUnaligned(fromByteOffset: index * 4, as: SIMD8<Float>.self)
  }
}

extension Int16: Factor {
  static var zeroSum: Int32 { 0 }

  // Sums wrap, as those of every 32-bit accumulator do.
  static func dotProduct(
    _ a: UnsafePointer<Int16>, _ b: UnsafePointer<Int16>, count: Int
  ) -> Int32 {
    var sum: Int32 = 0
    for index in 0..<count { sum &+= Int32(a[index]) &* Int32(b[index]) }
    return sum
  }

  static func multiplyAdd(
    _ a: UnsafePointer<Int16>, _ b: UnsafePointer<Int16>, to sums: UnsafeMutablePointer<Int32>,
    count: Int
  ) {
    for index in 0..<count { sums[index] &+= Int32(a[index]) &* Int32(b[index]) }
  }

  static func multiplyAdd(
    _ a: Int16, _ b: UnsafePointer<Int16>, to sums: UnsafeMutablePointer<Int32>, count: Int
  ) {
    for index in 0..<count { sums[index] &+= Int32(a) &* Int32(b[index]) }
  }

  static func add(_ left: Int32, _ right: Int32) -> Int32 { left &+ right }
}

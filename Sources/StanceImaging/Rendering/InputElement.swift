import StanceTensors

/// What a picture's tensor may hold.
protocol InputElement: TensorElement {
  /// Writes `row[i] * scales[i] + offsets[i]`, computed in double, as elements.
  static func convert(
    _ row: UnsafeBufferPointer<Float>, scales: UnsafePointer<Double>,
    offsets: UnsafePointer<Double>, into target: UnsafeMutablePointer<Self>)
}

extension Float: InputElement {
  static func convert(
    _ row: UnsafeBufferPointer<Float>, scales: UnsafePointer<Double>,
    offsets: UnsafePointer<Double>, into target: UnsafeMutablePointer<Float>
  ) {
    for i in 0..<row.count { target[i] = Float(Double(row[i]) * scales[i] + offsets[i]) }
  }
}

extension UInt8: InputElement {}
extension Int8: InputElement {}

extension InputElement where Self: FixedWidthInteger {
  /// Rounded half to even and held within this type of 8 bits; 0 for not a number.
  static func convert(
    _ row: UnsafeBufferPointer<Float>, scales: UnsafePointer<Double>,
    offsets: UnsafePointer<Double>, into target: UnsafeMutablePointer<Self>
  ) {
    let (lowest, highest) = (Double(Self.min), Double(Self.max))
    // The last bit of so large a number is 1, and its lowest bits are those of the whole number
    // added to it. Unlike a conversion of each number, this takes several at a time.
    let large = 0x1.8p52
    for i in 0..<row.count {
      let value = Double(row[i]) * scales[i] + offsets[i]
      let number = value == value ? value : 0
      let raised = number > lowest ? number : lowest
      let held = raised < highest ? raised : highest
      target[i] = Self(truncatingIfNeeded: (held + large).bitPattern)
    }
  }
}

/// Turns rows of a picture into rows of a tensor.
struct RowConversion {
  private let scales: [Double]
  private let offsets: [Double]
  private let isReversed: Bool

  /// - Parameter width: of a row, in pixels.
  init(_ format: InputFormat, width: Int) {
    let normalization = format.normalization
    scales = (0..<width * 3).map { normalization.scales[$0 % 3] }
    offsets = (0..<width * 3).map { normalization.offsets[$0 % 3] }
    isReversed = format.channelOrder == .bgr
  }

  /// - Parameters:
  ///   - row: red, green and blue interleaved, as long as the width says.
  ///   - target: room for as many elements.
  func convert<Element: InputElement>(
    _ row: UnsafeBufferPointer<Float>, into target: UnsafeMutablePointer<Element>
  ) {
    scales.withUnsafeBufferPointer { scales in
      offsets.withUnsafeBufferPointer { offsets in
        guard let scales = scales.baseAddress, let offsets = offsets.baseAddress else { return }
        Element.convert(row, scales: scales, offsets: offsets, into: target)
      }
    }
    guard isReversed else { return }
    for red in stride(from: 0, to: row.count, by: 3) {
      (target[red], target[red + 2]) = (target[red + 2], target[red])
    }
  }
}

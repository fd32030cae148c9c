import Foundation

/// Large numbers for people to read.
enum NumberText {
  /// `1234567` as `1,234,567`.
  static func grouped(_ number: Int) -> String {
    var digits = String(number.magnitude)
    var groups: [Substring] = []
    while digits.count > 3 {
      groups.insert(digits.suffix(3), at: 0)
      digits.removeLast(3)
    }
    return (number < 0 ? "-" : "") + ([digits[...]] + groups).joined(separator: ",")
  }

  /// A number of bytes in the unit that suits it, for instance `4.9 MB` (of 1,000,000 bytes).
  static func bytes(_ count: Int) -> String {
    let units = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1000, "kB")]
    for (size, unit) in units where count >= size {
      return DecimalText.aligned(Double(count) / Double(size), decimals: 1) + " " + unit
    }
    return "\(count) bytes"
  }

  /// A count in few characters, for instance `10.6 M`.
  static func short(_ count: Int) -> String {
    let units = [(1_000_000_000_000, "T"), (1_000_000_000, "G"), (1_000_000, "M"), (1000, "k")]
    for (size, unit) in units where count >= size {
      let number = Double(count) / Double(size)
      let digits =
        number < 100 ? DecimalText.aligned(number, decimals: 1) : String(Int(number.rounded()))
      return digits + " " + unit
    }
    return String(count)
  }

  /// Four digits of a number, for instance `0.03137` or `1.5e-07`.
  static func significant(_ number: Double) -> String {
    if let whole = Int(exactly: number), abs(number) < 1e15 { return String(whole) }
    return String(format: "%.4g", number)
  }
}

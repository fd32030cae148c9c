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
}

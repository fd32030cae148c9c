/// Numbers as text, the same on every machine and in every locale.
enum DecimalText {
  /// `value` with at most `decimals` digits after the point and at least one, for instance `12.0`
  /// or `0.125`; ties go away from zero. Nil where it is no finite number.
  static func text(_ value: Double, decimals: Int) -> String? {
    guard value.isFinite else { return nil }
    var scale = 1
    for _ in 0..<decimals { scale *= 10 }
    let scaled = (value * Double(scale)).rounded()
    // Beyond 2^53 a Double has no digits after the point left to write.
    guard abs(scaled) < 0x1p53 else { return "\(value)" }
    let units = Int(scaled)
    var digits = String(abs(units) % scale)
    digits = String(repeating: "0", count: decimals - digits.count) + digits
    while digits.count > 1, digits.last == "0" { digits.removeLast() }
    return "\(units < 0 ? "-" : "")\(abs(units) / scale).\(digits)"
  }

  /// As ``text(_:decimals:)``, with all of the digits, so that columns line up.
  static func aligned(_ value: Double, decimals: Int) -> String {
    guard let text = text(value, decimals: decimals), !text.contains("e") else { return "-" }
    let written = text.reversed().prefix { $0 != "." }.count
    return text + String(repeating: "0", count: max(decimals - written, 0))
  }
}

/// With how many digits results are written.
enum Precision {
  /// Pixels.
  static let position = 3
  /// Scores, visibility, presence.
  static let score = 5
  /// Metres.
  static let world = 5
}

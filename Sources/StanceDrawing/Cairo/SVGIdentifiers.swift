/// Cairo numbers the pictures and surfaces in an SVG on through the life of a program, so that the
/// same drawing made twice would differ.
enum SVGIdentifiers {
  private static let prefixes = ["\"image", "\"#image", "\"surface", "\"#surface"].map {
    Array($0.utf8)
  }

  /// The same document with those numbers counted from 1 in the order in which they appear.
  ///
  /// Only quoted identifiers are touched, which the embedded pictures' base 64 cannot hold.
  static func renumbered(_ svg: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(svg.count)
    var numbers: [ArraySlice<UInt8>: Int] = [:]
    var copied = 0
    var index = 0
    while let quote = svg[index...].firstIndex(of: UInt8(ascii: "\"")) {
      index = quote + 1
      guard let prefix = prefixes.first(where: { svg[quote...].starts(with: $0) }) else { continue }
      let digits = svg[(quote + prefix.count)...].prefix { (48...57).contains($0) }
      guard !digits.isEmpty, digits.endIndex < svg.count,
        svg[digits.endIndex] == UInt8(ascii: "\"")
      else { continue }
      let number = numbers[digits, default: numbers.count + 1]
      numbers[digits] = number
      result += svg[copied..<digits.startIndex]
      result += Array("\(number)".utf8)
      copied = digits.endIndex
      index = digits.endIndex + 1
    }
    return result + svg[copied...]
  }
}

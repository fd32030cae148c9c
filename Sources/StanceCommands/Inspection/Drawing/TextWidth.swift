/// How wide text is, without a font at hand: as Helvetica and its like have it, a little generous.
enum TextWidth {
  /// In pixels.
  static func of(_ text: String, fontSize: Double) -> Double {
    text.unicodeScalars.reduce(0) { $0 + emWidth($1) } * fontSize
  }

  /// The text, or its beginning and an ellipsis, no wider than `limit` pixels.
  static func fitting(_ text: String, fontSize: Double, limit: Double) -> String {
    guard of(text, fontSize: fontSize) > limit else { return text }
    var width = emWidth("\u{2026}") * fontSize
    var beginning = ""
    for character in text {
      width += of(String(character), fontSize: fontSize)
      if width > limit { break }
      beginning.append(character)
    }
    return beginning + "\u{2026}"
  }

  private static func emWidth(_ scalar: Unicode.Scalar) -> Double {
    switch scalar {
    case "i", "j", "l", "I", ".", ",", ":", ";", "'", "|", "!", "[", "]", "(", ")", " ", "/": 0.32
    case "f", "t", "r", "-": 0.38
    case "m", "w", "M", "W", "@", "%", "\u{2026}": 0.95
    case "A"..."Z": 0.72
    case "\u{0}"..."\u{7E}", "\u{D7}", "\u{B7}": 0.57
    default: 1
    }
  }
}

import ArgumentParser
import StancePose

extension Person.Parts {
  /// The parts by the names that users and files know them by.
  static let named: [(name: String, part: Person.Parts)] = [
    ("body", .body), ("hands", .hands), ("face", .face),
  ]

  /// Of a single part.
  var name: String { Self.named.first { $0.part == self }?.name ?? "" }

  /// - Parameter argument: names with commas between them.
  /// - Throws: `ValidationError` where one is none of them.
  init(argument: String) throws {
    self = []
    for name in argument.split(separator: ",", omittingEmptySubsequences: false) {
      guard let part = Self.named.first(where: { $0.name == name })?.part else {
        throw ValidationError(
          "--parts is \(argument); it must be body, hands or face, or several of them with commas "
            + "between")
      }
      insert(part)
    }
  }

  /// So many records of what was looked for, for instance `2 people` or `1 hand`.
  func text(count: Int) -> String {
    let (one, several) =
      contains(.body)
      ? ("person", "people")
      : self == .hands
        ? ("hand", "hands")
        : self == .face ? ("face", "faces") : ("hand or face", "hands and faces")
    return count == 1 ? "1 \(one)" : "\(count) \(several)"
  }

  /// For instance `nobody` or `no hand`.
  var nothing: String {
    contains(.body)
      ? "nobody" : self == .hands ? "no hand" : self == .face ? "no face" : "no hand or face"
  }
}

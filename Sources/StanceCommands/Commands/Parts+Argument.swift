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
}

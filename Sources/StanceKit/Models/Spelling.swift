/// Names that somebody may have meant who wrote another.
package enum Spelling {
  /// - Returns: the names that `text` is a part of, else the nearest where they are near enough.
  package static func suggestions(for text: String, among names: [String]) -> [String] {
    let containing = text.count < 3 ? [] : names.filter { $0.contains(text) }
    guard containing.isEmpty else { return containing }
    let distances = names.map { name in
      // A long text may be meant for the beginning of a name.
      let beginning = text.count < 5 ? name : String(name.prefix(text.count))
      return min(distance(from: text, to: name), distance(from: text, to: beginning))
    }
    guard let least = distances.min(), least <= max(2, text.count / 5) else { return [] }
    return zip(names, distances).filter { $1 == least }.map(\.0)
  }

  /// `; did you mean "a", "b" or "c"?`, of at most four; nil where nothing resembles `text`.
  package static func question(for text: String, among names: [String]) -> String? {
    let quoted = suggestions(for: text, among: names).prefix(4).map { "\"\($0)\"" }
    guard let last = quoted.last else { return nil }
    let choice =
      quoted.count == 1 ? last : quoted.dropLast().joined(separator: ", ") + " or " + last
    return "; did you mean \(choice)?"
  }

  /// How many letters must be added, removed or replaced, after Levenshtein.
  private static func distance(from left: String, to right: String) -> Int {
    let right = Array(right)
    var row = Array(0...right.count)
    for (index, letter) in left.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in right.indices {
        let replaced = diagonal + (letter == right[column] ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(replaced, row[column] + 1, diagonal + 1)
      }
    }
    return row[right.count]
  }
}

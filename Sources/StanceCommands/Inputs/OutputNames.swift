/// Names for the result files of pictures, no two the same.
enum OutputNames {
  /// A picture's file name without its extension where no other picture has it, ignoring case
  /// and how letters are composed, as some file systems do;
  /// else with its folder's name before it, else with its extension after it, else with a number.
  static func names(of sources: [InputSource]) -> [String] {
    let candidates = sources.map(candidates)
    var levels = [Int](repeating: 0, count: sources.count)
    // Every name of a group that clashes becomes longer, so that none depends on who came first.
    while let clash = firstClash(of: candidates, at: levels) {
      let canGrow = clash.filter { levels[$0] + 1 < candidates[$0].count }
      guard !canGrow.isEmpty else { break }
      for index in canGrow { levels[index] += 1 }
    }
    return numbered(zip(candidates, levels).map { $0[$1] })
  }

  private static func firstClash(of candidates: [[String]], at levels: [Int]) -> [Int]? {
    let names = zip(candidates, levels).map { $0[$1].lowercased() }
    let groups = Dictionary(grouping: names.indices) { names[$0] }
    return groups.values.filter { group in
      group.count > 1 && group.contains { levels[$0] + 1 < candidates[$0].count }
    }.min { $0[0] < $1[0] }
  }

  /// The names that a picture may get, as other pictures have them or not, but for those with
  /// a number.
  static func candidates(for source: InputSource) -> [String] {
    guard case .file(let path, _) = source else {
      return [source == .standardInput ? "stdin" : ""]
    }
    let parts = path.split(separator: "/").map(String.init)
    let file = parts.last ?? path
    let dot = file.lastIndex(of: ".").flatMap { $0 == file.startIndex ? nil : $0 }
    let stem = dot.map { String(file[..<$0]) } ?? file
    let ending = dot.map { "_" + file[file.index(after: $0)...] } ?? ""
    let folders = parts.dropLast().filter { $0 != "." && $0 != ".." }
    let below = folders.suffix(1).map { $0 + "_" }.joined()
    let all = folders.map { $0 + "_" }.joined()
    return [stem, below + stem, below + stem + ending, all + stem + ending]
  }

  private static func numbered(_ names: [String]) -> [String] {
    var taken: Set<String> = []
    return names.map { name in
      var candidate = name
      var number = 2
      while !taken.insert(candidate.lowercased()).inserted {
        candidate = "\(name)_\(number)"
        number += 1
      }
      return candidate
    }
  }
}

/// Tells files that `stance segment` writes by their names: `NAME_mask.png` and the others, where
/// `NAME` is one that pictures' files get.
struct SegmentationResults {
  private let names: Set<String>
  private let folder: [UInt8]

  /// - Parameters:
  ///   - names: of the pictures' own files.
  ///   - folder: that they are written to.
  init(names: some Sequence<String>, folder: String) {
    self.names = Set(names).subtracting([""])
    self.folder = InputGathering.canonical(folder)
  }

  /// Whether a run with some options writes this file.
  func contains(_ path: String) -> Bool {
    guard let name = name(of: path) else { return false }
    return isPersonMask(name)
      || ["mask", "parts", "parts_colors", "cutout", "picture"].contains {
        isName(name, before: "_" + $0)
      }
  }

  /// Whether this is the place of the mask of some person in some picture.
  func containsPersonMask(_ path: String) -> Bool {
    name(of: path).map(isPersonMask) ?? false
  }

  private func isPersonMask(_ name: String) -> Bool {
    let digits = String(name.reversed().prefix { $0.isASCII && $0.isNumber }.reversed())
    return !digits.isEmpty && isName(name, before: "_person" + digits)
  }

  /// Without its ending; nil where the file is no PNG in the folder.
  private func name(of path: String) -> String? {
    guard path.hasSuffix(".png") else { return nil }
    let place = InputGathering.canonical(path)
    let slash = UInt8(ascii: "/")
    guard let last = place.lastIndex(of: slash) else { return nil }
    let above = last == place.startIndex ? [slash] : Array(place[..<last])
    guard above == folder else { return nil }
    return String(decoding: place[(last + 1)...].dropLast(4), as: UTF8.self)
  }

  private func isName(_ name: String, before ending: String) -> Bool {
    name.hasSuffix(ending) && names.contains(String(name.dropLast(ending.count)))
  }
}

extension GatheredInputs {
  /// Leaves out what an earlier run has made of other inputs, where it was found in a folder; a file
  /// that is named itself stays.
  ///
  /// - Parameter folder: where results go.
  /// - Returns: the paths that are left out.
  mutating func removeResults(in folder: String) -> [String] {
    // Which of its names a picture got depends on the pictures that there were.
    let results = SegmentationResults(
      names: sources.flatMap(OutputNames.candidates), folder: folder)
    var removed: [String] = []
    sources.removeAll { source in
      guard case .file(let path, .some) = source, results.contains(path) else { return false }
      removed.append(path)
      return true
    }
    return removed
  }
}

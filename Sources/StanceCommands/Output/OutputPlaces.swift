/// Sees to it that no result is written over a picture or over another result.
struct OutputPlaces {
  private let sources: [InputSource]
  private let pictures: [[UInt8]: String]
  private var taken: Set<[UInt8]> = []

  init(sources: [InputSource]) {
    self.sources = sources
    var pictures: [[UInt8]: String] = [:]
    for case .file(let path, _) in sources { pictures[InputGathering.canonical(path)] = path }
    self.pictures = pictures
  }

  /// Takes the place of one more result.
  /// - Throws: ``CommandError`` where there is a picture or a result already.
  mutating func add(_ path: String) throws {
    let place = InputGathering.canonical(path)
    if let picture = pictures[place] {
      throw CommandError.usage("\(picture) would be overwritten by a result; name another place")
    }
    guard taken.insert(place).inserted else {
      throw CommandError.usage(
        "--out and --overlay both name \(path); name another place with one of them")
    }
  }

  /// - Parameter folder: that overlays go to; nil where they go to none.
  /// - Throws: ``CommandError`` where overlays would be pictures of the next run.
  func checkOverlays(in folder: String?) throws {
    guard let place = folder.map(InputGathering.canonical) else { return }
    for case .file(_, let folder?) in sources where InputGathering.canonical(folder) == place {
      throw CommandError.usage(
        "the overlays would lie among the pictures of \(folder); name another folder with "
          + "--overlay")
    }
  }
}

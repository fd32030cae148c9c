import StanceKit

/// What a terminal shows of a model that is being fetched.
struct DownloadLine {
  let model: CatalogueModel

  func begin(from place: String) {
    Console.writeError("stance: fetching \(model.name) from \(printable(place))\n")
  }

  func draw(byteCount: Int) {
    guard Console.isErrorTerminal else { return }
    let whole = model.byteCount.map { " of " + NumberText.bytes($0) } ?? ""
    Console.writeError("\r\(NumberText.bytes(byteCount))\(whole)\u{1B}[K")
  }

  func clear() {
    guard Console.isErrorTerminal else { return }
    Console.writeError("\r\u{1B}[K")
  }
}

/// A line at the terminal's bottom that says how far the work is.
struct ProgressBar {
  private let total: Int
  private let isShown: Bool
  private let start = ContinuousClock.now
  private var lastDrawn: ContinuousClock.Instant?

  /// - Parameter isShown: nothing is ever written otherwise.
  init(total: Int, isShown: Bool) {
    self.total = total
    self.isShown = isShown
  }

  /// Takes the line away, so that something else can be written in its place.
  func clear() {
    guard isShown, lastDrawn != nil else { return }
    Console.writeError("\r\u{1B}[K")
  }

  /// - Parameters:
  ///   - done: pictures that are over and done with.
  ///   - skipped: of these, the ones that took no time.
  mutating func draw(done: Int, skipped: Int) {
    guard isShown else { return }
    let now = ContinuousClock.now
    lastDrawn = now
    let seconds = (now - start).seconds
    let line = ProgressBar.line(
      done: done, skipped: skipped, total: total, seconds: seconds, width: Console.errorWidth)
    Console.writeError("\r\(line)\u{1B}[K")
  }

  /// The line for a terminal of `width` characters.
  static func line(done: Int, skipped: Int, total: Int, seconds: Double, width: Int) -> String {
    var figures = "\(done)/\(total)"
    let worked = done - skipped
    if worked > 0, seconds > 0 {
      let rate = Double(worked) / seconds
      figures += "  " + DecimalText.aligned(rate, decimals: 1) + "/s"
      if done < total { figures += "  " + time(Double(total - done) / rate) + " left" }
    }
    let room = min(width - figures.count - 5, 40)
    guard room >= 8 else { return String(figures.prefix(max(width - 1, 0))) }
    let filled = total > 0 ? room * done / total : room
    let bar = String(repeating: "=", count: filled) + String(repeating: " ", count: room - filled)
    return "[\(bar)] \(figures)"
  }

  /// `1:05`, or `2:01:05` from an hour on.
  private static func time(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 360_000 else { return "days" }
    let whole = Int(seconds.rounded())
    func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    guard whole >= 3600 else { return "\(whole / 60):\(padded(whole % 60))" }
    return "\(whole / 3600):\(padded(whole / 60 % 60)):\(padded(whole % 60))"
  }
}

extension Duration {
  fileprivate var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}

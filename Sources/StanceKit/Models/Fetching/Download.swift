import Foundation

/// A file at an http address, fetched by curl, which goes on where an earlier attempt ended.
struct Download {
  let address: String
  /// Whether the whole file's SHA-256 is known, which finds out parts of another version.
  let isChecked: Bool

  private static let attempts = 4

  /// - Throws: ``KitError`` for an address that is none, or whose answer anybody could forge.
  init(address: String, isChecked: Bool) throws {
    guard let host = URL(string: address)?.host, !host.isEmpty, Self.isAddress(address) else {
      throw KitError(.invalidOption, "\(address): this is no https address")
    }
    guard isChecked || address.hasPrefix("https://") || Self.isLoopback(address) else {
      throw KitError(
        .invalidOption,
        "\(address): an https address is needed, as the model's SHA-256 is not known beforehand")
    }
    self.address = address
    self.isChecked = isChecked
  }

  static func isAddress(_ text: String) -> Bool {
    text.hasPrefix("https://") || text.hasPrefix("http://")
  }

  /// - Parameter progress: is told how many bytes are there.
  /// - Throws: ``KitError``; what has come stays in `file`.
  func fetch(into file: PartialFile, progress: (Int) -> Void) throws {
    if !isChecked, tag(of: file) == nil { try file.empty() }
    for attempt in 1...Self.attempts {
      let before = file.byteCount
      let outcome = try ChildProcess.run(arguments(for: file)) {
        try file.append($0)
        progress(file.byteCount)
      }
      switch outcome.status {
      case 0: return
      // The server sends no parts, or has another version now.
      case 33, 36: try file.empty()
      case _ where file.byteCount > before && attempt < Self.attempts: continue
      default: throw failure(outcome, of: file)
      }
    }
    throw KitError(.fetchFailed, "\(address): the server sends another file each time")
  }

  private func arguments(for file: PartialFile) -> [String] {
    let schemes = address.hasPrefix("https:") ? "=https" : "=http,https"
    var arguments = [
      "curl", "--silent", "--show-error", "--fail", "--location", "--globoff",
      "--proto", schemes, "--proto-redir", schemes, "--max-redirs", "10",
      "--connect-timeout", "30", "--speed-limit", "1", "--speed-time", "60",
      "--write-out", "%{stderr}\\n%{http_code}\\n",
    ]
    if Self.isLoopback(address) { arguments += ["--noproxy", "*"] }
    if file.byteCount > 0 {
      arguments += ["--continue-at", String(file.byteCount)]
      if let tag = tag(of: file) { arguments += ["--header", "If-Range: \(tag)"] }
    } else {
      arguments += ["--etag-save", file.tagPath]
    }
    return arguments + ["--url", address]
  }

  /// What the server calls the version of what is there, where that promises the same bytes.
  private func tag(of file: PartialFile) -> String? {
    let text = (try? String(contentsOfFile: file.tagPath, encoding: .utf8)) ?? ""
    guard let tag = text.split(whereSeparator: \.isNewline).last, tag.hasPrefix("\""),
      tag.hasSuffix("\""), tag.count > 2
    else { return nil }
    return String(tag)
  }

  private func failure(_ outcome: ChildProcess.Outcome, of file: PartialFile) -> KitError {
    let reason =
      switch outcome.status {
      case 22: "the server answers \(outcome.messages.last ?? "that there is an error")"
      case 5, 6: "the server's name cannot be resolved, is there a network?"
      case 7: "the server cannot be reached, is there a network?"
      case 18, 56, 92: "the connection was cut"
      case 28: "the server does not answer any more"
      case _ where outcome.isMissing: "curl is needed and was not found; install it"
      default: outcome.messages.first.map { "\($0)" } ?? "curl was ended by a signal"
      }
    let advice =
      file.byteCount > 0
      ? "; \(file.byteCount) bytes are kept, and the same command goes on from there"
      : "; `--from FOLDER` takes the file from a folder, `stance models add` any file"
    return KitError(.fetchFailed, "\(address): \(reason)\(advice)")
  }

  private static func isLoopback(_ address: String) -> Bool {
    ["localhost", "127.0.0.1", "::1", "[::1]"].contains(URL(string: address)?.host ?? "")
  }
}

import Foundation

/// The models of a folder, by name: each a file `NAME.tflite`, beside it `NAME.tflite.sha256` where
/// the catalogue does not know its SHA-256.
public struct ModelStore: Sendable {
  /// Made by the first model that goes into it.
  public let folder: String
  let catalogue: [CatalogueModel]

  /// - Parameter folder: nil for the one that ``ModelFolder`` says.
  public init(folder: String? = nil) {
    self.init(folder: folder ?? ModelFolder.path(), catalogue: ModelCatalogue.models)
  }

  init(folder: String, catalogue: [CatalogueModel]) {
    self.folder = folder
    self.catalogue = catalogue
  }

  /// - Returns: where the file of that name lies or would lie.
  public func path(of name: String) -> String { "\(folder)/\(name).tflite" }

  /// Whether there is a model of that name, intact or not.
  public func holds(_ name: String) -> Bool { PathKind.isFile(path(of: name)) }

  /// The names of all models in the folder, in the alphabet's order.
  public var names: [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return files.filter { $0.hasSuffix(".tflite") && !$0.hasPrefix(".") }
      .map(Self.withoutEnding).filter(holds).sorted()
  }

  /// The file's length in bytes; nil where there is no such model.
  public func byteCount(of name: String) -> Int? {
    guard holds(name) else { return nil }
    let file = URL(fileURLWithPath: path(of: name)).resolvingSymlinksInPath()
    return try? file.resourceValues(forKeys: [.fileSizeKey]).fileSize
  }

  /// - Parameter text: a name as a user gives it, with or without `.tflite`.
  /// - Returns: the name without its ending.
  /// - Throws: ``KitError`` for what is no name of a file.
  public static func name(_ text: String) throws -> String {
    let name = withoutEnding(text)
    guard name.utf8.count <= longestName else {
      throw KitError(
        .invalidOption,
        "a name for a model has at most \(longestName) letters, and \"\(name.prefix(20))...\" has "
          + "\(name.count)")
    }
    let isPlain = name.unicodeScalars.allSatisfy {
      switch $0 {
      case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".": true
      default: false
      }
    }
    guard isPlain, let first = name.first, first != ".", first != "-" else {
      throw KitError(
        .invalidOption,
        "\"\(text)\" is no name for a model: give one of letters, digits, - _ and ., that begins "
          + "with a letter or digit")
    }
    return name
  }

  private static let longestName = 200

  private static func withoutEnding(_ text: String) -> String {
    text.hasSuffix(".tflite") ? String(text.dropLast(7)) : text
  }

  /// Removes a model with what is recorded of it and what an unfinished fetch has left.
  /// - Throws: ``KitError`` where there is nothing to remove, or it cannot be removed.
  public func remove(_ name: String) throws {
    let partial = PartialFile.path(for: path(of: name))
    let files = [path(of: name), recordPath(of: name), partial, PartialFile.tagPath(of: partial)]
      .filter(PathKind.isFile)
    guard !files.isEmpty else { throw missing(name) }
    for file in files {
      do {
        try FileManager.default.removeItem(atPath: file)
      } catch {
        throw KitError(.inaccessible, "\(file) cannot be removed; is there permission?")
      }
    }
  }

  /// What to say of a name that the folder has no model of.
  public func missing(_ name: String) -> KitError {
    KitError(.noModel, "there is no model \"\(name)\" in \(folder)\(advice(for: name))")
  }

  /// What a user can do who has named a model that is not there; begins with a semicolon.
  func advice(for name: String) -> String {
    let name = Self.withoutEnding(name)
    if catalogue.contains(where: { $0.name == name }) {
      return "; fetch it with `stance models fetch \(name)`"
    }
    let known = catalogue.map(\.name)
    return Spelling.question(for: name, among: known + names.filter { !known.contains($0) })
      ?? "; `stance models list` shows those that there are"
  }
}

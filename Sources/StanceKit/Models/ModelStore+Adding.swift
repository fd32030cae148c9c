import StanceFormats
import StanceTensors

extension ModelStore {
  /// What came of fetching or adding a model.
  public struct Arrival: Hashable, Sendable {
    /// Without the file's ending.
    public let name: String
    /// Where it lies.
    public let path: String
    /// Of the whole file, in hexadecimal.
    public let sha256: String
    /// Whether it was there already, as it should be.
    public let wasPresent: Bool
    /// Whether its SHA-256 was not known before and is recorded now.
    public let isRecorded: Bool
  }

  /// Copies a file into the folder under a name.
  /// - Parameter name: may be the catalogue's where the file is that model's.
  /// - Throws: ``KitError`` where another file has that name or the name is another's in the
  ///   catalogue, `FormatError` where it is no model.
  public func add(_ source: String, as name: String) throws -> Arrival {
    _ = try ModelReader.read(contentsOf: source)
    let sha256 = try FileDigest.sha256(ofFileAt: source)
    if let known = catalogue.first(where: { $0.name == name })?.sha256, known != sha256 {
      throw KitError(
        .invalidOption,
        "\(source) has SHA-256 \(sha256) and is not the catalogue's \"\(name)\" (\(known)); "
          + "choose another name")
    }
    if let other = otherModel(of: sha256, than: name) {
      throw KitError(
        .invalidOption,
        "\(source) is the catalogue's \"\(other)\" and not \"\(name)\"; choose another name, or add "
          + "the right file")
    }
    guard try !holds(name) || FileDigest.sha256(ofFileAt: path(of: name)) == sha256 else {
      throw KitError(
        .invalidOption,
        "there is another model \"\(name)\" already; choose another name, or first "
          + "`stance models remove \(name)`")
    }
    if let present = try arrivalOfPresent(name) { return present }
    let file = try PartialFile(for: path(of: name))
    try file.copy(contentsOf: source)
    return try accept(file, as: name)
  }

  /// A model that is there and intact; nil where it is missing or damaged. Where nothing is known
  /// of what it should be, its SHA-256 is recorded.
  func arrivalOfPresent(_ name: String) throws -> Arrival? {
    guard holds(name) else { return nil }
    let verification = try verify(name)
    if verification.isDamaged { return nil }
    let isNew = verification.expectedSHA256 == nil
    if isNew {
      if otherModel(of: verification.sha256, than: name) != nil { return nil }
      _ = try ModelReader.read(contentsOf: path(of: name))
      try record(verification.sha256, of: name)
    }
    return arrival(name, sha256: verification.sha256, wasPresent: true, isRecorded: isNew)
  }

  /// Checks what has come and puts it in its place; what is not right is removed.
  /// - Throws: ``KitError`` where it is not what it should be.
  func accept(_ file: PartialFile, as name: String) throws -> Arrival {
    do {
      let sha256 = try FileDigest.sha256(ofFileAt: file.path)
      let expected = try expectedSHA256(of: name)
      guard expected == nil || expected == sha256 else {
        throw mismatch(name, sha256: sha256, expected: expected ?? "")
      }
      if let other = otherModel(of: sha256, than: name) {
        throw KitError(
          .fetchFailed, "\(name): what came is the catalogue's \"\(other)\"; it is not used")
      }
      do {
        _ = try ModelReader.read(Bytes(mappingFileAt: file.path), name: name)
      } catch {
        throw KitError(.fetchFailed, "\(error); it is not used")
      }
      if expected == nil { try record(sha256, of: name) }
      try file.commit()
      return arrival(name, sha256: sha256, isRecorded: expected == nil)
    } catch {
      file.discard()
      throw error
    }
  }

  /// The model of the catalogue that a file is by its SHA-256, where `name` is that of another one.
  private func otherModel(of sha256: String, than name: String) -> String? {
    guard catalogue.contains(where: { $0.name == name }) else { return nil }
    let models = catalogue.filter { $0.sha256 == sha256 }
    return models.contains { $0.name == name } ? nil : models.first?.name
  }

  private func mismatch(_ name: String, sha256: String, expected: String) -> KitError {
    let isRecord = catalogue.first { $0.name == name }?.sha256 == nil
    let advice =
      isRecord
      ? ". If its publisher has changed it, `stance models remove \(name)` forgets what was expected"
      : ""
    return KitError(
      .fetchFailed,
      "\(name): what came has SHA-256 \(sha256) where \(expected) was expected; it is not used"
        + advice)
  }

  private func arrival(
    _ name: String, sha256: String, wasPresent: Bool = false, isRecorded: Bool = false
  ) -> Arrival {
    Arrival(
      name: name, path: path(of: name), sha256: sha256, wasPresent: wasPresent,
      isRecorded: isRecorded)
  }
}

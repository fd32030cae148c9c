/// Brings models of the catalogue into a store.
///
/// A file is moved in place only when it is whole and has the right SHA-256. What has come over the
/// network when a connection is cut is kept, and the next fetch goes on from there.
public final class ModelFetcher {
  private let store: ModelStore
  private let mirror: ModelMirror?
  /// By requirement, as one wheel holds several models.
  private var wheels: [String: Wheel] = [:]

  /// - Parameter mirror: nil to take the files from where they are published.
  public init(store: ModelStore = ModelStore(), mirror: ModelMirror? = nil) {
    self.store = store
    self.mirror = mirror
  }

  /// What has to be fetched for these models to work: each once, with those that it needs.
  /// - Throws: ``KitError`` for a name that the catalogue does not have.
  public func models(named names: [String]) throws -> [CatalogueModel] {
    var models: [CatalogueModel] = []
    for name in names {
      let model = try model(named: name)
      for model in [model] + (try model.companions.map(self.model)) where !models.contains(model) {
        models.append(model)
      }
    }
    return models
  }

  /// Brings a model, unless it is there and intact: then nothing is asked of the network.
  /// - Parameter begin: is called where the model has to be brought.
  /// - Parameter progress: is told how many bytes a download has brought.
  /// - Throws: ``KitError``; nothing is then put in place, and what was there stays.
  public func fetch(
    _ model: CatalogueModel, begin: () -> Void = {}, progress: (Int) -> Void = { _ in }
  ) throws -> ModelStore.Arrival {
    if let present = try store.arrivalOfPresent(model.name) { return present }
    begin()
    let file = try PartialFile(for: store.path(of: model.name))
    switch mirror {
    case .folder(let folder): try copy(model, from: folder, into: file)
    case .address(let address):
      try download("\(address)/\(model.name).tflite", of: model, into: file, progress: progress)
    case nil:
      switch model.origin {
      case .wheel(let requirement, let member):
        try wheel(requirement).extract(member, into: file)
      case .address(let address):
        try download(address, of: model, into: file, progress: progress)
      }
    }
    return try store.accept(file, as: model.name)
  }

  /// Ends what this process's fetches have started and removes what is of no use later, for a process
  /// that is interrupted and about to end.
  public static func abandonAll() { FetchRemains.clear() }

  private func model(named name: String) throws -> CatalogueModel {
    guard let model = store.catalogue.first(where: { $0.name == name }) else {
      let advice =
        Spelling.question(for: name, among: store.catalogue.map(\.name))
        ?? "; `stance models list` shows those that it has"
      throw KitError(.noModel, "the catalogue has no model \"\(name)\"\(advice)")
    }
    return model
  }

  private func copy(
    _ model: CatalogueModel, from folder: String, into file: PartialFile
  ) throws {
    let path = "\(folder)/\(model.name).tflite"
    if PathKind.isFile(path) { return try file.copy(contentsOf: path) }
    var wanted = "\(model.name).tflite"
    if case .wheel(let requirement, let member) = model.origin {
      if let wheel = Wheel(of: requirement, in: folder) {
        return try wheel.extract(member, into: file)
      }
      wanted += " nor the wheel \(requirement)"
    }
    throw KitError(.fetchFailed, "\(model.name): \(folder) holds no \(wanted)")
  }

  private func download(
    _ address: String, of model: CatalogueModel, into file: PartialFile, progress: (Int) -> Void
  ) throws {
    let expected = try store.expectedSHA256(of: model.name)
    let download = try Download(address: address, isChecked: expected != nil)
    let isContinued = file.byteCount > 0
    try download.fetch(into: file, progress: progress)
    // Where an earlier beginning was of something else, the whole is fetched anew.
    if isContinued, let expected, try FileDigest.sha256(ofFileAt: file.path) != expected {
      try file.empty()
      try download.fetch(into: file, progress: progress)
    }
  }

  private func wheel(_ requirement: String) throws -> Wheel {
    if let wheel = wheels[requirement] { return wheel }
    let wheel = try Wheel(downloading: requirement)
    wheels[requirement] = wheel
    return wheel
  }
}

import Foundation
import StanceTestSupport

@testable import StanceKit

/// A made model that a loopback server publishes, and a store whose catalogue has it alone.
struct Publication {
  static let name = "walker"
  static let file = "walker.tflite"

  let site: TemporaryFolder
  let server: LoopbackServer
  let folder: TemporaryFolder
  let store: ModelStore
  let model: CatalogueModel
  private let fetcher: ModelFetcher

  /// - Parameters:
  ///   - way: how the server answers, see `serve.py`.
  ///   - content: what it publishes.
  ///   - sha256: what the catalogue says of it.
  init(
    _ way: String, content: [UInt8] = Publication.content(byteCount: 25_000), sha256: String?
  ) throws {
    site = try TemporaryFolder()
    try site.add(Self.file, bytes: content)
    server = try LoopbackServer(serving: site)
    folder = try TemporaryFolder()
    model = CatalogueModel(
      Self.name, family: "made", purpose: "tests", sha256: sha256,
      origin: .address("\(server.address)/\(way)/\(Self.file)"))
    store = ModelStore(folder: folder.path, catalogue: [model])
    fetcher = ModelFetcher(store: store)
  }

  func fetch() throws -> ModelStore.Arrival { try fetcher.fetch(model) }

  /// What the fetch failed with, in words; empty where it did not fail.
  func failureOfFetch() -> String {
    do {
      _ = try fetch()
      return ""
    } catch {
      return "\(error)"
    }
  }

  func publish(_ content: [UInt8]) throws { try site.add(Self.file, bytes: content) }

  func fetched() throws -> [UInt8] { try bytes(Self.file) }

  func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: folder[name])))
  }

  /// A model file of at least so many bytes, all of them needed.
  static func content(byteCount: Int, filling: UInt8 = 7) -> [UInt8] {
    var model = TestModel.rich
    model.buffers.append(
      .table([0: .bytes(Array(repeating: filling, count: byteCount))]))
    return model.root.file()
  }

  static func sha256(_ content: [UInt8]) -> String { FileDigest.sha256(of: Data(content)) }
}

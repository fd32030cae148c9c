import StanceKit

/// The catalogue's models, then the folder's other ones.
struct ModelListing {
  struct Entry {
    let name: String
    /// Nil where the catalogue does not know it.
    let published: CatalogueModel?
    /// What it must be; nil where that is not known, or the record of it is damaged.
    let sha256: String?
    /// Nil where it is not in the folder.
    let path: String?
    let byteCount: Int?
  }

  let folder: String
  let entries: [Entry]

  init(of store: ModelStore) {
    folder = store.folder
    let others = store.names.filter { ModelCatalogue.model(named: $0) == nil }
    entries = (ModelCatalogue.models.map(\.name) + others).map { name in
      let published = ModelCatalogue.model(named: name)
      return Entry(
        name: name, published: published, sha256: try? store.expectedSHA256(of: name),
        path: store.holds(name) ? store.path(of: name) : nil,
        byteCount: store.byteCount(of: name) ?? published?.byteCount)
    }
  }

  var text: String {
    var table = TextTable(columns: [
      ("name", .left), ("family", .left), ("size", .right), ("here", .left), ("good for", .left),
    ])
    for entry in entries {
      table.append([
        printable(entry.name), entry.published?.family ?? "",
        entry.byteCount.map(NumberText.bytes) ?? "",
        entry.path == nil ? "" : "yes", entry.published?.purpose ?? "added",
      ])
    }
    return table.text() + """

      They lie in \(printable(folder)). `stance models fetch NAME` brings one; --json tells more.

      """
  }

  var json: JSONValue {
    .array(
      entries.map { entry in
        let published = entry.published
        return .object([
          ("name", .string(entry.name)),
          ("family", .optional(published?.family, JSONValue.string)),
          ("good_for", .optional(published?.purpose, JSONValue.string)),
          ("licence", .optional(published?.licence, JSONValue.string)),
          ("bytes", .optional(entry.byteCount, JSONValue.integer)),
          ("sha256", .optional(entry.sha256, JSONValue.string)),
          ("origin", .optional(published?.origin.description, JSONValue.string)),
          ("needs", .array((published?.companions ?? []).map(JSONValue.string))),
          ("path", .optional(entry.path, JSONValue.string)),
        ])
      })
  }
}

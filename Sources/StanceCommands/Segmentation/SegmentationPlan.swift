import StanceDrawing

/// What is made of pictures' masks, and where it goes.
struct SegmentationPlan: Sendable {
  /// What is made besides the mask of all people.
  struct Products: OptionSet, Hashable, Sendable {
    let rawValue: Int

    static let parts = Products(rawValue: 1)
    static let instances = Products(rawValue: 2)
    static let cutOut = Products(rawValue: 4)
    static let blurredFaces = Products(rawValue: 8)
  }

  let sources: [InputSource]
  let products: Products
  /// Nil where what is around the people stays.
  let background: Background?
  let folder: String
  /// Nil where no overlays are drawn; never standard output.
  let overlays: Destination?
  /// Names of the pictures' own files in folders.
  private let names: [String]

  /// - Throws: ``CommandError`` where the options contradict each other or the inputs.
  init(
    inputs: GatheredInputs, products: Products, background: Background?, folder: String,
    overlays: Destination?
  ) throws {
    sources = inputs.sources
    self.products = products
    self.background = background
    self.folder = folder
    self.overlays = overlays
    names = OutputNames.names(of: inputs.sources)
    if let file = overlays?.file {
      guard inputs.isSinglePicture else {
        throw CommandError.usage(
          "\(file) is one file and there may be several pictures: name a folder with --overlay, "
            + "for instance --overlay overlays/")
      }
      guard (try? DrawingFormat(path: file)) == .png else {
        throw CommandError.usage("\(file): overlays of masks are PNG files; let it end in .png")
      }
    }
    try checkThatResultsHavePlaces()
  }

  /// The file of one of a picture's products, for instance `mask`.
  func path(at index: Int, _ product: String) -> String {
    let name = "\(names[index])_\(product).png"
    return folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
  }

  func overlayPath(at index: Int) -> String? {
    overlays.flatMap { $0.file ?? $0.path(of: names[index] + ".png") }
  }

  /// The products of this plan that every picture has.
  private var productNames: [String] {
    var names = ["mask"]
    if products.contains(.parts) { names += ["parts", "parts_colors"] }
    if products.contains(.cutOut) { names.append("cutout") }
    if background != nil || products.contains(.blurredFaces) { names.append("picture") }
    return names
  }

  private func checkThatResultsHavePlaces() throws {
    var outputs = OutputPlaces(sources: sources)
    try outputs.checkOverlays(in: overlays?.folder)
    for index in sources.indices {
      for product in productNames { try outputs.add(path(at: index, product)) }
      if let path = overlayPath(at: index) { try outputs.add(path) }
    }
    guard products.contains(.instances) else { return }
    // How many people there are shows later, so that every number counts as taken.
    let others = sources.compactMap { if case .file(let path, _) = $0 { path } else { nil } }
    let overlays = sources.indices.compactMap(overlayPath)
    let results = SegmentationResults(names: names, folder: folder)
    for path in others + overlays where results.containsPersonMask(path) {
      throw CommandError.usage(
        "\(path) may be the place of a person's mask; name another place for one of them")
    }
  }
}

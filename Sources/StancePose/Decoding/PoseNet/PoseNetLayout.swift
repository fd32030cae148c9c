import StanceTensors

/// Which of a model's outputs are PoseNet's, found by name and number of channels.
///
/// The order of the outputs does not matter, but for two unnamed displacements: then the forward
/// one comes first.
public struct PoseNetLayout: Hashable, Sendable {
  /// Where the displacements between neighbours in the skeleton are.
  public enum Displacements: Hashable, Sendable {
    /// Two outputs [1, rows, columns, 32]: y of 16 edges, then x of 16 edges.
    case separate(forward: Int, backward: Int)
    /// One output [1, rows, columns, 64]: forward y, forward x, backward y, backward x, 16 each.
    case joined(Int)
  }

  static let keypointCount = 17
  static let edgeCount = 16
  static let partCount = 24

  /// The output with the heat maps, [1, rows, columns, 17].
  public let heatmaps: Int
  /// The output with the short offsets, [1, rows, columns, 34]: y of 17 keypoints, then x.
  public let offsets: Int
  /// nil where the model has none: it can tell one person alone.
  public let displacements: Displacements?
  /// The output with the long offsets, [1, rows, columns, 34], told by `long` in its name: from any
  /// part of a person to all of its keypoints. nil where the model cannot tell people's parts apart.
  public let longOffsets: Int?
  /// The output with the logits of a cell showing a person, [1, rows, columns, 1].
  public let segments: Int?
  /// The output with the logits of the 24 parts of the body, [1, rows, columns, 24].
  public let parts: Int?
  /// Cells from top to bottom, the same for every output.
  public let rows: Int
  /// Cells from left to right, the same for every output.
  public let columns: Int

  /// - Parameter outputs: all of the model's outputs; others than PoseNet's are passed over.
  /// - Throws: ``PoseDecodingError`` where heat maps or offsets are missing, one displacement is
  ///   there without the other, or the grids differ in size.
  public init(outputs: [(name: String, shape: Shape)]) throws {
    let found = Candidates(outputs)
    guard
      let heatmaps = found.preferred(channels: Self.keypointCount, named: "heatmap"),
      let offsets = found.preferred(
        channels: 2 * Self.keypointCount, named: "offset", excluding: "long")
    else {
      throw PoseDecodingError(
        .missingOutput,
        "these are no outputs of PoseNet: heat maps [1, rows, columns, 17] and offsets "
          + "[1, rows, columns, 34] are needed, the model has "
          + outputs.map { "\"\($0.name)\" \($0.shape)" }.joined(separator: ", "))
    }
    self.heatmaps = heatmaps
    self.offsets = offsets
    displacements = try found.displacements()
    longOffsets = found.named("long", channels: 2 * Self.keypointCount)
    segments = found.preferred(channels: 1, named: "segment")
    parts = found.preferred(channels: Self.partCount, named: "part")
    (rows, columns) = (outputs[heatmaps].shape[1], outputs[heatmaps].shape[2])

    var used = [offsets] + [longOffsets, segments, parts].compactMap { $0 }
    switch displacements {
    case .separate(let forward, let backward): used += [forward, backward]
    case .joined(let both): used.append(both)
    case nil: break
    }
    for output in used.map({ outputs[$0] })
    where output.shape[1] != rows || output.shape[2] != columns {
      throw PoseDecodingError(
        .mismatchedShape,
        "output \"\(output.name)\" has shape \(output.shape), but the heat maps have "
          + "\(rows) rows and \(columns) columns; PoseNet's outputs must share one grid")
    }
  }
}

/// The outputs that are grids, in the model's order.
private struct Candidates {
  let grids: [(index: Int, name: String, channels: Int)]

  init(_ outputs: [(name: String, shape: Shape)]) {
    grids = outputs.enumerated().compactMap { index, output in
      FeatureGrid.dimensions(of: output.shape).map {
        (index, output.name.lowercased(), $0.channels)
      }
    }
  }

  /// The first with that many channels and `word` in its name, else the first with that many
  /// channels.
  func preferred(channels: Int, named word: String, excluding other: String? = nil) -> Int? {
    let fitting = grids.filter { grid in
      grid.channels == channels && !(other.map { grid.name.contains($0) } ?? false)
    }
    return (fitting.first { $0.name.contains(word) } ?? fitting.first)?.index
  }

  /// The first with that many channels and `word` in its name.
  func named(_ word: String, channels: Int) -> Int? {
    grids.first { $0.channels == channels && $0.name.contains(word) }?.index
  }

  func displacements() throws -> PoseNetLayout.Displacements? {
    let separate = grids.filter { $0.channels == 2 * PoseNetLayout.edgeCount }
    if separate.count >= 2 {
      let forward = separate.first { $0.name.contains("fwd") || $0.name.contains("forward") }
      let backward = separate.first { $0.name.contains("bwd") || $0.name.contains("backward") }
      let first = forward ?? separate.first { $0.index != backward?.index }
      let second = backward ?? separate.first { $0.index != first?.index }
      if let first, let second, first.index != second.index {
        return .separate(forward: first.index, backward: second.index)
      }
    }
    if let both = preferred(channels: 4 * PoseNetLayout.edgeCount, named: "mid") {
      return .joined(both)
    }
    guard let lone = separate.first else { return nil }
    throw PoseDecodingError(
      .missingOutput,
      "output \"\(lone.name)\" is one displacement of PoseNet; the forward and the backward one "
        + "are needed, [1, rows, columns, 32] each")
  }
}

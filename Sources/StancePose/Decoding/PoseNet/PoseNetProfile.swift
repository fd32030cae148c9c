/// The programs that decode PoseNet, each with its own conventions.
public enum PoseNetProfile: String, Hashable, Sendable, CaseIterable {
  /// TensorFlow.js PoseNet: several people, two refinements, the score read where they end.
  case tfjs
  /// posenet-python: several people, one refinement, the score read before it.
  case posenetPython = "posenet-python"
  /// The TensorFlow Lite sample and the articles after it: one person, the grid stretched over
  /// the whole input.
  case article
  /// Google Coral's PosenetDecoderOp and its programs: several people, values between
  /// cells interpolated.
  case coral

  /// What the program uses unless told otherwise.
  public var parameters: PoseNetParameters {
    switch self {
    case .tfjs:
      PoseNetParameters(
        people: .several, gridMapping: .cellsAtStride, rounding: .halfUp, refinementSteps: 2,
        scoreCell: .refined, maxPoses: 5, scoreThreshold: 0.5, nmsRadius: 20, minPoseScore: 0)
    case .posenetPython:
      PoseNetParameters(
        people: .several, gridMapping: .cellsAtStride, rounding: .halfToEven, refinementSteps: 1,
        scoreCell: .displaced, maxPoses: 10, scoreThreshold: 0.5, nmsRadius: 20,
        minPoseScore: 0.5)
    case .article:
      PoseNetParameters(
        people: .one, gridMapping: .edgeToEdge, rounding: .halfUp, refinementSteps: 2,
        scoreCell: .refined, maxPoses: 1, scoreThreshold: 0.5, nmsRadius: 20, minPoseScore: 0)
    case .coral:
      PoseNetParameters(
        people: .several, growth: .interpolated, gridMapping: .cellsAtStride, rounding: .halfUp,
        refinementSteps: 5, scoreCell: .refined, maxPoses: 10, scoreThreshold: 0.2, nmsRadius: 10,
        minPoseScore: 0.2)
    }
  }
}

/// How ``PoseNetDecoder`` works; a ``PoseNetProfile`` has a set of them.
public struct PoseNetParameters: Hashable, Sendable {
  /// How many people there may be, and so how they are found.
  public enum People: String, Hashable, Sendable {
    /// The best cell of each heat map; no displacements needed.
    case one
    /// A pose grown from each strong cell along the displacements.
    case several
  }

  /// How a pose grows from its first keypoint, and how people who overlap are told apart.
  public enum Growth: String, Hashable, Sendable {
    /// Along the tree of the skeleton, from cell to nearest cell. An earlier pose takes the keypoints
    /// that it covers.
    case alongTree
    /// Along the tree of the skeleton, values between cells interpolated; positions stay within the
    /// grid. A better pose takes the keypoints that it covers.
    case interpolated
  }

  /// Where in the model's input the cell in the last row of H lies.
  public enum GridMapping: String, Hashable, Sendable {
    /// At `inputHeight - 1`: `row * stride` with `stride = (inputHeight - 1) / (H - 1)`.
    case cellsAtStride
    /// At `inputHeight`: `row / (H - 1) * inputHeight`.
    case edgeToEdge
  }

  /// How a point between two cells chooses.
  public enum Rounding: String, Hashable, Sendable {
    /// The lower or right one, as JavaScript rounds.
    case halfUp
    /// The even one, as NumPy rounds.
    case halfToEven
  }

  /// The cell that a keypoint's score is read from.
  public enum ScoreCell: String, Hashable, Sendable {
    /// The one where the displacement leads.
    case displaced
    /// The one where the refinements end.
    case refined
  }

  /// One person or several.
  public var people: People
  /// How poses grow; with ``People/several``.
  public var growth: Growth
  /// Where cells lie.
  public var gridMapping: GridMapping
  /// How half-way points find their cell; with ``Growth/alongTree``.
  public var rounding: Rounding
  /// How often a displaced keypoint moves on by the offset at its place; with
  /// ``People/several``.
  public var refinementSteps: Int
  /// Where a keypoint's score is read; with ``Growth/alongTree``.
  public var scoreCell: ScoreCell
  /// The most poses that are returned; with ``People/one`` at most one.
  public var maxPoses: Int
  /// The probability, 0...1, from which a cell may start a pose; with ``People/several``.
  public var scoreThreshold: Double
  /// In pixels of the model's input: within it two keypoints of the same kind are the same.
  public var nmsRadius: Double
  /// Poses with a lower score, 0...1, are dropped.
  public var minPoseScore: Double
  /// Whether positions lose their fraction, towards zero, as in the TensorFlow Lite sample.
  public var truncatesPositions: Bool

  public init(
    people: People, growth: Growth = .alongTree, gridMapping: GridMapping, rounding: Rounding,
    refinementSteps: Int, scoreCell: ScoreCell, maxPoses: Int, scoreThreshold: Double,
    nmsRadius: Double, minPoseScore: Double, truncatesPositions: Bool = false
  ) {
    self.people = people
    self.growth = growth
    self.gridMapping = gridMapping
    self.rounding = rounding
    self.refinementSteps = refinementSteps
    self.scoreCell = scoreCell
    self.maxPoses = maxPoses
    self.scoreThreshold = scoreThreshold
    self.nmsRadius = nmsRadius
    self.minPoseScore = minPoseScore
    self.truncatesPositions = truncatesPositions
  }
}

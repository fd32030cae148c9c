/// A person, a palm or a face as a detector sees one, in pixels of the detector's input.
public struct Detection: Hashable, Sendable {
  /// The detector's confidence, 0...1.
  public var score: Double
  /// Around the face or the palm; of a person around the face, too.
  public var box: Box<ModelSpace>
  /// Those that ``DetectionDecoder/Kind`` tells of.
  public var points: [ModelPoint]

  public init(score: Double, box: Box<ModelSpace>, points: [ModelPoint]) {
    self.score = score
    self.box = box
    self.points = points
  }
}

extension Detection {
  /// The mean of `detections`, each weighted by its score; the score is that of the first.
  ///
  /// - Precondition: there is a detection, all have as many points, and the scores' sum is more
  ///   than 0.
  static func weightedMean(_ detections: [Detection]) -> Detection {
    let total = detections.reduce(0) { $0 + $1.score }
    func mean(_ value: (Detection) -> Double) -> Double {
      detections.reduce(0) { $0 + value($1) * $1.score } / total
    }
    let (x, y) = (mean { $0.box.x }, mean { $0.box.y })
    return Detection(
      score: detections[0].score,
      box: Box(x: x, y: y, width: mean { $0.box.maxX } - x, height: mean { $0.box.maxY } - y),
      points: detections[0].points.indices.map { index in
        ModelPoint(x: mean { $0.points[index].x }, y: mean { $0.points[index].y })
      })
  }
}

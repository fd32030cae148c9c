/// A person as BlazePose's detector sees one, in pixels of the detector's input.
public struct BlazePoseDetection: Hashable, Sendable {
  /// The detector's confidence, 0...1.
  public var score: Double
  /// Around the face.
  public var box: Box<ModelSpace>
  /// The middle of the hips: the centre of the person's region.
  public var midHip: ModelPoint
  /// On the circle about ``midHip`` that holds the whole body, above the head: size and rotation of
  /// the person's region.
  public var fullBodyPoint: ModelPoint
  /// The middle of the shoulders.
  public var midShoulder: ModelPoint
  /// On the circle about ``midShoulder`` that holds the upper body.
  public var upperBodyPoint: ModelPoint

  public init(
    score: Double, box: Box<ModelSpace>, midHip: ModelPoint, fullBodyPoint: ModelPoint,
    midShoulder: ModelPoint, upperBodyPoint: ModelPoint
  ) {
    self.score = score
    self.box = box
    self.midHip = midHip
    self.fullBodyPoint = fullBodyPoint
    self.midShoulder = midShoulder
    self.upperBodyPoint = upperBodyPoint
  }
}

extension BlazePoseDetection {
  /// The mean of `detections`, each weighted by its score; the score is that of the first.
  ///
  /// - Precondition: there is a detection, and the scores' sum is more than 0.
  static func weightedMean(_ detections: [BlazePoseDetection]) -> BlazePoseDetection {
    let total = detections.reduce(0) { $0 + $1.score }
    func mean(_ value: (BlazePoseDetection) -> Double) -> Double {
      detections.reduce(0) { $0 + value($1) * $1.score } / total
    }
    func mean(_ point: KeyPath<BlazePoseDetection, ModelPoint>) -> ModelPoint {
      ModelPoint(x: mean { $0[keyPath: point].x }, y: mean { $0[keyPath: point].y })
    }
    let (x, y) = (mean { $0.box.x }, mean { $0.box.y })
    return BlazePoseDetection(
      score: detections[0].score,
      box: Box(x: x, y: y, width: mean { $0.box.maxX } - x, height: mean { $0.box.maxY } - y),
      midHip: mean(\.midHip), fullBodyPoint: mean(\.fullBodyPoint),
      midShoulder: mean(\.midShoulder), upperBodyPoint: mean(\.upperBodyPoint))
  }
}

import StanceTensors

/// Finds people in the outputs of BlazePose's detector, as MediaPipe does.
public struct BlazePoseDetector: Hashable, Sendable {
  /// Detections below this probability, 0...1, are dropped.
  public var scoreThreshold: Double
  /// Boxes whose intersection over union exceeds this are one person.
  public var overlapThreshold: Double

  /// Logits are clipped to this magnitude.
  static let logitLimit = 100.0
  /// Box centre x, y, width, height, then x, y of four points.
  static let valuesPerAnchor = 12

  public init(scoreThreshold: Double = 0.5, overlapThreshold: Double = 0.3) {
    self.scoreThreshold = scoreThreshold
    self.overlapThreshold = overlapThreshold
  }

  /// Whether a model with outputs of these shapes is a BlazePose detector.
  public static func recognizes(outputShapes: [Shape]) -> Bool {
    findOutputs(outputShapes) != nil
  }

  /// The people found, the best first; none where nobody is.
  ///
  /// A detection with a number that is not finite, or a box of negative size, is dropped.
  ///
  /// - Parameters:
  ///   - outputs: in any order: raw boxes [1, anchors, 12] and logits [1, anchors, 1].
  ///   - inputSize: of the tensor that the detector was run on, 224x224 in the published model.
  /// - Throws: ``PoseDecodingError`` where the outputs are not those of a detector, or have not the
  ///   number of anchors that belongs to `inputSize`.
  public func decode(outputs: [Tensor], inputSize: ModelSize) throws -> [BlazePoseDetection] {
    guard let (boxes, logits) = Self.findOutputs(outputs.map(\.shape)) else {
      throw PoseDecodingError(
        .missingOutput,
        "these are no outputs of a BlazePose detector: [1, anchors, 12] and [1, anchors, 1] are "
          + "needed, the model has "
          + outputs.map { $0.shape.description }.joined(separator: ", "))
    }
    let anchorCount = outputs[boxes].shape[1]
    guard BlazePoseAnchors.count(inputSize: inputSize) == anchorCount else {
      throw PoseDecodingError(
        .mismatchedShape,
        "the detector has \(anchorCount) anchors, which do not belong to an input of "
          + "\(inputSize) pixels; pass the size of the tensor that it was run on")
    }
    let detections = candidates(
      values: try outputs[boxes].realElements(ofOutput: "boxes"),
      logits: try outputs[logits].realElements(ofOutput: "logits"),
      anchors: BlazePoseAnchors.centers(inputSize: inputSize), inputSize: inputSize)
    return suppressWeighted(detections)
  }

  /// Which outputs are the boxes and the logits; nil unless both are there.
  static func findOutputs(_ shapes: [Shape]) -> (boxes: Int, logits: Int)? {
    func index(lastDimension: Int) -> Int? {
      shapes.firstIndex { $0.rank == 3 && $0[0] == 1 && $0[1] > 0 && $0[2] == lastDimension }
    }
    guard let boxes = index(lastDimension: valuesPerAnchor), let logits = index(lastDimension: 1),
      shapes[boxes][1] == shapes[logits][1]
    else { return nil }
    return (boxes, logits)
  }

  /// The detections at or above the threshold, in the anchors' order, not yet suppressed.
  /// - Precondition: there are 12 values and a logit for every anchor.
  func candidates(
    values: [Float], logits: [Float], anchors: [NormalizedPoint], inputSize: ModelSize
  ) -> [BlazePoseDetection] {
    anchors.indices.compactMap { index in
      let score = Self.score(logit: logits[index])
      guard score >= scoreThreshold else { return nil }
      let first = index * Self.valuesPerAnchor
      return Self.detection(
        values: values[first..<first + Self.valuesPerAnchor], score: score,
        anchor: anchors[index], inputSize: inputSize)
    }
  }

  /// The probability of a clipped logit; NaN for NaN, which no threshold lets pass.
  static func score(logit: Float) -> Double {
    guard !logit.isNaN else { return .nan }
    return sigmoid(min(max(Double(logit), -logitLimit), logitLimit))
  }

  /// Places the 12 raw values, in pixels of the model's input, at their anchor; nil where a number
  /// is not finite or the box's size is negative.
  static func detection(
    values: ArraySlice<Float>, score: Double, anchor: NormalizedPoint, inputSize: ModelSize
  ) -> BlazePoseDetection? {
    let raw = values.map(Double.init)
    guard raw.count == valuesPerAnchor, raw.allSatisfy(\.isFinite), raw[2] >= 0, raw[3] >= 0 else {
      return nil
    }
    func point(_ index: Int) -> ModelPoint {
      ModelPoint(
        x: raw[index] + anchor.x * Double(inputSize.width),
        y: raw[index + 1] + anchor.y * Double(inputSize.height))
    }
    let center = point(0)
    return BlazePoseDetection(
      score: score,
      box: Box(
        x: center.x - raw[2] / 2, y: center.y - raw[3] / 2, width: raw[2], height: raw[3]),
      midHip: point(4), fullBodyPoint: point(6), midShoulder: point(8), upperBodyPoint: point(10))
  }

  /// Weighted non-maximum suppression: from the best down, each detection and all that overlap it
  /// become one, their mean weighted by score, with the best one's score.
  ///
  /// Of equal scores the earlier detection comes first.
  func suppressWeighted(_ detections: [BlazePoseDetection]) -> [BlazePoseDetection] {
    var remaining = detections.enumerated().sorted { left, right in
      left.element.score != right.element.score
        ? left.element.score > right.element.score : left.offset < right.offset
    }.map(\.element)
    var people: [BlazePoseDetection] = []
    while let best = remaining.first {
      var overlapping = [best]
      var apart: [BlazePoseDetection] = []
      for other in remaining.dropFirst() {
        if other.box.intersectionOverUnion(best.box) > overlapThreshold {
          overlapping.append(other)
        } else {
          apart.append(other)
        }
      }
      people.append(best.score > 0 ? .weightedMean(overlapping) : best)
      remaining = apart
    }
    return people
  }
}

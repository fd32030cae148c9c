import StanceTensors

/// Finds people, palms or faces in the outputs of MediaPipe's detectors, as MediaPipe does.
public struct DetectionDecoder: Hashable, Sendable {
  /// Whose outputs these are.
  public let kind: Kind
  /// Detections below this probability, 0...1, are dropped.
  public var scoreThreshold: Double
  /// Boxes whose intersection over union exceeds this are one.
  public var overlapThreshold: Double

  /// Logits are clipped to this magnitude.
  static let logitLimit = 100.0

  public init(_ kind: Kind, scoreThreshold: Double = 0.5, overlapThreshold: Double = 0.3) {
    self.kind = kind
    self.scoreThreshold = scoreThreshold
    self.overlapThreshold = overlapThreshold
  }

  /// What was found, the best first; none where nothing was.
  ///
  /// A detection with a number that is not finite, or a box of negative size, is dropped.
  ///
  /// - Parameters:
  ///   - outputs: in any order: raw boxes [1, anchors, 4 + 2 * points] and logits [1, anchors, 1].
  ///   - inputSize: of the tensor that the detector was run on.
  /// - Throws: ``PoseDecodingError`` where the outputs are not those of a detector, or have not the
  ///   number of anchors that belongs to `inputSize`.
  public func decode(outputs: [Tensor], inputSize: ModelSize) throws -> [Detection] {
    guard let (boxes, logits) = kind.findOutputs(outputs.map(\.shape)) else {
      throw PoseDecodingError(
        .missingOutput,
        "these are no outputs of \(kind.name): [1, anchors, \(kind.valuesPerAnchor)] and "
          + "[1, anchors, 1] are needed, the model has "
          + outputs.map { $0.shape.description }.joined(separator: ", "))
    }
    let anchorCount = outputs[boxes].shape[1]
    guard kind.anchors.count(inputSize: inputSize) == anchorCount else {
      throw PoseDecodingError(
        .mismatchedShape,
        "the detector has \(anchorCount) anchors, which do not belong to an input of "
          + "\(inputSize) pixels; pass the size of the tensor that it was run on")
    }
    let detections = candidates(
      values: try outputs[boxes].realElements(ofOutput: "boxes"),
      logits: try outputs[logits].realElements(ofOutput: "logits"),
      anchors: kind.anchors.centers(inputSize: inputSize), inputSize: inputSize)
    return suppressWeighted(detections)
  }

  /// The detections at or above the threshold, in the anchors' order, not yet suppressed.
  /// - Precondition: there are ``Kind/valuesPerAnchor`` values and a logit for every anchor.
  func candidates(
    values: [Float], logits: [Float], anchors: [NormalizedPoint], inputSize: ModelSize
  ) -> [Detection] {
    let count = kind.valuesPerAnchor
    return anchors.indices.compactMap { index in
      let score = Self.score(logit: logits[index])
      guard score >= scoreThreshold else { return nil }
      return Self.detection(
        values: values[index * count..<(index + 1) * count], score: score,
        anchor: anchors[index], inputSize: inputSize)
    }
  }

  /// The probability of a clipped logit; NaN for NaN, which no threshold lets pass.
  static func score(logit: Float) -> Double {
    guard !logit.isNaN else { return .nan }
    return sigmoid(min(max(Double(logit), -logitLimit), logitLimit))
  }

  /// Places raw values, in pixels of the model's input, at their anchor; nil where a number is not
  /// finite or the box's size is negative.
  static func detection(
    values: ArraySlice<Float>, score: Double, anchor: NormalizedPoint, inputSize: ModelSize
  ) -> Detection? {
    let raw = values.map(Double.init)
    guard raw.allSatisfy(\.isFinite), raw[2] >= 0, raw[3] >= 0 else { return nil }
    func point(_ index: Int) -> ModelPoint {
      ModelPoint(
        x: raw[index] + anchor.x * Double(inputSize.width),
        y: raw[index + 1] + anchor.y * Double(inputSize.height))
    }
    let center = point(0)
    return Detection(
      score: score,
      box: Box(
        x: center.x - raw[2] / 2, y: center.y - raw[3] / 2, width: raw[2], height: raw[3]),
      points: stride(from: 4, to: raw.count, by: 2).map(point))
  }

  /// Weighted non-maximum suppression: from the best down, each detection and all that overlap it
  /// become one, their mean weighted by score, with the best one's score.
  ///
  /// Of equal scores the earlier detection comes first.
  func suppressWeighted(_ detections: [Detection]) -> [Detection] {
    var remaining = detections.enumerated().sorted { left, right in
      left.element.score != right.element.score
        ? left.element.score > right.element.score : left.offset < right.offset
    }.map(\.element)
    var found: [Detection] = []
    while let best = remaining.first {
      var overlapping = [best]
      var apart: [Detection] = []
      for other in remaining.dropFirst() {
        if other.box.intersectionOverUnion(best.box) > overlapThreshold {
          overlapping.append(other)
        } else {
          apart.append(other)
        }
      }
      found.append(best.score > 0 ? .weightedMean(overlapping) : best)
      remaining = apart
    }
    return found
  }
}

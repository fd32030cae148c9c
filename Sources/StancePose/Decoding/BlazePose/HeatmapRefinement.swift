/// Moves landmarks to where their heat maps are high near them (MediaPipe's
/// RefineLandmarksFromHeatmapCalculator).
struct HeatmapRefinement: Hashable, Sendable {
  /// How many cells the window about a landmark is wide and high; odd.
  ///
  /// MediaPipe's graph asks for 7, but mediapipe 0.10.14 computes with its calculator's default of
  /// 9: with that, landmarks agree to a fraction of a pixel, with 7 some are several pixels apart.
  var windowSize = 9
  /// A landmark stays where no cell of its window has this probability, 0...1.
  var minConfidence = 0.5

  /// - Parameter heatmaps: logits, one channel for each landmark.
  /// - Precondition: there are as many channels as landmarks.
  func refine(_ landmarks: [RegionLandmark], heatmaps: FeatureGrid) -> [RegionLandmark] {
    precondition(landmarks.count == heatmaps.channels)
    return landmarks.enumerated().map { index, landmark in
      var landmark = landmark
      landmark.position =
        refined(landmark.position, heatmaps: heatmaps, channel: index) ?? landmark.position
      return landmark
    }
  }

  /// The centroid of the window's cells weighted by probability, a cell counting as its index
  /// divided by the grid's size; nil where `position` lies outside of the grid or the heat map is
  /// not confident.
  ///
  /// The window is cut off at the border. A logit that is NaN counts as probability 0.
  func refined(
    _ position: NormalizedPoint, heatmaps: FeatureGrid, channel: Int
  ) -> NormalizedPoint? {
    guard let column = Self.index(position.x, count: heatmaps.columns),
      let row = Self.index(position.y, count: heatmaps.rows)
    else { return nil }
    let reach = max(windowSize - 1, 0) / 2
    var (sum, best, weightedColumn, weightedRow) = (0.0, 0.0, 0.0, 0.0)
    for row in max(row - reach, 0)...min(row + reach, heatmaps.rows - 1) {
      for column in max(column - reach, 0)...min(column + reach, heatmaps.columns - 1) {
        let logit = heatmaps[GridCell(row: row, column: column), channel]
        let confidence = logit.isNaN ? 0 : sigmoid(Double(logit))
        sum += confidence
        best = max(best, confidence)
        weightedColumn += Double(column) * confidence
        weightedRow += Double(row) * confidence
      }
    }
    guard best >= minConfidence, sum > 0 else { return nil }
    return NormalizedPoint(
      x: weightedColumn / Double(heatmaps.columns) / sum,
      y: weightedRow / Double(heatmaps.rows) / sum)
  }

  /// The cell of a fraction, its part after the point cut off towards zero as MediaPipe does, so
  /// that up to one cell before the first counts as the first; nil outside.
  static func index(_ fraction: Double, count: Int) -> Int? {
    let scaled = (fraction * Double(count)).rounded(.towardZero)
    guard scaled >= 0, scaled < Double(count) else { return nil }
    return Int(scaled)
  }
}

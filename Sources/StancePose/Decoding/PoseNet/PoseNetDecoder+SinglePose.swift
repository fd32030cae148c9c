extension PoseNetDecoder {
  /// Each keypoint where its heat map is highest; the score is the mean over all 17, those that are
  /// absent counting 0.
  func singlePose(_ outputs: PoseNetOutputs, _ grid: PoseNetGrid) -> ModelPose {
    let keypoints = (0..<PoseNetLayout.keypointCount).map { keypoint -> ModelKeypoint? in
      guard let cell = highestCell(of: keypoint, outputs),
        let position = keypointPosition(keypoint, at: cell, outputs, grid)
      else { return nil }
      return ModelKeypoint(position: position, score: outputs.score(cell, keypoint))
    }
    let score = keypoints.reduce(0) { $0 + ($1?.score ?? 0) } / Double(keypoints.count)
    return ModelPose(skeleton: .coco17, keypoints: keypoints, score: score)
  }

  /// The cell with the highest logit, of equal ones the first in reading order; nil where every
  /// logit is NaN or negative infinity.
  func highestCell(of keypoint: Int, _ outputs: PoseNetOutputs) -> GridCell? {
    var best: (cell: GridCell, logit: Float)?
    for row in 0..<outputs.rows {
      for column in 0..<outputs.columns {
        let cell = GridCell(row: row, column: column)
        let logit = outputs.logit(cell, keypoint)
        if logit > best?.logit ?? -.infinity { best = (cell, logit) }
      }
    }
    return best?.cell
  }
}

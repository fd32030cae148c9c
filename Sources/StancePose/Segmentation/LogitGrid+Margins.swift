extension LogitGrid {
  /// `[rows, columns]`: the first channel's probabilities less a half, -0.5...0.5, when the logit
  /// `threshold` counts as even odds; cells that are sure of either side then weigh alike.
  package func margins(over threshold: Float) -> [Float] {
    (0..<rows * columns).map { cell in
      Float(sigmoid(Double(logits[cell * channels] - threshold)) - 0.5)
    }
  }
}

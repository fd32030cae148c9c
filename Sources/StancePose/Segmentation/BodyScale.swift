/// How large a person appears, as the trunk tells.
struct BodyScale {
  /// Pixels a centimetre of an adult.
  let pixels: Double

  /// nil where too little of the trunk was found within the image.
  init?(of pose: Pose, leastScore: Double) {
    func point(_ name: String) -> ImagePoint? {
      pose.keypoint(named: name).flatMap {
        $0.score >= leastScore && $0.isInsideImage ? $0.position : nil
      }
    }
    func scale(_ first: String, _ second: String, centimetres: Double) -> Double? {
      guard let first = point(first), let second = point(second) else { return nil }
      let scale = first.distance(to: second) / centimetres
      return scale > 0 && scale.isFinite ? scale : nil
    }
    // Ears and eyes are left out: in crowds they are a neighbour's more often than a nose is.
    let scales = [
      scale("left_shoulder", "right_shoulder", centimetres: 38),
      scale("left_shoulder", "left_hip", centimetres: 50),
      scale("right_shoulder", "right_hip", centimetres: 50),
      scale("nose", "left_shoulder", centimetres: 32),
      scale("nose", "right_shoulder", centimetres: 32),
    ].compactMap { $0 }.sorted(by: >)
    guard let largest = scales.first else { return nil }
    // A turned or bent body shortens lengths, so a large one is right; but the largest of several may
    // lead to another person's shoulder.
    pixels = scales.count > 2 ? scales[1] : largest
  }
}

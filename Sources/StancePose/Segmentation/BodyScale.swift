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
    func scale(_ first: ImagePoint?, _ second: ImagePoint?, centimetres: Double) -> Double? {
      guard let first, let second else { return nil }
      let scale = first.distance(to: second) / centimetres
      return scale > 0 && scale.isFinite ? scale : nil
    }
    let (left, right) = (point("left_shoulder"), point("right_shoulder"))
    var neck: ImagePoint?
    if let left, let right {
      neck = ImagePoint(x: (left.x + right.x) / 2, y: (left.y + right.y) / 2)
    }
    let scales = [
      scale(left, right, centimetres: 38), scale(left, point("left_hip"), centimetres: 50),
      scale(right, point("right_hip"), centimetres: 50),
      scale(point("nose"), neck, centimetres: 25),
    ].compactMap { $0 }.sorted(by: >)
    guard !scales.isEmpty else { return nil }
    // A turned or bent body shortens lengths, so a large one is right; but the largest of several may
    // lead to another person's shoulder.
    pixels = scales[(scales.count - 1) / 2]
  }
}

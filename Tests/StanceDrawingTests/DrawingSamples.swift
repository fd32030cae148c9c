import StanceImaging
import StancePose

/// A picture of one grey.
func grey(_ value: UInt8 = 128, width: Int, height: Int) -> PixelBuffer {
  PixelBuffer(
    width: width, height: height, pixels: [UInt8](repeating: value, count: width * height * 3))
}

/// A pose with the named keypoints alone.
func pose(
  _ points: KeyValuePairs<String, (x: Double, y: Double)>, keypointScore: Double = 1,
  visibility: Double? = nil, score: Double = 0.9, skeleton: Skeleton = .coco17
) -> Pose {
  var keypoints = [Keypoint?](repeating: nil, count: skeleton.keypoints.count)
  for (name, point) in points {
    guard let index = skeleton.index(of: name) else { continue }
    keypoints[index] = Keypoint(
      position: ImagePoint(x: point.x, y: point.y), score: keypointScore, isInsideImage: true,
      visibility: visibility)
  }
  return Pose(skeleton: skeleton, keypoints: keypoints, score: score)
}

/// The left upper arm, level, across the middle of a picture of 400 x 400 pixels.
func leftArm(keypointScore: Double = 1, visibility: Double? = nil) -> Pose {
  pose(
    ["left_shoulder": (100, 200), "left_elbow": (300, 200)], keypointScore: keypointScore,
    visibility: visibility)
}

extension PixelBuffer {
  struct Pixel: Hashable {
    let red: Int
    let green: Int
    let blue: Int
  }

  subscript(x: Int, y: Int) -> Pixel {
    let index = (y * width + x) * 3
    return Pixel(
      red: Int(pixels[index]), green: Int(pixels[index + 1]), blue: Int(pixels[index + 2]))
  }

  /// How many pixels differ from those of `other`, a picture of the same size.
  func differences(from other: PixelBuffer) -> Int {
    (0..<width * height).count { index in
      pixels[index * 3..<index * 3 + 3] != other.pixels[index * 3..<index * 3 + 3]
    }
  }
}

extension RotatedRegion {
  /// The region of a face that the detector found in a whole picture; nil where it would have no
  /// area or is not finite. The line between the eyes is level.
  ///
  /// - Parameters:
  ///   - face: of ``DetectionDecoder/Kind/face``.
  ///   - modelToImage: from the detector's input, with its letterbox, to the image.
  public init?(face: Detection, modelToImage: AffineTransform<ModelSpace, ImageSpace>) {
    guard face.points.count >= 2 else { return nil }
    self.init(
      around: face.box.mapped(by: modelToImage),
      turning: (modelToImage(face.points[0]), modelToImage(face.points[1])), to: 0, scale: 1.5)
  }

  /// The region of a face that the detector found in a part of the picture where a face was
  /// expected: MediaPipe's holistic graph takes it from the points and not from the box.
  public init?(faceInPart face: Detection, modelToImage: AffineTransform<ModelSpace, ImageSpace>) {
    let points = face.points.map { modelToImage($0) }
    guard points.count >= 2, let box = ImageBox(around: points) else { return nil }
    self.init(around: box, turning: (points[0], points[1]), to: 0, scale: 2, shift: -0.1)
  }

  /// About where the face of a body is: the part of the picture to look for it in; nil where an eye
  /// is missing.
  ///
  /// - Parameter leastScore: points of the face that are less likely in the picture do not count.
  public init?(faceOf body: Pose, leastScore: Double = 0.1) {
    let points = zip(body.skeleton.keypoints, body.keypoints).compactMap { kind, keypoint in
      keypoint.flatMap {
        kind.isInFace && $0.presence ?? $0.score >= leastScore ? $0.position : nil
      }
    }
    guard let right = body.keypoint(named: "right_eye"),
      let left = body.keypoint(named: "left_eye"),
      let box = ImageBox(around: points)
    else { return nil }
    self.init(around: box, turning: (right.position, left.position), to: 0, scale: 3)
  }
}

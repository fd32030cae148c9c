import StancePose

/// One person as drawn: what is left of a pose, in pixels of the picture.
struct Figure {
  struct Joint {
    let position: PicturePoint
    let confidence: Double
    let color: Color
    let radius: Double
    let edge: Double
  }

  struct Bone {
    let start: PicturePoint
    let end: PicturePoint
    let confidence: Double
    let color: Color
    let width: Double
    let edge: Double
  }

  let joints: [Joint]
  let bones: [Bone]
  let palette: Palette
  /// The pose's own box; nil where it is not a finite one near the picture.
  let box: PictureBox?
  /// Around the joints that were found; nil where there are none.
  let extent: PictureBox?
  /// Around those of them that are in the face.
  let face: PictureBox?

  /// - Parameters:
  ///   - side: of a hand or a face, which is all of one side; nil for a body, where keypoints' names
  ///     tell it.
  ///   - showsJoints: false for the lines alone.
  ///   - isHidden: the keypoints that are not drawn, nor the lines that end there.
  init(
    of pose: Pose, side: Skeleton.Side? = nil, showsJoints: Bool = true,
    isHidden: (Skeleton.KeypointKind) -> Bool = { _ in false }, palette: Palette,
    toPicture: AffineTransform<ImageSpace, PictureSpace>, metrics: OverlayMetrics,
    minimumScore: Double
  ) {
    let all = Figure.found(
      in: pose, toPicture: toPicture, metrics: metrics, minimumScore: minimumScore)
    let kinds = pose.skeleton.keypoints
    let extent = PictureBox(around: all.compactMap { $0?.position })
    face = PictureBox(
      around: zip(kinds, all).compactMap { $0.isInFace ? $1?.position : nil })
    let found = zip(kinds, all).map { isHidden($0) ? nil : $1 }
    let size = max(extent?.width ?? 0, extent?.height ?? 0)
    let width =
      side == nil ? metrics.lineWidth(forPersonOf: size) : metrics.lineWidth(forPartOf: size)
    let details = pose.skeleton.keypoints.map { Figure.detail(of: $0, in: pose.skeleton) }
    joints = zip(pose.skeleton.keypoints.indices, found).compactMap { index, joint in
      guard showsJoints else { return nil }
      return joint.map {
        let kind = pose.skeleton.keypoints[index]
        return Joint(
          position: $0.position, confidence: $0.confidence, color: palette[side ?? kind.side],
          radius: width * 0.95 * details[index],
          edge: metrics.edge(aroundLineOf: width * details[index]))
      }
    }
    bones = pose.skeleton.limbs.compactMap { limb in
      guard found.indices.contains(limb.start), found.indices.contains(limb.end),
        let start = found[limb.start], let end = found[limb.end]
      else { return nil }
      let boneWidth = width * min(details[limb.start], details[limb.end])
      return Bone(
        start: start.position, end: end.position,
        confidence: min(start.confidence, end.confidence),
        color: palette[side ?? pose.skeleton.side(of: limb)], width: boneWidth,
        edge: metrics.edge(aroundLineOf: boneWidth))
    }
    self.palette = palette
    self.extent = extent
    box = Figure.box(of: pose, toPicture: toPicture, metrics: metrics)
  }

  /// Edges first, then limbs, then keypoints, so that no edge cuts a limb of the same person. An
  /// edge is a ring: below a transparent limb lies the photo, not the edge's dark.
  func draw(on context: Context) {
    for bone in bones {
      drawEdge(
        of: bone.shape, radius: bone.width / 2, width: bone.edge, opacity: bone.opacity,
        on: context)
    }
    for bone in bones { context.fill(bone.shape, bone.color.opacity(bone.opacity)) }
    for joint in joints {
      let shape = Shape.circle(center: joint.position, radius: joint.radius)
      drawEdge(
        of: shape, radius: joint.radius, width: joint.edge, opacity: joint.opacity, on: context)
      context.fill(shape, joint.color.opacity(joint.opacity))
    }
  }

  /// Reaches about half a pixel below the shape, as the photo would shine through where both end
  /// within one pixel.
  private func drawEdge(
    of shape: Shape, radius: Double, width: Double, opacity: Double, on context: Context
  ) {
    context.fill(
      shape.grown(by: width), without: shape.grown(by: -min(0.6, radius * 0.4)),
      Palette.edge.opacity(opacity))
  }

  func drawBox(on context: Context, metrics: OverlayMetrics) {
    guard let box else { return }
    let line = metrics.boxLineWidth
    let frame = Shape.roundedBox(box, radius: line * 3)
    let edge = metrics.edge(aroundLineOf: line)
    context.fill(
      frame.grown(by: line / 2 + edge), without: frame.grown(by: -line / 2 - edge),
      Palette.edge.opacity(0.6))
    context.fill(
      frame.grown(by: line / 2), without: frame.grown(by: -line / 2), palette.accent)
  }

  private struct Found {
    let position: PicturePoint
    let confidence: Double
  }

  private static func found(
    in pose: Pose, toPicture: AffineTransform<ImageSpace, PictureSpace>, metrics: OverlayMetrics,
    minimumScore: Double
  ) -> [Found?] {
    pose.skeleton.keypoints.indices.map { index in
      guard pose.keypoints.indices.contains(index), let keypoint = pose.keypoints[index] else {
        return nil
      }
      let confidence = min(keypoint.score, keypoint.visibility ?? 1)
      let position = toPicture(keypoint.position)
      // NaN fails every comparison.
      guard confidence >= minimumScore, metrics.reaches(position) else { return nil }
      return Found(position: position, confidence: min(max(confidence, 0), 1))
    }
  }

  private static func box(
    of pose: Pose, toPicture: AffineTransform<ImageSpace, PictureSpace>, metrics: OverlayMetrics
  ) -> PictureBox? {
    let corner = toPicture(ImagePoint(x: pose.box.x, y: pose.box.y))
    let opposite = toPicture(ImagePoint(x: pose.box.maxX, y: pose.box.maxY))
    guard metrics.reaches(corner), metrics.reaches(opposite), pose.box.width > 0,
      pose.box.height > 0
    else { return nil }
    return PictureBox(around: [corner, opposite])
  }

  /// How large a keypoint is drawn in comparison with a shoulder: faces, hands and feet have many
  /// points close together in some skeletons.
  private static func detail(of kind: Skeleton.KeypointKind, in skeleton: Skeleton) -> Double {
    if kind.isInFace {
      return skeleton.keypoints.count(where: \.isInFace) > 5 ? 0.42 : 0.75
    }
    return kind.isFinger || kind.isInFoot ? 0.65 : 1
  }
}

extension Figure.Joint {
  var opacity: Double { Figure.opacity(confidence) }
}

extension Figure.Bone {
  var opacity: Double { Figure.opacity(confidence) }
  var shape: Shape { .capsule(from: start, to: end, radius: width / 2) }
}

extension Figure {
  /// What is drawn at all is to be seen.
  fileprivate static func opacity(_ confidence: Double) -> Double { 0.25 + 0.75 * confidence }
}

extension OverlayMetrics {
  /// Whether `point` is near enough to be drawn; false for NaN.
  func reaches(_ point: PicturePoint) -> Bool {
    abs(point.x) <= reach && abs(point.y) <= reach
  }
}

import StancePose

/// The file that OpenPose 1.7 writes for one picture, with BODY_25's keypoints.
///
/// Positions are pixels of the image; a keypoint that is absent, or that the model's skeleton does
/// not have, is `0,0,0`. What was not looked for stays empty, and so do faces, as a mesh is not
/// OpenPose's 70 points; the 21 points of hands are the same.
enum OpenPoseText {
  static func text(of result: ImageResult) -> String {
    let conversion = result.origin.skeleton.map { SkeletonConversion.body25(from: $0) }
    let looksForHands = result.origin.parts.contains(.hands)
    func hand(_ pose: Pose?) -> JSONValue {
      guard looksForHands else { return .array([]) }
      return .array(
        Skeleton.hand21.keypoints.indices.flatMap { index in
          numbers(of: pose?.keypoints[index].map(SkeletonConversion.Place.init))
        })
    }
    let people = result.people.map { person in
      let body = person.body.flatMap { body in conversion.map { $0.places(of: body) } }
      return JSONValue.object([
        ("person_id", .array([.integer(-1)])),
        ("pose_keypoints_2d", .array((body ?? []).flatMap(numbers))),
        ("face_keypoints_2d", .array([])),
        ("hand_left_keypoints_2d", hand(person.leftHand)),
        ("hand_right_keypoints_2d", hand(person.rightHand)),
        ("pose_keypoints_3d", .array([])),
        ("face_keypoints_3d", .array([])),
        ("hand_left_keypoints_3d", .array([])),
        ("hand_right_keypoints_3d", .array([])),
      ])
    }
    let file = JSONValue.object([
      ("version", .number(1.3, decimals: 1)),
      ("people", .array(people)),
    ])
    return file.compactText + "\n"
  }

  private static func numbers(of place: SkeletonConversion.Place?) -> [JSONValue] {
    guard let place else { return [.integer(0), .integer(0), .integer(0)] }
    return [
      .number(place.x, decimals: Precision.position),
      .number(place.y, decimals: Precision.position),
      .number(place.score, decimals: Precision.score),
    ]
  }
}

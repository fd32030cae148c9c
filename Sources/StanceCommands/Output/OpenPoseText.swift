import StancePose

/// The file that OpenPose 1.7 writes for one picture, with BODY_25's keypoints.
///
/// Positions are pixels of the image; a keypoint that is absent, or that the model's skeleton does
/// not have, is `0,0,0`. Faces and hands stay empty, as OpenPose leaves them where it does not look
/// for them.
enum OpenPoseText {
  static func text(of result: ImageResult) -> String {
    let conversion = SkeletonConversion.body25(from: result.skeleton)
    let people = result.poses.map { pose in
      JSONValue.object([
        ("person_id", .array([.integer(-1)])),
        ("pose_keypoints_2d", .array(conversion.places(of: pose).flatMap(numbers))),
        ("face_keypoints_2d", .array([])),
        ("hand_left_keypoints_2d", .array([])),
        ("hand_right_keypoints_2d", .array([])),
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

extension Skeleton {
  /// The 17 keypoints of the COCO data set, as PoseNet and MoveNet give them.
  public static let coco17 = Skeleton(
    name: "coco17",
    keypoints: [
      "nose", "left_eye", "right_eye", "left_ear", "right_ear", "left_shoulder", "right_shoulder",
      "left_elbow", "right_elbow", "left_wrist", "right_wrist", "left_hip", "right_hip",
      "left_knee", "right_knee", "left_ankle", "right_ankle",
    ].map(KeypointKind.init),
    limbs: [
      (0, 1), (0, 2), (1, 3), (2, 4), (5, 6), (5, 7), (5, 11), (6, 8), (6, 12), (7, 9), (8, 10),
      (11, 12), (11, 13), (12, 14), (13, 15), (14, 16),
    ].map(Limb.init))

  /// The 33 landmarks of MediaPipe's BlazePose.
  public static let blazePose33 = Skeleton(
    name: "blazepose33",
    keypoints: [
      "nose", "left_eye_inner", "left_eye", "left_eye_outer", "right_eye_inner", "right_eye",
      "right_eye_outer", "left_ear", "right_ear", "mouth_left", "mouth_right", "left_shoulder",
      "right_shoulder", "left_elbow", "right_elbow", "left_wrist", "right_wrist", "left_pinky",
      "right_pinky", "left_index", "right_index", "left_thumb", "right_thumb", "left_hip",
      "right_hip", "left_knee", "right_knee", "left_ankle", "right_ankle", "left_heel",
      "right_heel", "left_foot_index", "right_foot_index",
    ].map(KeypointKind.init),
    limbs: [
      (0, 1), (1, 2), (2, 3), (3, 7), (0, 4), (4, 5), (5, 6), (6, 8), (9, 10), (11, 12), (11, 13),
      (13, 15), (15, 17), (15, 19), (15, 21), (17, 19), (12, 14), (14, 16), (16, 18), (16, 20),
      (16, 22), (18, 20), (11, 23), (12, 24), (23, 24), (23, 25), (24, 26), (25, 27), (26, 28),
      (27, 29), (28, 30), (29, 31), (30, 32), (27, 31), (28, 32),
    ].map(Limb.init))
}

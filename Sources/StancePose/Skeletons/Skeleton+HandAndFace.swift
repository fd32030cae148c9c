extension Skeleton {
  /// The 21 landmarks of MediaPipe's hands, with the lines that MediaPipe draws.
  public static let hand21 = Skeleton(
    name: "hand21",
    keypoints: [
      "wrist", "thumb_cmc", "thumb_mcp", "thumb_ip", "thumb_tip", "index_finger_mcp",
      "index_finger_pip", "index_finger_dip", "index_finger_tip", "middle_finger_mcp",
      "middle_finger_pip", "middle_finger_dip", "middle_finger_tip", "ring_finger_mcp",
      "ring_finger_pip", "ring_finger_dip", "ring_finger_tip", "pinky_mcp", "pinky_pip",
      "pinky_dip", "pinky_tip",
    ].map(KeypointKind.init),
    limbs: limbs(along: [
      [0, 1, 2, 3, 4], [0, 5, 6, 7, 8], [9, 10, 11, 12], [13, 14, 15, 16], [0, 17, 18, 19, 20],
      [5, 9, 13, 17],
    ]))

  /// The 468 points of MediaPipe's face mesh, which have numbers and no names, with the lines of its
  /// contours: lips, eyes, eyebrows and the face's outline.
  public static let face468 = Skeleton(
    name: "face468",
    keypoints: (0..<468).map { KeypointKind(name: "point_\($0)") },
    limbs: limbs(along: [
      // Lips: the outer edge below and above, the inner edge below and above.
      [61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291],
      [61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291],
      [78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308],
      [78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308],
      // Left eye and eyebrow.
      [263, 249, 390, 373, 374, 380, 381, 382, 362],
      [263, 466, 388, 387, 386, 385, 384, 398, 362],
      [276, 283, 282, 295, 285], [300, 293, 334, 296, 336],
      // Right eye and eyebrow.
      [33, 7, 163, 144, 145, 153, 154, 155, 133],
      [33, 246, 161, 160, 159, 158, 157, 173, 133],
      [46, 53, 52, 65, 55], [70, 63, 105, 66, 107],
      // The outline, from the top of the forehead to the person's own left.
      [
        10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377,
        152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109, 10,
      ],
    ]))

  private static func limbs(along paths: [[Int]]) -> [Limb] {
    paths.flatMap { path in zip(path, path.dropFirst()).map { Limb($0, $1) } }
  }
}

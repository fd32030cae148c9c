import StancePose

/// COCO's keypoint results: a list with an entry a person,
/// `{"image_id", "category_id": 1, "keypoints": [x1, y1, v1, ...], "score"}`.
///
/// Positions are, as COCO says of results, floats measured from the image's top-left corner, which
/// is Stance's own convention: nothing is added or taken away. The flag is 1 for a keypoint that
/// was found; an absent one is `0, 0, 0`.
enum COCOText {
  /// COCO's number of the category `person`.
  static let person = 1

  /// The entries of one picture, separated by commas, one a line; nothing where nobody was found.
  static func text(of result: ImageResult, imageID: Int) -> String {
    guard let skeleton = result.origin.skeleton else { return "" }
    let conversion = SkeletonConversion.coco17(from: skeleton)
    let entries = result.bodies.map { pose in
      JSONValue.object([
        ("image_id", .integer(imageID)),
        ("category_id", .integer(person)),
        ("keypoints", .array(conversion.places(of: pose).flatMap(numbers))),
        ("score", .number(pose.score, decimals: Precision.score)),
      ])
    }
    return entries.map(\.compactText).joined(separator: ",\n")
  }

  private static func numbers(of place: SkeletonConversion.Place?) -> [JSONValue] {
    guard let place else { return [.integer(0), .integer(0), .integer(0)] }
    return [
      .number(place.x, decimals: Precision.position),
      .number(place.y, decimals: Precision.position), .integer(1),
    ]
  }

}

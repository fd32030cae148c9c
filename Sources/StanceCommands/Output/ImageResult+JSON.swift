import StancePose

extension ImageResult {
  /// The JSON of one picture: x and y in the image's pixels from its top-left corner, keypoints in
  /// the skeleton's order, null where absent.
  var json: JSONValue {
    .object([
      ("source", .string(source)),
      ("width", .integer(width)),
      ("height", .integer(height)),
      (
        "model",
        .object([
          ("name", .string(model.name)),
          ("sha256", .string(model.sha256)),
          ("family", .string(model.family)),
          ("profile", .string(model.profile)),
        ])
      ),
      ("skeleton", .string(skeleton.name)),
      ("poses", .array(poses.map(\.json))),
    ])
  }
}

extension Pose {
  fileprivate var json: JSONValue {
    let named = zip(skeleton.keypoints, keypoints)
    return .object([
      ("score", .number(score, decimals: Precision.score)),
      (
        "box",
        .object([
          ("x", .number(box.x, decimals: Precision.position)),
          ("y", .number(box.y, decimals: Precision.position)),
          ("width", .number(box.width, decimals: Precision.position)),
          ("height", .number(box.height, decimals: Precision.position)),
        ])
      ),
      (
        "keypoints",
        .array(
          named.map { kind, keypoint in
            .optional(keypoint) { $0.json(name: kind.name) }
          })
      ),
    ])
  }
}

extension Keypoint {
  fileprivate func json(name: String) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("name", .string(name)),
      ("x", .number(position.x, decimals: Precision.position)),
      ("y", .number(position.y, decimals: Precision.position)),
      ("score", .number(score, decimals: Precision.score)),
    ]
    if let visibility {
      members.append(("visibility", .number(visibility, decimals: Precision.score)))
    }
    if let presence { members.append(("presence", .number(presence, decimals: Precision.score))) }
    if let depth { members.append(("z", .number(depth, decimals: Precision.position))) }
    if let world {
      members.append(
        (
          "world",
          .object([
            ("x", .number(world.x, decimals: Precision.world)),
            ("y", .number(world.y, decimals: Precision.world)),
            ("z", .number(world.z, decimals: Precision.world)),
          ])
        ))
    }
    return .object(members)
  }
}

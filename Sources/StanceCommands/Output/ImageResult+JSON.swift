import StancePose

extension ImageResult {
  /// The JSON of one picture: x and y in the image's pixels from its top-left corner, keypoints in
  /// the skeleton's order, null where absent.
  ///
  /// A person has the members `left_hand`, `right_hand` and `face` where these were looked for (null
  /// where they were not found), and without a body no `keypoints` besides them.
  var json: JSONValue {
    var members: [(String, JSONValue)] = [
      ("source", .string(source)),
      ("width", .integer(width)),
      ("height", .integer(height)),
      ("model", origin.model.json),
    ]
    if !origin.partModels.isEmpty {
      members.append(
        ("part_models", .object(origin.partModels.map { ($0.name, $0.model.json) })))
    }
    members.append(("skeleton", .optional(origin.skeleton) { .string($0.name) }))
    members.append(("poses", .array(people.map { $0.json(parts: origin.parts) })))
    return .object(members)
  }
}

extension ImageResult.Model {
  fileprivate var json: JSONValue {
    .object([
      ("name", .string(name)), ("sha256", .string(sha256)), ("family", .string(family)),
      ("profile", .string(profile)),
    ])
  }
}

extension Person {
  fileprivate func json(parts asked: Parts) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("score", .number(score, decimals: Precision.score)), ("box", box.json),
    ]
    if let body { members.append(("keypoints", body.keypointsJSON)) }
    for part in parts where asked.contains(part.kind) {
      members.append((part.name, .optional(part.pose) { $0.partJSON }))
    }
    return .object(members)
  }
}

extension ImageBox {
  fileprivate var json: JSONValue {
    .object([
      ("x", .number(x, decimals: Precision.position)),
      ("y", .number(y, decimals: Precision.position)),
      ("width", .number(width, decimals: Precision.position)),
      ("height", .number(height, decimals: Precision.position)),
    ])
  }
}

extension Pose {
  fileprivate var partJSON: JSONValue {
    .object([
      ("skeleton", .string(skeleton.name)),
      ("score", .number(score, decimals: Precision.score)), ("box", box.json),
      ("keypoints", keypointsJSON),
    ])
  }

  fileprivate var keypointsJSON: JSONValue {
    .array(
      zip(skeleton.keypoints, keypoints).map { kind, keypoint in
        .optional(keypoint) { $0.json(name: kind.name) }
      })
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

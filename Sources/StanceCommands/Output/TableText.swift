import StancePose

/// Results for people to read: the people of a picture, one a line, and their keypoints.
enum TableText {
  /// - Parameter listsKeypoints: a second table, with a line a keypoint and a column a person.
  static func text(of result: ImageResult, listsKeypoints: Bool) -> String {
    var text =
      "\(printable(result.source))  \(result.width) x \(result.height) pixels  "
      + "\(count(of: result))\n"
    guard !result.people.isEmpty else { return text }
    text += table(of: result).text(indentation: "  ")
    if listsKeypoints, let table = keypointTable(of: result) {
      text += "\n" + table.text(indentation: "  ")
    }
    return text
  }

  private static func count(of result: ImageResult) -> String {
    let parts = result.origin.parts
    return result.people.isEmpty ? "\(parts.nothing) found" : parts.text(count: result.people.count)
  }

  private static func table(of result: ImageResult) -> TextTable {
    let asked = result.origin.parts
    let parts = Person().parts.filter { asked.contains($0.kind) }
    var table = TextTable(
      columns: [
        ("person", .right), ("score", .right), ("x", .right), ("y", .right), ("width", .right),
        ("height", .right),
      ] + (asked.contains(.body) ? [("keypoints", .right)] : []) + parts.map { ($0.name, .right) })
    for (index, person) in result.people.enumerated() {
      let box = [person.box.x, person.box.y, person.box.width, person.box.height]
      let body = person.body.map {
        "\($0.keypoints.count { $0 != nil }) of \($0.keypoints.count)"
      }
      table.append(
        [String(index + 1), DecimalText.aligned(person.score, decimals: 3)]
          + box.map { DecimalText.aligned($0, decimals: 1) } + (body.map { [$0] } ?? [])
          + person.parts.filter { asked.contains($0.kind) }.map { part in
            part.pose.map { DecimalText.aligned($0.score, decimals: 3) } ?? "-"
          })
    }
    return table
  }

  /// Of bodies and hands; nil where neither was looked for. A face's points are too many to read.
  private static func keypointTable(of result: ImageResult) -> TextTable? {
    let asked = result.origin.parts
    guard !asked.isDisjoint(with: [.body, .hands]) else { return nil }
    let numbers = result.people.indices.map { String($0 + 1) }
    var table = TextTable(
      columns: [("keypoint", .left)]
        + numbers.flatMap { [("x \($0)", .right), ("y \($0)", .right), ("score \($0)", .right)] })
    func append(_ skeleton: Skeleton, prefix: String, of poses: [Pose?]) {
      for (index, kind) in skeleton.keypoints.enumerated() {
        table.append([prefix + kind.name] + poses.flatMap { cells(of: $0?.keypoints[index]) })
      }
    }
    if let skeleton = result.origin.skeleton {
      append(skeleton, prefix: "", of: result.people.map(\.body))
    }
    if asked.contains(.hands) {
      append(.hand21, prefix: "left_hand_", of: result.people.map(\.leftHand))
      append(.hand21, prefix: "right_hand_", of: result.people.map(\.rightHand))
    }
    return table
  }

  private static func cells(of keypoint: Keypoint?) -> [String] {
    guard let keypoint else { return ["-", "-", "-"] }
    return [
      DecimalText.aligned(keypoint.position.x, decimals: 1),
      DecimalText.aligned(keypoint.position.y, decimals: 1),
      DecimalText.aligned(keypoint.score, decimals: 3),
    ]
  }
}

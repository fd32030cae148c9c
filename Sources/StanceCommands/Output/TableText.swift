import StancePose

/// Results for people to read: the people of a picture, one a line, and their keypoints.
enum TableText {
  /// - Parameter listsKeypoints: a second table, with a line a keypoint and a column a person.
  static func text(of result: ImageResult, listsKeypoints: Bool) -> String {
    let count = result.poses.count
    let people = count == 0 ? "nobody found" : count == 1 ? "1 person" : "\(count) people"
    var text =
      "\(printable(result.source))  \(result.width) x \(result.height) pixels  \(people)\n"
    guard count > 0 else { return text }
    text += table(of: result.poses).text(indentation: "  ")
    if listsKeypoints {
      text += "\n" + keypointTable(of: result).text(indentation: "  ")
    }
    return text
  }

  private static func table(of poses: [Pose]) -> TextTable {
    var table = TextTable(columns: [
      ("person", .right), ("score", .right), ("x", .right), ("y", .right), ("width", .right),
      ("height", .right), ("keypoints", .right),
    ])
    for (index, pose) in poses.enumerated() {
      let box = [pose.box.x, pose.box.y, pose.box.width, pose.box.height]
      table.append(
        [String(index + 1), DecimalText.aligned(pose.score, decimals: 3)]
          + box.map { DecimalText.aligned($0, decimals: 1) }
          + ["\(pose.keypoints.count { $0 != nil }) of \(pose.keypoints.count)"])
    }
    return table
  }

  private static func keypointTable(of result: ImageResult) -> TextTable {
    let numbers = result.poses.indices.map { String($0 + 1) }
    var table = TextTable(
      columns: [("keypoint", .left)]
        + numbers.flatMap { [("x \($0)", .right), ("y \($0)", .right), ("score \($0)", .right)] })
    for (index, kind) in result.skeleton.keypoints.enumerated() {
      var cells = [kind.name]
      for pose in result.poses {
        if pose.keypoints.indices.contains(index), let keypoint = pose.keypoints[index] {
          cells += [
            DecimalText.aligned(keypoint.position.x, decimals: 1),
            DecimalText.aligned(keypoint.position.y, decimals: 1),
            DecimalText.aligned(keypoint.score, decimals: 3),
          ]
        } else {
          cells += ["-", "-", "-"]
        }
      }
      table.append(cells)
    }
    return table
  }
}

import StancePose

/// A line a keypoint that was found, as RFC 4180 has it but for line feeds alone at the ends.
///
/// Those of hands and faces have the part's name before their own, as in `left_hand_thumb_tip`.
enum CSVText {
  static let header =
    "source,width,height,person,person_score,keypoint,x,y,score,visibility,presence,z,"
    + "world_x,world_y,world_z\n"

  /// Nothing where nobody was found. People are counted from 1; a field that the model does not
  /// give is empty.
  static func text(of result: ImageResult) -> String {
    var text = ""
    for (index, person) in result.people.enumerated() {
      let start = [
        quoted(result.source), String(result.width), String(result.height), String(index + 1),
        number(person.score, Precision.score),
      ]
      if let body = person.body { text += lines(of: body, start: start, prefix: "") }
      for part in person.parts {
        if let pose = part.pose { text += lines(of: pose, start: start, prefix: part.name + "_") }
      }
    }
    return text
  }

  private static func lines(of pose: Pose, start: [String], prefix: String) -> String {
    zip(pose.skeleton.keypoints, pose.keypoints).reduce(into: "") { text, point in
      guard let keypoint = point.1 else { return }
      text += (start + [prefix + point.0.name] + fields(of: keypoint)).joined(separator: ",") + "\n"
    }
  }

  private static func fields(of keypoint: Keypoint) -> [String] {
    [
      number(keypoint.position.x, Precision.position),
      number(keypoint.position.y, Precision.position),
      number(keypoint.score, Precision.score),
      number(keypoint.visibility, Precision.score),
      number(keypoint.presence, Precision.score),
      number(keypoint.depth, Precision.position),
      number(keypoint.world?.x, Precision.world),
      number(keypoint.world?.y, Precision.world),
      number(keypoint.world?.z, Precision.world),
    ]
  }

  private static func number(_ value: Double?, _ decimals: Int) -> String {
    value.flatMap { DecimalText.text($0, decimals: decimals) } ?? ""
  }

  private static func quoted(_ field: String) -> String {
    let needsQuotes = field.unicodeScalars.contains { "\",\n\r".unicodeScalars.contains($0) }
    guard needsQuotes || field.first == " " || field.last == " " else { return field }
    // By scalars: a combining mark after a quotation mark makes another character of it.
    var text = "\""
    for scalar in field.unicodeScalars {
      if scalar == "\"" { text += "\"" }
      text.unicodeScalars.append(scalar)
    }
    return text + "\""
  }
}

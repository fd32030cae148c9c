import ArgumentParser

/// How results are written.
enum ResultFormat: String, CaseIterable, ExpressibleByArgument, Sendable {
  /// Aligned columns for people to read.
  case table
  /// An object for one picture, an array of them for several.
  case json
  /// An object a line.
  case jsonl
  /// A line a keypoint.
  case csv
  /// COCO's list of keypoint results.
  case coco
  /// OpenPose's file of one picture.
  case openpose

  /// The name of the file that holds the results of the picture called `name`.
  func fileName(for name: String) -> String {
    switch self {
    case .table: name + ".txt"
    case .json, .coco: name + ".json"
    case .jsonl: name + ".jsonl"
    case .csv: name + ".csv"
    case .openpose: name + "_keypoints.json"
    }
  }

  /// Whether one file can hold the results of several pictures.
  var holdsSeveralPictures: Bool { self != .openpose }
}

/// Turns results into text, one after the other.
struct ResultEncoder: Sendable {
  let format: ResultFormat
  /// Whether the text is about several pictures, or exactly one.
  let holdsSeveralPictures: Bool
  /// COCO's number of each picture, by its place among the inputs.
  let imageIDs: [Int]

  /// What comes before the first result.
  var beginning: String {
    switch format {
    case .json: holdsSeveralPictures ? "[\n" : ""
    case .coco: "["
    case .csv: CSVText.header
    case .table, .jsonl, .openpose: ""
    }
  }

  /// What comes after the last result.
  /// - Parameter isEmpty: no result was written.
  func ending(isEmpty: Bool) -> String {
    switch format {
    case .json: holdsSeveralPictures ? (isEmpty ? "]\n" : "\n]\n") : ""
    case .coco: isEmpty ? "]\n" : "\n]\n"
    case .table, .jsonl, .csv, .openpose: ""
    }
  }

  /// - Parameter index: the picture's place among the inputs.
  /// - Returns: the text of one result; empty where the format has nothing to say of a picture
  ///   without people.
  func text(of result: ImageResult, at index: Int) -> String {
    switch format {
    case .table:
      TableText.text(of: result, listsKeypoints: !holdsSeveralPictures)
    case .json:
      result.json.readableText + (holdsSeveralPictures ? "" : "\n")
    case .jsonl: result.json.compactText + "\n"
    case .csv: CSVText.text(of: result)
    case .coco: COCOText.text(of: result, imageID: imageIDs[index])
    case .openpose: OpenPoseText.text(of: result)
    }
  }

  /// What stands between two results that are not empty.
  var separator: String {
    switch format {
    case .json, .coco: ",\n"
    case .table: "\n"
    case .jsonl, .csv, .openpose: ""
    }
  }
}

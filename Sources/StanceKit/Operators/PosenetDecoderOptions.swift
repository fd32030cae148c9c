import StanceFormats
import StancePose
import StanceTensors

/// The options of Coral's PosenetDecoderOp, as its FlexBuffer has them.
struct PosenetDecoderOptions: Hashable, Sendable {
  /// How many poses the results have room for.
  let maxDetections: Int
  /// 0...1: of keypoints that poses grow from, and of poses.
  let scoreThreshold: Double
  /// Pixels of the model's input from one cell to the next.
  let stride: Int
  /// In pixels of the model's input.
  let nmsRadius: Double

  /// No picture holds more people; a damaged file may ask for any number.
  private static let mostDetections = 10_000

  /// - Throws: ``KitError`` or `FormatError` where a member is missing or makes no sense.
  init(_ bytes: Bytes) throws {
    let buffer = try FlexBuffer(decoding: bytes)
    maxDetections = try Self.integer("max_detections", of: buffer, in: 0...Self.mostDetections)
    stride = try Self.integer("stride", of: buffer, in: 1...4096)
    scoreThreshold = try Self.number("score_threshold", of: buffer, in: 0...1)
    nmsRadius = try Self.number("nms_radius", of: buffer, in: 0...1e6)
  }

  /// How the operator decodes.
  var parameters: PoseNetParameters {
    var parameters = PoseNetProfile.coral.parameters
    parameters.maxPoses = maxDetections
    parameters.scoreThreshold = scoreThreshold
    parameters.minPoseScore = scoreThreshold
    parameters.nmsRadius = nmsRadius
    return parameters
  }

  /// The input on which a grid has cells at ``stride``, whatever the size of the picture: networks
  /// may pad it.
  func inputSize(rows: Int, columns: Int) -> ModelSize {
    ModelSize(width: (columns - 1) * stride + 1, height: (rows - 1) * stride + 1)
  }

  private static func integer(
    _ key: String, of buffer: FlexBuffer, in range: ClosedRange<Int>
  ) throws -> Int {
    guard let number = buffer[key]?.int, range.contains(number) else {
      throw invalid(
        key, of: buffer, "a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  private static func number(
    _ key: String, of buffer: FlexBuffer, in range: ClosedRange<Double>
  ) throws -> Double {
    guard let number = buffer[key]?.double, range.contains(number) else {
      throw invalid(key, of: buffer, "a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  private static func invalid(_ key: String, of buffer: FlexBuffer, _ needed: String) -> KitError {
    let found = buffer[key].map { "is \($0)" } ?? "is missing"
    return KitError(.unusableModel, "the option \(key) \(found); \(needed) is needed")
  }
}

import StanceGraph
import StanceTensors

/// Tells which family a model belongs to.
enum Families {
  static func family(
    of file: ModelFile, options: PoseModel.Options
  ) throws -> any PoseFamily {
    throw KitError(.unknownFamily, "\(file.path) is no pose model that Stance knows")
  }
}

enum BlazePoseFamily {
  static let defaultModel = "pose_landmark_full"
}

/// The published models that Stance knows by name.
public enum ModelCatalogue {
  /// The model that is used where none is named: BlazePose full.
  public static let defaultModel = "pose_landmark_full"

  /// By family, in the order in which they are shown.
  public static let models: [CatalogueModel] = blazePose + moveNet + poseNet + coral + handsAndFace

  /// - Returns: nil for a name that the catalogue does not have.
  public static func model(named name: String) -> CatalogueModel? {
    models.first { $0.name == name }
  }
}

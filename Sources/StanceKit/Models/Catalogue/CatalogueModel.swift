/// A published model that can be called by name.
public struct CatalogueModel: Hashable, Sendable {
  /// The file's name in the model folder without its ending `.tflite`.
  public let name: String
  /// For instance `posenet` or `blazepose`.
  public let family: String
  /// What it is good for, in a few words.
  public let purpose: String
  /// As an SPDX identifier.
  public let licence: String
  /// The file's length; nil where only the publisher knows it.
  public let byteCount: Int?
  /// Of the whole file, in hexadecimal; nil where the first fetch finds and records it.
  public let sha256: String?
  /// Where it is published.
  public let origin: ModelOrigin
  /// The names of the models that it does not work without.
  public let companions: [String]

  init(
    _ name: String, family: String, purpose: String, licence: String = "Apache-2.0",
    byteCount: Int? = nil, sha256: String? = nil, origin: ModelOrigin, companions: [String] = []
  ) {
    self.name = name
    self.family = family
    self.purpose = purpose
    self.licence = licence
    self.byteCount = byteCount
    self.sha256 = sha256
    self.origin = origin
    self.companions = companions
  }
}

/// Where a model is published.
public enum ModelOrigin: Hashable, Sendable, CustomStringConvertible {
  /// A file inside a Python wheel: what pip calls the wheel, for instance `mediapipe==0.10.14`, and
  /// the file's path in it.
  case wheel(requirement: String, member: String)
  /// An https address of the file itself.
  case address(String)

  public var description: String {
    switch self {
    case .wheel(let requirement, let member): "\(member) in the wheel \(requirement)"
    case .address(let address): address
    }
  }
}

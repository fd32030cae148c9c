/// Why a model could not be found or used, or a picture not be worked on.
public struct KitError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kind of error, for programs to tell apart.
  public enum Code: Hashable, Sendable {
    /// There is no such model file, or none was fetched yet.
    case noModel
    /// The file is no pose model that this library knows.
    case unknownFamily
    /// An option that this model does not take.
    case invalidOption
    /// The model's own tensors contradict what its family needs.
    case unusableModel
    /// A model could not be brought from where it is published, or is not what was published.
    case fetchFailed
    /// The system does not let the model folder be read or written.
    case inaccessible
  }

  /// The kind of error.
  public let code: Code
  /// What is wrong, where, and what to do.
  public let description: String

  /// - Parameter description: what is wrong, where, and what to do.
  public init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }
}

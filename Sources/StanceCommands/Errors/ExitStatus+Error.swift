import StanceFormats
import StanceKit
import StanceRuntime

/// What an error that ends a command says.
func explanation(of error: any Error) -> String {
  guard let error = error as? RuntimeError, error.code == .missingOperators else {
    return "\(error)"
  }
  return "\(error). `stance inspect` shows what the model holds"
}

extension ExitStatus {
  /// The exit code for an error that ends a command.
  init(of error: any Error) {
    switch error {
    case let error as CommandError: self = error.code
    case let error as KitError:
      switch error.code {
      case .invalidOption: self = .usage
      case .fetchFailed, .inaccessible: self = .failed
      case .noModel, .unknownFamily, .unusableModel: self = .noModel
      }
    case is FormatError: self = .noModel
    case let error as RuntimeError:
      switch error.code {
      case .missingOperators, .unsupportedModel: self = .noModel
      case .unknownTensor, .wrongType, .wrongShape, .invalidOption: self = .usage
      default: self = .failed
      }
    default: self = .failed
    }
  }
}

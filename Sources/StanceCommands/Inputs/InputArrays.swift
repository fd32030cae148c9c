import StanceFormats
import StanceGraph
import StanceKit
import StanceRuntime
import StanceTensors

/// NumPy arrays for all inputs of a model, in its order.
struct InputArrays {
  let paths: [String]
  let arrays: [Tensor]

  /// - Parameter arguments: as ``InputArguments`` takes them.
  init(_ arguments: [String], of model: Model) throws {
    paths = try InputArguments(arguments, of: model).paths
    arrays = try paths.map { path in
      do {
        return try NumPy.read(contentsOf: path)
      } catch let error as FormatError {
        throw CommandError.failed("\(error)")
      }
    }
  }

  /// Checks types, and shapes where inputs cannot be resized.
  /// - Parameter advice: what to do about an array of another shape.
  func check(fit inputs: [TensorDetails], canResize: Bool, advice: String) throws {
    for ((path, array), details) in zip(zip(paths, arrays), inputs) {
      guard array.elementType == details.elementType else {
        let type = details.elementType.rawValue
        throw CommandError.usage(
          "\(path) holds \(array.elementType.rawValue), and input \"\(details.name)\" takes "
            + "\(type); convert the array with .astype(\"\(type)\")")
      }
      guard canResize || array.shape == details.shape else {
        throw CommandError.usage(
          "\(path) has shape \(array.shape), and input \"\(details.name)\" has shape "
            + "\(details.shape); \(advice)")
      }
    }
  }

  /// Copies the arrays to an interpreter whose inputs have their shapes.
  func set(in interpreter: Interpreter) throws {
    for (position, array) in arrays.enumerated() { try interpreter.setInput(array, at: position) }
  }
}

import Foundation
import StanceGraph

/// Which array goes to which input of a model.
struct InputArguments {
  /// For each of the model's inputs, in its order, the file of its array.
  let paths: [String]

  /// - Parameter arguments: each `FILE` or `NAME=FILE`. A name is the tensor's, or the one that a
  ///   signature gives it. Files without a name go to the inputs that are left, in their order.
  /// - Throws: ``CommandError`` where a name is unknown or an input has no array or two.
  init(_ arguments: [String], of model: Model) throws {
    let inputs = model.graph.inputs
    var paths = [String?](repeating: nil, count: inputs.count)
    var unnamed: [String] = []
    for argument in arguments {
      guard let (name, path) = InputArguments.split(argument) else {
        unnamed.append(argument)
        continue
      }
      guard let position = InputArguments.position(of: name, in: model) else {
        throw CommandError.usage(
          "the model has no input \"\(name)\"; it has \(InputArguments.names(of: inputs, model))")
      }
      guard paths[position] == nil else {
        throw CommandError.usage("input \"\(name)\" is given twice")
      }
      paths[position] = path
    }
    for path in unnamed {
      guard let position = paths.firstIndex(of: nil) else {
        throw CommandError.usage(
          "\(path) has no input to go to: the model has \(inputs.count) "
            + (inputs.count == 1 ? "input" : "inputs"))
      }
      paths[position] = path
    }
    let missing = zip(inputs, paths).filter { $0.1 == nil }.map(\.0)
    guard missing.isEmpty else {
      throw CommandError.usage(
        "no array is given for \(InputArguments.names(of: missing, model)); "
          + "add --input x.npy for each")
    }
    self.paths = paths.compactMap { $0 }
  }

  /// Nil where `argument` is a file's name, even one with an equals sign.
  private static func split(_ argument: String) -> (name: String, path: String)? {
    guard !FileManager.default.fileExists(atPath: argument),
      let sign = argument.firstIndex(of: "="), sign != argument.startIndex
    else { return nil }
    return (String(argument[..<sign]), String(argument[argument.index(after: sign)...]))
  }

  private static func position(of name: String, in model: Model) -> Int? {
    let inputs = model.graph.inputs
    if let position = inputs.firstIndex(where: { model.graph[$0].name == name }) {
      return position
    }
    let bindings = model.signatures.lazy.filter { $0.graphIndex == 0 }.flatMap(\.inputs)
    return bindings.first { $0.name == name }.flatMap { inputs.firstIndex(of: $0.value) }
  }

  private static func names(of inputs: [ValueID], _ model: Model) -> String {
    inputs.map { "\"\(model.graph[$0].name)\"" }.joined(separator: ", ")
  }
}

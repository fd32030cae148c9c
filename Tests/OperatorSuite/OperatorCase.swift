import Foundation
import StanceFormats
import StanceGraph
import StanceRuntime
import StanceTensors
import StanceTestSupport
import Testing

/// A model of one operator that carries its inputs and LiteRT's results as metadata, as
/// `Scripts/operator_cases` makes it.
struct OperatorCase: CustomTestStringConvertible {
  let path: String

  var testDescription: String {
    path.split(separator: "/").suffix(2).joined(separator: "/")
  }

  static func all(in family: String) -> [OperatorCase] {
    let folder = SharedData.repository.appendingPathComponent("Tests/OperatorSuite/Cases/\(family)")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".tflite") }.sorted()
      .map { OperatorCase(path: folder.appendingPathComponent($0).path) }
  }

  /// Ready to run on the case's inputs.
  func interpreter(engine: Engine? = nil, threads: Int = 1) throws -> Interpreter {
    try interpreter(of: try ModelReader.read(contentsOf: path), engine: engine, threads: threads)
  }

  private func interpreter(
    of model: Model, engine: Engine?, threads: Int = 1
  ) throws -> Interpreter {
    let interpreter = try Interpreter(graph: model.graph, engine: engine, threads: threads)
    try interpreter.allocateTensors()
    for (position, details) in interpreter.inputs.enumerated() {
      try interpreter.setInput(
        try tensor("case.input.\(position)", of: model, like: details), at: position)
    }
    return interpreter
  }

  /// Runs the model and says how far each output is from LiteRT's.
  func compare(_ engine: Engine) throws -> [Comparison] {
    let model = try ModelReader.read(contentsOf: path)
    let interpreter = try interpreter(of: model, engine: engine)
    try interpreter.invoke()
    let tolerance = try Double(text("case.tolerance", of: model)) ?? 0
    return try model.graph.outputs.enumerated().map { position, id in
      let value = model.graph[id]
      let expected = try Tensor(
        shape: value.shape, elementType: value.elementType, quantization: value.quantization,
        bytes: try blob("case.output.\(position)", of: model))
      return Comparison(
        actual: try interpreter.output(at: position), expected: expected, tolerance: tolerance)
    }
  }

  private func tensor(
    _ name: String, of model: Model, like details: TensorDetails
  ) throws -> Tensor {
    try Tensor(
      shape: details.shape, elementType: details.elementType, quantization: details.quantization,
      bytes: try blob(name, of: model))
  }

  private func text(_ name: String, of model: Model) throws -> String {
    try blob(name, of: model).withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
  }

  private func blob(_ name: String, of model: Model) throws -> Bytes {
    guard let metadata = model.metadata.first(where: { $0.name == name }) else {
      throw MissingMetadata(description: "\(path) has no metadata \(name)")
    }
    return metadata.bytes
  }

  struct MissingMetadata: Error, CustomStringConvertible {
    let description: String
  }
}

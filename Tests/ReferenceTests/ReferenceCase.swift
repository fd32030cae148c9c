import Foundation
import StanceFormats
import StanceRuntime
import StanceTensors
import StanceTestSupport

/// A folder of `references`: a model, an input, and what another runtime made of it.
struct ReferenceCase {
  /// Below `references`, for instance `posenet-257-float-stride16/squat`.
  let name: String
  let description: Description

  struct Description: Decodable {
    let model: String
    let image: String
    let resizedInput: [Int]?
  }

  init(_ name: String) throws {
    self.name = name
    let json = try Data(
      contentsOf: URL(fileURLWithPath: SharedData.path("references/\(name)/case.json")))
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    description = try decoder.decode(Description.self, from: json)
  }

  /// An array beside the case, for instance `xnnpack_0`.
  func array(_ name: String) throws -> Tensor {
    try NumPy.read(contentsOf: SharedData.path("references/\(self.name)/\(name).npy"))
  }

  /// Our outputs for the case's input.
  func run() throws -> [Tensor] {
    let path = SharedData.path("models/\(description.model)")
    let interpreter = try Interpreter(graph: try ModelReader.read(contentsOf: path).graph)
    let input = try array("input")
    if description.resizedInput != nil {
      try interpreter.resizeInput(at: 0, to: input.shape)
    }
    try interpreter.allocateTensors()
    try interpreter.setInput(input, at: 0)
    try interpreter.invoke()
    return try interpreter.outputs.indices.map { try interpreter.output(at: $0) }
  }
}

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

  /// Output `index` of LiteRT's default kernels; of its reference kernels where the case has only
  /// those (float ones differ by rounding alone).
  func expectedOutput(_ index: Int) throws -> Tensor {
    let path = SharedData.path("references/\(name)/xnnpack_\(index).npy")
    let isPresent = FileManager.default.fileExists(atPath: path)
    return try array(isPresent ? "xnnpack_\(index)" : "output_\(index)")
  }

  /// Our outputs for the case's input.
  func run(
    _ engine: Engine = .fast(InstructionSet.available), threads: Int = 2
  ) throws -> [Tensor] {
    let path = SharedData.path("models/\(description.model)")
    let interpreter = try Interpreter(
      graph: try ModelReader.read(contentsOf: path).graph, engine: engine, threads: threads)
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

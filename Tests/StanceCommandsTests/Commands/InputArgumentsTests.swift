import StanceGraph
import StanceTensors
import Testing

@testable import StanceCommands

@Suite struct InputArgumentsTests {
  private let model = Model(
    graph: Graph(
      values: ["heat", "offset"].map { Value(name: $0, elementType: .float32, shape: [1]) },
      inputs: [ValueID(0), ValueID(1)]),
    format: "test",
    signatures: [
      Model.Signature(
        key: "default", graphIndex: 0,
        inputs: [Model.Signature.Binding(name: "heatmaps", value: ValueID(0))], outputs: [])
    ])

  @Test(arguments: [
    (["a.npy", "b.npy"], ["a.npy", "b.npy"]),
    (["offset=b.npy", "a.npy"], ["a.npy", "b.npy"]),
    (["offset=b=c.npy", "heatmaps=a.npy"], ["a.npy", "b=c.npy"]),
  ])
  func arraysGoToTheirInputs(arguments: [String], paths: [String]) throws {
    #expect(try InputArguments(arguments, of: model).paths == paths)
  }

  @Test(arguments: [
    ([], "no array is given for \"heat\", \"offset\""),
    (["a.npy"], "no array is given for \"offset\""),
    (["a.npy", "b.npy", "c.npy"], "c.npy has no input to go to"),
    (["heat=a.npy", "heat=b.npy"], "input \"heat\" is given twice"),
    (["nose=a.npy"], "the model has no input \"nose\"; it has \"heat\", \"offset\""),
  ])
  func whatDoesNotFitIsWrongUsage(arguments: [String], message: String) {
    let error = #expect(throws: CommandError.self) {
      try InputArguments(arguments, of: model)
    }
    #expect(error?.code == .usage)
    #expect(error?.description.hasPrefix(message) == true)
  }
}

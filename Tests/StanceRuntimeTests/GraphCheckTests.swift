import StanceGraph
import StanceRuntime
import StanceTensors
import Testing

/// What is wrong with a graph is said before anything runs.
@Suite struct GraphCheckTests {
  @Test func allMissingOperatorsAreListedAtOnce() throws {
    var builder = GraphBuilder()
    let x = builder.input("x", [2, 3])
    let text = builder.input("text", [2], .string)
    let lstm = Operation.unsupported(UnsupportedOperation(name: "LSTM"))
    let custom = Operation.custom(CustomOperation(name: "Sharpen", options: Bytes([])))
    for (index, operation) in [lstm, custom, lstm].enumerated() {
      let result = builder.value("result \(index)")
      builder.node(operation, [x], to: [result], version: index == 1 ? 1 : 3)
    }
    let strings = builder.value("strings", [], .string)
    builder.node(.squeeze(Squeeze(axes: [])), [text], to: [strings], version: 2)
    let axes = builder.integers([1, 0])
    builder.output(builder.node(.transpose, [x, axes], "y"))
    let graph = builder.graph
    do {
      _ = try Interpreter(graph: graph)
      Issue.record("no error thrown")
    } catch let error as RuntimeError {
      #expect(error.code == .missingOperators)
      #expect(
        error.description.hasSuffix(
          "LSTM version 3 (2 times); SQUEEZE version 2 of string; Sharpen version 1"), "\(error)")
    }
  }

  @Test func anEdgeTPUModelIsExplained() throws {
    var builder = GraphBuilder()
    let x = builder.input("x", [1])
    let operation = Operation.custom(CustomOperation(name: "edgetpu-custom-op", options: Bytes([])))
    builder.output(builder.node(operation, [x], "y"))
    let graph = builder.graph
    expect(.missingOperators, "Edge TPU") { _ = try Interpreter(graph: graph) }
  }

  @Test func valuesMustExist() throws {
    var builder = GraphBuilder()
    let x = builder.input("x", [1])
    builder.node(.squeeze(Squeeze(axes: [])), [x], to: [ValueID(7)])
    refuse(builder, "operator 0 (SQUEEZE) names value 7 of 1")
    var other = GraphBuilder()
    other.output(ValueID(-1))
    refuse(other, "names value -1 of 0")
  }

  @Test func valuesMustBeWrittenBeforeTheyAreRead() throws {
    var builder = GraphBuilder()
    let ghost = builder.value("ghost", [1])
    builder.output(builder.node(.squeeze(Squeeze(axes: [])), [ghost], "y"))
    refuse(builder, "reads \"ghost\" before anything has written it")
  }

  @Test func valuesMustBeWrittenOnce() throws {
    let squeeze = Operation.squeeze(Squeeze(axes: []))
    var twice = GraphBuilder()
    let x = twice.input("x", [4])
    let y = twice.node(squeeze, [x], "y")
    twice.node(squeeze, [x], to: [y])
    refuse(twice, "operator 1 (SQUEEZE) writes \"y\"")

    var input = GraphBuilder()
    let z = input.input("z", [4])
    input.node(squeeze, [z], to: [z])
    refuse(input, "writes \"z\", which is an input")

    var constant = GraphBuilder()
    let w = constant.input("w", [4])
    let c = constant.integers([1])
    constant.node(squeeze, [w], to: [c])
    refuse(constant, "writes the constant")

    var parts = GraphBuilder()
    let v = parts.input("v", [4])
    let part = parts.value("part", [2])
    let axis = parts.integers([0], [])
    parts.node(.split(Split(count: 2)), [axis, v], to: [part, part])
    refuse(parts, "operator 0 (SPLIT) writes")
  }

  @Test func constantsAreNoInputs() throws {
    var builder = GraphBuilder()
    let c = builder.constant("c", [1, 2] as [Float])
    var graph = builder.graph
    graph.inputs = [c]
    expect(.unsupportedModel, "\"c\" is a constant") { _ = try Interpreter(graph: graph) }
  }

  @Test func sparseConstantsAreForDensifyAlone() throws {
    var builder = GraphBuilder()
    let c = builder.constant("weights", [1, 2] as [Float])
    builder.output(builder.node(.squeeze(Squeeze(axes: [])), [c], "y"))
    var graph = builder.graph
    graph.values[c.index].shape = [2, 1 << 20]
    graph.values[c.index].sparsity = Sparsity(
      traversalOrder: [0, 1], blockMap: [], levels: [.dense(size: 2), .dense(size: 1 << 20)])
    expect(.unsupportedModel, "sparse constant \"weights\"") {
      _ = try Interpreter(graph: graph)
    }
  }

  @Test func constantsMustHoldWhatTheirShapeSays() throws {
    var builder = GraphBuilder()
    let c = builder.constant("c", [1, 2] as [Float], [3])
    builder.output(c)
    refuse(builder, "needs 12 bytes and has 8")
  }

  @Test func variablesKeepTheirShape() throws {
    var builder = GraphBuilder()
    let state = builder.value("state", [2], isVariable: true)
    let paddings = builder.integers([1, 1], [1, 2])
    builder.node(.pad(Pad(hasConstant: false)), [state, paddings], to: [state])
    builder.output(state)
    let interpreter = try Interpreter(graph: builder.graph)
    expect(.operatorFailed, "does not fit the variable \"state\" of shape [2]") {
      try interpreter.allocateTensors()
    }
  }

  private func refuse(
    _ builder: GraphBuilder, _ text: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    expect(.unsupportedModel, text, sourceLocation: sourceLocation) {
      _ = try Interpreter(graph: builder.graph)
    }
  }
}

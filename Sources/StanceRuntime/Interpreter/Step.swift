import StanceGraph
import StanceTensors

/// One node made ready to run.
struct Step: Sendable {
  enum Action: Sendable {
    case builtin(any Executor.Type)
    case custom(any CustomOperator)
  }

  let nodeIndex: Int
  let operation: Operation
  let action: Action
  let inputs: [ValueID?]
  let outputs: [ValueID]
  /// Some result is a variable, which keeps its elements.
  let writesVariable: Bool

  /// For messages, for instance `operator 12 (CONV_2D)`.
  var label: String { "operator \(nodeIndex) (\(operation.name))" }

  /// - Throws: ``RuntimeError`` that lists every operator that cannot run.
  static func steps(
    of graph: Graph, customOperators: CustomOperatorRegistry
  ) throws -> [Step] {
    var missing: [String: Int] = [:]
    var steps: [Step] = []
    for (position, node) in graph.nodes.enumerated() {
      let index = node.number ?? position
      guard let action = try action(of: node, index, in: graph, customOperators) else {
        missing[describe(node, in: graph), default: 0] += 1
        continue
      }
      steps.append(
        Step(
          nodeIndex: index, operation: node.operation, action: action, inputs: node.inputs,
          outputs: node.outputs, writesVariable: node.outputs.contains { graph[$0].isVariable }))
    }
    guard missing.isEmpty else {
      throw RuntimeError(.missingOperators, missingMessage(missing))
    }
    return steps
  }

  private static func action(
    of node: Node, _ index: Int, in graph: Graph, _ customOperators: CustomOperatorRegistry
  ) throws -> Action? {
    if case .custom(let custom) = node.operation {
      guard let type = customOperators.type(named: custom.name) else { return nil }
      do {
        return .custom(try type.init(options: custom.options))
      } catch {
        throw RuntimeError(.unsupportedModel, "operator \(index) (\(custom.name)): \(error)")
      }
    }
    let inputs = node.inputs.map { $0.map { graph[$0].elementType } }
    let outputs = node.outputs.map { graph[$0].elementType }
    guard let executor = node.operation.executor,
      executor.supports(node.operation, inputs: inputs, outputs: outputs)
    else { return nil }
    return .builtin(executor)
  }

  private static func describe(_ node: Node, in graph: Graph) -> String {
    let version = "\(node.operation.name) version \(node.version)"
    guard node.operation.executor != nil else { return version }
    let types = node.inputs.compactMap { $0.map { graph[$0].elementType.rawValue } }
    return "\(version) of \(types.joined(separator: ", "))"
  }

  private static func missingMessage(_ missing: [String: Int]) -> String {
    if missing.keys.contains(where: { $0.hasPrefix("edgetpu-custom-op ") }) {
      return "the model is compiled for Google's Edge TPU: its layers are machine code for that "
        + "chip and cannot run on a CPU; use the file it was compiled from, "
        + "whose name lacks \"_edgetpu\""
    }
    let list = missing.sorted { $0.key < $1.key }
      .map { $0.value == 1 ? $0.key : "\($0.key) (\($0.value) times)" }
    return "the model needs operators that there are no kernels for: "
      + list.joined(separator: "; ")
  }
}

extension Step {
  /// Names this step in whatever `body` throws.
  func reporting<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as RuntimeError {
      throw error
    } catch {
      let text = "\(error)"
      // Errors of shapes begin with the operator's name, which the label holds.
      let name = operation.name + ": "
      throw RuntimeError(
        .operatorFailed,
        "\(label): \(text.hasPrefix(name) ? text.dropFirst(name.count) : text[...])")
    }
  }

  /// - Throws: where these are not as many shapes as there are results.
  func requireCount(of shapes: [Shape]) throws {
    guard shapes.count != outputs.count else { return }
    throw RuntimeError(
      .unsupportedModel, "\(label): has \(outputs.count) results where it gives \(shapes.count)")
  }

  func misfit(_ shape: Shape, of value: Value) -> RuntimeError {
    RuntimeError(
      .operatorFailed,
      "\(label): a result of shape \(shape) does not fit "
        + "\(value.isVariable ? "the variable " : "")\"\(value.name)\" of shape \(value.shape)")
  }
}

import StanceGraph
import StanceKernels
import StanceTensors

/// What one step of a plan took: an operator of the graph, or several that one kernel does.
public struct StepProfile: Sendable {
  /// The operators' numbers in the file, in order.
  public let nodes: [Int]
  /// The operators' names in the same order, for instance `DEPTHWISE_CONV_2D`.
  public let operations: [String]
  /// The prepared kernel's name; `plain` for a plain one, `general` where shapes are worked out anew.
  public let kernel: String
  /// What the kernel multiplies, the last part of one that is put together of several; nil where it
  /// is none of these types, or nothing.
  public let factors: FactorType?
  /// Of the first result; nil where it is known only while the graph runs.
  public let outputShape: Shape?
  /// Those of the operators, zeros included; nil where they cannot be known.
  public let multiplyAdds: Int?
  /// Of each run, in seconds.
  public let times: [Double]
}

extension Interpreter {
  /// Runs the graph on the inputs as they are and measures each step, its wait for other threads
  /// included.
  ///
  /// - Parameter runs: how often, 1 or more.
  /// - Throws: ``RuntimeError`` that names the operator that failed.
  public func profile(runs: Int) throws -> [StepProfile] {
    let times = try (0..<max(runs, 1)).map { _ in try invokeMeasured() }
    let plan = try allocatedRun().plan
    let shaped = compiled.prepared.with(plan.shapes)
    return plan.steps.indices.map { index in
      profile(of: plan.steps[index], in: shaped, plan, times: times.map { $0[index] })
    }
  }

  private func profile(
    of planned: PlannedStep, in graph: Graph, _ plan: Plan, times: [Double]
  ) -> StepProfile {
    let steps = planned.fused + [planned.step]
    let multiplyAdds = steps.map { step in
      graph.multiplyAdds(
        of: Node(operation: step.operation, inputs: step.inputs, outputs: step.outputs))
    }
    return StepProfile(
      nodes: steps.map(\.nodeIndex), operations: steps.map(\.operation.name),
      kernel: planned.action.name, factors: factors(of: planned),
      outputShape: planned.outputs.first.flatMap { plan.shapes[$0.index] },
      multiplyAdds: multiplyAdds.contains(nil) ? nil : multiplyAdds.compactMap { $0 }.reduce(0, +),
      times: times)
  }

  /// The names of a prepared kernel's parts begin with the type, and the last part, a convolution of
  /// all channels, multiplies most. Plain kernels multiply what they are given.
  private func factors(of planned: PlannedStep) -> FactorType? {
    if case .prepared(let prepared) = planned.action {
      let part = prepared.kernel.name.split(separator: "+").last
      return part?.split(separator: "_").first.flatMap { FactorType(rawValue: String($0)) }
    }
    switch planned.inputs.first.map({ graph[$0].elementType }) {
    case .uint8, .int8: return .byte
    case .float32: return .float32
    default: return nil
    }
  }
}

extension Graph {
  /// This graph as if the file declared these shapes; nil leaves one as it is.
  fileprivate func with(_ shapes: [Shape?]) -> Graph {
    var graph = self
    for (index, shape) in shapes.enumerated() {
      guard let shape else { continue }
      graph.values[index].shape = shape
      graph.values[index].shapeSignature = nil
    }
    return graph
  }
}

extension PlannedStep.Action {
  fileprivate var name: String {
    switch self {
    case .prepared(let prepared): prepared.kernel.name
    case .plain: "plain"
    case .general: "general"
    }
  }
}

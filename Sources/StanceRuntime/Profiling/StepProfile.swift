import StanceGraph
import StanceTensors

/// What one step of a plan took: an operator of the graph, or several that one kernel does.
public struct StepProfile: Sendable {
  /// The operators' numbers in the file, in order.
  public let nodes: [Int]
  /// The operators' names in the same order, for instance `DEPTHWISE_CONV_2D`.
  public let operations: [String]
  /// The prepared kernel's name; `plain` for a plain one, `general` where shapes are worked out anew.
  public let kernel: String
  /// Of the first result; nil where it is known only while the graph runs.
  public let outputShape: Shape?
  /// Nil where they cannot be known.
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
    return plan.steps.indices.map { index in
      profile(of: plan.steps[index], in: plan, times: times.map { $0[index] })
    }
  }

  private func profile(of planned: PlannedStep, in plan: Plan, times: [Double]) -> StepProfile {
    let steps = planned.fused + [planned.step]
    let multiplyAdds = steps.map { graph.multiplyAdds(of: graph.nodes[$0.nodeIndex]) }
    return StepProfile(
      nodes: steps.map(\.nodeIndex), operations: steps.map(\.operation.name),
      kernel: planned.action.name,
      outputShape: planned.outputs.first.flatMap { plan.shapes[$0.index] },
      multiplyAdds: multiplyAdds.contains(nil) ? nil : multiplyAdds.compactMap { $0 }.reduce(0, +),
      times: times)
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

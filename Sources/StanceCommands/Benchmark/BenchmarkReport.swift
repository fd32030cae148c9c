import StanceRuntime
import StanceTensors

/// How fast a model ran.
struct BenchmarkReport {
  let path: String
  let options: Benchmark.Options
  let engine: Engine
  /// From opening the file until the first run could begin, in seconds.
  let loadTime: Double
  /// Of whole runs.
  let times: Durations
  /// One for each type that the model multiplies.
  let peaks: [PeakRate]
  let steps: [StepReport]

  /// What the steps' fastest runs take together, in seconds.
  var stepTime: Double { steps.reduce(0) { $0 + $1.times.minimum } }

  /// The steps put together by their operators, those that take longest first.
  var kinds: [OperatorKindReport] {
    Dictionary(grouping: steps, by: \.operators)
      .map { OperatorKindReport(operators: $0.key, steps: $0.value) }
      .sorted { ($1.time, $0.operators) < ($0.time, $1.operators) }
  }

  /// - Parameters:
  ///   - steps: that ran one after the other.
  ///   - time: that they took together, in seconds.
  func rates(of steps: [StepReport], in time: Double) -> Rates {
    let multiplyAdds = steps.reduce(0) { saturatingSum($0, $1.multiplyAdds ?? 0) }
    let idealTime = steps.reduce(0.0) { sum, step in
      let peak = peaks.first { $0.factors == step.factors }
      guard let rate = peak?.multiplyAddsPerSecond, rate > 0 else { return sum }
      return sum + Double(step.multiplyAdds ?? 0) / rate
    }
    return Rates(
      multiplyAdds: steps.contains { $0.multiplyAdds == nil } ? nil : multiplyAdds,
      perSecond: multiplyAdds > 0 && time > 0 ? Double(multiplyAdds) / time : nil,
      shareOfPeak: idealTime > 0 && time > 0 ? idealTime / time : nil)
  }

  /// How fast multiply-adds were done.
  struct Rates: Hashable {
    /// Nil where some operators' cannot be known.
    let multiplyAdds: Int?
    /// Nil where there are none.
    let perSecond: Double?
    /// The time that they would take at the machine's peak, of the time that they took.
    let shareOfPeak: Double?
  }
}

/// How fast one step ran.
struct StepReport: Hashable {
  /// The operators' numbers in the file.
  let nodes: [Int]
  /// Their names, as `DEPTHWISE_CONV_2D + CONV_2D`.
  let operators: String
  let kernel: String
  let factors: FactorType?
  let outputShape: Shape?
  let multiplyAdds: Int?
  let times: Durations

  init(_ profile: StepProfile) {
    nodes = profile.nodes
    operators = profile.operations.joined(separator: " + ")
    kernel = profile.kernel
    factors = profile.factors
    outputShape = profile.outputShape
    multiplyAdds = profile.multiplyAdds
    times = Durations(profile.times)
  }
}

/// How fast all steps of the same operators ran together.
struct OperatorKindReport {
  let operators: String
  let steps: [StepReport]

  /// What their fastest runs take together, in seconds.
  var time: Double { steps.reduce(0) { $0 + $1.times.minimum } }
}

extension Engine {
  /// The best instruction set that may be used, as `STANCE_ISA` names it.
  var bestInstructionSet: String {
    switch self {
    case .reference: "reference"
    case .fast(let sets): (sets.last ?? .scalar).rawValue
    }
  }
}

import StanceRuntime

extension BenchmarkReport {
  /// Everything that the text says, for programs.
  var json: JSONValue {
    .object([
      ("model", .string(path)),
      ("threads", .integer(options.threads)),
      ("precision", .string(options.precision.rawValue)),
      ("instruction_set", .string(engine.bestInstructionSet)),
      ("runs", .integer(options.runs)),
      ("load_ms", .milliseconds(loadTime)),
      ("minimum_ms", .milliseconds(times.minimum)),
      ("median_ms", .milliseconds(times.median)),
      (
        "peaks",
        .array(
          peaks.map { peak in
            .object([
              ("factors", .string(peak.factors.rawValue)),
              ("instruction_set", .string(peak.instructionSet.rawValue)),
              ("threads", .integer(peak.threads)),
              ("gmac_per_second", .number(peak.multiplyAddsPerSecond / 1e9, decimals: 3)),
            ])
          })
      ),
      ("steps", .array(steps.map(json))),
      (
        "kinds",
        .array(
          kinds.map { kind in
            .object(
              [
                ("operators", .string(kind.operators)),
                ("steps", .integer(kind.steps.count)),
                ("minimum_ms", .milliseconds(kind.time)),
              ] + rateMembers(of: kind.steps, in: kind.time))
          })
      ),
    ])
  }

  private func json(_ step: StepReport) -> JSONValue {
    .object(
      [
        ("nodes", .array(step.nodes.map(JSONValue.integer))),
        ("operators", .string(step.operators)),
        ("kernel", .string(step.kernel)),
        ("factors", .optional(step.factors) { .string($0.rawValue) }),
        (
          "output_shape",
          .optional(step.outputShape) { shape in .array(shape.map(JSONValue.integer)) }
        ),
        ("minimum_ms", .milliseconds(step.times.minimum)),
        ("median_ms", .milliseconds(step.times.median)),
      ] + rateMembers(of: [step], in: step.times.minimum))
  }

  private func rateMembers(of steps: [StepReport], in time: Double) -> [(String, JSONValue)] {
    let rates = rates(of: steps, in: time)
    return [
      ("multiply_adds", .optional(rates.multiplyAdds, JSONValue.integer)),
      ("gmac_per_second", .optional(rates.perSecond) { .number($0 / 1e9, decimals: 3) }),
      ("share_of_peak", .optional(rates.shareOfPeak) { .number($0, decimals: 4) }),
    ]
  }
}

extension JSONValue {
  /// With a digit for each nanosecond.
  static func milliseconds(_ seconds: Double) -> JSONValue {
    .number(seconds * 1e3, decimals: 6)
  }
}

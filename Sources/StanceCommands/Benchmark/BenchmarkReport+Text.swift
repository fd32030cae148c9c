import StanceRuntime

extension BenchmarkReport {
  /// The report for people to read.
  var text: String {
    let threads = options.threads == 1 ? "1 thread" : "\(options.threads) threads"
    let runs = options.runs == 1 ? "1 run" : "\(options.runs) runs"
    var text = "\(printable(path))\n"
    text += "  on       \(threads), \(options.precision.rawValue), \(engine.bestInstructionSet)\n"
    text += "  load     \(Self.milliseconds(loadTime)) ms\n"
    text += "  minimum  \(Self.milliseconds(times.minimum)) ms of \(runs)\n"
    text += "  median   \(Self.milliseconds(times.median)) ms\n"
    return text + peakText + stepText + kindText
  }

  private var peakText: String {
    guard !peaks.isEmpty else { return "" }
    var table = TextTable(columns: [
      ("factors", .left), ("instructions", .left), ("threads", .right), ("GMAC/s", .right),
    ])
    for peak in peaks {
      table.append([
        peak.factors.rawValue, peak.instructionSet.rawValue, String(peak.threads),
        DecimalText.aligned(peak.multiplyAddsPerSecond / 1e9, decimals: 1),
      ])
    }
    return "\nPeak of this machine, measured now\n" + table.text(indentation: "  ")
  }

  private var stepText: String {
    var table = TextTable(
      columns: [("#", .right)] + Self.figureColumns + [
        ("result", .left), ("kernel", .left), ("operators", .left),
      ])
    for (index, step) in steps.enumerated() {
      table.append(
        [String(index)] + figures(of: [step], in: step.times.minimum) + [
          step.outputShape.map { "\($0)" } ?? "unknown", step.kernel,
          step.nodes.map(String.init).joined(separator: ",") + " " + printable(step.operators),
        ])
    }
    return "\nSteps, each in its fastest run\n" + table.text(indentation: "  ")
  }

  private var kindText: String {
    var table = TextTable(
      columns: [("steps", .right)] + Self.figureColumns + [("operators", .left)])
    for kind in kinds {
      table.append(
        [String(kind.steps.count)] + figures(of: kind.steps, in: kind.time)
          + [printable(kind.operators)])
    }
    table.append([String(steps.count)] + figures(of: steps, in: stepTime) + ["all"])
    return "\nBy kind\n" + table.text(indentation: "  ")
  }

  private static var figureColumns: [(heading: String, alignment: TextTable.Alignment)] {
    [
      ("us", .right), ("share", .right), ("multiply-adds", .right), ("GMAC/s", .right),
      ("of peak", .right),
    ]
  }

  private func figures(of steps: [StepReport], in time: Double) -> [String] {
    let rates = rates(of: steps, in: time)
    return [
      DecimalText.aligned(time * 1e6, decimals: 1),
      stepTime > 0 ? Self.percentage(time / stepTime) : "-",
      rates.multiplyAdds.map(NumberText.grouped) ?? "unknown",
      rates.perSecond.map { DecimalText.aligned($0 / 1e9, decimals: 1) } ?? "-",
      rates.shareOfPeak.map(Self.percentage) ?? "-",
    ]
  }

  private static func milliseconds(_ seconds: Double) -> String {
    DecimalText.aligned(seconds * 1e3, decimals: 3)
  }

  private static func percentage(_ share: Double) -> String {
    DecimalText.aligned(share * 100, decimals: 1) + " %"
  }
}

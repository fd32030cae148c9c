import StanceGraph
import StanceKernels

extension KernelPlanner {
  /// Takes 8-bit depthwise convolutions and the pointwise ones that alone read them: what lies between
  /// is not written to memory and read again.
  mutating func fuseQuantized(in result: inout [PlannedStep?]) {
    var depthwise: [ValueID: Int] = [:]
    for position in steps.indices where !taken.contains(position) {
      let step = steps[position].step
      switch step.operation {
      case .depthwiseConvolution: depthwise[step.outputs[0]] = position
      case .convolution:
        guard let x = step.inputs[0], let before = depthwise[x], onlyReader(of: x) != nil,
          canRunLater(before),
          let first = node(before)?.selection()?.0 as? QuantizedDepthwiseConvolution,
          let second = node(position)?.selection()?.0 as? QuantizedConvolution,
          let kernel = QuantizedSeparableConvolution(first, second)
        else { continue }
        replace(
          [before, position], with: kernel, [steps[before].step.inputs[0]], step.outputs[0],
          in: &result)
      default: continue
      }
    }
  }
}

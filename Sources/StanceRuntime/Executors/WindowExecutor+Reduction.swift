import StanceGraph
import StanceKernels
import StanceTensors

extension WindowExecutor {
  static func run(_ reduction: Reduction, _ operands: WindowOperands) throws {
    let (input, output) = (try operands[0], operands.output)
    guard let axes = try operands[1].integers() else {
      throw KernelError("the axes must be whole numbers")
    }
    let rank = input.shape.rank
    let reduced = Set(axes.map { $0 < 0 ? $0 + rank : $0 })
    let isMean = reduction.kind == .mean
    switch (reduction.kind, output.elementType) {
    case (.max, let type):
      if type == .uint8 || type == .int8 {
        try input.quantization.requireSame(as: output.quantization)
      }
      Reference.maximum(input, over: reduced, output: output)
    case (_, .float32):
      Reference.sum(input, over: reduced, isMean: isMean, output: output)
    case (_, .uint8), (_, .int8):
      let source = try input.quantization.perTensor("the input")
      let target = try output.quantization.perTensor("the output")
      Reference.quantizedSum(
        input, over: reduced, isMean: isMean, output: output,
        scaleRatio: source.scale / target.scale, inputZeroPoint: source.zeroPoint,
        outputZeroPoint: target.zeroPoint)
    case (_, _):
      Reference.integerSum(input, over: reduced, isMean: isMean, output: output)
    }
  }
}

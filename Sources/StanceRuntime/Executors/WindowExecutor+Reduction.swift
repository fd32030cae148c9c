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
    switch (reduction.kind, output.elementType) {
    case (.max, .float32): maximum(-Float.greatestFiniteMagnitude)
    case (.max, .uint8), (.max, .int8):
      try input.quantization.requireSame(as: output.quantization)
      if output.elementType == .uint8 { maximum(UInt8.min) } else { maximum(Int8.min) }
    case (.max, .int32): maximum(Int32.min)
    case (.max, _): maximum(Int64.min)
    case (_, .float32):
      Reference.sum(input, over: reduced, isMean: reduction.kind == .mean, output: output)
    case (_, .uint8): try quantizedSum(UInt8.self)
    case (_, .int8): try quantizedSum(Int8.self)
    case (_, .int32): integerSum(Int32.self)
    case (_, _): integerSum(Int64.self)
    }

    func maximum<Element: TensorElement & Comparable>(_ lowest: Element) {
      Reference.maximum(input, over: reduced, output: output, lowest: lowest)
    }

    func integerSum<Element: TensorElement & FixedWidthInteger>(_ type: Element.Type) {
      Reference.sum(
        input, over: reduced, isMean: reduction.kind == .mean, output: output, of: type)
    }

    func quantizedSum<Element: TensorElement & FixedWidthInteger>(
      _ type: Element.Type
    ) throws {
      let source = try input.quantization.perTensor("the input")
      let target = try output.quantization.perTensor("the output")
      Reference.quantizedSum(
        input, over: reduced, isMean: reduction.kind == .mean, output: output,
        scaleRatio: source.scale / target.scale, inputZeroPoint: source.zeroPoint,
        outputZeroPoint: target.zeroPoint, of: type)
    }
  }
}

import StanceGraph
import StanceKernels
import StanceTensors

extension KernelPlanner {
  /// Makes one table of the steps from `position` on that turn each 8-bit element into another one,
  /// whatever lies between them: constants added, conversions to real numbers and back.
  mutating func fuseBytes(at position: Int, in result: inout [PlannedStep?]) {
    guard let x = varyingOperand(of: steps[position].step), let start = planner.shapes[x.index],
      [.uint8, .int8].contains(graph[x].elementType), !graph[x].isVariable,
      start.elementCount > 0
    else { return }
    var tables = ByteTables(of: graph[x])
    var positions: [Int] = []
    var best: (positions: [Int], tables: ByteTables, output: ValueID)?
    var next: Int? = position
    var current = x
    while let position = next, !taken.contains(position), case .plain = steps[position].action,
      let step = elementwiseStep(at: position, of: current),
      let following = tables.applying(step, current, in: planner)
    {
      tables = following
      positions.append(position)
      current = step.outputs[0]
      if [.uint8, .int8].contains(graph[current].elementType) {
        best = (positions, tables, current)
      }
      let readers = Set(readers[current.index])
      next = readers.count == 1 && graph.isPrivate(current) ? readers.first : nil
    }
    guard let best,
      let kernel = ByteLookup(
        table: best.tables.table, tailTable: best.tables.tail, shape: start,
        instructionSets: instructionSets)
    else { return }
    replace(best.positions, with: kernel, [x], best.output, in: &result)
  }

  /// The one operand of a step that varies, as often as it is taken; nil where there are several.
  private func varyingOperand(of step: Step) -> ValueID? {
    let varying = Set(step.inputs.compactMap { $0 }.filter { planner.statics[$0.index] == nil })
    return varying.count == 1 ? varying.first : nil
  }

  /// The step if each element of its result follows, exactly, from the same element of `operand`.
  private func elementwiseStep(at position: Int, of operand: ValueID) -> Step? {
    let step = steps[position].step
    guard !step.inputs.contains(nil), varyingOperand(of: step) == operand, step.outputs.count == 1,
      let shape = planner.shapes[operand.index],
      planner.shapes[step.outputs[0].index]?.elementCount == shape.elementCount
    else { return nil }
    switch step.operation {
    case .quantize where graph[operand].elementType == .float32:
      // The plain kernel rounds the elements behind its last whole block otherwise, and its blocks of
      // int16 are half as long as those of bytes.
      return graph[step.outputs[0]].elementType == .int16 ? nil : step
    case .cast, .quantize, .dequantize: return step
    case .binary(let binary): return binary.kind == .floorDivide ? nil : step
    case .unary(let unary):
      // Prepared kernels may differ from the plain ones in the last place of other real functions.
      guard graph[operand].elementType == .float32 else { return step }
      switch unary.kind {
      case .squareRoot, .negate, .absolute, .relu, .relu6, .reluN1To1: return step
      default: return nil
      }
    default: return nil
    }
  }
}

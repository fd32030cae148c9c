import StanceGraph
import StanceKernels
import StanceTensors

extension MovementExecutor {
  static func runRearrangement(_ operation: Operation, _ operands: MovementOperands) throws {
    let (x, y) = (try operands.input(0), try operands.output())
    switch operation {
    case .reshape, .squeeze, .expandDimensions:
      Reference.copy(x, into: y)
    case .transpose:
      let axes = try operands.integers(1).map { operands.counted($0, rank: x.shape.rank) }
      Reference.transpose(x, axes: axes, into: y)
    case .depthToSpace(let block):
      Reference.depthToSpace(x, block: block.size, into: y)
    case .spaceToDepth(let block):
      Reference.spaceToDepth(x, block: block.size, into: y)
    case .spaceToBatch:
      let (blocks, before) = (try operands.integers(1), try operands.befores(2))
      try withZero(of: y) {
        Reference.spaceToBatch(x, blocks: blocks, before: before, padding: $0, into: y)
      }
    case .batchToSpace:
      Reference.batchToSpace(
        x, blocks: try operands.integers(1), before: try operands.befores(2), into: y)
    default:
      throw KernelError("does not rearrange elements")
    }
  }
}

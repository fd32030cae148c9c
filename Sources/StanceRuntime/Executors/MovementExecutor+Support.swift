import StanceGraph
import StanceTensors

extension MovementExecutor {
  static func supports(
    _ operation: Operation, inputs: [ElementType?], outputs: [ElementType]
  ) -> Bool {
    let types = MovementTypes(inputs: inputs, outputs: outputs)
    switch operation {
    case .concatenation(let options):
      return types.moves(inputs.indices) && types.fuses(options.activation)
    case .pad, .mirrorPad:
      // The third operand is the element that PADV2 pads with.
      let moved = inputs.count > 2 && inputs[2] != nil ? [0, 2] : [0]
      return types.moves(moved) && types.hasNumbers([1])
    case .pack:
      return types.moves(inputs.indices)
    case .squeeze, .unpack, .depthToSpace, .spaceToDepth:
      return types.moves([0])
    case .split:
      return types.moves([1]) && types.hasNumbers([0])
    case .reshape:
      return types.moves([0]) && types.hasNumbers(inputs.indices.dropFirst())
    case .expandDimensions, .transpose, .gather, .gatherND:
      return types.moves([0]) && types.hasNumbers([1])
    case .splitSizes, .slice, .spaceToBatch, .batchToSpace:
      return types.moves([0]) && types.hasNumbers([1, 2])
    case .stridedSlice:
      return types.moves([0]) && types.hasNumbers([1, 2, 3])
    case .fill:
      return types.moves([1]) && types.hasNumbers([0])
    case .topK:
      return inputs.count == 2 && outputs.count == 2 && inputs[0] == outputs[0]
        && types.ranks([.float32, .int8, .uint8, .int16, .int32, .int64])
        && types.hasNumbers([1]) && [.int16, .int32].contains(outputs[1])
    case .extremum:
      return types.ranks([.float32, .int8, .uint8, .int16, .int32, .int64, .bool])
        && types.hasNumbers([1]) && [[.int32], [.int64]].contains(outputs)
    case .shape:
      return inputs.count == 1 && [[.int32], [.int64]].contains(outputs)
    case .range:
      return [.float32, .int32, .int64].contains(inputs.first)
        && inputs == Array(repeating: outputs.first, count: 3)
    case .where:
      return types.ranks([.float32, .int8, .uint8, .int32, .uint32, .int64, .bool])
        && outputs == [.int64]
    default:
      return false
    }
  }
}

/// The element types of a node's operands and results.
private struct MovementTypes {
  let inputs: [ElementType?]
  let outputs: [ElementType]

  /// Whether the operands at `positions` and all results have one type of a fixed size.
  func moves(_ positions: some Sequence<Int>) -> Bool {
    let moved = positions.map { inputs.indices.contains($0) ? inputs[$0] : nil }
    guard let type = moved.first.flatMap({ $0 }), type.byteCount != nil else { return false }
    return moved.allSatisfy { $0 == type } && outputs.allSatisfy { $0 == type }
  }

  /// Whether the operands at `positions` hold whole numbers, as sizes and indices do.
  func hasNumbers(_ positions: some Sequence<Int>) -> Bool {
    positions.allSatisfy { position in
      guard inputs.indices.contains(position) else { return false }
      guard let type = inputs[position] else { return false }
      return [.int8, .int16, .int32, .int64, .bool].contains(type)
    }
  }

  /// Whether the first operand is of one of `types`.
  func ranks(_ types: [ElementType]) -> Bool {
    guard let type = inputs.first.flatMap({ $0 }) else { return false }
    return types.contains(type)
  }

  func fuses(_ activation: Activation) -> Bool {
    guard let type = outputs.first else { return false }
    return activation == .none
      || (activation.isClamp && [.float32, .int8, .uint8].contains(type))
  }
}

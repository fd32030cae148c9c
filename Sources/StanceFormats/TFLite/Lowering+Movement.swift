import StanceGraph
import StanceTensors

extension Lowering {
  /// Operators that move elements, search them, or make tensors from numbers; nil for others.
  func movementOperation(_ builtin: BuiltinOperator) throws -> Operation? {
    switch builtin {
    case .slice: return .slice
    case .expandDimensions: return .expandDimensions
    case .transpose: return .transpose
    case .gatherND: return .gatherND
    case .spaceToBatch: return .spaceToBatch
    case .batchToSpace: return .batchToSpace
    case .topK: return .topK
    case .fill: return .fill
    case .range: return .range
    case .where: return .where
    case .pad: return .pad(Pad(hasConstant: false))
    case .padV2: return .pad(Pad(hasConstant: true))
    case .mirrorPad:
      return .mirrorPad(
        MirrorPad(mode: try options(.mirrorPad).choice(0, "mode", among: [.reflect, .symmetric])))
    case .concatenation:
      let options = try options(.concatenation)
      return .concatenation(
        Concatenation(axis: try options.integer(0, "axis"), activation: try options.activation(1)))
    case .split: return .split(try split(.split))
    case .splitSizes: return .splitSizes(try split(.splitSizes))
    case .stridedSlice: return .stridedSlice(try stridedSlice())
    case .reshape:
      return .reshape(Reshape(shape: try options(.reshape).integers(0, "new shape")))
    case .squeeze:
      return .squeeze(Squeeze(axes: try options(.squeeze).integers(0, "dimensions") ?? []))
    case .pack:
      let options = try options(.pack)
      return .pack(
        Pack(
          count: try options.count(0, "number of values", equalTo: inputCount),
          axis: try options.integer(1, "axis")))
    case .unpack:
      let options = try options(.unpack)
      return .unpack(
        Unpack(
          count: try options.count(0, "number of values", equalTo: outputCount),
          axis: try options.integer(1, "axis")))
    case .gather:
      let options = try options(.gather)
      return .gather(
        Gather(
          axis: try options.integer(0, "axis"),
          batchDimensions: try options.integer(1, "batch dimensions")))
    case .depthToSpace: return .depthToSpace(try blockSize(.depthToSpace))
    case .spaceToDepth: return .spaceToDepth(try blockSize(.spaceToDepth))
    case .argMax: return .extremum(try extremum(.max, .argMax))
    case .argMin: return .extremum(try extremum(.min, .argMin))
    case .shape:
      return .shape(ShapeOf(indexType: try options(.shape).indexType(0) ?? .int32))
    default: return nil
    }
  }

  private func split(_ kind: OptionsKind) throws -> Split {
    Split(count: try options(kind).count(0, "number of splits", equalTo: outputCount))
  }

  private func blockSize(_ kind: OptionsKind) throws -> BlockSize {
    BlockSize(size: try options(kind).positive(0, "block size"))
  }

  private func extremum(_ kind: Extremum.Kind, _ optionsKind: OptionsKind) throws -> Extremum {
    let options = try options(optionsKind)
    guard let type = try options.indexType(0) else {
      throw options.malformed("type", "float32 is no index type")
    }
    return Extremum(kind: kind, indexType: type)
  }

  private func stridedSlice() throws -> StridedSlice {
    let options = try options(.stridedSlice)
    return StridedSlice(
      beginMask: try options.integer(0, "begin mask"),
      endMask: try options.integer(1, "end mask"),
      ellipsisMask: try options.integer(2, "ellipsis mask"),
      newAxisMask: try options.integer(3, "new axis mask"),
      shrinkAxisMask: try options.integer(4, "shrink axis mask"),
      endIsOffset: try options.bool(5, "offset"))
  }
}

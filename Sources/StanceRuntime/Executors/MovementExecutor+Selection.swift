import StanceGraph
import StanceKernels
import StanceTensors

extension MovementExecutor {
  static func runSelection(_ operation: Operation, _ operands: MovementOperands) throws {
    let (x, y) = (try operands.input(0), try operands.output())
    switch operation {
    case .gather(let gather):
      let indexRank = try operands.input(1).shape.rank
      try Reference.gather(
        x, indices: try operands.integers(1),
        axis: operands.counted(gather.axis, rank: x.shape.rank),
        batchDimensions: gather.resolvedBatchDimensions(indexRank: indexRank), into: y)
    case .gatherND:
      let depth = try operands.input(1).shape.last ?? 0
      try Reference.gatherND(x, indices: try operands.integers(1), depth: depth, into: y)
    case .topK:
      try topK(x, values: y, indices: try operands.output(1))
    case .extremum(let extremum):
      let axis = try operands.axis(1, rank: x.shape.rank)
      try self.extremum(extremum.kind, x, axis: axis, into: y)
    default:
      throw KernelError("does not choose elements")
    }
  }

  private static func topK(
    _ x: TensorView, values: MutableTensorView, indices: MutableTensorView
  ) throws {
    func run<Element: TensorElement & Comparable>(_ type: Element.Type) throws {
      guard indices.elementType == .int16 else {
        return Reference.topK(x, of: type, values: values, indices: indices, indexType: Int32.self)
      }
      guard (x.shape.last ?? 0) <= Int(Int16.max) else {
        throw KernelError("indices of \(x.shape.last ?? 0) elements do not fit int16")
      }
      Reference.topK(x, of: type, values: values, indices: indices, indexType: Int16.self)
    }
    switch x.elementType {
    case .float32: try run(Float.self)
    case .int8: try run(Int8.self)
    case .uint8: try run(UInt8.self)
    case .int16: try run(Int16.self)
    case .int32: try run(Int32.self)
    case .int64: try run(Int64.self)
    default: throw KernelError("finds no largest of \(x.elementType.rawValue) elements")
    }
  }

  private static func extremum(
    _ kind: Extremum.Kind, _ x: TensorView, axis: Int, into y: MutableTensorView
  ) throws {
    func run<Element: TensorElement & Comparable>(_ x: TensorView, _ type: Element.Type) {
      let precedes: (Element, Element) -> Bool = kind == .max ? { $0 > $1 } : { $0 < $1 }
      if y.elementType == .int64 {
        Reference.extremum(
          x, of: type, axis: axis, into: y, indexType: Int64.self, precedes: precedes)
      } else {
        Reference.extremum(
          x, of: type, axis: axis, into: y, indexType: Int32.self, precedes: precedes)
      }
    }
    switch x.elementType {
    case .float32: run(x, Float.self)
    case .int8: run(x, Int8.self)
    case .uint8: run(x, UInt8.self)
    case .int16: run(x, Int16.self)
    case .int32: run(x, Int32.self)
    case .int64: run(x, Int64.self)
    case .bool:
      let bytes = TensorView(
        shape: x.shape, elementType: .uint8, quantization: nil, bytes: x.bytes)
      run(bytes, UInt8.self)
    default: throw KernelError("finds no extreme of \(x.elementType.rawValue) elements")
    }
  }
}

import StanceGraph
import StanceKernels
import StanceTensors

extension MovementExecutor {
  static func runGeneration(_ operation: Operation, _ operands: MovementOperands) throws {
    let y = try operands.output()
    switch operation {
    case .shape:
      try writeShape(try operands.input(0).shape, into: y)
    case .fill:
      Reference.fill(y, with: try operands.input(1).bytes)
    case .range:
      try range(operands, into: y)
    case .where:
      let x = try operands.input(0)
      let isTrue =
        x.elementType == .float32
        ? x.elements(of: Float.self).map { $0 != 0 } : try operands.integers(0).map { $0 != 0 }
      Reference.listTrue(isTrue, of: x.shape, into: y)
    default:
      throw KernelError("makes no tensor from numbers")
    }
  }

  static func writeShape(_ shape: Shape, into y: MutableTensorView) throws {
    if y.elementType == .int64 {
      let elements = y.elements(of: Int64.self)
      for axis in shape.indices { elements[axis] = Int64(shape[axis]) }
      return
    }
    let elements = y.elements(of: Int32.self)
    for axis in shape.indices {
      guard let size = Int32(exactly: shape[axis]) else {
        throw KernelError("dimension \(shape[axis]) does not fit int32")
      }
      elements[axis] = size
    }
  }

  private static func range(_ operands: MovementOperands, into y: MutableTensorView) throws {
    func ends<Element: TensorElement>(_ type: Element.Type) throws -> (Element, Element) {
      let start = try operands.input(0).elements(of: type)
      let delta = try operands.input(2).elements(of: type)
      guard let start = start.first, let delta = delta.first else {
        throw KernelError("start and step must be numbers")
      }
      return (start, delta)
    }
    switch y.elementType {
    case .float32:
      let (start, delta) = try ends(Float.self)
      Reference.range(from: start, by: delta, into: y)
    case .int32:
      let (start, delta) = try ends(Int32.self)
      Reference.range(from: start, by: delta, into: y)
    case .int64:
      let (start, delta) = try ends(Int64.self)
      Reference.range(from: start, by: delta, into: y)
    default:
      throw KernelError("counts no \(y.elementType.rawValue) elements")
    }
  }
}

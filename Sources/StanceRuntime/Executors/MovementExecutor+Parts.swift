import StanceGraph
import StanceKernels
import StanceTensors

extension MovementExecutor {
  static func runParts(_ operation: Operation, _ operands: MovementOperands) throws {
    switch operation {
    case .pad:
      try pad(operands)
    case .mirrorPad(let options):
      Reference.mirrorPad(
        try operands.input(0), before: try operands.befores(1),
        repeatsBorder: options.mode == .symmetric, into: try operands.output())
    case .concatenation(let options):
      try concatenate(options, operands)
    case .split:
      let x = try operands.input(1)
      let axis = try operands.axis(0, rank: x.shape.rank)
      Reference.split(x, axis: axis, into: operands.outputs)
    case .splitSizes:
      let x = try operands.input(0)
      let axis = try operands.axis(2, rank: x.shape.rank)
      Reference.split(x, axis: axis, into: operands.outputs)
    case .slice:
      let x = try operands.input(0)
      Reference.slice(
        x, dimensions: x.shape.dimensions, starts: try operands.integers(1),
        steps: Array(repeating: 1, count: x.shape.rank),
        counts: try operands.output().shape.dimensions, into: try operands.output())
    case .stridedSlice(let options):
      let x = try operands.input(0)
      let range = try StridedRange(
        options, of: x.shape, begins: try operands.integers(1), ends: try operands.integers(2),
        strides: try operands.integers(3))
      Reference.slice(
        x, dimensions: range.dimensions, starts: range.starts, steps: range.strides,
        counts: range.counts, into: try operands.output())
    case .pack(let pack):
      let y = try operands.output()
      let axis = operands.counted(pack.axis, rank: y.shape.rank)
      Reference.pack(try operands.allInputs(), axis: axis, into: y)
    case .unpack(let unpack):
      let x = try operands.input(0)
      let axis = operands.counted(unpack.axis, rank: x.shape.rank)
      Reference.unpack(x, axis: axis, into: operands.outputs)
    default:
      throw KernelError("has no parts")
    }
  }

  private static func pad(_ operands: MovementOperands) throws {
    let (x, y) = (try operands.input(0), try operands.output())
    let before = try operands.befores(1)
    if operands.inputs.count > 2, let constant = operands.inputs[2] {
      Reference.pad(x, before: before, with: constant.bytes, into: y)
    } else {
      try withZero(of: y) { Reference.pad(x, before: before, with: $0, into: y) }
    }
  }

  /// The bytes of the element that stands for zero in `view`: the zero point where it has one.
  static func withZero(
    of view: MutableTensorView, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let zeroPoint = view.quantization?.zeroPoint ?? 0
    switch view.elementType {
    case .uint8: try withUnsafeBytes(of: try zero(zeroPoint, as: UInt8.self), body)
    case .int8: try withUnsafeBytes(of: try zero(zeroPoint, as: Int8.self), body)
    case .int16: try withUnsafeBytes(of: try zero(zeroPoint, as: Int16.self), body)
    case .int32: try withUnsafeBytes(of: try zero(zeroPoint, as: Int32.self), body)
    case .int64: try withUnsafeBytes(of: Int64(zeroPoint), body)
    default: try withUnsafeBytes(of: (UInt64(0), UInt64(0)), body)
    }
  }

  private static func zero<Element: FixedWidthInteger>(
    _ zeroPoint: Int, as type: Element.Type
  ) throws -> Element {
    guard let zero = Element(exactly: zeroPoint) else {
      throw KernelError("zero point \(zeroPoint) lies outside of what its elements hold")
    }
    return zero
  }

  private static func concatenate(
    _ options: Concatenation, _ operands: MovementOperands
  ) throws {
    let (inputs, y) = (try operands.allInputs(), try operands.output())
    let axis = operands.counted(options.axis, rank: y.shape.rank)
    switch y.elementType {
    case .uint8: Reference.concatenateRescaling(inputs, axis: axis, of: UInt8.self, into: y)
    case .int8: Reference.concatenateRescaling(inputs, axis: axis, of: Int8.self, into: y)
    default: Reference.concatenate(inputs, axis: axis, into: y)
    }
    guard options.activation != .none else { return }
    switch y.elementType {
    case .uint8: try clamp(y, to: options.activation, of: UInt8.self)
    case .int8: try clamp(y, to: options.activation, of: Int8.self)
    default:
      let (bounds, elements) = (options.activation.bounds, y.elements(of: Float.self))
      for index in elements.indices {
        elements[index] = max(bounds.lowerBound, min(bounds.upperBound, elements[index]))
      }
    }
  }

  private static func clamp<Element: TensorElement & FixedWidthInteger>(
    _ y: MutableTensorView, to activation: Activation, of type: Element.Type
  ) throws {
    guard let quantization = y.quantization else {
      throw KernelError("an activation of integers needs their quantisation")
    }
    let bounds = quantization.bounds(activation.bounds, of: type)
    let elements = y.elements(of: type)
    for index in elements.indices {
      let value = max(bounds.lowerBound, min(bounds.upperBound, Int32(elements[index])))
      elements[index] = Element(clamping: value)
    }
  }
}

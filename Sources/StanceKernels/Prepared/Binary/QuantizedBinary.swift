import CStanceKernels
import StanceTensors

/// ADD, SUB and MUL of 8-bit integers, prepared, broadcast as NumPy does.
///
/// Results are those of ``Reference/binary(_:_:_:bounds:into:)`` byte for byte. A unit is a stretch
/// of up to 8192 elements.
public struct QuantizedBinary: PreparedKernel {
  /// What is known of an operand beforehand.
  public struct Operand {
    public let shape: Shape
    public let quantization: Quantization?
    /// The elements where they never change: copied, and no input of the kernel then.
    public let constant: TensorView?

    public init(shape: Shape, quantization: Quantization?, constant: TensorView? = nil) {
      self.shape = shape
      self.quantization = quantization
      self.constant = constant
    }
  }

  private enum Terms {
    case sum(st_u8_sum_terms)
    case product(st_u8_product_terms)
  }

  public let name: String
  public var unitCount: Int { repeated?.unitCount ?? pairs.unitCount }
  public var scratchByteCount: Int { repeated == nil ? 0 : RepeatedRow.length }
  private let functions: ByteFunctions
  private let pairs: ElementPairs
  private let repeated: RepeatedRow?
  private let terms: Terms
  private let aConstant: Bytes?
  private let bConstant: Bytes?

  /// - Parameter bounds: of the real results.
  /// - Returns: nil where there is no fast kernel: other functions, types that are not 8-bit,
  ///   quantisations that LiteRT's fast kernels do not take either.
  public init?(
    _ function: Reference.BinaryFunction, _ a: Operand, _ b: Operand, result: Shape,
    resultQuantization: Quantization?, elementType: ElementType, bounds: ClosedRange<Float>,
    instructionSets: [InstructionSet] = InstructionSet.available
  ) {
    guard let domain = ByteDomain(elementType), let functions = ByteFunctions(instructionSets),
      let (a, b) = Self.widened(a, b, to: result),
      let pairs = ElementPairs(a.shape, b.shape, to: result),
      let scales = try? BinaryScales(
        a.quantization, b.quantization, resultQuantization, of: elementType),
      let terms = Self.terms(function, scales, bounds, elementType, domain)
    else { return nil }
    self.functions = functions
    self.pairs = pairs
    repeated = pairs.repeated
    self.terms = terms
    aConstant = a.constant
    bConstant = b.constant
    name = functions.name(function == .multiply ? "product" : "sum")
  }

  private typealias Known = (shape: Shape, quantization: Quantization?, constant: Bytes?)

  /// The operands, a constant of them spread to the result's shape where rows are short: its element
  /// of each row would make a call of each.
  private static func widened(
    _ a: Operand, _ b: Operand, to result: Shape
  ) -> (Known, Known)? {
    guard let pairs = ElementPairs(a.shape, b.shape, to: result) else { return nil }
    func known(_ operand: Operand, isA: Bool) -> Known {
      guard let constant = operand.constant else {
        return (operand.shape, operand.quantization, nil)
      }
      let step = isA ? pairs.aStep : pairs.bStep
      guard step == 0, operand.shape.elementCount > 1, pairs.unitCount > 1,
        result.elementCount <= 1 << 20
      else { return (operand.shape, operand.quantization, Bytes(copying: constant.bytes)) }
      let spread = Bytes(byteCount: result.elementCount) { memory in
        pairs.forEachRun(of: 0..<pairs.unitCount) { run in
          for index in 0..<run.count {
            memory[run.first + index] = constant.bytes[isA ? run.a : run.b]
          }
        }
      }
      return (result, operand.quantization, spread)
    }
    return (known(a, isA: true), known(b, isA: false))
  }

  private static func terms(
    _ function: Reference.BinaryFunction, _ scales: BinaryScales, _ bounds: ClosedRange<Float>,
    _ type: ElementType, _ domain: ByteDomain
  ) -> Terms? {
    let offset = Int32(domain.flip)
    let limits =
      type == .uint8
      ? scales.result.evenBounds(bounds, of: UInt8.self)
      : scales.result.evenBounds(bounds, of: Int8.self)
    let (lowest, highest) = (limits.lowerBound + offset, limits.upperBound + offset)
    let zeroPoint = scales.result.zeroPoint + offset
    let (aZero, bZero) = (scales.a.zeroPoint + offset, scales.b.zeroPoint + offset)
    switch function {
    case .add, .subtract:
      guard let factors = QuantizedSumFactors(scales, sign: function == .add ? 1 : -1) else {
        return nil
      }
      return .sum(
        st_u8_sum_terms(
          a_factor: factors.a, b_factor: factors.b,
          bias: factors.rounding &- factors.a &* aZero &- factors.b &* bZero,
          shift: factors.shift, zero_point: zeroPoint, lowest: lowest, highest: highest,
          flip: domain.flip))
    case .multiply:
      let scale = scales.a.scale * scales.b.scale / scales.result.scale
      guard (0x1p-16..<0x1p8).contains(scale) else { return nil }
      return .product(
        st_u8_product_terms(
          a_zero_point: aZero, b_zero_point: bZero, scale: scale, input_flip: domain.flip,
          output: st_u8_output(
            lowest_step: Float(lowest - zeroPoint), highest_step: Float(highest - zeroPoint),
            zero_point: zeroPoint, lowest: UInt8(truncatingIfNeeded: lowest), flip: domain.flip,
            highest: UInt8(truncatingIfNeeded: highest), kind: 0)))
    default: return nil
    }
  }

  public func run(
    units: Range<Int>, inputs: [TensorView], outputs: [MutableTensorView],
    scratch: UnsafeMutableRawBufferPointer
  ) {
    guard !units.isEmpty, let y = outputs[0].bytes.bindMemory(to: UInt8.self).baseAddress
    else { return }
    withOperand(aConstant, inputs.first) { a in
      withOperand(bConstant, inputs.last) { b in
        if let repeated, let copies = scratch.bindMemory(to: UInt8.self).baseAddress {
          repeated.fill(copies, with: repeated.isA ? a : b)
          let range = repeated.elements(of: units)
          for first in stride(from: range.lowerBound, to: range.upperBound, by: repeated.unitLength)
          {
            compute(
              repeated.isA ? UnsafePointer(copies) : a + first, 1,
              repeated.isA ? b + first : UnsafePointer(copies),
              1, into: y + first, count: min(repeated.unitLength, range.upperBound - first))
          }
        } else {
          pairs.forEachRun(of: units) { run in
            compute(
              a + run.a, pairs.aStep, b + run.b, pairs.bStep, into: y + run.first,
              count: run.count)
          }
        }
      }
    }
  }

  @inline(__always)
  private func compute(
    _ a: UnsafePointer<UInt8>, _ aStep: Int, _ b: UnsafePointer<UInt8>, _ bStep: Int,
    into y: UnsafeMutablePointer<UInt8>, count: Int
  ) {
    switch terms {
    case .sum(var terms): functions.table.sum?(a, aStep, b, bStep, y, count, &terms)
    case .product(var terms): functions.table.product?(a, aStep, b, bStep, y, count, &terms)
    }
  }

  private func withOperand(
    _ constant: Bytes?, _ input: TensorView?, _ body: (UnsafePointer<UInt8>) -> Void
  ) {
    if let constant {
      constant.withUnsafeBytes { bytes in
        if let elements = bytes.bindMemory(to: UInt8.self).baseAddress { body(elements) }
      }
    } else if let elements = input?.bytes.bindMemory(to: UInt8.self).baseAddress {
      body(elements)
    }
  }
}

/// XNNPACK's multipliers of 20 bits for sums of two quantised numbers.
private struct QuantizedSumFactors {
  let a: Int32
  let b: Int32
  let shift: Int32
  var rounding: Int32 { 1 << (shift - 1) }

  /// - Returns: nil where the scales are beyond what XNNPACK takes.
  init?(_ scales: BinaryScales, sign: Int32) {
    let aScale = scales.a.scale / scales.result.scale
    let bScale = scales.b.scale / scales.result.scale
    let range: Range<Float> = 0x1p-10..<0x1p8
    guard range.contains(aScale), range.contains(bScale) else { return nil }
    shift = Int32(20 - max(aScale, bScale).exponent)
    let unit = Float(sign: .plus, exponent: Int(shift), significand: 1)
    a = Int32((aScale * unit).rounded(.toNearestOrEven))
    b = Int32((bScale * unit).rounded(.toNearestOrEven)) &* sign
  }
}

extension BinaryScales {
  /// The same of quantisations without elements.
  init(
    _ a: Quantization?, _ b: Quantization?, _ result: Quantization?, of type: ElementType
  ) throws {
    func operand(_ quantization: Quantization?) -> TensorView {
      TensorView(
        shape: [0], elementType: type, quantization: quantization,
        bytes: UnsafeRawBufferPointer(start: nil, count: 0))
    }
    let empty = MutableTensorView(
      shape: [0], elementType: type, quantization: result,
      bytes: UnsafeMutableRawBufferPointer(start: nil, count: 0))
    if type == .uint8 {
      try self.init(operand(a), operand(b), empty, of: UInt8.self)
    } else {
      try self.init(operand(a), operand(b), empty, of: Int8.self)
    }
  }
}

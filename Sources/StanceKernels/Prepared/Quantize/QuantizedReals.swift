import CStanceKernels
import StanceTensors

/// QUANTIZE of real numbers to 8 bits, prepared, with ``Reference/quantize(_:into:)``'s results.
/// A unit is a stretch of up to 8192 elements.
public struct QuantizedReals: PreparedKernel {
  public var name: String { functions.name("quantize") }
  public var unitCount: Int { chunks.unitCount }
  public let scratchByteCount = 0
  private let functions: ByteFunctions
  private let chunks: ElementChunks
  private let output: st_u8_output
  private let reciprocal: Float

  /// - Returns: nil for types that are not 8-bit, quantisation per axis or a senseless one.
  public init?(
    shape: Shape, elementType: ElementType, quantization: Quantization?,
    instructionSets: [InstructionSet] = InstructionSet.available
  ) {
    guard let functions = ByteFunctions(instructionSets),
      let (scale, domain, zeroPoint) = byteScale(quantization, elementType)
    else { return nil }
    self.functions = functions
    chunks = ElementChunks(elementCount: shape.elementCount)
    reciprocal = 1 / scale
    output = st_u8_output(
      lowest_step: Float(-zeroPoint), highest_step: Float(255 - zeroPoint), zero_point: zeroPoint,
      lowest: 0, flip: domain.flip, highest: 255, kind: 0)
  }

  public func run(
    units: Range<Int>, inputs: [TensorView], outputs: [MutableTensorView],
    scratch: UnsafeMutableRawBufferPointer
  ) {
    let range = chunks.elements(of: units)
    guard !range.isEmpty, let x = inputs[0].bytes.bindMemory(to: Float.self).baseAddress,
      let y = outputs[0].bytes.bindMemory(to: UInt8.self).baseAddress
    else { return }
    var output = output
    functions.table.quantize?(
      x + range.lowerBound, reciprocal, y + range.lowerBound, range.count, &output)
  }
}

/// DEQUANTIZE of 8 bits to float32, prepared, with ``Reference/dequantize(_:into:)``'s results.
/// A unit is a stretch of up to 8192 elements.
public struct DequantizedBytes: PreparedKernel {
  public var name: String { functions.name("dequantize") }
  public var unitCount: Int { chunks.unitCount }
  public let scratchByteCount = 0
  private let functions: ByteFunctions
  private let chunks: ElementChunks
  private let flip: UInt8
  private let zeroPoint: Int32
  private let scale: Float

  /// - Returns: nil for types that are not 8-bit, quantisation per axis or a senseless one.
  public init?(
    shape: Shape, elementType: ElementType, quantization: Quantization?,
    instructionSets: [InstructionSet] = InstructionSet.available
  ) {
    guard let functions = ByteFunctions(instructionSets),
      let (scale, domain, zeroPoint) = byteScale(quantization, elementType)
    else { return nil }
    self.functions = functions
    chunks = ElementChunks(elementCount: shape.elementCount)
    flip = domain.flip
    self.zeroPoint = zeroPoint
    self.scale = scale
  }

  public func run(
    units: Range<Int>, inputs: [TensorView], outputs: [MutableTensorView],
    scratch: UnsafeMutableRawBufferPointer
  ) {
    let range = chunks.elements(of: units)
    guard !range.isEmpty, let x = inputs[0].bytes.bindMemory(to: UInt8.self).baseAddress,
      let y = outputs[0].bytes.bindMemory(to: Float.self).baseAddress
    else { return }
    functions.table.dequantize?(
      x + range.lowerBound, flip, zeroPoint, scale, y + range.lowerBound, range.count)
  }
}

/// The scale and the zero point of unsigned bytes; nil where they make no sense.
private func byteScale(
  _ quantization: Quantization?, _ type: ElementType
) -> (Float, ByteDomain, Int32)? {
  guard let domain = ByteDomain(type), let quantization, !quantization.isPerAxis,
    quantization.scale.isFinite, quantization.scale > 0,
    let zeroPoint = domain.unsigned(quantization.zeroPoint)
  else { return nil }
  return (quantization.scale, domain, zeroPoint)
}

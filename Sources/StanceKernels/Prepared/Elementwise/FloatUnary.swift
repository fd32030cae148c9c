import CStanceKernels
import StanceTensors

/// Functions of one float32 element: RELU and its kin, PRELU, LEAKY_RELU, HARD_SWISH, LOGISTIC, EXP.
///
/// A unit is 4096 elements, or a row along the last dimension for PRELU with slopes. `exponential`
/// is within 2 units in the last place, `logistic` within 3. Inputs: x. The output may be x.
public struct FloatUnary: PreparedKernel {
  public enum Function: Hashable, Sendable {
    /// PRELU's slopes belong to the last dimension.
    case activation(FloatActivation)
    case leakyReLU(slope: Float)
    case logistic
    case exponential
  }

  private let function: Function
  private let kernels: FloatKernels
  private let elementCount: Int
  private let unitLength: Int
  private let activation: PackedActivation

  public init(
    _ function: Function, shape: Shape,
    instructionSets: [InstructionSet] = InstructionSet.available
  ) {
    kernels = FloatKernels.best(in: instructionSets)
    self.function = function
    elementCount = shape.elementCount
    var unitLength = 4096
    var activation = FloatActivation.none
    switch function {
    case .activation(let given):
      activation = given
      if case .parametricReLU = given { unitLength = max(shape.last ?? 1, 1) }
    case .leakyReLU(let slope):
      activation = .parametricReLU([Float](repeating: slope, count: unitLength))
    case .logistic, .exponential: break
    }
    self.unitLength = unitLength
    self.activation = PackedActivation(
      activation, channelCount: unitLength, width: kernels.width)
  }

  public var name: String {
    let label =
      switch function {
      case .activation(.parametricReLU): "prelu"
      case .activation(.hardSwish): "hard_swish"
      case .activation: "clamp"
      case .leakyReLU: "leaky_relu"
      case .logistic: "logistic"
      case .exponential: "exp"
      }
    return "f32_\(label)_\(kernels.instructionSet.rawValue)"
  }

  public var unitCount: Int { (elementCount + unitLength - 1) / unitLength }
  public var scratchByteCount: Int { 0 }

  public func run(
    units: Range<Int>, inputs: [TensorView], outputs: [MutableTensorView],
    scratch: UnsafeMutableRawBufferPointer
  ) {
    guard !units.isEmpty, let x = inputs[0].elements(of: Float.self).baseAddress,
      let y = outputs[0].elements(of: Float.self).baseAddress
    else { return }
    let first = units.lowerBound * unitLength
    let count = min(units.upperBound * unitLength, elementCount) - first
    switch function {
    case .logistic: kernels.table.logistic?(x + first, y + first, count)
    case .exponential: kernels.table.exponential?(x + first, y + first, count)
    case .activation, .leakyReLU:
      var descriptor = activation.descriptor()
      let (rows, rest) = count.quotientAndRemainder(dividingBy: unitLength)
      kernels.table.activate?(x + first, y + first, rows, Int32(unitLength), &descriptor)
      let done = first + rows * unitLength
      kernels.table.activate?(x + done, y + done, 1, Int32(rest), &descriptor)
    }
  }
}

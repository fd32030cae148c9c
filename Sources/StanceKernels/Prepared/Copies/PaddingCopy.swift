import StanceTensors

/// PAD of a tensor of rank 4 or less with one repeated element.
///
/// A unit is a run of the output along its last two dimensions. Inputs: x.
public struct PaddingCopy: PreparedKernel {
  private let input: [Int]
  private let output: [Int]
  private let before: [Int]
  private let constant: [UInt8]

  /// - Parameters:
  ///   - before: elements in front of x along each dimension.
  ///   - constant: the bytes of the element that fills the rest.
  /// - Returns: nil for ranks above 4, and where x does not fit the output behind what is in front.
  public init?(input: Shape, output: Shape, before: [Int], constant: [UInt8]) {
    guard input.rank <= 4, input.rank == output.rank, before.count == input.rank,
      !constant.isEmpty,
      input.indices.allSatisfy({ before[$0] >= 0 && before[$0] <= output[$0] - input[$0] })
    else { return nil }
    let missing = 4 - input.rank
    self.input = [Int](repeating: 1, count: missing) + input.dimensions
    self.output = [Int](repeating: 1, count: missing) + output.dimensions
    self.before = [Int](repeating: 0, count: missing) + before
    self.constant = constant
  }

  public var name: String { "copy_padding" }
  public var unitCount: Int { output.contains(0) ? 0 : output[0] * output[1] }
  public var scratchByteCount: Int { 0 }

  public func run(
    units: Range<Int>, inputs: [TensorView], outputs: [MutableTensorView],
    scratch: UnsafeMutableRawBufferPointer
  ) {
    guard !units.isEmpty, let target = outputs[0].bytes.baseAddress else { return }
    let size = constant.count
    let row = output[3] * size
    let piece = input[3] * size
    for unit in units {
      let n = unit / output[1] - before[0]
      let i = unit % output[1] - before[1]
      let isInside = n >= 0 && n < input[0] && i >= 0 && i < input[1]
      for column in 0..<output[2] {
        let to = target + (unit * output[2] + column) * row
        let j = column - before[2]
        guard isInside, j >= 0, j < input[2], piece > 0, let source = inputs[0].bytes.baseAddress
        else {
          fill(to, count: output[3])
          continue
        }
        let start = before[3] * size
        fill(to, count: before[3])
        (to + start).copyMemory(
          from: source + ((n * input[1] + i) * input[2] + j) * piece, byteCount: piece)
        fill(to + start + piece, count: output[3] - before[3] - input[3])
      }
    }
  }

  private func fill(_ target: UnsafeMutableRawPointer, count: Int) {
    for index in 0..<count * constant.count {
      target.storeBytes(of: constant[index % constant.count], toByteOffset: index, as: UInt8.self)
    }
  }
}

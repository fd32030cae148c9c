import StanceTensors

/// Copies of elements whose places are known beforehand: PACK, SLICE, TRANSPOSE, SPACE_TO_DEPTH and
/// their kin.
///
/// A unit is up to 64 pieces that lie together in an operand and in a result. Inputs: the operands.
public struct ElementMoves: PreparedKernel {
  private static let unitLength = 64
  /// More take more memory than the plain kernel is slower.
  private static let mostPieces = 1 << 16

  /// Bytes that lie together on both sides.
  private struct Piece {
    let input: Int32
    let output: Int32
    let from: Int
    let to: Int
    var count: Int
  }

  private let pieces: [Piece]

  /// - Parameters:
  ///   - sources: for each element of each output, where it comes from: an element counted through
  ///     all inputs, one behind the other.
  ///   - inputCounts: the elements of each input.
  /// - Returns: nil where a source is no element, or where there are too many pieces to keep.
  public init?(sources: [[Int32]], inputCounts: [Int], elementByteCount size: Int) {
    var pieces: [Piece] = []
    let ends = inputCounts.reduce(into: []) { $0.append(($0.last ?? 0) + $1) }
    for (output, sources) in sources.enumerated() {
      for (index, source) in sources.enumerated() {
        guard source >= 0, let input = ends.firstIndex(where: { source < $0 }) else { return nil }
        let from = (Int(source) - ends[input] + inputCounts[input]) * size
        if let last = pieces.last, last.output == output, last.input == input,
          last.from + last.count == from
        {
          pieces[pieces.count - 1].count += size
        } else {
          guard pieces.count < Self.mostPieces else { return nil }
          pieces.append(
            Piece(
              input: Int32(input), output: Int32(output), from: from, to: index * size, count: size)
          )
        }
      }
    }
    self.pieces = pieces
  }

  public var name: String { "copy_elements" }
  public var unitCount: Int { (pieces.count + Self.unitLength - 1) / Self.unitLength }
  public var scratchByteCount: Int { 0 }

  public func run(
    units: Range<Int>, inputs: [TensorView], outputs: [MutableTensorView],
    scratch: UnsafeMutableRawBufferPointer
  ) {
    let end = min(units.upperBound * Self.unitLength, pieces.count)
    for index in min(units.lowerBound * Self.unitLength, end)..<end {
      let piece = pieces[index]
      guard let source = inputs[Int(piece.input)].bytes.baseAddress,
        let target = outputs[Int(piece.output)].bytes.baseAddress
      else { return }
      (target + piece.to).copyMemory(from: source + piece.from, byteCount: piece.count)
    }
  }
}

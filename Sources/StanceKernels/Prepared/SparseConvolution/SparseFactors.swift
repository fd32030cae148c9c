import CStanceKernels
import StanceTensors

/// The weights of a pointwise convolution that are not zero, with their depths, for a block of the
/// depth and a column at a time.
struct SparseFactors: Sendable {
  let depth: Int
  let columns: Int
  /// Depths of a block; the last block may be shorter.
  let blockDepth: Int
  /// For block b and position i, at `b * columns + i`: the first weight.
  private let starts: PackedNumbers<Int32>
  /// Within the block.
  private let depths: PackedNumbers<Int32>
  private let weights: PackedNumbers<Float>
  /// The column at each position, where a block has columns of like counts together: the count of a
  /// loop that seldom changes is well predicted.
  private let order: PackedNumbers<Int32>
  /// By the positions of the first block.
  private let bias: PackedNumbers<Float>

  /// - Parameters:
  ///   - weights: `[O, 1, 1, C]`, dense.
  ///   - depthOrder: which input channel is at each depth; nil for their own order.
  ///   - columnOrder: which output channel is at each position, in every block; nil to sort them.
  init(
    weights: TensorView, bias: TensorView?, blockDepth: Int, depthOrder: [Int]? = nil,
    columnOrder: [Int]? = nil
  ) {
    let (columns, depth) = (weights.shape[0], weights.shape[3])
    let blocks = (depth + blockDepth - 1) / blockDepth
    let dense = weights.elements(of: Float.self)
    let total = dense.reduce(0) { $1 == 0 ? $0 : $0 + 1 }
    var orders: [Int32] = []
    orders.reserveCapacity(blocks * columns)
    let starts = PackedNumbers<Int32>(count: blocks * columns + 1, zero: 0) { _ in }
    let depths = PackedNumbers<Int32>(count: total, zero: 0) { _ in }
    let stored = PackedNumbers<Float>(count: total, zero: 0) { _ in }
    let block = SparseBlock(columns: columns, depth: min(blockDepth, depth))
    var (end, position) = (0, 0)
    for first in stride(from: 0, to: depth, by: blockDepth) {
      let taken = first..<min(first + blockDepth, depth)
      for column in 0..<columns {
        block.fill(column, from: dense, at: column * depth, taken, depthOrder)
      }
      let counts = block.counts
      let order = columnOrder ?? (0..<columns).sorted { (counts[$0], $0) < (counts[$1], $1) }
      for column in order {
        block.copy(column, depths: depths.base + end, weights: stored.base + end)
        end += counts[column]
        position += 1
        starts.base[position] = Int32(end)
        orders.append(Int32(column))
      }
    }
    let biases = bias?.elements(of: Float.self)
    self.bias = PackedNumbers(orders.prefix(columns).map { biases?[Int($0)] ?? 0 })
    (self.depth, self.columns, self.blockDepth) = (depth, columns, blockDepth)
    (self.starts, self.depths, self.weights) = (starts, depths, stored)
    order = PackedNumbers(orders)
  }

  /// The factors of `block` from `position` on, for planes of pixels at `x`.
  func descriptor(
    block: Int = 0, position: Int = 0, x: UnsafePointer<Float>, plane: Int
  ) -> st_f32_sparse_factors {
    st_f32_sparse_factors(
      x: x, x_plane: plane, starts: UnsafePointer(starts.base + block * columns + position),
      depths: UnsafePointer(depths.base), weights: UnsafePointer(weights.base),
      bias: block == 0 ? UnsafePointer(bias.base + position) : nil)
  }

  /// The columns at the positions of `block`.
  func order(block: Int) -> UnsafePointer<Int32> {
    UnsafePointer(order.base + block * columns)
  }

  /// The output channels of dense weights, those with few weights first.
  static func columnsByCount(_ weights: TensorView) -> [Int] {
    let (columns, depth) = (weights.shape[0], weights.shape[3])
    let dense = weights.elements(of: Float.self)
    let counts = (0..<columns).map { column in
      dense[column * depth..<(column + 1) * depth].reduce(0) { $1 == 0 ? $0 : $0 + 1 }
    }
    return (0..<columns).sorted { (counts[$0], $0) < (counts[$1], $1) }
  }
}

/// What one block of the depth has in each column.
private final class SparseBlock {
  private(set) var counts: [Int]
  /// One more than there can be, as what is skipped is written first.
  private let stride: Int
  private let depths: PackedNumbers<Int32>
  private let weights: PackedNumbers<Float>

  init(columns: Int, depth: Int) {
    stride = depth + 1
    counts = Array(repeating: 0, count: columns)
    depths = PackedNumbers(count: columns * stride, zero: 0) { _ in }
    weights = PackedNumbers(count: columns * stride, zero: 0) { _ in }
  }

  /// Without branches, as nobody can predict which weights are zero.
  func fill(
    _ column: Int, from dense: UnsafeBufferPointer<Float>, at row: Int, _ taken: Range<Int>,
    _ depthOrder: [Int]?
  ) {
    let (toDepth, toWeight) = (depths.base + column * stride, weights.base + column * stride)
    var count = 0
    func take(_ weight: Float, at k: Int) {
      toDepth[count] = Int32(truncatingIfNeeded: k - taken.lowerBound)
      toWeight[count] = weight
      count += weight == 0 ? 0 : 1
    }
    if let depthOrder {
      for k in taken { take(dense[row + depthOrder[k]], at: k) }
    } else {
      for k in taken { take(dense[row + k], at: k) }
    }
    counts[column] = count
  }

  func copy(
    _ column: Int, depths toDepths: UnsafeMutablePointer<Int32>,
    weights toWeights: UnsafeMutablePointer<Float>
  ) {
    toDepths.update(from: depths.base + column * stride, count: counts[column])
    toWeights.update(from: weights.base + column * stride, count: counts[column])
  }
}

import StanceTensors

/// Where the elements of a block lie in a buffer: the first one, and the step along each dimension.
///
/// Both count elements. A step may be negative.
struct BlockLayout {
  var offset: Int
  var strides: [Int]

  init(offset: Int = 0, strides: [Int]) {
    self.offset = offset
    self.strides = strides
  }

  /// The block that starts at `starts` and walks by `steps` in a row-major tensor of `shape`.
  init(of shape: Shape, starts: [Int]? = nil, steps: [Int]? = nil) {
    let tensorStrides = shape.strides
    offset = zip(starts ?? [], tensorStrides).reduce(0) { $0 + $1.0 * $1.1 }
    strides = steps.map { zip(tensorStrides, $0).map { $0 * $1 } } ?? tensorStrides
  }

  /// The lowest and highest element of a block of `counts`, none of which is zero.
  func extent(of counts: [Int]) -> ClosedRange<Int> {
    var (lowest, highest) = (offset, offset)
    for (count, stride) in zip(counts, strides) {
      let reach = (count - 1) * stride
      lowest += min(reach, 0)
      highest += max(reach, 0)
    }
    return lowest...highest
  }
}

extension Reference {
  /// `target[layout + i * strides] = source[layout + i * strides]` for each index `i` below
  /// `counts`, in elements of any size. The buffers must not overlap.
  ///
  /// - Precondition: all elements lie within the buffers.
  static func copyBlock(
    of counts: [Int], elementByteCount size: Int,
    from source: UnsafeRawBufferPointer, _ sourceLayout: BlockLayout,
    to target: UnsafeMutableRawBufferPointer, _ targetLayout: BlockLayout
  ) {
    guard counts.allSatisfy({ $0 > 0 }) else { return }
    let read = sourceLayout.extent(of: counts)
    let written = targetLayout.extent(of: counts)
    precondition(read.lowerBound >= 0 && (read.upperBound + 1) * size <= source.count)
    precondition(written.lowerBound >= 0 && (written.upperBound + 1) * size <= target.count)
    guard let source = source.baseAddress, let target = target.baseAddress else { return }

    var dimensions = BlockDimension.merging(counts, sourceLayout.strides, targetLayout.strides)
    var run = BlockDimension(count: 1, sourceStride: 0, targetStride: 0)
    if let last = dimensions.last, last.sourceStride == 1, last.targetStride == 1 {
      run = dimensions.removeLast()
    }
    let inner = dimensions.popLast() ?? BlockDimension(count: 1, sourceStride: 0, targetStride: 0)
    var from = sourceLayout.offset * size
    var to = targetLayout.offset * size
    var indices = [Int](repeating: 0, count: dimensions.count)
    while true {
      copyRuns(
        inner, byteCount: run.count * size, elementByteCount: size, from: source + from,
        to: target + to)
      var axis = dimensions.count - 1
      while axis >= 0 {
        let dimension = dimensions[axis]
        indices[axis] += 1
        from += dimension.sourceStride * size
        to += dimension.targetStride * size
        if indices[axis] < dimension.count { break }
        indices[axis] = 0
        from -= dimension.count * dimension.sourceStride * size
        to -= dimension.count * dimension.targetStride * size
        axis -= 1
      }
      if axis < 0 { return }
    }
  }

  private static func copyRuns(
    _ dimension: BlockDimension, byteCount: Int, elementByteCount size: Int,
    from source: UnsafeRawPointer, to target: UnsafeMutableRawPointer
  ) {
    let (from, to) = (dimension.sourceStride * size, dimension.targetStride * size)
    switch byteCount {
    case 1: copyEach(UInt8.self, dimension.count, source, from, target, to)
    case 2: copyEach(UInt16.self, dimension.count, source, from, target, to)
    case 4: copyEach(UInt32.self, dimension.count, source, from, target, to)
    case 8: copyEach(UInt64.self, dimension.count, source, from, target, to)
    default:
      for index in 0..<dimension.count {
        (target + index * to).copyMemory(from: source + index * from, byteCount: byteCount)
      }
    }
  }

  @inline(__always)
  private static func copyEach<Element: BitwiseCopyable>(
    _ type: Element.Type, _ count: Int, _ source: UnsafeRawPointer, _ sourceStep: Int,
    _ target: UnsafeMutableRawPointer, _ targetStep: Int
  ) {
    for index in 0..<count {
      let element = source.loadUnaligned(fromByteOffset: index * sourceStep, as: type)
      target.storeBytes(of: element, toByteOffset: index * targetStep, as: type)
    }
  }
}

/// One dimension of a block, with its steps in both buffers.
private struct BlockDimension {
  var count: Int
  var sourceStride: Int
  var targetStride: Int

  /// The dimensions without those of size 1, neighbours made one wherever they are one walk.
  static func merging(
    _ counts: [Int], _ sourceStrides: [Int], _ targetStrides: [Int]
  ) -> [BlockDimension] {
    var merged: [BlockDimension] = []
    for axis in counts.indices where counts[axis] > 1 {
      let next = BlockDimension(
        count: counts[axis], sourceStride: sourceStrides[axis], targetStride: targetStrides[axis])
      if let last = merged.last, last.sourceStride == next.count * next.sourceStride,
        last.targetStride == next.count * next.targetStride
      {
        merged[merged.count - 1] = BlockDimension(
          count: last.count * next.count, sourceStride: next.sourceStride,
          targetStride: next.targetStride)
      } else {
        merged.append(next)
      }
    }
    return merged
  }
}

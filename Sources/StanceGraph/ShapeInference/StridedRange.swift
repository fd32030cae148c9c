import StanceTensors

/// What STRIDED_SLICE takes of a tensor, its masks worked out.
///
/// All arrays have one entry a dimension of the tensor with the new axes inserted.
package struct StridedRange: Sendable {
  /// The tensor's dimensions, with one of size 1 for each new axis.
  package private(set) var dimensions: [Int] = []
  /// The first index taken; within the dimension wherever anything is taken.
  package private(set) var starts: [Int] = []
  /// The step from one index to the next; never zero.
  package private(set) var strides: [Int] = []
  /// How many indices are taken.
  package private(set) var counts: [Int] = []
  /// The result's shape: ``counts`` without the dimensions that are dropped.
  package private(set) var resultShape = Shape.scalar

  private var resultDimensions: [Int] = []

  /// - Throws: `GraphError` where the entries do not fit the shape, a stride is zero, or a single
  ///   index lies outside.
  package init(
    _ options: StridedSlice, of shape: Shape, begins: [Int], ends: [Int], strides: [Int]
  ) throws {
    let ellipsis = begins.indices.first { options.ellipsisMask.hasBit($0) }
    let ellipsisCount = begins.indices.count { options.ellipsisMask.hasBit($0) }
    let newAxisCount = begins.indices.count {
      options.newAxisMask.hasBit($0) && !options.ellipsisMask.hasBit($0)
    }
    let namedCount = begins.count - newAxisCount - ellipsisCount
    guard ellipsisCount <= 1, namedCount <= shape.rank else {
      throw GraphError(
        "STRIDED_SLICE: \(begins.count) ranges do not fit a tensor of shape \(shape)")
    }
    var axis = 0
    for index in begins.indices {
      if index == ellipsis {
        // Where it has nothing to stand for, TensorFlow Lite still gives it a dimension, and leaves
        // the last range out for it.
        for _ in 0..<max(shape.rank - namedCount, 1) where axis < shape.rank {
          appendWhole(shape[axis])
          axis += 1
        }
      } else if options.newAxisMask.hasBit(index) {
        appendWhole(1)
      } else if axis < shape.rank {
        try append(
          size: shape[axis], begin: begins[index], end: ends[index], stride: strides[index],
          options: options, index: index)
        axis += 1
      }
    }
    while axis < shape.rank {
      appendWhole(shape[axis])
      axis += 1
    }
    resultShape = try Shape(validating: resultDimensions)
  }

  private mutating func appendWhole(_ size: Int) {
    append(size: size, start: 0, stride: 1, count: size)
    resultDimensions.append(size)
  }

  private mutating func append(
    size: Int, begin: Int, end: Int, stride: Int, options: StridedSlice, index: Int
  ) throws {
    guard stride != 0, stride != .min else {
      throw GraphError("STRIDED_SLICE: a stride of \(stride) along dimension \(index)")
    }
    // The positions before the first element and after the last, in the stride's direction.
    let limits = stride > 0 ? 0...size : -1...max(size - 1, -1)
    var start = limits.clamp(begin < 0 ? begin + size : begin)
    if options.beginMask.hasBit(index) { start = stride > 0 ? 0 : size - 1 }
    if options.shrinkAxisMask.hasBit(index) {
      guard (0..<size).contains(start) else {
        throw GraphError("STRIDED_SLICE: index \(begin) lies outside of \(size) elements")
      }
      append(size: size, start: start, stride: 1, count: 1)
      return
    }
    var stop = end
    if options.endIsOffset {
      let (sum, overflow) = end.addingReportingOverflow(start)
      stop = overflow ? (end < 0 ? -1 : size) : sum
    }
    stop = limits.clamp(stop < 0 ? stop + size : stop)
    if options.endMask.hasBit(index) { stop = stride > 0 ? size : -1 }
    let distance = stride > 0 ? stop - start : start - stop
    let step = abs(stride)
    let count = distance > 0 ? (distance - 1) / step + 1 : 0
    append(size: size, start: start, stride: stride, count: count)
    resultDimensions.append(count)
  }

  private mutating func append(size: Int, start: Int, stride: Int, count: Int) {
    dimensions.append(size)
    starts.append(start)
    strides.append(stride)
    counts.append(count)
  }
}

extension Int {
  fileprivate func hasBit(_ index: Int) -> Bool {
    self >> index & 1 == 1
  }
}

extension ClosedRange<Int> {
  fileprivate func clamp(_ value: Int) -> Int {
    Swift.min(Swift.max(value, lowerBound), upperBound)
  }
}

import StanceTensors

/// PAD (zeros, or the zero point), PADV2 (the third operand).
public struct Pad: Hashable, Sendable {
  /// Whether the third operand is what is padded with.
  public var hasConstant: Bool

  public init(hasConstant: Bool) {
    self.hasConstant = hasConstant
  }
}

/// MIRROR_PAD.
public struct MirrorPad: Hashable, Sendable {
  /// Whether the border element itself is repeated.
  public enum Mode: String, Hashable, Sendable {
    /// Without the border element: `c b | a b c`.
    case reflect
    /// With it: `b a | a b c`.
    case symmetric
  }

  public var mode: Mode

  public init(mode: Mode) {
    self.mode = mode
  }
}

/// CONCATENATION along an axis; a negative one counts from the last.
public struct Concatenation: Hashable, Sendable {
  public var axis: Int
  public var activation: Activation

  public init(axis: Int, activation: Activation = .none) {
    self.axis = axis
    self.activation = activation
  }
}

/// SPLIT into equal parts, SPLIT_V into parts of given sizes (one of which may be -1: the rest).
public struct Split: Hashable, Sendable {
  public var count: Int

  public init(count: Int) {
    self.count = count
  }
}

/// STRIDED_SLICE, with TensorFlow's bit masks: bit `i` speaks of the `i`-th entry of begin, end
/// and strides.
public struct StridedSlice: Hashable, Sendable {
  /// Ranges whose begin counts for nothing: they start at the first element.
  public var beginMask: Int
  /// Ranges whose end counts for nothing: they go on to the last element.
  public var endMask: Int
  /// The entry that stands for all dimensions not named.
  public var ellipsisMask: Int
  /// Entries that stand for a new dimension of size 1.
  public var newAxisMask: Int
  /// Entries that take one index and drop the dimension.
  public var shrinkAxisMask: Int
  /// The end is counted from the begin.
  public var endIsOffset: Bool

  public init(
    beginMask: Int = 0, endMask: Int = 0, ellipsisMask: Int = 0, newAxisMask: Int = 0,
    shrinkAxisMask: Int = 0, endIsOffset: Bool = false
  ) {
    self.beginMask = beginMask
    self.endMask = endMask
    self.ellipsisMask = ellipsisMask
    self.newAxisMask = newAxisMask
    self.shrinkAxisMask = shrinkAxisMask
    self.endIsOffset = endIsOffset
  }
}

/// RESHAPE to the second operand, or to ``shape`` where there is none. One dimension may be -1.
public struct Reshape: Hashable, Sendable {
  public var shape: [Int]?

  public init(shape: [Int]?) {
    self.shape = shape
  }
}

/// SQUEEZE: drops the given dimensions of size 1, or all of them where none are given.
public struct Squeeze: Hashable, Sendable {
  /// Negative ones count from the last.
  public var axes: [Int]

  public init(axes: [Int]) {
    self.axes = axes
  }
}

/// PACK: stacks tensors of one shape along a new axis.
public struct Pack: Hashable, Sendable {
  public var count: Int
  public var axis: Int

  public init(count: Int, axis: Int) {
    self.count = count
    self.axis = axis
  }
}

/// UNPACK: takes a tensor apart along an axis, which is dropped.
public struct Unpack: Hashable, Sendable {
  public var count: Int
  public var axis: Int

  public init(count: Int, axis: Int) {
    self.count = count
    self.axis = axis
  }
}

/// GATHER along an axis.
public struct Gather: Hashable, Sendable {
  public var axis: Int
  /// The number of leading dimensions that x and indices share.
  public var batchDimensions: Int

  public init(axis: Int, batchDimensions: Int = 0) {
    self.axis = axis
    self.batchDimensions = batchDimensions
  }
}

/// DEPTH_TO_SPACE, SPACE_TO_DEPTH.
public struct BlockSize: Hashable, Sendable {
  public var size: Int

  public init(size: Int) {
    self.size = size
  }
}

/// SHAPE: the dimensions as `int32` or `int64`.
public struct ShapeOf: Hashable, Sendable {
  /// `int32` or `int64`.
  public var indexType: ElementType

  public init(indexType: ElementType) {
    self.indexType = indexType
  }
}

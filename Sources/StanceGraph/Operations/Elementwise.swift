import StanceTensors

/// ADD, SUB, MUL, DIV, FLOOR_DIV, MAXIMUM, MINIMUM, with NumPy's broadcasting.
public struct Binary: Hashable, Sendable {
  /// The arithmetic.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case add, subtract, multiply, divide, floorDivide, maximum, minimum
  }

  public var kind: Kind
  /// `none` for floorDivide, maximum and minimum.
  public var activation: Activation

  public init(kind: Kind, activation: Activation = .none) {
    self.kind = kind
    self.activation = activation
  }
}

/// EQUAL and its kin: two tensors in, broadcast, one of `bool` out.
public struct Comparison: Hashable, Sendable {
  /// The relation.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case equal, notEqual, less, lessEqual, greater, greaterEqual
  }

  public var kind: Kind

  public init(kind: Kind) {
    self.kind = kind
  }
}

/// Functions of one element.
public struct Unary: Hashable, Sendable {
  /// The function.
  public enum Kind: Hashable, Sendable {
    case squareRoot, reciprocalSquareRoot, negate, absolute, exponential
    case logistic, tanh, relu, relu6, reluN1To1, elu, hardSwish
    case leakyReLU(alpha: Float)
  }

  public var kind: Kind

  public init(kind: Kind) {
    self.kind = kind
  }
}

/// SELECT, SELECT_V2.
public struct Select: Hashable, Sendable {
  /// V2 broadcasts all three operands; the first version takes equal shapes, or a condition of
  /// rank 0 or 1 that chooses whole elements of the first dimension.
  public var broadcasts: Bool

  public init(broadcasts: Bool) {
    self.broadcasts = broadcasts
  }
}

/// SOFTMAX along the last dimension.
public struct Softmax: Hashable, Sendable {
  /// What elements are multiplied by before the exponential.
  public var beta: Float

  public init(beta: Float) {
    self.beta = beta
  }
}

/// L2_NORMALIZATION along the last dimension.
public struct L2Normalization: Hashable, Sendable {
  public var activation: Activation

  public init(activation: Activation = .none) {
    self.activation = activation
  }
}

/// MEAN, SUM, REDUCE_MAX over the axes of the second operand.
public struct Reduction: Hashable, Sendable {
  /// What is made of the elements.
  public enum Kind: String, Hashable, Sendable, CaseIterable { case mean, sum, max }

  public var kind: Kind
  /// Reduced dimensions stay, with size 1.
  public var keepsDimensions: Bool

  public init(kind: Kind, keepsDimensions: Bool) {
    self.kind = kind
    self.keepsDimensions = keepsDimensions
  }
}

/// ARG_MAX, ARG_MIN: the index of the first largest or smallest element along an axis.
public struct Extremum: Hashable, Sendable {
  /// Whether the largest or the smallest element is looked for.
  public enum Kind: String, Hashable, Sendable { case max, min }

  public var kind: Kind
  /// `int32` or `int64`.
  public var indexType: ElementType

  public init(kind: Kind, indexType: ElementType) {
    self.kind = kind
    self.indexType = indexType
  }
}

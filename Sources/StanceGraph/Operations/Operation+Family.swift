extension Operation {
  /// Operators of one family have their shapes and their kernels found in the same places.
  package enum Family: Hashable, Sendable {
    /// Windows of pictures, reductions and resizing.
    case windows
    /// One element of each operand for one of the result.
    case elementwise
    /// Tensors put together, taken apart, and made larger or smaller at their borders.
    case parts
    /// The same elements in another shape or order.
    case rearrangement
    /// Elements chosen by index or by value.
    case selection
    /// Tensors made from shapes and numbers.
    case generation
  }

  /// nil for custom operators and unsupported ones.
  package var family: Family? {
    switch self {
    case .convolution, .depthwiseConvolution, .transposeConvolution, .fullyConnected, .pooling,
      .reduction, .l2Normalization, .softmax, .resize:
      .windows
    case .binary, .comparison, .unary, .parametricReLU, .select, .cast, .quantize, .dequantize,
      .densify:
      .elementwise
    case .pad, .mirrorPad, .concatenation, .split, .splitSizes, .slice, .stridedSlice, .pack,
      .unpack:
      .parts
    case .reshape, .squeeze, .expandDimensions, .transpose, .depthToSpace, .spaceToDepth,
      .spaceToBatch, .batchToSpace:
      .rearrangement
    case .gather, .gatherND, .topK, .extremum:
      .selection
    case .shape, .fill, .range, .where:
      .generation
    case .custom, .unsupported:
      nil
    }
  }
}

/// Where the windows of a convolution or a pooling lie: output pixel `o` looks at the input from
/// `o * stride - padding`, every `dilation`-th pixel, along each of height and width.
public struct WindowGeometry: Hashable, Sendable, BitwiseCopyable {
  /// Input rows from one window to the next.
  public var strideHeight: Int
  /// Input columns from one window to the next.
  public var strideWidth: Int
  /// Input rows from one row of a window to the next.
  public var dilationHeight: Int
  /// Input columns from one column of a window to the next.
  public var dilationWidth: Int
  /// How many rows the first window reaches over the top.
  public var paddingTop: Int
  /// How many columns the first window reaches over the left edge.
  public var paddingLeft: Int

  public init(
    strideHeight: Int, strideWidth: Int, dilationHeight: Int = 1, dilationWidth: Int = 1,
    paddingTop: Int, paddingLeft: Int
  ) {
    self.strideHeight = strideHeight
    self.strideWidth = strideWidth
    self.dilationHeight = dilationHeight
    self.dilationWidth = dilationWidth
    self.paddingTop = paddingTop
    self.paddingLeft = paddingLeft
  }
}

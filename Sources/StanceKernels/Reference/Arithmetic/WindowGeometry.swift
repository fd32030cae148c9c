/// Where the windows of a convolution or a pooling lie: output pixel `o` looks at the input from
/// `o * stride - padding`, every `dilation`-th pixel, along each of height and width.
public struct WindowGeometry: Hashable, Sendable {
  public var strideHeight: Int
  public var strideWidth: Int
  public var dilationHeight: Int
  public var dilationWidth: Int
  public var paddingTop: Int
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

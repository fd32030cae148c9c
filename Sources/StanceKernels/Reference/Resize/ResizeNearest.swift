import StanceTensors

extension Reference {
  /// Takes the nearest pixel: x `[N, H, W, C]` of any element type, output `[N, oH, oW, C]`.
  ///
  /// Output pixel `o` takes input pixel `floor((o + h) * size / outputSize)`, where `h` is 0.5 with
  /// half-pixel centres, else 0; with aligned corners `round((o + h) * (size - 1) / (outputSize - 1))`.
  public static func resizeNearest(
    _ input: TensorView, output: MutableTensorView, alignsCorners: Bool,
    usesHalfPixelCenters: Bool
  ) {
    guard output.shape.elementCount > 0, input.shape.elementCount > 0,
      let source = input.bytes.baseAddress, let target = output.bytes.baseAddress
    else { return }
    func nearest(_ size: Int, _ outputSize: Int) -> [Int] {
      let scale =
        alignsCorners && outputSize > 1
        ? Float(size - 1) / Float(outputSize - 1) : Float(size) / Float(outputSize)
      let offset: Float = usesHalfPixelCenters ? 0.5 : 0
      return (0..<outputSize).map {
        let position = (Float($0) + offset) * scale
        let rule: FloatingPointRoundingRule = alignsCorners ? .toNearestOrAwayFromZero : .down
        return max(0, min(Int(position.rounded(rule)), size - 1))
      }
    }
    let (height, width) = (input.shape[1], input.shape[2])
    let rows = nearest(height, output.shape[1])
    let columns = nearest(width, output.shape[2])
    let pixelSize = output.bytes.count / output.shape.elementCount * output.shape[3]
    var next = target
    for n in 0..<output.shape[0] {
      for row in rows {
        for column in columns {
          let pixel = ((n * height + row) * width + column) * pixelSize
          next.copyMemory(from: source + pixel, byteCount: pixelSize)
          next += pixelSize
        }
      }
    }
  }
}

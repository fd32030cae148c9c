/// The colours of WebP's lossy pictures: BT.601 with limited range, in libwebp's whole numbers.
enum VideoColor {
  /// - Parameters: `y`, `u`, `v` are 0...255.
  static func rgb(_ y: Int, _ u: Int, _ v: Int) -> (UInt8, UInt8, UInt8) {
    let light = (y * 19077) >> 8
    return (
      clipped(light + ((v * 26149) >> 8) - 14234),
      clipped(light - ((u * 6419) >> 8) - ((v * 13320) >> 8) + 8708),
      clipped(light + ((u * 33050) >> 8) - 17685)
    )
  }

  private static func clipped(_ value: Int) -> UInt8 {
    UInt8(min(max(value >> 6, 0), 255))
  }

  /// The sample of half the resolution that pixel `index` lies in, and the one it leans towards; the
  /// same one at the edge.
  static func neighbors(of index: Int, count: Int) -> (near: Int, far: Int) {
    let near = index / 2
    return (near, min(max(index % 2 == 0 ? near - 1 : near + 1, 0), count - 1))
  }

  /// A sample between four of half the resolution: 9/16 of the nearest, 3/16 of its neighbours in
  /// the row and in the column, 1/16 of the one across; at the left and right edge 3/4 and 1/4.
  static func upsampled(
    _ near: Int, _ beside: Int, _ below: Int, _ across: Int, isAtEdge: Bool
  ) -> Int {
    if isAtEdge { return (3 * near + below + 2) >> 2 }
    let sum = near + beside + below + across + 8
    return ((sum + 2 * (beside + below)) >> 3 + near) >> 1
  }
}

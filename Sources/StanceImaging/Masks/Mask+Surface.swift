extension Mask {
  /// How much of each pixel lies where a surface is above 0.
  ///
  /// Heights are taken at pixels' corners, which neighbours share, and the surface is flat on each
  /// of the four triangles between a pixel's corners and its middle: a pixel is cut by the edge
  /// only where the edge goes through it.
  ///
  /// - Parameter height: at the corner `x` pixels from the left edge and `y` from the top edge.
  init(_ size: PixelSize, above height: (_ x: Int, _ y: Int) -> Float) {
    let count = size.width * size.height
    self.init(
      width: size.width, height: size.height,
      coverage: [UInt8](unsafeUninitializedCapacity: count) { target, initialized in
        var upper = (0...size.width).map { height($0, 0) }
        for y in 0..<size.height {
          var left = height(0, y + 1)
          var upperLeft = upper[0]
          upper[0] = left
          for x in 0..<size.width {
            let (upperRight, right) = (upper[x + 1], height(x + 1, y + 1))
            target[y * size.width + x] = shareOfSquare(upperLeft, upperRight, right, left)
            (upperLeft, left, upper[x + 1]) = (upperRight, right, right)
          }
        }
        initialized = count
      })
  }
}

/// Of a square with these heights at its corners, clockwise: the share above 0, as 0...255.
private func shareOfSquare(_ a: Float, _ b: Float, _ c: Float, _ d: Float) -> UInt8 {
  if min(min(a, b), min(c, d)) > 0 { return 255 }
  guard max(max(a, b), max(c, d)) > 0 else { return 0 }
  let middle = (a + b + c + d) / 4
  let share =
    (shareOfTriangle(a, b, middle) + shareOfTriangle(b, c, middle) + shareOfTriangle(c, d, middle)
      + shareOfTriangle(d, a, middle)) / 4
  return UInt8(min(max(share, 0), 1) * 255 + 0.5)
}

/// Of a triangle with these heights at its corners: the share above 0.
private func shareOfTriangle(_ a: Float, _ b: Float, _ c: Float) -> Float {
  /// The share at one corner that differs from the two others in its sign.
  func tip(_ corner: Float, _ first: Float, _ second: Float) -> Float {
    corner / (corner - first) * (corner / (corner - second))
  }
  switch (a > 0, b > 0, c > 0) {
  case (true, true, true): return 1
  case (false, false, false): return 0
  case (true, false, false): return tip(a, b, c)
  case (false, true, false): return tip(b, c, a)
  case (false, false, true): return tip(c, a, b)
  case (false, true, true): return 1 - tip(a, b, c)
  case (true, false, true): return 1 - tip(b, c, a)
  case (true, true, false): return 1 - tip(c, a, b)
  }
}

/// Takes points of one space to another: `x' = a x + b y + c`, `y' = d x + e y + f`.
public struct AffineTransform<From: CoordinateSpace, To: CoordinateSpace>: Hashable, Sendable {
  /// The coefficients of the formula above.
  public var a, b, c, d, e, f: Double

  public init(a: Double, b: Double, c: Double, d: Double, e: Double, f: Double) {
    (self.a, self.b, self.c) = (a, b, c)
    (self.d, self.e, self.f) = (d, e, f)
  }

  /// `x' = scaleX x + offsetX`, `y' = scaleY y + offsetY`.
  public init(scaleX: Double, scaleY: Double, offsetX: Double = 0, offsetY: Double = 0) {
    self.init(a: scaleX, b: 0, c: offsetX, d: 0, e: scaleY, f: offsetY)
  }

  /// Where `point` lies in the other space.
  public func callAsFunction(_ point: Point<From>) -> Point<To> {
    Point(x: a * point.x + b * point.y + c, y: d * point.x + e * point.y + f)
  }

  /// The transform back; nil where this one flattens the plane.
  public var inverse: AffineTransform<To, From>? {
    let determinant = a * e - b * d
    guard determinant != 0, determinant.isFinite else { return nil }
    return AffineTransform<To, From>(
      a: e / determinant, b: -b / determinant, c: (b * f - c * e) / determinant,
      d: -d / determinant, e: a / determinant, f: (c * d - a * f) / determinant)
  }

  /// This transform, then `next`.
  public func followed<Further: CoordinateSpace>(
    by next: AffineTransform<To, Further>
  ) -> AffineTransform<From, Further> {
    AffineTransform<From, Further>(
      a: next.a * a + next.b * d, b: next.a * b + next.b * e,
      c: next.a * c + next.b * f + next.c,
      d: next.d * a + next.e * d, e: next.d * b + next.e * e,
      f: next.d * c + next.e * f + next.f)
  }
}

extension AffineTransform where From == To {
  /// Leaves every point where it is.
  public static var identity: AffineTransform { AffineTransform(scaleX: 1, scaleY: 1) }
}

import StanceImaging
import StancePose

extension BodyPart {
  /// A hue for each limb, warm on the person's own left and cold on the right; fronts are lighter
  /// than backs.
  var color: Color {
    switch self {
    case .leftFace: Color(red: 1.00, green: 0.80, blue: 0.55)
    case .rightFace: Color(red: 0.70, green: 0.85, blue: 1.00)
    case .leftUpperArmFront: Color(red: 1.00, green: 0.55, blue: 0.10)
    case .leftUpperArmBack: Color(red: 0.75, green: 0.38, blue: 0.05)
    case .rightUpperArmFront: Color(red: 0.15, green: 0.60, blue: 1.00)
    case .rightUpperArmBack: Color(red: 0.08, green: 0.40, blue: 0.72)
    case .leftLowerArmFront: Color(red: 1.00, green: 0.75, blue: 0.15)
    case .leftLowerArmBack: Color(red: 0.75, green: 0.54, blue: 0.08)
    case .rightLowerArmFront: Color(red: 0.20, green: 0.80, blue: 1.00)
    case .rightLowerArmBack: Color(red: 0.12, green: 0.55, blue: 0.72)
    case .leftHand: Color(red: 1.00, green: 0.95, blue: 0.35)
    case .rightHand: Color(red: 0.45, green: 0.98, blue: 0.98)
    case .torsoFront: Color(red: 0.62, green: 0.85, blue: 0.35)
    case .torsoBack: Color(red: 0.36, green: 0.58, blue: 0.18)
    case .leftUpperLegFront: Color(red: 0.95, green: 0.30, blue: 0.25)
    case .leftUpperLegBack: Color(red: 0.68, green: 0.18, blue: 0.15)
    case .rightUpperLegFront: Color(red: 0.45, green: 0.40, blue: 1.00)
    case .rightUpperLegBack: Color(red: 0.30, green: 0.26, blue: 0.72)
    case .leftLowerLegFront: Color(red: 0.98, green: 0.45, blue: 0.60)
    case .leftLowerLegBack: Color(red: 0.72, green: 0.28, blue: 0.42)
    case .rightLowerLegFront: Color(red: 0.68, green: 0.45, blue: 1.00)
    case .rightLowerLegBack: Color(red: 0.48, green: 0.30, blue: 0.74)
    case .leftFoot: Color(red: 1.00, green: 0.72, blue: 0.80)
    case .rightFoot: Color(red: 0.85, green: 0.75, blue: 1.00)
    }
  }
}

extension PartMap {
  /// The map for people to look at: a colour for each part on black.
  public func colored() -> PixelBuffer {
    let black: (UInt8, UInt8, UInt8) = (0, 0, 0)
    let colors = [black] + BodyPart.allCases.map { $0.color.bytes }
    let pixels = [UInt8](unsafeUninitializedCapacity: labels.count * 3) { target, count in
      for (index, label) in labels.enumerated() {
        let color = Int(label) < colors.count ? colors[Int(label)] : black
        (target[index * 3], target[index * 3 + 1], target[index * 3 + 2]) = color
      }
      count = labels.count * 3
    }
    return PixelBuffer(width: width, height: height, pixels: pixels)
  }
}

extension Color {
  /// Red, green and blue, 0...255.
  var bytes: (UInt8, UInt8, UInt8) {
    func byte(_ value: Double) -> UInt8 { UInt8(min(max(value, 0), 1) * 255 + 0.5) }
    return (byte(red), byte(green), byte(blue))
  }
}

/// The parts of the body that BodyPix tells apart; the raw values are its channels.
public enum BodyPart: Int, Hashable, Sendable, CaseIterable {
  case leftFace, rightFace
  case leftUpperArmFront, leftUpperArmBack, rightUpperArmFront, rightUpperArmBack
  case leftLowerArmFront, leftLowerArmBack, rightLowerArmFront, rightLowerArmBack
  case leftHand, rightHand
  case torsoFront, torsoBack
  case leftUpperLegFront, leftUpperLegBack, rightUpperLegFront, rightUpperLegBack
  case leftLowerLegFront, leftLowerLegBack, rightLowerLegFront, rightLowerLegBack
  case leftFoot, rightFoot
}

extension BodyPart {
  /// For files and programs, for instance `left_upper_arm_front`.
  public var name: String {
    "\(self)".reduce(into: "") { name, letter in
      name += letter.isUppercase ? "_" + letter.lowercased() : String(letter)
    }
  }

  /// The number that stands for the part in a ``PartMap`` and its file: 1...24, as 0 is nobody.
  public var label: UInt8 { UInt8(rawValue + 1) }

  /// Whether this is a half of the face.
  public var isFace: Bool { self == .leftFace || self == .rightFace }
}

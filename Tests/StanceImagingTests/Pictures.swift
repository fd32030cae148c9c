import Foundation
import StanceImaging
import StancePose

/// The picture that Scripts/image_cases/resize.py computes.
func patterned(_ width: Int, _ height: Int) -> PixelBuffer {
  var pixels: [UInt8] = []
  for y in 0..<height {
    for x in 0..<width {
      for c in 0..<3 {
        pixels.append(UInt8((x * 37 + y * 91 + c * 53 + x * y * 11) % 256))
      }
    }
  }
  return PixelBuffer(width: width, height: height, pixels: pixels)
}

func differences(_ left: [UInt8], _ right: [UInt8]) -> (largest: Int, count: Int) {
  guard left.count == right.count else { return (.max, .max) }
  let all = zip(left, right).map { abs(Int($0) - Int($1)) }
  return (all.max() ?? 0, all.count { $0 > 0 })
}

/// What another program made of a patterned picture.
struct ResizeCase: Decodable {
  let method: String
  let source: [Int]
  let target: [Int]
  let result: String
  /// Centre x and y, width, height, rotation in radians.
  let region: [Double]?
  let border: String?

  var expected: [UInt8] {
    let digits = Array(result.utf8)
    return stride(from: 0, to: digits.count - 1, by: 2).map { index in
      UInt8(String(decoding: digits[index...index + 1], as: UTF8.self), radix: 16) ?? 0
    }
  }

  static let all: [ResizeCase] = {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/resize.json")
    guard let data = try? Data(contentsOf: file) else { return [] }
    return (try? JSONDecoder().decode([ResizeCase].self, from: data)) ?? []
  }()
}

extension Placement {
  /// A rectangle of the picture, turned by `rotation` radians about its middle, stretched over the
  /// input.
  static func region(
    image: PixelSize, center: ImagePoint, width: Double, height: Double, rotation: Double,
    to input: PixelSize
  ) throws -> Placement {
    let (cosine, sine) = (cos(rotation), sin(rotation))
    let (scaleX, scaleY) = (width / Double(input.width), height / Double(input.height))
    return try .warped(
      image: image, to: input,
      by: AffineTransform(
        a: cosine * scaleX, b: -sine * scaleY,
        c: center.x - cosine * width / 2 + sine * height / 2,
        d: sine * scaleX, e: cosine * scaleY,
        f: center.y - sine * width / 2 - cosine * height / 2))
  }
}

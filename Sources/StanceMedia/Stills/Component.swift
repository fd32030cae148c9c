import CFFmpeg

/// Where one channel of a grey or RGB format lies: packed or in planes, up to 16 bits.
struct Component {
  let plane: Int
  private let step, offset, shift, depth: Int
  private let isBigEndian: Bool
  /// The channels of RGBA that it fills.
  private let targets: ClosedRange<Int>

  static func all(of description: AVPixFmtDescriptor) -> [Component] {
    let stored = [
      description.comp.0, description.comp.1, description.comp.2, description.comp.3,
    ].prefix(Int(description.nb_components))
    let hasAlpha = description.flags & UInt64(AV_PIX_FMT_FLAG_ALPHA) != 0
    let isBigEndian = description.flags & UInt64(AV_PIX_FMT_FLAG_BE) != 0
    return stored.enumerated().map { index, component in
      let isAlpha = hasAlpha && index == stored.count - 1
      let isByte = component.shift + component.depth <= 8
      return Component(
        plane: Int(component.plane), step: Int(component.step),
        // Of a big-endian word, a part within 8 bits is taken from the second byte.
        offset: Int(component.offset) + (isByte && isBigEndian ? 1 : 0),
        shift: Int(component.shift), depth: Int(component.depth), isBigEndian: isBigEndian,
        targets: isAlpha ? 3...3 : stored.count <= 2 ? 0...2 : index...index)
    }
  }

  func unpack(
    _ line: UnsafeMutablePointer<UInt8>, into rgba: UnsafeMutableBufferPointer<UInt8>
  ) {
    if shift == 0, depth == 8 {
      for target in targets {
        for x in 0..<rgba.count / 4 { rgba[x * 4 + target] = line[x * step + offset] }
      }
      return
    }
    let isByte = shift + depth <= 8
    let largest = 1 << depth - 1
    for x in 0..<rgba.count / 4 {
      let place = line + x * step + offset
      let stored =
        isByte
        ? Int(place[0])
        : isBigEndian ? Int(place[0]) << 8 | Int(place[1]) : Int(place[1]) << 8 | Int(place[0])
      let value = stored >> shift & largest
      let byte = UInt8(depth >= 8 ? value >> (depth - 8) : value * 255 / largest)
      for target in targets { rgba[x * 4 + target] = byte }
    }
  }
}

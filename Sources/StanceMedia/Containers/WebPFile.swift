import CFFmpeg
import StanceImaging

/// What must be known of a WebP file before it is decoded.
enum WebPFile {
  /// The picture, without the chunks that do not matter to its pixels.
  static func picture(in bytes: [UInt8]) throws -> StillPicture {
    guard let riffSize = ByteView(bytes).u32(at: 4),
      let body = ByteView(bytes).part(at: 12, count: riffSize - 4)
    else { throw cutOff }
    let view = ByteView(body)
    var payload: [UInt8] = []
    payload.reserveCapacity(bytes.count)
    var size: (width: Int, height: Int)?
    var orientation = Orientation.upright
    var offset = 0
    while offset < view.count {
      guard let type = view.text(at: offset, count: 4), let length = view.u32(at: offset + 4),
        let content = view.part(at: offset + 8, count: length)
      else { throw cutOff }
      let padded = length + length % 2
      switch type {
      case "VP8X":
        guard let flags = content.first, flags & 2 == 0 else {
          throw MediaFailure.unsupported("an animated WebP picture")
        }
        payload += chunk(type, content)
      case "ALPH": payload += chunk(type, content)
      case "VP8 ", "VP8L":
        guard size == nil else { break }
        size = try type == "VP8 " ? lossySize(content) : losslessSize(content)
        payload += chunk(type, content)
      case "ANIM", "ANMF": throw MediaFailure.unsupported("an animated WebP picture")
      case "EXIF": orientation = TIFFDirectory.orientation(inEXIF: content)
      default: break
      }
      offset += 8 + padded
    }
    guard let size else { throw MediaFailure.damaged("the WebP file holds no pixels") }
    try ImageDecoder.checkSize(width: size.width, height: size.height)
    let header = Array("RIFF".utf8) + littleEndian(payload.count + 4) + Array("WEBP".utf8)
    return StillPicture(
      codec: AV_CODEC_ID_WEBP, payload: header + payload, width: size.width, height: size.height,
      orientation: orientation, alpha: .straight)
  }

  private static var cutOff: MediaFailure { .damaged("the WebP file ends too early") }

  private static func lossySize(_ content: ArraySlice<UInt8>) throws -> (width: Int, height: Int) {
    let view = ByteView(content)
    guard let tag = view.u24(at: 0), let start = view.part(at: 3, count: 3),
      start.elementsEqual([0x9D, 0x01, 0x2A]), let width = view.u16(at: 6),
      let height = view.u16(at: 8)
    else { throw MediaFailure.damaged("the WebP file's picture does not begin with its header") }
    guard tag >> 5 <= content.count - 10 else { throw cutOff }
    return (width & 0x3FFF, height & 0x3FFF)
  }

  private static func losslessSize(
    _ content: ArraySlice<UInt8>
  ) throws -> (width: Int, height: Int) {
    let view = ByteView(content)
    guard view.u8(at: 0) == 0x2F, let bits = view.u32(at: 1) else {
      throw MediaFailure.damaged("the WebP file's picture does not begin with its header")
    }
    return (bits & 0x3FFF + 1, bits >> 14 & 0x3FFF + 1)
  }

  private static func chunk(_ type: String, _ content: ArraySlice<UInt8>) -> [UInt8] {
    Array(type.utf8) + littleEndian(content.count) + content
      + [UInt8](repeating: 0, count: content.count % 2)
  }

  private static func littleEndian(_ number: Int) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }
}

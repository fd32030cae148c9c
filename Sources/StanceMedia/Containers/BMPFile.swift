import CFFmpeg
import StanceImaging

/// What must be known of a BMP file before it is decoded.
enum BMPFile {
  static func picture(in bytes: [UInt8]) throws -> StillPicture {
    let view = ByteView(bytes)
    guard let start = view.u32(at: 10), let headerSize = view.u32(at: 14) else { throw cutOff }
    let header: (width: Int?, height: Int?, depth: Int?, compression: Int?) =
      headerSize == 12
      ? (view.u16(at: 18), view.u16(at: 20), view.u16(at: 24), 0)
      : (view.i32(at: 18), view.i32(at: 22), view.u16(at: 28), view.u32(at: 30))
    guard let width = header.width, let storedHeight = header.height, let depth = header.depth,
      let compression = header.compression
    else { throw cutOff }
    let height = abs(storedHeight)
    try ImageDecoder.checkSize(width: width, height: height)
    var payload = bytes
    switch compression {
    case 0, 3, 6:
      let rowSize = (width * depth + 31) / 32 * 4
      // The last row's padding may be left out; FFmpeg would then take all rows as unpadded.
      let needed = rowSize * (height - 1) + (width * depth + 7) / 8
      guard start <= bytes.count, needed <= bytes.count - start else { throw cutOff }
      payload += [UInt8](repeating: 0, count: max(start + rowSize * height - bytes.count, 0))
    case 1, 2:
      guard hasEnd(view, from: start, halfBytes: compression == 2) else { throw cutOff }
    default:
      throw MediaFailure.unsupported("a BMP file with compression \(compression)")
    }
    return StillPicture(
      codec: AV_CODEC_ID_BMP, payload: payload, width: width, height: height,
      orientation: .upright, alpha: compression == 0 ? .ignored : .straight)
  }

  private static var cutOff: MediaFailure { .damaged("the BMP file ends too early") }

  /// Whether run-length encoded pixels come to their end mark.
  private static func hasEnd(_ view: ByteView, from start: Int, halfBytes: Bool) -> Bool {
    var offset = start
    while let count = view.u8(at: offset), let value = view.u8(at: offset + 1) {
      offset += 2
      guard count == 0 else { continue }
      switch value {
      case 0: break
      case 1: return true
      case 2: offset += 2
      default:
        let byteCount = halfBytes ? (value + 1) / 2 : value
        offset += (byteCount + 1) / 2 * 2
      }
    }
    return false
  }
}

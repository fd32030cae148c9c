import CFFmpeg
import StanceImaging

/// What must be known of a GIF file before its first frame is decoded.
enum GIFFile {
  /// The picture up to the end of the first frame.
  static func picture(in bytes: [UInt8]) throws -> StillPicture {
    let view = ByteView(bytes)
    guard let width = view.u16(at: 6), let height = view.u16(at: 8), let flags = view.u8(at: 10)
    else { throw cutOff }
    try ImageDecoder.checkSize(width: width, height: height)
    var offset = 13 + colorTableSize(flags)
    while let mark = view.u8(at: offset) {
      switch mark {
      case 0x21:
        offset = try endOfBlocks(view, from: offset + 2)
      case 0x2C:
        guard let left = view.u16(at: offset + 1), let top = view.u16(at: offset + 3),
          let frameWidth = view.u16(at: offset + 5), let frameHeight = view.u16(at: offset + 7),
          let frameFlags = view.u8(at: offset + 9)
        else { throw cutOff }
        guard left + frameWidth <= width, top + frameHeight <= height else {
          throw MediaFailure.damaged("the GIF file's first frame lies outside of the picture")
        }
        offset += 10 + colorTableSize(frameFlags)
        guard let codeSize = view.u8(at: offset) else { throw cutOff }
        let end = try endOfBlocks(view, from: offset + 1)
        let codes = GIFCodes(view, from: offset + 1)
        guard
          codes.pixelCount(codeSize: codeSize, atMost: frameWidth * frameHeight)
            == frameWidth * frameHeight
        else { throw MediaFailure.damaged("pixels of the GIF file's first frame are missing") }
        return StillPicture(
          codec: AV_CODEC_ID_GIF, payload: Array(bytes[..<end]) + [0x3B], width: width,
          height: height, orientation: .upright, alpha: .straight)
      default:
        throw MediaFailure.damaged("the GIF file holds an unknown block at byte \(offset)")
      }
    }
    throw cutOff
  }

  private static var cutOff: MediaFailure { .damaged("the GIF file ends too early") }

  private static func colorTableSize(_ flags: Int) -> Int {
    flags & 0x80 == 0 ? 0 : 3 << (flags & 7 + 1)
  }

  private static func endOfBlocks(_ view: ByteView, from start: Int) throws -> Int {
    var offset = start
    while let length = view.u8(at: offset) {
      if length == 0 { return offset + 1 }
      offset += 1 + length
    }
    throw cutOff
  }
}

/// The LZW codes of a GIF frame, read only to count the pixels they stand for.
struct GIFCodes {
  private let data: [UInt8]

  /// Joins the blocks from `start` on.
  init(_ view: ByteView, from start: Int) {
    var data: [UInt8] = []
    var offset = start
    while let length = view.u8(at: offset), length > 0,
      let block = view.part(at: offset + 1, count: length)
    {
      data += block
      offset += 1 + length
    }
    self.data = data
  }

  /// The number of pixels up to the end code, an impossible code, or `most`.
  func pixelCount(codeSize: Int, atMost most: Int) -> Int {
    guard (1...8).contains(codeSize) else { return 0 }
    let (clear, end) = (1 << codeSize, 1 << codeSize + 1)
    // How many pixels each code stands for.
    var lengths = [Int](repeating: 1, count: 4096)
    var (next, width) = (end + 1, codeSize + 1)
    var previous: Int?
    var (total, bits, bitCount) = (0, 0, 0)
    for byte in data {
      bits |= Int(byte) << bitCount
      bitCount += 8
      while bitCount >= width {
        let code = bits & (1 << width - 1)
        bits >>= width
        bitCount -= width
        if code == clear {
          (next, width, previous) = (end + 1, codeSize + 1, nil)
          continue
        }
        guard code != end else { return total }
        if let previous {
          guard code < next || (code == next && next < 4096) else { return total }
          if next < 4096 {
            lengths[next] = lengths[previous] + 1
            next += 1
            if next == 1 << width, width < 12 { width += 1 }
          }
        } else if code >= clear {
          return total
        }
        total += lengths[code]
        if total >= most { return most }
        previous = code
      }
    }
    return total
  }
}

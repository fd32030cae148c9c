import StanceImaging

/// What a JPEG file says before its pixels, as far as libjpeg-turbo does not tell.
struct JPEGMarkers {
  private(set) var orientation = Orientation.upright

  /// Reads up to the first scan, or as far as the file makes sense.
  init(_ bytes: [UInt8]) {
    let view = ByteView(bytes, isBigEndian: true)
    var offset = 2
    while view.u8(at: offset) == 0xFF, let mark = view.u8(at: offset + 1) {
      switch mark {
      case 0xFF: offset += 1
      case 0x01, 0xD0...0xD8: offset += 2
      case 0xD9, 0xDA: return
      default:
        guard let length = view.u16(at: offset + 2), length >= 2,
          let content = view.part(at: offset + 4, count: length - 2)
        else { return }
        if mark == 0xE1, content.starts(with: "Exif\0\0".utf8) {
          orientation = TIFFDirectory.orientation(inEXIF: content)
          return
        }
        offset += 2 + length
      }
    }
  }
}

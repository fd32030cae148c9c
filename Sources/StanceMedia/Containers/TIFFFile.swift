import CFFmpeg
import StanceImaging

/// What must be known of a TIFF file before its first page is decoded.
enum TIFFFile {
  static func picture(in bytes: [UInt8]) throws -> StillPicture {
    guard let directory = TIFFDirectory(bytes[...]) else {
      throw MediaFailure.damaged("the TIFF file's directory lies outside of the file")
    }
    guard let width = directory.number(256), let height = directory.number(257) else {
      throw MediaFailure.damaged("the TIFF file does not say its size")
    }
    try ImageDecoder.checkSize(width: width, height: height)
    let compression = directory.number(259) ?? 1
    if compression == 6 || compression == 7 || compression == 34892 {
      throw MediaFailure.unsupported("a TIFF file with JPEG compression")
    }
    if directory.has(322) || directory.has(324) {
      throw MediaFailure.unsupported("a TIFF file made of tiles")
    }
    guard (0...3).contains(directory.number(262) ?? 1) || directory.number(262) == 5 else {
      throw MediaFailure.unsupported(
        "a TIFF file that is neither grey, RGB, CMYK nor has a palette")
    }
    guard [1, 4].contains(directory.number(339) ?? 1) else {
      throw MediaFailure.unsupported("a TIFF file of signed or floating-point numbers")
    }
    try checkStrips(directory, fileSize: bytes.count)
    let alpha: StillPicture.Alpha =
      switch directory.number(338) {
      case 1: .premultiplied
      case 2: .straight
      default: .ignored
      }
    return StillPicture(
      codec: AV_CODEC_ID_TIFF, payload: bytes, width: width, height: height,
      orientation: directory.orientation, alpha: alpha)
  }

  private static func checkStrips(_ directory: TIFFDirectory, fileSize: Int) throws {
    guard let offsets = directory.numbers(273), !offsets.isEmpty else {
      throw MediaFailure.damaged("the TIFF file does not say where its pixels are")
    }
    let counts = directory.numbers(279) ?? []
    guard counts.count == offsets.count || (counts.isEmpty && offsets.count == 1) else {
      throw MediaFailure.damaged("the TIFF file's lists of strips do not agree")
    }
    for (index, offset) in offsets.enumerated() {
      let end = offset + (index < counts.count ? counts[index] : 1)
      guard end <= fileSize else {
        throw MediaFailure.damaged(
          "strip \(index) of the TIFF file ends at byte \(end), the file at \(fileSize)")
      }
    }
  }
}

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
    try checkCompression(directory.number(259) ?? 1)
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

  private static func checkCompression(_ number: Int) throws {
    // None, CCITT's three, LZW, Deflate by its two numbers, PackBits, LZMA.
    guard ![1, 2, 3, 4, 5, 8, 32946, 32773, 34925].contains(number) else { return }
    let name =
      switch number {
      case 6, 7, 34892: "JPEG"
      case 9, 10, 34661: "JBIG"
      case 32766: "NeXT"
      case 32809: "ThunderScan"
      case 34676, 34677: "SGI LogLuv"
      case 33003, 33005, 34712: "JPEG 2000"
      case 34887: "LERC"
      case 50000: "Zstandard"
      case 50001, 34927: "WebP"
      case 50002, 52546: "JPEG XL"
      default: "number \(number)"
      }
    throw MediaFailure.unsupported("a TIFF file with the unsupported compression \(name)")
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

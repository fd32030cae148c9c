/// The picture formats that are read, recognised by their first bytes.
enum ImageFormat {
  case jpeg, png, bmp, gif, webP, tiff

  init(recognizing bytes: [UInt8]) throws {
    let view = ByteView(bytes)
    guard !bytes.isEmpty else {
      throw MediaFailure(
        code: .notAPicture, reason: "the file is empty; give a picture (JPEG, PNG, ...)")
    }
    if view.starts(with: [0xFF, 0xD8, 0xFF]) {
      self = .jpeg
    } else if view.starts(with: PNGFile.signature) {
      self = .png
    } else if view.starts(with: "GIF87a") || view.starts(with: "GIF89a") {
      self = .gif
    } else if view.starts(with: "RIFF"), view.text(at: 8, count: 4) == "WEBP" {
      self = .webP
    } else if view.starts(with: [0x49, 0x49, 42, 0]) || view.starts(with: [0x4D, 0x4D, 0, 42]) {
      self = .tiff
    } else if view.starts(with: "BM"), bytes.count >= 14 {
      self = .bmp
    } else if let other = Self.knownElsewhere(view) {
      throw MediaFailure.unsupported(other)
    } else {
      throw MediaFailure(
        code: .notAPicture,
        reason: "this is no picture in a known format, or it was cut off; "
          + "give a JPEG, PNG, BMP, WebP, GIF or TIFF file")
    }
  }

  /// The name of a format that people try and that is not read.
  private static func knownElsewhere(_ view: ByteView) -> String? {
    if view.starts(with: "%PDF") { return "a PDF document" }
    if view.starts(with: [0x49, 0x49, 43, 0]) || view.starts(with: [0x4D, 0x4D, 0, 43]) {
      return "a BigTIFF picture"
    }
    if view.starts(with: [0xFF, 0x0A]) || view.text(at: 4, count: 4) == "JXL " {
      return "a JPEG XL picture"
    }
    if view.starts(with: [0xFF, 0x4F, 0xFF, 0x51]) || view.text(at: 4, count: 4) == "jP  " {
      return "a JPEG 2000 picture"
    }
    if view.starts(with: "8BPS") { return "a Photoshop document" }
    if view.starts(with: "<svg") || view.starts(with: "<?xml") { return "an SVG picture" }
    guard view.text(at: 4, count: 4) == "ftyp", let brand = view.text(at: 8, count: 4) else {
      return nil
    }
    switch brand {
    case "heic", "heix", "hevc", "mif1", "msf1": return "a HEIF picture"
    case "avif", "avis": return "an AVIF picture"
    default: return "a video (\(brand))"
    }
  }
}

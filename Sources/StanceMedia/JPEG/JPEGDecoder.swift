import CTurboJPEG
import StanceImaging

/// JPEG by libjpeg-turbo.
enum JPEGDecoder {
  static func decode(_ bytes: [UInt8], atLeast side: Int?) throws -> DecodedImage {
    guard let handle = tjInitDecompress() else {
      throw MediaFailure(code: .resources, reason: "libjpeg-turbo cannot start; free some memory")
    }
    defer { tjDestroy(handle) }
    let count = UInt(bytes.count)
    var (width, height, subsampling, colors): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
    let result = bytes.withUnsafeBufferPointer {
      tjDecompressHeader3(
        handle, $0.baseAddress, count, &width, &height, &subsampling, &colors)
    }
    guard result == 0 else { throw failure(handle) }
    try ImageDecoder.checkSize(width: Int(width), height: Int(height))

    let scale = scale(width: Int(width), height: Int(height), atLeast: side)
    let scaled = (width: scale.applied(to: width), height: scale.applied(to: height))
    let isCMYK = colors == TJCS_CMYK.rawValue || colors == TJCS_YCCK.rawValue
    let format = isCMYK ? TJPF_CMYK : TJPF_RGB
    let size = Int(scaled.width) * Int(scaled.height) * (isCMYK ? 4 : 3)
    var decoded: Int32 = 0
    var pixels = [UInt8](unsafeUninitializedCapacity: size) { target, targetCount in
      decoded = bytes.withUnsafeBufferPointer {
        tjDecompress2(
          handle, $0.baseAddress, count, target.baseAddress, scaled.width, 0, scaled.height,
          format.rawValue, TJFLAG_LIMITSCANS)
      }
      targetCount = decoded == 0 ? size : 0
    }
    // A warning, too, means that pixels are made up: libjpeg keeps only the first one's text, so a
    // harmless one may hide another.
    guard decoded == 0 else { throw failure(handle) }

    let markers = JPEGMarkers(bytes)
    if isCMYK { pixels = rgb(invertedCMYK: pixels) }
    let picture = PixelBuffer(
      width: Int(scaled.width), height: Int(scaled.height), pixels: pixels
    ).upright(from: markers.orientation)
    let swaps = markers.orientation.swapsSides
    return DecodedImage(
      pixels: picture, width: Int(swaps ? height : width), height: Int(swaps ? width : height),
      reduction: scale.reduction)
  }

  /// A fraction that libjpeg-turbo can decode to.
  struct Scale {
    let numerator: Int
    let denominator: Int

    var reduction: Double { Double(denominator) / Double(numerator) }

    func applied(to side: Int32) -> Int32 {
      Int32((Int(side) * numerator + denominator - 1) / denominator)
    }
  }

  /// The smallest of 1, 1/2, 3/8, 1/4, 1/8 with both sides at least `side`.
  static func scale(width: Int, height: Int, atLeast side: Int?) -> Scale {
    guard let side, side > 0 else { return Scale(numerator: 1, denominator: 1) }
    // Fractions between 1/2 and 1 take longer than decoding the whole.
    for (numerator, denominator) in [(1, 8), (1, 4), (3, 8), (1, 2)]
    where min(width, height) * numerator / denominator >= side {
      return Scale(numerator: numerator, denominator: denominator)
    }
    return Scale(numerator: 1, denominator: 1)
  }

  /// CMYK is stored inverted by Adobe's programs, and files without their mark are taken so, too, as
  /// Pillow and OpenCV do.
  private static func rgb(invertedCMYK cmyk: [UInt8]) -> [UInt8] {
    let count = cmyk.count / 4
    return [UInt8](unsafeUninitializedCapacity: count * 3) { target, targetCount in
      for i in 0..<count {
        let black = Int(cmyk[i * 4 + 3])
        for channel in 0..<3 {
          // Ink takes away from what black leaves, by the usual exact division by 255.
          let product = (255 - Int(cmyk[i * 4 + channel])) * black + 128
          target[i * 3 + channel] = UInt8(max(black - (product + product >> 8) >> 8, 0))
        }
      }
      targetCount = count * 3
    }
  }

  private static func failure(_ handle: tjhandle) -> MediaFailure {
    let text = tjGetErrorStr2(handle).map { String(cString: $0) } ?? "no reason given"
    return .damaged("libjpeg-turbo says \"\(text)\"")
  }
}

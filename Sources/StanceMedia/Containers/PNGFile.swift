import CFFmpeg
import StanceImaging

/// What must be known of a PNG file before it is decoded.
enum PNGFile {
  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  /// The picture, without the chunks that do not matter to its pixels.
  static func picture(in bytes: [UInt8]) throws -> StillPicture {
    let view = ByteView(bytes, isBigEndian: true)
    guard view.text(at: 12, count: 4) == "IHDR", view.u32(at: 8) == 13,
      let width = view.u32(at: 16), let height = view.u32(at: 20)
    else { throw MediaFailure.damaged("the PNG file does not begin with its header") }
    try ImageDecoder.checkSize(width: width, height: height)
    var payload = signature
    payload.reserveCapacity(bytes.count)
    var orientation = Orientation.upright
    var hasPixels = false
    var offset = signature.count
    while true {
      guard let length = view.u32(at: offset), let type = view.text(at: offset + 4, count: 4),
        let chunk = view.part(at: offset, count: length + 12)
      else { throw MediaFailure.damaged("the PNG file ends at byte \(bytes.count), too early") }
      switch type {
      case "IHDR", "PLTE", "tRNS": payload += chunk
      case "IDAT":
        payload += chunk
        hasPixels = true
      case "eXIf":
        orientation = TIFFDirectory.orientation(inEXIF: chunk.dropFirst(8).dropLast(4))
      case "IEND":
        guard hasPixels else { throw MediaFailure.damaged("the PNG file holds no pixels") }
        payload += chunk
        return StillPicture(
          codec: AV_CODEC_ID_PNG, payload: payload, width: width, height: height,
          orientation: orientation, alpha: .straight)
      default: break
      }
      offset += chunk.count
    }
  }
}

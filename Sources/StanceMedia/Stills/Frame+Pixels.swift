import CFFmpeg
import StanceImaging

extension Frame {
  /// The picture as 8-bit RGB, composited onto white as `alpha` says.
  func pixels(alpha: StillPicture.Alpha) throws -> PixelBuffer {
    guard let description = av_pix_fmt_desc_get(format)?.pointee else { throw unknownFormat }
    func has(_ flag: Int32) -> Bool { description.flags & UInt64(flag) != 0 }
    var rgba = [UInt8](repeating: 255, count: width * height * 4)
    switch format {
    case AV_PIX_FMT_PAL8: try unpackPalette(into: &rgba)
    case AV_PIX_FMT_MONOWHITE: unpackBits(into: &rgba, invertedBy: 0xFF)
    case AV_PIX_FMT_MONOBLACK: unpackBits(into: &rgba, invertedBy: 0)
    case AV_PIX_FMT_YUV420P, AV_PIX_FMT_YUVA420P: unpackYUV(into: &rgba)
    default:
      let isYUV = description.nb_components >= 3 && !has(AV_PIX_FMT_FLAG_RGB)
      guard !isYUV, !has(AV_PIX_FMT_FLAG_BITSTREAM), !has(AV_PIX_FMT_FLAG_HWACCEL),
        !has(AV_PIX_FMT_FLAG_FLOAT), description.comp.0.depth <= 16
      else { throw unknownFormat }
      unpackComponents(description, into: &rgba)
    }
    return PixelBuffer(width: width, height: height, pixels: composited(rgba, alpha: alpha))
  }

  private var unknownFormat: MediaFailure {
    let name = av_get_pix_fmt_name(format).map { String(cString: $0) } ?? "unknown"
    return .unsupported("a picture with pixels of the kind \(name)")
  }

  private func row(_ y: Int, plane: Int) -> UnsafeMutablePointer<UInt8>? {
    let data = (
      pointer.pointee.data.0, pointer.pointee.data.1, pointer.pointee.data.2,
      pointer.pointee.data.3
    )
    let lines = pointer.pointee.linesize
    return switch plane {
    case 0: data.0.map { $0 + y * Int(lines.0) }
    case 1: data.1.map { $0 + y * Int(lines.1) }
    case 2: data.2.map { $0 + y * Int(lines.2) }
    default: data.3.map { $0 + y * Int(lines.3) }
    }
  }

  /// Grey or RGB, with or without alpha, packed or in planes, up to 16 bits.
  private func unpackComponents(_ description: AVPixFmtDescriptor, into rgba: inout [UInt8]) {
    let all = [
      description.comp.0, description.comp.1, description.comp.2, description.comp.3,
    ].prefix(Int(description.nb_components))
    let hasAlpha = description.flags & UInt64(AV_PIX_FMT_FLAG_ALPHA) != 0
    let isBigEndian = description.flags & UInt64(AV_PIX_FMT_FLAG_BE) != 0
    let isGrey = all.count <= 2
    for (index, component) in all.enumerated() {
      let isAlpha = hasAlpha && index == all.count - 1
      let targets = isAlpha ? 3...3 : isGrey ? 0...2 : index...index
      let (step, shift, depth) = (
        Int(component.step), Int(component.shift), Int(component.depth)
      )
      let isByte = shift + depth <= 8
      let offset = Int(component.offset) + (isByte && isBigEndian ? 1 : 0)
      let largest = 1 << depth - 1
      for y in 0..<height {
        guard let line = row(y, plane: Int(component.plane)) else { continue }
        for x in 0..<width {
          let place = line + x * step + offset
          let stored =
            isByte
            ? Int(place[0])
            : isBigEndian ? Int(place[0]) << 8 | Int(place[1]) : Int(place[1]) << 8 | Int(place[0])
          let value = stored >> shift & largest
          let byte = UInt8(depth >= 8 ? value >> (depth - 8) : value * 255 / largest)
          for target in targets { rgba[(y * width + x) * 4 + target] = byte }
        }
      }
    }
  }

  private func unpackPalette(into rgba: inout [UInt8]) throws {
    guard let palette = pointer.pointee.data.1 else {
      throw MediaFailure.damaged("its palette is missing")
    }
    palette.withMemoryRebound(to: UInt32.self, capacity: 256) { colors in
      for y in 0..<height {
        guard let line = row(y, plane: 0) else { continue }
        for x in 0..<width {
          let (color, place) = (colors[Int(line[x])], (y * width + x) * 4)
          rgba[place] = UInt8(truncatingIfNeeded: color >> 16)
          rgba[place + 1] = UInt8(truncatingIfNeeded: color >> 8)
          rgba[place + 2] = UInt8(truncatingIfNeeded: color)
          rgba[place + 3] = UInt8(truncatingIfNeeded: color >> 24)
        }
      }
    }
  }

  private func unpackBits(into rgba: inout [UInt8], invertedBy mask: UInt8) {
    for y in 0..<height {
      guard let line = row(y, plane: 0) else { continue }
      for x in 0..<width {
        let isWhite = (line[x >> 3] ^ mask) >> UInt8(7 - x & 7) & 1 != 0
        for channel in 0..<3 { rgba[(y * width + x) * 4 + channel] = isWhite ? 255 : 0 }
      }
    }
  }

  /// Colour at half the resolution, by the arithmetic of libwebp.
  private func unpackYUV(into rgba: inout [UInt8]) {
    let chromaWidth = (width + 1) / 2
    for y in 0..<height {
      guard let luma = row(y, plane: 0) else { continue }
      let (near, far) = Self.chromaRows(of: y, count: (height + 1) / 2)
      guard let nearU = row(near, plane: 1), let farU = row(far, plane: 1),
        let nearV = row(near, plane: 2), let farV = row(far, plane: 2)
      else { continue }
      let opacity = row(y, plane: 3)
      for x in 0..<width {
        let u = Self.chroma(nearU, farU, at: x, count: chromaWidth)
        let v = Self.chroma(nearV, farV, at: x, count: chromaWidth)
        let place = (y * width + x) * 4
        (rgba[place], rgba[place + 1], rgba[place + 2]) = VideoColor.rgb(Int(luma[x]), u, v)
        if let opacity { rgba[place + 3] = opacity[x] }
      }
    }
  }

  /// The row of colour that a row of the picture lies in, and the neighbour that it leans towards.
  private static func chromaRows(of y: Int, count: Int) -> (near: Int, far: Int) {
    let near = y / 2
    return (near, min(max(y % 2 == 0 ? near - 1 : near + 1, 0), count - 1))
  }

  private static func chroma(
    _ near: UnsafeMutablePointer<UInt8>, _ far: UnsafeMutablePointer<UInt8>, at x: Int, count: Int
  ) -> Int {
    let (column, side) = chromaRows(of: x, count: count)
    let (a, b) = (Int(near[column]), Int(near[side]))
    let (c, d) = (Int(far[column]), Int(far[side]))
    return VideoColor.upsampled(a, b, c, d, isAtEdge: column == side)
  }

  private func composited(_ rgba: [UInt8], alpha: StillPicture.Alpha) -> [UInt8] {
    let count = rgba.count / 4
    return [UInt8](unsafeUninitializedCapacity: count * 3) { target, targetCount in
      rgba.withUnsafeBufferPointer { source in
        for i in 0..<count {
          let opacity = alpha == .ignored ? 255 : Int(source[i * 4 + 3])
          for channel in 0..<3 {
            let value = Int(source[i * 4 + channel])
            let weighted = alpha == .premultiplied ? value * 255 : value * opacity
            let sum = weighted + 255 * (255 - opacity)
            target[i * 3 + channel] = UInt8(min((sum + 127) / 255, 255))
          }
        }
      }
      targetCount = count * 3
    }
  }
}

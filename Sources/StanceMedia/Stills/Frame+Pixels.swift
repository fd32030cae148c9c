import CFFmpeg
import StanceImaging

extension Frame {
  /// The picture as 8-bit RGB, composited onto white as `alpha` says.
  func pixels(alpha: StillPicture.Alpha) throws -> PixelBuffer {
    let unpack = try rowUnpacker()
    let rgba = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: width * 4)
    defer { rgba.deallocate() }
    let count = width * height * 3
    let pixels = [UInt8](unsafeUninitializedCapacity: count) { target, targetCount in
      for y in 0..<height {
        rgba.update(repeating: 255)
        unpack(y, rgba)
        let row = UnsafeMutableBufferPointer(
          rebasing: target[y * width * 3..<(y + 1) * width * 3])
        Self.composite(rgba, alpha: alpha, into: row)
      }
      targetCount = count
    }
    return PixelBuffer(width: width, height: height, pixels: pixels)
  }

  /// Writes one row as RGBA over 255s.
  private typealias RowUnpacker = (_ y: Int, _ rgba: UnsafeMutableBufferPointer<UInt8>) -> Void

  private func rowUnpacker() throws -> RowUnpacker {
    guard let description = av_pix_fmt_desc_get(format)?.pointee else { throw unknownFormat }
    func has(_ flag: Int32) -> Bool { description.flags & UInt64(flag) != 0 }
    switch format {
    case AV_PIX_FMT_PAL8:
      guard pointer.pointee.data.1 != nil else {
        throw MediaFailure.damaged("its palette is missing")
      }
      return unpackPalette
    case AV_PIX_FMT_MONOWHITE: return { self.unpackBits($0, into: $1, invertedBy: 0xFF) }
    case AV_PIX_FMT_MONOBLACK: return { self.unpackBits($0, into: $1, invertedBy: 0) }
    case AV_PIX_FMT_YUV420P, AV_PIX_FMT_YUVA420P: return unpackYUV
    default:
      let isYUV = description.nb_components >= 3 && !has(AV_PIX_FMT_FLAG_RGB)
      guard !isYUV, !has(AV_PIX_FMT_FLAG_BITSTREAM), !has(AV_PIX_FMT_FLAG_HWACCEL),
        !has(AV_PIX_FMT_FLAG_FLOAT), description.comp.0.depth <= 16
      else { throw unknownFormat }
      let components = Component.all(of: description)
      return { y, rgba in
        for component in components {
          if let line = self.row(y, plane: component.plane) { component.unpack(line, into: rgba) }
        }
      }
    }
  }

  private var unknownFormat: MediaFailure {
    let name = av_get_pix_fmt_name(format).map { String(cString: $0) } ?? "unknown"
    return .unsupported("a picture with pixels of the kind \(name)")
  }

  private func row(_ y: Int, plane: Int) -> UnsafeMutablePointer<UInt8>? {
    let (data, lines) = (pointer.pointee.data, pointer.pointee.linesize)
    return switch plane {
    case 0: data.0.map { $0 + y * Int(lines.0) }
    case 1: data.1.map { $0 + y * Int(lines.1) }
    case 2: data.2.map { $0 + y * Int(lines.2) }
    default: data.3.map { $0 + y * Int(lines.3) }
    }
  }

  private func unpackPalette(_ y: Int, into rgba: UnsafeMutableBufferPointer<UInt8>) {
    guard let line = row(y, plane: 0), let palette = pointer.pointee.data.1 else { return }
    palette.withMemoryRebound(to: UInt32.self, capacity: 256) { colors in
      for x in 0..<width {
        let color = colors[Int(line[x])]
        rgba[x * 4] = UInt8(truncatingIfNeeded: color >> 16)
        rgba[x * 4 + 1] = UInt8(truncatingIfNeeded: color >> 8)
        rgba[x * 4 + 2] = UInt8(truncatingIfNeeded: color)
        rgba[x * 4 + 3] = UInt8(truncatingIfNeeded: color >> 24)
      }
    }
  }

  private func unpackBits(
    _ y: Int, into rgba: UnsafeMutableBufferPointer<UInt8>, invertedBy mask: UInt8
  ) {
    guard let line = row(y, plane: 0) else { return }
    for x in 0..<width {
      let isWhite = (line[x >> 3] ^ mask) >> UInt8(7 - x & 7) & 1 != 0
      for channel in 0..<3 { rgba[x * 4 + channel] = isWhite ? 255 : 0 }
    }
  }

  /// Colour at half the resolution, by the arithmetic of libwebp.
  private func unpackYUV(_ y: Int, into rgba: UnsafeMutableBufferPointer<UInt8>) {
    let (near, far) = VideoColor.neighbors(of: y, count: (height + 1) / 2)
    guard let luma = row(y, plane: 0), let nearU = row(near, plane: 1),
      let farU = row(far, plane: 1), let nearV = row(near, plane: 2),
      let farV = row(far, plane: 2)
    else { return }
    let opacity = row(y, plane: 3)
    for x in 0..<width {
      let (column, side) = VideoColor.neighbors(of: x, count: (width + 1) / 2)
      let u = VideoColor.upsampled(
        Int(nearU[column]), Int(nearU[side]), Int(farU[column]), Int(farU[side]),
        isAtEdge: column == side)
      let v = VideoColor.upsampled(
        Int(nearV[column]), Int(nearV[side]), Int(farV[column]), Int(farV[side]),
        isAtEdge: column == side)
      (rgba[x * 4], rgba[x * 4 + 1], rgba[x * 4 + 2]) = VideoColor.rgb(Int(luma[x]), u, v)
      if let opacity { rgba[x * 4 + 3] = opacity[x] }
    }
  }

  private static func composite(
    _ rgba: UnsafeMutableBufferPointer<UInt8>, alpha: StillPicture.Alpha,
    into target: UnsafeMutableBufferPointer<UInt8>
  ) {
    for x in 0..<target.count / 3 {
      let opacity = alpha == .ignored ? 255 : Int(rgba[x * 4 + 3])
      if opacity == 255 {
        target[x * 3] = rgba[x * 4]
        target[x * 3 + 1] = rgba[x * 4 + 1]
        target[x * 3 + 2] = rgba[x * 4 + 2]
        continue
      }
      for channel in 0..<3 {
        let value = rgba[x * 4 + channel]
        let weighted = Int(value) * (alpha == .premultiplied ? 255 : opacity)
        let sum = weighted + 255 * (255 - opacity)
        target[x * 3 + channel] = UInt8(min((sum + 127) / 255, 255))
      }
    }
  }
}

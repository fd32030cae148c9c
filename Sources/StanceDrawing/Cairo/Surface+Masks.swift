import CCairo
import StanceImaging

extension Surface {
  /// One 8-bit channel, which Cairo writes as a grey PNG.
  /// - Precondition: there are `width * height` values.
  static func grey(width: Int, height: Int, _ values: [UInt8]) throws -> Surface {
    try memory(width: width, height: height, CAIRO_FORMAT_A8) { row, target in
      for column in 0..<width { target[column] = values[row * width + column] }
    }
  }

  /// A copy of `picture` that is as opaque as `alpha` says.
  /// - Precondition: there is an alpha for each pixel.
  static func picture(_ picture: PixelBuffer, alpha: [UInt8]) throws -> Surface {
    let width = picture.width
    return try memory(width: width, height: picture.height, CAIRO_FORMAT_ARGB32) { row, target in
      target.withMemoryRebound(to: UInt32.self, capacity: width) { target in
        for column in 0..<width {
          let index = row * width + column
          let share = UInt32(alpha[index])
          // Cairo's colours are multiplied by alpha.
          func channel(_ offset: Int) -> UInt32 {
            (UInt32(picture.pixels[index * 3 + offset]) * share + 127) / 255
          }
          target[column] = share << 24 | channel(0) << 16 | channel(1) << 8 | channel(2)
        }
      }
    }
  }
}

import CFFmpeg
import StanceImaging

/// Decodes one picture by FFmpeg, and proves that every pixel was written.
enum StillDecoder {
  static func decode(_ still: StillPicture) throws -> PixelBuffer {
    _ = isSilenced
    let frame = try Frame(decoding: still, overInvertedPattern: false)
    guard frame.width == still.width, frame.height == still.height else {
      throw MediaFailure.damaged(
        "its header says \(still.width)x\(still.height) pixels, its content "
          + "\(frame.width)x\(frame.height)")
    }
    if frame.seemsIncomplete {
      // Pixels may equal the pattern by chance, but not that and its inverse.
      let second = try Frame(decoding: still, overInvertedPattern: true)
      guard !frame.isIncomplete(comparedWith: second) else {
        throw MediaFailure.damaged("pixels are missing")
      }
    }
    return try frame.pixels(alpha: still.alpha)
  }

  /// FFmpeg's own messages are switched off once.
  private static let isSilenced: Bool = {
    av_log_set_level(AV_LOG_QUIET)
    return true
  }()
}

/// A decoded picture in FFmpeg's memory.
final class Frame {
  let pointer: UnsafeMutablePointer<AVFrame>

  var width: Int { Int(pointer.pointee.width) }
  var height: Int { Int(pointer.pointee.height) }
  var format: AVPixelFormat { AVPixelFormat(pointer.pointee.format) }

  init(decoding still: StillPicture, overInvertedPattern isInverted: Bool) throws {
    guard let frame = av_frame_alloc() else { throw Self.outOfMemory }
    pointer = frame
    // From here on, deinit frees the frame, also where this throws.
    guard let codec = avcodec_find_decoder(still.codec) else {
      throw MediaFailure.unsupported("with this build of FFmpeg, a picture of this format")
    }
    var context = avcodec_alloc_context3(codec)
    defer { avcodec_free_context(&context) }
    guard let context else { throw Self.outOfMemory }
    context.pointee.thread_count = 1
    context.pointee.thread_type = 0
    context.pointee.max_pixels = Int64(ImageDecoder.mostPixels)
    // To the TIFF decoder, every tag it does not know would be an error to explode on.
    context.pointee.err_recognition =
      AV_EF_CRCCHECK | AV_EF_BITSTREAM | AV_EF_BUFFER
      | (still.codec == AV_CODEC_ID_TIFF ? 0 : AV_EF_EXPLODE)
    stance_use_patterned_buffers(context, isInverted ? 1 : 0)
    try Self.check(avcodec_open2(context, codec, nil))

    var packet = av_packet_alloc()
    defer { av_packet_free(&packet) }
    guard let packet, let size = Int32(exactly: still.payload.count) else {
      throw Self.outOfMemory
    }
    try Self.check(av_new_packet(packet, size))
    still.payload.withUnsafeBytes { bytes in
      if let base = bytes.baseAddress {
        packet.pointee.data.update(
          from: base.assumingMemoryBound(to: UInt8.self), count: bytes.count)
      }
    }
    try Self.check(avcodec_send_packet(context, packet))
    var result = avcodec_receive_frame(context, frame)
    if result == stance_averror_again() {
      try Self.check(avcodec_send_packet(context, nil))
      result = avcodec_receive_frame(context, frame)
    }
    try Self.check(result)
    guard frame.pointee.decode_error_flags == 0, frame.pointee.flags & AV_FRAME_FLAG_CORRUPT == 0,
      frame.pointee.width > 0, frame.pointee.height > 0
    else { throw MediaFailure.damaged("FFmpeg found errors in it") }
  }

  deinit {
    var frame: UnsafeMutablePointer<AVFrame>? = pointer
    av_frame_free(&frame)
  }

  private static var outOfMemory: MediaFailure {
    MediaFailure(code: .resources, reason: "there is not enough memory; free some")
  }

  private static func check(_ result: Int32) throws {
    guard result < 0 else { return }
    // FFmpeg's "PAWE", and what it lacks because of how it was built.
    guard result != -0x4557_4150, result != -ENOSYS else {
      throw MediaFailure.unsupported("this variant of the format")
    }
    var text = [CChar](repeating: 0, count: 128)
    av_strerror(result, &text, text.count)
    let reason = String(
      decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    throw MediaFailure.damaged("FFmpeg says \"\(reason)\"")
  }
}

extension Frame {
  /// The planes that hold the picture: rows and bytes of each.
  private var planes: [(index: Int32, rows: Int32, bytes: Int32)] {
    guard let description = av_pix_fmt_desc_get(format)?.pointee else { return [] }
    let count = description.flags & UInt64(AV_PIX_FMT_FLAG_PAL) != 0 ? 1 : 4
    let data = [
      pointer.pointee.data.0, pointer.pointee.data.1, pointer.pointee.data.2,
      pointer.pointee.data.3,
    ]
    return data.prefix(count).prefix { $0 != nil }.indices.map { index in
      let isChroma = index == 1 || index == 2
      let shift = isChroma ? Int32(description.log2_chroma_h) : 0
      return (
        Int32(index), -((-pointer.pointee.height) >> shift),
        av_image_get_linesize(format, pointer.pointee.width, Int32(index))
      )
    }
  }

  /// Whether bytes still hold what the picture was filled with before decoding, perhaps by chance.
  var seemsIncomplete: Bool {
    planes.contains { plane in
      (0..<plane.rows).contains {
        stance_row_seems_untouched(pointer, plane.index, $0, plane.bytes) != 0
      }
    }
  }

  /// Whether bytes were written neither here nor in `second`, which began inverted.
  func isIncomplete(comparedWith second: Frame) -> Bool {
    guard second.format == format, second.width == width, second.height == height else {
      return true
    }
    return planes.contains { plane in
      (0..<plane.rows).contains {
        stance_row_is_untouched(pointer, second.pointer, plane.index, $0, plane.bytes) != 0
      }
    }
  }
}

import CFFmpeg
import StanceImaging

/// A picture of known size for one of FFmpeg's decoders.
struct StillPicture {
  let codec: AVCodecID
  /// The file's bytes, or those that matter.
  let payload: [UInt8]
  let width: Int
  let height: Int
  let orientation: Orientation
  let alpha: Alpha

  /// What a fourth channel means.
  enum Alpha {
    case straight, premultiplied
    /// It is no transparency.
    case ignored
  }
}

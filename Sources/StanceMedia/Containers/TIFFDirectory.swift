import StanceImaging

/// The first directory of a TIFF structure: a TIFF file, or the EXIF part of another format.
struct TIFFDirectory {
  private let view: ByteView
  private var entries: [Int: Entry] = [:]

  private struct Entry {
    let elementSize: Int
    let count: Int
    /// Where the values lie, from the start of the structure.
    let offset: Int
  }

  /// Nil where there is no directory that can be read.
  init?(_ bytes: ArraySlice<UInt8>) {
    var view = ByteView(bytes)
    if view.starts(with: [0x4D, 0x4D, 0, 42]) {
      view.isBigEndian = true
    } else if !view.starts(with: [0x49, 0x49, 42, 0]) {
      return nil
    }
    self.view = view
    guard let start = view.u32(at: 4), let count = view.u16(at: start) else { return nil }
    for index in 0..<count {
      let entry = start + 2 + index * 12
      guard let tag = view.u16(at: entry), let type = view.u16(at: entry + 2),
        let valueCount = view.u32(at: entry + 4)
      else { break }
      let elementSize: Int? =
        switch type {
        case 1, 2, 6, 7: 1
        case 3, 8: 2
        case 4, 9, 11, 13: 4
        case 5, 10, 12: 8
        default: nil
        }
      guard let elementSize, entries[tag] == nil else { continue }
      let isInline = valueCount * elementSize <= 4
      guard let offset = isInline ? entry + 8 : view.u32(at: entry + 8) else { continue }
      entries[tag] = Entry(elementSize: elementSize, count: valueCount, offset: offset)
    }
  }

  /// The whole numbers of a tag; nil where it is missing, of another type, or outside of the file.
  func numbers(_ tag: Int) -> [Int]? {
    guard let entry = entries[tag], entry.elementSize <= 4,
      view.part(at: entry.offset, count: entry.count * entry.elementSize) != nil
    else { return nil }
    return (0..<entry.count).compactMap { index in
      let offset = entry.offset + index * entry.elementSize
      return switch entry.elementSize {
      case 1: view.u8(at: offset)
      case 2: view.u16(at: offset)
      default: view.u32(at: offset)
      }
    }
  }

  func number(_ tag: Int) -> Int? { numbers(tag)?.first }

  func has(_ tag: Int) -> Bool { entries[tag] != nil }

  /// Tag 274; upright where it is missing or none of the eight values.
  var orientation: Orientation {
    guard let entry = entries[274], entry.elementSize == 2, entry.count == 1 else {
      return .upright
    }
    return number(274).flatMap(Orientation.init(rawValue:)) ?? .upright
  }

  /// The orientation that an EXIF block states, with or without the "Exif" before it.
  static func orientation(inEXIF bytes: ArraySlice<UInt8>) -> Orientation {
    let prefix: [UInt8] = [0x45, 0x78, 0x69, 0x66, 0, 0]
    let body = bytes.starts(with: prefix) ? bytes.dropFirst(prefix.count) : bytes
    return TIFFDirectory(body)?.orientation ?? .upright
  }
}

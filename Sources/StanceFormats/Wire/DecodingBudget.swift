/// How much memory what is read from a file may take, so that a small file which refers to the
/// same bytes many times cannot exhaust the machine.
///
/// Every item is charged before it is made. As every item is charged something, the budget also
/// bounds the time that reading takes.
final class DecodingBudget {
  /// What a file too small to do harm may take.
  static let floor = 64 << 10

  private(set) var remaining: Int
  let total: Int
  private let bytesPerFileByte: Int

  init(fileByteCount: Int, bytesPerFileByte: Int = 4) {
    let (size, overflow) = fileByteCount.multipliedReportingOverflow(by: bytesPerFileByte)
    total = max(Self.floor, overflow ? Int.max : size)
    remaining = total
    self.bytesPerFileByte = bytesPerFileByte
  }

  /// - Throws: ``FormatError`` where the budget is spent.
  func charge(_ byteCount: Int, at byteOffset: Int? = nil) throws {
    guard byteCount >= 0, byteCount <= remaining else {
      throw FormatError(
        .tooLarge,
        "reading this needs more memory than \(bytesPerFileByte) times the size of what is read; "
          + "the file is damaged or made to exhaust memory",
        byteOffset: byteOffset)
    }
    remaining -= byteCount
  }

  /// Charges for an array of `count` elements.
  func chargeArray<Element>(of type: Element.Type, count: Int, at byteOffset: Int? = nil) throws {
    let (size, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
    try charge(
      overflow || size > Int.max - Self.header ? Int.max : size + Self.header, at: byteOffset)
  }

  /// What an array takes beside its elements.
  private static let header = 32
}

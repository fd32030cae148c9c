/// How much memory what is read from a file may take, so that a small file which refers to the
/// same bytes many times cannot exhaust the machine.
///
/// Every item is charged before it is made. As every item is charged something, the budget also
/// bounds the time that reading takes.
final class DecodingBudget {
  /// Four times the file's size, and what a file too small to do harm needs.
  static let bytesPerFileByte = 4
  static let floor = 64 << 10

  private(set) var remaining: Int
  let total: Int

  init(fileByteCount: Int) {
    total = max(Self.floor, fileByteCount.multipliedReportingOverflow(by: 4).partialValue)
    remaining = total
  }

  /// - Throws: ``FormatError`` where the budget is spent.
  func charge(_ byteCount: Int, at byteOffset: Int? = nil) throws {
    guard byteCount >= 0, byteCount <= remaining else {
      throw FormatError(
        .tooLarge,
        "reading this needs more memory than \(Self.bytesPerFileByte) times the file's size; "
          + "the file is damaged or made to exhaust memory",
        byteOffset: byteOffset)
    }
    remaining -= byteCount
  }

  /// Charges for an array of `count` elements.
  func chargeArray<Element>(of type: Element.Type, count: Int, at byteOffset: Int? = nil) throws {
    let (size, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
    guard !overflow else { return try charge(Int.max, at: byteOffset) }
    try charge(size &+ Self.arrayHeader, at: byteOffset)
  }

  /// What an array or a string takes beside its elements.
  private static let arrayHeader = 32
}

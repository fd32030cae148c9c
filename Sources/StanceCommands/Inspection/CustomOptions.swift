import StanceFormats
import StanceGraph
import StanceTensors

extension CustomOperation {
  /// The name that Google's compiler for the Edge TPU gives the operator it makes.
  static let edgeTPUName = "edgetpu-custom-op"

  var isEdgeTPU: Bool { name == CustomOperation.edgeTPUName }

  /// The options as far as they can be told: a FlexBuffer's members, the fields of a known
  /// structure, else the bytes.
  var decodedOptions: [OperatorOption] {
    if options.isEmpty { return [] }
    if isEdgeTPU {
      return [OperatorOption("machineCodeBytes", .integer(options.count))]
    }
    if name == "Convolution2DTransposeBias", let fields = transposeFields { return fields }
    if let buffer = try? FlexBuffer(decoding: options), case .map(let entries) = buffer {
      return entries.map { OperatorOption($0.key, $0.value.json) }
    }
    return [
      OperatorOption("bytes", .integer(options.count)),
      OperatorOption("hexadecimal", .string(options.hexadecimal(limit: 64))),
    ]
  }

  /// TfLiteTransposeConvParams: padding (1 is same, 2 is valid), stride width, stride height.
  private var transposeFields: [OperatorOption]? {
    guard options.count >= 12 else { return nil }
    let numbers = options.withUnsafeBytes { raw in
      (0..<3).map {
        Int32(littleEndian: raw.loadUnaligned(fromByteOffset: $0 * 4, as: Int32.self))
      }
    }
    guard numbers[0] == 1 || numbers[0] == 2 else { return nil }
    return [
      OperatorOption("padding", .string(numbers[0] == 1 ? "same" : "valid")),
      OperatorOption(
        "strides",
        .object([("height", .integer(Int(numbers[2]))), ("width", .integer(Int(numbers[1])))])),
    ]
  }
}

extension FlexBuffer {
  /// The same as JSON; numbers keep six decimals.
  var json: JSONValue {
    switch self {
    case .null: .null
    case .bool(let flag): .boolean(flag)
    case .integer(let number): .integer(Int(number))
    case .unsigned(let number): Int(exactly: number).map(JSONValue.integer) ?? .string("\(number)")
    case .float(let number): .number(number, decimals: 6)
    case .string(let text): .string(text)
    case .blob(let bytes): .string(bytes.hexadecimal(limit: 64))
    case .vector(let elements): .array(elements.map(\.json))
    case .map(let entries): .object(entries.map { ($0.key, $0.value.json) })
    }
  }
}

extension Bytes {
  /// Two digits a byte, of the first `limit` bytes; an ellipsis says that there are more.
  func hexadecimal(limit: Int) -> String {
    let digits = withUnsafeBytes { raw in
      raw.prefix(limit).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
    return count > limit ? digits + "..." : digits
  }

  /// The bytes as text where they are printable ASCII but for zeros at their end.
  var printableText: String? {
    withUnsafeBytes { raw in
      var text = raw[...]
      while text.last == 0 { text.removeLast() }
      guard !text.isEmpty, text.allSatisfy({ (0x20...0x7E).contains($0) || $0 == 0x0A }) else {
        return nil
      }
      return String(decoding: text, as: UTF8.self)
    }
  }
}

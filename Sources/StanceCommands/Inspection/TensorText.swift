import StanceGraph
import StanceTensors

extension Value {
  /// The shape, with `?` for each dimension that may vary; `unknown` where the file gives no rank.
  var shapeText: String {
    guard hasRank else { return "unknown" }
    guard let shapeSignature else { return "\(shape)" }
    return "[" + shapeSignature.map { $0.map(String.init) ?? "?" }.joined(separator: ", ") + "]"
  }

  /// How integers stand for real numbers, for instance `0.0078125 * (q - 128)`.
  var quantizationText: String {
    guard let quantization else { return "" }
    if quantization.isPerAxis {
      let zeroPoints = Set(quantization.zeroPoints)
      let zero =
        zeroPoints.count == 1 ? "zero point \(quantization.zeroPoint)" : "zero points of their own"
      let smallest = quantization.scales.min() ?? 0
      let largest = quantization.scales.max() ?? 0
      return "\(quantization.scales.count) scales along axis \(quantization.axis), "
        + "\(smallest) to \(largest), \(zero)"
    }
    let zero = quantization.zeroPoint
    let difference = zero == 0 ? "q" : zero < 0 ? "(q + \(-zero))" : "(q - \(zero))"
    return "\(quantization.scale) * \(difference)"
  }

  /// As stored where it is a constant, else as the declared shape gives; nil where elements have no
  /// size of their own.
  var declaredByteCount: Int? {
    constant?.count
      ?? elementType.byteCount.map {
        shape.elementCount.multipliedReportingOverflow(by: $0).partialValue
      }
  }

  /// What kind of value it is.
  func roleText(isInput: Bool, isOutput: Bool) -> String {
    var words: [String] = []
    if isInput { words.append("input") }
    if isOutput { words.append("output") }
    if constant != nil { words.append(sparsity == nil ? "constant" : "sparse constant") }
    if isVariable { words.append("variable") }
    return words.joined(separator: ", ")
  }
}

extension Quantization {
  var json: JSONValue {
    .object([
      ("scales", .array(scales.map(JSONValue.float))),
      ("zeroPoints", .array(zeroPoints.map(JSONValue.integer))),
      ("axis", isPerAxis ? .integer(axis) : .null),
    ])
  }
}

extension Value {
  func json(index: Int) -> JSONValue {
    .object([
      ("index", .integer(index)),
      ("name", .string(name)),
      ("type", .string(elementType.rawValue)),
      ("shape", hasRank ? .array(shape.map(JSONValue.integer)) : .null),
      (
        "shapeSignature",
        .optional(shapeSignature) { .array($0.map { .optional($0, JSONValue.integer) }) }
      ),
      ("quantization", .optional(quantization) { $0.json }),
      ("isConstant", .boolean(constant != nil)),
      ("isSparse", .boolean(sparsity != nil)),
      ("isVariable", .boolean(isVariable)),
      ("storedBytes", .optional(constant) { .integer($0.count) }),
    ])
  }
}

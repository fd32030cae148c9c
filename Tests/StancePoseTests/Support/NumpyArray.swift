import Foundation
import StanceTensors

/// A NumPy file of reference data, format version 1.0, row-major.
struct NumpyArray {
  struct Unreadable: Error { let path: String }

  let shape: [Int]
  /// As NumPy writes it, for instance `<f4`.
  let type: String
  let body: Data

  init(path: String) throws {
    let file = try Data(contentsOf: URL(fileURLWithPath: path))
    guard file.count > 10, file.prefix(6) == Data([0x93] + Array("NUMPY".utf8)), file[6] == 1 else {
      throw Unreadable(path: path)
    }
    let headerEnd = 10 + Int(file[8]) + Int(file[9]) << 8
    let header = String(decoding: file[10..<headerEnd], as: UTF8.self)
    guard let type = header.firstMatch(of: /'descr': '([^']+)'/)?.1,
      let shape = header.firstMatch(of: /'shape': \(([^)]*)\)/)?.1,
      header.contains("'fortran_order': False")
    else { throw Unreadable(path: path) }
    self.shape = shape.split(separator: ",").compactMap {
      Int($0.trimmingCharacters(in: .whitespaces))
    }
    self.type = String(type)
    body = file[headerEnd...]
  }

  func tensor(quantization: Quantization? = nil) throws -> Tensor {
    let types: [String: ElementType] = ["<f4": .float32, "|u1": .uint8, "|i1": .int8]
    guard let elementType = types[type] else { throw Unreadable(path: type) }
    return try Tensor(
      shape: Shape(validating: shape), elementType: elementType, quantization: quantization,
      bytes: Bytes(Array(body)))
  }
}

import StanceFormats
import StanceRuntime
import StanceTensors

/// The outputs of a model's last run as files.
enum OutputArrays {
  /// Writes `output_0.npy`, `output_1.npy`, ... to a folder that exists.
  /// - Returns: each file's path with what it holds.
  static func write(
    _ interpreter: Interpreter, to folder: String
  ) throws -> [(path: String, details: TensorDetails)] {
    try interpreter.outputs.enumerated().map { position, details in
      let name = "output_\(position).npy"
      let path = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
      try OutputFile.write(try NumPy.encode(try interpreter.output(at: position)), to: path)
      return (path, details)
    }
  }
}

import CStanceKernels

/// The float kernels of one instruction set.
///
/// The tables are constant and live as long as the program, so that they may be shared.
struct FloatKernels: @unchecked Sendable {
  let instructionSet: InstructionSet
  private let entry: UnsafePointer<st_f32_kernels>

  var table: st_f32_kernels { entry.pointee }
  var width: Int { Int(table.packing.width) }

  /// Every instruction set that the architecture has float kernels for, the plainest first.
  static let all: [FloatKernels] = {
    var count: Int32 = 0
    guard let first = st_f32_kernels_table(&count) else { return [] }
    return (0..<Int(count)).compactMap { index in
      InstructionSet(rawValue: String(cString: first[index].name)).map {
        FloatKernels(instructionSet: $0, entry: first + index)
      }
    }
  }()

  /// The last of the allowed sets that there are kernels for, else the scalar ones.
  static func best(in allowed: [InstructionSet]) -> FloatKernels {
    all.last { allowed.contains($0.instructionSet) } ?? all[0]
  }
}

/// The kernels of one instruction set that multiply bfloat16.
struct BFloat16Kernels: @unchecked Sendable {
  let instructionSet: InstructionSet
  private let entry: UnsafePointer<st_bf16_kernels>

  var table: st_bf16_kernels { entry.pointee }
  var width: Int { Int(table.packing.width) }

  /// Every instruction set that the architecture has such kernels for, the plainest first.
  static let all: [BFloat16Kernels] = {
    var count: Int32 = 0
    guard let first = st_bf16_kernels_table(&count) else { return [] }
    return (0..<Int(count)).compactMap { index in
      InstructionSet(rawValue: String(cString: first[index].name)).map {
        BFloat16Kernels(instructionSet: $0, entry: first + index)
      }
    }
  }()

  /// The last of the allowed sets that there are kernels for, else the scalar ones.
  static func best(in allowed: [InstructionSet]) -> BFloat16Kernels {
    all.last { allowed.contains($0.instructionSet) } ?? all[0]
  }
}

/// What a float network's kernels compute with.
public enum FloatPrecision: String, Hashable, Sendable, CaseIterable {
  case float32
  /// Inputs and weights of convolutions are rounded to bfloat16, to nearest even; sums are float32.
  /// Elements may be stored as bfloat16, computed with as float32, and rounded in the same way.
  case bfloat16
}

extension InstructionSet {
  /// Those that float kernels are written for on this architecture, the plainest first.
  public static let withFloatKernels: [InstructionSet] = FloatKernels.all.map(\.instructionSet)

  /// Those that bfloat16 kernels are written for on this architecture, the plainest first.
  public static let withBFloat16Kernels: [InstructionSet] =
    BFloat16Kernels.all.map(\.instructionSet)
}

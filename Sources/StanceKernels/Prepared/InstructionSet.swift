import CStanceKernels

/// A family of machine instructions that kernels are written for, the plainest first.
public enum InstructionSet: String, Hashable, Sendable, CaseIterable, Comparable {
  case scalar
  /// AVX2 with FMA.
  case avx2
  /// AVX2 with 8-bit dot products.
  case avxVNNI = "avxvnni"
  /// AVX-512 F, BW, DQ, VL.
  case avx512
  /// AVX-512 with 8-bit dot products.
  case avx512VNNI = "avx512vnni"
  /// AVX-512 with dot products of bfloat16.
  case avx512BF16 = "avx512bf16"
  case neon
  /// NEON with 8-bit dot products.
  case neonDotProduct = "neondot"

  public static func < (left: InstructionSet, right: InstructionSet) -> Bool {
    allCases.firstIndex(of: left)! < allCases.firstIndex(of: right)!
  }

  /// Those that this machine has, the plainest first; always ``scalar`` at least.
  public static let available: [InstructionSet] = {
    let features = Int(st_cpu_features())
    func has(_ bits: Int...) -> Bool { bits.allSatisfy { features & $0 == $0 } }
    return allCases.filter { set in
      switch set {
      case .scalar: true
      case .avx2: has(ST_CPU_AVX2)
      case .avxVNNI: has(ST_CPU_AVX2, ST_CPU_AVX_VNNI)
      case .avx512: has(ST_CPU_AVX512)
      case .avx512VNNI: has(ST_CPU_AVX512, ST_CPU_AVX512_VNNI)
      case .avx512BF16: has(ST_CPU_AVX512, ST_CPU_AVX512_BF16)
      case .neon: has(ST_CPU_NEON)
      case .neonDotProduct: has(ST_CPU_NEON, ST_CPU_DOTPROD)
      }
    }
  }()

  /// The sets up to and including `limit` that this machine has: what may be used when
  /// `STANCE_ISA` names `limit`.
  public static func available(upTo limit: InstructionSet) -> [InstructionSet] {
    available.filter { $0 <= limit }
  }
}

import CStanceKernels

/// The processors of this machine.
public enum Processors {
  /// How many this process may run on at the same time, 1 or more.
  public static let count = Int(st_cpu_count())
}

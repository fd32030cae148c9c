import CStanceKernels

/// The processors of this machine.
public enum Processors {
  /// How many this process may run on at the same time, 1 or more.
  public static let count = Int(st_cpu_count())

  /// A moment's rest for a thread that looks at the same memory again and again: it leaves its share
  /// of the core to others meanwhile.
  public static func pause() { st_cpu_pause() }
}

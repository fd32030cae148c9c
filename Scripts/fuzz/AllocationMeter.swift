/// Counts the memory that is in use, by the sanitizer's hooks.
enum AllocationMeter {
  // Written by the hooks, on the one thread that libFuzzer runs.
  nonisolated(unsafe) private static var isOn = false
  nonisolated(unsafe) private static var current = 0
  nonisolated(unsafe) private static var peak = 0

  static func install() {
    _ = installHooks(
      { _, size in
        guard AllocationMeter.isOn else { return }
        AllocationMeter.current += size
        AllocationMeter.peak = max(AllocationMeter.peak, AllocationMeter.current)
      },
      { pointer in
        guard AllocationMeter.isOn, let pointer else { return }
        AllocationMeter.current -= allocatedSize(pointer)
      })
  }

  /// The most memory in bytes that `body` had in use at once beside what was in use before.
  static func peak(of body: () -> Void) -> Int {
    (current, peak) = (0, 0)
    isOn = true
    body()
    isOn = false
    return peak
  }
}

@_silgen_name("__sanitizer_install_malloc_and_free_hooks")
private func installHooks(
  _ malloc: @convention(c) (UnsafeRawPointer?, Int) -> Void,
  _ free: @convention(c) (UnsafeRawPointer?) -> Void
) -> Int32

@_silgen_name("__sanitizer_get_allocated_size")
private func allocatedSize(_ pointer: UnsafeRawPointer) -> Int

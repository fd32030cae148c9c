import Dispatch
import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The unfinished files of this process, so that an interrupted one leaves none behind.
final class TemporaryFiles: @unchecked Sendable {
  static let shared = TemporaryFiles()

  // Guarded by `lock`.
  private var paths: Set<String> = []
  private var count = 0
  private var sources: [any DispatchSourceSignal] = []
  private var cleanUp: @Sendable () -> Void = {}
  private let lock = NSLock()
  // A queue of its own, as workers may keep every thread of the shared ones busy.
  private let queue = DispatchQueue(label: "stance.interrupt")

  private init() {}

  /// A name that no other file has, hidden from listings, in the folder of `path`.
  func makePath(beside path: String) -> String {
    lock.withLock {
      count += 1
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
      let temporary = "\(folder)/.stance-\(getpid())-\(count).part"
      paths.insert(temporary)
      return temporary
    }
  }

  func forget(_ path: String) {
    lock.withLock { _ = paths.remove(path) }
  }

  func remove(_ path: String) {
    lock.withLock {
      unlink(path)
      paths.remove(path)
    }
  }

  /// Whether the file now lies at `target`; else `errno` says why not.
  func move(_ path: String, to target: String) -> Bool {
    lock.withLock {
      guard rename(path, target) == 0 else { return false }
      paths.remove(path)
      return true
    }
  }

  /// Lets an interrupt end the process as it always does, but without unfinished files.
  /// - Parameter cleanUp: what else is to be done then.
  func removeOnInterrupt(and cleanUp: @escaping @Sendable () -> Void = {}) {
    lock.withLock {
      guard sources.isEmpty else { return }
      self.cleanUp = cleanUp
      // Writing to a closed pipe is then an error of `write`, which is dealt with where it happens.
      signal(SIGPIPE, SIG_IGN)
      sources = [SIGINT, SIGTERM, SIGHUP].map { number in
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
        source.setEventHandler { TemporaryFiles.shared.endProcess(by: number) }
        source.resume()
        return source
      }
    }
  }

  /// Removes what is unfinished and ends the process by `number`, as its caller expects.
  func endProcess(by number: Int32) {
    // Never unlocked, so that no new file comes into being.
    lock.lock()
    for path in paths { unlink(path) }
    cleanUp()
    signal(number, SIG_DFL)
    kill(getpid(), number)
    sleep(1)
    _exit(128 + number)
  }
}

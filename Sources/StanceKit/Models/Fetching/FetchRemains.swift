import Foundation
import Synchronization

/// The programs and folders of fetches under way, so that an interrupted process leaves none behind.
enum FetchRemains {
  private static let programs = Mutex<Set<pid_t>>([])
  private static let folders = Mutex<Set<String>>([])

  static func began(_ program: pid_t) { programs.withLock { _ = $0.insert(program) } }

  static func ended(_ program: pid_t) { programs.withLock { _ = $0.remove(program) } }

  static func keep(_ folder: String) { folders.withLock { _ = $0.insert(folder) } }

  static func remove(_ folder: String) {
    folders.withLock { _ = $0.remove(folder) }
    try? FileManager.default.removeItem(atPath: folder)
  }

  static func clear() {
    programs.withLock {
      // A program's own programs are in the group that it leads, where it leads one.
      for program in $0 { kill(getpgid(program) == program ? -program : program, SIGKILL) }
    }
    folders.withLock {
      for folder in $0 { try? FileManager.default.removeItem(atPath: folder) }
    }
  }
}

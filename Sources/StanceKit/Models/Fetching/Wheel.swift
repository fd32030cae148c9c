import Foundation

/// A Python wheel, from which model files are taken.
final class Wheel {
  private let path: String
  private let requirement: String
  /// Removed with the wheel; nil where the wheel is somebody else's.
  private let temporaryFolder: String?

  /// Downloads a wheel by pip, which also knows mirrors and proxies from its own settings.
  /// - Parameter requirement: for instance `mediapipe==0.10.14`.
  init(downloading requirement: String) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("stance-wheel-\(UUID().uuidString)").path
    FetchRemains.keep(folder)
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      // The files inside are the same for every platform and version of Python.
      let outcome = try ChildProcess.run([
        "TMPDIR=\(folder)", "python3", "-m", "pip", "download", "--quiet",
        "--disable-pip-version-check", "--no-deps",
        "--only-binary=:all:", "--platform", "manylinux2014_x86_64", "--python-version", "3.11",
        "--dest", folder, requirement,
      ])
      guard outcome.status == 0, let path = Self.file(of: requirement, in: folder) else {
        throw Self.failure(outcome, "pip could not download \(requirement)")
      }
      self.path = path
    } catch {
      FetchRemains.remove(folder)
      throw error
    }
    self.requirement = requirement
    temporaryFolder = folder
  }

  /// A wheel that lies in a folder; nil where there is none.
  init?(of requirement: String, in folder: String) {
    guard let path = Self.file(of: requirement, in: folder) else { return nil }
    self.path = path
    self.requirement = requirement
    temporaryFolder = nil
  }

  deinit {
    if let temporaryFolder { FetchRemains.remove(temporaryFolder) }
  }

  /// Writes a file inside the wheel into `file`.
  func extract(_ member: String, into file: PartialFile) throws {
    let script = """
      import shutil, sys, zipfile
      with zipfile.ZipFile(sys.argv[1]) as archive, archive.open(sys.argv[2]) as member:
          shutil.copyfileobj(member, sys.stdout.buffer)
      """
    try file.empty()
    let outcome = try ChildProcess.run(["python3", "-c", script, path, member]) {
      try file.append($0)
    }
    guard outcome.status == 0 else {
      file.discard()
      throw Self.failure(outcome, "\(member) cannot be taken out of the wheel \(requirement)")
    }
  }

  /// Names of wheels begin with the package's name and version.
  private static func file(of requirement: String, in folder: String) -> String? {
    let stem = requirement.replacingOccurrences(of: "==", with: "-") + "-"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.sorted().first { $0.hasPrefix(stem) && $0.hasSuffix(".whl") }
      .map { "\(folder)/\($0)" }
  }

  private static func failure(_ outcome: ChildProcess.Outcome, _ what: String) -> KitError {
    guard !outcome.isMissing else {
      return KitError(.fetchFailed, "\(what): python3 is needed and was not found; install it")
    }
    let reason = outcome.messages.last.map { ": \($0)" } ?? ""
    return KitError(
      .fetchFailed,
      "\(what)\(reason); is there a network, and does python3 have pip? `--from FOLDER` takes the "
        + "file or its wheel from a folder")
  }
}

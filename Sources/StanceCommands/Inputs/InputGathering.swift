import Foundation

/// Finds the pictures that a command's arguments mean.
struct InputGathering {
  /// Extensions of the files that count as pictures in folders, in lower case.
  static let pictureExtensions: Set<String> = [
    "jpg", "jpeg", "jpe", "jfif", "png", "bmp", "dib", "webp", "gif", "tif", "tiff",
  ]

  /// Whether folders are searched with all that is in them.
  let isRecursive: Bool
  /// Folders that results go to, which are not searched.
  let excludedFolders: Set<String>

  /// - Parameter excludedFolders: paths of folders, which need not exist.
  init(isRecursive: Bool, excludedFolders: [String] = []) {
    self.isRecursive = isRecursive
    self.excludedFolders = Set(excludedFolders.map(InputGathering.canonical))
  }

  /// - Parameter arguments: files, folders, patterns such as `photos/*.jpg`, and `-` for standard
  ///   input. A file that exists is never taken for a pattern.
  func gather(_ arguments: [String]) -> GatheredInputs {
    var sources: [InputSource] = []
    var known: Set<String> = []
    for argument in arguments {
      for source in self.sources(for: argument) {
        let key =
          switch source {
          // Links with names of their own are pictures of their own.
          case .file(let path, _): URL(fileURLWithPath: path).standardizedFileURL.path
          case .standardInput: "-"
          case .missing(let name, _): "missing:" + name
          }
        if known.insert(key).inserted { sources.append(source) }
      }
    }
    return GatheredInputs(
      sources: sources, isSinglePicture: arguments.count == 1 && isOnePicture(arguments[0]))
  }

  private func isOnePicture(_ argument: String) -> Bool {
    guard argument != "-" else { return true }
    return InputGathering.kind(of: argument) != .folder && !Glob.isPatternOnly(argument)
  }

  private func sources(for argument: String) -> [InputSource] {
    if argument == "-" { return [.standardInput] }
    switch InputGathering.kind(of: argument) {
    case .file: return [.file(path: argument, folder: nil)]
    case .folder: return pictures(in: argument)
    case nil: break
    }
    guard Glob.hasPattern(argument) else {
      return [.missing(name: argument, reason: "there is no such file or folder")]
    }
    let matches = Glob.matches(of: argument)
    guard !matches.isEmpty else {
      return [.missing(name: argument, reason: "no file matches this pattern")]
    }
    return matches.flatMap { path in
      InputGathering.kind(of: path) == .folder
        ? pictures(in: path) : [.file(path: path, folder: nil)]
    }
  }

  private func pictures(in folder: String) -> [InputSource] {
    do {
      let paths = try picturePaths(in: folder)
      guard paths.isEmpty else { return paths.map { .file(path: $0, folder: folder) } }
      return [
        .missing(
          name: folder,
          reason: "no pictures in this folder"
            + (isRecursive ? "" : "; --recursive also looks in the folders below it"))
      ]
    } catch {
      return [.missing(name: folder, reason: "the folder cannot be read: \(error)")]
    }
  }

  /// Sorted by their bytes, folder by folder. Hidden files are left out, and links to folders are
  /// not followed, as they may lead in circles.
  private func picturePaths(in folder: String) throws -> [String] {
    let base = folder.hasSuffix("/") ? folder : folder + "/"
    var paths: [String] = []
    for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted(by: precedes)
    where !name.hasPrefix(".") {
      let path = base + name
      switch InputGathering.kind(of: path) {
      case .file where InputGathering.isPictureName(name): paths.append(path)
      case .folder where isRecursive && !isLink(path):
        guard !excludedFolders.contains(InputGathering.canonical(path)) else { continue }
        paths += try picturePaths(in: path)
      default: break
      }
    }
    return paths
  }

  private func isLink(_ path: String) -> Bool {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil
  }
}

extension InputGathering {
  enum Kind { case file, folder }

  /// Links are followed; nil where there is nothing.
  static func kind(of path: String) -> Kind? {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return nil }
    return isFolder.boolValue ? .folder : .file
  }

  static func isPictureName(_ name: String) -> Bool {
    guard let dot = name.lastIndex(of: ".") else { return false }
    return pictureExtensions.contains(name[name.index(after: dot)...].lowercased())
  }

  /// One spelling for each file.
  static func canonical(_ path: String) -> String {
    URL(fileURLWithPath: path).resolvingSymlinksInPath().standardizedFileURL.path
  }
}

/// By UTF-8 bytes, the same everywhere.
func precedes(_ left: String, _ right: String) -> Bool {
  left.utf8.lexicographicallyPrecedes(right.utf8)
}

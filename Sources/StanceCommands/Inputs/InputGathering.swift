import Foundation
import StanceMedia

/// Finds the pictures that a command's arguments mean.
struct InputGathering {
  /// Whether folders are searched with all that is in them.
  let isRecursive: Bool
  /// Folders that results go to, which are not searched.
  let excludedFolders: Set<[UInt8]>

  /// - Parameter excludedFolders: paths of folders, which need not exist.
  init(isRecursive: Bool, excludedFolders: [String] = []) {
    self.isRecursive = isRecursive
    self.excludedFolders = Set(excludedFolders.map(InputGathering.canonical))
  }

  /// - Parameter arguments: files, folders, patterns such as `photos/*.jpg`, and `-` for standard
  ///   input. A file that exists is never taken for a pattern.
  func gather(_ arguments: [String]) -> GatheredInputs {
    var sources: [InputSource] = []
    var known: Set<[UInt8]> = []
    for argument in arguments {
      for source in self.sources(for: argument) {
        let key =
          switch source {
          // Links with names of their own are pictures of their own.
          case .file(let path, _): URL(fileURLWithPath: path).standardizedFileURL.path
          case .standardInput: "-"
          case .missing(let name, _): "missing:" + name
          }
        // As bytes, as names that differ only in how letters are composed are equal strings.
        if known.insert(Array(key.utf8)).inserted { sources.append(source) }
      }
    }
    return GatheredInputs(
      sources: sources, isSinglePicture: arguments.count == 1 && isOnePicture(arguments[0]))
  }

  private func isOnePicture(_ argument: String) -> Bool {
    guard argument != "-" else { return true }
    return PathStatus(argument) != .folder && !Glob.isPatternOnly(argument)
  }

  private func sources(for argument: String) -> [InputSource] {
    if argument == "-" { return [.standardInput] }
    let status = PathStatus(argument)
    switch status {
    case .file: return [.file(path: argument, folder: nil)]
    case .folder: return pictures(in: argument)
    case .absent(let reason):
      guard Glob.hasPattern(argument) else { return [.missing(name: argument, reason: reason)] }
    }
    let matches = Glob.matches(of: argument)
    guard !matches.isEmpty else {
      return [.missing(name: argument, reason: "no file matches this pattern")]
    }
    return matches.flatMap { match -> [InputSource] in
      guard match.isUTF8 else { return [InputGathering.unnameable(match.text)] }
      switch PathStatus(match.text) {
      case .file: return [.file(path: match.text, folder: nil)]
      case .folder: return pictures(in: match.text)
      case .absent(let reason): return [.missing(name: match.text, reason: reason)]
      }
    }
  }

  private func pictures(in folder: String) -> [InputSource] {
    let sources = pictures(below: folder, of: folder)
    guard sources.isEmpty else { return sources }
    return [
      .missing(
        name: folder,
        reason: "no pictures in this folder"
          + (isRecursive ? "" : "; --recursive also looks in the folders below it"))
    ]
  }

  /// Sorted by their bytes, folder by folder. Hidden files are left out, and links to folders are
  /// not followed, as they may lead in circles. What has a picture's name and cannot be used is
  /// missing.
  ///
  /// - Parameter argument: the folder that was named.
  private func pictures(below folder: String, of argument: String) -> [InputSource] {
    let base = folder.hasSuffix("/") ? folder : folder + "/"
    let names: [FileName]
    do {
      names = try FolderListing.names(in: folder)
    } catch {
      return [
        .missing(name: folder, reason: "the folder cannot be read: \(error); check its permissions")
      ]
    }
    return names.flatMap { name -> [InputSource] in
      let path = base + name.text
      guard name.isUTF8 else {
        let isOfUse =
          InputGathering.isPictureName(name.text)
          || isRecursive && PathStatus(Array(base.utf8) + name.bytes) == .folder
        return isOfUse ? [InputGathering.unnameable(path)] : []
      }
      switch PathStatus(path) {
      case .file where InputGathering.isPictureName(name.text):
        return [.file(path: path, folder: argument)]
      case .folder where isRecursive && !PathStatus.isLink(path):
        guard !excludedFolders.contains(InputGathering.canonical(path)) else { return [] }
        return pictures(below: path, of: argument)
      case .absent(let reason) where InputGathering.isPictureName(name.text):
        return [.missing(name: path, reason: reason)]
      default: return []
      }
    }
  }

  private static func unnameable(_ path: String) -> InputSource {
    .missing(name: path, reason: "the name is not UTF-8; rename it")
  }
}

extension InputGathering {
  static func isPictureName(_ name: String) -> Bool {
    guard let dot = name.lastIndex(of: ".") else { return false }
    return ImageDecoder.fileExtensions.contains(name[name.index(after: dot)...].lowercased())
  }

  /// One spelling for each file, in bytes: strings are equal also where the names of two files
  /// differ in how letters are composed.
  static func canonical(_ path: String) -> [UInt8] {
    Array(URL(fileURLWithPath: path).resolvingSymlinksInPath().standardizedFileURL.path.utf8)
  }
}

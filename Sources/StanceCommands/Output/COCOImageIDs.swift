import Foundation

/// COCO's numbers of pictures, no two the same.
///
/// They are the numbers at the end of the files' names, as in `000000000785.jpg` and
/// `COCO_val2014_000000000785.jpg`, where all of them have one and no two the same; else the pictures'
/// places among the inputs, from 1. Where an earlier run has given numbers, they stay, and pictures
/// that need others get those behind the largest.
enum COCOImageIDs {
  /// - Parameter earlier: what an earlier run has given.
  /// - Returns: a number for each of the sources.
  static func numbers(of sources: [InputSource], earlier: Earlier = Earlier()) -> [Int] {
    var taken = earlier.taken
    // The pictures that keep theirs come first.
    var numbers: [Int?] = sources.indices.map { index in
      earlier.numbers[index].flatMap { taken.remove($0) }
    }
    taken = earlier.taken
    if let own = numbersInNames(of: sources) {
      for index in sources.indices where numbers[index] == nil {
        if taken.insert(own[index]).inserted { numbers[index] = own[index] }
      }
    }
    var next = (taken.filter { largestExact.contains($0) }.max() ?? 0) + 1
    return numbers.map { number in
      if let number { return number }
      while taken.contains(next) { next += 1 }
      taken.insert(next)
      return next
    }
  }

  /// Nil where one has none, or two have the same.
  private static func numbersInNames(of sources: [InputSource]) -> [Int]? {
    let numbers = sources.compactMap { $0.isPipeOrDevice ? nil : number(in: $0.name) }
    return numbers.count == sources.count && Set(numbers).count == numbers.count ? numbers : nil
  }

  private static func number(in source: String) -> Int? {
    let name = source.split(separator: "/").last ?? ""
    let stem = name.lastIndex(of: ".").map { name[..<$0] } ?? name
    let digits = stem.reversed().prefix { $0.isASCII && $0.isNumber }
    return Int(String(digits.reversed()))
  }

  /// Larger numbers are not the same in every program that reads JSON.
  private static let largestExact = 0...(1 << 53)
}

extension COCOImageIDs {
  /// The numbers in the files of a folder of results.
  struct Earlier: Hashable, Sendable {
    /// Of the sources whose files hold one, by their places.
    private(set) var numbers: [Int: Int] = [:]
    /// Of all files.
    private(set) var taken: Set<Int> = []

    /// None.
    init() {}

    /// - Parameters:
    ///   - folder: that need not exist.
    ///   - paths: of the sources' files in it.
    init(in folder: String, paths: [String]) {
      let names = (try? FolderListing.names(in: folder)) ?? []
      let base = folder.hasSuffix("/") ? folder : folder + "/"
      var numbersOfPaths: [String: Int] = [:]
      for name in names where name.isUTF8 && name.text.hasSuffix(".json") {
        let numbers = COCOImageIDs.numbers(inFileAt: base + name.text) ?? []
        taken.formUnion(numbers)
        if numbers.count == 1 { numbersOfPaths[base + name.text] = numbers.first }
      }
      for (index, path) in paths.enumerated() { numbers[index] = numbersOfPaths[path] }
    }
  }

  /// The pictures that a file of results is about; nil where it is none. Empty where nobody was
  /// found.
  static func numbers(inFileAt path: String) -> Set<Int>? {
    guard let data = FileManager.default.contents(atPath: path),
      let entries = try? JSONDecoder().decode([Entry].self, from: data)
    else { return nil }
    return Set(entries.map(\.imageID))
  }

  private struct Entry: Decodable {
    enum CodingKeys: String, CodingKey {
      case imageID = "image_id"
    }

    let imageID: Int
  }
}

import Testing

@testable import StanceCommands

@Suite struct OutputNamesTests {
  @Test(arguments: [
    (["a.jpg", "b.png"], ["a", "b"]),
    (["x/a.jpg", "y/a.jpg", "b.jpg"], ["x_a", "y_a", "b"]),
    (["x/a.jpg", "x/a.png"], ["x_a_jpg", "x_a_png"]),
    (["p/x/a.jpg", "q/x/a.jpg"], ["p_x_a_jpg", "q_x_a_jpg"]),
    (["A.jpg", "a.jpg"], ["A_jpg", "a_jpg_2"]),
    (["./a.jpg", "../a.jpg"], ["a_jpg", "a_jpg_2"]),
    (["a.tar.jpg", ".jpg", "noending"], ["a.tar", ".jpg", "noending"]),
    (["x/a.jpg", "y/a.jpg", "x_a.jpg"], ["x_a_jpg", "y_a", "x_a"]),
  ])
  func areAllDifferent(paths: [String], names: [String]) {
    let made = OutputNames.names(of: paths.map { .file(path: $0, folder: nil) })
    #expect(made == names)
    #expect(Set(made.map { $0.lowercased() }).count == paths.count)
  }

  @Test func compositionIsIgnoredAsCaseIs() {
    let paths = ["\u{E9}.jpg", "e\u{301}.jpg"]
    let names = OutputNames.names(of: paths.map { .file(path: $0, folder: nil) })
    #expect(Set(names).count == 2)
  }

  @Test func standardInputHasOne() {
    #expect(OutputNames.names(of: [.standardInput]) == ["stdin"])
  }

  @Test func manyOfOneNameEnd() {
    let paths = (0..<500).map { InputSource.file(path: "d\($0 % 50)/e\($0)/a.jpg", folder: nil) }
    #expect(Set(OutputNames.names(of: paths)).count == 500)
  }
}

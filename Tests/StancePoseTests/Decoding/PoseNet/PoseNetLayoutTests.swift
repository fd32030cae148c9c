import StanceTensors
import Testing

@testable import StancePose

@Suite struct PoseNetLayoutTests {
  func shape(_ channels: Int, rows: Int = 9, columns: Int = 7) -> Shape {
    Shape([1, rows, columns, channels])
  }

  @Test func namesDecideWhichDisplacementIsWhich() throws {
    let layout = try PoseNetLayout(outputs: [
      ("displacement_bwd_2", shape(32)), ("offset_2", shape(34)),
      ("displacement_fwd_2", shape(32)), ("heatmap_2", shape(17)),
    ])
    #expect(layout.heatmaps == 3)
    #expect(layout.offsets == 1)
    #expect(layout.displacements == .separate(forward: 2, backward: 0))
    #expect(layout.rows == 9 && layout.columns == 7)
  }

  @Test func oneNameIsEnough() throws {
    let layout = try PoseNetLayout(outputs: [
      ("Backward", shape(32)), ("b", shape(32)), ("c", shape(34)), ("d", shape(17)),
    ])
    #expect(layout.displacements == .separate(forward: 1, backward: 0))
  }

  @Test func unnamedDisplacementsCountInOrder() throws {
    let layout = try PoseNetLayout(outputs: [
      ("a", shape(17)), ("b", shape(32)), ("c", shape(34)), ("d", shape(32)),
    ])
    #expect(layout.displacements == .separate(forward: 1, backward: 3))
  }

  @Test func coralsMidOffsetsHoldBoth() throws {
    let layout = try PoseNetLayout(outputs: [
      ("float_mid_offsets", shape(64)), ("float_long_offsets", shape(34)),
      ("float_short_offsets", shape(34)), ("float_segments", shape(1)),
      ("float_heatmaps", shape(17)),
    ])
    #expect(layout.displacements == .joined(0))
    #expect(layout.offsets == 2)
    #expect(layout.heatmaps == 4)
  }

  @Test func aModelForOnePersonNeedsNoDisplacements() throws {
    let layout = try PoseNetLayout(outputs: [("a", shape(17)), ("b", shape(34))])
    #expect(layout.displacements == nil)
  }

  @Test func otherModelsAreRefusedWithTheirOutputs() {
    let moveNet: [(name: String, shape: Shape)] = [("scores", Shape([1, 1, 17, 3]))]
    let error = #expect(throws: PoseDecodingError.self) { try PoseNetLayout(outputs: moveNet) }
    #expect(error?.code == .missingOutput)
    #expect(error?.description.contains("\"scores\" [1, 1, 17, 3]") == true)
    #expect(throws: PoseDecodingError.self) { try PoseNetLayout(outputs: []) }
    #expect(throws: PoseDecodingError.self) {
      try PoseNetLayout(outputs: [("a", Shape([2, 9, 7, 17])), ("b", Shape([2, 9, 7, 34]))])
    }
    #expect(throws: PoseDecodingError.self) {
      try PoseNetLayout(outputs: [("a", Shape([1, 0, 7, 17])), ("b", Shape([1, 0, 7, 34]))])
    }
    #expect(throws: PoseDecodingError.self) {
      try PoseNetLayout(outputs: [("a", .scalar), ("b", Shape([17]))])
    }
  }

  @Test func gridsMustAgree() {
    let error = #expect(throws: PoseDecodingError.self) {
      try PoseNetLayout(outputs: [
        ("heat", shape(17)), ("off", shape(34)), ("fwd", shape(32)), ("bwd", shape(32, rows: 8)),
      ])
    }
    #expect(error?.code == .mismatchedShape)
    #expect(error?.description.contains("\"bwd\"") == true)
  }

  @Test func aLoneDisplacementIsAnError() {
    let error = #expect(throws: PoseDecodingError.self) {
      try PoseNetLayout(outputs: [("a", shape(17)), ("b", shape(34)), ("fwd", shape(32))])
    }
    #expect(error?.code == .missingOutput)
  }

  @Test func unreadableElementsNameTheOutput() throws {
    let heat = try Tensor([Bool](repeating: true, count: 17), shape: [1, 1, 1, 17])
    let offsets = try Tensor([Float](repeating: 0, count: 34), shape: [1, 1, 1, 34])
    let error = #expect(throws: PoseDecodingError.self) {
      try PoseNetOutputs([("flags", heat), ("offsets", offsets)])
    }
    #expect(error?.code == .unreadableElements)
    #expect(error?.description.contains("\"flags\"") == true)
  }
}

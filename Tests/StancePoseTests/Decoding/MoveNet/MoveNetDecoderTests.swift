import StanceTensors
import Testing

@testable import StancePose

@Suite struct MoveNetDecoderTests {
  let size = ModelSize(width: 256, height: 192)

  /// Keypoint k at (k / 20, k / 40) of the input.
  func row(score: (Int) -> Float) -> [Float] {
    (0..<17).flatMap { [Float($0) / 40, Float($0) / 20, score($0)] }
  }

  @Test func kindsAreToldByTheirShapes() {
    #expect(MoveNetDecoder.kind(outputShapes: [[1, 1, 17, 3]]) == .singlePose)
    #expect(MoveNetDecoder.kind(outputShapes: [[1, 6, 56]]) == .multiPose)
    #expect(MoveNetDecoder.kind(outputShapes: [[1, 0, 56]]) == nil)
    #expect(MoveNetDecoder.kind(outputShapes: [[1, 1, 17, 3], [1]]) == nil)
    #expect(MoveNetDecoder.kind(outputShapes: []) == nil)
  }

  @Test func onePerson() throws {
    let output = try Tensor(row { $0 < 9 ? 0.8 : 0.1 }, shape: [1, 1, 17, 3])
    let people = try MoveNetDecoder(kind: .singlePose, inputSize: size).decode(output)
    let person = try #require(people.first)
    #expect(people.count == 1 && person.box == nil)
    // Uncertain keypoints are given, but do not count.
    #expect(abs(person.pose.score - 0.8) < 1e-6)
    for (index, keypoint) in person.pose.keypoints.enumerated() {
      let keypoint = try #require(keypoint)
      let expected = ModelPoint(x: Double(index) / 20 * 256, y: Double(index) / 40 * 192)
      #expect(keypoint.position.distance(to: expected) < 1e-4)
      #expect(keypoint.score == Double(index < 9 ? Float(0.8) : 0.1))
    }
  }

  @Test func nobodyIsFoundWhereAllKeypointsAreUncertain() throws {
    let output = try Tensor(row { _ in 0.15 }, shape: [1, 1, 17, 3])
    #expect(try MoveNetDecoder(kind: .singlePose, inputSize: size).decode(output).isEmpty)
    let all = try MoveNetDecoder(kind: .singlePose, inputSize: size, minimumScore: 0)
      .decode(output)
    #expect(all.map(\.pose.score) == [0])
  }

  @Test func severalPeopleWithTheirBoxes() throws {
    let scores: [Float] = [0.3, 0.9, 0.1, 0, 0.24, 0.25]
    let rows = scores.flatMap { score in row { _ in 0.5 } + [0.25, 0.125, 0.75, 0.5, score] }
    let output = try Tensor(rows, shape: [1, 6, 56])
    let people = try MoveNetDecoder(kind: .multiPose, inputSize: size).decode(output)
    #expect(people.map { Float($0.pose.score) } == [0.9, 0.3, 0.25])
    #expect(people[0].box == Box(x: 32, y: 48, width: 96, height: 96))
    let pose = people[0].pose(
      modelToImage: AffineTransform(scaleX: 2, scaleY: 2, offsetX: 10, offsetY: -20),
      imageSize: ImageSize(width: 400, height: 300))
    #expect(pose.box == ImageBox(x: 74, y: 76, width: 192, height: 192))
    #expect(pose.keypoints[0]?.position == ImagePoint(x: 10, y: -20))
    #expect(pose.keypoints[0]?.isInsideImage == false)
  }

  @Test func quantizedScoresAreDequantized() throws {
    let codes = (0..<17).flatMap { index -> [UInt8] in [UInt8(index), UInt8(2 * index), 200] }
    let output = try Tensor(
      shape: [1, 1, 17, 3], elementType: .uint8,
      quantization: Quantization(scale: 1 / 256, zeroPoint: 0), bytes: Bytes(codes))
    let person = try #require(
      try MoveNetDecoder(kind: .singlePose, inputSize: size).decode(output).first)
    #expect(abs(person.pose.score - 200 / 256) < 1e-6)
    #expect(person.pose.keypoints[16]?.position == ModelPoint(x: 32, y: 12))
  }

  @Test func whatIsNotFiniteIsNotThere() throws {
    var values = row { _ in 0.9 }
    values[0] = .nan
    values[5] = .infinity
    values += [.nan, 0, 1, 1, .nan]
    let people = try MoveNetDecoder(kind: .multiPose, inputSize: size, minimumScore: 0)
      .decode(Tensor(values, shape: [1, 1, 56]))
    #expect(people.count == 1)
    #expect(people[0].pose.keypoints.prefix(3).map { $0 == nil } == [true, true, false])
    #expect(people[0].box == nil && people[0].pose.score == 0)
  }

  @Test func anotherShapeIsAnError() throws {
    let output = try Tensor([Float](repeating: 0, count: 56), shape: [1, 1, 56])
    #expect(throws: PoseDecodingError.self) {
      try MoveNetDecoder(kind: .singlePose, inputSize: size).decode(output)
    }
  }
}

import StanceTensors
import Testing

@testable import StancePose

@Suite struct DetectionAnchorsTests {
  @Test func layOutAsMediaPipeDoes() {
    let anchors = DetectionDecoder.Kind.person.anchors.centers(
      inputSize: ModelSize(width: 224, height: 224))
    #expect(anchors.count == 2254)
    #expect(anchors[0] == NormalizedPoint(x: 0.5 / 28, y: 0.5 / 28))
    #expect(anchors[1] == anchors[0])
    #expect(anchors[2] == NormalizedPoint(x: 1.5 / 28, y: 0.5 / 28))
    #expect(anchors[1568] == NormalizedPoint(x: 0.5 / 14, y: 0.5 / 14))
    #expect(anchors[1960] == NormalizedPoint(x: 0.5 / 7, y: 0.5 / 7))
    #expect(anchors[1960..<1966].allSatisfy { $0 == anchors[1960] })
    #expect(anchors[1966] == NormalizedPoint(x: 1.5 / 7, y: 0.5 / 7))
    #expect(anchors[2253] == NormalizedPoint(x: 6.5 / 7, y: 6.5 / 7))
  }

  @Test func palmsAndFacesHaveTwoGrids() {
    for (kind, side, cells) in [(DetectionDecoder.Kind.palm, 192, 24), (.face, 128, 16)] {
      let anchors = kind.anchors.centers(inputSize: ModelSize(width: side, height: side))
      let fine = cells * cells * 2
      let coarse = Double(cells) / 2
      #expect(anchors.count == fine + cells * cells / 4 * 6)
      #expect(anchors[1] == NormalizedPoint(x: 0.5 / Double(cells), y: 0.5 / Double(cells)))
      #expect(anchors[fine] == NormalizedPoint(x: 0.5 / coarse, y: 0.5 / coarse))
      #expect(anchors[fine..<fine + 6].allSatisfy { $0 == anchors[fine] })
      #expect(anchors[fine + 6] == NormalizedPoint(x: 1.5 / coarse, y: 0.5 / coarse))
    }
  }

  @Test func theCountIsThatOfTheCenters() {
    for kind in DetectionDecoder.Kind.all {
      for (width, height) in [(224, 224), (1, 1), (225, 96), (33, 7)] {
        let size = ModelSize(width: width, height: height)
        #expect(
          kind.anchors.count(inputSize: size) == kind.anchors.centers(inputSize: size).count)
      }
      #expect(kind.anchors.count(inputSize: ModelSize(width: 0, height: 224)) == nil)
      #expect(kind.anchors.count(inputSize: ModelSize(width: Int.max, height: 1)) == nil)
    }
  }
}

@Suite struct DetectionDecoderTests {
  let size = ModelSize(width: 224, height: 224)
  static let count = 2254

  /// Raw outputs in which every anchor is silent but for the given ones.
  func outputs(_ people: [(anchor: Int, logit: Float, values: [Float])]) throws -> [Tensor] {
    var values = [Float](repeating: 0, count: Self.count * 12)
    var logits = [Float](repeating: -200, count: Self.count)
    for person in people {
      logits[person.anchor] = person.logit
      for (index, value) in person.values.enumerated() {
        values[person.anchor * 12 + index] = value
      }
    }
    return [
      try Tensor(values, shape: [1, 2254, 12]), try Tensor(logits, shape: [1, 2254, 1]),
    ]
  }

  /// A box of `side` at the anchor moved by `shift`, and the four points.
  func values(shift: Float = 0, side: Float = 40) -> [Float] {
    [shift, 0, side, side, 1, 2, 3, -40, 5, 6, 7, -20]
  }

  @Test func rawValuesStandAtTheirAnchor() throws {
    let detections = try DetectionDecoder(.person).decode(
      outputs: outputs([(1960, 2, values(shift: 4))]), inputSize: size)
    try #require(detections.count == 1)
    let person = detections[0]
    #expect(person.score == sigmoid(2))
    #expect(person.box == Box(x: 16 + 4 - 20, y: 16 - 20, width: 40, height: 40))
    #expect(person.points[0].distance(to: ModelPoint(x: 17, y: 18)) < 1e-9)
    #expect(person.points[1].distance(to: ModelPoint(x: 19, y: -24)) < 1e-9)
    #expect(person.points[2].distance(to: ModelPoint(x: 21, y: 22)) < 1e-9)
    #expect(person.points[3].distance(to: ModelPoint(x: 23, y: -4)) < 1e-9)
  }

  @Test func outputsAreFoundByShape() throws {
    let both = try outputs([(100, 2, values())])
    let detector = DetectionDecoder(.person)
    #expect(
      try detector.decode(outputs: both.reversed(), inputSize: size)
        == detector.decode(outputs: both, inputSize: size))
    #expect(DetectionDecoder.Kind.person.recognizes(outputShapes: both.map(\.shape)))
    #expect(!DetectionDecoder.Kind.person.recognizes(outputShapes: [both[0].shape]))
    let error = #expect(throws: PoseDecodingError.self) {
      try detector.decode(outputs: [both[0]], inputSize: size)
    }
    #expect(error?.code == .missingOutput)
    let mismatch = #expect(throws: PoseDecodingError.self) {
      try detector.decode(outputs: both, inputSize: ModelSize(width: 256, height: 256))
    }
    #expect(mismatch?.code == .mismatchedShape)
  }

  @Test func detectorsAreToldApartByTheirShapes() {
    for kind in DetectionDecoder.Kind.all {
      let shapes: [Shape] = [[1, 896, kind.valuesPerAnchor], [1, 896, 1]]
      #expect(DetectionDecoder.Kind.recognized(outputShapes: shapes) == kind)
    }
    #expect(DetectionDecoder.Kind.recognized(outputShapes: [[1, 896, 14], [1, 896, 1]]) == nil)
    #expect(DetectionDecoder.Kind.palm.valuesPerAnchor == 18)
    #expect(DetectionDecoder.Kind.face.valuesPerAnchor == 16)
  }

  @Test func overlappingBoxesBecomeTheirWeightedMean() throws {
    let detections = try DetectionDecoder(.person).decode(
      outputs: outputs([
        (0, 1, values(shift: 6)), (1, 3, values()), (2200, 2, values()),
      ]), inputSize: size)
    try #require(detections.count == 2)
    let (weak, strong) = (sigmoid(1), sigmoid(3))
    #expect(detections[0].score == strong)
    #expect(abs(detections[0].box.center.x - (4 + 6 * weak / (weak + strong))) < 1e-9)
    #expect(abs(detections[0].box.width - 40) < 1e-9)
    #expect(detections[0].points[0].distance(to: ModelPoint(x: 5, y: 6)) < 1e-9)
    #expect(detections[1].score == sigmoid(2))
  }

  @Test func boxesThatOverlapLessAreSeveralPeople() throws {
    // Shifted by half a side: intersection over union 1/3; by 0.6 sides: 1/4.
    func count(_ shift: Float) throws -> Int {
      try DetectionDecoder(.person).decode(
        outputs: outputs([(0, 1, values(shift: shift)), (1, 3, values())]), inputSize: size
      ).count
    }
    #expect(try count(20) == 1)
    #expect(try count(24) == 2)
  }

  @Test func equalScoresKeepTheirOrder() throws {
    let detections = try DetectionDecoder(.person).decode(
      outputs: outputs([(2200, 2, values()), (0, 2, values()), (900, 2, values())]),
      inputSize: size)
    #expect(detections.map(\.points[0].y) == detections.map(\.points[0].y).sorted())
    #expect(detections.count == 3)
  }

  @Test func logitsAreClippedAndTheThresholdCounts() throws {
    let detections = try DetectionDecoder(.person).decode(
      outputs: outputs([(0, .infinity, values()), (700, 0, values()), (2000, -0.01, values())]),
      inputSize: size)
    #expect(detections.map(\.score) == [sigmoid(100), 0.5])
    var open = DetectionDecoder(.person, scoreThreshold: 0)
    open.overlapThreshold = 2
    #expect(try open.decode(outputs: outputs([]), inputSize: size).count == Self.count)
  }

  @Test func nobodyIsNoError() throws {
    #expect(try DetectionDecoder(.person).decode(outputs: outputs([]), inputSize: size).isEmpty)
  }

  @Test func nonsenseIsDropped() throws {
    var negative = values()
    negative[2] = -1
    var endless = values()
    endless[9] = .infinity
    let detections = try DetectionDecoder(.person).decode(
      outputs: outputs([
        (0, 4, negative), (500, 4, endless), (900, .nan, values()),
        (1200, 4, values(side: .nan)), (1900, 4, values(side: 0)), (2100, 3, values(side: 0)),
      ]), inputSize: size)
    // Boxes without area overlap nothing, themselves included.
    #expect(detections.map(\.score) == [sigmoid(4), sigmoid(3)])
    for seed in 0..<20 as Range<UInt64> {
      let tensors = [
        try Tensor(awkwardFloats(count: Self.count * 12, seed: seed), shape: [1, 2254, 12]),
        try Tensor(awkwardFloats(count: Self.count, seed: seed + 50), shape: [1, 2254, 1]),
      ]
      for person in try DetectionDecoder(.person).decode(outputs: tensors, inputSize: size) {
        #expect(person.score >= 0.5 && person.score <= 1)
      }
    }
  }
}

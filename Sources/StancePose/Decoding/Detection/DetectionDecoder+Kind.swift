import StanceTensors

extension DetectionDecoder {
  /// What a detector finds, and how its outputs are laid out.
  public struct Kind: Hashable, Sendable {
    /// For messages, for instance `BlazePose's detector`.
    public let name: String
    let anchors: DetectionAnchors
    let pointCount: Int

    /// People, as BlazePose's detector sees them, in 224x224 pixels. The points are the middle of
    /// the hips, a point above the head on the circle about it that holds the whole body, the
    /// middle of the shoulders, and a point on the circle about that which holds the upper body.
    public static let person = Kind(
      name: "BlazePose's detector", anchors: DetectionAnchors(strides: [8, 16, 32, 32, 32]),
      pointCount: 4)

    /// Palms, in 192x192 pixels. The points are the wrist, the knuckles of index, middle, ring and
    /// little finger, and the thumb's joints next to the wrist and to the hand.
    public static let palm = Kind(
      name: "MediaPipe's palm detector", anchors: DetectionAnchors(strides: [8, 16, 16, 16]),
      pointCount: 7)

    /// Faces, as the short-range detector sees them, in 128x128 pixels. The points are the person's
    /// own right and left eye, the tip of the nose, the mouth, and the right and left ear.
    public static let face = Kind(
      name: "MediaPipe's short-range face detector",
      anchors: DetectionAnchors(strides: [8, 16, 16, 16]), pointCount: 6)

    static let all = [person, palm, face]

    /// Box centre x, y, width, height, then x, y of the points.
    var valuesPerAnchor: Int { 4 + 2 * pointCount }

    /// Whether a model with outputs of these shapes is such a detector.
    public func recognizes(outputShapes: [Shape]) -> Bool {
      findOutputs(outputShapes) != nil
    }

    /// Which outputs are the boxes and the logits; nil unless both are there.
    func findOutputs(_ shapes: [Shape]) -> (boxes: Int, logits: Int)? {
      func index(lastDimension: Int) -> Int? {
        shapes.firstIndex { $0.rank == 3 && $0[0] == 1 && $0[1] > 0 && $0[2] == lastDimension }
      }
      guard let boxes = index(lastDimension: valuesPerAnchor),
        let logits = index(lastDimension: 1), shapes[boxes][1] == shapes[logits][1]
      else { return nil }
      return (boxes, logits)
    }

    /// The detector that a model with outputs of these shapes is; nil where it is none.
    public static func recognized(outputShapes: [Shape]) -> Kind? {
      all.first { $0.recognizes(outputShapes: outputShapes) }
    }
  }
}

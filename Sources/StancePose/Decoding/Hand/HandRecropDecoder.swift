import StanceTensors

/// Reads where a hand is out of what MediaPipe's hand_recrop says of a first guess.
public enum HandRecropDecoder {
  /// Whether a model with outputs of these shapes is the one that finds a hand in a first guess.
  public static func recognizes(outputShapes: [Shape]) -> Bool {
    outputShapes.count == 1 && outputShapes[0].elementCount == 4 && outputShapes[0].last == 4
  }

  /// The hand's middle and a point below it on the circle around the hand, in fractions of the guess.
  ///
  /// - Parameters:
  ///   - outputs: [1, 1, 1, 4]: x, y of both in pixels of the input.
  ///   - inputSize: of the tensor that the model was run on.
  /// - Throws: ``PoseDecodingError`` where the output is another one.
  public static func decode(
    outputs: [Tensor], inputSize: ModelSize = ModelSize(width: 256, height: 256)
  ) throws -> (middle: NormalizedPoint, circle: NormalizedPoint) {
    guard recognizes(outputShapes: outputs.map(\.shape)) else {
      throw PoseDecodingError(
        .missingOutput,
        "this is no output of MediaPipe's hand_recrop: one of 4 numbers is needed, the model has "
          + outputs.map { $0.shape.description }.joined(separator: ", "))
    }
    try inputSize.check()
    let values = try outputs[0].realElements(ofOutput: "points").map(Double.init)
    let (width, height) = (Double(inputSize.width), Double(inputSize.height))
    return (
      NormalizedPoint(x: values[0] / width, y: values[1] / height),
      NormalizedPoint(x: values[2] / width, y: values[3] / height)
    )
  }
}

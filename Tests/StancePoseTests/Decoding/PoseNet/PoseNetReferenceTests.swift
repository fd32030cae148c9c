import Foundation
import StancePose
import StanceTensors
import StanceTestSupport
import Testing

/// Poses that posenet-python and Coral's decoder made from the same arrays.
@Suite(.enabled(if: SharedData.isPresent, "needs the shared data"))
struct PoseNetReferenceTests {
  struct Reference: Decodable {
    struct Parameters: Decodable {
      let outputStride: Int
      let maxDetections: Int
      let scoreThreshold: Double
      let nmsRadius: Double
      let minPoseScore: Double
    }

    struct Person: Decodable {
      let score: Double
      let keypointScores: [Double]
      /// y, x in pixels of the model's input.
      let keypoints: [[Double]]
    }

    let parameters: Parameters
    let poses: [Person]
  }

  /// The poses were made from the arrays of LiteRT's reference kernels, `output_k`.
  @Test(
    arguments: [
      ("posenet-257-float-stride16/footballer", 1), ("posenet-257-float-stride16/squat", 1),
      ("posenet-float-stride16-resized-353x481/test_couple", 2),
      ("posenet-float-stride16-resized-353x481/three_people", 3),
    ])
  func posenetPython(folder: String, people: Int) throws {
    let path = SharedData.path("references/\(folder)")
    let reference = try JSONDecoder().decode(
      Reference.self,
      from: Data(contentsOf: URL(fileURLWithPath: "\(path)/posenet_python_multi.json")))
    let input = try NumpyArray(path: "\(path)/input.npy").shape
    let names = ["heatmap_2", "offset_2", "displacement_fwd_2", "displacement_bwd_2"]
    let outputs = try PoseNetOutputs(
      names.enumerated().map { index, name in
        (name, try NumpyArray(path: "\(path)/output_\(index).npy").tensor())
      })

    var parameters = PoseNetProfile.posenetPython.parameters
    parameters.maxPoses = reference.parameters.maxDetections
    parameters.scoreThreshold = reference.parameters.scoreThreshold
    parameters.nmsRadius = reference.parameters.nmsRadius
    parameters.minPoseScore = reference.parameters.minPoseScore
    #expect((input[1] - 1) / (outputs.rows - 1) == reference.parameters.outputStride)
    let poses = try PoseNetDecoder(
      parameters: parameters, inputSize: ModelSize(width: input[2], height: input[1])
    ).decode(outputs)

    try #require(poses.count == reference.poses.count && poses.count == people)
    var (farthest, worstScore, compared) = (0.0, 0.0, 0)
    for (pose, expected) in zip(poses, reference.poses) {
      worstScore = max(worstScore, abs(pose.score - expected.score))
      for (index, keypoint) in pose.keypoints.enumerated() {
        let keypoint = try #require(keypoint)
        let (y, x) = (expected.keypoints[index][0], expected.keypoints[index][1])
        farthest = max(farthest, keypoint.position.distance(to: ModelPoint(x: x, y: y)))
        worstScore = max(worstScore, abs(keypoint.score - expected.keypointScores[index]))
        compared += 1
      }
    }
    #expect(compared == people * 17)
    #expect(farthest <= 0.01)
    #expect(worstScore <= 1e-4)
  }

  /// Coral's own decoder samples between cells and refines more often, so it agrees by a few
  /// pixels. The quantisation is that of the model's file.
  @Test(arguments: ["test_couple", "three_people"])
  func coral(image: String) throws {
    let arrays = SharedData.path("references/coral-353-481-quant/\(image)")
    let decoded = SharedData.path("references/coral-353-481-quant-decoder/\(image)")
    let short = Quantization(scale: 0.0784313753247261, zeroPoint: 128)
    let mid = Quantization(scale: 1.3875764608383179, zeroPoint: 117)
    let outputs = try PoseNetOutputs([
      ("float_heatmaps", NumpyArray(path: "\(arrays)/xnnpack_0.npy").tensor(quantization: short)),
      (
        "float_short_offsets",
        NumpyArray(path: "\(arrays)/xnnpack_1.npy").tensor(quantization: short)
      ),
      ("float_mid_offsets", NumpyArray(path: "\(arrays)/xnnpack_2.npy").tensor(quantization: mid)),
    ])
    var parameters = PoseNetProfile.tfjs.parameters
    parameters.maxPoses = 10
    parameters.minPoseScore = 0.2
    let poses = try PoseNetDecoder(
      parameters: parameters, inputSize: ModelSize(width: 481, height: 353)
    ).decode(outputs)

    let keypoints = try NumpyArray(path: "\(decoded)/output_0.npy").tensor().realElements()
    let scores = try NumpyArray(path: "\(decoded)/output_1.npy").tensor().realElements()
    let count = Int(try NumpyArray(path: "\(decoded)/output_3.npy").tensor().realElements()[0])
    var distances: [Double] = []
    for person in 0..<count {
      var nearest: [Double] = []
      for pose in poses {
        let apart = pose.keypoints.enumerated().compactMap { index, keypoint -> Double? in
          let place = person * 17 + index
          guard let keypoint, keypoint.score > 0.5, scores[place] > 0.5 else { return nil }
          let (y, x) = (Double(keypoints[place * 2]), Double(keypoints[place * 2 + 1]))
          return keypoint.position.distance(to: ModelPoint(x: x, y: y))
        }
        if apart.count >= 3, nearest.isEmpty || mean(apart) < mean(nearest) { nearest = apart }
      }
      #expect(!nearest.isEmpty)
      distances += nearest
    }
    distances.sort()
    try #require(distances.count >= 10)
    let median = distances[distances.count / 2]
    #expect(median < 3, "\(distances.count) keypoints of \(count) people")
  }

  private func mean(_ numbers: [Double]) -> Double {
    numbers.reduce(0, +) / Double(numbers.count)
  }
}

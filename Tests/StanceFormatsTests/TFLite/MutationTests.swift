import StanceFormats
import StanceGraph
import StanceTensors
import StanceTestSupport
import Testing

/// Damaged files throw or give a consistent model, and take no more memory than they may.
struct MutationTests {
  @Test func madeModel() throws {
    let outcome = try mutate(TestModel.rich.root.fileBytes(), name: "made.tflite", count: 6000)
    #expect(outcome.failures > 1000)
    #expect(outcome.successes > 100)
  }

  @Test(
    .enabled(if: SharedData.isPresent, "needs the shared data"),
    arguments: [
      "coral/posenet_mobilenet_v1_075_353_481_quant_decoder.tflite",
      "movenet/movenet_single_pose_lightning_ptq.tflite",
      "posenet/posenet_mobilenet_v1_075_257x257_float_stride16.tflite",
    ])
  func realModel(_ file: String) throws {
    let path = SharedData.path("models/" + file)
    let outcome = try mutate(Bytes(mappingFileAt: path), name: path, count: 1200)
    #expect(outcome.failures > 200)
    #expect(outcome.successes > 20)
  }

  private func mutate(_ bytes: Bytes, name: String, count: Int) throws -> (
    failures: Int, successes: Int
  ) {
    let model = try TFLiteReader.read(bytes, name: name)
    requireConsistent(model, "undamaged")
    let mutator = Mutator(bytes, places: structure(of: model, in: bytes), seed: 20_260_101)
    var (failures, successes) = (0, 0)
    for _ in 0..<count {
      mutator.mutated { damaged, label in
        do {
          let model = try TFLiteReader.read(damaged, name: name)
          successes += 1
          requireConsistent(model, label)
          #expect(footprint(of: model) <= max(64 << 10, 4 * damaged.count), "\(label)")
        } catch let error as FormatError {
          failures += 1
          #expect(error.file == name, "\(label)")
          #expect(error.description.hasPrefix(name), "\(label)")
          #expect(!error.reason.isEmpty && error.description.utf8.count < 2000, "\(label)")
        } catch {
          Issue.record("\(label): \(error)")
        }
      }
    }
    #expect(failures + successes == count)
    return (failures, successes)
  }

  /// What is left of the file without the elements of its constants.
  private func structure(of model: Model, in bytes: Bytes) -> [Range<Int>] {
    let start = bytes.withUnsafeBytes { Int(bitPattern: $0.baseAddress) }
    let constants = model.graph.values.compactMap(\.constant).filter { !$0.isEmpty }
      .map { constant in
        let offset = constant.withUnsafeBytes { Int(bitPattern: $0.baseAddress) } - start
        return offset..<offset + constant.count
      }
      .sorted { $0.lowerBound < $1.lowerBound }
    var structure: [Range<Int>] = []
    var end = 0
    for range in constants {
      if range.lowerBound > end { structure.append(end..<range.lowerBound) }
      end = max(end, range.upperBound)
    }
    return structure + [end..<bytes.count]
  }
}

import StanceFormats
import StanceTensors
import StanceTestSupport
import Testing

/// What a model's maker says of it is read, and damage to it is an error.
struct ModelDescriptionTests {
  private let file = FlatValue.table([
    0: .string("posenet"), 1: .string("Finds joints."), 2: .string("v1"), 4: .string("somebody"),
    5: .string("Apache-2.0"), 6: .tables([.table([0: .string("licence.txt")])]),
    3: .tables([
      .table([
        2: .tables([
          .table([
            0: .string("image"), 1: .string("A photo."),
            4: .tables([
              .table([0: .uint8(2)]),
              .table([0: .uint8(1), 1: .table([0: .floats([127.5]), 1: .floats([128])])]),
            ]),
          ])
        ]),
        3: .tables([
          .table([
            0: .string("classes"), 6: .tables([.table([0: .string("labels.txt")])]),
          ]), .table([:]),
        ]),
      ])
    ]),
  ]).file(identifier: "M001")

  @Test func everyPartIsRead() throws {
    let description = try ModelDescription(decoding: Bytes(file))
    #expect(description.name == "posenet")
    #expect(description.description == "Finds joints.")
    #expect(description.version == "v1")
    #expect(description.author == "somebody")
    #expect(description.license == "Apache-2.0")
    #expect(description.associatedFiles == ["licence.txt"])
    let input = try #require(description.inputs.first)
    #expect(description.inputs.count == 1)
    #expect(input.name == "image")
    #expect(input.description == "A photo.")
    #expect(input.normalization?.mean == [127.5])
    #expect(input.normalization?.deviation == [128])
    #expect(description.outputs.map(\.name) == ["classes", nil])
    #expect(description.outputs.map(\.associatedFiles) == [["labels.txt"], []])
  }

  @Test func anotherFileIsAnError() {
    #expect(throws: FormatError.self) {
      try ModelDescription(decoding: FlatValue.table([:]).fileBytes())
    }
    #expect(throws: FormatError.self) { try ModelDescription(decoding: Bytes([1, 2])) }
  }

  @Test func damagedDescriptionsThrowOrAreRead() {
    let mutator = Mutator(Bytes(file), places: [8..<file.count], seed: 7)
    var (failures, successes) = (0, 0)
    for _ in 0..<3000 {
      mutator.mutated { damaged, _ in
        if (try? ModelDescription(decoding: damaged)) == nil {
          failures += 1
        } else {
          successes += 1
        }
      }
    }
    #expect(failures > 300)
    #expect(successes > 300)
  }
}

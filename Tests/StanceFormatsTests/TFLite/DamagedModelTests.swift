import StanceFormats
import StanceTensors
import StanceTestSupport
import Testing

/// What is wrong with a file is said with its place.
struct DamagedModelTests {
  private func message(_ model: TestModel) -> String { message(model.root.fileBytes()) }

  private func message(_ bytes: Bytes) -> String {
    do {
      _ = try ModelReader.read(bytes, name: "bad.tflite")
      return "no error"
    } catch {
      return "\(error)"
    }
  }

  private func spoil(_ change: (inout TestModel) -> Void) -> String {
    var model = TestModel.rich
    change(&model)
    return message(model)
  }

  @Test(
    arguments: [
      ([], "this is an empty file"),
      ([0x50, 0x4B, 3, 4, 0, 0, 0, 0], "this is a zip archive; unpack it first"),
      (Array("<!DOCTYPE html>".utf8), "a web page"),
      (Array("version https://git-lfs.github.com/spec/v1".utf8), "git lfs pull"),
      (Array("hello, world".utf8), "this is no model file"),
      ([UInt8](repeating: 0, count: 100), "a file of zeros"),
      ([0, 0, 0, 0] + Array("TFL9".utf8), "of another schema"),
    ] as [([UInt8], String)])
  func otherFiles(_ bytes: [UInt8], _ words: String) {
    let text = message(Bytes(bytes))
    #expect(text.hasPrefix("bad.tflite: this is"))
    #expect(text.contains(words))
  }

  @Test func header() {
    let magic = Array("TFL3".utf8)
    #expect(message(Bytes([0, 0, 0, 0] + magic)).contains("byte 0: model: the offset 0 points"))
    #expect(message(Bytes([0xFF, 0xFF, 0xFF, 0xFF] + magic)).contains("outside of the file's 8"))
    #expect(message(Bytes([4, 0, 0, 0] + magic)).contains("model"))
    var model = TestModel.rich
    model.version = 2
    #expect(message(model).contains("version: schema version 2 is not supported"))
    #expect(
      message(FlatValue.table([0: .uint32(3)]).fileBytes()).contains("no subgraph to run"))
  }

  @Test func shapes() {
    for (shape, words) in [
      ([-1, 4], "dimension -1 is negative"),
      ([2_000_000_000, 2_000_000_000, 2_000_000_000], "its number of elements overflows"),
      ([0, 2_000_000_000, 2_000_000_000, 2_000_000_000], "its number of elements overflows"),
      ([Int32](repeating: 1, count: 65), "cannot have 65 dimensions"),
    ] as [([Int32], String)] {
      let text = spoil { $0.tensors[3] = TestModel.tensor(shape) }
      #expect(text.hasPrefix("bad.tflite: byte "))
      #expect(text.contains("subgraph 0, tensor 3, shape: "))
      #expect(text.contains(words))
    }
    #expect(
      spoil { $0.tensors[3] = TestModel.tensor([2, 2], [7: .int32s([-1])]) }
        .contains("tensor 3, shape signature: [-1] does not fit a tensor of rank 2"))
    #expect(
      spoil { $0.tensors[3] = TestModel.tensor([1], type: 77) }
        .contains("tensor 3, type: there is no element type 77"))
    #expect(
      spoil { $0.tensors[3] = TestModel.tensor([1], type: 19) }
        .contains("elements of type INT2 are not supported"))
  }

  @Test func constants() {
    #expect(
      spoil { $0.tensors[1] = TestModel.tensor([4], buffer: 99) }
        .contains("subgraph 0, tensor 1: buffer 99 does not exist; the model has 6"))
    #expect(
      spoil { $0.tensors[1] = TestModel.tensor([7], buffer: 1) }
        .contains("buffer 1: a constant of shape [7] and type float32 needs 28 bytes and has 24"))
    #expect(
      spoil { $0.buffers[1] = .table([1: .uint64(9), 2: .uint64(.max)]) }
        .contains("bytes at offset 9 reach over the end"))
    #expect(
      spoil { $0.tensors[1] = TestModel.tensor([4], [10: .uint32(1)]) }
        .contains("elements lie in another file"))
    #expect(
      spoil { $0.tensors[1] = TestModel.tensor([24], type: 6, buffer: 1) }
        .contains("a bool is neither 0 nor 1"))
  }

  @Test func quantization() {
    func text(_ parameters: [Int: FlatValue]) -> String {
      spoil {
        $0.tensors[1] = TestModel.tensor([3, 2, 2, 2], type: 9, [4: .table(parameters)])
      }
    }
    #expect(
      text([2: .floats([1, 1]), 6: .int32(0)])
        .contains("tensor 1, quantization: 2 scales along axis 0 do not fit the shape [3, 2, 2, 2]")
    )
    #expect(text([2: .floats([1, 1]), 6: .int32(-1)]).contains("2 scales along axis -1"))
    #expect(
      text([2: .floats([1, 1, 1]), 3: .int64s([0, 0])]).contains("3 scales have 2 zero points"))
    #expect(
      text([2: .floats([1]), 3: .int64s([.min])])
        .contains("the zero point -9223372036854775808 does not fit 32 bits"))
  }

  @Test func sparsity() {
    func text(order: [Int32], blocks: [Int32] = [], _ levels: [FlatValue]) -> String {
      let sparsity: [Int: FlatValue] = [
        0: .int32s(order), 1: .int32s(blocks), 2: .tables(levels),
      ]
      return spoil {
        $0.tensors[4] = TestModel.tensor([2, 4], type: 1, buffer: 3, [6: .table(sparsity)])
      }
    }
    func dense(_ size: Int32) -> FlatValue { .table([1: .int32(size)]) }
    #expect(text(order: [0], [dense(2)]).contains("tensor 4, sparsity: 1 levels in an order of 1"))
    #expect(text(order: [0, 0], [dense(2), dense(4)]).contains("is no permutation"))
    #expect(text(order: [0, 9], [dense(2), dense(4)]).contains("is no permutation"))
    #expect(text(order: [0, 1], [dense(2), dense(5)]).contains("level 1 has size 5"))
    #expect(
      text(order: [0, 1], [dense(2), dense(-4)]).contains("level 1: the size -4 is negative"))
    #expect(
      text(order: [0, 1, 2], blocks: [1], [dense(2), dense(1), dense(3)])
        .contains("block 0 does not divide the shape [2, 4]"))
    #expect(
      text(order: [0, 1, 2], blocks: [5], [dense(2), dense(1), dense(4)])
        .contains("block 0 does not divide"))
    #expect(
      text(order: [0, 1], [dense(2), .table([0: .uint8(1), 2: .uint8(9)])])
        .contains("level 1, segments: there is no index vector of type 9"))
    #expect(
      text(order: [0, 1], [dense(2), .table([0: .uint8(2)])]).contains("no level format 2"))
  }

  @Test func operators() {
    #expect(
      spoil { $0.operators[0] = TestModel.node(17, [0], [3]) }
        .contains("subgraph 0, operator 0: operator code 17 does not exist; the model has 5"))
    #expect(
      spoil { $0.operators[1] = TestModel.node(1, [10], [5]) }
        .contains("operator 1, DENSIFY, inputs: tensor 10 does not exist; the subgraph has 10"))
    #expect(
      spoil { $0.operators[1] = TestModel.node(1, [-2], [5]) }.contains("tensor -2 does not exist"))
    #expect(
      spoil { $0.operators[1] = TestModel.node(1, [4], [-1]) }
        .contains("operator 1, DENSIFY, outputs: tensor -1 does not exist"))
    #expect(
      spoil { $0.operators[1] = TestModel.node(1, [4], []) }
        .contains("outputs: the operator has no outputs"))
    #expect(
      spoil { $0.operators[1] = TestModel.node(1, [4], [3]) }
        .contains("operator 1, outputs: tensor 3 is written here and by operator 0"))
    #expect(
      spoil { $0.operators[1] = TestModel.node(1, [8], [5]) }
        .contains("operators are out of order or form a cycle"))
    #expect(
      spoil { $0.codes[2] = TestModel.code(32) }.contains("a custom operator has no name"))
    #expect(spoil { $0.codes[2] = TestModel.code(-7) }.contains("there is no operator -7"))
    #expect(spoil { $0.inputs = [10] }.contains("subgraph 0, inputs: tensor 10 does not exist"))
  }

  @Test func namesFromTheFileCannotControlATerminal() {
    let name = "\u{1B}[2J" + String(repeating: "x", count: 1000)
    let text = spoil {
      $0.codes[2] = TestModel.code(32, custom: name)
      $0.operators[2] = TestModel.node(2, [99], [6])
    }
    #expect(text.contains("operator 2, \u{FFFD}[2Jxxx"))
    #expect(text.utf8.count < 200)
  }

  @Test func options() {
    func text(_ builtin: Int32, _ kind: UInt8, _ fields: [Int: FlatValue]) -> String {
      message(TestModel.single(builtin, TestModel.options(kind, fields)))
    }
    #expect(
      text(3, 1, [1: .int32(1)])
        .contains("operator 0, CONV_2D, options, stride height: 0 is not 1 or more"))
    #expect(
      text(3, 1, [0: .uint8(2), 1: .int32(1), 2: .int32(1)])
        .contains("options, padding: 2 is none of the values 0 to 1"))
    #expect(text(0, 11, [0: .uint8(6)]).contains("activation: 6 is none of the values 0 to 5"))
    #expect(text(0, 5, [:]).contains("options of type 5 do not belong to this operator"))
    #expect(text(83, 59, [0: .int32(3)]).contains("the operator says 3 and has 1"))
    #expect(text(56, 40, [:]).contains("float32 is no index type"))
    #expect(text(5, 94, [:]).contains("block size: 0 is not 1 or more"))
  }

  @Test func signaturesAndMetadata() {
    #expect(
      spoil { $0.extra[6] = .tables([.table([1: .uint32(6)])]) }
        .contains("metadata 0: buffer 6 does not exist"))
    #expect(
      spoil { $0.extra[7] = .tables([.table([4: .uint32(1)])]) }
        .contains("signature 0: subgraph 1 does not exist"))
    let outside: FlatValue = .tables([.table([1: .uint32(10)])])
    #expect(
      spoil { $0.extra[7] = .tables([.table([1: outside])]) }
        .contains("signature 0, outputs, entry 0: tensor 10 does not exist"))
  }

  @Test func oneTableReferredToAMillionTimes() {
    var file = TestModel.rich.root.file()
    // A vector of a million offsets that all lead back to one tensor's table cannot point
    // backwards, so the table comes last.
    let count = 250_000
    let vector = file.count
    let table = vector + 4 + 4 * count + 4
    func append(_ number: Int) {
      file += (0..<4).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }
    append(count)
    for index in 0..<count { append(table - (vector + 4 + 4 * index)) }
    file += [4, 0, 4, 0, 4, 0, 0, 0]
    // The root's vector of subgraphs is found by its own offset, and moved to the end.
    let root = Int(file[0]) | Int(file[1]) << 8
    let description = root - (Int(file[root]) | Int(file[root + 1]) << 8)
    let place = root + (Int(file[description + 8]) | Int(file[description + 9]) << 8)
    let offset = vector - place
    for byte in 0..<4 { file[place + byte] = UInt8(truncatingIfNeeded: offset >> (byte * 8)) }
    #expect(message(Bytes(file)).contains("more memory than 4 times the size"))
  }
}

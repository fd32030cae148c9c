import StanceGraph
import StanceKernels
import StanceTensors

/// Runs a graph: set the inputs, invoke, read the outputs.
///
/// ```swift
/// let interpreter = try Interpreter(graph: model.graph)
/// try interpreter.allocateTensors()
/// try interpreter.setInput(image, at: 0)
/// try interpreter.invoke()
/// let heatmaps = try interpreter.output(at: 0)
/// ```
///
/// An interpreter belongs to one task at a time; several may share a ``CompiledGraph``, whose
/// weights are then in memory once.
public final class Interpreter {
  /// As it was given, whatever it was made into to run faster.
  public let graph: Graph
  /// How many threads compute one run, where that many processors are free.
  public let threads: Int

  let compiled: CompiledGraph
  var memory: [ValueMemory]
  /// What values whose shapes are not planned take now, in bytes.
  var ownByteCount = 0
  /// Shapes that inputs were given instead of the model's own.
  private var requestedShapes: [Shape?]
  /// What planned values and computed constants take, in bytes.
  private(set) var plannedByteCount = 0
  private var run: GraphRun?
  private var arena: Buffer?
  private var hasRun = false

  /// - Parameter threads: 1 or more; results are the same bits for any number.
  public init(_ compiled: CompiledGraph, threads: Int = 1) {
    self.compiled = compiled
    graph = compiled.graph
    self.threads = max(threads, 1)
    memory = compiled.emptyMemory()
    requestedShapes = Array(repeating: nil, count: compiled.graph.inputs.count)
  }

  /// - Parameters:
  ///   - customOperators: those that the graph's custom nodes may name.
  ///   - memoryLimit: in bytes; a graph that needs more is refused when it allocates, or when it
  ///     runs where shapes follow from elements.
  ///   - engine: what computes the operators; nil for ``Engine/standard``.
  ///   - threads: 1 or more; results are the same bits for any number.
  /// - Throws: ``RuntimeError`` that lists every operator there is no kernel for, or says what
  ///   else is wrong with the graph.
  public convenience init(
    graph: Graph, customOperators: CustomOperatorRegistry = .standard,
    memoryLimit: Int = 8 << 30, engine: Engine? = nil, threads: Int = 1
  ) throws {
    self.init(
      try CompiledGraph(
        graph, customOperators: customOperators,
        options: EngineOptions(engine: engine, memoryLimit: memoryLimit)),
      threads: threads)
  }

  /// The inputs in the model's order.
  public var inputs: [TensorDetails] { graph.inputs.map(details) }

  /// The outputs in the model's order. A shape that follows from elements is known after a run.
  public var outputs: [TensorDetails] { graph.outputs.map(details) }

  func details(of id: ValueID) -> TensorDetails {
    let value = graph[id]
    return TensorDetails(
      name: value.name, index: id.index, shape: shape(of: id),
      shapeSignature: value.shapeSignature, elementType: value.elementType,
      quantization: value.quantization)
  }

  /// The shape asked for, else the one worked out, else the one in the file.
  private func shape(of id: ValueID) -> Shape {
    requestedShape(of: id) ?? memory[id.index].shape ?? graph[id].shape
  }

  private func requestedShape(of id: ValueID) -> Shape? {
    graph.inputs.firstIndex(of: id).flatMap { requestedShapes[$0] }
  }

  /// Gives an input another shape. ``allocateTensors()`` must follow before the next run.
  /// - Throws: ``RuntimeError`` where there is no such input.
  public func resizeInput(at position: Int, to shape: Shape) throws {
    let id = try inputID(at: position)
    // A graph may name one value twice.
    for index in graph.inputs.indices where graph.inputs[index] == id {
      requestedShapes[index] = shape
    }
    run = nil
  }

  /// Gives a named input another shape. ``allocateTensors()`` must follow before the next run.
  public func resizeInput(named name: String, to shape: Shape) throws {
    try resizeInput(at: try inputPosition(named: name), to: shape)
  }

  /// Works out every shape that can be known, makes room for the values and packs the weights, if
  /// no other interpreter of the same ``CompiledGraph`` has done so.
  ///
  /// All values are then as new: inputs and variables are zero.
  /// - Throws: ``RuntimeError`` where shapes do not fit the operators, or need too much memory.
  public func allocateTensors() throws {
    run = nil
    hasRun = false
    ownByteCount = 0
    memory = compiled.emptyMemory()
    let plan = try compiled.plan(
      inputs: graph.inputs.map { requestedShape(of: $0) ?? graph[$0].shape })
    let arena = Buffer(byteCount: plan.arenaByteCount)
    memory = plan.memory(in: arena, of: compiled)
    plannedByteCount = plan.arenaByteCount + plan.staticByteCount
    self.arena = arena
    run = try GraphRun(plan: plan, interpreter: self)
  }

  /// Copies `tensor` into the input at `position`.
  /// - Throws: ``RuntimeError`` where position, element type or shape are not the model's.
  public func setInput(_ tensor: Tensor, at position: Int) throws {
    try allocatedRun()
    let id = try inputID(at: position)
    let details = details(of: id)
    guard tensor.elementType == details.elementType else {
      throw RuntimeError(
        .wrongType,
        "input \"\(details.name)\" takes \(details.elementType.rawValue), "
          + "not \(tensor.elementType.rawValue)")
    }
    guard tensor.shape == details.shape else {
      throw RuntimeError(
        .wrongShape,
        "input \"\(details.name)\" has shape \(details.shape), not \(tensor.shape); "
          + "resize the input first if the model can take it")
    }
    memory[id.index].copy(from: tensor.bytes)
  }

  /// Copies `tensor` into the input called `name`.
  public func setInput(_ tensor: Tensor, named name: String) throws {
    try setInput(tensor, at: try inputPosition(named: name))
  }

  /// Runs the graph on the inputs as they are; an input never set is all zeros.
  /// - Throws: ``RuntimeError`` that names the operator that failed.
  public func invoke() throws {
    let run = try allocatedRun()
    hasRun = false
    try run.perform()
    hasRun = true
  }

  /// As ``invoke()``.
  /// - Returns: the seconds that each step of the plan took.
  func invokeMeasured() throws -> [Double] {
    let run = try allocatedRun()
    hasRun = false
    let times = try run.performMeasured()
    hasRun = true
    return times
  }

  /// The output at `position`, copied.
  /// - Throws: ``RuntimeError`` where there is none, or where nothing has run yet.
  public func output(at position: Int) throws -> Tensor {
    guard graph.outputs.indices.contains(position) else {
      throw RuntimeError(
        .unknownTensor, "there is no output \(position); the model has \(graph.outputs.count)")
    }
    return try tensor(graph.outputs[position])
  }

  /// The output called `name`, copied.
  public func output(named name: String) throws -> Tensor {
    guard let id = graph.outputs.first(where: { graph[$0].name == name }) else {
      throw RuntimeError(
        .unknownTensor, "there is no output \"\(name)\"; the model has \(names(graph.outputs))")
    }
    return try tensor(id)
  }
}

extension Interpreter {
  @discardableResult
  func allocatedRun() throws -> GraphRun {
    guard let run else {
      throw RuntimeError(.notAllocated, "call allocateTensors() first, and after every resize")
    }
    return run
  }

  func names(_ ids: [ValueID]) -> String {
    ids.map { "\"\(graph[$0].name)\"" }.joined(separator: ", ")
  }

  private func inputID(at position: Int) throws -> ValueID {
    guard graph.inputs.indices.contains(position) else {
      throw RuntimeError(
        .unknownTensor, "there is no input \(position); the model has \(graph.inputs.count)")
    }
    return graph.inputs[position]
  }

  private func inputPosition(named name: String) throws -> Int {
    guard let position = graph.inputs.firstIndex(where: { graph[$0].name == name }) else {
      throw RuntimeError(
        .unknownTensor, "there is no input \"\(name)\"; the model has \(names(graph.inputs))")
    }
    return position
  }

  private func tensor(_ id: ValueID) throws -> Tensor {
    let value = graph[id]
    guard hasRun || memory[id.index].isConstant, let bytes = memory[id.index].contents,
      let shape = memory[id.index].shape
    else {
      throw RuntimeError(.notAllocated, "\"\(value.name)\" has no elements before invoke()")
    }
    return try Tensor(
      shape: shape, elementType: value.elementType, quantization: value.quantization,
      bytes: Bytes(copying: bytes))
  }
}

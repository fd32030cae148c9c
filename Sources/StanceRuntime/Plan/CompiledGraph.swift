import StanceGraph
import StanceKernels
import StanceTensors
import Synchronization

/// A graph made ready to run: checked, and with its weights packed once for each set of input
/// shapes that it is run with.
///
/// ```swift
/// let compiled = try CompiledGraph(model.graph)
/// let interpreters = (0..<4).map { _ in Interpreter(compiled) }
/// ```
///
/// All of its interpreters, on whatever thread, share what was packed.
public final class CompiledGraph: Sendable {
  public let graph: Graph
  public let options: EngineOptions

  /// ``EngineOptions/engine``, or the standard one.
  let engine: Engine
  /// What ``EngineOptions/precision`` means for the engine.
  let precision: StanceKernels.FloatPrecision
  /// ``graph`` with less to do, with the same values and maybe more behind them.
  let prepared: Graph
  let steps: [Step]
  /// The constants of ``prepared``, aligned to their elements.
  let constants: [Bytes?]
  private let plans = Mutex<[(inputs: [Shape], plan: Plan)]>([])

  /// - Parameters:
  ///   - customOperators: those that the graph's custom nodes may name.
  /// - Throws: ``RuntimeError`` that lists every operator there is no kernel for, or says what
  ///   else is wrong with the graph.
  public init(
    _ graph: Graph, customOperators: CustomOperatorRegistry = .standard,
    options: EngineOptions = EngineOptions()
  ) throws {
    try graph.requireRunnable()
    engine = try options.engine ?? .standard
    precision = options.precision.kernelPrecision(in: engine)
    prepared = engine == .reference ? graph : graph.simplified
    steps = try Step.steps(of: prepared, customOperators: customOperators)
    constants = try prepared.values.map { try $0.alignedConstant() }
    self.graph = graph
    self.options = options
  }

  /// Packs the weights for the inputs' own shapes, as the first interpreter would.
  /// - Throws: ``RuntimeError`` where shapes do not fit the operators, or need too much memory.
  public func prepare() throws {
    _ = try plan(inputs: graph.inputs.map { graph[$0].shape })
  }

  /// What is needed to run with inputs of these shapes. The last few plans are kept.
  /// - Throws: ``RuntimeError`` where shapes do not fit the operators, or need too much memory.
  func plan(inputs: [Shape]) throws -> Plan {
    // Held while planning, so that interpreters that begin together pack the weights once.
    try plans.withLock { plans in
      if let index = plans.firstIndex(where: { $0.inputs == inputs }) {
        let found = plans.remove(at: index)
        plans.append(found)
        return found.plan
      }
      var planner = Planner(self)
      let plan = try planner.plan(inputs: inputs)
      if plans.count == Self.planLimit { plans.removeFirst() }
      plans.append((inputs, plan))
      return plan
    }
  }

  private static let planLimit = 4

  /// The bytes of the one piece of memory that an interpreter computes in, for inputs of the shapes
  /// that the file declares: values that are needed at different times share places in it.
  ///
  /// Constants are not in it, nor values whose shapes are known only while the graph runs.
  /// - Throws: ``RuntimeError`` where shapes do not fit the operators, or need too much memory.
  public func arenaByteCount() throws -> Int {
    try plan(inputs: graph.inputs.map { graph[$0].shape }).arenaByteCount
  }
}

extension Value {
  /// The constant, copied where it does not start at a multiple of its elements' size.
  /// - Throws: ``RuntimeError`` where its length is not what shape and type say.
  fileprivate func alignedConstant() throws -> Bytes? {
    guard let constant else { return nil }
    let size = elementType.byteCount ?? 0
    let needed = shape.elementCount * size
    guard sparsity != nil || size == 0 || constant.count == needed else {
      throw RuntimeError(
        .unsupportedModel,
        "constant \"\(name)\" of shape \(shape) needs \(needed) bytes and has \(constant.count)")
    }
    return constant.withUnsafeBytes { raw in
      Int(bitPattern: raw.baseAddress) % max(size, 1) == 0 ? constant : Bytes(copying: raw)
    }
  }
}

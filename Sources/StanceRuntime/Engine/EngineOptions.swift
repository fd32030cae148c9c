/// How a graph is made ready.
public struct EngineOptions: Hashable, Sendable {
  /// Nil for ``Engine/standard``.
  public var engine: Engine?
  /// Of float networks, in the fast engine; the plain kernels always compute with float32.
  public var precision: FloatPrecision
  /// The fast engine does neighbouring operators of floats in one kernel where it has one.
  public var fusesOperators: Bool
  /// Values that are not needed at the same time share memory, and reshaping copies nothing.
  /// Results are the same without, where each value has memory of its own.
  public var plansMemory: Bool
  /// The most memory in bytes that values may take together, beside the constants.
  public var memoryLimit: Int

  public init(
    engine: Engine? = nil, precision: FloatPrecision = .float32, fusesOperators: Bool = true,
    plansMemory: Bool = true, memoryLimit: Int = 8 << 30
  ) {
    self.engine = engine
    self.precision = precision
    self.fusesOperators = fusesOperators
    self.plansMemory = plansMemory
    self.memoryLimit = memoryLimit
  }
}

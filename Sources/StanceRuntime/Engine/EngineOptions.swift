/// How a graph is made ready.
public struct EngineOptions: Hashable, Sendable {
  /// Nil for ``Engine/standard``.
  public var engine: Engine?
  /// Values that are not needed at the same time share memory, and reshaping copies nothing.
  /// Results are the same without, where each value has memory of its own.
  public var plansMemory: Bool
  /// The most memory in bytes that values may take together, beside the constants.
  public var memoryLimit: Int

  public init(engine: Engine? = nil, plansMemory: Bool = true, memoryLimit: Int = 8 << 30) {
    self.engine = engine
    self.plansMemory = plansMemory
    self.memoryLimit = memoryLimit
  }
}

import StanceGraph
import StanceKernels
import StanceTensors

/// A convolution of floats, and the steps behind it that its kernel does while it stores results:
/// an activation, a sum with another value, an activation again.
struct LayerChain {
  /// Positions of steps, the layer's own first.
  private(set) var positions: [Int]
  private(set) var epilogue: FloatEpilogue
  private(set) var addend: ValueID?
  private(set) var result: ValueID

  init(at position: Int, of step: Step, activation: Activation) {
    positions = [position]
    epilogue = FloatEpilogue(before: FloatActivation(activation))
    result = step.outputs[0]
  }

  var last: Int { positions[positions.count - 1] }

  /// Takes an activation in.
  /// - Returns: whether there was still room for one.
  mutating func append(_ activation: FloatActivation, at position: Int, _ step: Step) -> Bool {
    if epilogue.hasAddend {
      guard epilogue.after == .none else { return false }
      epilogue.after = activation
    } else {
      guard epilogue.before == .none else { return false }
      epilogue.before = activation
    }
    extend(to: position, step)
    return true
  }

  /// Takes a sum in.
  mutating func append(addend: ValueID, activation: Activation, at position: Int, _ step: Step) {
    self.addend = addend
    epilogue.hasAddend = true
    epilogue.after = FloatActivation(activation)
    extend(to: position, step)
  }

  private mutating func extend(to position: Int, _ step: Step) {
    positions.append(position)
    result = step.outputs[0]
  }
}

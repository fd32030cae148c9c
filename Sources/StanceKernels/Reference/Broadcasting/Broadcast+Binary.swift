import StanceTensors

extension Reference {
  /// `result = function(a, b)` element by element, with NumPy's broadcasting.
  /// - Throws: ``KernelError`` where the shapes or the sizes of the buffers do not fit together.
  @inline(__always)
  static func broadcast<A: TensorElement, B: TensorElement, Result: TensorElement>(
    _ a: TensorView, _ b: TensorView, into result: MutableTensorView,
    _ function: (A, B) -> Result
  ) throws {
    let plan = try Broadcast(to: result.shape, from: [a.shape, b.shape])
    guard let left = try a.checkedElements(of: A.self).baseAddress,
      let right = try b.checkedElements(of: B.self).baseAddress,
      let target = try result.checkedElements(of: Result.self).baseAddress
    else { return }
    let count = plan.rowLength
    plan.forEachRow { start, offsets in
      let (x, y, z) = (left + offsets.first, right + offsets.second, target + start)
      switch (plan.rowSteps.first, plan.rowSteps.second) {
      case (1, 1): for index in 0..<count { z[index] = function(x[index], y[index]) }
      case (1, _):
        let constant = y[0]
        for index in 0..<count { z[index] = function(x[index], constant) }
      case (_, 1):
        let constant = x[0]
        for index in 0..<count { z[index] = function(constant, y[index]) }
      default: z.update(repeating: function(x[0], y[0]), count: count)
      }
    }
  }

  /// `result = function(x)` element by element.
  /// - Throws: ``KernelError`` where the numbers of elements differ.
  @inline(__always)
  static func map<Element: TensorElement, Result: TensorElement>(
    _ x: TensorView, into result: MutableTensorView, _ function: (Element) -> Result
  ) throws {
    let (source, target) = try matchedElements(of: x, in: result, Element.self, Result.self)
    guard let from = source.baseAddress, let to = target.baseAddress else { return }
    for index in 0..<source.count { to[index] = function(from[index]) }
  }
}

/// A queue that gives the greatest element first.
///
/// Of equal elements it gives the one that `std::priority_queue` of GNU's C++ library would give, as
/// programs built with that settle their ties so; the first one it got need not come first.
struct BinaryHeap<Element> {
  private var elements: [Element] = []
  private let isLess: (Element, Element) -> Bool

  /// - Parameter isLess: whether the first element comes after the second.
  init(by isLess: @escaping (Element, Element) -> Bool) {
    self.isLess = isLess
  }

  var count: Int { elements.count }

  mutating func insert(_ element: Element) {
    elements.append(element)
    rise(element, from: elements.count - 1)
  }

  /// Takes the greatest element out; nil where there is none.
  mutating func removeGreatest() -> Element? {
    guard let greatest = elements.first, let last = elements.popLast() else { return nil }
    guard !elements.isEmpty else { return greatest }
    // The hole sinks to the bottom along the greater children, the right one of equal ones; then the
    // last element rises from there.
    var hole = 0
    while 2 * hole + 2 < elements.count {
      let right = 2 * hole + 2
      let child = isLess(elements[right], elements[right - 1]) ? right - 1 : right
      elements[hole] = elements[child]
      hole = child
    }
    if 2 * hole + 2 == elements.count {
      elements[hole] = elements[2 * hole + 1]
      hole = 2 * hole + 1
    }
    rise(last, from: hole)
    return greatest
  }

  private mutating func rise(_ element: Element, from start: Int) {
    var hole = start
    while hole > 0, isLess(elements[(hole - 1) / 2], element) {
      elements[hole] = elements[(hole - 1) / 2]
      hole = (hole - 1) / 2
    }
    elements[hole] = element
  }
}

/// How many pixels each connected region of a picture has; neighbours share a side or a corner.
///
/// - Parameter isInside: of the pixels from the top-left one, row by row.
public func sizesOfConnectedRegions(width: Int, isInside: [Bool]) -> [Int] {
  let height = isInside.count / width
  var isWaiting = isInside
  var sizes: [Int] = []
  for start in isWaiting.indices where isWaiting[start] {
    var reached = [start]
    isWaiting[start] = false
    var next = 0
    while next < reached.count {
      let (x, y) = (reached[next] % width, reached[next] / width)
      next += 1
      for row in max(y - 1, 0)...min(y + 1, height - 1) {
        for column in max(x - 1, 0)...min(x + 1, width - 1) where isWaiting[row * width + column] {
          isWaiting[row * width + column] = false
          reached.append(row * width + column)
        }
      }
    }
    sizes.append(reached.count)
  }
  return sizes
}

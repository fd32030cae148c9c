extension GraphLayout {
  /// The same drawing in several columns, as many as bring it nearest to `aspect`, so that a long
  /// network fits a page. Arrows lead from a column's foot to the next one's head.
  ///
  /// - Parameter aspect: width by height.
  func folded(toward aspect: Double, columnLimit: Int = 12) -> GraphLayout {
    guard width > 0, height > 0 else { return self }
    func distance(_ layout: GraphLayout) -> Double {
      let ratio = layout.width / layout.height / aspect
      return max(ratio, 1 / ratio)
    }
    var best = self
    for count in 2...max(columnLimit, 2) {
      let cuts = cuts(forColumns: count)
      guard cuts.count == count - 1 else { break }
      let candidate = folded(after: cuts)
      if distance(candidate) < distance(best) { best = candidate }
    }
    return best
  }

  /// The layers after which columns of about the same height end, where few arrows pass.
  private func cuts(forColumns count: Int) -> [Int] {
    let part = height / Double(count)
    let passing = bands.indices.map { layer in
      paths.count { layerOf[$0.source] <= layer && layer < layerOf[$0.target] }
    }
    var cuts: [Int] = []
    for column in 1..<count {
      let place = part * Double(column)
      func cost(_ layer: Int) -> Double {
        Double(passing[layer]) + abs(bands[layer].bottom - place) / part * 8
      }
      let candidates = bands.indices.dropLast().filter {
        $0 > cuts.last ?? -1 && abs(bands[$0].bottom - place) < part * 0.3
      }
      guard let cut = candidates.min(by: { cost($0) < cost($1) }) else { break }
      cuts.append(cut)
    }
    return cuts
  }

  /// - Parameter cuts: the last layers of all columns but the last one, in order.
  func folded(after cuts: [Int]) -> GraphLayout {
    let fold = ColumnFold(self, cuts: cuts)
    var folded = self
    for (box, layer) in layerOf.enumerated() {
      let shift = fold.shifts[fold.columnOf[layer]]
      folded.boxes[box].x += shift.x
      folded.boxes[box].y += shift.y
    }
    folded.bands = bands.enumerated().map { layer, band in
      let shift = fold.shifts[fold.columnOf[layer]].y
      return Band(top: band.top + shift, bottom: band.bottom + shift)
    }
    folded.paths = paths.enumerated().map { fold.path($1, number: $0, from: layerOf[$1.source]) }
    (folded.width, folded.height) = (fold.width, fold.height)
    return folded
  }
}

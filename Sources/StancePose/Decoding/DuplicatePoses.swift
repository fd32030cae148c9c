extension Array where Element == Pose {
  /// The poses without those that show a person whom a better pose shows already, in their order.
  ///
  /// Regions found apart can converge on one person. See ``indicesOfDistinctPeople(tolerance:)``.
  public func removingDuplicates(tolerance: Double = 0.1) -> [Pose] {
    indicesOfDistinctPeople(tolerance: tolerance).map { self[$0] }
  }

  /// Where the poses stand that ``removingDuplicates(tolerance:)`` keeps, ascending.
  ///
  /// Poses are visited from the best score down, of equal ones the earlier first. One is dropped if
  /// it is close to a kept pose: at least half of the keypoints that both found lie within
  /// `tolerance` times the longer side of the smaller pose's box. Poses that share no keypoint, or
  /// are of different skeletons, are never close.
  public func indicesOfDistinctPeople(tolerance: Double = 0.1) -> [Int] {
    let order = indices.sorted { left, right in
      self[left].score != self[right].score
        ? self[left].score > self[right].score : left < right
    }
    var kept: [Int] = []
    for index in order
    where !kept.contains(where: { self[$0].isClose(to: self[index], tolerance: tolerance) }) {
      kept.append(index)
    }
    return kept.sorted()
  }
}

extension Pose {
  /// Whether at least half of the keypoints that both have lie within `tolerance` times the longer
  /// side of the smaller box.
  func isClose(to other: Pose, tolerance: Double) -> Bool {
    guard skeleton == other.skeleton else { return false }
    let reach =
      tolerance * min(max(box.width, box.height), max(other.box.width, other.box.height))
    var (common, near) = (0, 0)
    for case (let mine?, let theirs?) in zip(keypoints, other.keypoints) {
      common += 1
      if mine.position.distance(to: theirs.position) <= reach { near += 1 }
    }
    return common > 0 && near * 2 >= common
  }
}

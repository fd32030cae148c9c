import StancePose

extension Segmentation {
  /// The pixels that show anyone, in a picture of `size`, by default the whole image's.
  ///
  /// What the model says is interpolated to the corners of each pixel, as ``LogitGrid/interpolation``
  /// has it, and compared there with the threshold; pixels on the edge are covered in part.
  public func personMask(size: PixelSize? = nil) throws -> Mask {
    let size = try size ?? wholeSize
    switch people {
    case .together(let grid, _): return mask(of: grid, size)
    case .apart(let grids):
      var union = Mask(
        width: size.width, height: size.height,
        coverage: [UInt8](repeating: 0, count: size.width * size.height))
      for grid in grids { union.formUnion(mask(of: grid, size)) }
      return union
    }
  }

  /// The pixels that show the person of `poses[index]`.
  ///
  /// Where one grid shows everyone, each pixel is the nearest pose's alone; else people may share
  /// pixels where one is before the other.
  /// - Throws: ``ImagingError`` where the model cannot tell people apart.
  /// - Precondition: there is such a pose.
  public func instanceMask(of index: Int, size: PixelSize? = nil) throws -> Mask {
    precondition(poses.indices.contains(index))
    let size = try size ?? wholeSize
    switch people {
    case .apart(let grids): return mask(of: grids[index], size)
    case .together(let grid, let nearness?):
      return mask(of: grid, size, nearest: index, by: nearness)
    case .together(_, nil):
      throw ImagingError(
        .unsupported, "the model cannot tell people apart: it has no long offsets")
    }
  }

  /// The part of the body that each pixel shows: the likeliest one where the mask of people is at
  /// least half inside.
  /// - Throws: ``ImagingError`` where the model does not know the parts.
  public func partMap(size: PixelSize? = nil) throws -> PartMap {
    guard let parts else {
      throw ImagingError(.unsupported, "the model does not know the parts of the body")
    }
    let size = try size ?? wholeSize
    let mask = try personMask(size: size)
    let sampler = GridSampler(parts, picture: size, image: imageSize)
    let labels = [UInt8](unsafeUninitializedCapacity: mask.coverage.count) { labels, count in
      parts.logits.withUnsafeBufferPointer { logits in
        for index in mask.coverage.indices {
          guard mask.coverage[index] >= 128 else {
            labels[index] = 0
            continue
          }
          let place = sampler.place(
            x: Double(index % size.width) + 0.5, y: Double(index / size.width) + 0.5)
          labels[index] = sampler.likeliest(of: parts.channels, at: place, logits)
        }
      }
      count = mask.coverage.count
    }
    return PartMap(width: size.width, height: size.height, labels: labels)
  }

  private var wholeSize: PixelSize {
    get throws { try PixelSize(width: imageSize.width, height: imageSize.height) }
  }

  private func mask(of grid: LogitGrid, _ size: PixelSize) -> Mask {
    let sampler = GridSampler(grid, picture: size, image: imageSize)
    let threshold = leastLogit
    switch grid.interpolation {
    case .logits:
      return grid.logits.withUnsafeBufferPointer { logits in
        mask(size, of: sampler) { x, y in
          sampler.value(0, at: sampler.place(x: x, y: y), logits) - threshold
        }
      }
    case .probabilities:
      let surface = SmoothSurface(grid, threshold: threshold)
      return mask(size, of: sampler) { x, y in
        let place = sampler.nearest(x: x, y: y)
        return surface.height(column: place.column, row: place.row)
      }
    }
  }

  private func mask(
    _ size: PixelSize, of sampler: GridSampler, above height: (_ x: Double, _ y: Double) -> Float
  ) -> Mask {
    var mask = Mask(size) { height(Double($0), Double($1)) }
    for pixel in mask.coverage.indices where mask.coverage[pixel] > 0 {
      if !sampler.reaches(x: pixel % size.width, y: pixel / size.width) { mask.coverage[pixel] = 0 }
    }
    return mask
  }

  private func mask(
    of grid: LogitGrid, _ size: PixelSize, nearest index: Int, by nearness: LogitGrid
  ) -> Mask {
    var mask = mask(of: grid, size)
    let sampler = GridSampler(nearness, picture: size, image: imageSize)
    let others = (0..<nearness.channels).filter { $0 != index }
    guard !others.isEmpty else { return mask }
    let lead = nearness.logits.withUnsafeBufferPointer { logits in
      Mask(size) { x, y in
        guard mask.touches(cornerX: x, y: y) else { return 0 }
        let place = sampler.place(x: Double(x), y: Double(y))
        let rival = others.reduce(-Float.infinity) {
          max($0, sampler.value($1, at: place, logits))
        }
        return sampler.value(index, at: place, logits) - rival
      }
    }
    for pixel in mask.coverage.indices {
      mask.coverage[pixel] = min(mask.coverage[pixel], lead.coverage[pixel])
    }
    return mask
  }
}

extension Mask {
  /// Whether any of the pixels around a corner is inside.
  fileprivate func touches(cornerX x: Int, y: Int) -> Bool {
    for row in max(y - 1, 0)..<min(y + 1, height) {
      for column in max(x - 1, 0)..<min(x + 1, width) where coverage[row * width + column] > 0 {
        return true
      }
    }
    return false
  }
}

extension GridSampler {
  /// The label of the channel with the greatest logit, of equal ones the first.
  fileprivate func likeliest(
    of channels: Int, at place: Place, _ logits: UnsafeBufferPointer<Float>
  ) -> UInt8 {
    var best: (channel: Int, logit: Float) = (0, -.infinity)
    for channel in 0..<channels {
      let logit = value(channel, at: place, logits)
      if logit > best.logit { best = (channel, logit) }
    }
    return UInt8(best.channel + 1)
  }
}

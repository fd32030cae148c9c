import StancePose

extension Segmentation {
  /// The pixels that show anyone, in a picture of `size`, by default the whole image's.
  ///
  /// Logits are interpolated to each pixel and compared there with the threshold, so that edges are
  /// smooth however coarse the model's grid is.
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
          guard mask.coverage[index] >= 128,
            let place = sampler.place(x: index % size.width, y: index / size.width)
          else {
            labels[index] = 0
            continue
          }
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
    return grid.logits.withUnsafeBufferPointer { logits in
      Mask(size) { x, y in
        guard let place = sampler.place(x: x, y: y) else { return 0 }
        return GridSampler.coverage(
          height: sampler.value(0, at: place, logits) - threshold,
          steepness: sampler.steepness(0, at: place, logits))
      }
    }
  }

  private func mask(
    of grid: LogitGrid, _ size: PixelSize, nearest index: Int, by nearness: LogitGrid
  ) -> Mask {
    var mask = mask(of: grid, size)
    let sampler = GridSampler(nearness, picture: size, image: imageSize)
    let others = (0..<nearness.channels).filter { $0 != index }
    nearness.logits.withUnsafeBufferPointer { logits in
      for pixel in mask.coverage.indices where mask.coverage[pixel] > 0 {
        guard let place = sampler.place(x: pixel % size.width, y: pixel / size.width) else {
          continue
        }
        var rival: (channel: Int, value: Float)?
        for other in others {
          let value = sampler.value(other, at: place, logits)
          if value > rival?.value ?? -.infinity { rival = (other, value) }
        }
        guard let rival else { continue }
        let lead = sampler.value(index, at: place, logits) - rival.value
        let share = GridSampler.coverage(
          height: lead,
          steepness: sampler.steepness(index, less: rival.channel, at: place, logits))
        mask.coverage[pixel] = min(mask.coverage[pixel], share)
      }
    }
    return mask
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

extension Mask {
  fileprivate init(_ size: PixelSize, coverage: (_ x: Int, _ y: Int) -> UInt8) {
    let count = size.width * size.height
    self.init(
      width: size.width, height: size.height,
      coverage: [UInt8](unsafeUninitializedCapacity: count) { target, initialized in
        for y in 0..<size.height {
          for x in 0..<size.width { target[y * size.width + x] = coverage(x, y) }
        }
        initialized = count
      })
  }
}

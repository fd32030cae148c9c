import CStanceKernels

/// Where the pieces of a sparse convolution's scratch begin, in bytes, and their planes' strides, in
/// floats.
struct SparseScratch {
  /// The planes that windows run over or that are expanded.
  let planes: Int
  let planeStride: Int
  /// Planes of the expansion's results.
  let expanded: Int
  let expandedCount: Int
  /// Planes of what the projection multiplies.
  let hidden: Int
  let hiddenStride: Int
  /// The projection's sums.
  let sums: Int
  let places: Int
  let taps: Int
  let byteCount: Int

  init(_ kernel: FloatSparseConvolution) {
    let width = kernel.kernels.width
    var end = 0
    func take(_ bytes: Int) -> Int {
      defer { end += (bytes + 64).roundedUp(to: 64) }
      return end
    }
    let layout = kernel.depthwise?.layout
    let rowLength = layout?.pitch ?? FloatSparseConvolution.unitPixels
    planeStride = (layout?.planeLength(outputRows: kernel.bandLength) ?? 0).planeStride
    hiddenStride = (kernel.bandLength * rowLength + (layout?.outputWidth ?? 0) + width).planeStride
    let planeCount = kernel.expansion?.depth ?? kernel.blockChannels
    planes = take(layout == nil ? 0 : planeCount * planeStride * 4)
    expandedCount =
      kernel.expansion == nil ? 0 : max(2, min(16, (64 << 10) / max(planeStride * 4, 1)))
    expanded = take(expandedCount * planeStride * 4)
    hidden = take(kernel.blockChannels * hiddenStride * 4)
    sums = take((kernel.projection?.columns ?? 0) * hiddenStride * 4)
    places = take((layout?.partCount ?? 0) * MemoryLayout<st_f32_plane_rows>.stride)
    taps = take((layout?.tapsCount ?? 0) * MemoryLayout<st_f32_plane_taps>.stride)
    byteCount = end
  }
}

extension Int {
  /// At least so many floats, an odd number of cache lines: planes that begin at like places of
  /// pages would drive each other out of the cache.
  fileprivate var planeStride: Int { (self + 15) / 32 * 32 + 16 }
}

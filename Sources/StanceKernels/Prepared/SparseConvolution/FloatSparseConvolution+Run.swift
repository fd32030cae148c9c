import CStanceKernels
import StanceTensors

extension FloatSparseConvolution {
  public func run(
    units: Range<Int>, inputs: [TensorView], outputs: [MutableTensorView],
    scratch: UnsafeMutableRawBufferPointer
  ) {
    guard !units.isEmpty, let base = scratch.baseAddress,
      let x = inputs[0].elements(of: Float.self).baseAddress,
      let y = outputs[0].elements(of: Float.self).baseAddress
    else { return }
    let addend = hasAddend ? inputs[1].elements(of: Float.self).baseAddress : nil
    let run = SparseRun(kernel: self, places: SparseScratch(self), base: base, y: y, addend: addend)
    let pixels = output[0] * output[1] * output[2]
    var unit = units.lowerBound
    while unit < units.upperBound {
      var end = min(unit + bandLength, units.upperBound)
      if depthwise == nil {
        let (first, last) = (unit * Self.unitPixels, min(end * Self.unitPixels, pixels))
        run.pixels(first..<last, of: x)
      } else {
        let (picture, row) = unit.quotientAndRemainder(dividingBy: output[1])
        end = min(end, (picture + 1) * output[1])
        run.rows(
          row..<row + end - unit, of: x + picture * input[1] * input[2] * input[3],
          firstPixel: picture * output[1] * output[2])
      }
      unit = end
    }
  }
}

/// One band after the other, with the scratch of one thread.
private struct SparseRun {
  let kernel: FloatSparseConvolution
  let places: SparseScratch
  let base: UnsafeMutableRawPointer
  let y: UnsafeMutablePointer<Float>
  let addend: UnsafePointer<Float>?

  private func floats(_ offset: Int) -> UnsafeMutablePointer<Float> {
    (base + offset).assumingMemoryBound(to: Float.self)
  }

  private var table: st_f32_sparse_kernels { kernel.kernels.table.sparse }

  private func vectors(_ lanes: Int) -> Int32 {
    Int32((lanes + kernel.kernels.width - 1) / kernel.kernels.width)
  }

  private func forEachBlock(_ body: (_ block: Int, _ channels: Range<Int>) -> Void) {
    var first = 0
    while first < kernel.hiddenChannels {
      let end = min(first + kernel.blockChannels, kernel.hiddenChannels)
      body(first / kernel.blockChannels, first..<end)
      first = end
    }
  }

  /// Without windows.
  func pixels(_ pixels: Range<Int>, of x: UnsafePointer<Float>) {
    let depth = kernel.input[3]
    forEachBlock { block, channels in
      var gathered = st_f32_to_planes()
      gathered.x = x + pixels.lowerBound * depth + channels.lowerBound
      gathered.x_stride = depth
      gathered.pixels = Int32(pixels.count)
      gathered.channels = Int32(channels.count)
      gathered.planes = floats(places.hidden)
      gathered.plane = places.hiddenStride
      table.to_planes?(&gathered)
      project(block, lanes: pixels.count)
    }
    store(places.sums, channels: 0..<kernel.output[3], pixels: pixels.count, at: pixels.lowerBound)
  }

  /// Output rows of one picture, whose first pixel among all is `firstPixel`.
  func rows(_ rows: Range<Int>, of x: UnsafePointer<Float>, firstPixel: Int) {
    guard let depthwise = kernel.depthwise else { return }
    let layout = depthwise.layout
    let parts = (base + places.places).assumingMemoryBound(to: st_f32_plane_rows.self)
    let taps = (base + places.taps).assumingMemoryBound(to: st_f32_plane_taps.self)
    layout.place(rows, parts: parts, taps: taps)
    let lanes = (rows.count - 1) * layout.pitch + layout.outputWidth
    if let expansion = kernel.expansion {
      clear(places.expanded, planes: places.expandedCount, around: parts)
      gather(rows, of: x, channels: 0..<expansion.depth, into: parts)
    } else {
      clear(places.planes, planes: kernel.blockChannels, around: parts)
    }
    forEachBlock { block, channels in
      if kernel.expansion == nil { gather(rows, of: x, channels: channels, into: parts) }
      runWindows(channels, rowCount: rows.count, parts: parts, taps: taps)
      if kernel.projection == nil {
        store(rows, channels: channels, from: places.hidden, firstPixel: firstPixel)
      } else {
        project(block, lanes: lanes)
      }
    }
    if kernel.projection != nil {
      store(rows, channels: 0..<kernel.output[3], from: places.sums, firstPixel: firstPixel)
    }
  }

  /// Zeros wherever no rows are.
  private func clear(
    _ offset: Int, planes: Int, around parts: UnsafePointer<st_f32_plane_rows>
  ) {
    guard let layout = kernel.depthwise?.layout else { return }
    for plane in 0..<planes {
      let lanes = floats(offset) + plane * places.planeStride
      var begin = 0
      for index in 0..<layout.partCount where parts[index].rows > 0 {
        let first = Int(parts[index].first)
        (lanes + begin).update(repeating: 0, count: first - begin)
        begin = first + Int(parts[index].rows) * layout.pitch
      }
      (lanes + begin).update(repeating: 0, count: places.planeStride - begin)
    }
  }

  private func gather(
    _ rows: Range<Int>, of x: UnsafePointer<Float>, channels: Range<Int>,
    into parts: UnsafePointer<st_f32_plane_rows>
  ) {
    guard let depthwise = kernel.depthwise else { return }
    let (width, depth) = (kernel.input[2], kernel.input[3])
    var gathered = st_f32_to_planes()
    gathered.channels = Int32(channels.count)
    gathered.plane = places.planeStride
    gathered.x_stride = depthwise.layout.columnStride * depth
    for index in 0..<depthwise.layout.partCount {
      let place = parts[index]
      gathered.pixels = place.width
      gathered.zeros = place.gap
      depthwise.layout.forEachRow(of: index, for: rows, at: place) { row, column, lane in
        gathered.x = x + (row * width + column) * depth + channels.lowerBound
        gathered.planes = floats(places.planes) + lane
        table.to_planes?(&gathered)
      }
    }
  }

  private func runWindows(
    _ channels: Range<Int>, rowCount: Int, parts: UnsafePointer<st_f32_plane_rows>,
    taps: UnsafePointer<st_f32_plane_taps>
  ) {
    guard let depthwise = kernel.depthwise else { return }
    let first = channels.lowerBound
    var windows = st_f32_planes_depthwise()
    let planes = UnsafePointer(floats(places.planes))
    if let expansion = kernel.expansion {
      windows.factors = expansion.descriptor(
        position: first, x: planes, plane: places.planeStride)
      windows.expansion = kernel.expansionActivation.descriptor(first: first)
    } else {
      windows.factors.x = planes
      windows.factors.x_plane = places.planeStride
    }
    windows.parts = parts
    windows.part_count = Int32(depthwise.layout.partCount)
    windows.group = Int32(places.expandedCount)
    windows.scratch = floats(places.expanded)
    windows.scratch_plane = places.planeStride
    windows.channels = Int32(channels.count)
    windows.rows = Int32(rowCount)
    windows.width = Int32(depthwise.layout.outputWidth)
    windows.pitch = Int32(depthwise.layout.pitch)
    windows.taps = taps
    windows.taps_count = Int32(depthwise.layout.tapsCount)
    windows.tap_count = Int32(depthwise.tapCount)
    windows.weights = UnsafePointer(depthwise.weights.base + first * depthwise.tapCount)
    windows.bias = UnsafePointer(depthwise.bias.base + first)
    windows.activation = depthwise.activation.descriptor(first: first)
    windows.y = floats(places.hidden)
    windows.y_plane = places.hiddenStride
    table.depthwise?(&windows)
  }

  private func project(_ block: Int, lanes: Int) {
    guard let projection = kernel.projection else { return }
    var product = st_f32_sparse_product()
    product.factors = projection.descriptor(
      block: block, x: UnsafePointer(floats(places.hidden)), plane: places.hiddenStride)
    product.columns = Int32(projection.columns)
    product.vectors = vectors(lanes)
    product.order = projection.order(block: block)
    product.y = floats(places.sums)
    product.y_plane = places.hiddenStride
    table.product?(&product)
  }

  /// Row by row, as there are lanes between them that are none of the output's.
  private func store(_ rows: Range<Int>, channels: Range<Int>, from offset: Int, firstPixel: Int) {
    guard let layout = kernel.depthwise?.layout else { return }
    let pixel = firstPixel + rows.lowerBound * layout.outputWidth
    if layout.pitch == layout.outputWidth {
      return store(offset, channels: channels, pixels: rows.count * layout.pitch, at: pixel)
    }
    for row in 0..<rows.count {
      store(
        offset + row * layout.pitch * 4, channels: channels, pixels: layout.outputWidth,
        at: pixel + row * layout.outputWidth)
    }
  }

  private func store(_ offset: Int, channels: Range<Int>, pixels: Int, at pixel: Int) {
    let columns = kernel.output[3]
    let at = pixel * columns + channels.lowerBound
    var stored = st_f32_from_planes()
    stored.planes = UnsafePointer(floats(offset))
    stored.plane = places.hiddenStride
    stored.pixels = Int32(pixels)
    stored.channels = Int32(channels.count)
    stored.y = y + at
    stored.y_stride = columns
    stored.addend = addend.map { $0 + at }
    stored.addend_stride = columns
    stored.before = kernel.before.descriptor(first: channels.lowerBound)
    stored.after = kernel.after.descriptor(first: channels.lowerBound)
    table.from_planes?(&stored)
  }
}

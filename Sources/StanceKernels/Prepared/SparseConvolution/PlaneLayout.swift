import CStanceKernels
import StanceTensors

/// Where the pixels of a picture lie in the planes that windows run over.
///
/// With a stride of s, every s-th row and column makes a part of its own, so that the windows of
/// neighbouring pixels look at neighbouring lanes. Rows follow each other with a few zeros between
/// them, which serve as the padding on both sides; outputs have the same distance between rows.
struct PlaneLayout: Sendable {
  /// Every strideHeight-th row and every strideWidth-th column of the padded picture.
  private struct Part: Sendable {
    let row: Int
    let column: Int
    /// The rows and columns of the part that are in the picture, counted in the part.
    let rows: Range<Int>
    let columns: Range<Int>
    /// What the windows of output row and column 0 look at.
    let windowRows: ClosedRange<Int>
    let windowColumns: ClosedRange<Int>
  }

  /// Taps of one column of the window in one part, at neighbouring rows.
  private struct Taps: Sendable {
    let part: Int
    let row: Int
    let column: Int
    let length: Int
  }

  /// Lanes from one row to the next.
  let pitch: Int
  let outputWidth: Int
  /// The positions of the window's taps, row by row, in the order that they are multiplied in.
  let tapOrder: [Int]
  private let parts: [Part]
  private let taps: [Taps]
  private let geometry: WindowGeometry
  private let width: Int

  /// Columns of the picture from one lane to the next.
  var columnStride: Int { geometry.strideWidth }
  var partCount: Int { parts.count }
  var tapsCount: Int { taps.count }

  /// - Parameters:
  ///   - input: `[N, H, W, C]`.
  ///   - width: floats of a vector.
  /// - Returns: nil where a part of the picture that windows look at has no columns.
  init?(
    input: Shape, output: Shape, kernelHeight: Int, kernelWidth: Int, geometry: WindowGeometry,
    width: Int
  ) {
    let (tall, wide) = (geometry.strideHeight, geometry.strideWidth)
    let rows = WindowAxis(
      kernelHeight, stride: tall, dilation: geometry.dilationHeight,
      padding: geometry.paddingTop, size: input[1])
    let columns = WindowAxis(
      kernelWidth, stride: wide, dilation: geometry.dilationWidth,
      padding: geometry.paddingLeft, size: input[2])
    var (parts, taps, tapOrder): ([Part], [Taps], [Int]) = ([], [], [])
    for a in 0..<tall {
      for b in 0..<wide {
        guard let windowRows = rows.reach(of: a), let windowColumns = columns.reach(of: b) else {
          continue
        }
        let seen = windowColumns.lowerBound..<windowColumns.upperBound + output[2]
        let part = Part(
          row: a, column: b, rows: rows.inside(a), columns: columns.inside(b).clamped(to: seen),
          windowRows: windowRows, windowColumns: windowColumns)
        guard !part.columns.isEmpty else { return nil }
        for l in columns.taps(of: b) {
          for run in rows.runs(of: a) {
            taps.append(
              Taps(
                part: parts.count, row: run[0] * rows.dilation / tall,
                column: l * columns.dilation / wide, length: run.count))
            tapOrder += run.map { $0 * kernelWidth + l }
          }
        }
        parts.append(part)
      }
    }
    pitch = parts.reduce(output[2]) { pitch, part in
      let (inside, window) = (part.columns, part.windowColumns)
      return max(
        pitch, window.upperBound + output[2] - inside.lowerBound,
        inside.upperBound - window.lowerBound)
    }
    (self.parts, self.taps, self.tapOrder) = (parts, taps, tapOrder)
    (self.geometry, self.width, outputWidth) = (geometry, width, output[2])
  }

  /// Lanes that a plane needs at most for so many output rows.
  func planeLength(outputRows: Int) -> Int {
    parts.reduce(pitch + outputWidth + 4 * width) { length, part in
      length + (outputRows + part.windowRows.count) * pitch
        + part.windowColumns.count + 4 * width
    }.roundedUp(to: width)
  }

  /// Gives the rows that the windows of some output rows look at their lanes.
  func place(
    _ outputRows: Range<Int>, parts places: UnsafeMutablePointer<st_f32_plane_rows>,
    taps offsets: UnsafeMutablePointer<st_f32_plane_taps>
  ) {
    var lane = 0
    var tap = 0
    for (index, part) in parts.enumerated() {
      let rows = rows(of: index, for: outputRows)
      let firstNeeded = outputRows.lowerBound + part.windowRows.lowerBound
      let needed = outputRows.count + part.windowRows.count - 1
      let before = rows.isEmpty ? 0 : (rows.lowerBound - firstNeeded) * pitch
      let lead = part.columns.lowerBound - part.windowColumns.lowerBound
      // The first row that is there begins with a vector.
      let first = (lane + max(lead, 0) + before).roundedUp(to: width)
      let origin = first - before
      places[index] = st_f32_plane_rows(
        first: Int32(first), rows: Int32(rows.count), width: Int32(part.columns.count),
        gap: Int32(pitch - part.columns.count))
      while tap < taps.count, taps[tap].part == index {
        let row = taps[tap].row - part.windowRows.lowerBound
        offsets[tap] = st_f32_plane_taps(
          offset: Int32(origin + row * pitch + taps[tap].column - part.columns.lowerBound),
          length: Int32(taps[tap].length))
        tap += 1
      }
      lane = origin + needed * pitch + 2 * width
    }
  }

  /// The rows of a part that are in the picture and that some output rows look at.
  private func rows(of index: Int, for outputRows: Range<Int>) -> Range<Int> {
    let part = parts[index]
    let first = outputRows.lowerBound + part.windowRows.lowerBound
    return part.rows.clamped(to: first..<outputRows.upperBound + part.windowRows.upperBound)
  }

  /// For each row that has its place: where it begins in the picture, and in the planes.
  func forEachRow(
    of index: Int, for outputRows: Range<Int>, at place: st_f32_plane_rows,
    _ body: (_ row: Int, _ column: Int, _ lane: Int) -> Void
  ) {
    let part = parts[index]
    let column = part.columns.lowerBound * geometry.strideWidth + part.column
    var lane = Int(place.first)
    for row in rows(of: index, for: outputRows) {
      body(
        row * geometry.strideHeight + part.row - geometry.paddingTop,
        column - geometry.paddingLeft, lane)
      lane += pitch
    }
  }
}

/// Windows along one axis, cut in parts by their stride.
private struct WindowAxis {
  let kernel: Int
  let stride: Int
  let dilation: Int
  let padding: Int
  let size: Int

  init(_ kernel: Int, stride: Int, dilation: Int, padding: Int, size: Int) {
    self.kernel = kernel
    self.stride = stride
    self.dilation = dilation
    self.padding = padding
    self.size = size
  }

  func taps(of part: Int) -> [Int] { (0..<kernel).filter { $0 * dilation % stride == part } }

  /// The positions in the part that the first window looks at.
  func reach(of part: Int) -> ClosedRange<Int>? {
    let positions = taps(of: part).map { $0 * dilation / stride }
    guard let first = positions.first, let last = positions.last else { return nil }
    return first...last
  }

  /// The positions in the part that are in the picture.
  func inside(_ part: Int) -> Range<Int> {
    let first = max(padding - part + stride - 1, 0) / stride
    let last = padding + size - 1 - part
    return first..<max(last < 0 ? 0 : last / stride + 1, first)
  }

  /// Taps at neighbouring positions, not more than kernels take together.
  func runs(of part: Int) -> [[Int]] {
    var runs: [[Int]] = []
    for tap in taps(of: part) {
      if let last = runs.last?.last, (tap - last) * dilation == stride,
        runs[runs.count - 1].count < ST_F32_LONGEST_TAPS
      {
        runs[runs.count - 1].append(tap)
      } else {
        runs.append([tap])
      }
    }
    return runs
  }
}

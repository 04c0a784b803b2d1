/// Goes from one place of a byte to the next: for lines whose fields are mostly ended by the same byte.
struct ByteCursor {
  private let byte: UInt8
  private var base: Int
  private var places: UInt64

  @inline(__always)
  init(_ byte: UInt8, in line: RawSpan, from start: Int = 0) {
    self.byte = byte
    base = start
    places = ByteScan.places(of: byte, in: line, at: start)
  }

  /// The next place, or the end of the line.
  @inline(__always)
  mutating func next(in line: RawSpan) -> Int {
    while places == 0 {
      base &+= 64
      guard base < line.byteCount else { return line.byteCount }
      places = ByteScan.places(of: byte, in: line, at: base)
    }
    let place = base &+ places.trailingZeroBitCount
    places &= places &- 1
    return place
  }
}

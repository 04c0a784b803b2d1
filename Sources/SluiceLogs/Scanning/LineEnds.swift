internal import CScan

/// Finds the ends of lines, 64 bytes at a time.
enum LineEnds {
  /// Calls with the place of each line feed.
  @inline(__always)
  static func each(in block: RawSpan, _ use: (Int) -> Void) {
    let count = block.byteCount
    var position = 0
    while position &+ 64 <= count {
      var places = block.withUnsafeBytes { bytes in
        precondition(position >= 0 && position &+ 64 <= bytes.count)
        guard let base = bytes.baseAddress else { return 0 as UInt64 }
        return sluice_places_of((base + position).bindMemory(to: UInt8.self, capacity: 64), 0x0A)
      }
      while places != 0 {
        use(position &+ places.trailingZeroBitCount)
        places &= places &- 1
      }
      position &+= 64
    }
    while position < count {
      if block.byte(at: position) == 0x0A { use(position) }
      position &+= 1
    }
  }
}

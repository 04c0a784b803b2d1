internal import CScan

/// The one place that calls the vector instructions of `CScan`: bounds are checked here for each block that they read.
enum ByteScan {
  /// The first place of `byte` in `from..<to` of a line, or `to`.
  ///
  /// 16 bytes at a time: most fields end within them.
  @inline(__always)
  static func first(_ byte: UInt8, in line: RawSpan, from: Int, to: Int) -> Int {
    var position = from
    let count = line.byteCount
    while position < to {
      let mask: UInt32
      if position &+ 16 <= count {
        mask = line.withUnsafeBytes { bytes in
          places(in: bytes, at: position) { sluice_places_of_in_16($0, byte) }
        }
      } else {
        return firstNearEnd(byte, byte, in: line, from: position, to: to)
      }
      if mask != 0 { return min(position &+ mask.trailingZeroBitCount, to) }
      position &+= 16
    }
    return to
  }

  /// The first place of either byte in `from..<to` of a line, or `to`.
  @inline(__always)
  static func first(_ one: UInt8, or other: UInt8, in line: RawSpan, from: Int, to: Int) -> Int {
    var position = from
    let count = line.byteCount
    while position < to {
      let mask: UInt32
      if position &+ 16 <= count {
        mask = line.withUnsafeBytes { bytes in
          places(in: bytes, at: position) { sluice_places_of_two_in_16($0, one, other) }
        }
      } else {
        return firstNearEnd(one, other, in: line, from: position, to: to)
      }
      if mask != 0 { return min(position &+ mask.trailingZeroBitCount, to) }
      position &+= 16
    }
    return to
  }

  /// A bit for each of the 64 bytes from `position` that is `byte`; none for bytes behind the line's end.
  @inline(__always)
  static func places(of byte: UInt8, in line: RawSpan, at position: Int) -> UInt64 {
    let count = line.byteCount
    guard position &+ 64 <= count else { return placesNearEnd(of: byte, in: line, at: position) }
    return line.withUnsafeBytes { bytes in
      precondition(position >= 0 && position &+ 64 <= bytes.count)
      guard let base = bytes.baseAddress else { return 0 }
      return sluice_places_of((base + position).bindMemory(to: UInt8.self, capacity: 64), byte)
    }
  }

  /// A bit for each of the 32 bytes from `position` that is `byte`; nil where the line has fewer.
  @inline(__always)
  static func placesIn32(of byte: UInt8, in line: RawSpan, at position: Int) -> UInt32? {
    in32(line, position) { sluice_places_of_in_32($0, byte) }
  }

  /// A bit for each of the 32 bytes from `position` that lies outside of the range, or is one of two; nil where the
  /// line has fewer.
  @inline(__always)
  static func placesIn32(
    outside range: ClosedRange<UInt8>, or one: UInt8, _ other: UInt8, in line: RawSpan, at position: Int
  ) -> UInt32? {
    in32(line, position) { sluice_places_outside_in_32($0, range.lowerBound, range.upperBound, one, other) }
  }

  @inline(__always)
  private static func in32(_ line: RawSpan, _ position: Int, _ search: (UnsafePointer<UInt8>) -> UInt32) -> UInt32? {
    line.withUnsafeBytes { bytes in
      guard position >= 0, position &+ 32 <= bytes.count, let base = bytes.baseAddress else { return nil }
      return search((base + position).bindMemory(to: UInt8.self, capacity: 32))
    }
  }

  /// Where fewer than 64 bytes are left: the last 64 of the line are looked at, and the ones before shifted out.
  @inline(__always)
  private static func placesNearEnd(of byte: UInt8, in line: RawSpan, at position: Int) -> UInt64 {
    let count = line.byteCount
    guard position < count else { return 0 }
    if count >= 64 {
      let mask = line.withUnsafeBytes { bytes in
        guard let base = bytes.baseAddress, bytes.count >= 64 else { return 0 as UInt64 }
        return sluice_places_of((base + (bytes.count - 64)).bindMemory(to: UInt8.self, capacity: 64), byte)
      }
      return mask &>> UInt64(position &- (count &- 64))
    }
    var mask: UInt64 = 0
    for index in position..<count where line.byte(at: index) == byte { mask |= 1 &<< UInt64(index &- position) }
    return mask
  }

  /// Where fewer than 16 bytes are left: the last 16 of the line are read, and the ones before `from` left out.
  @inline(never)
  private static func firstNearEnd(_ one: UInt8, _ other: UInt8, in line: RawSpan, from: Int, to: Int) -> Int {
    let count = line.byteCount
    if count >= 16 {
      let mask = line.withUnsafeBytes { bytes in
        places(in: bytes, at: count - 16) { sluice_places_of_two_in_16($0, one, other) }
      }
      let left = mask >> UInt32(min(from - (count - 16), 31))
      return left == 0 ? to : min(from + left.trailingZeroBitCount, to)
    }
    var position = from
    while position < min(to, count) {
      let byte = line.byte(at: position)
      if byte == one || byte == other { return position }
      position += 1
    }
    return to
  }

  @inline(__always)
  private static func places(
    in bytes: UnsafeRawBufferPointer, at position: Int, _ search: (UnsafePointer<UInt8>) -> UInt32
  ) -> UInt32 {
    precondition(position >= 0 && position &+ 16 <= bytes.count)
    guard let base = bytes.baseAddress else { return 0 }
    return search((base + position).bindMemory(to: UInt8.self, capacity: 16))
  }
}

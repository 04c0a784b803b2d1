/// SipHash-2-4: a keyed hash of bytes that is the same in every process that has the key.
///
/// Keyed, because clients choose what is hashed: without the key they can neither aim requests at one endpoint of a
/// consistent hash nor find the address behind a sticky cookie by trying all of them.
public struct SipHash: Hashable, Sendable {
  private let low: UInt64
  private let high: UInt64

  /// - Parameters: the 128 bits of the key.
  public init(low: UInt64, high: UInt64) {
    self.low = low
    self.high = high
  }

  public func hash(_ text: String) -> UInt64 {
    var copy = text
    return copy.withUTF8 { hash($0.span.bytes) }
  }

  public func hash(_ bytes: RawSpan) -> UInt64 {
    var state = initial
    let whole = bytes.byteCount & ~7
    var offset = 0
    while offset < whole {
      var word: UInt64 = 0
      for index in 0..<8 { word |= UInt64(bytes.octet(offset + index)) << UInt64(8 * index) }
      state.absorb(word)
      offset += 8
    }
    var last = UInt64(truncatingIfNeeded: bytes.byteCount) << 56
    for index in 0..<(bytes.byteCount - whole) {
      last |= UInt64(bytes.octet(whole + index)) << UInt64(8 * index)
    }
    state.absorb(last)
    return state.finished()
  }

  /// Two words, as the sixteen bytes that they have in little-endian order.
  public func hash(_ first: UInt64, _ second: UInt64) -> UInt64 {
    var state = initial
    state.absorb(first)
    state.absorb(second)
    state.absorb(16 << 56)
    return state.finished()
  }

  private var initial: State {
    State(
      a: low ^ 0x736f_6d65_7073_6575, b: high ^ 0x646f_7261_6e64_6f6d,
      c: low ^ 0x6c79_6765_6e65_7261, d: high ^ 0x7465_6462_7974_6573)
  }

  private struct State {
    var a: UInt64
    var b: UInt64
    var c: UInt64
    var d: UInt64

    mutating func absorb(_ word: UInt64) {
      d ^= word
      turn()
      turn()
      a ^= word
    }

    mutating func finished() -> UInt64 {
      c ^= 0xff
      for _ in 0..<4 { turn() }
      return a ^ b ^ c ^ d
    }

    mutating func turn() {
      a &+= b
      c &+= d
      b = rotated(b, 13) ^ a
      d = rotated(d, 16) ^ c
      a = rotated(a, 32)
      c &+= b
      a &+= d
      b = rotated(b, 17) ^ c
      d = rotated(d, 21) ^ a
      c = rotated(c, 32)
    }

    private func rotated(_ word: UInt64, _ count: UInt64) -> UInt64 { word << count | word >> (64 - count) }
  }
}

/// The code of strings in HTTP/2's field compression (RFC 7541, section 5.2 and appendix B).
///
/// The code is canonical: codes of one length follow each other in the order of their symbols. So the lengths alone say
/// everything, and a code beyond eight bits, which is rare in text, is found by its length. What has up to eight
/// bits is looked up at once.
struct HuffmanCode: Sendable {
  enum DecodingFault: Error {
    /// The end-of-string symbol is in the string.
    case endOfString
    /// More than seven bits of padding, or padding of other bits than ones.
    case padding
  }

  static let shared = HuffmanCode()

  private static let endOfString = 256
  private static let longest = 30
  /// Bits of each symbol's code, the end of a string last.
  private static let lengths: [UInt8] = [
    13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28,
    28, 28, 28, 6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12,
    10, 13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6, 15, 5, 6,
    5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, 6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28, 20, 22, 20, 20, 22, 22,
    22, 23, 22, 23, 23, 23, 23, 23, 24, 23, 24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24, 22, 21, 20,
    22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23,
    26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25, 19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28,
    27, 27, 27, 20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23, 26, 27, 26, 26, 27, 27, 27, 27, 27, 28,
    27, 27, 27, 27, 27, 26, 30,
  ]

  /// By symbol: the code, in the low bits.
  private let codes: [UInt32]
  /// By the first eight bits: the symbol in the high byte and its length in the low one; 0 for a longer code.
  private let short: [UInt16]
  /// Symbols in the order of their codes.
  private let symbols: [UInt16]
  /// By length: the first code of that length, and the place of its symbol in `symbols`.
  private let firstCode: [UInt32]
  private let firstPlace: [Int]

  private init() {
    var codes = [UInt32](repeating: 0, count: Self.lengths.count)
    var short = [UInt16](repeating: 0, count: 256)
    var firstCode = [UInt32](repeating: 0, count: Self.longest + 2)
    var firstPlace = [Int](repeating: 0, count: Self.longest + 2)
    var symbols: [UInt16] = []
    var code: UInt32 = 0
    for length in 1...Self.longest {
      firstCode[length] = code
      firstPlace[length] = symbols.count
      for symbol in Self.lengths.indices where Int(Self.lengths[symbol]) == length {
        codes[symbol] = code
        symbols.append(UInt16(symbol))
        if length <= 8 {
          let start = Int(code) << (8 - length)
          for place in start..<(start + 1 << (8 - length)) { short[place] = UInt16(symbol) << 8 | UInt16(length) }
        }
        code += 1
      }
      code <<= 1
    }
    firstPlace[Self.longest + 1] = symbols.count
    self.codes = codes
    self.short = short
    self.symbols = symbols
    self.firstCode = firstCode
    self.firstPlace = firstPlace
  }

  // MARK: Decoding

  /// Appends the decoded string.
  func decode(_ bytes: RawSpan, into text: inout [UInt8]) throws(DecodingFault) {
    var bits: UInt64 = 0
    var count = 0
    var offset = 0
    while true {
      while count <= 56, offset < bytes.byteCount {
        bits |= UInt64(bytes.byte(at: offset)) << UInt64(56 &- count)
        count &+= 8
        offset &+= 1
      }
      guard count > 0 else { return }
      let entry = short[Int(bits >> 56)]
      var length = Int(entry & 0xff)
      if length == 0 {
        let symbol: Int
        (symbol, length) = long(UInt32(truncatingIfNeeded: bits >> 32), count)
        guard length > 0 else { return try Self.checkPadding(bits, count) }
        guard symbol != Self.endOfString else { throw .endOfString }
        text.append(UInt8(truncatingIfNeeded: symbol))
      } else {
        guard length <= count else { return try Self.checkPadding(bits, count) }
        text.append(UInt8(entry >> 8))
      }
      bits <<= UInt64(length)
      count &-= length
    }
  }

  /// A code of more than eight bits at the top of `bits`; a length of 0 where the string ends within it.
  private func long(_ bits: UInt32, _ count: Int) -> (symbol: Int, length: Int) {
    for length in 9...Self.longest {
      let code = bits >> UInt32(32 - length)
      let place = Int(code) - Int(firstCode[length]) + firstPlace[length]
      guard place < firstPlace[length + 1] else { continue }
      return length <= count ? (Int(symbols[place]), length) : (0, 0)
    }
    return (0, 0)
  }

  /// What is left at the end are fewer than eight bits, all ones: the beginning of the end-of-string code.
  private static func checkPadding(_ bits: UInt64, _ count: Int) throws(DecodingFault) {
    guard count < 8, bits >> UInt64(64 - count) == (1 << UInt64(count)) - 1 else { throw .padding }
  }

  // MARK: Encoding

  /// Bytes that the string takes in this code.
  func encodedLength(of bytes: RawSpan) -> Int {
    var bits = 0
    for offset in 0..<bytes.byteCount { bits += Int(Self.lengths[Int(bytes.byte(at: offset))]) }
    return (bits + 7) / 8
  }

  /// Appends the string in this code.
  func encode(_ bytes: RawSpan, into coded: inout [UInt8]) {
    var bits: UInt64 = 0
    var count: UInt64 = 0
    for offset in 0..<bytes.byteCount {
      let symbol = Int(bytes.byte(at: offset))
      let length = UInt64(Self.lengths[symbol])
      bits = bits << length | UInt64(codes[symbol])
      count += length
      while count >= 8 {
        count -= 8
        coded.append(UInt8(truncatingIfNeeded: bits >> count))
      }
    }
    guard count > 0 else { return }
    let ones: UInt64 = (1 << (8 - count)) - 1
    coded.append(UInt8(truncatingIfNeeded: bits << (8 - count) | ones))
  }
}

internal import SluiceWire

extension ExchangeID {
  /// Characters of an ID in text.
  public static let textLength = 26

  /// An ID of a moment: IDs of later milliseconds sort behind it, as numbers and as text.
  ///
  /// - Parameters:
  ///   - milliseconds: Unix time; the low 48 bits count.
  ///   - random: 64 random bits.
  ///   - more: of which 16 bits are used.
  public init(milliseconds: UInt64, random: UInt64, more: UInt64) {
    self.init(high: milliseconds << 16 | more >> 48, low: random)
  }

  /// Unix time of the ID's making.
  public var milliseconds: UInt64 { high >> 16 }

  /// 26 characters of Crockford's base 32, the most significant first.
  public var text: InlineArray<26, UInt8> {
    var characters = InlineArray<26, UInt8>(repeating: 0x30)
    // 65 bits in 13 characters from the low word, whose last digit takes a bit of the high one.
    Self.write(low, carry: high, at: 13, &characters)
    Self.write(high >> 1, carry: 0, at: 0, &characters)
    return characters
  }

  /// Thirteen characters of a word, with the lowest bit of `carry` above it.
  private static func write(_ word: UInt64, carry: UInt64, at start: Int, _ characters: inout InlineArray<26, UInt8>) {
    for index in 0..<12 {
      let digit = UInt8(truncatingIfNeeded: word >> UInt64(5 * (12 - index)))
      characters[start + index] = CrockfordBase32.character(digit & 31)
    }
    characters[start + 12] = CrockfordBase32.character(UInt8(truncatingIfNeeded: word) & 31)
    let first = UInt8(truncatingIfNeeded: word >> 60 | (carry & 1) << 4)
    characters[start] = CrockfordBase32.character(first & 31)
  }

  /// Writes the text behind what is there.
  public func append(to bytes: inout [UInt8]) {
    let characters = text
    for index in 0..<26 { bytes.append(characters[index]) }
  }

  /// Writes the text behind what is there; the output must have room for `textLength` bytes.
  public func append(to output: inout OutputRawSpan) {
    let characters = text
    output.append(contentsOf: characters.span.bytes)
  }

  /// Reads an ID in either case, I and L as 1 and O as 0; nil for anything that is not one.
  public init?(_ text: RawSpan) {
    guard text.byteCount == Self.textLength else { return nil }
    var number: UInt128 = 0
    for offset in 0..<Self.textLength {
      guard let digit = CrockfordBase32.digit(text.octet(offset)) else { return nil }
      // The first character holds three bits: 26 characters hold two more than an ID has.
      if offset == 0, digit > 7 { return nil }
      number = number << 5 | UInt128(digit)
    }
    self.init(high: UInt64(truncatingIfNeeded: number >> 64), low: UInt64(truncatingIfNeeded: number))
  }

  public init?(_ text: String) {
    var copy = text
    guard let id = copy.withUTF8({ ExchangeID($0.span.bytes) }) else { return nil }
    self = id
  }
}

extension ExchangeID: CustomStringConvertible {
  public var description: String {
    let characters = text
    return String(unsafeUninitializedCapacity: Self.textLength) { buffer in
      for index in 0..<Self.textLength { buffer[index] = characters[index] }
      return Self.textLength
    }
  }
}

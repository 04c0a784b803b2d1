/// A field name as the machine words that `KnownField.lookUp` compares.
struct NameWords {
  var count: Int
  /// The first eight bytes, or the whole name with zeros behind it.
  var first: UInt64
  /// Bytes 8 to 15 of a name of more than 16.
  var second: UInt64
  /// The last eight bytes of a name of more than eight.
  var last: UInt64

  @inline(__always)
  init(_ bytes: RawSpan, at offset: Int, count: Int) {
    self.count = count
    first = bytes.word(at: offset)
    second = 0
    last = 0
    if count < 8 {
      first &= (1 &<< UInt64(count &* 8)) &- 1
    } else if count <= KnownField.nameLengthMax {
      last = bytes.word(at: offset &+ count &- 8)
      if count > 16 { second = bytes.word(at: offset &+ 8) }
    }
  }
}

extension KnownField {
  /// Bytes of the longest name in the table.
  static let nameLengthMax = 24

  /// The field with this name in whatever case, or `.unknown`.
  public init(_ bytes: RawSpan, name: ByteRange) {
    self = KnownField.lookUp(NameWords(bytes, at: Int(name.lowerBound), count: name.count))
  }
}

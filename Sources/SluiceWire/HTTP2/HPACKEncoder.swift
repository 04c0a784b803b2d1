/// Encodes header blocks (RFC 7541) without a dynamic table: whole static entries and static names are taken from the
/// static table, everything else goes as it is.
///
/// Why this way: an encoder with a table must look each field up and keep both ends' tables the same. Heads that a
/// gateway passes on are short, and what they would save on the wire is less than what the looking up costs.
public enum HPACKEncoder {
  /// Tells the peer's decoder that no table is used. Stands at the beginning of the first block of a connection.
  public static func appendTableSizeZero(to block: inout [UInt8]) { block.append(0x20) }

  /// `:status` and the like where the static table has name and value.
  public static func appendStatus(_ status: UInt16, to block: inout [UInt8]) {
    let index: UInt8 =
      switch status {
      case 200: 8
      case 204: 9
      case 206: 10
      case 304: 11
      case 400: 12
      case 404: 13
      case 500: 14
      default: 0
      }
    if index > 0 { return block.append(0x80 | index) }
    appendInteger(8, prefix: 4, to: &block)
    block.append(3)
    for divisor: UInt16 in [100, 10, 1] { block.append(UInt8(truncatingIfNeeded: 0x30 + status / divisor % 10)) }
  }

  /// A field whose name is told in lower case; upper-case letters of `name` are lowered (RFC 9113 section 8.2).
  public static func append(
    name: RawSpan, value: RawSpan, isSecret: Bool = false, to block: inout [UInt8]
  ) {
    let known = KnownField(name, name: ByteRange(0, name.byteCount))
    append(name: name, known: known, value: value, isSecret: isSecret, to: &block)
  }

  static func append(
    name: RawSpan, known: KnownField, value: RawSpan, isSecret: Bool, to block: inout [UInt8]
  ) {
    // Never indexed (section 6.2.3) where nobody on the way may keep it.
    let pattern: UInt8 = isSecret ? 0x10 : 0
    let index = Int(staticIndices[Int(known.rawValue)])
    if index > 0 {
      appendInteger(index, prefix: 4, pattern: pattern, to: &block)
    } else {
      block.append(pattern)
      appendInteger(name.byteCount, prefix: 7, to: &block)
      for offset in 0..<name.byteCount { block.append(ASCII.lowercased(name.byte(at: offset))) }
    }
    appendInteger(value.byteCount, prefix: 7, to: &block)
    value.withUnsafeBytes { block.append(contentsOf: $0) }
  }

  /// A pseudo-header field by its static index.
  static func append(index: Int, value: RawSpan, to block: inout [UInt8]) {
    appendInteger(index, prefix: 4, to: &block)
    appendInteger(value.byteCount, prefix: 7, to: &block)
    value.withUnsafeBytes { block.append(contentsOf: $0) }
  }

  static func appendInteger(_ value: Int, prefix: Int, pattern: UInt8 = 0, to block: inout [UInt8]) {
    let mask = 1 << prefix - 1
    guard value >= mask else { return block.append(pattern | UInt8(truncatingIfNeeded: value)) }
    block.append(pattern | UInt8(truncatingIfNeeded: mask))
    var rest = value - mask
    while rest >= 0x80 {
      block.append(UInt8(truncatingIfNeeded: rest & 0x7f | 0x80))
      rest >>= 7
    }
    block.append(UInt8(truncatingIfNeeded: rest))
  }

  /// By known field: its index in the static table, 0 for none.
  private static let staticIndices: [UInt8] = KnownField.allCases.map { field in
    field.canonicalName.withUTF8Buffer { name in
      let index = HPACKStaticTable.entries.indices.dropFirst().first { index in
        HPACKStaticTable.entries[index].name.withUTF8Buffer { $0.elementsEqual(name) }
      }
      return name.isEmpty ? 0 : UInt8(index ?? 0)
    }
  }
}

/// Reads integers and strings of a header block (RFC 7541 section 5). The bytes are the same in each call.
struct HPACKReader {
  private(set) var offset = 0

  /// An integer whose first byte has `prefix` bits of it.
  mutating func integer(_ bytes: RawSpan, prefix: Int) throws(HPACKFault) -> Int {
    guard offset < bytes.byteCount else { throw .truncated }
    let mask = UInt8(truncatingIfNeeded: 1 << prefix - 1)
    let first = bytes.byte(at: offset) & mask
    offset += 1
    guard first == mask else { return Int(first) }
    var value = Int(first)
    var shift = 0
    while true {
      guard offset < bytes.byteCount else { throw .truncated }
      let byte = bytes.byte(at: offset)
      offset += 1
      // Four bytes more are beyond any length and any index.
      guard shift < 28 else { throw .integerTooLarge }
      value += Int(byte & 0x7f) << shift
      shift += 7
      if byte & 0x80 == 0 { return value }
    }
  }

  /// Appends a string.
  mutating func string(_ bytes: RawSpan, _ huffman: HuffmanCode, into text: inout [UInt8]) throws(HPACKFault) {
    guard offset < bytes.byteCount else { throw .truncated }
    let isCoded = bytes.byte(at: offset) & 0x80 != 0
    let count = try integer(bytes, prefix: 7)
    guard count <= bytes.byteCount - offset else { throw .truncated }
    let coded = bytes.extracting(offset..<(offset + count))
    offset += count
    guard isCoded else {
      coded.withUnsafeBytes { text.append(contentsOf: $0) }
      return
    }
    do {
      try huffman.decode(coded, into: &text)
    } catch {
      switch error {
      case .endOfString: throw .huffmanEndOfString
      case .padding: throw .huffmanPadding
      }
    }
  }
}

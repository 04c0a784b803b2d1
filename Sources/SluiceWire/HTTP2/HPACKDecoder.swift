/// Decodes the header blocks of one direction of an HTTP/2 connection (RFC 7541).
///
/// A block is decoded to its end whatever its fields are: a message that is malformed or too large costs its stream,
/// while a block that was left half read would cost the connection. What the fields say is judged by `HeaderList`,
/// which also bounds what is kept.
public struct HPACKDecoder: Sendable {
  /// What we allow the peer's encoder, which it learns from our SETTINGS. Default 4,096 (RFC 9113 section 6.5.2).
  public let tableSizeMax: Int
  private var table: HPACKDynamicTable
  private let huffman = HuffmanCode.shared
  /// The name and value that are being decoded; storage is used again.
  private var scratch: [UInt8] = []

  public init(tableSizeMax: Int = 4096) {
    self.tableSizeMax = tableSizeMax
    table = HPACKDynamicTable(sizeMax: tableSizeMax)
  }

  /// Decodes a whole block: the fragments of HEADERS and its CONTINUATIONs together.
  public mutating func decode(_ block: RawSpan, into list: inout HeaderList) throws(HPACKFault) {
    var reader = HPACKReader()
    var maySetSize = true
    while reader.offset < block.byteCount {
      let first = block.byte(at: reader.offset)
      if first & 0xe0 == 0x20 {
        guard maySetSize else { throw .tableSizeMisplaced }
        let size = try reader.integer(block, prefix: 5)
        guard size <= tableSizeMax else { throw .tableSizeTooLarge }
        table.setSizeMax(size)
        continue
      }
      maySetSize = false
      try field(block, &reader, first, &list)
    }
  }

  private mutating func field(
    _ block: RawSpan, _ reader: inout HPACKReader, _ first: UInt8, _ list: inout HeaderList
  ) throws(HPACKFault) {
    scratch.removeAll(keepingCapacity: true)
    if first & 0x80 != 0 {
      let index = try reader.integer(block, prefix: 7)
      // Each byte of a block can name a whole entry: what is not kept is not copied either.
      if list.isFull { return list.skip(try length(index)) }
      let nameCount = try appendName(index)
      try appendValue(index)
      return list.append(scratch, nameCount: nameCount)
    }
    let isIndexed = first & 0x40 != 0
    let index = try reader.integer(block, prefix: isIndexed ? 6 : 4)
    let nameCount: Int
    if index == 0 {
      try reader.string(block, huffman, into: &scratch)
      nameCount = scratch.count
    } else {
      nameCount = try appendName(index)
    }
    try reader.string(block, huffman, into: &scratch)
    if isIndexed { table.add(name: 0..<nameCount, value: nameCount..<scratch.count, of: scratch) }
    list.append(scratch, nameCount: nameCount)
  }

  /// - Returns: bytes of the name.
  private mutating func appendName(_ index: Int) throws(HPACKFault) -> Int {
    guard index > 0 else { throw .indexInvalid }
    if index <= HPACKStaticTable.count {
      Self.append(HPACKStaticTable.entries[index].name, to: &scratch)
    } else {
      guard let (name, _) = table.ranges(index - HPACKStaticTable.count - 1) else { throw .indexInvalid }
      table.append(name, to: &scratch)
    }
    return scratch.count
  }

  private mutating func appendValue(_ index: Int) throws(HPACKFault) {
    if index <= HPACKStaticTable.count {
      Self.append(HPACKStaticTable.entries[index].value, to: &scratch)
    } else {
      guard let (_, value) = table.ranges(index - HPACKStaticTable.count - 1) else { throw .indexInvalid }
      table.append(value, to: &scratch)
    }
  }

  /// Bytes of an entry's name and value.
  private func length(_ index: Int) throws(HPACKFault) -> Int {
    guard index > 0 else { throw .indexInvalid }
    guard index > HPACKStaticTable.count else {
      let entry = HPACKStaticTable.entries[index]
      return entry.name.utf8CodeUnitCount + entry.value.utf8CodeUnitCount
    }
    guard let (name, value) = table.ranges(index - HPACKStaticTable.count - 1) else { throw .indexInvalid }
    return name.count + value.count
  }

  private static func append(_ text: StaticString, to bytes: inout [UInt8]) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }
}

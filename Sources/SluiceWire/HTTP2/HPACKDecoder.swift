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
  private let known = HPACKStaticTable.lines
  /// The line that is being decoded; storage is used again.
  private var line: [UInt8] = []

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
    if first & 0x80 != 0 { return try indexed(try reader.integer(block, prefix: 7), &list) }
    let isAdded = first & 0x40 != 0
    let index = try reader.integer(block, prefix: isAdded ? 6 : 4)
    line.removeAll(keepingCapacity: true)
    if index == 0 { try reader.string(block, huffman, into: &line) } else { try appendName(index) }
    let nameCount = line.count
    line.append(ASCII.colon)
    line.append(ASCII.space)
    try reader.string(block, huffman, into: &line)
    line.append(ASCII.carriageReturn)
    line.append(ASCII.lineFeed)
    let field = DecodedField(line, nameCount: nameCount)
    if isAdded { table.add(field, line: line) }
    list.append(field, line: line)
  }

  /// A whole field of a table. Each byte of a block can name one, so that what is not kept is not copied either.
  private func indexed(_ index: Int, _ list: inout HeaderList) throws(HPACKFault) {
    guard index > 0 else { throw .indexInvalid }
    if index <= HPACKStaticTable.count {
      let field = known.fields[index]
      return list.isFull ? list.skip(field) : list.append(field, line: known.bytes, at: known.starts[index])
    }
    guard let (field, start) = table.entry(index - HPACKStaticTable.count - 1) else { throw .indexInvalid }
    return list.isFull ? list.skip(field) : list.append(field, line: table.bytes, at: start)
  }

  private mutating func appendName(_ index: Int) throws(HPACKFault) {
    if index <= HPACKStaticTable.count {
      let start = known.starts[index]
      line.append(contentsOf: known.bytes[start..<(start + known.fields[index].nameCount)])
    } else {
      guard let (field, start) = table.entry(index - HPACKStaticTable.count - 1) else { throw .indexInvalid }
      line.append(contentsOf: table.bytes[start..<(start + field.nameCount)])
    }
  }
}

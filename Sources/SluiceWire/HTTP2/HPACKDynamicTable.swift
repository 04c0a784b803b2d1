/// The fields that one direction of a connection has seen lately (RFC 7541 section 2.3.2): the newest first, the oldest
/// evicted when the size is reached.
///
/// The lines of the fields lie behind each other in one array, the oldest first. What was evicted is cut off when it is
/// half of the array, so that its memory stays within a small multiple of the table's size.
struct HPACKDynamicTable: Sendable {
  /// What an entry counts beside its bytes (section 4.1).
  static let overhead = 32

  private struct Entry: Sendable {
    /// Offset in the bytes that were ever added.
    var start: Int
    var field: DecodedField
  }

  private(set) var bytes: [UInt8] = []
  /// Bytes that were cut off the front of `bytes`.
  private var cut = 0
  /// The oldest first, from `oldest` on.
  private var entries: [Entry] = []
  private var oldest = 0
  /// As counted by RFC 7541.
  private(set) var size = 0
  /// The peer's choice, within what we allow.
  private(set) var sizeMax: Int

  init(sizeMax: Int) { self.sizeMax = sizeMax }

  var count: Int { entries.count - oldest }

  mutating func setSizeMax(_ sizeMax: Int) {
    self.sizeMax = sizeMax
    evict(toFit: 0)
  }

  /// The entry with this index, from 0 for the newest, and where its line begins in `bytes`; nil where there is none.
  func entry(_ index: Int) -> (field: DecodedField, start: Int)? {
    guard index >= 0, index < count else { return nil }
    let entry = entries[entries.count - 1 - index]
    return (entry.field, entry.start - cut)
  }

  /// Adds a field by its line. One that is larger than the table empties it (section 4.4).
  mutating func add(_ field: DecodedField, line: [UInt8]) {
    evict(toFit: field.size)
    guard field.size <= sizeMax else { return }
    if oldest > 64, oldest * 2 > entries.count { compact() }
    entries.append(Entry(start: cut + bytes.count, field: field))
    bytes.append(contentsOf: line)
    size += field.size
  }

  private mutating func evict(toFit size: Int) {
    while oldest < entries.count, self.size + size > sizeMax {
      self.size -= entries[oldest].field.size
      oldest += 1
    }
    guard oldest == entries.count else { return }
    entries.removeAll(keepingCapacity: true)
    oldest = 0
    cut += bytes.count
    bytes.removeAll(keepingCapacity: true)
  }

  private mutating func compact() {
    let start = entries[oldest].start - cut
    bytes.removeFirst(start)
    cut += start
    entries.removeFirst(oldest)
    oldest = 0
  }
}

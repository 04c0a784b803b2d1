/// A hash table from byte strings to numbers that is asked with a piece of a span, so that a lookup allocates nothing.
///
/// The hash is built up byte by byte by whoever asks: one pass over a path or host asks for every prefix or suffix of
/// it. Its keys come from the configuration, so nobody outside can aim at its buckets.
struct ByteTable: Sendable {
  private struct Entry: Sendable {
    var hash: UInt64
    var key: [UInt8]
    var value: Int
  }

  /// Indices into `entries`, -1 where free; a power of two, at most half full.
  private var slots: [Int32] = []
  private var entries: [Entry] = []
  /// Bytes of the longest key.
  private(set) var keyLengthMax = 0

  static let seed: UInt64 = 0xcbf2_9ce4_8422_2325

  @inline(__always)
  static func step(_ hash: UInt64, _ byte: UInt8) -> UInt64 { (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }

  var isEmpty: Bool { entries.isEmpty }

  init() {}

  /// - Parameter keys: distinct keys with the hash of each.
  init(_ keys: [(hash: UInt64, key: [UInt8], value: Int)]) {
    entries = keys.map { Entry(hash: $0.hash, key: $0.key, value: $0.value) }
    keyLengthMax = keys.map(\.key.count).max() ?? 0
    var size = 4
    while size < 2 * keys.count { size *= 2 }
    slots = Array(repeating: -1, count: keys.isEmpty ? 0 : size)
    for index in entries.indices {
      var slot = Self.slot(entries[index].hash, size)
      while slots[slot] >= 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = Int32(index)
    }
  }

  /// The value of the key that these bytes are. Letters of the bytes are taken as lower case where `foldsCase`.
  func value(hash: UInt64, of bytes: RawSpan, at offset: Int, count: Int, foldsCase: Bool) -> Int? {
    guard !slots.isEmpty else { return nil }
    var slot = Self.slot(hash, slots.count)
    while slots[slot] >= 0 {
      let index = Int(slots[slot])
      if entries[index].hash == hash, entries[index].key.count == count,
        Self.isEqual(entries[index].key, bytes, offset, foldsCase)
      {
        return entries[index].value
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  private static func slot(_ hash: UInt64, _ size: Int) -> Int {
    Int(truncatingIfNeeded: (hash ^ hash >> 32)) & (size - 1)
  }

  private static func isEqual(_ key: [UInt8], _ bytes: RawSpan, _ offset: Int, _ foldsCase: Bool) -> Bool {
    for index in key.indices {
      let byte = bytes.octet(offset + index)
      if (foldsCase ? byte.lowercased : byte) != key[index] { return false }
    }
    return true
  }
}

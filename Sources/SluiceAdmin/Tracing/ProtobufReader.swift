/// The fields of one message of Protocol Buffers, one by one, from whoever sent it.
struct ProtobufReader {
  enum Value: Equatable {
    case number(UInt64)
    case fixed64(UInt64)
    case bytes(ArraySlice<UInt8>)
    case fixed32(UInt32)
  }

  private var rest: ArraySlice<UInt8>
  /// The bytes are no message; nothing follows.
  private(set) var isBroken = false

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  /// nil at the end, and where something is broken.
  mutating func next() -> (number: UInt64, value: Value)? {
    guard !rest.isEmpty, !isBroken else { return nil }
    guard let tag = number(), tag >> 3 != 0, let value = value(tag & 7) else {
      isBroken = true
      return nil
    }
    return (tag >> 3, value)
  }

  private mutating func value(_ type: UInt64) -> Value? {
    switch type {
    case 0: number().map { .number($0) }
    case 1: littleEndian(8).map { .fixed64($0) }
    case 2: bytes().map { .bytes($0) }
    case 5: littleEndian(4).map { .fixed32(UInt32(truncatingIfNeeded: $0)) }
    // Groups are older than the messages that are read here.
    default: nil
    }
  }

  private mutating func number() -> UInt64? {
    var number: UInt64 = 0
    for index in 0..<10 {
      guard let byte = rest.popFirst() else { return nil }
      if index == 9, byte > 1 { return nil }
      number |= UInt64(byte & 0x7F) << UInt64(7 * index)
      if byte < 0x80 { return number }
    }
    return nil
  }

  private mutating func littleEndian(_ count: Int) -> UInt64? {
    guard rest.count >= count else { return nil }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count).reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  private mutating func bytes() -> ArraySlice<UInt8>? {
    guard let count = number(), count <= UInt64(rest.count) else { return nil }
    defer { rest = rest.dropFirst(Int(count)) }
    return rest.prefix(Int(count))
  }
}

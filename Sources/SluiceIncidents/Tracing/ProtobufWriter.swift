/// Messages of Protocol Buffers, as far as the export of spans needs them: each field behind the one before.
///
/// A message that holds others is made from the inside out, because its length stands in front of it.
package struct ProtobufWriter: Sendable {
  private enum WireType: UInt64 {
    case number = 0
    case fixed64 = 1
    case bytes = 2
    case fixed32 = 5
  }

  package private(set) var bytes: [UInt8] = []

  package init() {}

  /// Storage is kept.
  package mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  /// Bytes that a number takes.
  package static func size(of number: UInt64) -> Int { number == 0 ? 1 : (63 - number.leadingZeroBitCount) / 7 + 1 }

  package mutating func append(_ number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  private mutating func tag(_ field: UInt64, _ type: WireType) { append(field << 3 | type.rawValue) }

  // MARK: Fields

  package mutating func number(_ field: UInt64, _ value: UInt64) {
    tag(field, .number)
    append(value)
  }

  package mutating func fixed64(_ field: UInt64, _ value: UInt64) {
    tag(field, .fixed64)
    appendLittleEndian(value, count: 8)
  }

  package mutating func fixed32(_ field: UInt64, _ value: UInt32) {
    tag(field, .fixed32)
    appendLittleEndian(UInt64(value), count: 4)
  }

  package mutating func bytes(_ field: UInt64, _ value: some Collection<UInt8>) {
    tag(field, .bytes)
    append(UInt64(value.count))
    bytes.append(contentsOf: value)
  }

  package mutating func text(_ field: UInt64, _ value: StaticString) {
    tag(field, .bytes)
    append(UInt64(value.utf8CodeUnitCount))
    append(value)
  }

  package mutating func message(_ field: UInt64, _ message: ProtobufWriter) { bytes(field, message.bytes) }

  /// Fields that were written elsewhere.
  package mutating func append(fields: [UInt8]) { bytes.append(contentsOf: fields) }

  /// The words of an ID, the most significant byte first.
  package mutating func identifier(_ field: UInt64, _ words: UInt64...) {
    tag(field, .bytes)
    append(UInt64(words.count * 8))
    for word in words {
      for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: word >> shift)) }
    }
  }

  private mutating func append(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  private mutating func appendLittleEndian(_ value: UInt64, count: Int) {
    for index in 0..<count { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * index))) }
  }

  // MARK: Attributes

  /// `opentelemetry.proto.common.v1.KeyValue`, and in it an `AnyValue` of so many bytes, which the caller writes.
  private mutating func attribute(_ field: UInt64, _ key: StaticString, valueSize: Int) {
    let keySize = 1 + Self.size(of: UInt64(key.utf8CodeUnitCount)) + key.utf8CodeUnitCount
    tag(field, .bytes)
    append(UInt64(keySize + 1 + Self.size(of: UInt64(valueSize)) + valueSize))
    text(1, key)
    tag(2, .bytes)
    append(UInt64(valueSize))
  }

  package mutating func attribute(_ field: UInt64, _ key: StaticString, text value: some Collection<UInt8>) {
    attribute(field, key, valueSize: 1 + Self.size(of: UInt64(value.count)) + value.count)
    bytes(1, value)
  }

  package mutating func attribute(_ field: UInt64, _ key: StaticString, text value: StaticString) {
    let count = value.utf8CodeUnitCount
    attribute(field, key, valueSize: 1 + Self.size(of: UInt64(count)) + count)
    text(1, value)
  }

  package mutating func attribute(_ field: UInt64, _ key: StaticString, isTrue value: Bool) {
    attribute(field, key, valueSize: 2)
    number(2, value ? 1 : 0)
  }

  package mutating func attribute(_ field: UInt64, _ key: StaticString, number value: UInt64) {
    attribute(field, key, valueSize: 1 + Self.size(of: value))
    number(3, value)
  }

  package mutating func attribute(_ field: UInt64, _ key: StaticString, decimal value: Double) {
    attribute(field, key, valueSize: 9)
    fixed64(4, value.bitPattern)
  }
}

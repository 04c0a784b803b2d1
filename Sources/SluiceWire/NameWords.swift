/// A field name as the machine words that `KnownField.lookUp` compares.
struct NameWords {
  var count: Int
  /// The first eight bytes, or the whole name with zeros behind it.
  var first: UInt64
  /// Bytes 8 to 15 of a name of at least 16.
  var second: UInt64
  /// The last eight bytes of a name of at least eight.
  var last: UInt64
}

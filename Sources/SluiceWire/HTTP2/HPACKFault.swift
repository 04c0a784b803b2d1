/// A header block that cannot be decoded. The connection's compression state is lost with it, so that each of them ends
/// the connection (RFC 7541 section 2.3.3; RFC 9113 section 4.3).
public enum HPACKFault: UInt8, Error, CaseIterable, Hashable, Sendable {
  /// The block ends within a representation.
  case truncated
  /// An integer beyond what any length or index may be (RFC 7541 section 5.1).
  case integerTooLarge
  /// Index 0, or one behind the end of the tables (section 2.3.3).
  case indexInvalid
  /// A table larger than we allow (section 6.3).
  case tableSizeTooLarge
  /// A change of the table's size behind the first field (section 4.2).
  case tableSizeMisplaced
  /// The end-of-string symbol within a string (section 5.2).
  case huffmanEndOfString
  /// Padding of more than seven bits, or of other bits than ones (section 5.2).
  case huffmanPadding
}

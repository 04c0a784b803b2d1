/// The group of a rule; a gateway derives its cause from it.
public enum WireFaultKind: UInt8, Sendable, CaseIterable {
  /// The bytes are not an HTTP/1 message at all.
  case notHTTP
  /// The request or status line.
  case startLine
  /// A field's name or value.
  case field
  /// The length of the content is given wrongly or twice.
  case framing
  /// `Transfer-Encoding` names what we do not decode, or in the wrong order.
  case transferCoding
  /// The chunked coding itself.
  case chunk
  case lineTooLong
  case headTooLarge
  case fieldTooLarge
  case tooManyFields
  case version
  case trailer
}

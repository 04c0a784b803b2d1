/// The pseudo-header fields of a message, as ranges of its header list (RFC 9113 section 8.3, RFC 8441 section 4).
public struct PseudoFields: Sendable, Equatable {
  enum Kind: UInt8, CaseIterable {
    case method, scheme, authority, path, `protocol`, status

    private var name: StaticString {
      switch self {
      case .method: ":method"
      case .scheme: ":scheme"
      case .authority: ":authority"
      case .path: ":path"
      case .protocol: ":protocol"
      case .status: ":status"
      }
    }

    /// nil where the message may have none of that name.
    init?(_ source: RawSpan, name: ByteRange, in place: HeaderList.Place) {
      let found = Self.allCases.first { kind in
        kind.name.withUTF8Buffer { text in
          text.count == name.count && text.indices.allSatisfy { source.byte(at: Int(name.lowerBound) + $0) == text[$0] }
        }
      }
      guard let found, (found == .status) == (place == .response), place != .trailers else { return nil }
      self = found
    }
  }

  public private(set) var method: ByteRange?
  public private(set) var scheme: ByteRange?
  public private(set) var authority: ByteRange?
  public private(set) var path: ByteRange?
  /// The protocol of an extended CONNECT.
  public private(set) var `protocol`: ByteRange?
  public private(set) var status: ByteRange?

  /// - Returns: false where it was set before.
  mutating func set(_ kind: Kind, _ value: ByteRange) -> Bool {
    let place =
      switch kind {
      case .method: \PseudoFields.method
      case .scheme: \PseudoFields.scheme
      case .authority: \PseudoFields.authority
      case .path: \PseudoFields.path
      case .protocol: \PseudoFields.protocol
      case .status: \PseudoFields.status
      }
    guard self[keyPath: place] == nil else { return false }
    self[keyPath: place] = value
    return true
  }
}

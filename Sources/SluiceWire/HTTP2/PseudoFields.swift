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

    /// nil where there is none of that name.
    init?(_ source: RawSpan, name: ByteRange) {
      let found = Self.allCases.first { kind in
        kind.name.withUTF8Buffer { text in
          text.count == name.count && text.indices.allSatisfy { source.byte(at: Int(name.lowerBound) + $0) == text[$0] }
        }
      }
      guard let found else { return nil }
      self = found
    }

    /// Whether a message in this place may have it.
    func isAllowed(in place: HeaderList.Place) -> Bool {
      switch place {
      case .request: self != .status
      case .response: self == .status
      case .trailers: false
      }
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
    switch kind {
    case .method: Self.set(&method, value)
    case .scheme: Self.set(&scheme, value)
    case .authority: Self.set(&authority, value)
    case .path: Self.set(&path, value)
    case .protocol: Self.set(&self.protocol, value)
    case .status: Self.set(&status, value)
    }
  }

  private static func set(_ place: inout ByteRange?, _ value: ByteRange) -> Bool {
    guard place == nil else { return false }
    place = value
    return true
  }
}

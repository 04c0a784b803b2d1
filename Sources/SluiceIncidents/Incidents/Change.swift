/// Something that somebody changed.
public struct Change: Equatable, Sendable, Codable {
  public enum Kind: String, Codable, Sendable, CaseIterable {
    /// The gateway was started.
    case start
    /// Its configuration was reloaded.
    case reload
    /// A reload was refused, and the old configuration went on.
    case reloadRefused
    /// A deploy was marked.
    case deploy
    /// An endpoint was drained or taken back.
    case drain
    /// An endpoint showed a certificate that it had never shown before.
    case certificate
    /// Another process listens at an endpoint than before.
    case process
    /// An endpoint answers with another version than before.
    case version
    /// A reload added or removed endpoints of an upstream.
    case endpoints
    /// An endpoint's name leads to none of the addresses that it led to before.
    case addresses

    /// Whether the gateway has noticed it by itself, where all others were somebody's doing.
    public var isNoticed: Bool {
      switch self {
      case .start, .reload, .reloadRefused, .deploy, .drain, .endpoints: false
      case .certificate, .process, .version, .addresses: true
      }
    }
  }

  public var kind: Kind
  /// Unix time in milliseconds.
  public var time: Int64
  /// As in "generation 4" or "api v42".
  public var text: String
  /// The upstream that a deploy was marked for; nil: all.
  public var upstream: String?

  public init(kind: Kind, time: Int64, text: String, upstream: String? = nil) {
    self.kind = kind
    self.time = time
    self.text = text
    self.upstream = upstream
  }
}

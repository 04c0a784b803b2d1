/// The head of a request: offsets into the block it was parsed from, and what they mean.
public struct RequestHead: Sendable {
  public var method: Method = .get
  public var version: HTTPVersion = .http11
  public var form: TargetForm = .origin
  public var flags: HeadFlags = []
  public var framing: BodyFraming = .none
  public var methodText: ByteRange = .empty
  /// The request target as it was sent.
  public var target: ByteRange = .empty
  /// `host:port` of an absolute or authority target, else empty.
  public var authority: ByteRange = .empty
  /// The path, from its slash to before the `?`; empty where the target has none (`http://host`, `host:port`, `*`).
  public var path: ByteRange = .empty
  /// The query without its `?`.
  public var query: ByteRange = .empty
  /// The host to route by, port included: the target's authority where it has one (RFC 9112 3.3), else the value of
  /// `Host`; empty in an HTTP/1.0 request without either.
  public var host: ByteRange = .empty
  /// The value of `Upgrade` where `flags` has `.upgrade`.
  public var upgrade: ByteRange = .empty
  /// Which known fields are there.
  public var seen: KnownFieldSet = []
  public var fields: [Field] = []

  public init() {}

  /// Parses the head that `HeadScanner` found at `start..<end`.
  ///
  /// All ranges are offsets into `bytes`. The storage of `fields` is reused, so that parsing into the same value again
  /// allocates nothing. After an error the value holds no usable head.
  /// - Throws: the first rule that the head breaks.
  public mutating func parse(_ bytes: RawSpan, start: Int, end: Int) throws(WireFault) {
  }
}

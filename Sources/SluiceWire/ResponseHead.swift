/// The head of a response: offsets into the block it was parsed from, and what they mean.
public struct ResponseHead: Sendable {
  public var status: UInt16 = 0
  public var version: HTTPVersion = .http11
  public var flags: HeadFlags = []
  public var framing: BodyFraming = .none
  public var reason: ByteRange = .empty
  /// Seconds that the peer keeps an idle connection, from `Keep-Alive: timeout=`.
  public var keepAliveTimeout: UInt16?
  /// The value of `Upgrade` where `flags` has `.upgrade`.
  public var upgrade: ByteRange = .empty
  /// Which known fields are there.
  public var seen: KnownFieldSet = []
  public var fields: [Field] = []

  public init() {}

  /// Parses the head that `HeadScanner` found at `start..<end`.
  ///
  /// The framing depends on the request: responses to HEAD, successful ones to CONNECT, 1xx, 204 and 304 have no content
  /// (RFC 9112 6.3). A 101 is only reported; whether it was asked for is for the caller to judge.
  /// - Throws: the first rule that the head breaks.
  public mutating func parse(_ bytes: RawSpan, start: Int, end: Int, requestMethod: Method) throws(WireFault) {
  }
}

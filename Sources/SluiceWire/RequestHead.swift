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
  /// `Host`; empty in an HTTP/1.0 request without either, and in `OPTIONS *` with an empty `Host`.
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
    let head = bytes.extracting(0..<end)
    forget()
    let line = try RequestLine(head, start)
    method = line.method
    methodText = line.methodText
    target = line.target
    version = line.version
    let scheme = try readTarget(head)
    seen = try FieldSection.parse(head, from: line.end, role: .request, into: &fields)
    try readHost(head, defaultPort: scheme)
    if !seen.isDisjoint(with: RequestHead.controlling) {
      try readControlFields(head)
    } else {
      flags = version == .http10 ? [] : .keepAlive
    }
  }

  /// Fields that change how the message is read or passed on. Most requests have none of them.
  private static var controlling: KnownFieldSet {
    var set = KnownFieldSet.hopByHop
    set.insert(.contentLength)
    set.insert(.expect)
    set.insert(.trailer)
    return set
  }

  /// As new, so that no range points anywhere: what cannot be parsed must not be answered with the head before it. The
  /// storage of the fields is kept.
  public mutating func forget() {
    // An empty array is not emptied again: that costs as much as a field line.
    if !fields.isEmpty { fields.removeAll(keepingCapacity: true) }
    seen = []
    method = .get
    version = .http11
    methodText = .empty
    target = .empty
    flags = []
    framing = .none
    form = .origin
    authority = .empty
    path = .empty
    query = .empty
    host = .empty
    upgrade = .empty
  }

  private mutating func readControlFields(_ bytes: RawSpan) throws(WireFault) {
    if seen.contains(.contentLength) || seen.contains(.transferEncoding) {
      var length = FramingFields(role: .request)
      try length.read(bytes, seen, version: version, &fields)
      framing = length.isChunked ? .chunked : length.length.map { .length($0) } ?? .none
    }
    var connection = ConnectionFields(role: .request)
    if seen.contains(.connection) { try connection.read(bytes, &fields) }
    flags = connection.flags(version)
    if seen.contains(.trailer) { flags.formUnion(.hasTrailerField) }
    for index in fields.indices {
      let value = fields[index].value
      switch fields[index].known {
      case .upgrade where connection.hasUpgrade && version != .http10:
        flags.formUnion(.upgrade)
        upgrade = value
      case .expect where version != .http10:
        flags.formUnion(bytes.matches(value, lowercased: "100-continue") ? .expectContinue : .unknownExpectation)
      case .te:
        if RequestHead.allowsTrailers(bytes, value) { flags.formUnion(.teTrailers) }
      default: break
      }
    }
  }

  /// `trailers` is among the values of TE.
  private static func allowsTrailers(_ bytes: RawSpan, _ value: ByteRange) -> Bool {
    var elements = ListElements(value)
    while let element = elements.next(bytes) {
      if bytes.matches(element, lowercased: "trailers") { return true }
    }
    return false
  }
}

extension ConnectionFields {
  /// Whether the connection lives on (RFC 9112 9.3): by default in HTTP/1.1, on request in 1.0.
  func flags(_ version: HTTPVersion) -> HeadFlags {
    var flags: HeadFlags = []
    if hasClose { flags.formUnion(.close) }
    if !hasClose, version != .http10 || hasKeepAlive { flags.formUnion(.keepAlive) }
    if nominations > 0 { flags.formUnion(.nominatesFields) }
    return flags
  }
}

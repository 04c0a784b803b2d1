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
  /// The framing depends on the request: responses to HEAD, successful ones to CONNECT, 1xx, 204 and 304 have no
  /// content (RFC 9112 6.3). A 101 is only reported; whether it was asked for is for the caller to judge.
  /// - Throws: the first rule that the head breaks.
  public mutating func parse(_ bytes: RawSpan, start: Int, end: Int, requestMethod: Method) throws(WireFault) {
    let head = bytes.extracting(0..<end)
    fields.removeAll(keepingCapacity: true)
    keepAliveTimeout = nil
    upgrade = .empty
    let fieldsStart = try readStatusLine(head, start)
    seen = try FieldSection.parse(head, from: fieldsStart, role: .response, into: &fields)
    try readFraming(head, requestMethod)
    var connection = ConnectionFields(role: .response)
    if seen.contains(.connection) { try connection.read(head, &fields) }
    flags = connection.flags(version)
    if framing == .untilClose { flags.subtract(.keepAlive) }
    if seen.contains(.trailer) { flags.formUnion(.hasTrailerField) }
    for index in fields.indices {
      if fields[index].flags.contains(.needsRewrite) { flags.formUnion(.repaired) }
      switch fields[index].known {
      case .upgrade where connection.hasUpgrade && version != .http10:
        flags.formUnion(.upgrade)
        upgrade = fields[index].value
      case .keepAlive: readKeepAlive(head, fields[index].value)
      default: break
      }
    }
  }

  /// VERSION, one space, three digits, one space, REASON, CRLF (RFC 9112 4). The space before an empty reason is often
  /// forgotten and does no harm.
  private mutating func readStatusLine(_ bytes: RawSpan, _ start: Int) throws(WireFault) -> Int {
    guard let (version, isSupported) = HTTPVersion.read(bytes, at: start), isSupported else {
      throw WireFault(.notHTTP, at: start)
    }
    self.version = version
    let lineEnd = bytes.firstControl(from: start &+ 8, to: bytes.byteCount)
    guard lineEnd &+ 1 < bytes.byteCount, bytes.byte(at: lineEnd) == ASCII.carriageReturn,
      bytes.byte(at: lineEnd &+ 1) == ASCII.lineFeed
    else {
      throw WireFault(FieldSection.controlRule(bytes, at: lineEnd), at: lineEnd)
    }
    let codeEnd = start &+ 12
    guard codeEnd <= lineEnd, bytes.byte(at: start &+ 8) == ASCII.space,
      codeEnd == lineEnd || bytes.byte(at: codeEnd) == ASCII.space
    else {
      throw WireFault(.statusLineSyntax, at: start)
    }
    status = 0
    for offset in start &+ 9..<codeEnd {
      let digit = bytes.byte(at: offset) &- 0x30
      guard digit < 10 else { throw WireFault(.statusLineSyntax, at: start) }
      status = status &* 10 &+ UInt16(digit)
    }
    guard status >= 100 else { throw WireFault(.statusCode, at: start &+ 9) }
    reason = codeEnd < lineEnd ? ByteRange(codeEnd &+ 1, lineEnd) : .empty
    return lineEnd &+ 2
  }

  private mutating func readFraming(_ bytes: RawSpan, _ requestMethod: Method) throws(WireFault) {
    let isInterim = status < 200
    if isInterim || status == 204 || requestMethod == .connect && status < 300 {
      // RFC 9112 6.3: without content whatever the fields say; RFC 9110 8.6, 9112 6.1: the fields must not be there.
      framing = .none
      for index in fields.indices where fields[index].known == .contentLength {
        fields[index].flags.formUnion(.dropped)
      }
      return
    }
    var length = FramingFields(role: .response)
    if seen.contains(.contentLength) || seen.contains(.transferEncoding) {
      try length.read(bytes, seen, version: version, &fields)
    }
    if requestMethod == .head || status == 304 {
      framing = .none
    } else if length.isChunked {
      framing = .chunked
    } else {
      framing = length.length.map { .length($0) } ?? .untilClose
    }
  }

  /// `timeout=SECONDS` among the parameters of Keep-Alive.
  private mutating func readKeepAlive(_ bytes: RawSpan, _ value: ByteRange) {
    var elements = ListElements(value)
    while let element = elements.next(bytes) {
      let start = Int(element.lowerBound)
      guard element.count > 8, bytes.matches(ByteRange(start, start + 8), lowercased: "timeout=") else { continue }
      var seconds = 0
      for offset in start + 8..<Int(element.upperBound) {
        let digit = bytes.byte(at: offset) &- 0x30
        guard digit < 10 else { return }
        seconds = min(seconds * 10 + Int(digit), Int(UInt16.max))
      }
      keepAliveTimeout = UInt16(seconds)
    }
  }
}

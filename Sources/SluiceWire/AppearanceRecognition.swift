/// Says what the first bytes of an answer look like.
///
/// Only the first `Recognition.lengthMax` bytes are looked at. The order is from the certain to the likely: protocols
/// with a fixed beginning, then greetings, then text.
public func appearance(of bytes: RawSpan) -> Appearance {
  if bytes.isEmpty { return .empty }
  let start = Recognition(bytes.extracting(first: Recognition.lengthMax))
  return start.http() ?? start.binaryProtocol() ?? start.lineProtocol() ?? start.document()
}

/// The number of the TLS alert that the bytes are, if they are one (RFC 8446 6).
public func tlsAlertNumber(of bytes: RawSpan) -> UInt8? {
  guard bytes.byteCount >= 7, bytes.byte(at: 0) == 0x15, bytes.byte(at: 1) == 3, bytes.byte(at: 2) <= 4,
    bytes.byte(at: 3) == 0, bytes.byte(at: 4) == 2, 1...2 ~= bytes.byte(at: 5)
  else { return nil }
  return bytes.byte(at: 6)
}

/// The tests behind `appearance(of:)`.
struct Recognition {
  /// Bytes that are looked at.
  static let lengthMax = 1024

  /// A copy: a type of our own that holds a span cannot be made without experimental features, and this is an error
  /// path.
  private let bytes: [UInt8]
  private var count: Int { bytes.count }

  init(_ bytes: RawSpan) {
    self.bytes = (0..<bytes.byteCount).map { bytes.byte(at: $0) }
  }

  private func byte(at offset: Int) -> UInt8 { bytes[offset] }

  private func littleEndian(at offset: Int) -> UInt32 {
    (0..<4).reduce(0) { $0 | UInt32(bytes[offset + $1]) << UInt32($1 * 8) }
  }

  private func starts(with text: StaticString, at offset: Int = 0) -> Bool {
    bytes.span.bytes.starts(with: text, at: offset)
  }

  /// HTTP, and what some servers say in HTTP about being asked in the wrong language.
  func http() -> Appearance? {
    if starts(with: "PRI * HTTP/2.0") { return .http2Preface }
    if contains("It looks like you are trying to access MongoDB over HTTP") { return .mongodb }
    let refusals: [StaticString] = [
      "The plain HTTP request was sent to HTTPS port",  // nginx and what is built on it
      "speaking plain HTTP to an SSL-enabled server port",  // Apache httpd
      "Client sent an HTTP request to an HTTPS server",  // Go, so Caddy and Traefik
      "This combination of host and port requires TLS",  // Tomcat
      "Use HTTPS to access this",
    ]
    if starts(with: "HTTP/1.") {
      let isRefusal = starts(with: "400", at: 9) && refusals.contains { contains($0) }
      return isRefusal ? .plainHTTPToTLSPort : .http
    }
    return refusals.contains { contains($0) } ? .plainHTTPToTLSPort : nil
  }

  func binaryProtocol() -> Appearance? {
    if count >= 3, 0x14...0x17 ~= byte(at: 0), byte(at: 1) == 3, byte(at: 2) <= 4 {
      return byte(at: 0) == 0x15 ? .tlsAlert : .tlsRecord
    }
    if isHTTP2Frame { return .http2Frames }
    if isFastCGI { return .fastcgi }
    if isMySQL { return .mysql }
    if isPostgres { return .postgres }
    if isMongoDB { return .mongodb }
    return nil
  }

  /// SETTINGS, or GOAWAY, on stream 0 (RFC 9113 6.5, 6.8): how a server's side begins.
  private var isHTTP2Frame: Bool {
    guard count >= 9, byte(at: 0) == 0, (5..<9).allSatisfy({ byte(at: $0) == 0 }) else { return false }
    let length = Int(byte(at: 1)) << 8 | Int(byte(at: 2))
    switch byte(at: 3) {
    case 4: return length % 6 == 0 && byte(at: 4) <= 1
    case 7: return length >= 8 && byte(at: 4) == 0
    default: return false
    }
  }

  /// Version 1, a record type, and a reserved byte that is 0.
  private var isFastCGI: Bool {
    count >= 8 && byte(at: 0) == 1 && 1...11 ~= byte(at: 1) && byte(at: 7) == 0
      && byte(at: 2) == 0
  }

  /// The first packet of a connection: a handshake (protocol 10) or an error.
  private var isMySQL: Bool {
    guard count >= 5, byte(at: 2) == 0, byte(at: 3) == 0 else { return false }
    let length = Int(byte(at: 0)) | Int(byte(at: 1)) << 8
    guard 5...2048 ~= length else { return false }
    if byte(at: 4) == 0xff { return true }
    return byte(at: 4) == 0x0a && count > 5 && ASCII.isDigit(byte(at: 5))
  }

  /// An ErrorResponse of protocol 3, or of protocol 2, which a server falls back to when it cannot read a start packet.
  private var isPostgres: Bool {
    if starts(with: "EFATAL:") || starts(with: "EERROR:") { return true }
    return count >= 6 && byte(at: 0) == 0x45 && byte(at: 1) == 0 && byte(at: 2) == 0
      && 0x53 == byte(at: 5)
  }

  /// OP_REPLY or OP_MSG in the fourth word of a message's head.
  private var isMongoDB: Bool {
    guard count >= 16 else { return false }
    let length = littleEndian(at: 0)
    let operation = littleEndian(at: 12)
    return 16..<0x0100_0000 ~= length && (operation == 1 || operation == 2013)
  }

  /// Protocols of text lines, by their greetings and by how they complain about a request line.
  func lineProtocol() -> Appearance? {
    if starts(with: "SSH-") { return .ssh }
    let mailboxes: [StaticString] = ["* OK", "* PREAUTH", "* BYE", "* BAD", "+OK"]
    if mailboxes.contains(where: { starts(with: $0) }) { return .imapPop }
    if isRedis { return .redis }
    guard count >= 4, (0..<3).allSatisfy({ ASCII.isDigit(byte(at: $0)) }),
      byte(at: 3) == ASCII.space || byte(at: 3) == 0x2d
    else { return nil }
    if contains("ftp") || starts(with: "530 ") { return .ftp }
    let replies: [StaticString] = ["220", "221", "421", "500", "501", "502", "503", "550", "554"]
    return replies.contains { starts(with: $0) } ? .smtp : nil
  }

  private var isRedis: Bool {
    let errors: [StaticString] = [
      "-ERR ", "-NOAUTH ", "-DENIED ", "-LOADING ", "-MISCONF ", "-MOVED ", "-NOPERM ", "-WRONGTYPE ", "-MASTERDOWN ",
      "+PONG\r\n", "$-1\r\n", "*-1\r\n",
    ]
    if errors.contains(where: { starts(with: $0) }) { return true }
    guard count >= 4, [0x24, 0x2a, 0x3a].contains(byte(at: 0)), ASCII.isDigit(byte(at: 1)) else {
      return false
    }
    var position = 1
    while position < count, ASCII.isDigit(byte(at: position)) { position += 1 }
    return starts(with: "\r\n", at: position)
  }

  /// Text of some kind, or none at all.
  func document() -> Appearance {
    guard isText else { return .binary }
    var start = starts(with: "\u{feff}") ? 3 : 0
    while start < count, ASCII.isBlank(byte(at: start)) || [0x0a, 0x0d].contains(byte(at: start)) {
      start += 1
    }
    let tags: [StaticString] = ["<!doctype", "<html", "<head", "<body", "<?xml", "<h1", "<!--", "<title", "<center"]
    if tags.contains(where: { isHere($0, at: start) }) { return .htmlWithoutHead }
    if isJSON(at: start) { return .jsonWithoutHead }
    let traces: [StaticString] = [
      "traceback (most recent call last)", "\tat ", "\n    at ", "exception in thread", "unhandled exception",
      "panic: ",
      "goroutine ", "panicked at ", "fatal error", "uncaught ", "caused by: ", "segmentation fault",
      "core dumped", "stack trace", "backtrace", "parse error", "syntax error", "terminate called",
    ]
    return traces.contains { contains($0) } ? .stackTrace : .text
  }

  /// No control characters but those of text. Bytes from 0x80 on pass: they may be any language.
  private var isText: Bool {
    for offset in 0..<count {
      switch byte(at: offset) {
      case 0x09, 0x0a, 0x0c, 0x0d, 0x1b: continue
      case 0..<0x20, 0x7f: return false
      default: continue
      }
    }
    return true
  }

  private func isJSON(at start: Int) -> Bool {
    guard start + 1 < count, byte(at: start) == 0x7b || byte(at: start) == 0x5b else { return false }
    var next = start + 1
    while next < count, ASCII.isBlank(byte(at: next)) || [0x0a, 0x0d].contains(byte(at: next)) {
      next += 1
    }
    guard next < count else { return true }
    let first = byte(at: next)
    let closing = byte(at: start) + 2
    if first == 0x22 || first == closing { return true }
    let isArray = byte(at: start) == 0x5b
    return isArray && (first == 0x7b || first == 0x5b || first == 0x2d || ASCII.isDigit(first))
  }

  /// `text` is somewhere, whatever the case of its letters.
  private func contains(_ text: StaticString) -> Bool {
    var start = 0
    while start + text.utf8CodeUnitCount <= count {
      if isHere(text, at: start) { return true }
      start += 1
    }
    return false
  }

  private func isHere(_ text: StaticString, at start: Int) -> Bool {
    guard start + text.utf8CodeUnitCount <= count else { return false }
    return text.withUTF8Buffer { expected in
      var offset = start
      for letter in expected {
        guard ASCII.lowercased(byte(at: offset)) == ASCII.lowercased(letter) else { return false }
        offset += 1
      }
      return true
    }
  }
}

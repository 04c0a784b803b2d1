internal import SluiceCore

/// A request that breaks a rule of HTTP in a way by which servers have been deceived: what a gateway must refuse and
/// not pass on.
///
/// The lab only serves as the origin here. A status of 400 is right for each of them; where HTTP has a narrower one,
/// that is right as well.
struct MalformedRequest: Sendable {
  let name: String
  let summary: String
  /// What Sluice may call it.
  let causes: [Cause]
  /// The statuses that are right.
  let statuses: Set<UInt16>
  /// Whether RFC 9112 lets a recipient accept it.
  let mayPass: Bool
  private let text: String

  /// Every byte of it. `AUTHORITY` in the text stands for the gateway.
  func bytes(_ authority: String) -> [UInt8] { Array(text.replacing("AUTHORITY", with: authority).utf8) }

  private init(
    _ name: String, _ summary: String, _ text: String, _ causes: [Cause], _ statuses: Set<UInt16> = [400],
    mayPass: Bool = false
  ) {
    self.name = "request-\(name)"
    self.summary = summary
    self.text = text
    self.causes = causes
    self.statuses = statuses
    self.mayPass = mayPass
  }

  private static func get(
    _ name: String, _ summary: String, _ fields: String, _ causes: [Cause] = [.requestFieldInvalid],
    _ statuses: Set<UInt16> = [400], mayPass: Bool = false
  ) -> MalformedRequest {
    MalformedRequest(
      name, summary, "GET /head HTTP/1.1\r\nHost: AUTHORITY\r\n\(fields)\r\n", causes, statuses, mayPass: mayPass)
  }

  private static func post(
    _ name: String, _ summary: String, _ fields: String, _ body: String,
    _ causes: [Cause] = [.requestFramingAmbiguous], _ statuses: Set<UInt16> = [400], mayPass: Bool = false
  ) -> MalformedRequest {
    MalformedRequest(
      name, summary, "POST /head HTTP/1.1\r\nHost: AUTHORITY\r\n\(fields)\r\n\(body)", causes, statuses,
      mayPass: mayPass)
  }

  static let all: [MalformedRequest] = lines + fields + framing + chunks

  private static let lines: [MalformedRequest] = [
    MalformedRequest(
      "no-host", "Has no Host.", "GET /head HTTP/1.1\r\n\r\n", [.requestHostInvalid]),
    MalformedRequest(
      "two-hosts", "Has two Host that differ.", "GET /head HTTP/1.1\r\nHost: AUTHORITY\r\nHost: other.test\r\n\r\n",
      [.requestHostInvalid]),
    MalformedRequest(
      "method-not-token", "Has a parenthesis in the method.", "GE(T /head HTTP/1.1\r\nHost: AUTHORITY\r\n\r\n",
      [.requestLineMalformed], [400, 405, 501]),
    MalformedRequest(
      "version-unknown", "Says HTTP/3.0.", "GET /head HTTP/3.0\r\nHost: AUTHORITY\r\n\r\n",
      [.requestVersionUnsupported], [400, 505]),
    MalformedRequest(
      "version-word", "Says HTTP/x.1.", "GET /head HTTP/x.1\r\nHost: AUTHORITY\r\n\r\n", [.requestLineMalformed]),
    MalformedRequest(
      "target-control", "Has a control character in the target.",
      "GET /he\u{1}ad HTTP/1.1\r\nHost: AUTHORITY\r\n\r\n", [.requestTargetRefused]),
    MalformedRequest(
      "target-not-path", "Has a target without a slash.", "GET head HTTP/1.1\r\nHost: AUTHORITY\r\n\r\n",
      [.requestTargetRefused]),
  ]

  private static let fields: [MalformedRequest] = [
    get("space-before-colon", "Has a space before a field's colon.", "X-Broken : value\r\n"),
    get("folded", "Folds a field over two lines.", "X-Folded: first\r\n second\r\n", mayPass: true),
    get("nul", "Has a NUL in a field's value.", "X-Broken: a\0b\r\n"),
    get("bare-cr", "Has a CR without LF in a field's value.", "X-Broken: a\rb\r\n"),
    get("empty-name", "Has a field without a name.", ": value\r\n"),
    get("name-not-token", "Has a parenthesis in a field's name.", "X(Broken: value\r\n"),
    get("no-colon", "Has a line without a colon.", "this is no field\r\n"),
    get(
      "field-too-large", "Has one field of 2 MiB.", "X-Large: " + String(repeating: "v", count: 2 << 20) + "\r\n",
      [.requestHeadTooLarge], [400, 413, 431, 494]),
  ]

  private static let framing: [MalformedRequest] = [
    post(
      "length-and-chunked", "Has Content-Length and Transfer-Encoding.",
      "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n", mayPass: true),
    post("two-lengths", "Has two Content-Length that differ.", "Content-Length: 3\r\nContent-Length: 4\r\n", "abc"),
    post("length-plus", "Has a Content-Length with a sign.", "Content-Length: +3\r\n", "abc"),
    post("length-negative", "Has a negative Content-Length.", "Content-Length: -3\r\n", "abc"),
    post(
      "coding-unknown", "Has an unknown transfer coding.", "Transfer-Encoding: brotli, chunked\r\n", "0\r\n\r\n",
      [.requestCodingUnsupported], [400, 501]),
    post(
      "coding-not-final", "Has chunked before another coding.", "Transfer-Encoding: chunked, gzip\r\n", "0\r\n\r\n",
      [.requestFramingAmbiguous], [400, 501]),
    post(
      "coding-hidden", "Hides chunked behind a vertical tab.", "Transfer-Encoding: \u{B}chunked\r\n", "0\r\n\r\n",
      [.requestFramingAmbiguous, .requestFieldInvalid, .requestCodingUnsupported], [400, 501]),
  ]

  private static let chunks: [MalformedRequest] = [
    chunk("size-not-hex", "Has a chunk size that is a word.", "zz\r\nabc\r\n0\r\n\r\n"),
    chunk("size-overflow", "Has a chunk size beyond 64 bits.", "10000000000000003\r\nabc\r\n0\r\n\r\n"),
    chunk("size-prefix", "Has a chunk size with 0x.", "0x3\r\nabc\r\n0\r\n\r\n"),
    chunk("data-too-long", "Has more data in a chunk than its size says.", "3\r\nabcd\r\n0\r\n\r\n"),
    chunk("line-lf", "Ends a chunk's size with LF alone.", "3\nabc\r\n0\r\n\r\n"),
  ]

  private static func chunk(_ name: String, _ summary: String, _ body: String) -> MalformedRequest {
    post("chunk-\(name)", summary, "Transfer-Encoding: chunked\r\n", body, [.requestChunkInvalid])
  }
}

internal import SluiceWire

/// Frames of HTTP/2 as bytes, well-formed and malformed: nothing here asks whether they may be sent.
enum HTTP2Reply {
  /// The types of frames (RFC 9113 section 6).
  enum Kind: UInt8 {
    case data = 0
    case headers = 1
    case priority = 2
    case reset = 3
    case settings = 4
    case pushPromise = 5
    case ping = 6
    case goAway = 7
    case windowUpdate = 8
    case continuation = 9
    /// None that exists.
    case unknown = 0xF0
  }

  static let endStream: UInt8 = 0x1
  static let acknowledgement: UInt8 = 0x1
  static let endHeaders: UInt8 = 0x4

  /// One frame; the header tells this length whatever the payload's is.
  static func frame(
    _ kind: Kind, flags: UInt8 = 0, _ stream: UInt32 = 0, _ payload: [UInt8] = [], length: Int? = nil
  ) -> [UInt8] {
    let length = length ?? payload.count
    return [UInt8(truncatingIfNeeded: length >> 16), UInt8(truncatingIfNeeded: length >> 8)]
      + [UInt8(truncatingIfNeeded: length), kind.rawValue, flags] + number(stream) + payload
  }

  static func number(_ value: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  /// A header block of literals that nobody indexes, names and values as they are (RFC 7541 section 6.2.2).
  static func block(_ fields: [(String, String)]) -> [UInt8] {
    fields.flatMap { name, value in [0] + string(name) + string(value) }
  }

  private static func string(_ text: String) -> [UInt8] {
    let bytes = Array(text.utf8)
    guard bytes.count >= 0x7F else { return [UInt8(bytes.count)] + bytes }
    var length: [UInt8] = [0x7F]
    var rest = bytes.count - 0x7F
    while rest >= 0x80 {
      length.append(UInt8(rest & 0x7F | 0x80))
      rest >>= 7
    }
    return length + [UInt8(rest)] + bytes
  }

  /// HEADERS with a whole block.
  static func fields(_ fields: [(String, String)], _ stream: UInt32, ends: Bool = false) -> [UInt8] {
    frame(.headers, flags: endHeaders | (ends ? endStream : 0), stream, block(fields))
  }

  /// A response's head.
  static func head(
    _ status: UInt16 = 200, _ fields: (String, String)..., on stream: UInt32, ends: Bool = false
  ) -> [UInt8] {
    self.fields([(":status", String(status))] + fields, stream, ends: ends)
  }

  static func data(_ text: String, _ stream: UInt32, ends: Bool = false) -> [UInt8] {
    frame(.data, flags: ends ? endStream : 0, stream, Array(text.utf8))
  }

  static func reset(_ code: HTTP2ErrorCode, _ stream: UInt32) -> [UInt8] {
    frame(.reset, stream, number(code.rawValue))
  }

  static func goAway(last stream: UInt32, _ code: HTTP2ErrorCode = .noError) -> [UInt8] {
    frame(.goAway, 0, number(stream) + number(code.rawValue))
  }

  /// One setting by its number, known or not, allowed or not.
  static func setting(_ identifier: UInt16, _ value: UInt32) -> [UInt8] {
    frame(
      .settings, 0,
      [UInt8(truncatingIfNeeded: identifier >> 8), UInt8(truncatingIfNeeded: identifier)] + number(value))
  }

  /// A whole response with a body of text.
  static func text(_ body: String, _ status: UInt16 = 200, for request: LabRequest) -> [Step] {
    let stream = request.streamID
    let head = head(
      status, ("content-type", "text/plain"), ("content-length", String(body.utf8.count)), on: stream,
      ends: request.isHead)
    return [.awaitBody, .send(head + (request.isHead ? [] : data(body, stream, ends: true)))]
  }
}

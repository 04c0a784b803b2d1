import SluiceWire

/// What one message came to, in values that can be compared: the same bytes must give the same however they are cut.
struct Reading: Equatable {
  var head: HeadScan?
  var fields: [String] = []
  var framing: BodyFraming?
  var flags: HeadFlags = []
  var content: [UInt8] = []
  var trailers: [UInt8] = []
  /// The rule that was broken, if one was.
  var rule: WireRule?
  var isWhole = false
  /// Bytes taken in all.
  var end = 0
}

/// Reads messages as a connection would: bytes arrive in pieces, and each part is asked for what it can say.
struct MessageReader {
  var role: MessageRole
  var requestMethod = Method.get
  var headLimits = HeadLimits()
  var chunkLimits = ChunkLimits()

  /// Reads one message whose bytes arrive in the pieces that the sorted `cuts` make.
  func read(_ bytes: [UInt8], cuts: [Int] = []) -> Reading {
    var reading = Reading()
    var scanner = HeadScanner(role: role, limits: headLimits)
    var decoder: BodyDecoder?
    var bodyOffset = 0
    for arrived in cuts + [bytes.count] {
      let piece = Array(bytes[0..<arrived])
      if decoder == nil {
        let scan = scanner.scan(piece.span.bytes)
        reading.head = scan
        switch scan {
        case .incomplete: continue
        case .failed(let fault):
          reading.rule = fault.rule
          return reading
        case .complete(let start, let end):
          do throws(WireFault) {
            reading = try parsed(piece, start, end, reading)
          } catch {
            reading.rule = error.rule
            return reading
          }
          decoder = BodyDecoder(reading.framing ?? .none, limits: chunkLimits)
          bodyOffset = end
        }
      }
      guard take(piece, &decoder, &bodyOffset, &reading) else { return reading }
    }
    reading.isWhole = decoder?.endOfInput() ?? false
    return reading
  }

  private func parsed(_ piece: [UInt8], _ start: Int, _ end: Int, _ old: Reading) throws(WireFault) -> Reading {
    var reading = old
    let fields: [Field]
    switch role {
    case .request:
      var head = RequestHead()
      try head.parse(piece.span.bytes, start: start, end: end)
      (fields, reading.framing, reading.flags) = (head.fields, head.framing, head.flags)
    case .response:
      var head = ResponseHead()
      try head.parse(piece.span.bytes, start: start, end: end, requestMethod: requestMethod)
      (fields, reading.framing, reading.flags) = (head.fields, head.framing, head.flags)
    }
    reading.fields = fields.map { "\($0.known) \(text(piece, $0.name))=\(text(piece, $0.value)) \($0.flags.rawValue)" }
    reading.end = end
    return reading
  }

  /// False when the message has ended or failed.
  private func take(
    _ piece: [UInt8], _ decoder: inout BodyDecoder?, _ offset: inout Int, _ reading: inout Reading
  ) -> Bool {
    guard var body = decoder else { return false }
    defer { decoder = body }
    while true {
      let part = body.next(piece.span.bytes, at: &offset)
      reading.end = offset
      switch part {
      case .needMore: return true
      case .data(let range): reading.content += piece[range.offsets]
      case .trailers(let range): reading.trailers += piece[range.offsets]
      case .end:
        reading.isWhole = true
        return finishTrailers(&reading)
      case .failed(let fault):
        reading.rule = fault.rule
        // How much of a trailer section was handed out before its fault depends on the cuts, and does not matter.
        reading.trailers = []
        reading.end = 0
        return false
      }
    }
  }

  private func finishTrailers(_ reading: inout Reading) -> Bool {
    var fields: [Field] = []
    do throws(WireFault) {
      try parseTrailers(reading.trailers.span.bytes, into: &fields, limits: chunkLimits)
    } catch {
      reading.rule = error.rule
    }
    return false
  }
}

func text(_ bytes: [UInt8], _ range: ByteRange) -> String {
  String(decoding: bytes[range.offsets], as: UTF8.self)
}

/// A request head and its bytes, for tests that look at ranges.
struct ParsedRequest {
  let head: RequestHead
  let bytes: [UInt8]

  init(_ source: String) throws(WireFault) {
    let block = Array(source.utf8)
    var parsed = RequestHead()
    var scanner = HeadScanner(role: .request)
    switch scanner.scan(block.span.bytes) {
    case .complete(let start, let end): try parsed.parse(block.span.bytes, start: start, end: end)
    case .failed(let fault): throw fault
    case .incomplete: throw WireFault(rule: .startLineSyntax, offset: .max)
    }
    head = parsed
    bytes = block
  }

  subscript(_ range: ByteRange) -> String { text(bytes, range) }

  /// The head's fields as they would be passed on.
  func forwarded(dropping: KnownFieldSet = []) -> String {
    written(head.fields, bytes, dropping: dropping)
  }
}

/// A response head and its bytes.
struct ParsedResponse {
  let head: ResponseHead
  let bytes: [UInt8]

  init(_ source: String, to method: Method = .get) throws(WireFault) {
    let block = Array(source.utf8)
    var parsed = ResponseHead()
    var scanner = HeadScanner(role: .response)
    switch scanner.scan(block.span.bytes) {
    case .complete(let start, let end):
      try parsed.parse(block.span.bytes, start: start, end: end, requestMethod: method)
    case .failed(let fault): throw fault
    case .incomplete: throw WireFault(rule: .statusLineSyntax, offset: .max)
    }
    head = parsed
    bytes = block
  }

  subscript(_ range: ByteRange) -> String { text(bytes, range) }

  func forwarded(dropping: KnownFieldSet = []) -> String {
    written(head.fields, bytes, dropping: dropping)
  }
}

func written(_ fields: [Field], _ bytes: [UInt8], dropping: KnownFieldSet = []) -> String {
  let output = collected(capacity: bytes.count + fields.count) {
    appendFields(fields, from: bytes.span.bytes, dropping: dropping, into: &$0)
  }
  return String(decoding: output, as: UTF8.self)
}

/// What `body` writes into an output span of this capacity.
func collected(capacity: Int, _ body: (inout OutputRawSpan) -> Void) -> [UInt8] {
  var storage = [UInt8](repeating: 0, count: capacity)
  let count = storage.withUnsafeMutableBytes { buffer in
    var output = OutputRawSpan(buffer: buffer, initializedCount: 0)
    body(&output)
    return output.finalize(for: buffer)
  }
  return Array(storage[..<count])
}

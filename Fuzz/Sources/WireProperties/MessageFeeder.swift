import SluiceWire

/// What a message came to.
struct FedMessage: Equatable {
  var rule: WireRule?
  var headEnd: Int?
  var startLine: Range<Int>?
  var framing: BodyFraming?
  var flags: HeadFlags = []
  var fields: [Field] = []
  /// Name, value and flags of each field that is passed on or not.
  var texts: [[UInt8]] = []
  var content: [UInt8] = []
  var trailers: [UInt8] = []
  var isWhole = false
  /// A range that lies outside of its bytes.
  var outside: String?

  static func == (left: FedMessage, right: FedMessage) -> Bool {
    left.rule == right.rule && left.headEnd == right.headEnd && left.framing == right.framing
      && left.flags == right.flags
      && left.texts == right.texts && left.content == right.content && left.trailers == right.trailers
      && left.isWhole == right.isWhole && left.outside == right.outside
  }

  /// Name and value as they are passed on: a folded value with spaces for its line breaks.
  static func text(_ field: Field, _ bytes: [UInt8]) -> [UInt8] {
    let value = bytes[field.value.offsets].map { $0 == 0x0d || $0 == 0x0a ? 0x20 : $0 }
    return Array(bytes[field.name.offsets]) + [0x3a] + value
  }
}

/// Feeds the bytes of one message in pieces.
struct MessageFeeder {
  var role: MessageRole
  var method: Method
  var limits: HeadLimits
  var chunkLimits: ChunkLimits

  func feed(_ bytes: [UInt8], firstStep: Int = 0, step: Int) -> FedMessage {
    var message = FedMessage()
    var scanner = HeadScanner(role: role, limits: limits)
    var decoder: BodyDecoder?
    var offset = 0
    var arrived = firstStep
    while true {
      let piece = Array(bytes[..<arrived])
      if decoder == nil {
        switch scanner.scan(piece.span.bytes) {
        case .incomplete: break
        case .failed(let fault):
          return failed(fault, piece, message)
        case .complete(let start, let end):
          do throws(WireFault) {
            try parse(piece, start, end, &message)
          } catch {
            return failed(error, piece, message)
          }
          offset = end
          decoder = BodyDecoder(message.framing ?? .none, limits: chunkLimits)
        }
      }
      if decoder != nil, !take(piece, &decoder, &offset, &message) { return message }
      if arrived >= bytes.count { break }
      arrived = min(arrived + max(step, 1), bytes.count)
    }
    message.isWhole = decoder?.endOfInput() ?? false
    return message
  }

  private func failed(_ fault: WireFault, _ piece: [UInt8], _ message: FedMessage) -> FedMessage {
    var message = message
    message.rule = fault.rule
    // How much of a trailer section was handed out before its fault depends on the cuts, and does not matter.
    message.trailers = []
    if Int(fault.offset) > piece.count || Int(fault.field.upperBound) > piece.count { message.outside = "\(fault)" }
    return message
  }

  private func parse(_ piece: [UInt8], _ start: Int, _ end: Int, _ message: inout FedMessage) throws(WireFault) {
    var ranges: [ByteRange]
    switch role {
    case .request:
      var head = RequestHead()
      try head.parse(piece.span.bytes, start: start, end: end)
      (message.fields, message.framing, message.flags) = (head.fields, head.framing, head.flags)
      ranges = [head.methodText, head.target, head.authority, head.path, head.query, head.host, head.upgrade]
    case .response:
      var head = ResponseHead()
      try head.parse(piece.span.bytes, start: start, end: end, requestMethod: method)
      (message.fields, message.framing, message.flags) = (head.fields, head.framing, head.flags)
      ranges = [head.reason, head.upgrade]
    }
    for field in message.fields { ranges += [field.name, field.value, field.line] }
    let wrong = ranges.first { $0.lowerBound > $0.upperBound || Int($0.upperBound) > end }
    if let wrong { message.outside = "\(wrong) of \(end)" }
    guard wrong == nil else { return }
    message.headEnd = end
    message.startLine = start..<(message.fields.first.map { Int($0.line.lowerBound) } ?? end - 2)
    message.texts = message.fields.map { FedMessage.text($0, piece) }
  }

  /// False when the message has ended or failed.
  private func take(
    _ piece: [UInt8], _ decoder: inout BodyDecoder?, _ offset: inout Int, _ message: inout FedMessage
  ) -> Bool {
    guard var body = decoder else { return false }
    defer { decoder = body }
    while true {
      let before = offset
      let part = body.next(piece.span.bytes, at: &offset)
      guard offset >= before, offset <= piece.count else {
        message.outside = "offset \(offset) of \(piece.count)"
        return false
      }
      switch part {
      case .needMore: return true
      case .data(let range), .trailers(let range):
        guard Int(range.upperBound) <= offset, Int(range.lowerBound) >= before, !range.isEmpty else {
          message.outside = "\(range) of \(before) to \(offset)"
          return false
        }
        if case .data = part {
          message.content += piece[range.offsets]
        } else {
          message.trailers += piece[range.offsets]
        }
      case .end:
        message.isWhole = true
        return false
      case .failed(let fault):
        message = failed(fault, piece, message)
        return false
      }
    }
  }
}

/// Finds the end of a head while its bytes arrive.
///
/// Every byte is looked at once, however the head is cut into pieces, and the answer does not depend on the cuts.
/// Limits hold from the first byte too many on, and bytes that cannot become HTTP fail at once: nobody waits for the
/// line feed of a binary protocol.
///
/// What the lines say is not looked at here; `RequestHead` and `ResponseHead` do that when the head is whole.
public struct HeadScanner: Sendable {
  /// Empty lines that are skipped before a request line (RFC 9112 2.2).
  public static let leadingBlankLinesMax = 4

  public let role: MessageRole
  public let limits: HeadLimits
  private var phase = Phase.leading
  private var start = 0
  private var lineStart = 0
  private var position = 0
  private var lines = 0

  private enum Phase {
    /// Before the first line: → opening
    case leading
    /// In the part of the first line that tells HTTP from anything else: → lines
    case opening
    case lines
  }

  public init(role: MessageRole, limits: HeadLimits = HeadLimits()) {
    self.role = role
    self.limits = limits
  }

  /// Looks at what has arrived since the last call.
  ///
  /// `bytes` always begins with the first byte of the message, and bytes behind the head do not matter. After
  /// `.complete` and `.failed` the scanner must be reset before it is used again.
  public mutating func scan(_ bytes: RawSpan) -> HeadScan {
    if phase != .lines {
      if let fault = scanOpening(bytes) { return .failed(fault) }
      if phase != .lines { return .incomplete }
    }
    let count = bytes.byteCount
    let headBound = start &+ limits.total
    while true {
      let lineEnd = lineStart &+ (lines == 0 ? limits.line : limits.field)
      let bound = min(lineEnd, headBound)
      let searchEnd = min(count, bound)
      let from = position
      let lineFeed = bytes.firstDistantIndex(of: ASCII.lineFeed, from: from, to: searchEnd)
      guard lineFeed < searchEnd else {
        position = max(from, searchEnd)
        return count > bound ? .failed(overflow(isLine: bound == lineEnd)) : .incomplete
      }
      let textEnd = lineFeed &- 1
      guard textEnd >= lineStart, bytes.byte(at: textEnd) == ASCII.carriageReturn else {
        return .failed(WireFault(.bareLineFeed, at: lineFeed))
      }
      position = lineFeed &+ 1
      if textEnd == lineStart { return .complete(start: start, end: lineFeed &+ 1) }
      lines &+= 1
      if lines > limits.fields &+ 1 { return .failed(WireFault(.tooManyFields, at: lineStart)) }
      lineStart = lineFeed &+ 1
    }
  }

  /// Forgets the message; the next call begins another.
  public mutating func reset() {
    phase = .leading
    start = 0
    lineStart = 0
    position = 0
    lines = 0
  }

  private func overflow(isLine: Bool) -> WireFault {
    guard isLine else { return WireFault(.headTooLarge, at: lineStart) }
    return WireFault(lines == 0 ? .lineTooLong : .fieldTooLarge, at: lineStart)
  }

  /// Checks the bytes before the first space of a request line, or before the minor version of a status line.
  private mutating func scanOpening(_ bytes: RawSpan) -> WireFault? {
    if phase == .leading {
      if role == .request, let fault = skipBlankLines(bytes) { return fault }
      guard position < bytes.byteCount, bytes.byte(at: position) != ASCII.carriageReturn || role == .response else {
        return nil
      }
      start = position
      lineStart = position
      phase = .opening
    }
    return role == .request ? scanMethod(bytes) : scanProtocol(bytes)
  }

  private mutating func skipBlankLines(_ bytes: RawSpan) -> WireFault? {
    while position < bytes.byteCount {
      switch bytes.byte(at: position) {
      case ASCII.carriageReturn:
        guard position + 1 < bytes.byteCount else { return nil }
        guard bytes.byte(at: position + 1) == ASCII.lineFeed else {
          return WireFault(.bareCarriageReturn, at: position)
        }
        guard position / 2 < HeadScanner.leadingBlankLinesMax else {
          return WireFault(.leadingBlankLines, at: position)
        }
        position += 2
      case ASCII.lineFeed:
        return WireFault(.bareLineFeed, at: position)
      default:
        return nil
      }
    }
    return nil
  }

  private mutating func scanMethod(_ bytes: RawSpan) -> WireFault? {
    let bound = start &+ limits.line
    while position < bytes.byteCount {
      guard position < bound else { return overflow(isLine: true) }
      let byte = bytes.byte(at: position)
      if byte == ASCII.space, position > start {
        phase = .lines
        return nil
      }
      guard ASCII.isToken(byte) else { return WireFault(.methodSyntax, at: position) }
      position &+= 1
    }
    return nil
  }

  private mutating func scanProtocol(_ bytes: RawSpan) -> WireFault? {
    // "HTTP/1." as a word, one byte of it for each byte that has arrived.
    let expected: UInt64 = 0x2e31_2f50_5454_48
    if position == start, start &+ 8 <= bytes.byteCount, bytes.word(at: start) & 0x00ff_ffff_ffff_ffff == expected {
      position = start &+ 7
      phase = .lines
      return nil
    }
    while position < bytes.byteCount {
      let index = position &- start
      if index == 7 {
        phase = .lines
        return nil
      }
      guard bytes.byte(at: position) == UInt8(truncatingIfNeeded: expected >> UInt64(index &* 8)) else {
        return WireFault(.notHTTP, at: position)
      }
      position &+= 1
    }
    return nil
  }
}

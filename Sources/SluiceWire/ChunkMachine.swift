/// The chunked transfer coding (RFC 9112 7.1), byte by byte where it is syntax and in runs where it is data.
struct ChunkMachine: Sendable {
  /// Digits of a chunk size, leading zeros included. 15 of them stay below 2^60, so that nothing can wrap.
  static let sizeDigitsMax = 15

  private enum State {
    /// In the digits of a size: → spaceBeforeExtension, extensionName, sizeLineFeed
    case size
    /// In whitespace that only a semicolon may end: → nameStart
    case spaceBeforeExtension
    /// Behind the semicolon: → name
    case nameStart
    /// In an extension's name: → spaceAfterName, valueStart, nameStart, sizeLineFeed
    case name
    /// In whitespace that an equals sign or semicolon ends: → valueStart, nameStart
    case spaceAfterName
    /// Behind the equals sign: → value, quoted
    case valueStart
    /// In a token: → spaceBeforeExtension, nameStart, sizeLineFeed
    case value
    /// In a quoted string: → escaped, valueEnd
    case quoted
    /// Behind a backslash: → quoted
    case escaped
    /// Behind a quoted string: → spaceBeforeExtension, nameStart, sizeLineFeed
    case valueEnd
    /// At the line feed of a size line: → data, trailerStart
    case sizeLineFeed
    /// → dataReturn
    case data
    /// → dataLineFeed
    case dataReturn
    /// → size
    case dataLineFeed
    /// At the start of a trailer line: → trailer, endReturn
    case trailerStart
    /// → trailerLineFeed
    case trailer
    /// → trailerStart
    case trailerLineFeed
    /// At the empty line that ends the body: → endLineFeed
    case endReturn
    /// → done
    case endLineFeed
    case done
  }

  private let limits: ChunkLimits
  private var state = State.size
  private var left: UInt64 = 0
  private var digits = 0
  private var lineExtension = 0
  private var totalExtension = 0
  private var trailerBytes = 0
  private var trailerLines = 0

  init(limits: ChunkLimits) {
    self.limits = limits
  }

  var isDone: Bool { state == .done }

  mutating func next(_ bytes: RawSpan, at offset: inout Int) -> BodyPart {
    let count = bytes.byteCount
    while offset < count {
      switch state {
      case .done: return .end
      case .data:
        let start = offset
        let size = Int(min(left, UInt64(count - start)))
        left -= UInt64(size)
        offset = start + size
        if left == 0 { state = .dataReturn }
        return .data(ByteRange(start, offset))
      case .trailerStart, .trailer, .trailerLineFeed:
        let start = offset
        if let rule = takeTrailers(bytes, at: &offset) { return .failed(WireFault(rule, at: offset)) }
        if offset > start { return .trailers(ByteRange(start, offset)) }
      default:
        if let rule = take(bytes.byte(at: offset)) { return .failed(WireFault(rule, at: offset)) }
        offset += 1
      }
    }
    return isDone ? .end : .needMore
  }

  /// One byte outside of data and trailers. Returns the rule that it breaks.
  private mutating func take(_ byte: UInt8) -> WireRule? {
    switch state {
    case .size: return takeSize(byte)
    case .sizeLineFeed:
      guard byte == ASCII.lineFeed else { return .chunkLineEnd }
      state = left > 0 ? .data : .trailerStart
      digits = 0
      lineExtension = 0
    case .dataReturn:
      guard byte == ASCII.carriageReturn else { return .chunkDataEnd }
      state = .dataLineFeed
    case .dataLineFeed:
      guard byte == ASCII.lineFeed else { return .chunkDataEnd }
      state = .size
    case .endReturn:
      guard byte == ASCII.carriageReturn else { return .trailerLineEnd }
      state = .endLineFeed
    case .endLineFeed:
      guard byte == ASCII.lineFeed else { return .trailerLineEnd }
      state = .done
    case .data, .trailerStart, .trailer, .trailerLineFeed, .done: break
    case .spaceBeforeExtension, .nameStart, .name, .spaceAfterName, .valueStart, .value, .quoted, .escaped, .valueEnd:
      return takeExtension(byte)
    }
    return nil
  }

  private mutating func takeSize(_ byte: UInt8) -> WireRule? {
    if let digit = ASCII.hexValue(byte) {
      guard digits < ChunkMachine.sizeDigitsMax else { return .chunkSizeOverflow }
      left = left << 4 | UInt64(digit)
      digits += 1
      return nil
    }
    guard digits > 0 else { return .chunkSizeSyntax }
    switch byte {
    case ASCII.carriageReturn: state = .sizeLineFeed
    case ASCII.semicolon, ASCII.space, ASCII.tab:
      state = byte == ASCII.semicolon ? .nameStart : .spaceBeforeExtension
      return countExtension()
    case ASCII.lineFeed: return .chunkLineEnd
    default: return .chunkSizeSyntax
    }
    return nil
  }

  private mutating func countExtension() -> WireRule? {
    lineExtension += 1
    totalExtension += 1
    let isTooLong = lineExtension > limits.lineExtension || totalExtension > limits.totalExtension
    return isTooLong ? .chunkExtensionsTooLong : nil
  }

  private mutating func takeExtension(_ byte: UInt8) -> WireRule? {
    if byte == ASCII.lineFeed { return .chunkLineEnd }
    if byte == ASCII.carriageReturn {
      guard state == .name || state == .value || state == .valueEnd else { return .chunkExtensionSyntax }
      state = .sizeLineFeed
      return nil
    }
    guard let next = following(byte) else { return .chunkExtensionSyntax }
    state = next
    return countExtension()
  }

  /// The state behind a byte of an extension: *( BWS ";" BWS name [ BWS "=" BWS ( token / quoted-string ) ] )
  private func following(_ byte: UInt8) -> State? {
    let isBlank = ASCII.isBlank(byte)
    let isToken = ASCII.isToken(byte)
    switch state {
    case .spaceBeforeExtension: return isBlank ? .spaceBeforeExtension : byte == ASCII.semicolon ? .nameStart : nil
    case .nameStart: return isBlank ? .nameStart : isToken ? .name : nil
    case .name, .spaceAfterName:
      if byte == 0x3d { return .valueStart }
      if byte == ASCII.semicolon { return .nameStart }
      return isBlank ? .spaceAfterName : isToken && state == .name ? .name : nil
    case .valueStart: return isBlank ? .valueStart : byte == 0x22 ? .quoted : isToken ? .value : nil
    case .value, .valueEnd:
      if byte == ASCII.semicolon { return .nameStart }
      return isBlank ? .spaceBeforeExtension : isToken && state == .value ? .value : nil
    case .quoted:
      if byte == 0x22 { return .valueEnd }
      if byte == 0x5c { return .escaped }
      return byte >= 0x20 && byte != 0x7f || byte == ASCII.tab ? .quoted : nil
    case .escaped: return byte >= 0x20 && byte != 0x7f || byte == ASCII.tab ? .quoted : nil
    case .size, .sizeLineFeed, .data, .dataReturn, .dataLineFeed, .trailerStart, .trailer, .trailerLineFeed,
      .endReturn, .endLineFeed, .done:
      return nil
    }
  }

  /// Takes trailer lines up to the empty one, of which it takes nothing.
  private mutating func takeTrailers(_ bytes: RawSpan, at offset: inout Int) -> WireRule? {
    while offset < bytes.byteCount {
      switch state {
      case .trailerStart:
        if bytes.byte(at: offset) == ASCII.carriageReturn {
          state = .endReturn
          return nil
        }
        trailerLines += 1
        guard trailerLines <= limits.trailerFields else { return .tooManyTrailers }
        state = .trailer
      case .trailer:
        let bound = min(bytes.byteCount, offset + limits.trailer - trailerBytes)
        let end = bytes.firstControl(from: offset, to: bound)
        trailerBytes += end - offset
        offset = end
        guard end < bound else {
          if end < bytes.byteCount { return .trailerTooLarge }
          continue
        }
        guard bytes.byte(at: end) == ASCII.carriageReturn else {
          let rule = FieldSection.controlRule(bytes, at: end)
          return rule == .bareLineFeed ? .trailerLineEnd : rule
        }
        if let rule = countTrailer() { return rule }
        state = .trailerLineFeed
        offset += 1
      case .trailerLineFeed:
        guard bytes.byte(at: offset) == ASCII.lineFeed else { return .trailerLineEnd }
        if let rule = countTrailer() { return rule }
        state = .trailerStart
        offset += 1
      default: return nil
      }
    }
    return nil
  }

  private mutating func countTrailer() -> WireRule? {
    trailerBytes += 1
    return trailerBytes > limits.trailer ? .trailerTooLarge : nil
  }
}

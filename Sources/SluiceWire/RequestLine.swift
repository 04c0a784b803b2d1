/// The request line (RFC 9112 3): METHOD, one space, TARGET, one space, VERSION, CRLF.
///
/// The RFC lets a lenient parser divide at other whitespace too; two parsers that differ in this see different targets,
/// so this one does not.
struct RequestLine {
  var method: Method
  var methodText: ByteRange
  var target: ByteRange
  var version: HTTPVersion
  /// The first byte behind the line.
  var end: Int

  init(_ bytes: RawSpan, _ start: Int) throws(WireFault) {
    let count = bytes.byteCount
    var position = start
    while position < count, ASCII.isToken(bytes.byte(at: position)) { position &+= 1 }
    guard position > start, position < count, bytes.byte(at: position) == ASCII.space else {
      throw WireFault(.methodSyntax, at: position)
    }
    methodText = ByteRange(start, position)
    method = Method(bytes, methodText)
    let targetStart = position &+ 1
    position = bytes.firstInvisible(from: targetStart, to: count)
    target = ByteRange(targetStart, position)
    guard position < count, bytes.byte(at: position) == ASCII.space, position > targetStart else {
      throw RequestLine.targetFault(bytes, targetStart, position)
    }
    let versionStart = position &+ 1
    guard let (version, isSupported) = HTTPVersion.read(bytes, at: versionStart) else {
      throw RequestLine.versionFault(bytes, versionStart)
    }
    guard bytes.byte(at: versionStart &+ 8) == ASCII.carriageReturn,
      bytes.byte(at: versionStart &+ 9) == ASCII.lineFeed
    else {
      throw RequestLine.versionFault(bytes, versionStart)
    }
    guard isSupported else { throw WireFault(.versionUnsupported, at: versionStart) }
    self.version = version
    end = versionStart &+ 10
  }

  /// Why the byte at `offset` ended a target that it may not end.
  private static func targetFault(_ bytes: RawSpan, _ start: Int, _ offset: Int) -> WireFault {
    guard offset < bytes.byteCount else { return WireFault(.startLineSyntax, at: offset) }
    switch bytes.byte(at: offset) {
    case ASCII.space: return WireFault(.startLineSyntax, at: offset)
    case ASCII.carriageReturn where offset + 1 < bytes.byteCount && bytes.byte(at: offset + 1) == ASCII.lineFeed:
      return WireFault(offset > start ? .versionMissing : .startLineSyntax, at: offset)
    case ASCII.carriageReturn, ASCII.lineFeed, 0:
      return WireFault(FieldSection.controlRule(bytes, at: offset), at: offset)
    default: return WireFault(.targetCharacter, at: offset)
    }
  }

  /// What stands between the second space and the line's end is no version.
  private static func versionFault(_ bytes: RawSpan, _ start: Int) -> WireFault {
    let lineEnd = bytes.firstControl(from: start, to: bytes.byteCount)
    guard lineEnd + 1 < bytes.byteCount, bytes.byte(at: lineEnd) == ASCII.carriageReturn,
      bytes.byte(at: lineEnd + 1) == ASCII.lineFeed
    else {
      return WireFault(FieldSection.controlRule(bytes, at: lineEnd), at: lineEnd)
    }
    let space = bytes.firstIndex(of: ASCII.space, from: start, to: lineEnd)
    return WireFault(space < lineEnd ? .startLineSyntax : .versionSyntax, at: start)
  }
}

extension HTTPVersion {
  /// Reads "HTTP/" DIGIT "." DIGIT and at least two bytes behind it. Nil for anything else. A minor version above 1 is
  /// 1.1, as RFC 9110 2.5 has it; another major version is not supported.
  @inline(__always)
  static func read(_ bytes: RawSpan, at offset: Int) -> (HTTPVersion, isSupported: Bool)? {
    guard offset &+ 10 <= bytes.byteCount else { return nil }
    let word = bytes.word(at: offset)
    if word == 0x312e_312f_5054_5448 { return (.http11, true) }
    // "HTTP/", any byte, ".", any byte
    guard word & 0x00ff_00ff_ffff_ffff == 0x002e_002f_5054_5448 else { return nil }
    let major = UInt8(truncatingIfNeeded: word >> 40) &- 0x30
    let minor = UInt8(truncatingIfNeeded: word >> 56) &- 0x30
    guard major < 10, minor < 10 else { return nil }
    return (minor == 0 ? .http10 : .http11, major == 1)
  }
}

extension Method {
  /// The method of this text, in exactly this case.
  public init(_ bytes: RawSpan, _ text: ByteRange) {
    guard text.count < 8 else {
      self = .other
      return
    }
    let word = bytes.word(at: Int(text.lowerBound)) & ((1 &<< UInt64(text.count &* 8)) &- 1)
    switch word {
    case 0x0054_4547: self = .get
    case 0x4441_4548: self = .head
    case 0x5453_4f50: self = .post
    case 0x0054_5550: self = .put
    case 0x4554_454c_4544: self = .delete
    case 0x0054_4345_4e4e_4f43: self = .connect
    case 0x0053_4e4f_4954_504f: self = .options
    case 0x0045_4341_5254: self = .trace
    case 0x0048_4354_4150: self = .patch
    default: self = .other
    }
  }
}

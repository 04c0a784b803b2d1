/// Reads the header that a proxy sends in front of a connection's bytes: the PROXY protocol, versions 1 and 2
/// (HAProxy's proxy-protocol.txt, sections 2.1 and 2.2).
///
/// # Why this way
/// The caller hands over everything that has come so far and gets the header once it is whole: headers are short, and a
/// reader without state cannot be in a wrong one. Nothing is guessed: bytes that cannot become a header are told at the
/// first byte that differs.
///
/// # What is not handled here
/// Additional fields of version 2 (TLVs) are skipped, the checksum among them: TCP has its own, and the header is only
/// believed of trusted addresses.
public enum ProxyHeaderReader {
  /// Bytes of a version 1 header, its line end included.
  public static let v1LengthMax = 107
  /// Bytes of a version 2 header with its additional fields. 536 fit into the smallest segment that TCP has to accept,
  /// and the protocol counts on the header coming in one.
  public static let v2LengthMax = 536

  public enum Outcome: Equatable, Sendable {
    case needMore
    case complete(ProxyHeader)
    case failed(ProxyHeaderFault)
  }

  private static let v1Signature = Array("PROXY ".utf8)
  private static let v2Signature: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A]

  /// - Parameter bytes: everything from the connection's first byte on.
  public static func read(_ bytes: RawSpan) -> Outcome {
    guard bytes.byteCount > 0 else { return .needMore }
    let signature = bytes.octet(0) == v2Signature[0] ? v2Signature : v1Signature
    for offset in 0..<min(bytes.byteCount, signature.count) where bytes.octet(offset) != signature[offset] {
      return .failed(.missing)
    }
    guard bytes.byteCount >= signature.count else { return .needMore }
    return signature.count == v2Signature.count ? version2(bytes) : version1(bytes)
  }

  // MARK: Version 1

  /// `PROXY TCP4 192.0.2.1 192.0.2.2 4000 443\r\n`
  private static func version1(_ bytes: RawSpan) -> Outcome {
    let seen = min(bytes.byteCount, v1LengthMax)
    guard let end = bytes.extracting(0..<seen).firstOffset(of: 0x0A, from: 0) else {
      return bytes.byteCount >= v1LengthMax ? .failed(.tooLong) : .needMore
    }
    guard bytes.octet(end - 1) == 0x0D else { return .failed(.malformed) }
    let line = bytes.extracting(v1Signature.count..<(end - 1))
    let words = words(of: line)
    let first = line.extracting(words[0])
    // What follows UNKNOWN is to be ignored.
    if first.isEqual(to: Array("UNKNOWN".utf8)) {
      return .complete(ProxyHeader(client: nil, length: end + 1))
    }
    guard words.count == 5 else { return .failed(.malformed) }
    let family: EndpointAddress.Family
    if first.isEqual(to: Array("TCP4".utf8)) {
      family = .v4
    } else if first.isEqual(to: Array("TCP6".utf8)) {
      family = .v6
    } else {
      return .failed(.malformed)
    }
    guard let source = address(line.extracting(words[1]), family), address(line.extracting(words[2]), family) != nil,
      let sourcePort = port(line.extracting(words[3])),
      port(line.extracting(words[4])) != nil
    else { return .failed(.malformed) }
    return .complete(ProxyHeader(client: source.with(port: sourcePort).unmapped, length: end + 1))
  }

  /// What stands between single spaces. An empty word stays one, so that two spaces are no separator.
  private static func words(of line: RawSpan) -> [Range<Int>] {
    var words: [Range<Int>] = []
    var start = 0
    while let space = line.firstOffset(of: 0x20, from: start) {
      words.append(start..<space)
      start = space + 1
    }
    words.append(start..<line.byteCount)
    return words
  }

  private static func address(_ text: RawSpan, _ family: EndpointAddress.Family) -> EndpointAddress? {
    switch family {
    case .v4: EndpointAddress.parsedV4(text).map { .v4($0) }
    case .v6: EndpointAddress.parsedV6(text)
    case .none, .unix: nil
    }
  }

  private static func port(_ text: RawSpan) -> UInt16? {
    guard 1...5 ~= text.byteCount, text.byteCount == 1 || text.octet(0) != 0x30 else { return nil }
    var number: UInt32 = 0
    for offset in 0..<text.byteCount {
      let digit = text.octet(offset) &- 0x30
      guard digit < 10 else { return nil }
      number = number * 10 + UInt32(digit)
    }
    return UInt16(exactly: number)
  }

  // MARK: Version 2

  /// Bytes before the addresses: signature, version and command, family, length.
  private static let v2Fixed = 16

  private static func version2(_ bytes: RawSpan) -> Outcome {
    guard bytes.byteCount >= v2Fixed else {
      // The version is told as soon as it is there.
      return bytes.byteCount > 12 && !isKnown(bytes.octet(12)) ? .failed(.unknown) : .needMore
    }
    let command = bytes.octet(12)
    guard isKnown(command) else { return .failed(.unknown) }
    let rest = Int(bytes.octet(14)) << 8 | Int(bytes.octet(15))
    let length = v2Fixed + rest
    guard length <= v2LengthMax else { return .failed(.tooLong) }
    let family = bytes.octet(13)
    let addresses: Int
    switch family {
    case 0x00: addresses = 0
    case 0x11, 0x12: addresses = 12
    case 0x21, 0x22: addresses = 36
    case 0x31, 0x32: addresses = 216
    default: return .failed(.malformed)
    }
    let isLocal = command == 0x20
    guard isLocal || rest >= addresses else { return .failed(.malformed) }
    guard bytes.byteCount >= length else { return .needMore }
    let client = isLocal ? nil : source(in: bytes, family: family)
    return .complete(ProxyHeader(client: client, length: length))
  }

  /// Version 2 with LOCAL or PROXY.
  private static func isKnown(_ command: UInt8) -> Bool { command == 0x20 || command == 0x21 }

  /// Of a stream; a datagram's address names no connection.
  private static func source(in bytes: RawSpan, family: UInt8) -> EndpointAddress? {
    switch family {
    case 0x11:
      return .v4(
        UInt32(truncatingIfNeeded: number(bytes, v2Fixed, 4)),
        port: UInt16(truncatingIfNeeded: number(bytes, v2Fixed + 8, 2)))
    case 0x21:
      let address = EndpointAddress.v6(
        high: number(bytes, v2Fixed, 8), low: number(bytes, v2Fixed + 8, 8),
        port: UInt16(truncatingIfNeeded: number(bytes, v2Fixed + 32, 2)))
      return address.unmapped
    default:
      return nil
    }
  }

  /// Network byte order.
  private static func number(_ bytes: RawSpan, _ offset: Int, _ count: Int) -> UInt64 {
    var number: UInt64 = 0
    for index in offset..<(offset + count) { number = number << 8 | UInt64(bytes.octet(index)) }
    return number
  }
}

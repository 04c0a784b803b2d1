internal import SluiceCore

/// Reads a DNS response (RFC 1035 section 4) into a `DNSAnswer`.
///
/// Overview: header, one question, answer records, authority records for the SOA, additional records for the OPT.
/// Records are first collected by owner, then the CNAME chain is followed from the question's name, because the order
/// of records is not promised (RFC 1034 section 3.6 calls a set unordered) although most servers keep it.
///
/// Why our own: the transport library's reply parsers give addresses without aliases' TTLs, or TTLs without the
/// response code, and none gives the SOA's negative TTL. Pure and total over any bytes: it neither traps nor grows
/// with them.
///
/// Not handled here: the message's ID and the question's name (the transport compares both before it delivers),
/// DNSSEC, and DNAME (a server that sends one sends the CNAME made from it too, RFC 6672 section 3.1).
struct DNSMessageReader {
  /// Addresses kept of one answer. Far above what any resolver needs, far below what 64 KiB can hold.
  static let addressesMax = 256
  /// CNAME records followed. Common recursive servers stop between 8 and 16.
  static let aliasesMax = 16
  /// CNAME records remembered of one message, of the chain or not.
  static let aliasRecordsMax = 64
  /// Address records remembered of one message, of the chain or not.
  static let addressRecordsMax = 1024
  /// Bytes of a name in wire form (RFC 1035 section 2.3.4).
  static let nameBytesMax = 255

  enum RecordType {
    static let a: UInt16 = 1
    static let cname: UInt16 = 5
    static let soa: UInt16 = 6
    static let aaaa: UInt16 = 28
    static let opt: UInt16 = 41
  }

  private static let classInternet: UInt16 = 1

  private var offset = 0
  private var aliasRecords: [(owner: [UInt8], target: [UInt8], ttl: UInt32)] = []
  private var addressRecords: [(owner: [UInt8], address: EndpointAddress, ttl: UInt32)] = []
  private var addressRecordsOmitted = 0
  private var negativeTTL: UInt32?
  private var extendedCode: UInt16 = 0

  /// The answer to a question for the addresses of one family.
  ///
  /// - Parameters:
  ///   - bytes: one whole message, without the two length bytes of TCP.
  ///   - family: the family that was asked for; records of the other are ignored.
  static func read(_ bytes: RawSpan, family: EndpointAddress.Family) throws(DNSMessageError) -> DNSAnswer {
    var reader = DNSMessageReader()
    return try reader.answer(bytes, family == .v6 ? RecordType.aaaa : RecordType.a)
  }

  private init() {}

  private mutating func answer(_ bytes: RawSpan, _ type: UInt16) throws(DNSMessageError) -> DNSAnswer {
    offset = 2
    let flags = try twoBytes(bytes)
    guard flags & 0x8000 != 0 else { throw .notAResponse }
    guard try twoBytes(bytes) == 1 else { throw .questionCount }
    let (answers, authorities, additionals) = (try twoBytes(bytes), try twoBytes(bytes), try twoBytes(bytes))
    let question = try name(bytes)
    guard try twoBytes(bytes) == type, try twoBytes(bytes) == Self.classInternet else { throw .questionMismatch }
    let isTruncated = flags & 0x0200 != 0
    // A truncated message may stop inside a record; what stands before that is all there is to read.
    if !isTruncated {
      for _ in 0..<answers { try answerRecord(bytes, type) }
      for _ in 0..<authorities { try authorityRecord(bytes) }
      for _ in 0..<additionals { try additionalRecord(bytes) }
    }
    return follow(from: question, rcode: (flags & 0x000F) | extendedCode, isTruncated: isTruncated)
  }

  // MARK: Records

  /// What every record begins with; `offset` then stands at its data.
  private mutating func recordHead(_ bytes: RawSpan) throws(DNSMessageError) -> (
    type: UInt16, class: UInt16, ttl: UInt32, end: Int
  ) {
    let (type, class_, ttl) = (try twoBytes(bytes), try twoBytes(bytes), try fourBytes(bytes))
    let length = Int(try twoBytes(bytes))
    guard bytes.byteCount - offset >= length else { throw .cutShort }
    // A TTL with the highest bit set is to be read as zero (RFC 2181 section 8).
    return (type, class_, ttl & 0x8000_0000 == 0 ? ttl : 0, offset + length)
  }

  private mutating func answerRecord(_ bytes: RawSpan, _ type: UInt16) throws(DNSMessageError) {
    let owner = try name(bytes)
    let head = try recordHead(bytes)
    defer { offset = head.end }
    guard head.class == Self.classInternet else { return }
    switch head.type {
    case RecordType.cname:
      let target = try name(bytes)
      guard offset == head.end else { throw .recordLength }
      if aliasRecords.count < Self.aliasRecordsMax { aliasRecords.append((owner, target, head.ttl)) }
    case type:
      let address = try type == RecordType.a ? addressV4(bytes, until: head.end) : addressV6(bytes, until: head.end)
      if addressRecords.count < Self.addressRecordsMax {
        addressRecords.append((owner, address, head.ttl))
      } else {
        addressRecordsOmitted += 1
      }
    default:
      return
    }
  }

  private mutating func addressV4(_ bytes: RawSpan, until end: Int) throws(DNSMessageError) -> EndpointAddress {
    guard end - offset == 4 else { throw .recordLength }
    return EndpointAddress(family: .v4, high: UInt64(try fourBytes(bytes)) << 32)
  }

  private mutating func addressV6(_ bytes: RawSpan, until end: Int) throws(DNSMessageError) -> EndpointAddress {
    guard end - offset == 16 else { throw .recordLength }
    return EndpointAddress(family: .v6, high: try eightBytes(bytes), low: try eightBytes(bytes))
  }

  private mutating func authorityRecord(_ bytes: RawSpan) throws(DNSMessageError) {
    _ = try name(bytes)
    let head = try recordHead(bytes)
    defer { offset = head.end }
    guard head.type == RecordType.soa, head.class == Self.classInternet else { return }
    _ = try name(bytes)
    _ = try name(bytes)
    // SERIAL, REFRESH, RETRY and EXPIRE stand before MINIMUM.
    guard head.end - offset == 20 else { throw .recordLength }
    offset += 16
    negativeTTL = min(negativeTTL ?? .max, head.ttl, try fourBytes(bytes))
  }

  private mutating func additionalRecord(_ bytes: RawSpan) throws(DNSMessageError) {
    _ = try name(bytes)
    let start = offset
    let head = try recordHead(bytes)
    if head.type == RecordType.opt {
      // The TTL's first byte holds the response code's upper eight bits; it is read raw, for it is no time.
      extendedCode = UInt16(try byte(bytes, at: start + 4)) << 4
    }
    offset = head.end
  }

  // MARK: The chain

  private func follow(from question: [UInt8], rcode: UInt16, isTruncated: Bool) -> DNSAnswer {
    var answer = DNSAnswer(
      rcode: rcode, isTruncated: isTruncated, aliases: [], chain: .complete, addresses: [], addressesOmitted: 0,
      ttl: nil, negativeTTL: negativeTTL)
    var owner = question
    var visited = [question]
    while let record = aliasRecords.first(where: { $0.owner == owner }) {
      answer.ttl = min(answer.ttl ?? .max, record.ttl)
      answer.aliases.append(DNSName.text(record.target))
      guard !visited.contains(record.target) else {
        answer.chain = .loop
        return answer
      }
      guard visited.count <= Self.aliasesMax else {
        answer.chain = .tooLong
        return answer
      }
      owner = record.target
      visited.append(owner)
    }
    var seen: Set<EndpointAddress> = []
    for record in addressRecords where record.owner == owner && seen.insert(record.address).inserted {
      guard answer.addresses.count < Self.addressesMax else {
        answer.addressesOmitted += 1
        continue
      }
      answer.addresses.append(record.address)
      answer.ttl = min(answer.ttl ?? .max, record.ttl)
    }
    answer.addressesOmitted += addressRecordsOmitted
    return answer
  }

  // MARK: Names

  /// A name in wire form, decompressed and in lower case, so that two of them compare as DNS does (RFC 4343).
  ///
  /// Every pointer must point before the position of the last jump, so the walk ends for every input.
  private mutating func name(_ bytes: RawSpan) throws(DNSMessageError) -> [UInt8] {
    var result: [UInt8] = []
    var position = offset
    var lowest = offset
    var afterFirstPointer: Int?
    while true {
      let length = try byte(bytes, at: position)
      switch length & 0xC0 {
      case 0x00:
        guard result.count + Int(length) + 1 <= Self.nameBytesMax else { throw .malformedName }
        result.append(length)
        for index in 0..<Int(length) { result.append(ASCII.lowercase(try byte(bytes, at: position + 1 + index))) }
        position += Int(length) + 1
        if length == 0 {
          offset = afterFirstPointer ?? position
          return result
        }
      case 0xC0:
        let target = Int(length & 0x3F) << 8 | Int(try byte(bytes, at: position + 1))
        guard target < lowest else { throw .forwardPointer }
        afterFirstPointer = afterFirstPointer ?? (position + 2)
        position = target
        lowest = target
      default:
        throw .malformedName
      }
    }
  }

  // MARK: Numbers

  private func byte(_ bytes: RawSpan, at position: Int) throws(DNSMessageError) -> UInt8 {
    guard position >= 0, position < bytes.byteCount else { throw .cutShort }
    return bytes.unsafeLoad(fromByteOffset: position, as: UInt8.self)
  }

  private mutating func twoBytes(_ bytes: RawSpan) throws(DNSMessageError) -> UInt16 {
    let value = UInt16(try byte(bytes, at: offset)) << 8 | UInt16(try byte(bytes, at: offset + 1))
    offset += 2
    return value
  }

  private mutating func fourBytes(_ bytes: RawSpan) throws(DNSMessageError) -> UInt32 {
    UInt32(try twoBytes(bytes)) << 16 | UInt32(try twoBytes(bytes))
  }

  private mutating func eightBytes(_ bytes: RawSpan) throws(DNSMessageError) -> UInt64 {
    UInt64(try fourBytes(bytes)) << 32 | UInt64(try fourBytes(bytes))
  }
}

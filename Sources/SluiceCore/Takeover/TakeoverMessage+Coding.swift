// The form of a message: `SLTO`, a version, a kind, then its fields. Numbers are big-endian; a text has its length in
// two bytes before it.

extension TakeoverMessage {
  static let mark: [UInt8] = [0x53, 0x4C, 0x54, 0x4F]
  /// Grows when an older gateway would not understand the newer one.
  public static let version: UInt8 = 1

  public var encoded: [UInt8] {
    var bytes = Self.mark + [Self.version]
    switch self {
    case .identify: bytes.append(1)
    case .identity(let identity):
      bytes.append(2)
      bytes.append(number: UInt64(UInt32(bitPattern: identity.process)), bytes: 4)
      bytes.append(text: identity.name)
      bytes.append(number: identity.generation, bytes: 8)
      bytes.append(texts: identity.addresses)
    case .request: bytes.append(3)
    case .offer(let sockets):
      bytes.append(4)
      bytes.append(number: UInt64(sockets), bytes: 2)
    case .sockets(let labels):
      bytes.append(5)
      bytes.append(texts: labels)
    case .ready(let places):
      bytes.append(6)
      bytes.append(number: UInt64(places.count), bytes: 2)
      for place in places { bytes.append(number: UInt64(place), bytes: 2) }
    case .paused: bytes.append(7)
    case .accepting: bytes.append(8)
    case .released: bytes.append(9)
    case .refused(let refusal):
      bytes.append(10)
      bytes.append(refusal.rawValue)
    }
    return bytes
  }

  /// - Throws: `TakeoverFault`; nothing of a message is believed unless all of it is sound.
  public init(_ bytes: [UInt8]) throws(TakeoverFault) {
    guard bytes.count <= Self.bytesMax else { throw .tooLong }
    var reader = Reader(bytes: bytes)
    guard bytes.starts(with: Self.mark) else { throw bytes.count < Self.mark.count ? .truncated : .notOurs }
    reader.place = Self.mark.count
    let version = UInt8(try reader.number(bytes: 1))
    guard version == Self.version else { throw .version(version) }
    self = try reader.message(kind: UInt8(try reader.number(bytes: 1)))
    guard reader.place == bytes.count else { throw .excess }
  }
}

private struct Reader {
  let bytes: [UInt8]
  var place = 0

  mutating func message(kind: UInt8) throws(TakeoverFault) -> TakeoverMessage {
    switch kind {
    case 1: return .identify
    case 2:
      let process = Int32(bitPattern: UInt32(truncatingIfNeeded: try number(bytes: 4)))
      let name = try text()
      let generation = try number(bytes: 8)
      let addresses = try texts(atMost: TakeoverIdentity.addressesMax)
      return .identity(
        TakeoverIdentity(process: process, name: name, generation: generation, addresses: addresses))
    case 3: return .request
    case 4: return .offer(sockets: try count(atMost: TakeoverMessage.socketsMax))
    case 5: return .sockets(try texts(atMost: TakeoverMessage.descriptorsMax))
    case 6:
      var places: [Int] = []
      for _ in 0..<(try count(atMost: TakeoverMessage.socketsMax)) {
        places.append(try count(atMost: TakeoverMessage.socketsMax))
      }
      return .ready(places)
    case 7: return .paused
    case 8: return .accepting
    case 9: return .released
    case 10:
      guard let refusal = TakeoverRefusal(rawValue: UInt8(try number(bytes: 1))) else { throw .value }
      return .refused(refusal)
    default: throw .kind(kind)
    }
  }

  mutating func number(bytes count: Int) throws(TakeoverFault) -> UInt64 {
    guard bytes.count - place >= count else { throw .truncated }
    defer { place += count }
    return bytes[place..<(place + count)].reduce(0) { $0 << 8 | UInt64($1) }
  }

  mutating func count(atMost limit: Int) throws(TakeoverFault) -> Int {
    let count = Int(try number(bytes: 2))
    guard count <= limit else { throw .value }
    return count
  }

  mutating func text() throws(TakeoverFault) -> String {
    let length = try count(atMost: TakeoverMessage.textMax)
    guard bytes.count - place >= length else { throw .truncated }
    defer { place += length }
    guard let text = String(validating: bytes[place..<(place + length)], as: UTF8.self) else { throw .value }
    return text
  }

  mutating func texts(atMost limit: Int) throws(TakeoverFault) -> [String] {
    var texts: [String] = []
    for _ in 0..<(try count(atMost: limit)) { texts.append(try text()) }
    return texts
  }
}

extension [UInt8] {
  fileprivate mutating func append(number: UInt64, bytes: Int) {
    for shift in (0..<bytes).reversed() { append(UInt8(truncatingIfNeeded: number >> UInt64(8 * shift))) }
  }

  /// What is longer than a text may be is cut at its end.
  fileprivate mutating func append(text: String) {
    var kept = Substring(text)
    while kept.utf8.count > TakeoverMessage.textMax { kept.removeLast() }
    append(number: UInt64(kept.utf8.count), bytes: 2)
    append(contentsOf: kept.utf8)
  }

  fileprivate mutating func append(texts: [String]) {
    append(number: UInt64(texts.count), bytes: 2)
    for text in texts { append(text: text) }
  }
}

internal import SluiceConfiguration
internal import SluiceCore
internal import SluiceWire

// What the balancer is told of a request.

extension ExchangeDriver {
  /// The number that a consistent hash places on its ring; 0 where the policy needs none or the request has no key.
  func hashKey(for policy: BalancePolicy) -> UInt64 {
    let block = block
    let source = block.span.bytes
    switch policy {
    case .consistentHash(.clientAddress):
      let address = client.addressText
      return worker.services.identities.hash(address.span.bytes)
    case .consistentHash(.path):
      return worker.services.identities.hash(source.extracting(head.path.offsets))
    case .consistentHash(.header(let name)):
      return value(of: name).map { worker.services.identities.hash(source.extracting($0.offsets)) } ?? 0
    case .consistentHash(.cookie(let name)):
      return cookie(name).map { worker.services.identities.hash(source.extracting($0.offsets)) } ?? 0
    case .sticky(_, let fallback):
      return hashKey(for: fallback)
    case .roundRobin, .leastRequest, .peakEWMA, .random:
      return 0
    }
  }

  /// The endpoint that the client's cookie names.
  func stickyIdentity(for policy: BalancePolicy) -> UInt64? {
    guard case .sticky(let name, _) = policy, let value = cookie(name) else { return nil }
    let block = block
    return StickyCookie.identity(block.span.bytes.extracting(value.offsets))
  }

  /// The line that makes a client come back to its endpoint; empty where it need not be told.
  var stickyLine: [UInt8] {
    guard let pickReason, pickReason.setsCookie, let upstreamState,
      case .sticky(let name, _) = upstreamState.configuration.balance
    else { return [] }
    let value = StickyCookie.value(upstreamState.identity(of: endpointIndex))
    return Array("Set-Cookie: \(name)=\(value); Path=/; HttpOnly; SameSite=Lax\r\n".utf8)
  }

  func value(of name: String) -> ByteRange? {
    let (name, block) = (Array(name.utf8), block)
    return head.fields.first { equalsIgnoringCase(block.span.bytes, $0.name, name) }?.value
  }

  /// The value of a cookie: `name=value` pairs between semicolons (RFC 6265 section 4.2.1).
  func cookie(_ name: String) -> ByteRange? {
    guard head.seen.contains(.cookie) else { return nil }
    let (name, block) = (Array(name.utf8), block)
    let source = block.span.bytes
    for field in head.fields where field.known == .cookie {
      var start = field.value.offsets.lowerBound
      let end = field.value.offsets.upperBound
      while start < end {
        var stop = start
        while stop < end, source.octet(stop) != 0x3B { stop += 1 }
        if let value = pair(source, start, stop, name) { return value }
        start = stop + 1
      }
    }
    return nil
  }

  private func pair(_ source: RawSpan, _ start: Int, _ end: Int, _ name: [UInt8]) -> ByteRange? {
    var start = start
    while start < end, source.octet(start) == 0x20 { start += 1 }
    guard end - start > name.count, source.octet(start + name.count) == 0x3D else { return nil }
    for index in name.indices where source.octet(start + index) != name[index] { return nil }
    return ByteRange(start + name.count + 1, end)
  }
}

extension RawSpan {
  /// One byte, checked.
  func octet(_ offset: Int) -> UInt8 { unsafeLoad(fromByteOffset: offset, as: UInt8.self) }
}

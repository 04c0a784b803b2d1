internal import SluiceCore
internal import SluiceWire

// Whose rate limit a request counts against.

extension ExchangeDriver {
  /// Takes a token of each limit of the route, in their order.
  ///
  /// - Returns: false where one has none; `retryAfter` then says when it will.
  func takeTokens(of route: CompiledRoute) -> Bool {
    for gate in route.rateLimits {
      if case .limited(let span) = gate.take(rateKey(gate.key), at: now) {
        retryAfter = RetryAfter.seconds(until: span)
        return false
      }
    }
    return true
  }

  private func rateKey(_ key: RateLimit.Key) -> UInt64 {
    let hash = worker.services.rateLimits.hash
    let block = block
    let source = block.span.bytes
    switch key {
    case .client:
      let client = rateLimitedClient
      // An IPv4 address and the first half of an IPv6 address may be the same number.
      return hash.hash(client.high, UInt64(client.family.rawValue))
    case .header(let name):
      return hash.hash(source.extracting((value(of: name) ?? .empty).offsets))
    case .cookie(let name):
      return hash.hash(source.extracting((cookie(name) ?? .empty).offsets))
    case .host:
      let host = source.extracting(head.host.offsets)
      let name = host.extracting(0..<RouteTable.hostLength(host))
      let folded = name.withUnsafeBytes { $0.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 } }
      return hash.hash(folded.span.bytes)
    }
  }

  /// The client's address, as far as its proxies are believed, without its port and of IPv6 the network's part.
  private var rateLimitedClient: EndpointAddress {
    client.isTrustedProxy ? forwardedClient.network : client.address.network
  }

  /// Behind proxies that are believed. Where both kinds of field are there and differ, one of them was not written by
  /// our proxy, and nobody knows which: then all clients of that proxy count as one.
  private var forwardedClient: EndpointAddress {
    var forwardedFor = ForwardedAddresses()
    var forwarded = ForwardedAddresses()
    let block = block
    for field in head.fields {
      let value = block.span.bytes.extracting(field.value.offsets)
      switch field.known {
      case .xForwardedFor: forwardedFor.addForwardedFor(value)
      case .forwarded: forwarded.addForwarded(value)
      default: break
      }
    }
    let proxies = snapshot.shared.proxies
    let first = forwardedFor.client(behind: client.address, trusting: proxies)
    let second = forwarded.client(behind: client.address, trusting: proxies)
    if !head.seen.contains(.forwarded) { return first }
    if !head.seen.contains(.xForwardedFor) { return second }
    return first.network == second.network ? first : client.address
  }
}

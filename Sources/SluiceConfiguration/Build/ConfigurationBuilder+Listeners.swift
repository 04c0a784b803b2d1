internal import SluiceCore

extension ConfigurationBuilder {
  mutating func buildListeners(
    _ drafts: [Located<ListenerDraft>], trusted: TrustedDraft
  ) -> [ListenerConfiguration] {
    var lines: [ListenAddress: Int] = [:]
    return drafts.compactMap { draft in
      guard let address = draft.value.address else { return nil }
      let place = draft.keys["address"] ?? draft.position
      if let line = lines[address], !address.isChosenBySystem {
        error("'\(address)' is listened on already, line \(line)", at: place)
      }
      lines[address] = place.line
      if draft.value.proxyProtocol != .off, trusted.proxies.isEmpty {
        error(
          "'proxyProtocol' is believed of addresses in 'trusted.proxies' only, and there are none; name the proxies "
            + "in front there", at: draft.keys["proxyProtocol"] ?? draft.position)
      }
      if draft.value.redirect != nil, draft.value.tls != nil {
        error(
          "a listener with 'tls' would lead to itself; put 'redirect' on the one that speaks plain HTTP",
          at: draft.keys["redirect"] ?? draft.position)
      }
      return ListenerConfiguration(
        address: address, timeouts: draft.value.timeouts.value, limits: buildLimits(draft.value.limits),
        tls: draft.value.tls.flatMap { buildTLS($0) }, proxyProtocol: draft.value.proxyProtocol,
        redirectPort: draft.value.redirect)
    }
  }

  /// A line cannot be longer than the head that it stands in.
  private mutating func buildLimits(_ draft: Located<ListenerLimits>) -> ListenerLimits {
    var limits = draft.value
    for (name, path) in [("requestLine", \ListenerLimits.requestLine), ("field", \ListenerLimits.field)]
    where limits[keyPath: path] > limits.head {
      if let place = draft.keys[name] {
        error(
          "'\(name)' (\(Quantity.show(bytes: UInt64(limits[keyPath: path])))) is more than the whole 'head' "
            + "(\(Quantity.show(bytes: UInt64(limits.head))))", at: place)
      }
      limits[keyPath: path] = limits.head
    }
    return limits
  }
}

extension ListenAddress {
  /// Port 0: two of them are two addresses.
  fileprivate var isChosenBySystem: Bool {
    if case .tcp(_, port: 0) = self { true } else { false }
  }
}

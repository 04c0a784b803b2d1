internal import SluiceCore

// What a worker makes of the addresses that the resolver publishes.

extension Worker {
  func adopt(_ next: ResolvedEndpoints) {
    resolved = next
    var added: [String: Bool] = [:]
    for change in next.changes where change.kind == .addresses {
      added[change.name] = added[change.name] == true || !change.added.isEmpty
    }
    guard !added.isEmpty else { return }
    for endpoint in snapshot.upstreams.flatMap(\.endpoints) {
      guard let name = endpoint.name, let isNew = added[name], let known = next.names[name] else { continue }
      endpoint.keepAddresses(known.addresses, isNew: isNew)
    }
  }

  /// Whether an endpoint still has this address, as far as is known.
  func hasAddress(_ endpoint: EndpointState, _ address: EndpointAddress) -> Bool {
    guard let name = endpoint.name, let known = resolved.names[name] else { return true }
    // Without a good answer addresses came from a question of the connector's own.
    return known.addresses.isEmpty || known.addresses.contains(address.host)
  }
}

extension EndpointAddress {
  /// Without the port, as names are resolved.
  var host: EndpointAddress {
    var host = self
    host.port = 0
    return host
  }
}

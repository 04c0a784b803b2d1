extension ForwardedAddresses {
  /// The client behind proxies that are believed: from the nearest hop on, the first that is not one of them.
  ///
  /// Each proxy adds the hop in front of it, so what stands beyond the first hop that is not believed is that hop's own
  /// invention. Where a proxy did not know its client, or there are more hops than are read, the nearest address that
  /// is certain is taken: clients behind it then count as one.
  ///
  /// - Parameters:
  ///   - peer: The other end of the connection.
  ///   - proxies: Whose fields are believed.
  public func client(behind peer: EndpointAddress, trusting proxies: AddressSet) -> EndpointAddress {
    var client = peer
    guard !isTruncated else { return client }
    for address in addresses[min(countBeforeUnknown, addresses.count)...].reversed() {
      guard proxies.contains(client) else { return client }
      client = address
    }
    return client
  }
}

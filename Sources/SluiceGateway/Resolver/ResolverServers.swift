internal import SluiceCore

/// The servers in use, each with its transport, and the search domains that go with them.
///
/// A class, because lookups hold on to the servers they began with. Confined to the resolver's thread.
final class ResolverServers {
  let transports: [DNSTransport]
  let searchDomains: [String]
  let dotsMin: Int
  /// The server that answered last: the one to begin with.
  var preferred = 0

  init(_ configuration: ResolverOptions) throws(ResolverError) {
    var addresses = configuration.servers
    if addresses.isEmpty {
      let system = try SystemServers.read(path: configuration.systemPath)
      addresses = system.servers
      searchDomains = system.searchDomains
      dotsMin = system.dotsMin
    } else {
      searchDomains = []
      dotsMin = 1
    }
    var transports: [DNSTransport] = []
    for var address in addresses.prefix(ResolverLimits.serversMax) {
      if address.port == 0 { address.port = 53 }
      transports.append(try DNSTransport(server: address, timeout: configuration.timeout))
    }
    guard !transports.isEmpty else { throw .transport(0) }
    self.transports = transports
  }
}

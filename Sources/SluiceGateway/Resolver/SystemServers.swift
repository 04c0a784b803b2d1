internal import CCares
internal import SluiceCore

/// The system's servers and search domains, as resolv.conf and the environment give them.
///
/// c-ares reads them, because it knows the forms that the file has on the systems it runs on.
struct SystemServers: Hashable, Sendable {
  var servers: [EndpointAddress]
  var searchDomains: [String]
  var dotsMin: Int

  static func read(path: String) throws(ResolverError) -> SystemServers {
    var made: ares_channel?
    let code = path.withCString { text in
      var options = ares_options()
      // c-ares copies the text and does not write to it; the field is only declared mutable.
      options.resolvconf_path = UnsafeMutablePointer(mutating: text)
      return ares_init_options(&made, &options, ARES_OPT_RESOLVCONF)
    }
    guard code == ARES_SUCCESS, let channel = made else { throw .transport(code) }
    defer { ares_destroy(channel) }
    var result = SystemServers(servers: servers(of: channel), searchDomains: [], dotsMin: 1)
    var options = ares_options()
    var mask: Int32 = 0
    guard ares_save_options(channel, &options, &mask) == ARES_SUCCESS else { return result }
    defer { ares_destroy_options(&options) }
    result.dotsMin = Int(options.ndots)
    if let domains = options.domains {
      for index in 0..<Int(options.ndomains) {
        if let domain = domains[index] { result.searchDomains.append(String(cString: domain)) }
      }
    }
    return result
  }

  private static func servers(of channel: ares_channel) -> [EndpointAddress] {
    var first: UnsafeMutablePointer<ares_addr_port_node>?
    guard ares_get_servers_ports(channel, &first) == ARES_SUCCESS else { return [] }
    defer { ares_free_data(first) }
    var result: [EndpointAddress] = []
    var next = first
    while let node = next?.pointee {
      let port = UInt16(clamping: node.udp_port)
      result.append(address(of: node, port: port == 0 ? 53 : port))
      next = node.next
    }
    return result
  }

  private static func address(of node: ares_addr_port_node, port: UInt16) -> EndpointAddress {
    if node.family == AF_INET {
      return EndpointAddress(
        family: .v4, port: port, high: UInt64(UInt32(bigEndian: node.addr.addr4.s_addr)) << 32)
    }
    return withUnsafeBytes(of: node.addr.addr6) {
      EndpointAddress(
        family: .v6, port: port, high: UInt64(bigEndian: $0.loadUnaligned(as: UInt64.self)),
        low: UInt64(bigEndian: $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
    }
  }
}

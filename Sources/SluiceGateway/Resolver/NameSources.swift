package import SluiceCore

/// What a name is looked up in, for those who look at a name rather than use it.
package struct NameSources: Sendable {
  /// What the hosts file has for the name: it is used, and no name server is asked.
  package var hosts: [EndpointAddress]
  /// Name servers with their ports, in the order of asking.
  package var servers: [EndpointAddress]

  /// Reads the hosts file and, where no servers are configured, the system's list of them. It may wait for a disk.
  package static func read(of name: String, _ options: ResolverOptions) -> NameSources {
    let text = options.hostsPath.flatMap { SystemFile.text(path: $0, bytesMax: ResolverLimits.hostsBytesMax) }
    let hosts = text.flatMap { HostsFile(text: $0).lookUp(key: DNSName.key(name)) }
    var servers = options.servers
    if servers.isEmpty { servers = (try? SystemServers.read(path: options.systemPath))?.servers ?? [] }
    return NameSources(hosts: hosts ?? [], servers: Array(servers.prefix(ResolverLimits.serversMax)))
  }
}

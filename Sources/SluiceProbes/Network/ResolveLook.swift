internal import SluiceConfiguration
internal import SluiceCore
internal import SluiceGateway
internal import SluiceIncidents

/// What an endpoint's name stands for: as the gateway resolves it, and what name servers say where the hosts file
/// speaks for them.
enum ResolveLook {
  /// nil: the endpoint has no name.
  static func look(
    _ target: ProbeTarget, within limit: Duration, hosts: String? = "/etc/hosts"
  ) async -> (seen: Seen<ResolutionSeen>, addresses: [String])? {
    guard case .tcp(let host, _) = target.endpoint.target, EndpointAddress(host) == nil else { return nil }
    var options = target.resolver.options
    options.hostsPath = hosts
    options.timeout = min(options.timeout, TimeSpan.milliseconds(Int64(limit.milliseconds)))
    // The look ends of its own accord; this is for what the resolver does not bound itself.
    let seen = await Look.within(limit + .milliseconds(300)) { [options] in await Self.resolve(host, options) }
    return (seen, seen.value?.addresses ?? [])
  }

  private static func resolve(_ name: String, _ options: ResolverOptions) async -> Seen<ResolutionSeen> {
    let start = ProbeClock.milliseconds()
    async let sources = Look.blocking(within: .milliseconds(1000)) { () -> Seen<[[String]]> in
      let sources = NameSources.read(of: name, options)
      return .value([sources.hosts.map(\.description), sources.servers.map(\.description)])
    }
    let used: Resolution
    do {
      used = try await Self.resolution(of: name, options)
    } catch {
      return .notRun("The resolver could not be started: \(error).")
    }
    var seen = ResolutionSeen(name: name)
    seen.addresses = AddressOrder.interleaved(used.addresses).prefix(NetworkLimits.addressesMax).map(\.description)
    seen.cause = used.cause?.identifier
    let found = await sources.value
    seen.hostsFile = found?.first ?? []
    var answered = used
    if used.source == .hosts {
      var direct = options
      direct.hostsPath = nil
      answered = (try? await Self.resolution(of: name, direct)) ?? used
    }
    if answered.source == .dns {
      seen.resolvers = found?.last ?? []
      seen.responseCode = answered.rcode.flatMap { DNSResponseCode(number: Int32($0)).name }
      seen.records = answered.addresses.prefix(NetworkLimits.addressesMax).map {
        AddressRecord(address: $0.description, timeToLive: answered.familyTTL[$0.family] ?? 0)
      }
      if let family = answered.missingFamily { seen.missingFamily = family == .v6 ? "IPv6" : "IPv4" }
    }
    seen.tookMs = ProbeClock.milliseconds() - start
    return .value(seen)
  }

  private static func resolution(of name: String, _ options: ResolverOptions) async throws -> Resolution {
    let resolver = try Resolver(options) { ProbeClock.instant() }
    let resolution = await withCheckedContinuation { continuation in
      resolver.resolve(name) { continuation.resume(returning: $0) }
    }
    resolver.stop()
    return resolution
  }
}

internal import NIOCore
internal import NIOPosix
internal import NIOSSL

/// A lab while it opens: what is there so far, so that a failure half-way closes it again.
struct LabOpening {
  let plan: LabPlan
  let group: any EventLoopGroup
  let ledger: LabLedger
  let folder: LabFolder
  private let certificates: LabCertificates
  var listeners: [any Channel] = []
  var raw: [RawSocket] = []
  var ports: [String: Int] = [:]
  var unixPaths: [String: String] = [:]
  var address: SocketAddress

  init(_ plan: LabPlan, group: any EventLoopGroup, ledger: LabLedger) throws {
    if let problem = plan.problem { throw LabError.badPlan(problem) }
    self.plan = plan
    self.group = group
    self.ledger = ledger
    address = try SocketAddress(ipAddress: plan.host, port: 0)
    certificates = try LabCertificates.shared
    folder = try plan.sockets.map { try LabFolder.named($0) } ?? LabFolder.make()
  }

  var trust: LabTrust { LabTrust(folder: folder.path) }

  mutating func open() async throws {
    let ledger = ledger
    let routes = LabRoutes(LabCatalogue.scenarios) { ledger.counts }
    let wanted = try SocketAddress(ipAddress: plan.host, port: plan.port)
    let main = try await listen(at: wanted, LabSite { routes.script(for: $0) })
    address = main.localAddress ?? address
    try trust.write(certificates)
    for (name, transport) in LabTransport.sharedPorts { ports[name] = try await openShared(name, transport, routes) }
    for scenario in LabCatalogue.scenarios {
      switch scenario.reach {
      case .port(let name): ports[name] = try await openPort(scenario)
      case .unix(let name): unixPaths[name] = try await openUnix(name, scenario.service)
      case .path, .address: break
      }
    }
  }

  private mutating func listen(at address: SocketAddress, _ site: LabSite) async throws -> any Channel {
    let channel = try await LabListener.bind(address, group: group, site: site, ledger: ledger)
    listeners.append(channel)
    return channel
  }

  private mutating func openShared(
    _ name: String, _ transport: LabTransport, _ routes: LabRoutes
  ) async throws -> Int? {
    let wanted = try SocketAddress(ipAddress: plan.host, port: plan.sharedPort(name) ?? 0)
    var site = LabSite { routes.script(for: $0, over: transport) }
    if transport.needsHTTP2 { site.reading = .http2 { routes.script(for: $0, over: transport) } }
    if transport.isTLS { site.tls = try (transport.needsHTTP2 ? LabTLS.http2 : LabTLS()).context(certificates) }
    return try await listen(at: wanted, site).localAddress?.port
  }

  private mutating func openPort(_ scenario: Scenario) async throws -> Int? {
    let wanted = try SocketAddress(ipAddress: plan.host, port: plan.port(of: scenario) ?? 0)
    return try await open(scenario.service, at: wanted)?.port
  }

  private mutating func openUnix(_ name: String, _ service: LabService) async throws -> String {
    let path = folder.file(name)
    let wanted = try SocketAddress(unixDomainSocketPath: path)
    folder.clear(name)
    if case .missing = service { return path }
    _ = try await open(service, at: wanted)
    if case .forbidden = service { try folder.forbid(name) } else { try folder.share(name) }
    return path
  }

  private mutating func open(
    _ service: LabService, at wanted: SocketAddress, _ tls: NIOSSLContext? = nil
  ) async throws -> SocketAddress? {
    switch service {
    case .answers(let script):
      return try await listen(at: wanted, LabSite(reading: .http1(script), tls: tls)).localAddress
    case .frames(let script):
      return try await listen(at: wanted, LabSite(reading: .http2(script), tls: tls)).localAddress
    case .greets(let steps):
      let site = LabSite(greeting: steps, reading: .http1 { _ in [.hang] }, tls: tls)
      return try await listen(at: wanted, site).localAddress
    case .secure(let tls, let inner): return try await open(inner, at: wanted, tls.context(certificates))
    case .forbidden:
      return try await listen(at: wanted, LabSite { Reply.text("let in\n", for: $0) }).localAddress
    case .refuses: return try openRaw(at: wanted) { _ in }
    case .stuck: return try openRaw(at: wanted) { try $0.listen(backlog: 128) }
    case .overflows:
      return try openRaw(at: wanted) { socket in
        try socket.listen(backlog: 0)
        try socket.fillQueue()
      }
    case .missing, .nothing: return nil
    }
  }

  private mutating func openRaw(
    at wanted: SocketAddress, _ prepare: (inout RawSocket) throws -> Void
  ) throws -> SocketAddress {
    var socket = try RawSocket.bound(to: wanted)
    do {
      try prepare(&socket)
    } catch {
      socket.close()
      throw error
    }
    raw.append(socket)
    return socket.address
  }

  mutating func close() async {
    for listener in listeners {
      listener.close(promise: nil)
      try? await listener.closeFuture.get()
    }
    for index in raw.indices { raw[index].close() }
    folder.remove(Array(unixPaths.keys) + LabTrust.names)
  }
}

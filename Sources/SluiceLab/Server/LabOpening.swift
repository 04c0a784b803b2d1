internal import NIOCore
internal import NIOPosix

/// A lab while it opens: what is there so far, so that a failure half-way closes it again.
struct LabOpening {
  let host: String
  let group: any EventLoopGroup
  let ledger: LabLedger
  let folder: LabFolder
  var listeners: [any Channel] = []
  var raw: [RawSocket] = []
  var ports: [String: Int] = [:]
  var unixPaths: [String: String] = [:]
  var address: SocketAddress

  init(host: String, group: any EventLoopGroup, ledger: LabLedger) throws {
    self.host = host
    self.group = group
    self.ledger = ledger
    address = try SocketAddress(ipAddress: host, port: 0)
    folder = try LabFolder.make()
  }

  mutating func open(mainPort: Int) async throws {
    let ledger = ledger
    let routes = LabRoutes(LabCatalogue.scenarios) { ledger.counts }
    let main = try await listen(at: SocketAddress(ipAddress: host, port: mainPort), LabSite { routes.script(for: $0) })
    address = main.localAddress ?? address
    for scenario in LabCatalogue.scenarios {
      switch scenario.reach {
      case .port(let name): ports[name] = try await openPort(scenario.service)
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

  private mutating func openPort(_ service: LabService) async throws -> Int? {
    let any = try SocketAddress(ipAddress: host, port: 0)
    return try await open(service, at: any)?.port
  }

  private mutating func openUnix(_ name: String, _ service: LabService) async throws -> String {
    let path = folder.file(name)
    let any = try SocketAddress(unixDomainSocketPath: path)
    if case .missing = service { return path }
    _ = try await open(service, at: any)
    if case .forbidden = service { try folder.forbid(name) }
    return path
  }

  private mutating func open(_ service: LabService, at any: SocketAddress) async throws -> SocketAddress? {
    switch service {
    case .answers(let script): return try await listen(at: any, LabSite(script: script)).localAddress
    case .greets(let steps): return try await listen(at: any, LabSite(greeting: steps) { _ in [.hang] }).localAddress
    case .forbidden:
      return try await listen(at: any, LabSite { Reply.text("let in\n", for: $0) }).localAddress
    case .refuses: return try openRaw(at: any) { _ in }
    case .stuck: return try openRaw(at: any) { try $0.listen(backlog: 128) }
    case .overflows:
      return try openRaw(at: any) { socket in
        try socket.listen(backlog: 0)
        try socket.fillQueue()
      }
    case .missing, .nothing: return nil
    }
  }

  private mutating func openRaw(
    at any: SocketAddress, _ prepare: (inout RawSocket) throws -> Void
  ) throws -> SocketAddress {
    var socket = try RawSocket.bound(to: any)
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
    folder.remove(Array(unixPaths.keys))
  }
}

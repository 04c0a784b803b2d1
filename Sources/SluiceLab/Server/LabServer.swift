public import NIOCore
internal import NIOPosix
internal import Synchronization

/// An origin that fails on purpose: one main address with a path for each scenario, and an address of their own for the
/// scenarios that fail before a path could be named.
public final class LabServer: Sendable {
  /// The main address.
  public let address: SocketAddress
  private let ports: [String: Int]
  private let unixPaths: [String: String]
  private let ledger: LabLedger
  private let listeners: [any Channel]
  private let folder: LabFolder
  private let raw: Mutex<[RawSocket]>

  /// Opens everything on free ports. The group serves the connections and stays the caller's.
  ///
  /// - Parameters:
  ///   - host: an IPv4 or IPv6 address; loopback unless somebody else is to be served.
  ///   - port: of the main address, 0 for any free one. The scenarios' own ports are free ones.
  /// - Throws: `LabError`, or what the bind failed with.
  public static func start(
    host: String = "127.0.0.1", port: Int = 0, group: any EventLoopGroup, limits: LabLimits = LabLimits()
  ) async throws -> LabServer {
    var plan = LabPlan()
    plan.host = host
    plan.port = port
    return try await start(plan, group: group, limits: limits)
  }

  /// Opens everything where the plan says.
  ///
  /// - Throws: `LabError`, or what the bind failed with.
  public static func start(
    _ plan: LabPlan, group: any EventLoopGroup, limits: LabLimits = LabLimits()
  ) async throws -> LabServer {
    var opening = try LabOpening(plan, group: group, ledger: LabLedger(limits: limits))
    do {
      try await opening.open()
      return LabServer(opening)
    } catch {
      await opening.close()
      throw error
    }
  }

  private init(_ opening: LabOpening) {
    address = opening.address
    ports = opening.ports
    unixPaths = opening.unixPaths
    ledger = opening.ledger
    listeners = opening.listeners
    folder = opening.folder
    raw = Mutex(opening.raw)
  }

  public var port: Int { address.port ?? 0 }
  public var host: String { address.ipAddress ?? "" }

  /// The TCP port that shows a scenario: its own, or the main one. nil for a Unix socket.
  public func port(of scenario: Scenario) -> Int? {
    switch scenario.reach {
    case .path: scenario.transport.sharedPort.map { ports[$0] } ?? port
    case .port(let name): ports[name]
    case .address(_, let port): Int(port)
    case .unix: nil
    }
  }

  /// The Unix socket that shows a scenario, nil where it is reached over TCP.
  public func unixPath(of scenario: Scenario) -> String? {
    if case .unix(let name) = scenario.reach { unixPaths[name] } else { nil }
  }

  /// What a gateway in front of this lab needs for TLS.
  public var trust: LabTrust { LabTrust(folder: folder.path) }

  /// The endpoint as a gateway's configuration names it: `http://host:port`, `https://host:port` or `unix:/path`.
  public func endpoint(of scenario: Scenario) -> String {
    switch scenario.reach {
    case .path, .port:
      "\(scenario.transport.scheme)://\(host.contains(":") ? "[\(host)]" : host):\(port(of: scenario) ?? 0)"
    case .unix: "unix:\(unixPath(of: scenario) ?? "")"
    case .address(let host, let port): "http://\(host):\(port)"
    }
  }

  /// How a gateway in front of this lab must route.
  public var routes: [LabRoute] {
    LabRoute.all(trust) { scenario in
      switch scenario.reach {
      case .path, .port: .tcp(host: host, port: port(of: scenario) ?? 0)
      case .unix: .unix(path: unixPath(of: scenario) ?? "")
      case .address(let host, let port): .tcp(host: host, port: Int(port))
      }
    }
  }

  /// Whether the kernel refuses us what permissions forbid; where not, `unix-socket-permission` cannot show itself.
  public static var arePermissionsEnforced: Bool { LabFolder.arePermissionsEnforced }

  /// What has been seen since the start or the last reset.
  public var counts: LabCounts { ledger.counts }

  public func resetCounts() { ledger.reset() }

  /// Closes every listener, connection and file. Returns when all of them are closed.
  public func stop() async throws {
    for listener in listeners { listener.close(promise: nil) }
    for listener in listeners { try? await listener.closeFuture.get() }
    for channel in ledger.stop() {
      channel.close(promise: nil)
      try? await channel.closeFuture.get()
    }
    raw.withLock { sockets in
      for index in sockets.indices { sockets[index].close() }
      sockets = []
    }
    folder.remove(Array(unixPaths.keys) + LabTrust.names)
  }
}

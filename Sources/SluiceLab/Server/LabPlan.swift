/// Where a lab listens.
///
/// With `portsFrom` and `sockets` every address is known before the lab runs: a configuration that was made from the
/// same plan fits it, on this day and the next.
public struct LabPlan: Sendable, Equatable {
  /// What the commands take where nothing else is said.
  public static let standardPort = 9500
  public static let standardPortsFrom = 9501

  /// An IPv4 or IPv6 address.
  public var host = "127.0.0.1"
  /// Of the main address; 0 for any free one.
  public var port = 0
  /// The first of the scenarios' own ports, which follow each other in the order of the catalogue; nil for any free
  /// ones.
  public var portsFrom: Int?
  /// The folder of the Unix sockets; nil for a new one that is removed at the end.
  public var sockets: String?

  public init() {}

  /// Fixed addresses.
  public init(host: String, port: Int, portsFrom: Int, sockets: String) {
    self.host = host
    self.port = port
    self.portsFrom = portsFrom
    self.sockets = sockets
  }

  /// `sluice-lab` below the folder for temporary files, or below `/tmp` where the path of a socket would be too long.
  public static func standardSockets(temporary folder: String?) -> String {
    let base = folder.map { $0.hasSuffix("/") && $0.count > 1 ? String($0.dropLast()) : $0 } ?? "/tmp"
    return base.utf8.count > LabFolder.baseBytesMax ? "/tmp/sluice-lab" : "\(base)/sluice-lab"
  }

  /// The names of scenarios with a port of their own, in the catalogue's order.
  public static let ownPorts: [String] = LabCatalogue.scenarios.compactMap { scenario in
    if case .port(let name) = scenario.reach { name } else { nil }
  }

  /// The own ports, and behind them those that the paths of a transport share.
  static let portNames = ownPorts + LabTransport.sharedPorts.map(\.name)

  /// Why nothing can listen like that, nil where it can.
  public var problem: String? {
    guard (0...65535).contains(port) else { return "the port must be 0 to 65535" }
    if let portsFrom {
      let last = portsFrom + Self.portNames.count - 1
      guard portsFrom > 0, last <= 65535 else {
        return "the \(Self.portNames.count) own ports must lie within 1 to 65535"
      }
      if (portsFrom...last).contains(port) {
        return "the main port \(port) is among the own ports \(portsFrom) to \(last)"
      }
    }
    if let sockets, sockets.isEmpty || sockets.utf8.count > LabFolder.baseBytesMax + 16 {
      return "the folder of the sockets must have 1 to \(LabFolder.baseBytesMax + 16) bytes"
    }
    return nil
  }

  /// The planned port of a scenario; nil where it has none, or where any free one is taken.
  public func port(of scenario: Scenario) -> Int? {
    switch scenario.reach {
    case .path: scenario.transport.sharedPort.map { sharedPort($0) } ?? (port == 0 ? nil : port)
    case .port(let name): sharedPort(name)
    case .address(_, let port): Int(port)
    case .unix: nil
    }
  }

  /// The planned port of that name; nil where any free one is taken.
  func sharedPort(_ name: String) -> Int? {
    portsFrom.flatMap { first in Self.portNames.firstIndex(of: name).map { first + $0 } }
  }

  /// The planned Unix socket of a scenario.
  public func unixPath(of scenario: Scenario) -> String? {
    guard case .unix(let name) = scenario.reach else { return nil }
    return sockets.map { "\($0)/\(name)" }
  }

  /// How a gateway in front of a lab with this plan must route. Every address has to be fixed.
  public var routes: [LabRoute] {
    LabRoute.all(sockets.map { LabTrust(folder: $0) }) { scenario in
      switch scenario.reach {
      case .path, .port: .tcp(host: host, port: port(of: scenario) ?? 0)
      case .unix: .unix(path: unixPath(of: scenario) ?? "")
      case .address(let host, let port): .tcp(host: host, port: Int(port))
      }
    }
  }
}

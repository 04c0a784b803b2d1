import Foundation
import NIOPosix
import TestSupport
import Testing

@testable import SluiceLab

/// What `sluice lab config` prints: every scenario at the same path, and text that the gateways themselves accept.
struct GatewayKindTests {
  private static let plan = LabPlan(host: "127.0.0.1", port: 9500, portsFrom: 9501, sockets: "/run/lab")

  @Test(arguments: GatewayKind.allCases)
  func leadsToEveryScenario(_ kind: GatewayKind) {
    let text = kind.configuration(GatewayPlan(host: "127.0.0.1", port: 8080, routes: Self.plan.routes))
    for route in Self.plan.routes {
      #expect(
        text.contains(" \(route.path) ") || text.contains(" '\(route.path)',") || text.contains(" \(route.path)\n"))
      switch route.endpoint {
      case .tcp(_, let port):
        #expect(text.contains(":\(port)") == kind.speaks(route.transport) || isShared(route), "\(route.name)")
      case .unix(let path): #expect(text.contains(path), "\(route.name)")
      }
    }
    #expect(text.contains("127.0.0.1:8080") || text.contains("http://:8080"))
    #expect((text.contains("2s") || text.contains(" timeout=2\n")) && text.hasSuffix("\n"))
  }

  /// Whether other routes lead to the same address.
  private func isShared(_ route: LabRoute) -> Bool {
    Self.plan.routes.count { $0.endpoint == route.endpoint } > 1
  }

  @Test func everyRouteHasAPathOfItsOwn() {
    let routes = Self.plan.routes
    #expect(routes.count == LabCatalogue.scenarios.count)
    #expect(Set(routes.map(\.path)).count == routes.count && Set(routes.map(\.upstream)).count == routes.count)
    #expect(routes.first { $0.name == "ssh-port" }?.path == "/lab/ssh-port")
    #expect(routes.first { $0.name == "stall-head" }?.path == "/stall-head")
  }

  /// The real programs, where they are installed: without logs and with either form of them.
  @Test(arguments: [
    (GatewayKind.nginx, ["nginx", "-t", "-p", "FOLDER", "-c", "FILE"]), (.haproxy, ["haproxy", "-c", "-f", "FILE"]),
    (.httpd, ["apache2", "-t", "-d", "FOLDER", "-f", "FILE"]),
    (.caddy, ["caddy", "validate", "--config", "FILE", "--adapter", "caddyfile"]),
  ])
  func theGatewayItselfAcceptsIt(_ kind: GatewayKind, _ command: [String]) async throws {
    guard let program = Self.program(command[0]) else { return }
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("lab-\(UInt64.random(in: 0 ... .max))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let forms: [GatewayLogs.Form?] = [nil, .usual, .detailed]
    for (host, form) in zip(["127.0.0.1", "::1", "127.0.0.1"], forms) {
      let file = folder.appendingPathComponent(kind.fileName)
      var lab = Self.plan
      lab.sockets = folder.path
      try LabTrust(folder: folder.path).write(LabCertificates.shared)
      let logs = form.map { GatewayLogs(folder: folder.path, form: $0) }
      let plan = GatewayPlan(host: host, port: try await Self.freePort(), routes: lab.routes, logs: logs)
      try Data(kind.configuration(plan).utf8).write(to: file)
      let arguments = command.dropFirst().map {
        $0.replacingOccurrences(of: "FOLDER", with: folder.path).replacingOccurrences(of: "FILE", with: file.path)
      }
      let (status, output) = try await blocking { try Self.run(program, Array(arguments), home: folder.path) }
      #expect(status == 0, "\(kind) \(host): \(output)")
    }
  }

  /// Nobody who only tries the lab gets files that he did not ask for; who asks gets every log in that folder.
  @Test(arguments: GatewayKind.allCases.filter { $0 != .sluice })
  func logsOnlyWhereItIsAskedTo(_ kind: GatewayKind) {
    let silent = kind.configuration(GatewayPlan(host: "127.0.0.1", port: 8080, routes: Self.plan.routes))
    #expect(!silent.contains("access.log") && !silent.contains("httplog"))
    for form in GatewayLogs.Form.allCases {
      let logs = GatewayLogs(folder: "/var/log/lab", form: form)
      let text = kind.configuration(GatewayPlan(host: "127.0.0.1", port: 8080, routes: Self.plan.routes, logs: logs))
      #expect(text.contains(kind == .haproxy ? "log /var/log/lab/log.sock" : "/var/log/lab/access.log"))
    }
    let usual = GatewayPlan(
      host: "127.0.0.1", port: 8080, routes: Self.plan.routes, logs: GatewayLogs(folder: "/var/log/lab"))
    var detailed = usual
    detailed.logs?.form = .detailed
    #expect(kind.configuration(usual) != kind.configuration(detailed))
  }

  private static func program(_ name: String) -> String? {
    ["/usr/sbin", "/usr/bin", "/usr/local/bin", "/usr/local/sbin"].map { "\($0)/\(name)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// One that the system had free a moment ago.
  private static func freePort() async throws -> Int {
    let origin = try await BuiltInOrigin.start(group: MultiThreadedEventLoopGroup.singleton)
    let port = origin.port
    try await origin.stop()
    return port
  }

  private static func run(_ program: String, _ arguments: [String], home: String) throws -> (Int32, String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.environment = ["HOME": home, "XDG_DATA_HOME": home, "XDG_CONFIG_HOME": home]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }
}

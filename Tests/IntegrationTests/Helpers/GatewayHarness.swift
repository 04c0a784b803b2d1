import Foundation
import Logging
import NIOPosix
import SluiceConfiguration
import SluiceGateway
import SluiceLab
import TestSupport
import Testing

/// A gateway in this process, on ports of its own, with an access log that the test can read.
struct GatewayHarness: Sendable {
  static let name = "sluice-test"

  struct Invalid: Error {
    var diagnostics: [String]
  }

  let gateway: Gateway
  let output: GatewayOutput
  let log: RecordReader
  /// The first listener's port, 0 for a Unix socket.
  let port: Int

  /// - Parameters:
  ///   - yaml: a configuration; the access log, the name and a short drain are added where it has none.
  ///   - store: where incidents are kept; nil: nowhere.
  ///   - trafficSpan: milliseconds of one part of the counts of traffic.
  static func start(
    _ yaml: String, errors: Int32? = nil, store: String? = nil, name: String = Self.name, trafficSpan: Int64 = 10_000
  ) async throws -> GatewayHarness {
    let log = RecordReader(path: temporaryPath("access.log"))
    let configuration = try load(yaml, log: log.path)
    let output = try GatewayOutput(configuration, format: .text(colored: false), errors: errors ?? quiet, store: store)
    let gateway = try await Gateway.start(
      configuration, name: name, output: output, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
      trafficSpan: trafficSpan)
    return GatewayHarness(
      gateway: gateway, output: output, log: log, port: await gateway.port(ofListener: 0) ?? 0)
  }

  static func load(_ yaml: String, log: String) throws -> Configuration {
    var text = yaml + "\n"
    if !yaml.contains("accessLog:") { text += "accessLog: { path: '\(log)', query: full }\n" }
    if !yaml.contains("drain:") { text += "drain: { deadline: 300ms }\n" }
    if !yaml.contains("workers:") { text += "workers: 2\n" }
    let result = ConfigurationLoader.load(text: text, file: "test.yaml", environment: [:])
    guard let configuration = result.configuration else {
      throw Invalid(diagnostics: result.diagnostics.map(\.rendered))
    }
    return configuration
  }

  func stop() async {
    await gateway.drain()
    output.stop()
    try? FileManager.default.removeItem(atPath: log.path)
  }

  func client() throws -> RawClient { try RawClient(port: port) }

  /// Sends one request on a connection of its own and reads the answer.
  func exchange(_ request: [UInt8], keeping limit: Int = RawClient.keptBytes) async throws -> RawResponse {
    let port = port
    return try await blocking { try RawClient(port: port).exchange(request, keeping: limit) }
  }

  func exchange(_ request: String) async throws -> RawResponse { try await exchange(Array(request.utf8)) }

  func get(_ target: String, _ fields: String...) async throws -> RawResponse {
    try await exchange("GET \(target) HTTP/1.1\r\nHost: test\r\n" + fields.map { $0 + "\r\n" }.joined() + "\r\n")
  }

  /// Where lines go that no test reads.
  private static let quiet = open("/dev/null", O_WRONLY | O_CLOEXEC)

  static func temporaryPath(_ name: String) -> String {
    FileManager.default.temporaryDirectory.appendingPathComponent(
      "sluice-\(UInt32.random(in: 0 ... .max))-\(name)"
    ).path
  }
}

/// Runs a test with a gateway and stops it whatever happens.
func withGateway<Value>(
  _ yaml: String, errors: Int32? = nil, store: String? = nil, _ body: (GatewayHarness) async throws -> Value
) async throws -> Value {
  let harness = try await GatewayHarness.start(yaml, errors: errors, store: store)
  do {
    let value = try await body(harness)
    await harness.stop()
    return value
  } catch {
    await harness.stop()
    throw error
  }
}

/// Runs a test with a lab and a gateway in front of its main address.
func withGatewayAndLab<Value>(
  _ extra: String = "", upstream: String = "", listener: String = "",
  _ body: (GatewayHarness, LabServer) async throws -> Value
) async throws -> Value {
  try await withLab { lab in
    try await withGateway(
      """
      listeners: [{ address: '127.0.0.1:0'\(listener.isEmpty ? "" : ", " + listener) }]
      upstreams:
        app: { endpoints: ['http://127.0.0.1:\(lab.port)']\(upstream.isEmpty ? "" : ", " + upstream) }
      \(extra)
      """
    ) { try await body($0, lab) }
  }
}

func withLab<Value>(_ body: (LabServer) async throws -> Value) async throws -> Value {
  let lab = try await LabServer.start(group: MultiThreadedEventLoopGroup.singleton)
  do {
    let value = try await body(lab)
    try await lab.stop()
    return value
  } catch {
    try await lab.stop()
    throw error
  }
}

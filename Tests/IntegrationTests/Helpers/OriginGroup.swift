import Foundation
import SluiceGateway
import Synchronization
import TestSupport
import Testing

/// Several origins, each answering with its number, that can go and come back at their port.
final class OriginGroup: Sendable {
  private let origins: Mutex<[RecordingOrigin]>
  /// The status that each answers with; 0: it says nothing.
  let statuses: [SharedNumber]
  let ports: [Int]

  init(_ count: Int) throws {
    let statuses = (0..<count).map { _ in SharedNumber(200) }
    let made = try statuses.enumerated().map { index, status in
      try RecordingOrigin(answer: Self.answer(index, status))
    }
    self.statuses = statuses
    ports = made.map(\.port)
    origins = Mutex(made)
  }

  private static func answer(_ index: Int, _ status: SharedNumber) -> @Sendable (String) -> [UInt8] {
    { head in
      let code = status.value
      if code == 0 { return [] }
      // Only the check sees what `checkStatus` says.
      let shown = code < 0 ? (head.hasPrefix("GET /healthz") ? -code : 200) : code
      return Array("HTTP/1.1 \(shown) X\r\nContent-Length: 1\r\n\r\n\(index)".utf8)
    }
  }

  func url(_ index: Int) -> String { "http://127.0.0.1:\(ports[index])" }
  var urls: String { ports.indices.map { "'\(url($0))'" }.joined(separator: ", ") }

  /// Nobody listens there any longer, and every connection is cut.
  func stop(_ index: Int) { origins.withLock { $0[index] }.stop() }

  func restart(_ index: Int) throws {
    let again = try RecordingOrigin(port: ports[index], answer: Self.answer(index, statuses[index]))
    origins.withLock { $0[index] = again }
  }

  func received(_ index: Int) -> String { text(origins.withLock { $0[index] }.received) }
  func openConnections(_ index: Int) -> Int { origins.withLock { $0[index] }.openConnections }
  func clear() { for origin in origins.withLock({ $0 }) { origin.clear() } }
  func stopAll() { for origin in origins.withLock({ $0 }) { origin.stop() } }
}

/// A number that closures and lists can share.
final class SharedNumber: Sendable {
  private let atomic: Atomic<Int>
  init(_ value: Int) { atomic = Atomic(value) }
  var value: Int {
    get { atomic.load(ordering: .relaxed) }
    set { atomic.store(newValue, ordering: .relaxed) }
  }

  func add(_ count: Int) { atomic.wrappingAdd(count, ordering: .relaxed) }
}

/// A gateway in front of some origins.
///
/// - Parameter endpoints: of the configuration; the origins' URLs where nothing is given.
func withGatewayAndOrigins<Value>(
  _ count: Int, upstream: String, endpoints: ((OriginGroup) -> String)? = nil, workers: Int = 2,
  _ body: (GatewayHarness, OriginGroup) async throws -> Value
) async throws -> Value {
  let origins = try OriginGroup(count)
  defer { origins.stopAll() }
  let yaml = healthYAML(origins, upstream: upstream, endpoints: endpoints, workers: workers)
  return try await withGateway(yaml) { try await body($0, origins) }
}

func healthYAML(
  _ origins: OriginGroup, upstream: String, endpoints: ((OriginGroup) -> String)? = nil, workers: Int = 2
) -> String {
  """
  listeners: [{ address: '127.0.0.1:0' }]
  workers: \(workers)
  upstreams:
    app: { endpoints: [\(endpoints?(origins) ?? origins.urls)], \(upstream) }
  """
}

extension GatewayHarness {
  func standings() async -> [String] { await gateway.endpoints(ofUpstream: "app").map(\.standing) }

  /// Waits until the endpoint stands so.
  func waits(for standing: String, of index: Int, within seconds: Double = 5) async -> Bool {
    await eventually(within: seconds) { await standings()[index] == standing }
  }

  /// Who answered how often.
  func answers(_ count: Int, _ method: String = "GET") async throws -> [String: Int] {
    var answers: [String: Int] = [:]
    for _ in 0..<count {
      let response = try await exchange("\(method) / HTTP/1.1\r\nHost: test\r\nContent-Length: 0\r\n\r\n")
      answers[response.status == 200 ? response.bodyText : "\(response.status)", default: 0] += 1
    }
    return answers
  }
}

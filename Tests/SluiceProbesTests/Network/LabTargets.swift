import NIOPosix
import SluiceConfiguration
import SluiceLab
import Testing

@testable import SluiceProbes

/// The lab as the endpoints of a configuration name it.
enum LabTargets {
  /// Runs a test with a lab, and closes it whatever happens.
  static func withLab<Value>(_ body: (LabServer) async throws -> Value) async throws -> Value {
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

  static func target(_ name: String, of lab: LabServer) throws -> ProbeTarget {
    try target(try #require(LabCatalogue.scenario(name)), of: lab)
  }

  static func target(_ scenario: Scenario, of lab: LabServer) throws -> ProbeTarget {
    let name =
      switch scenario.transport {
      case .http1, .tlsHTTP1, .tlsCertificate: "http1"
      case .http2, .tlsHTTP2: "http2"
      case .tlsAny: "auto"
      }
    let pair =
      scenario.transport == .tlsCertificate
      ? "certificate: \(lab.trust.certificate), key: \(lab.trust.key), " : ""
    let endpoint = lab.endpoint(of: scenario)
    let tls = endpoint.hasPrefix("https") ? "tls: {\(pair)serverName: origin.lab.test, trust: \(lab.trust.root)}" : ""
    var target = try configured("endpoints: ['\(endpoint)'], protocol: \(name)", tls.isEmpty ? "" : ", \(tls)")
    target.path = scenario.target
    return target
  }

  /// The first endpoint of an upstream with these keys.
  static func configured(_ keys: String, _ more: String = "") throws -> ProbeTarget {
    let text = """
      name: doctor-test
      listeners: [{address: '127.0.0.1:0'}]
      upstreams:
        app: {\(keys)\(more)}
      """
    let loaded = ConfigurationLoader.load(text: text, file: "test.yaml", environment: [:])
    let configuration = try #require(loaded.configuration, "\(loaded.errors.map(\.text))")
    return try #require(ProbeTarget.targets(of: configuration.upstreams[0], in: configuration).first)
  }
}

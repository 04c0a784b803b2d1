import SluiceDiagnosis
import SluiceIncidents

@testable import SluiceAdmin

extension AdminSource {
  static let time: Int64 = 1_790_000_000_000

  /// A gateway with one upstream, `api`, whose second endpoint is ejected.
  ///
  /// - Parameter store: the file of incidents; nil: nothing is kept.
  static func sample(_ noted: Noted = Noted(), store: String? = nil) -> AdminSource {
    AdminSource(
      note: { change in
        noted.changes.withLock { changes in
          guard !changes.contains(change) else { return false }
          changes.append(change)
          return true
        }
      }, changes: { noted.changes.withLock { $0 } }, upstreams: { ["api"] },
      isDraining: { noted.isDraining.withLock { $0 } }, wallTime: { time }, status: { .sample },
      upstreamStates: { [.sample] },
      store: { () throws(StoreError) in
        guard let store else { return nil }
        return try IncidentReader(path: store)
      },
      traffic: { upstream, since in
        [
          TrafficCount(
            time: time - 20_000, span: 10_000, upstream: upstream, endpoint: nil, requests: 100, gatewayFailures: 5),
          TrafficCount(
            time: time - 1_200_000, span: 10_000, upstream: upstream, endpoint: nil, requests: 7,
            applicationFailures: 1),
        ].filter { $0.time >= since }
      },
      setDraining: { upstream, endpoint, isDraining in
        guard var found = UpstreamDocument.sample.endpoints.first(where: { $0.endpoint == endpoint }) else {
          return nil
        }
        found.state = isDraining ? .draining : .healthy
        noted.drains.withLock { $0.append("\(upstream) \(endpoint) \(isDraining)") }
        return found
      }, examine: { _, moment in await noted.examine(moment) })
  }

  /// With its pulse, which stands still.
  static func table(_ noted: Noted = Noted(), store: String? = nil) -> AdminTable {
    let source = AdminSource.sample(noted, store: store)
    return AdminTable(source, AdminPulse(source))
  }
}

extension StatusDocument {
  static var sample: StatusDocument {
    StatusDocument(
      time: AdminSource.time, name: "sluice-test", version: "0.1.0", startedAt: AdminSource.time - 60_000,
      isDraining: false, generation: 2,
      reload: ReloadDocument(time: AdminSource.time - 1_000, outcome: .refused, reason: "sluice.yaml has mistakes"),
      workers: 2,
      listeners: [
        ListenerDocument(
          address: "127.0.0.1:8443", port: 8443, isTLS: true, connections: 3, connectionsMax: 20_000,
          certificates: [
            CertificateDocument(
              subject: "CN=example.com", names: ["example.com"], file: "server.pem",
              notAfter: AdminSource.time + 20 * CertificateDocument.day + 1, at: AdminSource.time)
          ])
      ],
      counts: CountsDocument(
        clientConnections: 3, endpointConnections: 2, idleConnections: 1, exchanges: 1, acceptedTotal: 40,
        exchangesTotal: 39),
      process: ProcessDocument(id: 4711, memoryBytes: 20 << 20, descriptors: 40, descriptorsMax: 1 << 20),
      store: StoreDocument(state: .working, path: "/var/lib/sluice/incidents.sqlite"),
      drops: DropsDocument(logLines: 0, incidents: 0, alerts: 0))
  }
}

extension UpstreamDocument {
  static var sample: UpstreamDocument {
    let none = TrafficWindow([], spanMs: 60_000, at: 0, since: 0)
    func endpoint(_ port: Int, _ state: EndpointDocument.State) -> EndpointDocument {
      EndpointDocument(
        endpoint: "http://127.0.0.1:\(port)", state: state, weight: 1, priority: 0, requests: 0, connectionsInUse: 0,
        connectionsIdle: 0, failuresInARow: 0, lastMinute: none)
    }
    var ejected = endpoint(3001, .ejected)
    ejected.reason = "connect_refused"
    ejected.untilMs = 4_000
    return UpstreamDocument(
      name: "api", balance: "leastRequest", protocolChoice: "auto", isPanicMode: false,
      endpoints: [endpoint(3000, .healthy), ejected],
      load: UpstreamLoad(
        requests: 0, requestsMax: 1024, queued: 0, queueMax: 1024, connections: 0, connectionsMax: 1024),
      retry: RetryDocument(attemptsMax: 3, budget: 0.2, replays: 0, replaysMax: 100, windowMs: 10_000),
      lastMinute: none)
  }
}

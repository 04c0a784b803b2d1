public import SluiceConfiguration
internal import SluiceCore
internal import SluiceIncidents

// What the admin address shows. Each worker is asked once for all of its numbers; nothing here is on the path of a
// request.

extension Gateway {
  /// In force.
  public var configuration: Configuration { snapshot.configuration }
  public var generationInForce: UInt64 { generation }
  public nonisolated var workerCount: Int { workers.count }
  public nonisolated var name: String { services.name }

  /// In the order of the configuration.
  public func listenerReports() async -> [ListenerReport] {
    var connections: [ListenAddress: Int] = [:]
    for worker in workers {
      let counts = (try? await worker.ask { $0.listeners.mapValues(\.connections) }) ?? [:]
      connections.merge(counts, uniquingKeysWith: +)
    }
    let certificates = certificates
    return snapshot.configuration.listeners.map { listener in
      ListenerReport(
        configuration: listener, port: listeners[listener.address]?.localAddress?.port,
        connections: connections[listener.address] ?? 0, certificates: certificates[listener.address] ?? [])
    }
  }

  /// In the order of the configuration.
  public func upstreamReports() async -> [UpstreamReport] {
    var uses: [EndpointUse] = []
    for worker in workers { uses += (try? await worker.ask { $0.endpointUses }) ?? [] }
    let byUpstream = Dictionary(grouping: uses, by: \.upstream)
    let now = Clock.now()
    return snapshot.configuration.upstreams.compactMap { upstream in
      report(of: upstream, byUpstream[upstream.name] ?? [], at: now)
    }
  }

  private func report(
    of upstream: UpstreamConfiguration, _ uses: [EndpointUse], at now: Instant
  ) -> UpstreamReport? {
    guard let health = services.health(named: upstream.name), let permits = services.permits(named: upstream.name)
    else { return nil }
    let (endpoints, view) = health.lineupInForce
    let replays = permits.retries.state(share: upstream.retry.budget, at: now)
    return UpstreamReport(
      configuration: upstream, load: UpstreamLoad(permits, upstream.limits, heldBackBy: nil),
      replays: replays.used, replaysMax: replays.limit, replayWindowMs: RetryBudget.windowSeconds * 1000,
      isPanicMode: view.tiers.isEmpty && view.fallback == .panic,
      endpoints: endpoints.enumerated().map { index, endpoint in
        let state = view.states.indices.contains(index) ? view.states[index] : nil
        return report(of: endpoint, index, in: upstream.name, state, uses, at: now)
      })
  }

  private func report(
    of endpoint: EndpointConfiguration, _ index: Int, in upstream: String, _ state: HealthView.State?,
    _ uses: [EndpointUse], at now: Instant
  ) -> EndpointReport {
    let history = services.history(of: endpoint.url, in: upstream)
    var report = EndpointReport(
      configuration: endpoint, condition: history.condition(at: now, isFailedOne: false, state))
    for use in uses where use.index == index && use.url == endpoint.url {
      report.requests += use.requests
      report.connections += use.connections
      report.idle += use.idle
    }
    report.certificate = services.certificates.latest(of: endpoint.url, in: upstream).map {
      EndpointReport.Certificate(subject: $0.subject, notAfter: $0.notAfter)
    }
    return report
  }
}

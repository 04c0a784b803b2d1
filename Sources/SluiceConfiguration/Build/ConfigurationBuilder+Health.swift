internal import SluiceCore

// What the keys of an upstream's health say of each other.

extension ConfigurationBuilder {
  mutating func buildHealth(_ draft: Located<HealthDraft>) -> HealthCheckConfiguration? {
    let health = draft.value
    if health.timeout >= health.interval, let place = draft.keys["timeout"] ?? draft.keys["interval"] {
      error(
        "'timeout' (\(Quantity.show(health.timeout))) must be less than 'interval' "
          + "(\(Quantity.show(health.interval))): a check ends before the next begins", at: place)
    }
    guard let kind = checkKind(draft) else { return nil }
    return HealthCheckConfiguration(
      kind: kind, interval: health.interval, timeout: health.timeout, rise: health.rise, fall: health.fall)
  }

  private mutating func checkKind(_ draft: Located<HealthDraft>) -> HealthCheckConfiguration.Kind? {
    let health = draft.value
    if health.tcp {
      for name in ["path", "grpc", "host", "statuses"] {
        if let place = draft.keys[name] {
          error("'\(name)' is not used with 'tcp: true', which asks for nothing", at: place)
        }
      }
      return .tcp
    }
    if let service = health.grpc {
      for name in ["path", "statuses"] {
        if let place = draft.keys[name] { error("'\(name)' is not used with 'grpc'", at: place) }
      }
      return .grpc(service: service, host: health.host)
    }
    guard let path = health.path else {
      // One that was misread was told already.
      if !draft.given.contains("path"), !draft.given.contains("grpc") {
        error("'health' needs a 'path' to ask for, 'grpc', or 'tcp: true' to connect only", at: draft.position)
      }
      return nil
    }
    return .http(path: path, host: health.host, statuses: health.statuses.map(\.value))
  }

  /// Checks speak what requests do; a gRPC check has to.
  mutating func checkProtocol(
    _ check: HealthCheckConfiguration?, _ upstream: UpstreamDraft, _ endpoints: [EndpointConfiguration]
  ) -> HealthCheckConfiguration? {
    guard var check else { return nil }
    check.speaksHTTP2 = upstream.protocolChoice == .http2
    guard case .grpc = check.kind else { return check }
    let mayBeHTTP2 = upstream.protocolChoice == .auto && endpoints.allSatisfy(\.usesTLS)
    if !check.speaksHTTP2, !mayBeHTTP2, let health = upstream.health {
      error(
        "'grpc' needs HTTP/2, which is spoken to 'https' endpoints, or with 'protocol: http2'",
        at: health.keys["grpc"] ?? health.position)
    }
    check.speaksHTTP2 = true
    return check
  }

  mutating func buildEjection(_ draft: Located<EjectionPolicy>) -> EjectionPolicy {
    let ejection = draft.value
    if ejection.time > ejection.timeMax, let place = draft.keys["time"] ?? draft.keys["timeMax"] {
      error(
        "'time' (\(Quantity.show(ejection.time))) is more than 'timeMax' (\(Quantity.show(ejection.timeMax)))",
        at: place)
    }
    if ejection.share == 0, let place = draft.keys["share"] {
      warning("with 'share: 0%' nobody is left out; 'ejection: off' says so", at: place)
    }
    return ejection
  }

  mutating func buildPolicy(_ draft: UpstreamDraft, _ check: HealthCheckConfiguration?) -> HealthPolicy {
    var policy = HealthPolicy()
    policy.ejection = buildEjection(draft.ejection)
    policy.usesChecks = check != nil
    policy.rise = check?.rise ?? policy.rise
    policy.fall = check?.fall ?? policy.fall
    policy.usesPanic = draft.usesPanic
    policy.slowStart = draft.slowStart
    return policy
  }

  /// Priorities and draining of an upstream's endpoints.
  mutating func checkStandings(_ draft: Located<UpstreamDraft>) {
    let endpoints = draft.value.endpoints ?? []
    guard !endpoints.isEmpty else { return }
    let place = draft.keys["endpoints"] ?? draft.position
    if endpoints.allSatisfy(\.value.drain) {
      warning("every endpoint has 'drain: true', so each request is answered 503", at: place)
    }
    let priorities = Set(endpoints.map { priority($0.value) })
    if priorities.count == 1, priorities != [0] {
      warning("every endpoint is a backup of the same priority, so none is", at: place)
    }
    for endpoint in endpoints {
      guard let backup = endpoint.keys["backup"], endpoint.keys["priority"] != nil else { continue }
      error("'backup' and 'priority' say the same thing; 'backup: true' is 'priority: 1'", at: backup)
    }
  }

  func priority(_ draft: EndpointDraft) -> Int { draft.backup ? max(draft.priority, 1) : draft.priority }
}

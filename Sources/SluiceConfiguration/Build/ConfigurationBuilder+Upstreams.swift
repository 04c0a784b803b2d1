internal import SluiceCore

extension ConfigurationBuilder {
  mutating func buildUpstream(_ named: Named<Located<UpstreamDraft>>) -> UpstreamConfiguration {
    let draft = named.value
    checkTimeouts(draft.value.timeouts)
    checkLimits(draft.value.limits)
    checkWeights(draft)
    checkStandings(draft)
    checkTLS(draft)
    let endpoints = buildEndpoints(draft.value.endpoints ?? [])
    let check = checkProtocol(draft.value.health.flatMap { buildHealth($0) }, draft.value, endpoints)
    return UpstreamConfiguration(
      name: named.name, endpoints: endpoints, balance: buildBalance(draft),
      timeouts: draft.value.timeouts.value, retry: draft.value.retry.value, limits: draft.value.limits.value,
      adaptive: buildAdaptive(draft), log: draft.value.log?.relative(toFolderOf: diagnostics.file), check: check,
      health: buildPolicy(draft.value, check),
      protocolChoice: draft.value.protocolChoice, tls: draft.value.tls.value,
      proxyProtocol: draft.value.proxyProtocol)
  }

  private mutating func buildEndpoints(_ drafts: [Located<EndpointDraft>]) -> [EndpointConfiguration] {
    var lines: [EndpointTarget: Int] = [:]
    return drafts.compactMap { draft in
      guard let url = draft.value.url else { return nil }
      let place = draft.keys["url"] ?? draft.position
      if let line = lines[url.target] {
        warning("this endpoint is listed already, line \(line); use 'weight' to give it more requests", at: place)
      }
      lines[url.target] = place.line
      return EndpointConfiguration(
        url: url.text, target: url.target, usesTLS: url.usesTLS, weight: draft.value.weight,
        priority: priority(draft.value),
        isDraining: draft.value.drain)
    }
  }

  private mutating func checkWeights(_ draft: Located<UpstreamDraft>) {
    guard let endpoints = draft.value.endpoints, !endpoints.isEmpty, endpoints.allSatisfy({ $0.value.weight == 0 })
    else { return }
    error("every endpoint has 'weight: 0', so none would get a request", at: draft.keys["endpoints"] ?? draft.position)
  }

  private mutating func buildBalance(_ draft: Located<UpstreamDraft>) -> BalancePolicy {
    var balance = draft.value.balance
    if let key = draft.value.hashOn {
      if case .consistentHash = balance {
        balance = .consistentHash(key)
      } else if let place = draft.keys["hashOn"] {
        error("'hashOn' needs 'balance: consistentHash'", at: place)
      }
    }
    guard let sticky = draft.value.sticky, let cookie = sticky.value.cookie else { return balance }
    return .sticky(cookie: cookie, fallback: balance)
  }

  /// Only what was written is told to be wrong: a default that another value makes useless is simply never reached.
  private mutating func checkTimeouts(_ draft: Located<UpstreamTimeouts>) {
    let timeouts = draft.value
    if let request = draft.keys["request"], let queue = draft.keys["queue"], timeouts.queue >= timeouts.request {
      error(
        "'queue' (\(Quantity.show(timeouts.queue))) must be less than 'request' "
          + "(\(Quantity.show(timeouts.request)), line \(request.line)), which counts the waiting too", at: queue)
    }
    if let request = draft.keys["request"] {
      for (name, path) in [("connect", \UpstreamTimeouts.connect), ("responseHead", \UpstreamTimeouts.responseHead)] {
        guard let place = draft.keys[name], timeouts[keyPath: path] > timeouts.request else { continue }
        warning(
          "'\(name)' (\(Quantity.show(timeouts[keyPath: path]))) is never reached: 'request' ends all attempts after "
            + "\(Quantity.show(timeouts.request)) (line \(request.line))", at: place)
      }
    }
    if let place = draft.keys["poolIdle"], timeouts.poolIdle >= .seconds(5) {
      warning(
        "'poolIdle' is \(Quantity.show(timeouts.poolIdle)), but many servers close idle connections after 5s "
          + "(Node.js) or less; keep it below the upstream's own time", at: place)
    }
  }

  private mutating func checkLimits(_ draft: Located<UpstreamLimits>) {
    let limits = draft.value
    // Over HTTP/1.1 each request in progress holds a connection.
    if let place = draft.keys["requests"], let connections = draft.keys["connections"],
      limits.requests > limits.connections
    {
      warning(
        "'requests' (\(limits.requests)) is never reached: each request needs one of the \(limits.connections) "
          + "'connections' (line \(connections.line))", at: place)
    }
  }
}

internal import SluiceWire

@testable internal import SluiceCore

/// Effects and state as one line, for tables that a person can read.
enum ExchangeDescription {
  static func line(_ effects: ExchangeEffects, _ exchange: Exchange, since start: Instant) -> String {
    let list = effects.list.map { text($0, exchange) }.joined(separator: " ")
    return (list.isEmpty ? "-" : list) + " → " + state(exchange, since: start)
  }

  /// Stage, half, flags, what is waited for (in seconds from the start), and what the record would say.
  static func state(_ exchange: Exchange, since start: Instant) -> String {
    var parts = [stage(exchange.stage), "phase:\(exchange.phase)"]
    if !exchange.isFinished, exchange.half != .complete { parts.append("\(exchange.half)") }
    if exchange.isClientPaused { parts.append("clientPaused") }
    if exchange.isUpstreamPaused { parts.append("upstreamPaused") }
    if exchange.isClientFull { parts.append("clientFull") }
    if exchange.holdsPermit { parts.append("permit") }
    if !exchange.isBodyKept { parts.append("bodyLost") }
    let waits = deadlines(exchange.deadlines).map { name, at in "\(name)@\((at - start).inMilliseconds / 1000)s" }
    if !waits.isEmpty { parts.append("[" + waits.joined(separator: " ") + "]") }
    if let cause = exchange.cause { parts.append("cause:\(cause)") }
    if let reason = exchange.notRetriedBecause { parts.append("notRetried:\(reason)") }
    if exchange.isAborted { parts.append("aborted") }
    if exchange.isGenerated { parts.append("generated") }
    return parts.joined(separator: " ")
  }

  private static func stage(_ stage: Exchange.Stage) -> String {
    switch stage {
    case .idle: "idle"
    case .routing: "routing"
    case .admitting: "admitting"
    case .waiting(let limit): limit == .configured ? "waiting" : "waiting(\(limit))"
    case .picking: "picking"
    case .retrying: "retrying"
    case .pausing: "pausing"
    case .leasing: "leasing"
    case .awaiting: "awaiting"
    case .relaying(let relay): "relaying(\(relay.count))"
    case .tunnelling(let halves):
      "tunnelling(\(halves.downstreamEnded ? "-" : "<")\(halves.upstreamEnded ? "-" : ">"))"
    case .flushing(let reuse): "flushing(\(reuse ? "reuse" : "close"))"
    case .finished: "finished"
    }
  }

  private static func deadlines(_ deadlines: Deadlines) -> [(String, Instant)] {
    [
      ("queue", deadlines.queue), ("request", deadlines.request), ("responseHead", deadlines.responseHead),
      ("clientRead", deadlines.clientRead), ("clientWrite", deadlines.clientWrite),
      ("upstreamRead", deadlines.upstreamRead), ("upstreamWrite", deadlines.upstreamWrite),
      ("pause", deadlines.pause),
    ].filter { $0.1 != .never }
  }

  private static func text(_ effect: ExchangeEffect, _ exchange: Exchange) -> String {
    switch effect {
    case .forwardResponseHead:
      exchange.forwardedHead.map { "forwardResponseHead(\($0.framing)\($0.keepsAlive ? "" : ",close"))" }
        ?? "forwardResponseHead(?)"
    case .forwardTunnelBytes(let side): "forwardTunnelBytes(\(side))"
    case .halfClose(let side): "halfClose(\(side))"
    case .respond(let cause): "respond(\(cause))"
    case .abort(let reset): reset ? "abort(reset)" : "abort"
    case .endAttempt(let cause): "endAttempt(\(cause.map { "\($0)" } ?? "ok"))"
    case .finishClient(let reuse): reuse ? "finishClient(reuse)" : "finishClient(close)"
    default: "\(effect)".replacing("SluiceCore.ExchangeEffect.", with: "")
    }
  }
}

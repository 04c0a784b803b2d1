internal import SluiceIncidents

/// How an endpoint treats a connection after its first response: a second request, then silence.
enum KeepAliveLook {
  /// - Parameters:
  ///   - first: the answer that has come on the connection.
  ///   - watch: how long the idle connection is watched.
  ///   - poolIdle: how long the gateway keeps one.
  static func look(
    _ connection: ProbeConnection, _ question: ProbeQuestion, after first: ProbeAnswer, within limit: Duration,
    watch: Duration, poolIdle: Duration
  ) async -> Seen<KeepAliveSeen> {
    guard first.isReusable else {
      if first.seen.closesAfter == true {
        return .value(KeepAliveSeen(watchedMs: 0, takesSecondRequest: false))
      }
      return .notRun("The response was not read to its end, so its connection was not used again.")
    }
    let second = await connection.ask(question, within: limit)
    var seen = KeepAliveSeen(watchedMs: 0, takesSecondRequest: second.seen.status != nil)
    seen.announcedMs = first.announcedMs
    seen.poolIdleMs = poolIdle.milliseconds
    guard second.isReusable else { return .value(seen) }
    let span = min(watch, NetworkLimits.keepAliveWatch)
    seen.closedAfterMs = await connection.watch(for: span)
    seen.watchedMs = seen.closedAfterMs ?? span.milliseconds
    return .value(seen)
  }
}

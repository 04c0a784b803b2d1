public import SluiceIncidents
internal import SluiceCore

/// Who listens at an endpoint of this machine, and where the same program listens else.
public enum ListenerLook {
  /// - Parameters:
  ///   - addresses: that the endpoint's name stands for, with or without port; empty for a Unix socket.
  ///   - history: who listened here before, the latest first.
  /// - Returns: `.notRun` where no address is one of this machine.
  public static func look(
    _ target: ExaminationTarget, addresses: [String], history: [ProcessSighting], within limit: Duration
  ) async -> Seen<ListenersSeen> {
    await Look.blocking(within: limit) {
      let end = ProbeClock.milliseconds() + limit.milliseconds
      return seen(target, addresses: addresses, history: history, end: end)
    }
  }

  private static func seen(
    _ target: ExaminationTarget, addresses: [String], history: [ProcessSighting], end: Double
  ) -> Seen<ListenersSeen> {
    if let path = target.socketPath {
      return ListenerScan(place: .unix(path), history: history, end: end).run()
    }
    guard let port = target.port else { return .notRun("The endpoint has no port that could be looked for.") }
    let texts = addresses + [target.host == "localhost" ? "127.0.0.1" : target.host].compactMap { $0 }
    let numeric = Set(texts.compactMap { EndpointAddress($0)?.with(port: port).connected })
    guard !numeric.isEmpty else {
      return .notRun("The name has no address, so that it is not known which machine to look at.")
    }
    let own = LocalAddresses.all()
    let local = numeric.filter { LocalAddresses.isLocal($0, among: own) }
    guard !local.isEmpty else {
      let place = numeric.map { "\($0)" }.sorted().joined(separator: ", ")
      return .notRun("\(place) is another machine: `sluice doctor` sees its processes only where it runs there.")
    }
    let ordered = local.sorted { "\($0)" < "\($1)" }
    return ListenerScan(place: .tcp(ordered, port: port), history: history, end: end).run()
  }
}

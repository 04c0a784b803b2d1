internal import SluiceCore
internal import SluiceIncidents

/// Why nothing listens at an endpoint.
enum AbsenceConclusions {
  /// Ends within ten minutes that make a loop.
  static let loopEnds = 3
  /// A process of a loop runs no longer than this, in milliseconds.
  static let loopRunMax: Int64 = 60_000

  static func conclusions(_ facts: MachineFacts) -> [Conclusion] {
    let places = [elsewhere(facts), otherAddress(facts), zombie(facts)].compactMap { $0 }
    let ends = loop(facts).map { [$0] } ?? ended(facts)
    let found = places + ends
    return found.isEmpty ? [notRunning(facts)].compactMap { $0 } : found
  }

  // MARK: It listens at another place

  /// The program that listened here, started since, with another port.
  static func elsewhere(_ facts: MachineFacts) -> Conclusion? {
    guard let listeners = facts.listeners, let last = facts.last, let found = back(facts) else { return nil }
    let address = Shown.text(found.socket.address)
    let port = facts.examination.target.port.map { "\($0)" } ?? "the configured path"
    let moved = listeners.elsewhere.count > 1 ? ["It listens at \(listeners.elsewhere.count) addresses."] : []
    return Conclusion(
      "The application listens at \(address) now and not at \(facts.place)",
      next: "Correct the port of the endpoint in the configuration, or let the application listen on \(port) again.",
      .root(
        .listeningElsewhere, found.sure,
        [
          "\(Shown.process(found.process)) listens at \(address): \(Shown.text(found.process.command)).",
          "\(Shown.process(last)) listened at the endpoint before: \(Shown.text(last.command)).",
          last.endedAt.map { "That one \(Shown.end(last)) \(Shown.span(from: $0, to: facts.now)) ago." },
          answerElsewhere(facts),
        ] + moved))
  }

  private static func answerElsewhere(_ facts: MachineFacts) -> String? {
    let answer = facts.examination.responses?.value?.first { $0.question == .otherPort }
    return answer?.status.map { "It answers \(answer?.method ?? "GET") with \($0) there." }
  }

  /// One that was there beside the other before is another instance, and has not moved.
  private static func back(
    _ facts: MachineFacts
  ) -> (socket: ListeningSocketSeen, process: ProcessSeen, sure: Sureness)? {
    guard let last = facts.last else { return nil }
    for socket in facts.listeners?.elsewhere ?? [] {
      guard let process = socket.process.flatMap(facts.process), let started = process.startedAt else { continue }
      if process.process == last.process { return (socket, process, .certain) }
      if let ended = last.endedAt, started >= ended - 1_000 { return (socket, process, .certain) }
      if last.endedAt == nil, started > last.lastSeen { return (socket, process, .likely) }
    }
    return nil
  }

  /// As on `::1` and not on `127.0.0.1`, or on one interface alone.
  static func otherAddress(_ facts: MachineFacts) -> Conclusion? {
    guard let other = facts.listeners?.samePort.first, !isFormerAddress(other, facts) else { return nil }
    let addresses = (facts.listeners?.samePort ?? []).map { Shown.text($0.address) }.joined(separator: ", ")
    let owner = other.process.flatMap(facts.process).map { Shown.process($0) } ?? "A process"
    return Conclusion(
      "The application listens at \(addresses) and not at \(facts.place)",
      next: "Let the application listen at the configured address too (0.0.0.0 or ::), or configure \(addresses).",
      .root(
        .listeningOnOtherAddress, facts.connects == false ? .certain : .likely,
        ["\(owner.capitalizedFirst) listens at \(addresses).", "Nothing listens at the endpoint's own address."]))
  }

  /// Where the name led before: then the name is what is wrong.
  private static func isFormerAddress(_ socket: ListeningSocketSeen, _ facts: MachineFacts) -> Bool {
    guard let before = facts.examination.resolution?.value?.before, !before.isEmpty else { return false }
    return before.contains { EndpointAddress(socket.address)?.with(port: 0) == EndpointAddress($0)?.with(port: 0) }
  }

  // MARK: It has ended

  private static func zombie(_ facts: MachineFacts) -> Conclusion? {
    guard let dead = facts.listeners?.processes.first(where: { $0.state == .zombie }),
      facts.history.contains(where: { $0.process == dead.process })
    else { return nil }
    let parent = dead.parent.map { Shown.process($0, dead.parentName ?? "") } ?? "its parent"
    return Conclusion(
      "The application has ended and is a zombie: \(parent) has not asked how, and nothing starts it again",
      next: "Look at \(parent): it has to wait for its children, or must be started again itself.",
      .root(.zombieProcess, .certain, ["\(Shown.process(dead).capitalizedFirst) is a zombie, child of \(parent)."]))
  }

  /// Three or more that ended within ten minutes, or as many restarts by systemd.
  static func loop(_ facts: MachineFacts) -> Conclusion? {
    let ended = facts.endedRecently
    let unit = facts.resources?.unit
    let isRestarting = unit.map { ($0.restarts ?? 0) >= loopEnds && $0.activeState != "active" } ?? false
    guard ended.count >= loopEnds || isRestarting else { return nil }
    let runs = ended.compactMap { one in one.endedAt.map { $0 - (one.startedAt ?? one.firstSeen) } }.sorted()
    let isShort = runs.isEmpty || runs[runs.count / 2] <= loopRunMax
    // Somebody who restarts it by hand, or a deploy of several steps, looks the same but for how long each ran.
    let isAsked = !ended.isEmpty && ended.allSatisfy { $0.signal == 15 || $0.signal == 2 }
    let how = ended.first.map { ": the last one \(Shown.end($0))" } ?? ""
    let count = ended.isEmpty ? "\(unit?.restarts ?? 0) times" : "\(ended.count) times within ten minutes"
    return Conclusion(
      "The application starts and ends again and again, \(count)\(how)",
      next: "See in the application's log why it ends: the first error after a start is the reason.",
      .root(
        .crashLoop, isShort && !isAsked ? .certain : .likely,
        [
          ended.isEmpty ? nil : "\(ended.count) processes that listened here ended within ten minutes.",
          runs.isEmpty ? nil : "They ran for \(Shown.duration(Double(runs[runs.count / 2]))) (median).",
          unit.map { "\(Shown.text($0.name)): \($0.restarts ?? 0) restarts, \(Shown.text($0.activeState))." },
        ]), checks: [.applicationLog])
  }

  /// How the last one ended, as far as that is known.
  static func ended(_ facts: MachineFacts) -> [Conclusion] {
    guard let last = facts.last, facts.process(last.process) == nil else { return [] }
    let conclusion = EndConclusions.conclusion(last, facts)
    // It is back, at another place: how it ended is no longer what keeps it away.
    guard back(facts) == nil else { return conclusion.map { [$0.downgraded(to: .possible)] } ?? [] }
    return [conclusion].compactMap { $0 }
  }

  // MARK: It was not there

  private static func notRunning(_ facts: MachineFacts) -> Conclusion? {
    guard facts.history.isEmpty, facts.connects != true, facts.listeners?.samePort.isEmpty != false else { return nil }
    let rights = facts.listeners?.missing.first
    return Conclusion(
      "Nothing listens at \(facts.place), and nothing is known to have listened there",
      next: "Start the application, or correct the address of the endpoint in the configuration.",
      .root(
        .notRunning, facts.connects == false ? .certain : .likely,
        ["No socket of this machine listens at \(facts.place).", rights]), checks: [.process])
  }
}

extension Conclusion {
  /// The same with less certainty.
  func downgraded(to sure: Sureness) -> Conclusion {
    var copy = self
    copy.explanation.sure = sure
    return copy
  }
}

extension String {
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

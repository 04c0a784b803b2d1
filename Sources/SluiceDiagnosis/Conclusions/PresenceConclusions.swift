internal import SluiceCore
internal import SluiceIncidents

/// Why an application that listens does not serve.
enum PresenceConclusions {
  /// Of a core, from which on a thread computes all the time, and up to which it rests.
  static let busyShare = 0.85
  static let idleShare = 0.3

  static func conclusions(_ facts: MachineFacts) -> [Conclusion] {
    if let stopped = stopped(facts) { return [stopped] + backlog(facts, explained: .certain) }
    // One that answers at once is not kept from it by anything; what waits was on its way.
    let reasons =
      facts.suffers == false ? [] : [blockedLoop(facts), dependency(facts), exhausted(facts)].compactMap { $0 }
    let order = Sureness.allCases
    let surest = (reasons + ResourceConclusions.reasons(facts)).map(\.explanation.sure)
      .min { (order.firstIndex(of: $0) ?? 0) < (order.firstIndex(of: $1) ?? 0) }
    return reasons + backlog(facts, explained: surest) + past(facts)
  }

  private static func stopped(_ facts: MachineFacts) -> Conclusion? {
    let serving = facts.serving
    guard !serving.isEmpty, serving.allSatisfy({ $0.state == .stopped }), let main = facts.main else { return nil }
    return Conclusion(
      "The application is stopped: \(Shown.process(main)) exists and does nothing",
      next: "Let it go on: `kill -CONT \(main.process)`, and find out who stopped it (SIGSTOP, a debugger, a freezer).",
      .root(
        .processStopped, .certain,
        ["\(Shown.process(main).capitalizedFirst) is in state T (stopped).", waiting(facts)].compactMap { $0 }))
  }

  /// `3 connections wait to be accepted, 2 have requests that were not read.`
  private static func waiting(_ facts: MachineFacts) -> String? {
    let queued =
      facts.queued > 0
      ? Shown.count(facts.queued, "connection waits", "connections wait") + " to be accepted" : nil
    let unread = facts.unread > 0 ? "\(facts.unread) accepted with bytes that were not read" : nil
    let parts = [queued, unread].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: ", ") + "."
  }

  // MARK: What it is busy with

  /// Programs that serve everything on one thread, however many they have.
  private static let singleThreaded = ["node", "nodejs", "bun", "deno", "ruby", "python", "php", "perl"]

  private static func isSingleThreaded(_ process: ProcessSeen) -> Bool {
    if process.threads == 1 { return true }
    let file = process.program?.split(separator: "/").last.map(String.init) ?? process.name
    return singleThreaded.contains { file == $0 || file.hasPrefix($0 + "3") || file.hasPrefix($0 + "2") }
  }

  /// On a machine with too few cores a thread that computes all the time does not get all of one.
  static func isBusy(_ process: ProcessSeen) -> Bool {
    max(process.cpuShare ?? 0, process.cpuWanted ?? 0) >= busyShare
  }

  static func blockedLoop(_ facts: MachineFacts) -> Conclusion? {
    guard facts.isWaitedFor || facts.suffers == true, !ResourceConclusions.isThrottled(facts) else { return nil }
    let workers = facts.workers
    guard !workers.isEmpty, workers.allSatisfy({ isSingleThreaded($0) && isBusy($0) }),
      let main = facts.main
    else { return nil }
    let share = (workers.first?.cpuShare).map { Shown.share($0) } ?? ""
    if workers.count > 1 {
      return Conclusion(
        "All \(workers.count) workers of \(Shown.process(main)) compute all the time, and requests wait",
        next:
          "See which requests compute for so long (a profiler), or run more workers where there are cores for them.",
        .root(.workersExhausted, .likely, ["Each uses at least \(Shown.share(busyShare)).", waiting(facts)]))
    }
    let isSure = facts.isWaitedFor && main.threads == 1
    return Conclusion(
      "The one thread of \(Shown.process(main)) that serves all requests computes all the time (\(share))",
      next: "See what it computes: a stack (py-spy dump, node --inspect, perf top), and move it off this thread.",
      .root(
        .eventLoopBlocked, isSure ? .certain : .likely,
        ["It uses \(share), and one thread can use no more.", waiting(facts), place(main)]),
      checks: [.applicationLog])
  }

  private static func place(_ process: ProcessSeen) -> String? {
    process.threads.map { "\(Shown.text(process.command)): \(Shown.count($0, "thread", "threads"))." }
  }

  /// All that serve wait for a connection to the same place, and do not compute.
  static func dependency(_ facts: MachineFacts) -> Conclusion? {
    guard facts.isWaitedFor || facts.suffers == true, let main = facts.main else { return nil }
    let workers = facts.workers
    guard !workers.isEmpty, workers.allSatisfy({ ($0.cpuShare ?? 1) < idleShare }) else { return nil }
    let waits = workers.compactMap { worker in worker.outgoing.first { $0.waitingThreads > 0 } }
    guard waits.count == workers.count, let wait = waits.first else { return nil }
    let threads = workers.compactMap(\.threads).reduce(0, +)
    let waiting = waits.map(\.waitingThreads).reduce(0, +)
    // A pool beside a thread that accepts and one that collects garbage is exhausted though these two rest.
    let isAll = waiting >= threads || waiting >= max(threads - 3, 1)
    guard isAll else { return nil }
    let address = Shown.text(wait.address)
    let isUnanswered = wait.unacknowledged > 0
    return Conclusion(
      "All that serve requests in \(Shown.process(main)) wait for \(address)"
        + (isUnanswered ? ", which does not take their connections" : ", which does not answer"),
      next:
        "Look at \(address): it is what the application asks before it can answer. Give that question a time limit.",
      .root(
        .slowDependency, facts.isWaitedFor && waiting >= threads ? .certain : .likely,
        [
          "\(waiting) of \(Shown.count(threads, "thread", "threads")) wait in a call for \(address).",
          "They use \(Shown.share(facts.cpuShare ?? 0)).", self.waiting(facts),
        ]))
  }

  /// Requests wait, nothing computes, and nothing is ready to take them.
  static func exhausted(_ facts: MachineFacts) -> Conclusion? {
    guard facts.isWaitedFor, let main = facts.main else { return nil }
    let workers = facts.workers
    // One that has accepted nothing is not busy with requests.
    guard !workers.isEmpty, workers.compactMap(\.acceptedCount).reduce(0, +) > 0,
      workers.allSatisfy({ ($0.cpuShare ?? 1) < idleShare && $0.state != .stopped })
    else { return nil }
    let dependency = dependency(facts)
    let addresses = workers.flatMap(\.outgoing).prefix(3).map { Shown.text($0.address) }
    let calls = Set(workers.compactMap(\.waitsIn)).sorted().prefix(3).map { Shown.text($0) }
    // One that waits for events would have taken what waits for it.
    let isReady = workers.contains { worker in ["ep_poll", "inet_csk_accept"].contains(worker.waitsIn ?? "") }
    guard !isReady else { return nil }
    return Conclusion(
      "Requests wait for \(Shown.process(main)), and all its workers are busy without computing",
      next: addresses.isEmpty
        ? "See what they wait for: a stack of each (py-spy dump, jstack, gdb), or run more of them."
        : "See why \(addresses.joined(separator: ", ")) is slow, which it has connections to, or run more workers.",
      .root(
        .workersExhausted, dependency == nil && calls.isEmpty ? .possible : .likely,
        [
          waiting(facts), "They use \(Shown.share(facts.cpuShare ?? 0)).",
          calls.isEmpty ? nil : "They wait in the kernel in \(calls.joined(separator: ", ")).",
          addresses.isEmpty ? nil : "They have connections to \(addresses.joined(separator: ", ")).",
        ]))
  }

  // MARK: The accept queue

  /// - Parameter explained: how sure the surest reason for it is.
  static func backlog(_ facts: MachineFacts, explained: Sureness?) -> [Conclusion] {
    let full = facts.here.first { socket in socket.queueMax.map { socket.queued >= $0 && socket.queued > 0 } ?? false }
    guard let full, let max = full.queueMax else { return [] }
    let overflows = facts.resources?.acceptOverflows
    let sure: Sureness = full.queued > max || (overflows?.lately ?? 0) > 0 ? .certain : .likely
    let conclusion = Conclusion(
      "The accept queue of \(facts.place) is full: \(full.queued) connections wait, and \(max) may",
      next: "See why the application does not accept (is it busy, stopped, at a limit?), then raise its backlog.",
      .observed(
        .backlogFull, sure,
        [
          "\(full.queued) connections wait to be accepted at \(Shown.text(full.address)); its backlog is \(max).",
          overflows.flatMap { $0.lately > 0 ? "\($0.lately) more were dropped during the look." : nil },
          overflows.flatMap { $0.total > 0 ? "The machine has dropped \($0.total) since it was started." : nil },
        ]), checks: [.kernelLimits])
    // It is what others bring about.
    guard let explained else { return [conclusion] }
    return [conclusion.downgraded(to: explained == .certain ? .likely : explained)]
  }

  // MARK: What was

  /// It is back. That it was away a moment ago still explains what failed then.
  static func past(_ facts: MachineFacts) -> [Conclusion] {
    if let loop = AbsenceConclusions.loop(facts) {
      let isNew = facts.main?.startedAt.map { facts.now - $0 < AbsenceConclusions.loopRunMax } ?? false
      return [isNew ? loop : loop.downgraded(to: facts.suffers == false ? .possible : .likely)]
    }
    if let worker = facts.workersEndedRecently.first, let signal = worker.signal {
      let count = facts.workersEndedRecently.count
      let ago = worker.endedAt.map { Shown.span(from: $0, to: facts.now) } ?? ""
      return [
        Conclusion(
          "Workers of the application end: the last was ended by \(SignalName.of(signal)) \(ago) ago",
          next: "See in the application's log why: a time limit of its master, memory, or a fault.",
          .root(
            SignalName.isFault(signal) && signal != 6 ? .programFault : .processKilled,
            facts.suffers == false ? .possible : .likely,
            ["\(Shown.count(count, "worker", "workers")) ended within ten minutes.", Shown.process(worker) + "."]),
          checks: [.applicationLog])
      ]
    }
    guard let ended = facts.endedRecently.first else { return [] }
    return [EndConclusions.conclusion(ended, facts)?.downgraded(to: .possible)].compactMap { $0 }
  }
}

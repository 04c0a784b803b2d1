public import SluiceConfiguration
public import SluiceDiagnosis
public import SluiceIncidents

/// Looks at one endpoint from all sides: everything that does not need another look's result runs beside the others.
///
/// It changes nothing: requests are GET, HEAD or OPTIONS and few, files are opened for reading, no signal is sent.
public struct Examiner: Sendable {
  /// What the store knows: problems, sightings, counts, changes. nil: `withoutStore` says why.
  let reader: IncidentReader?
  let withoutStore: String
  let depth: LookDepth
  let limits: ExaminerLimits

  /// - Parameter withoutStore: A sentence: why there is no reader.
  public init(
    reader: IncidentReader?, withoutStore: String = "No store of a gateway is there.", depth: LookDepth = .full,
    limits: ExaminerLimits = ExaminerLimits()
  ) {
    self.reader = reader
    self.withoutStore = withoutStore
    self.depth = depth
    self.limits = limits
  }

  /// - Parameters:
  ///   - log: The application's log; nil: that of the target's configuration.
  ///   - moment: Unix time in milliseconds that logs and changes are read around; nil: now.
  ///   - onStep: Called as a step is over, with what is known so far.
  public func examine(
    _ target: ProbeTarget, log: LogSource? = nil, moment: Int64? = nil,
    onStep: @escaping @Sendable (Step, Examination) -> Void = { _, _ in }
  ) async -> Examination {
    let began = ProbeClock.milliseconds()
    let subject = named(target.target)
    let now = ProbeClock.wallMilliseconds()
    let moment = moment ?? now
    let progress = ExaminationProgress(Examination(time: now, target: subject), onStep: onStep)
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await lookAtRecords(subject, moment, progress) }
      group.addTask { await lookAtLog(log ?? target.log, moment, progress) }
      group.addTask { await lookAtEndpoint(target, subject, log ?? target.log, moment, progress) }
    }
    return progress.finished(tookMs: ProbeClock.milliseconds() - began)
  }

  /// With the upstream that a gateway knows the endpoint by.
  private func named(_ target: ExaminationTarget) -> ExaminationTarget {
    guard target.upstream == nil, let reader else { return target }
    var named = target
    named.upstream = try? reader.upstream(of: target.endpoint)
    return named
  }

  private func lookAtRecords(
    _ subject: ExaminationTarget, _ moment: Int64, _ progress: ExaminationProgress
  ) async {
    guard let reader else {
      progress.end(.gatewayRecord) { $0.gatewayRecord = .notRun(withoutStore) }
      progress.end(.deploys) { $0.deploys = .notRun(withoutStore) }
      return
    }
    let record = await Look.blocking(within: limits.store) {
      GatewayRecordLook.look(subject, reader: reader, moment: moment)
    }
    progress.end(.gatewayRecord) { $0.gatewayRecord = record }
    guard let upstream = subject.upstream else {
      return progress.end(.deploys) { $0.deploys = .notRun("No gateway has recorded this endpoint.") }
    }
    let deploys = await Look.within(limits.store) {
      await DeployLook.look(upstream: upstream, endpoint: subject.endpoint, moment: moment, reader: reader)
    }
    progress.end(.deploys) { $0.deploys = deploys }
  }

  private func lookAtLog(_ source: LogSource?, _ moment: Int64, _ progress: ExaminationProgress) async {
    guard let source else {
      return progress.end(.applicationLog) {
        $0.applicationLog = .notRun("No log of the application is named: `log:` of the upstream, or --log FILE.")
      }
    }
    let seen = await ApplicationLogLook.look(source, moment: moment, within: limits.log)
    progress.end(.applicationLog) { $0.applicationLog = seen }
  }

  /// The network and the machine, side by side: a program that hangs is to be seen while it is asked.
  private func lookAtEndpoint(
    _ target: ProbeTarget, _ subject: ExaminationTarget, _ log: LogSource?, _ moment: Int64,
    _ progress: ExaminationProgress
  ) async {
    let resolved = await NetworkLooks.resolve(target)
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        var seen = await NetworkLooks.look(target, resolved: resolved, depth: depth)
        addPast(to: &seen, of: subject, moment)
        progress.end(.direct) { [seen] in $0.take(seen) }
      }
      group.addTask { await lookAtMachine(subject, resolved.addresses, log, moment, progress) }
    }
    await lookElsewhere(target, progress)
  }

  /// Where the application listens at another port now: whether it answers there.
  private func lookElsewhere(_ target: ProbeTarget, _ progress: ExaminationProgress) async {
    let seen = progress.current
    guard let other = seen.listeners?.value?.elsewhere.first,
      seen.responses?.value?.first?.cause != nil
        || seen.connections?.value?.contains(where: { $0.cause == nil }) == false,
      let answer = await NetworkLooks.otherPort(target, at: other.address)
    else { return }
    progress.add { $0.responses = .value(($0.responses?.value ?? []) + [answer]) }
  }

  /// Where the name led before, and which certificate was shown, as far as the store knows.
  private func addPast(to seen: inout NetworkSeen, of subject: ExaminationTarget, _ moment: Int64) {
    guard let reader else { return }
    if case .value(var resolution)? = seen.resolution,
      let changes = try? reader.changes(since: moment - limits.past),
      let move = changes.filter({ $0.kind == .addresses }).compactMap({ NameMove(text: $0.text) })
        .first(where: { $0.name == resolution.name })
    {
      resolution.before = move.before
      seen.resolution = .value(resolution)
    }
    guard case .value(var handshake)? = seen.handshake, let now = handshake.tls.chain.first,
      let last = try? reader.lastExamination(of: subject.endpoint, upstream: subject.upstream, before: moment),
      let before = last.handshake?.value?.tls.chain.first, before.fingerprint != now.fingerprint
    else { return }
    handshake.before = before
    seen.handshake = .value(handshake)
  }

  /// A gateway that watches writes how a process ended a moment after its end.
  private static let endIsStored = Duration.milliseconds(700)
  /// Whether somebody listened here whose end is not stored, and who is gone.
  private func isEndDue(_ history: [ProcessSighting], _ seen: ListenersSeen) -> Bool {
    guard let last = history.first(where: { !$0.isWorker && !$0.isElsewhere }) else { return false }
    return last.endedAt == nil && !seen.processes.contains { $0.process == last.process }
  }

  private func lookAtMachine(
    _ subject: ExaminationTarget, _ addresses: [String], _ log: LogSource?, _ moment: Int64,
    _ progress: ExaminationProgress
  ) async {
    let history = (try? reader?.sightings(endpoint: subject.endpoint, upstream: subject.upstream)) ?? []
    var listeners = await ListenerLook.look(
      subject, addresses: addresses, history: history, within: limits.machine)
    if case .value(var seen) = listeners, seen.here.isEmpty, isEndDue(history, seen) {
      try? await Task.sleep(for: Self.endIsStored)
      seen.history = (try? reader?.sightings(endpoint: subject.endpoint, upstream: subject.upstream)) ?? history
      listeners = .value(seen)
    }
    progress.end(.process) { [listeners] in $0.listeners = listeners }
    let resources = await ResourceLook.look(
      subject, listeners: listeners.value, logPath: log?.path, moment: moment, within: limits.machine)
    progress.end(.resources) { $0.resources = resources }
  }
}

extension LogSource {
  fileprivate var path: String? {
    if case .file(let path) = self { path } else { nil }
  }
}

import Foundation
import SluiceAdmin
import SluiceConfiguration
import SluiceCore
import SluiceDiagnosis
import SluiceGateway
import SluiceIncidents
import SluiceProbes

/// What the admin address shows of a running gateway: its reports as documents.
struct AdminDocuments: Sendable {
  /// Milliseconds of the window that is shown beside upstreams and endpoints.
  private static let window: Int64 = 60_000

  let gateway: Gateway
  let output: GatewayOutput
  let alerts: AlertSender
  let incidents: IncidentPlace

  func status() async -> StatusDocument {
    let now = WallClock.milliseconds()
    let counts = await gateway.counts()
    return StatusDocument(
      time: now, name: gateway.name, version: Version.text, startedAt: gateway.startedAt,
      isDraining: await gateway.isDraining, generation: await gateway.generationInForce,
      reload: await gateway.lastReload.map { ReloadDocument($0) }, workers: gateway.workerCount,
      listeners: await gateway.listenerReports().map { ListenerDocument($0, at: now) }, counts: CountsDocument(counts),
      process: process, store: store(await gateway.configuration.incidents, at: now),
      drops: DropsDocument(
        logLines: output.droppedLines, incidents: output.storeCounters?.dropped ?? 0,
        alerts: alerts.counters.reduce(0) { $0 + $1.counters.dropped + $1.counters.expired }))
  }

  private var process: ProcessDocument {
    let reading = ProcessMeter.read()
    return ProcessDocument(
      id: Int(getpid()), memoryBytes: reading.map { Int(clamping: $0.residentBytes) },
      descriptors: reading?.openDescriptors, descriptorsMax: reading.map { Int(clamping: $0.descriptorsMax) })
  }

  private func store(_ configuration: IncidentsConfiguration, at now: Int64) -> StoreDocument {
    guard let path = incidents.path, let counters = output.storeCounters else {
      return StoreDocument(state: .off, path: nil)
    }
    var document = StoreDocument(state: counters.failingSince == nil ? .working : .failing, path: path)
    document.failingSince = counters.failingSince
    document.storedTotal = counters.stored
    document.queuedBytes = counters.queuedBytes
    document.bytesMax = configuration.size
    guard let statistics = try? incidents.reader()?.statistics(at: now) else { return document }
    document.incidents = statistics.incidents
    document.problems = statistics.problems
    document.ongoing = statistics.ongoing
    document.bytes = statistics.bytes
    document.oldest = statistics.oldest
    document.newest = statistics.newest
    return document
  }

  /// - Returns: how it stands then; nil: there is no such endpoint.
  func setDraining(_ endpoint: String, of upstream: String, _ isDraining: Bool) async -> EndpointDocument? {
    guard let named = await gateway.setDraining(upstream: upstream, endpoint: endpoint, isDraining: isDraining) else {
      return nil
    }
    return await upstreams().first { $0.name == upstream }?.endpoints.first { $0.endpoint == named }
  }

  /// What `sluice doctor` does with an upstream of its configuration.
  func examine(_ upstream: String, moment: Int64?) async -> DoctorAnswer? {
    let configuration = await gateway.configuration
    guard let wanted = configuration.upstreams.first(where: { $0.name == upstream }) else { return nil }
    let examiner: Examiner
    do {
      examiner = Examiner(reader: try incidents.reader(), withoutStore: "Incidents are not kept.")
    } catch {
      examiner = Examiner(reader: nil, withoutStore: "No gateway's records were read: \(error).")
    }
    let targets = ProbeTarget.targets(of: wanted, in: configuration, installation: gateway.name)
    let examinations = await examiner.examine(targets, moment: moment)
    return diagnose(examinations).map { DoctorAnswer($0, examinations) }
  }

  func upstreams() async -> [UpstreamDocument] {
    let now = WallClock.milliseconds()
    return await gateway.upstreamReports().map { upstream($0, at: now) }
  }

  private func upstream(_ report: UpstreamReport, at now: Int64) -> UpstreamDocument {
    let (configuration, name) = (report.configuration, report.configuration.name)
    return UpstreamDocument(
      name: name, balance: configuration.balance.told, protocolChoice: configuration.protocolChoice.rawValue,
      isPanicMode: report.isPanicMode,
      endpoints: report.endpoints.map { endpoint in
        // The exchanges of an upstream with one endpoint say it all.
        endpointDocument(endpoint, in: name, isOnly: report.endpoints.count == 1, at: now)
      }, load: report.load,
      retry: RetryDocument(
        attemptsMax: configuration.retry.attempts, budget: configuration.retry.budget, replays: report.replays,
        replaysMax: report.replaysMax, windowMs: report.replayWindowMs), lastMinute: window(name, nil, at: now))
  }

  private func endpointDocument(
    _ report: EndpointReport, in upstream: String, isOnly: Bool, at now: Int64
  ) -> EndpointDocument {
    let (configuration, condition) = (report.configuration, report.condition)
    var document = EndpointDocument(
      endpoint: configuration.url, state: condition.standing.flatMap(EndpointDocument.State.init) ?? .healthy,
      weight: configuration.weight, priority: configuration.priority, requests: report.requests,
      connectionsInUse: report.connections - report.idle, connectionsIdle: report.idle,
      failuresInARow: condition.failuresInARow,
      lastMinute: window(upstream, isOnly ? nil : configuration.url, at: now))
    document.reason = condition.standingReason
    document.forMs = condition.standingForMs?.rounded()
    document.untilMs = condition.untilMs?.rounded()
    document.lastSuccessMs = condition.lastSuccessMs?.rounded()
    document.lastFailureMs = condition.lastFailureMs?.rounded()
    document.lastFailureCause = condition.lastFailureCause
    document.certificate = report.certificate.map {
      CertificateDocument(subject: $0.subject, notAfter: $0.notAfter, at: now)
    }
    return document
  }

  private func window(_ upstream: String, _ endpoint: String?, at now: Int64) -> TrafficWindow {
    TrafficWindow(
      gateway.traffic(upstream: upstream, endpoint: endpoint, since: now - Self.window), spanMs: Self.window,
      at: now, since: gateway.startedAt)
  }
}

extension ReloadDocument {
  init(_ report: ReloadReport) {
    self.init(time: report.time, outcome: report.refusal == nil ? .applied : .refused, reason: report.refusal)
  }
}

extension ListenerDocument {
  init(_ report: ListenerReport, at now: Int64) {
    self.init(
      address: report.configuration.address.description, port: report.port, isTLS: report.configuration.tls != nil,
      connections: report.connections, connectionsMax: report.configuration.limits.connections,
      certificates: report.certificates.map {
        CertificateDocument(
          subject: $0.subject, names: $0.names, file: $0.file, notAfter: $0.notAfter * 1000, at: now)
      })
  }
}

extension CountsDocument {
  init(_ counts: GatewayCounts) {
    self.init(
      clientConnections: counts.downstreamConnections, endpointConnections: counts.upstreamConnections,
      idleConnections: counts.idleConnections, exchanges: counts.exchanges, acceptedTotal: counts.accepted,
      exchangesTotal: counts.recorded)
  }
}

extension BalancePolicy {
  /// As the configuration has it.
  fileprivate var told: String {
    switch self {
    case .roundRobin: "roundRobin"
    case .leastRequest: "leastRequest"
    case .peakEWMA: "peakEWMA"
    case .random: "random"
    case .consistentHash: "consistentHash"
    case .sticky: "sticky"
    }
  }
}

import Logging
import SluiceAdmin
import SluiceConfiguration
import SluiceGateway
import SluiceIncidents

/// The admin address of a running gateway.
struct AdminStart {
  /// Milliseconds of changes that are listed: a day.
  private static let listed: Int64 = 86_400_000
  /// How long the address of a gateway that is taken over is waited for, and how often it is tried.
  private static let patience = 50
  private static let pause = Duration.milliseconds(200)

  private let listener: AdminListener
  private let certificates: AdminCertificates
  private let logger: Logger

  /// - Parameter store: the file of incidents; nil: there is none.
  init(_ gateway: Gateway, output: GatewayOutput, alerts: AlertSender, spans: SpanExporter, store: String?) {
    logger = output.logger
    let place = IncidentPlace(store)
    let certificates = AdminCertificates(output.logger)
    let documents = AdminDocuments(gateway: gateway, output: output, alerts: alerts, incidents: place)
    let source = AdminSource(
      note: { gateway.note($0) }, changes: { Self.changes(gateway, place) },
      upstreams: { await gateway.upstreamNames }, isDraining: { await gateway.isDraining },
      wallTime: { WallClock.milliseconds() },
      metrics: {
        var reading = MetricsReading()
        reading.gateway = await gateway.reading()
        reading.gateway.certificates += await certificates.readings
        reading.alerts = alerts.counters
        reading.spans = spans.counters
        reading.process = ProcessMeter.read()
        reading.version = Version.text
        return reading
      }, status: { await documents.status() },
      upstreamStates: { await documents.upstreams() },
      store: { () throws(StoreError) in try place.reader() },
      traffic: { gateway.traffic(upstream: $0, since: $1) },
      setDraining: { await documents.setDraining($1, of: $0, $2) },
      examine: { await documents.examine($0, moment: $1) })
    listener = AdminListener(source, refused: { certificates.tell($0, from: $1, $2) }, logger: output.logger)
    self.certificates = certificates
  }

  /// For the start and each reload.
  ///
  /// - Throws: `AdminError` or `CertificateError`; the address before goes on then.
  func adopt(_ configuration: AdminConfiguration?) async throws {
    let listener = listener
    try await certificates.adopt(configuration) { try await listener.adopt(configuration, $0?.context) }
    await certificates.look { await listener.renew($0.context) }
  }

  func stop() async {
    await certificates.stop()
    await listener.stop()
  }

  /// - Parameter takesOver: whether the gateway before may still have the address: then it is waited for beside.
  /// - Throws: `AdminError` or `CertificateError`.
  func open(_ configuration: AdminConfiguration?, takesOver: Bool) async throws {
    guard let configuration else { return }
    guard takesOver else {
      try await adopt(configuration)
      return await tell(configuration)
    }
    Task { await wait(for: configuration) }
  }

  /// Until the address is free, or a reload says another.
  private func wait(for configuration: AdminConfiguration) async {
    var seen = await listener.adoptions
    var reason = ""
    for _ in 0..<Self.patience {
      guard await listener.adoptions == seen else { return }
      do {
        try await adopt(configuration)
        return await tell(configuration)
      } catch {
        reason = "\(error)"
        // Our own try, unless a certificate kept it from being one.
        seen = min(await listener.adoptions, seen + 1)
      }
      try? await Task.sleep(for: Self.pause)
    }
    logger.error("\(reason); it was tried for \(Self.pause * Self.patience)")
  }

  private func tell(_ configuration: AdminConfiguration) async {
    guard let port = await listener.port else { return }
    let host = configuration.host.contains(":") ? "[\(configuration.host)]" : configuration.host
    let scheme = configuration.tls == nil ? "http" : "https"
    logger.notice("admin address: \(scheme)://\(host):\(port)/ (the dashboard; the API is below /api/v1)")
  }

  /// Those in the store, with what it has not written yet.
  private static func changes(_ gateway: Gateway, _ store: IncidentPlace) -> [Change] {
    let since = WallClock.milliseconds() - listed
    let stored = (try? store.reader()?.changes(since: since)) ?? []
    let recent = gateway.recentChanges.filter { !stored.contains($0) }
    return (recent + stored).sorted { $0.time > $1.time }
  }
}

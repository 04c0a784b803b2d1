public import Logging
public import NIOCore
internal import NIOPosix
public import NIOSSL
public import SluiceConfiguration
internal import SluiceCore
public import SluiceIncidents

/// The certificates of the admin address: read at the start, at each reload, and when their files have changed.
///
/// # Not handled here
/// The connections: whoever has the admin address is handed what its handshakes are made with.
public actor AdminCertificates {
  private let logger: Logger
  private let openings: OpeningLog
  private var configuration: AdminConfiguration?
  private var security: AdminSecurity?
  private var watch = CertificateWatch()
  private var watching: Task<Void, Never>?

  public init(_ logger: Logger) {
    self.logger = logger
    openings = OpeningLog(logger)
  }

  /// Reads what a configuration names.
  ///
  /// - Parameter open: takes it: nil where the address speaks plain HTTP, the same as before where the files hold the
  ///   same. Where it throws, everything stays as it was.
  /// - Throws: `CertificateError`, or what `open` throws.
  public func adopt(
    _ admin: AdminConfiguration?, open: @Sendable (AdminSecurity?) async throws -> Void
  ) async throws {
    let stamps = await CertificateWatch.stamps(of: Self.files(of: admin))
    let fresh = try await Self.read(admin?.tls, keeping: security)
    try await open(fresh)
    configuration = admin
    security = fresh
    watch.adopt(stamps)
  }

  /// Looks every two seconds until `stop`.
  ///
  /// - Parameter renewed: takes what was read because files have changed.
  public func look(_ renewed: @escaping @Sendable (AdminSecurity) async -> Void) {
    watching?.cancel()
    watching = Task { [weak self] in
      while !Task.isCancelled {
        try? await Task.sleep(for: CertificateWatch.interval)
        if let fresh = await self?.look() { await renewed(fresh) }
      }
    }
  }

  public func stop() {
    watching?.cancel()
    watching = nil
  }

  /// Those that are served now, for the metrics.
  public var readings: [CertificateReading] {
    (security?.certificates.facts ?? []).map { facts in
      CertificateReading(
        place: .listener(address: "admin", file: MetricsLimits.label(facts.file)), subject: facts.subject,
        notAfter: facts.notAfter)
    }
  }

  private func look() async -> AdminSecurity? {
    guard let configuration, let security else { return nil }
    let stamps = await CertificateWatch.stamps(of: Self.files(of: configuration))
    remindOfExpiry(security, configuration)
    guard !watch.look(at: stamps).isEmpty else { return nil }
    do {
      let fresh = try await Self.read(configuration.tls, keeping: security)
      // A reload in the meantime has read them itself.
      guard configuration == self.configuration, let fresh, fresh.context !== self.security?.context else { return nil }
      self.security = fresh
      let subjects = fresh.certificates.facts.map(\.subject).joined(separator: ", ")
      logger.notice("admin address \(configuration.address): certificates read again: \(subjects)")
      return fresh
    } catch {
      logger.error("admin address \(configuration.address): certificates have changed and are not used: \(error)")
      return nil
    }
  }

  private func remindOfExpiry(_ security: AdminSecurity, _ configuration: AdminConfiguration) {
    let now = Clock.wallMilliseconds() / 1000
    for facts in security.certificates.facts where watch.isDue(facts, at: now) {
      let left = facts.daysLeft(at: now)
      let when = left < 0 ? "has expired" : "expires in \(left) days"
      logger.warning("admin address \(configuration.address): the certificate in \(facts.file) \(when)")
    }
  }

  private static func files(of admin: AdminConfiguration?) -> [ListenAddress: ListenerTLSConfiguration] {
    guard let admin, let tls = admin.tls else { return [:] }
    return [.tcp(host: admin.host, port: admin.port): tls]
  }

  private static func read(
    _ tls: ListenerTLSConfiguration?, keeping old: AdminSecurity?
  ) async throws -> AdminSecurity? {
    guard let tls else { return nil }
    return try await NIOThreadPool.singleton.runIfActive {
      var reader = CertificateReader(now: Clock.wallMilliseconds() / 1000)
      let security = AdminSecurity.read(tls, keeping: old, with: &reader)
      guard let security else { throw CertificateError(findings: reader.errors) }
      return security
    }
  }

  /// Tells of a client whose handshake has failed, within the limit that holds for each reason.
  ///
  /// - Parameters:
  ///   - error: the library's; nil: the client did not finish in time.
  ///   - certificate: the client's, where it has shown one.
  public nonisolated func tell(_ error: (any Error)?, from client: SocketAddress?, _ certificate: NIOSSLCertificate?) {
    let (reason, detail) = error.map { HandshakeWatch.reason(of: $0, certificate) } ?? (.timeout, nil)
    openings.tell(
      reason,
      OpeningLog.Facts(
        client: client.map { EndpointAddress($0) } ?? .none, listener: "of the admin address",
        detail: detail),
      at: Clock.now())
  }
}

internal import NIOPosix
internal import SluiceConfiguration

/// Decides when certificates are read again: when their files have changed and then stayed the same for one look, so
/// that a certificate and its key that are written one after the other are read together.
struct CertificateWatch {
  /// From one look at the files to the next.
  static let interval = Duration.seconds(2)

  typealias Stamps = [ListenAddress: [FileIdentity?]]

  /// Of what is served, or was tried in vain.
  private var known: Stamps = [:]
  private var last: Stamps = [:]
  /// Days left at the last reminder, by the certificate's file.
  private var reminded: [String: Int64] = [:]

  /// The files of all listeners as they are now.
  static func stamps(of listeners: [ListenerConfiguration]) async -> Stamps {
    var configured: [ListenAddress: ListenerTLSConfiguration] = [:]
    for listener in listeners { configured[listener.address] = listener.tls }
    return await stamps(of: configured)
  }

  static func stamps(of configured: [ListenAddress: ListenerTLSConfiguration]) async -> Stamps {
    guard !configured.isEmpty else { return [:] }
    let read = try? await NIOThreadPool.singleton.runIfActive { configured.mapValues { identities(of: $0) } }
    return read ?? [:]
  }

  private static func identities(of tls: ListenerTLSConfiguration) -> [FileIdentity?] {
    let files =
      tls.certificates.flatMap { [$0.certificate, $0.key] } + [tls.clientCertificates?.trust].compactMap { $0 }
    return files.map { FileIdentity(path: $0.path) }
  }

  /// What was just read for another reason.
  mutating func adopt(_ stamps: Stamps) {
    known = stamps
    last = stamps
  }

  /// - Returns: the listeners whose files are to be read again.
  mutating func look(at now: Stamps) -> Set<ListenAddress> {
    defer { last = now }
    let changed = now.filter { address, stamps in known[address] != stamps && last[address] == stamps }
    for (address, stamps) in changed { known[address] = stamps }
    return Set(changed.keys)
  }

  /// Days before the end at which a certificate that nobody renews is told again.
  private static let reminders: [Int64] = [21, 14, 7, 3, 1, 0]

  /// Whether so few days are left that it is time to tell again.
  mutating func isDue(_ facts: CertificateFacts, at now: Int64) -> Bool {
    let left = facts.daysLeft(at: now)
    guard let step = Self.reminders.last(where: { left <= $0 }) else {
      reminded[facts.file] = nil
      return false
    }
    guard reminded[facts.file].map({ step < $0 }) ?? true else { return false }
    reminded[facts.file] = step
    return true
  }
}

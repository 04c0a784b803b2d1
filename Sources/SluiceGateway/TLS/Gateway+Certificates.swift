internal import Logging
public import SluiceConfiguration
internal import SluiceCore

extension Gateway {
  /// The certificates that listeners serve, as they are now.
  public var certificates: [ListenAddress: [CertificateFacts]] { security.mapValues { $0.certificates.facts } }

  /// Reads again what has changed on disk. A file that cannot be used changes nothing: what is served goes on.
  func lookAtCertificates() async {
    guard !security.isEmpty, !isDraining, !isReloading else { return }
    let seen = generation
    let stamps = await CertificateWatch.stamps(of: snapshot.configuration.listeners)
    remindOfExpiry()
    let changed = certificateWatch.look(at: stamps)
    for listener in snapshot.configuration.listeners where changed.contains(listener.address) {
      do {
        let read = try await SecurityReader.read([listener], keeping: security, workers: workers)
        guard seen == generation, !isReloading, let fresh = read[listener.address] else { return }
        adopt(fresh, for: listener.address)
      } catch {
        logger.error("listener \(listener.address): certificates have changed and are not used: \(error)")
      }
    }
  }

  private func adopt(_ fresh: ListenerSecurity, for address: ListenAddress) {
    security[address] = fresh
    for worker in workers { worker.run { $0.listeners[address]?.adopt(fresh) } }
    let subjects = fresh.certificates.facts.map(\.subject).joined(separator: ", ")
    logger.notice("listener \(address): certificates read again: \(subjects)")
  }

  private func remindOfExpiry() {
    let now = Clock.wallMilliseconds() / 1000
    for (address, security) in security {
      for facts in security.certificates.facts where certificateWatch.isDue(facts, at: now) {
        let left = facts.daysLeft(at: now)
        let when = left < 0 ? "has expired" : "expires in \(left) days"
        logger.warning("listener \(address): the certificate in \(facts.file) \(when)")
      }
    }
  }
}

internal import Logging
internal import SluiceConfiguration
internal import SluiceCore
internal import SluiceIncidents
internal import Synchronization

/// What all workers and checks were shown by endpoints, and what is told of it: for the whole process, under a lock
/// that only handshakes take.
final class CertificateWitness: Sendable {
  /// Seconds from one look at the calendar to the next. A problem is over after five minutes without news of it.
  static let interval = TimeSpan.seconds(60)

  private struct State {
    var calendar = CertificateCalendar()
    var lookedAt = Instant.never
    /// Certificates whose end was written to the log.
    var logged: Set<String> = []
  }

  private let state = Mutex(State())

  /// A handshake showed a chain, whether or not it was good.
  ///
  /// - Returns: what has changed, where it is another certificate than this endpoint has ever shown.
  func saw(_ chain: JudgedChain, of endpoint: String, in upstream: String, at wall: Int64) -> Change? {
    guard let leaf = chain.certificates.first else { return nil }
    let end = chain.certificates.map(\.notAfter).min() ?? leaf.notAfter
    let entry = CertificateCalendar.Entry(fingerprint: leaf.fingerprint, subject: leaf.subject, notAfter: end)
    let place = CertificateCalendar.Place(upstream: upstream, endpoint: endpoint)
    let sighting = state.withLock { state in
      let sighting = state.calendar.saw(entry, at: place)
      // What changed is looked at soon.
      if sighting != .same { state.lookedAt = .never }
      return sighting
    }
    guard sighting == .new else { return nil }
    return Change(
      kind: .certificate, time: wall, text: "\(endpoint) shows another certificate, \(leaf.subject)", upstream: upstream
    )
  }

  /// Problems of certificates that end soon; for one timer of the process, as often as it likes.
  func due(at now: Instant, wall: Int64, logger: Logger) -> [ProblemCount] {
    let (soon, news) = state.withLock {
      state -> ([(CertificateCalendar.Place, CertificateCalendar.Entry)], Set<String>) in
      guard state.lookedAt == .never || now - state.lookedAt >= Self.interval else { return ([], []) }
      state.lookedAt = now
      let soon = state.calendar.endingSoon(at: wall).map { ($0.place, $0.entry) }
      let news = Set(soon.map(\.1.fingerprint)).subtracting(state.logged)
      // No more of them than the calendar has places.
      state.logged = Set(soon.map(\.1.fingerprint))
      return (soon, news)
    }
    return soon.map { place, entry in
      let day = CivilDate(unixSeconds: entry.notAfter / 1000).dayText
      if news.contains(entry.fingerprint) {
        let days = (entry.notAfter - wall) / 86_400_000
        logger.warning(
          "certificate of \(place.upstream) (\(place.endpoint)) expires in \(days) days, on \(day): \(entry.subject)")
      }
      let key = ProblemKey(
        cause: ProblemKey.certificateExpiresSoon, route: nil, upstream: place.upstream,
        endpoint: "\(place.endpoint) (expires \(day))")
      return ProblemCount(
        problem: key, who: Owner.application.identifier, absorbed: 1, count: 1, firstSeen: wall, lastSeen: wall)
    }
  }

  /// What each place showed last.
  var shown: [(place: CertificateCalendar.Place, entry: CertificateCalendar.Entry)] {
    state.withLock { $0.calendar.shown }
  }

  /// What an endpoint's last handshake showed; nil: there was none, or it is spoken to in plain text.
  func latest(of endpoint: String, in upstream: String) -> CertificateCalendar.Entry? {
    state.withLock { $0.calendar.latest(at: CertificateCalendar.Place(upstream: upstream, endpoint: endpoint)) }
  }

  /// Forgets endpoints that a reload removed.
  func keep(_ upstreams: [UpstreamConfiguration]) {
    let places = upstreams.flatMap { upstream in
      upstream.endpoints.map { CertificateCalendar.Place(upstream: upstream.name, endpoint: $0.url) }
    }
    let wanted = Set(places)
    state.withLock { $0.calendar.keep(wanted) }
  }
}

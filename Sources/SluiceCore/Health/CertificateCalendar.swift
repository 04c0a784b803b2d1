/// Which certificates were shown where, when they end, and which of them are new.
///
/// # Overview
/// Every handshake with an endpoint tells what it was shown. One that ends within three weeks is told of before it
/// fails anybody; one that an endpoint never showed before means that somebody deployed something.
///
/// # Why this way
/// An address may lead to several machines with a certificate each, and then they alternate: the last few of a place
/// are remembered, and only one that is none of them is new. A value without a clock, so that weeks pass in a test in
/// no time.
public struct CertificateCalendar: Sendable {
  /// Where a certificate is shown.
  public struct Place: Hashable, Sendable {
    public var upstream: String
    /// As configured.
    public var endpoint: String

    public init(upstream: String, endpoint: String) {
      self.upstream = upstream
      self.endpoint = endpoint
    }
  }

  /// A certificate, and the chain that came with it.
  public struct Entry: Equatable, Sendable {
    /// Tells it from all others.
    public var fingerprint: String
    public var subject: String
    /// When it or the first of its chain ends: Unix time in milliseconds.
    public var notAfter: Int64

    public init(fingerprint: String, subject: String, notAfter: Int64) {
      self.fingerprint = fingerprint
      self.subject = subject
      self.notAfter = notAfter
    }
  }

  /// What a handshake showed, against what the place has shown before.
  public enum Sighting: Sendable, CaseIterable {
    /// The same as last.
    case same
    /// The first one of all.
    case first
    /// One of the last few, but not the last.
    case earlier
    /// Another one than ever.
    case new
  }

  /// 21 days before its end a certificate is told of, in milliseconds.
  public static let warningTime: Int64 = 21 * 86_400_000
  /// Certificates of one place that are remembered.
  public static let entriesMax = 4
  /// Places that are remembered.
  public static let placesMax = 8_192

  /// The latest first.
  private var places: [Place: [Entry]] = [:]

  public init() {}

  /// A handshake showed a certificate.
  public mutating func saw(_ entry: Entry, at place: Place) -> Sighting {
    guard var known = places[place] else {
      if places.count < Self.placesMax { places[place] = [entry] }
      return .first
    }
    if known.first == entry { return .same }
    let isNew = !known.contains { $0.fingerprint == entry.fingerprint }
    known.removeAll { $0.fingerprint == entry.fingerprint }
    known.insert(entry, at: 0)
    places[place] = Array(known.prefix(Self.entriesMax))
    return isNew ? .new : .earlier
  }

  /// What the places show now that ends soon and has not ended, the soonest first.
  ///
  /// - Parameter now: Unix time in milliseconds.
  public func endingSoon(at now: Int64) -> [(place: Place, entry: Entry)] {
    let soon = places.compactMap { place, entries -> (place: Place, entry: Entry)? in
      guard let latest = entries.first, latest.notAfter > now, latest.notAfter - now <= Self.warningTime else {
        return nil
      }
      return (place, latest)
    }
    return soon.sorted { ($0.entry.notAfter, $0.place.endpoint) < ($1.entry.notAfter, $1.place.endpoint) }
  }

  /// What each place showed last.
  public var shown: [(place: Place, entry: Entry)] {
    places.compactMap { place, entries in entries.first.map { (place, $0) } }
  }
  /// What a place showed last.
  public func latest(at place: Place) -> Entry? { places[place]?.first }

  /// Forgets places that are no longer configured.
  public mutating func keep(_ wanted: Set<Place>) { places = places.filter { wanted.contains($0.key) } }
}

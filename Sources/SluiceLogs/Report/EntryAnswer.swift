internal import SluiceCore
public import SluiceDiagnosis

/// One recognised line as `sluice logs --ndjson` prints it. What the line does not tell is left out.
public struct EntryAnswer: Equatable, Sendable, Codable {
  public var file: String
  /// From 1.
  public var line: Int
  /// RFC 3339, UTC, milliseconds.
  public var time: String?
  public var product: String
  /// `request`, `failure` or `event`.
  public var kind: String
  /// An identifier of `Cause`; left out where nothing failed.
  public var cause: String?
  /// Causes for which the product writes the same.
  public var alternatives: [String]?
  public var who: String?
  public var sure: Sureness?
  /// What decided where a text did not.
  public var estimate: String?
  public var signature: String?
  /// What a person should know of that signature.
  public var note: String?
  /// `endpoint_down` and others.
  public var event: String?
  public var upstream: String?
  public var endpoint: String?
  public var route: String?
  public var client: String?
  /// Method and target.
  public var request: String?
  public var host: String?
  public var requestID: String?
  /// What the client got.
  public var status: UInt16?
  public var upstreamStatus: UInt16?
  public var attempts: Int?
  public var totalMs: Double?

  public init(_ entry: LogEntry, file: String) {
    self.file = file
    line = entry.place.line
    time = entry.time.map { Moment.text($0) }
    product = entry.product.rawValue
    kind = entry.kind.rawValue
    cause = entry.conclusion?.cause.identifier ?? entry.event?.cause?.identifier
    alternatives = entry.conclusion.flatMap { $0.alternatives.isEmpty ? nil : $0.alternatives.map(\.identifier) }
    who = entry.conclusion?.who.identifier
    sure = entry.conclusion?.sure
    estimate = entry.conclusion?.estimate
    signature = entry.conclusion?.signature
    note = entry.conclusion?.note
    event = entry.event?.kind.rawValue
    upstream = entry.upstream ?? entry.event?.upstream
    endpoint = entry.endpoint ?? entry.event?.endpoint
    route = entry.route
    client = entry.client
    request = entry.path.map { path in (entry.method.map { $0 + " " } ?? "") + path }
    host = entry.host
    requestID = entry.requestID
    status = entry.status
    upstreamStatus = entry.upstreamStatus
    attempts = entry.attempts.isEmpty ? entry.retries.map { $0 + 1 } : entry.attempts.count
    totalMs = entry.totalTime
  }
}

/// A record as it is read back from a line of the access log: names instead of numbers, texts instead of ranges.
///
/// What the line left out is nil. Times are milliseconds.
public struct StoredRecord: Equatable, Sendable, Codable {
  /// RFC 3339, UTC, milliseconds.
  public var time: String
  public var id: String
  /// 32 hexadecimal digits (W3C Trace Context).
  public var traceId: String?
  public var client: String?
  public var listener: String?
  public var httpVersion: String?
  /// The version of TLS that the client speaks: `TLSv1.3`.
  public var tls: String?
  public var method: String?
  public var scheme: String?
  public var host: String?
  public var path: String?
  /// Names only, unless the access log was told to keep values.
  public var query: String?
  public var status: UInt16
  public var bytesIn: UInt64
  public var bytesOut: UInt64
  public var route: String?
  public var upstream: String?
  /// An identifier: a newer version's cause that this one does not know is kept as it is.
  public var cause: String?
  public var who: String?
  public var rule: String?
  public var phase: String
  public var attempts: [StoredAttempt]?
  /// No endpoint was available, and all were used.
  public var isPanicMode: Bool?
  public var notRetriedBecause: String?
  public var totalMs: Double
  public var isGenerated: Bool?
  public var isAborted: Bool?
  public var clientRequestId: String?
  public var userAgent: String?

  private enum CodingKeys: String, CodingKey {
    case time, id, traceId, client, listener, tls, method, scheme, host, path, query, status, bytesIn, bytesOut, route
    case upstream, cause, who, rule, phase, attempts, notRetriedBecause, totalMs, clientRequestId, userAgent
    case httpVersion = "protocol"
    case isGenerated = "generated"
    case isAborted = "aborted"
    case isPanicMode = "panicMode"
  }
}

extension StoredRecord {
  /// What every line has.
  package init(time: String, id: String, status: UInt16, phase: String, totalMs: Double) {
    self.time = time
    self.id = id
    self.status = status
    self.phase = phase
    self.totalMs = totalMs
    bytesIn = 0
    bytesOut = 0
  }
}

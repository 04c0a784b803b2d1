/// One attempt of a `StoredRecord`. Times are milliseconds; what the line left out is nil.
public struct StoredAttempt: Equatable, Sendable, Codable {
  public var phase: String
  /// The endpoint as configured.
  public var endpoint: String?
  public var address: String?
  /// By what right the endpoint was chosen, where it was not simply available: `backup`, `probe`, `last_resort`,
  /// `panic`.
  public var pick: String?
  public var cause: String?
  /// The symbol of the errno, or its number where it has none that is known.
  public var errno: String?
  /// The response code of the name server that was asked, as in `NXDOMAIN`.
  public var rcode: String?
  /// From the exchange's start to the attempt's.
  public var startMs: Double?
  public var queueMs: Double?
  public var resolveMs: Double?
  public var connectMs: Double?
  public var tlsMs: Double?
  public var sendMs: Double?
  public var firstByteMs: Double?
  public var receiveMs: Double?
  public var isReused: Bool?
  /// Age of the reused connection at lease.
  public var ageMs: Int64?
  /// How long the reused connection had been idle at lease.
  public var idleMs: Int64?
  /// Exchanges that the reused connection had carried before.
  public var uses: UInt32?
  public var bytesSent: UInt64
  public var bytesReceived: UInt64
  public var status: UInt16?

  private enum CodingKeys: String, CodingKey {
    case phase, endpoint, address, pick, cause, errno, rcode, startMs, queueMs, resolveMs, connectMs, tlsMs, sendMs
    case firstByteMs, receiveMs, ageMs, idleMs, uses, bytesSent, bytesReceived, status
    case isReused = "reused"
  }
}

extension StoredAttempt {
  /// What every attempt has.
  package init(phase: String) {
    self.phase = phase
    bytesSent = 0
    bytesReceived = 0
  }
}

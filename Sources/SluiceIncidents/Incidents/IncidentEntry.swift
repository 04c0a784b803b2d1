public import SluiceCore

/// An incident on its way from a worker to the store.
///
/// The record is the line that the access log would hold: it is encoded by the worker, since its texts are ranges into
/// a block that the worker uses again.
public struct IncidentEntry: Sendable {
  public var id: ExchangeID
  /// Unix time of the exchange's start, in milliseconds.
  public var time: Int64
  public var kind: IncidentKind
  public var problem: ProblemKey
  /// An identifier of `Owner`.
  public var who: String
  /// The status on the wire, 0 where the exchange was aborted before a head.
  public var status: UInt16
  /// The client's own request ID, where it sent one.
  public var clientRequestID: String?
  /// One line of JSON, its line feed included.
  public var line: [UInt8]
  public var evidence: Evidence?

  public init(
    id: ExchangeID, time: Int64, kind: IncidentKind, problem: ProblemKey, who: String, status: UInt16,
    clientRequestID: String?, line: [UInt8], evidence: Evidence?
  ) {
    self.id = id
    self.time = time
    self.kind = kind
    self.problem = problem
    self.who = who
    self.status = status
    self.clientRequestID = clientRequestID
    self.line = line
    self.evidence = evidence
  }
}

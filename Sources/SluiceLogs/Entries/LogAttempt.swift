/// One try at one endpoint, as an access log lists it. Times are milliseconds; nil: the phase was not reached or is not
/// told.
public struct LogAttempt: Equatable, Sendable {
  public var endpoint: String?
  /// What the endpoint answered; nil: nothing, or it is not told.
  public var status: UInt16?
  public var connect: Double?
  /// To the response head.
  public var head: Double?
  /// To the end of the response.
  public var whole: Double?

  public init(
    endpoint: String? = nil, status: UInt16? = nil, connect: Double? = nil, head: Double? = nil, whole: Double? = nil
  ) {
    self.endpoint = endpoint
    self.status = status
    self.connect = connect
    self.head = head
    self.whole = whole
  }
}

public import SluiceCore
public import SluiceWire

/// A failure that is to be told to the client.
public struct FailureAnswer: Sendable {
  /// What only a client in `trusted.detail` may see (DECISIONS 6).
  public struct Detail: Sendable {
    public var upstream: String?
    /// The endpoint as configured.
    public var endpoint: String?
    public var address = EndpointAddress.none
    /// errno, 0 where there is none.
    public var systemError: Int32 = 0
    public var phase: Phase?
    /// The status that the upstream had sent, 0 where none came.
    public var receivedStatus: UInt16 = 0
    /// The DNS response code's name, such as `NXDOMAIN`.
    public var rcode: String?
    /// The alert's number.
    public var alertID: UInt8?
    /// Its name in IANA's registry.
    public var alertMessage: String?
    /// The response field at fault.
    public var fieldName: String?

    public init() {}
  }

  public var cause: Cause
  public var id: ExchangeID
  /// nil: the cause's.
  public var status: UInt16?
  public var rule: WireRule?
  /// Seconds; nil: 1 where the response needs one.
  public var retryAfter: Int?
  /// The methods that the route takes, for 405.
  public var allow: [String] = []
  public var isIdempotent = true
  /// Host and path of the request, for the page; never the query.
  public var address: [UInt8] = []
  /// nil: the client may not see any. Nothing else here, but for `address` and `rule`, is of this one exchange, so that
  /// a stranger reads what is known of the cause in general.
  public var detail: Detail?

  public init(cause: Cause, id: ExchangeID) {
    self.cause = cause
    self.id = id
  }
}

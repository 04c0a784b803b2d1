public import SluiceWire

/// What the machine needs to know of a request: no bytes, only what decides.
public struct RequestFacts: Sendable, Equatable {
  public var method: Method
  public var version: HTTPVersion
  public var framing: BodyFraming
  /// The client lets the connection live on after the response.
  public var keepsAlive: Bool
  /// A well-formed Upgrade that may be passed on (never `h2c`).
  public var wantsUpgrade: Bool

  public init(
    method: Method, version: HTTPVersion = .http11, framing: BodyFraming = .none, keepsAlive: Bool = true,
    wantsUpgrade: Bool = false
  ) {
    self.method = method
    self.version = version
    self.framing = framing
    self.keepsAlive = keepsAlive
    self.wantsUpgrade = wantsUpgrade
  }

  public var hasBody: Bool {
    switch framing {
    case .none, .length(0): false
    case .length, .chunked, .untilClose: true
    }
  }
}

/// What the machine needs to know of a final response head.
public struct ResponseFacts: Sendable, Equatable {
  public var status: UInt16
  public var framing: BodyFraming
  /// The upstream lets the connection live on after this response.
  public var keepsAlive: Bool
  /// `text/event-stream` or gRPC: silence is normal, `streamIdle` applies.
  public var isStream: Bool

  public init(status: UInt16, framing: BodyFraming = .none, keepsAlive: Bool = true, isStream: Bool = false) {
    self.status = status
    self.framing = framing
    self.keepsAlive = keepsAlive
    self.isStream = isStream
  }
}

/// What is known of the connection that an attempt was given.
public struct LeaseFacts: Sendable, Equatable {
  /// Exchanges that the connection has carried before; 0: it is fresh.
  public var uses: UInt32
  /// The endpoint can still refuse a request without having read it: TLS, on which nothing was answered yet.
  public var mayBeRefused: Bool

  public init(uses: UInt32, mayBeRefused: Bool = false) {
    self.uses = uses
    self.mayBeRefused = mayBeRefused
  }

  public var isReused: Bool { uses > 0 }
}

/// How the upstream's side of an attempt ended before its message did.
public enum UpstreamEnd: UInt8, Sendable, CaseIterable {
  /// FIN.
  case closed
  /// RST, or any other error while reading.
  case reset
  /// A write failed (EPIPE, RST).
  case writeFailed
  /// FIN without the close_notify that TLS ends with: what came before it may be less than was sent
  /// (RFC 9112 section 9.8).
  case cut
  /// A TLS alert.
  case alert
  /// A TLS alert that is about the gateway's own certificate, or its absence.
  case certificateRefused
}

/// The two sides of an exchange.
public enum Side: UInt8, Sendable, CaseIterable {
  case downstream, upstream

  public var other: Side { self == .downstream ? .upstream : .downstream }
}

/// The numbers that one exchange is held to, from its listener, route and upstream.
public struct ExchangePolicy: Sendable, Equatable {
  public var timeouts: UpstreamTimeouts
  /// Silence while we wait for the client's body bytes.
  public var clientBodyIdle: TimeSpan
  /// Silence while we wait for the client to take response bytes.
  public var clientWrite: TimeSpan
  /// Attempts in all, at least 1.
  public var attempts: Int
  /// Bytes of a request body that are kept for a replay.
  public var replayBodyLimit: UInt64
  /// The request has a key by which the upstream knows it again, and the operator believes such keys.
  public var hasTrustedKey: Bool
  /// What the client itself gives the request, from its head to the head of its response; nil: it does not say.
  public var clientDeadline: TimeSpan? = nil
  /// Bytes.
  public var requestBodyLimit: UInt64
  /// Bytes.
  public var responseBodyLimit: UInt64

  public init(
    timeouts: UpstreamTimeouts = UpstreamTimeouts(), clientBodyIdle: TimeSpan = .seconds(30),
    clientWrite: TimeSpan = .seconds(60), attempts: Int = 3, replayBodyLimit: UInt64 = 64 << 10,
    hasTrustedKey: Bool = false, requestBodyLimit: UInt64 = .max, responseBodyLimit: UInt64 = .max
  ) {
    self.timeouts = timeouts
    self.clientBodyIdle = clientBodyIdle
    self.clientWrite = clientWrite
    self.attempts = attempts
    self.replayBodyLimit = replayBodyLimit
    self.hasTrustedKey = hasTrustedKey
    self.requestBodyLimit = requestBodyLimit
    self.responseBodyLimit = responseBodyLimit
  }
}

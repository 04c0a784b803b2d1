public import SluiceWire

/// 48 bits of Unix milliseconds and 80 random bits: the key of an exchange, its incident and `Sluice-Incident`.
public struct ExchangeID: Hashable, Sendable {
  public var high: UInt64
  public var low: UInt64

  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }
}

/// One endpoint of one upstream in the snapshot that an exchange is pinned to.
public struct EndpointID: Hashable, Sendable {
  /// Index of the upstream in the snapshot.
  public var upstream: UInt16
  /// Index of the endpoint within the upstream.
  public var endpoint: UInt16

  public init(upstream: UInt16, endpoint: UInt16) {
    self.upstream = upstream
    self.endpoint = endpoint
  }

  public static let none = EndpointID(upstream: .max, endpoint: .max)
}

/// How far an exchange or attempt had come.
public enum Phase: UInt8, Hashable, Sendable, CaseIterable {
  case accept, head, route, queue, resolve, connect, tls, send, wait, receive, respond, tunnel, done
}

/// Why a failed attempt was not followed by another.
public enum NotRetried: UInt8, Hashable, Sendable, CaseIterable {
  case method, bytesSent, bodyNotBuffered, budget, deadline, attemptsMax, responseStarted, policy
  /// Every endpoint of the upstream was tried.
  case noOtherEndpoint
  /// The client had gone away.
  case clientGone
}

/// One try at one endpoint. Spans are microseconds, -1 where the phase was not reached.
public struct AttemptRecord: Sendable {
  public var endpoint: EndpointID = .none
  /// The address that was connected to, after resolution.
  public var address: EndpointAddress = .none
  /// nil: the attempt succeeded.
  public var cause: Cause? = nil
  /// By what right its endpoint was chosen.
  public var access: PickAccess = .usual
  public var phase: Phase = .queue
  /// `errno` of the failed system call, 0 where there is none.
  public var systemError: Int32 = 0
  /// What the name server answered, where the endpoint is a name and was asked for.
  public var responseCode: DNSResponseCode = .none
  /// When the attempt began.
  public var startedAt: Instant = .never
  public var endedAt: Instant = .never
  public var queue: Int32 = -1
  public var resolve: Int32 = -1
  public var connect: Int32 = -1
  public var tls: Int32 = -1
  public var send: Int32 = -1
  public var firstByte: Int32 = -1
  public var receive: Int32 = -1
  public var isReused = false
  /// Age of the connection at lease, in milliseconds.
  public var connectionAge: Int32 = 0
  /// How long the connection had been idle at lease, in milliseconds.
  public var connectionIdle: Int32 = 0
  /// Exchanges that the connection had carried before this one.
  public var connectionUses: UInt32 = 0
  /// Bytes of this attempt on the wire, heads and framing included.
  public var bytesSent: UInt64 = 0
  public var bytesReceived: UInt64 = 0
  /// The status that the upstream answered with, 0 where none came.
  public var status: UInt16 = 0

  public init() {}
}

/// Everything that is known of one exchange, made exactly once for each. Texts are ranges into the exchange's head
/// block.
public struct ExchangeRecord: Sendable {
  public var id = ExchangeID(high: 0, low: 0)
  /// The trace that the gateway takes part in with this exchange.
  public var trace: TraceID = .none
  /// Unix time of the exchange's start, in milliseconds.
  public var wallTime: Int64 = 0
  public var startedAt: Instant = .never
  public var listener: UInt16 = 0
  /// Index of the route, `UInt16.max` where none matched.
  public var route: UInt16 = .max
  /// Index of the upstream, `UInt16.max` where none was chosen.
  public var upstream: UInt16 = .max
  public var client: EndpointAddress = .none
  public var version: HTTPVersion = .http11
  /// What the client's connection is encrypted with; nil: it is not.
  public var tls: TLSRelease? = nil
  /// What the request line and the fields said; all empty where no head could be parsed.
  public var method: ByteRange = .empty
  public var host: ByteRange = .empty
  public var path: ByteRange = .empty
  public var query: ByteRange = .empty
  public var clientRequestID: ByteRange = .empty
  public var userAgent: ByteRange = .empty
  /// The client's only `traceparent`, valid or not, where `trace` does not say more.
  public var traceParent: ByteRange = .empty
  /// The status on the wire; 499 where the client left before one was sent, 0 where the exchange was aborted before a
  /// head.
  public var status: UInt16 = 0
  /// nil: nothing failed in the end.
  public var cause: Cause? = nil
  /// The rule that a malformed message broke.
  public var rule: WireRule? = nil
  public var phase: Phase = .head
  public var notRetriedBecause: NotRetried? = nil
  /// Whether the response on the wire was made by the gateway (generated, redirect, fixed).
  public var isGenerated = false
  /// Whether bytes of a response went out and the message was then cut.
  public var isAborted = false
  /// Bytes of the request and the response on the client's connection, heads and framing included.
  public var bytesIn: UInt64 = 0
  public var bytesOut: UInt64 = 0
  /// From the first byte of the request to the end of the exchange.
  public var total: TimeSpan = .zero

  public init() {}
}

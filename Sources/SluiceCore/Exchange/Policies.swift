// The numbers that govern an exchange. The configuration fills them; the defaults stand here, and the reference is
// generated from these comments. DESIGN of the file: ../../../docs/CONFIGURATION.md.

/// How long a client may take, for each listener.
public struct ListenerTimeouts: Hashable, Sendable {
  /// TLS handshake and PROXY header, from accept. Default 10 s.
  public var handshake: TimeSpan = .seconds(10)
  /// The request's head, from its first byte (on a new connection: from accept). Default 15 s.
  public var head: TimeSpan = .seconds(15)
  /// Silence while we wait for a request body. Default 30 s.
  public var bodyIdle: TimeSpan = .seconds(30)
  /// Silence while we wait for the client to take response bytes. Default 60 s.
  public var write: TimeSpan = .seconds(60)
  /// An idle keep-alive connection. Default 75 s.
  public var idle: TimeSpan = .seconds(75)

  public init() {}
}

/// Bounds on what a client may send, for each listener.
public struct ListenerLimits: Hashable, Sendable {
  /// Open connections. Default 20,000.
  public var connections: Int = 20_000
  /// Bytes of a request head. Default 64 KiB.
  public var head: Int = 64 << 10
  /// Bytes of the request line. Default 16 KiB.
  public var requestLine: Int = 16 << 10
  /// Bytes of one field line. Default 32 KiB.
  public var field: Int = 32 << 10
  /// Number of fields. Default 128.
  public var fields: Int = 128
  /// Requests on one connection before it is closed. Default unlimited.
  public var requestsPerConnection: Int = .max

  public init() {}
}

/// How long an upstream may take.
public struct UpstreamTimeouts: Hashable, Sendable {
  /// One address's connect. Default 2 s.
  public var connect: TimeSpan = .seconds(2)
  /// TLS handshake. Default 5 s.
  public var tls: TimeSpan = .seconds(5)
  /// From the last request byte sent to the final response head. Default 60 s.
  public var responseHead: TimeSpan = .seconds(60)
  /// From the whole request having arrived to the final response head, all attempts included. Default 120 s.
  public var request: TimeSpan = .seconds(120)
  /// Silence while we wait for body bytes from the upstream, or for it to take ours. Default 60 s.
  public var bodyIdle: TimeSpan = .seconds(60)
  /// Silence in tunnels, gRPC and text/event-stream. Default 1 h.
  public var streamIdle: TimeSpan = .seconds(3600)
  /// How long an unused connection is kept. Default 4 s, below the 5 s of Node.js.
  public var poolIdle: TimeSpan = .seconds(4)
  /// Waiting for a connection or request permit. Default 1 s.
  public var queue: TimeSpan = .seconds(1)

  public init() {}
}

/// Bounds on what we use of an upstream, for the whole process, and on what it may send.
public struct UpstreamLimits: Hashable, Sendable {
  /// Connections to the whole upstream, idle ones included. Default 1,024.
  public var connections: Int = 1024
  /// Requests in progress. Default 1,024.
  public var requests: Int = 1024
  /// Requests that wait for a permit. Default 1,024.
  public var queue: Int = 1024
  /// Bytes of a response head. Default 64 KiB.
  public var responseHead: Int = 64 << 10
  /// Bytes of a response body; more is `body_too_large`. Default unlimited.
  public var responseBody: UInt64 = .max

  public init() {}
}

/// How often a failed attempt may be followed by another.
public struct RetryPolicy: Hashable, Sendable {
  /// Attempts in all, the first included. Default 3, at most 10.
  public var attempts: Int = 3
  /// Share of the upstream's requests that may be repeated work, over all workers. Default 0.2.
  public var budget: Double = 0.2
  /// Bytes of a request body kept for a replay. Default 64 KiB.
  public var bodyLimit: Int = 64 << 10
  /// Whether a request with an Idempotency-Key counts as idempotent. Default false.
  public var idempotencyKeys = false

  public init() {}
}

/// How an endpoint is chosen.
public enum BalancePolicy: Hashable, Sendable {
  case roundRobin
  /// Power of two choices on requests in progress, the default.
  case leastRequest
  /// Power of two choices on latency with decay, weighted by requests in progress.
  case peakEWMA
  case random
  /// Ring of hashed endpoints; the key is taken from the request.
  case consistentHash(HashKey)
  /// A cookie names the endpoint; the policy inside chooses where there is none.
  indirect case sticky(cookie: String, fallback: BalancePolicy)

  public enum HashKey: Hashable, Sendable {
    case clientAddress
    case path
    case header(String)
    case cookie(String)
  }
}

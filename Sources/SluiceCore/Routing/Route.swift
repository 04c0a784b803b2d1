/// One rule of the route table, valid by construction.
public struct Route: Hashable, Sendable {
  /// The name in records and metrics: the configured one, else made of host and path (`api.example.com/v1`).
  public var name: String
  public var host: HostPattern
  /// Whole segments: `/v1` matches `/v1` and `/v1/x`, not `/v1beta`. Always begins with `/`; `/` matches everything.
  public var pathPrefix: String
  /// Upper-case method names; empty: every method.
  public var methods: [String]
  public var headers: [FieldMatch]
  public var query: [QueryMatch]
  public var action: RouteAction
  /// Remove `pathPrefix` from what goes upstream.
  public var stripPrefix: Bool
  public var requestFields: FieldEdits
  public var responseFields: FieldEdits
  /// nil: the upstream's.
  public var timeouts: TimeoutOverrides
  public var retry: RetryPolicy?
  /// Bytes of a request body; more is 413. Default unlimited.
  public var requestBody: UInt64
  public var hostRewrite: HostRewrite
  /// Let `%2F`, `%5C` and `\` pass, which are refused otherwise because two servers may read them differently.
  public var allowsAmbiguousPath: Bool
  /// All of them hold; each takes its token in this order.
  public var rateLimits: [RateLimit]

  public init(name: String, host: HostPattern = .any, pathPrefix: String = "/", action: RouteAction) {
    self.name = name
    self.host = host
    self.pathPrefix = pathPrefix
    self.action = action
    methods = []
    headers = []
    query = []
    stripPrefix = false
    requestFields = FieldEdits()
    responseFields = FieldEdits()
    timeouts = TimeoutOverrides()
    retry = nil
    requestBody = .max
    hostRewrite = .keep
    allowsAmbiguousPath = false
    rateLimits = []
  }
}

/// Hosts are lower case, without port.
public enum HostPattern: Hashable, Sendable {
  case any
  case exact(String)
  /// `*.example.com`: the suffix with its dot, `.example.com`; matches one or more labels in front.
  case wildcard(String)
}

/// A field that a request must have, and what its value must be.
public struct FieldMatch: Hashable, Sendable {
  /// Lower case.
  public var name: String
  /// nil: present with any value.
  public var value: String?

  public init(name: String, value: String?) {
    self.name = name
    self.value = value
  }
}

/// A query parameter that a request must have.
public struct QueryMatch: Hashable, Sendable {
  public var name: String
  public var value: String?

  public init(name: String, value: String?) {
    self.name = name
    self.value = value
  }
}

public enum RouteAction: Hashable, Sendable {
  /// Index into the snapshot's upstreams.
  case upstream(UInt16)
  case redirect(Redirect)
  case respond(FixedResponse)
}

public struct Redirect: Hashable, Sendable {
  /// 301, 302, 303, 307 or 308. Default 308.
  public var status: UInt16
  /// An absolute URL or path; `${host}`, `${path}` and `${query}` stand for the request's.
  public var location: String

  public init(status: UInt16, location: String) {
    self.status = status
    self.location = location
  }
}

public struct FixedResponse: Hashable, Sendable {
  public var status: UInt16
  public var contentType: String
  public var body: String

  public init(status: UInt16, contentType: String, body: String) {
    self.status = status
    self.contentType = contentType
    self.body = body
  }
}

/// Fields removed, then set.
public struct FieldEdits: Hashable, Sendable {
  /// Lower-case names.
  public var remove: [String]
  public var set: [Field]

  public struct Field: Hashable, Sendable {
    public var name: String
    public var value: String

    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  public init(remove: [String] = [], set: [Field] = []) {
    self.remove = remove
    self.set = set
  }

  public var isEmpty: Bool { remove.isEmpty && set.isEmpty }
}

/// What a route says differently from its upstream.
public struct TimeoutOverrides: Hashable, Sendable {
  public var responseHead: TimeSpan?
  public var request: TimeSpan?
  public var bodyIdle: TimeSpan?
  public var streamIdle: TimeSpan?
  public var queue: TimeSpan?

  public init() {}
}

/// The Host field that goes upstream.
public enum HostRewrite: Hashable, Sendable {
  case keep
  /// The endpoint's own host and port.
  case upstream
  case value(String)
}

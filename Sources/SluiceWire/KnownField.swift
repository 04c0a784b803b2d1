/// A field that the gateway looks at. Names are matched without regard to case (RFC 9110 5.1).
public enum KnownField: UInt8, Sendable, CaseIterable {
  case unknown = 0
  case host
  case connection
  case keepAlive
  case proxyConnection
  case te
  case trailer
  case transferEncoding
  case upgrade
  case contentLength
  case expect
  case via
  case forwarded
  case xForwardedFor
  case xForwardedProto
  case xForwardedHost
  case xForwardedPort
  case xForwardedServer
  case xRealIP
  case xRequestID
  case traceparent
  case tracestate
  case userAgent
  case cookie
  case setCookie
  case authorization
  case proxyAuthorization
  case proxyAuthenticate
  case wwwAuthenticate
  case accept
  case acceptEncoding
  case acceptLanguage
  case contentType
  case contentEncoding
  case contentRange
  case date
  case server
  case location
  case retryAfter
  case proxyStatus
  case sluiceIncident
  case cacheControl
  case pragma
  case age
  case vary
  case etag
  case lastModified
  case grpcTimeout
  case grpcStatus
  case secWebSocketKey
  case secWebSocketVersion
  case secWebSocketAccept
  case secWebSocketProtocol
  case secWebSocketExtensions
  case range
  case referer
  case origin
  case http2Settings
  case maxForwards
  case ifNoneMatch
  case clientCert
  case clientCertChain

  /// The name in lower case, as HTTP/2 has it; empty for `.unknown`.
  public var canonicalName: StaticString {
    switch self {
    case .unknown: ""
    case .host: "host"
    case .connection: "connection"
    case .keepAlive: "keep-alive"
    case .proxyConnection: "proxy-connection"
    case .te: "te"
    case .trailer: "trailer"
    case .transferEncoding: "transfer-encoding"
    case .upgrade: "upgrade"
    case .contentLength: "content-length"
    case .expect: "expect"
    case .via: "via"
    case .forwarded: "forwarded"
    case .xForwardedFor: "x-forwarded-for"
    case .xForwardedProto: "x-forwarded-proto"
    case .xForwardedHost: "x-forwarded-host"
    case .xForwardedPort: "x-forwarded-port"
    case .xForwardedServer: "x-forwarded-server"
    case .xRealIP: "x-real-ip"
    case .xRequestID: "x-request-id"
    case .traceparent: "traceparent"
    case .tracestate: "tracestate"
    case .userAgent: "user-agent"
    case .cookie: "cookie"
    case .setCookie: "set-cookie"
    case .authorization: "authorization"
    case .proxyAuthorization: "proxy-authorization"
    case .proxyAuthenticate: "proxy-authenticate"
    case .wwwAuthenticate: "www-authenticate"
    case .accept: "accept"
    case .acceptEncoding: "accept-encoding"
    case .acceptLanguage: "accept-language"
    case .contentType: "content-type"
    case .contentEncoding: "content-encoding"
    case .contentRange: "content-range"
    case .date: "date"
    case .server: "server"
    case .location: "location"
    case .retryAfter: "retry-after"
    case .proxyStatus: "proxy-status"
    case .sluiceIncident: "sluice-incident"
    case .cacheControl: "cache-control"
    case .pragma: "pragma"
    case .age: "age"
    case .vary: "vary"
    case .etag: "etag"
    case .lastModified: "last-modified"
    case .grpcTimeout: "grpc-timeout"
    case .grpcStatus: "grpc-status"
    case .secWebSocketKey: "sec-websocket-key"
    case .secWebSocketVersion: "sec-websocket-version"
    case .secWebSocketAccept: "sec-websocket-accept"
    case .secWebSocketProtocol: "sec-websocket-protocol"
    case .secWebSocketExtensions: "sec-websocket-extensions"
    case .range: "range"
    case .referer: "referer"
    case .origin: "origin"
    case .http2Settings: "http2-settings"
    case .maxForwards: "max-forwards"
    case .ifNoneMatch: "if-none-match"
    case .clientCert: "client-cert"
    case .clientCertChain: "client-cert-chain"
    }
  }
}

/// What a gateway has to speak towards the origin of a scenario.
public enum LabTransport: String, Sendable, Hashable, CaseIterable {
  /// HTTP/1.1 in the clear.
  case http1
  /// HTTP/2 in the clear, by prior knowledge (RFC 9113 section 3.3).
  case http2
  /// HTTP/1.1 over TLS.
  case tlsHTTP1
  /// HTTP/2 over TLS, and nothing else.
  case tlsHTTP2
  /// Over TLS whatever ALPN agrees on: HTTP/2 or HTTP/1.1.
  case tlsAny
  /// HTTP/1.1 over TLS, with a client certificate.
  case tlsCertificate

  public var isTLS: Bool {
    switch self {
    case .http1, .http2: false
    case .tlsHTTP1, .tlsHTTP2, .tlsAny, .tlsCertificate: true
    }
  }

  /// As a person would say it.
  public var words: String {
    switch self {
    case .http1: "HTTP/1.1"
    case .http2: "HTTP/2"
    case .tlsHTTP1: "TLS"
    case .tlsAny: "protocol by ALPN"
    case .tlsHTTP2: "HTTP/2 over TLS"
    case .tlsCertificate: "TLS with a certificate"
    }
  }

  var scheme: String { isTLS ? "https" : "http" }

  /// Whether a gateway that only has HTTP/1.1 towards its upstreams cannot reach it.
  public var needsHTTP2: Bool {
    switch self {
    case .http2, .tlsHTTP2: true
    case .http1, .tlsHTTP1, .tlsAny, .tlsCertificate: false
    }
  }

  /// The name of the address that the lab's paths of this transport share; nil for the main address.
  var sharedPort: String? {
    switch self {
    case .http1: nil
    case .http2: "http2-clear"
    case .tlsHTTP1, .tlsAny, .tlsCertificate: "tls"
    case .tlsHTTP2: "http2-tls"
    }
  }

  /// The addresses that paths share beside the main one: a name and who listens there.
  static let sharedPorts: [(name: String, transport: LabTransport)] = [
    ("tls", .tlsHTTP1), ("http2-tls", .tlsHTTP2), ("http2-clear", .http2),
  ]
}

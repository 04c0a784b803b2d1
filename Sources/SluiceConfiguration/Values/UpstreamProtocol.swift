/// What is spoken to the endpoints of an upstream.
public enum UpstreamProtocol: String, CaseIterable, Sendable, Hashable {
  /// Agreed on with each `https` endpoint (ALPN); HTTP/1.1 with `http` (DECISIONS 33).
  case auto
  case http1
  /// Also without TLS, by prior knowledge.
  case http2
}

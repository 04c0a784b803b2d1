public import SluiceCore

/// Which status each product answers for the same failure.
public enum FailureMatrix {
  public struct Row: Sendable {
    public let failure: String
    public let causes: [Cause]
    /// In the order of `products`.
    public let answers: [String]
  }

  public static let products: [Product] = Product.allCases

  public static let rows: [Row] = [
    row("connection refused", [.connectRefused], "502 503 503 503 502 502 502 521 502 502 503"),
    row("no answer to the connection", [.connectTimeout], "504 503 503 503 502 504 504 522 502 502/504 503"),
    row(
      "TLS or certificate", [.tlsHandshakeFailed, .tlsCertExpired, .tlsNameMismatch],
      "502 503 503 500/503 502 500 502 525/526 502 502 –"),
    row(
      "closed before the response head", [.closedBeforeResponse, .resetBeforeResponse, .staleKeepalive],
      "502 502 503 502 502 502 502 520 502 502 503"),
    row("no response head in time", [.responseHeaderTimeout], "504 504 504 502 504 504 504 524 502 504 503"),
    row("not HTTP", [.notHttp], "200 502 502 200 502 500 502 520 502 502 503"),
    row(
      "response head too large", [.headerSectionTooLarge, .headerTooLarge],
      "502 502 502/503 502 502 500 502 520 502 502 503"),
    row("no healthy endpoint", [.allUnhealthy], "502 503 503 503 503 503 – – – 500 503"),
    row("name not resolved", [.dnsNxdomain, .dnsServfail, .dnsTimeout], "502 503 503 500 502 502 – 530 – 500 –"),
    row("queue or limit full", [.poolQueueFull, .poolQueueTimeout], "502 503 503 503 503 429 – – – 503 503"),
  ]

  private static func row(_ failure: String, _ causes: [Cause], _ answers: String) -> Row {
    Row(failure: failure, causes: causes, answers: answers.split(separator: " ").map(String.init))
  }
}

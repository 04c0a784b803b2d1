import SluiceCore
import SluiceDiagnosis
import Testing

@testable import SluiceLogs

@Suite("Proxy-Status in logs")
struct ProxyStatusTextTests {
  @Test(
    "the first member with an error is where it arose",
    arguments: [
      ("a; error=connection_timeout", Cause.connectTimeout, Sureness.likely),
      ("a; received-status=502, b; error=http_response_timeout, c; error=dns_error", .responseHeaderTimeout, .likely),
      (#""a, b"; details="x; error=dns_error"; error=connection_refused"#, .connectRefused, .likely),
      (#"a; error=connection_refused; details="x; error=dns_error""#, .connectRefused, .likely),
      (#"sluice; error=connection_terminated; details="stale_keepalive""#, .staleKeepalive, .certain),
      (#"x; error=dns_timeout; details="stale_keepalive""#, .dnsTimeout, .likely),
      ("a;error=tls_certificate_error", .tlsCertUntrusted, .likely),
    ])
  func first(text: String, cause: Cause, sure: Sureness) throws {
    let conclusion = try #require(ProxyStatusText.conclusion(of: text))
    #expect(conclusion.cause == cause)
    #expect(conclusion.sure == sure)
  }

  @Test(
    "what names no error says nothing",
    arguments: [
      "", "a", "a; error", "a; error=unheard_of", "a; error=proxy_internal_response", #"a; error=""#, ";;;,,,",
    ])
  func nothing(text: String) {
    #expect(ProxyStatusText.conclusion(of: text) == nil)
  }

  @Test("every other type is a cause of that type, or one of the gateway's own")
  func types() throws {
    for type in ProxyErrorType.allCases where type != .proxyInternalResponse {
      let conclusion = try #require(ProxyStatusText.conclusion(of: "a; error=\(type.identifier)"))
      let others: Set<ProxyErrorType> = [
        .proxyConfigurationError, .httpResponseTrailerSize, .httpResponseTrailerSectionSize,
      ]
      #expect(others.contains(type) || conclusion.cause.proxyErrorType == type, "\(type)")
      #expect(!conclusion.alternatives.contains(conclusion.cause))
    }
  }
}

import SluiceCore
import Testing

@testable import SluiceConfiguration

@Suite struct TracingTests {
  @Test func defaults() throws {
    #expect(try configure(valid).tracing == nil)
    let configuration = try configure(valid + "tracing: { endpoint: 'http://127.0.0.1:4318/v1/traces' }")
    let tracing = try #require(configuration.tracing)
    #expect(tracing.endpoint.text.value == "http://127.0.0.1:4318/v1/traces")
    #expect(tracing.endpoint.place == "127.0.0.1:4318")
    #expect(tracing.sample == 0.01 && tracing.failures && tracing.untrusted == .goesOn && tracing.service == "sluice")
    #expect(tracing.headers.isEmpty)
  }

  @Test func everyKeyIsRead() throws {
    let text =
      valid + """
        tracing:
          endpoint: https://otel.test/v1/traces
          sample: 100%
          failures: off
          untrusted: restart
          service: edge
          headers: { Authorization: 'Bearer ${TOKEN}' }
        """
    let tracing = try #require(try configure(text, environment: ["TOKEN": "t0ken"]).tracing)
    #expect(tracing.sample == 1 && !tracing.failures && tracing.untrusted == .restarts && tracing.service == "edge")
    #expect(tracing.headers.map(\.name) == ["authorization"] && tracing.headers[0].value.value == "Bearer t0ken")
    #expect(!"\(tracing)".contains("t0ken"))
  }

  @Test(arguments: [
    Case(
      "tracing: {}",
      "8:10: error: 'endpoint' is missing in 'tracing'; it is a URL such as http://127.0.0.1:4318/v1/traces"),
    Case(
      "tracing: { endpoint: 'http://127.0.0.1:4318' }",
      "8:22: error: 'endpoint' is a text that is not shown: it has no path; a collector takes traces at '/v1/traces'"),
    Case(
      "tracing: { endpoint: 'http://127.0.0.1:4318/' }",
      "8:22: error: 'endpoint' is a text that is not shown: it has no path; a collector takes traces at '/v1/traces'"),
    Case(
      "tracing: { endpoint: '127.0.0.1:4318/v1/traces' }",
      "8:22: error: 'endpoint' is a text that is not shown: it begins with https:// or http://"),
    Case(
      "tracing: { endpoint: 'http://otel.test/v1/traces' }",
      "8:22: warning: spans for 'otel.test' travel unencrypted, and 'headers' too; use https"),
    Case(
      "tracing: { endpoint: 'https://o.test/v1/traces', sample: 101% }",
      "8:58: error: 'sample' is '101%': it must be from 0% to 100%"),
    Case(
      "tracing: { endpoint: 'https://o.test/v1/traces', untrusted: no }",
      "8:61: error: 'untrusted' is 'no'; expected continue or restart"),
    Case(
      "tracing: { endpoint: 'https://o.test/v1/traces', headers: { Content-Type: a } }",
      "8:61: error: 'Content-Type' cannot be set: it is made for each export"),
    Case(
      "tracing: { endpoint: 'https://o.test/v1/traces' }\nsecretHeaders: [Traceparent]",
      "8:22: error: 'traceparent' is one of 'secretHeaders', and spans hold what it says; leave one of the two out"),
  ])
  func mistakes(_ test: Case) {
    #expect(diagnose(valid + test.text) == test.diagnostics)
  }

  @Test(arguments: [
    "tracing: https://x.test/hunter2",
    "tracing: { endpoint: 'https://x.test/hunter2 ' }",
    "tracing: { endpoint: https://x.test/hunter2, sample: 1 }",
    "tracng: { endpoint: https://x.test/hunter2 }",
    "tracing: { endpoint: https://x.test/v1/traces, headers: { Authorization: \"hunter2\\n\" } }",
    "tracing: { endpoint: https://x.test/v1/traces, headers: hunter2 }",
    "tracing:\n  endpoint: https://x.test/hunter2\n\tsample: 1%",
    "tracing: { endpoint: http://x.test/hunter2 }",
  ])
  func noSecretIsShown(text: String) {
    let result = ConfigurationLoader.load(text: valid + text, file: "f", environment: [:])
    #expect(!result.diagnostics.isEmpty)
    for diagnostic in result.diagnostics {
      #expect(!diagnostic.rendered.contains("hunter2"), "\(diagnostic.rendered)")
    }
  }
}

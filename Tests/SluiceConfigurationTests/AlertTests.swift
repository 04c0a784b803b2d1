import SluiceCore
import Testing

@testable import SluiceConfiguration

@Suite struct AlertTests {
  @Test func defaults() throws {
    let configuration = try configure(valid + "alerts: [{ url: 'https://Hooks.test/T/B?x=1' }]")
    let alert = try #require(configuration.alerts.first)
    #expect(alert.url.text.value == "https://Hooks.test/T/B?x=1" && alert.url.place == "hooks.test")
    #expect(alert.format == .json && alert.persistsAfter == .seconds(600) && alert.headers.isEmpty)
    #expect(alert.events == [.started, .persists, .ended])
    #expect(configuration.alertPersistence == .seconds(600))
  }

  @Test func everyKeyIsRead() throws {
    let text =
      valid + """
        alerts:
          - url: ${HOOK}
            format: slack
            persistsAfter: 1h
            events: [ended, started]
            headers: { Authorization: 'Bearer ${TOKEN}', X-A: b }
          - url: http://127.0.0.1:9000
            persistsAfter: 2h
        """
    let alerts = try configure(text, environment: ["HOOK": "https://hooks.test:444/x", "TOKEN": "t0ken"])
    let first = try #require(alerts.alerts.first)
    #expect(first.url.text.value == "https://hooks.test:444/x" && first.url.place == "hooks.test:444")
    #expect(first.format == .slack && first.persistsAfter == .seconds(3600))
    #expect(first.events == [.started, .ended])
    #expect(first.headers.map(\.name) == ["authorization", "x-a"])
    #expect(first.headers.map(\.value.value) == ["Bearer t0ken", "b"])
    // The first one does not want to hear of it.
    #expect(alerts.alertPersistence == .seconds(7200))
  }

  @Test(arguments: [
    Case(
      "alerts: [{}]", "8:10: error: 'url' is missing in 'alerts[0]'; it is a URL such as https://hooks.example.com/…"),
    Case(
      "alerts: [{ url: x.test }]",
      "8:17: error: 'url' is a text that is not shown: it begins with https:// or http://"),
    Case(
      "alerts: [{ url: 'https://u:p@x.test' }]",
      "8:17: error: 'url' is a text that is not shown: it has a user or password; give them in 'headers'"),
    Case(
      "alerts: [{ url: 'https://x.test/#a' }]",
      "8:17: error: 'url' is a text that is not shown: it has a fragment, which is never sent"),
    Case("alerts: [{ url: 'https:///a' }]", "8:17: error: 'url' is a text that is not shown: it has no host"),
    Case(
      "alerts: [{ url: 'https://x.test/ a' }]",
      "8:17: error: 'url' is a text that is not shown: it has a character that a URL cannot have"),
    Case(
      "alerts: [{ url: 'http://x.test/a' }]",
      "8:17: warning: alerts to 'x.test' travel unencrypted, their URL and 'headers' too; use https"),
    Case("alerts: [{ url: 'http://localhost/a' }, { url: 'http://127.0.0.1/a' }, { url: 'http://[::1]/a' }]"),
    Case(
      "alerts: [{ url: 'https://x.test', persistsAfter: 4m }]",
      "8:50: error: 'persistsAfter' is '4m': it must be from 300s to 168h"),
    Case(
      "alerts: [{ url: 'https://x.test', events: [start] }]",
      "8:44: error: 'events[0]' is 'start'; expected started, persists or ended; did you mean 'started'?"),
    Case(
      "alerts: [{ url: 'https://x.test', headers: { Content-Type: a } }]",
      "8:46: error: 'Content-Type' cannot be set: it is made for each alert"),
    Case(
      "alerts: [{ url: 'https://x.test' }, { url: 'https://x.test', format: slack }]",
      "8:44: error: this webhook is listed already, line 8; say what it is told of in one entry"),
    Case(
      "alerts: [" + (0..<17).map { "{ url: 'https://x.test/\($0)' }" }.joined(separator: ",") + "]",
      "8:9: error: 'alerts' has 17 items; at most 16 are allowed"),
  ])
  func mistakes(_ test: Case) {
    #expect(diagnose(valid + test.text) == test.diagnostics)
  }

  /// Whatever is wrong, and wherever: the path of a webhook and a token are not shown.
  @Test(arguments: [
    "alerts: https://x.test/hunter2",
    "alerts: { url: https://x.test/hunter2 }",
    "alerts: [https://x.test/hunter2]",
    "alerts: [{ url: 'https://x.test/hunter2 ' }]",
    "alerts: [{ url: ftp://x.test/hunter2, format: jso }]",
    "alerts: [{ url: https://x.test/hunter2, format: jso }]",
    "alerts: [{ url:https://x.test/hunter2 }]",
    "alerts: [{ urll: https://x.test/hunter2 }]",
    "alert: [{ url: https://x.test/hunter2 }]",
    "alerts: [{ url: https://x.test, headers: { Authorization: \"hunter2\\n\" } }]",
    "alerts: [{ url: https://x.test, headers: [hunter2] }]",
    "alerts: [{ url: https://x.test, headers: hunter2 }]",
    "alerts: [{ url: [https://x.test/hunter2], headers: { a: { b: hunter2 } } }]",
    "alerts: [{ url: https://x.test/hunter2",
    "alerts:\n  - url: https://x.test/hunter2\n\tformat: json",
    "alerts:\n- url: https://x.test/hunter2: a",
    "'alerts': [{ url: https://x.test/hunter2, url: a }]",
    "alerts: [{ url: http://x.test/hunter2 }]",
    "workers: &a https://x.test/hunter2\nalerts: *a",
  ])
  func noSecretIsShown(text: String) {
    let result = ConfigurationLoader.load(text: valid + text, file: "f", environment: [:])
    #expect(!result.diagnostics.isEmpty)
    for diagnostic in result.diagnostics where !(text.hasPrefix("workers") && diagnostic.what.contains("'workers'")) {
      #expect(!diagnostic.rendered.contains("hunter2"), "\(diagnostic.rendered)")
    }
  }

  @Test func otherLinesAreShown() {
    let result = ConfigurationLoader.load(
      text: "alerts:\n- url: https://x.test\n  # no\nname: 1st\n" + valid, file: "f", environment: [:])
    #expect(result.diagnostics.map(\.excerpt) == ["name: 1st"])
  }

  @Test func aPrintedConfigurationHasNoSecret() throws {
    let configuration = try configure(
      valid + "alerts: [{ url: https://x.test/hunter2, headers: { Authorization: hunter2 } }]")
    var dumped = ""
    dump(configuration, to: &dumped)
    for text in ["\(configuration)", String(reflecting: configuration), dumped] {
      #expect(!text.contains("hunter2"))
      #expect(text.contains("x.test"))
    }
  }
}

import SluiceConfiguration
import SluiceIncidents

@testable import SluiceAdmin

/// Unix time in milliseconds of the tests' beginning: 2026-11-24 12:00:00 UTC.
let noon: Int64 = 1_795_521_600_000

/// A problem of three incidents that went on for two minutes.
func problem(
  _ endpoint: String = "http://127.0.0.1:3000", cause: String = "connect_refused", firstSeen: Int64 = noon,
  lastSeen: Int64 = noon + 120_000, count: Int64 = 3, example: String? = "0RTGPV9QZ8E5T3M2"
) -> Problem {
  Problem(
    number: 7, key: ProblemKey(cause: cause, route: "/v1", upstream: "api", endpoint: endpoint), who: "application",
    state: .ongoing, firstSeen: firstSeen, lastSeen: lastSeen, count: count, absorbed: 1, kept: 3, lastMinute: 2,
    example: example)
}

/// The webhook of a configuration with nothing else in it.
func webhook(_ url: String = "http://127.0.0.1:9", _ rest: String = "") throws -> AlertConfiguration {
  let result = ConfigurationLoader.load(
    text: """
      listeners: [{ address: 127.0.0.1:0 }]
      upstreams: { api: { endpoints: [http://127.0.0.1:3000] } }
      alerts: [{ url: '\(url)' \(rest.isEmpty ? "" : ", \(rest)") }]
      """, file: "f", environment: [:])
  guard let alert = result.configuration?.alerts.first else { throw Unexpected(what: "\(result.diagnostics)") }
  return alert
}

struct Unexpected: Error {
  var what: String
}

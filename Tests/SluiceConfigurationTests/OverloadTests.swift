import SluiceConfiguration
import SluiceCore
import Testing

/// `adaptive` of an upstream and `rateLimit` of a route.
@Suite struct OverloadTests {
  private func upstream(_ keys: String) -> String {
    valid.replacing("# the end", with: "    \(keys)")
  }

  private func route(_ keys: String) -> String { valid + "routes: [{ upstream: api, \(keys) }]" }

  private func adaptive(_ keys: String) throws -> AdaptivePolicy? {
    try configure(upstream(keys)).upstreams.first?.adaptive
  }

  @Test func theLimitAdaptsOnlyWhereItIsSwitchedOn() throws {
    #expect(try adaptive("") == nil)
    #expect(try adaptive("adaptive: off") == nil)
    #expect(try adaptive("adaptive: on") == AdaptivePolicy())
    #expect(try adaptive("adaptive: {}") == AdaptivePolicy())
    var policy = AdaptivePolicy()
    (policy.floor, policy.start, policy.tolerance) = (8, 50, 0.4)
    #expect(try adaptive("adaptive: { floor: 8, start: 50, tolerance: 40% }") == policy)
    #expect(try adaptive("adaptive: { floor: 30 }")?.start == 30, "it does not begin below its floor")
  }

  @Test(arguments: [
    Case(
      "adaptive: yes",
      "7:15: error: 'adaptive' is 'yes'; expected on or off"),
    Case(
      "adaptive: { flor: 3 }", "7:17: error: unknown key 'flor'; did you mean 'floor'?"),
    Case("adaptive: { floor: 0 }", "7:24: error: 'floor' is '0': it must be from 1 to 1000000"),
    Case(
      "adaptive: { floor: 2000 }",
      "7:24: error: 'floor' (2000) is more than 'requests' in 'limits' (1024), the most that may be in progress"),
    Case("adaptive: { floor: 9, start: 8 }", "7:34: error: 'start' (8) is less than 'floor' (9, line 7)"),
    Case(
      "adaptive: { tolerance: 25 }",
      "7:28: error: 'tolerance' is '25'; expected a percentage such as 20%; did you mean '25%'?"),
  ])
  func mistakesOfAdaptive(_ test: Case) {
    #expect(diagnose(upstream(test.text)) == test.diagnostics)
  }

  private func limits(_ keys: String) throws -> [RateLimit]? {
    try configure(route(keys)).routes.first?.rateLimits
  }

  @Test func rateLimitsInTheirForms() throws {
    func limit(_ count: Int, _ seconds: Int64, _ burst: Int, _ key: RateLimit.Key) -> RateLimit {
      RateLimit(count: count, period: .seconds(seconds), burst: burst, key: key)
    }
    #expect(try limits("rateLimit: 100/s") == [limit(100, 1, 100, .client)])
    #expect(
      try limits("rateLimit: { rate: 30/m, burst: 5, by: 'header:X-Api-Key' }")
        == [limit(30, 60, 5, .header("x-api-key"))])
    #expect(
      try limits("rateLimit: [500/h, { rate: 10/s, by: 'cookie:sid' }, { rate: 1/s, by: host }]")
        == [limit(500, 3600, 500, .client), limit(10, 1, 10, .cookie("sid")), limit(1, 1, 1, .host)])
    #expect(try configure(valid).routes.first?.rateLimits == [])
  }

  @Test(arguments: [
    Case("100", "did you mean '100/s'?"),
    Case("100rps", "did you mean '100/s'?"),
    Case("100/sec", "did you mean '100/s'?"),
    Case("100 / min", "did you mean '100/m'?"),
    Case("5/hour", "did you mean '5/h'?"),
    Case("100/d", ""),
    Case("many", ""),
    Case("-1/s", ""),
  ])
  func ratesThatAreNone(_ test: Case) {
    let hint = test.diagnostics[0].isEmpty ? "" : "; \(test.diagnostics[0])"
    #expect(
      diagnose(route("rateLimit: { rate: '\(test.text)' }")) == [
        "8:46: error: 'rate' is '\(test.text)'; expected a rate such as 100/s, 30/m or 500/h\(hint)"
      ])
  }

  @Test(arguments: [
    Case("{ rate: 0/s }", "8:46: error: 'rate' is '0/s': its number must be from 1 to 1000000"),
    Case(
      "{ burst: 5 }", "8:38: error: 'rate' is missing in 'rateLimit'; it is a rate such as 100/s, 30/m or 500/h"),
    Case("{ rate: 1/s, burst: 0 }", "8:58: error: 'burst' is '0': it must be from 1 to 1000000"),
    Case(
      "{ rate: 1/s, by: ip }",
      "8:55: error: 'by' is 'ip'; expected client, host, header:NAME or cookie:NAME; did you mean 'client'?"),
    Case(
      "{ rate: 1/s, by: 'header:X Y' }",
      "8:55: error: 'by' is 'header:X Y': what follows 'header:' is not a header name: letters, digits and '-' only"),
    Case("[]", "8:38: error: 'rateLimit' is an empty list; it needs at least one item"),
    Case(
      "[1/s, 2/s, 3/s, 4/s, 5/s]", "8:38: error: 'rateLimit' has 5 items; at most 4 are allowed"),
  ])
  func mistakesOfRateLimits(_ test: Case) {
    #expect(diagnose(route("rateLimit: \(test.text)")) == test.diagnostics)
  }
}

import Testing

@testable import SluiceLab

struct ScoreListingTests {
  private static func score(_ name: String) throws -> GatewayScore {
    let gateway = try #require(ScoredGateway(url: "http://127.0.0.1:8080/", name: name))
    let subjects = ScoreSubject.all(authority: gateway.authority)
    var answer = Answer()
    answer.status = 502
    answer.isWhole = true
    let scenarios = subjects.map { ScoreRules(subject: $0, answers: [answer]).score() }
    return GatewayScore(gateway: gateway, scenarios: scenarios)
  }

  @Test func aTerminalOfEightyColumnsHoldsEveryLine() throws {
    let plan = LabPlan(host: "127.0.0.1", port: 9500, portsFrom: 9501, sockets: "/run/lab")
    let tables = [
      LabListing.places(plan), LabListing.catalogue(), ScoreListing.text(try Self.score("nginx"), isFull: true),
    ]
    for table in tables {
      for line in table.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
    }
    #expect(tables[0].contains("127.0.0.1:9501        Nobody listens on this port."))
    #expect(tables[0].contains("/run/lab/unix-healthy"))
    #expect(LabCatalogue.scenarios.allSatisfy { tables[1].contains($0.name) })
  }

  @Test func tellsOnlyWhatIsWrongUnlessAskedForAll() throws {
    let score = try Self.score("nginx")
    let short = ScoreListing.text(score, isFull: false)
    #expect(short.contains("\nok  "))
    #expect(!short.contains("\nown-502 "))
    #expect(ScoreListing.text(score, isFull: true).contains("\nown-502 "))
    #expect(short.contains("nginx at http://127.0.0.1:8080, \(score.scenarios.count) scenarios"))
  }

  @Test func writesItselfAsJSON() throws {
    let score = try Self.score("nginx")
    let json = ScoreListing.json([score])
    #expect(
      json.hasPrefix(
        "[{\"name\":\"nginx\",\"gateway\":\"http://127.0.0.1:8080\",\"right\":false,\"status\":{\"right\":"
          + "\(score.status.right),\"judged\":\(score.status.judged)}"))
    #expect(
      json.contains(
        "{\"name\":\"connect-refused\",\"side\":\"response\",\"right\":false,\"expected\":\"502\","
          + "\"answered\":\"502\",\"answeredStatus\":502,\"answeredType\":null,\"answeredCause\":null,"
          + "\"status\":\"right\",\"type\":\"wrong\",\"cause\":\"wrong\",\"who\":\"notJudged\",\"leak\":null,"
          + "\"silent\":null,\"skipped\":null}"))
  }

  @Test func putsTheGatewaysBesideEachOther() throws {
    let tables = ScoreListing.markdown([try Self.score("nginx"), try Self.score("haproxy")])
    #expect(tables.hasPrefix("|  | nginx | haproxy |\n| --- | --- | --- |\n| status right, request in order | "))
    #expect(tables.contains("| `connect-refused` | Nobody listens on this port. | 502 | 502 | 502 |"))
    #expect(tables.contains("| `ok` | Answers with three bytes. | 200 | **502** | **502** |"))
  }

  @Test func readsTheAddressOfAGateway() throws {
    let named = try #require(ScoredGateway(url: "http://gateway.test"))
    #expect(named.host == "gateway.test" && named.port == 80)
    let six = try #require(ScoredGateway(url: "HTTP://[::1]:8080/"))
    #expect(six.host == "::1" && six.port == 8080 && six.authority == "[::1]:8080")
    let wrong = [
      "https://a", "http://", "http://a/b", "a:80", "http://a:0", "http://a:65536", "http://::1", "http://u@a",
      "http://:80",
    ]
    for url in wrong { #expect(ScoredGateway(url: url) == nil, "\(url)") }
  }
}

import Foundation
import TestSupport
import Testing

@testable import sluice

@Suite("sluice incidents and problems")
struct IncidentsTests {
  @Test("the newest stands last, below a head and above the totals")
  func table() async throws {
    let run = try await StoreFixture.all().run("incidents")
    #expect(run.status == 0, "\(run.errors)")
    let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.prefix(2).map { $0.prefix(10) } == ["TIME     C", "2026-11-24"])
    // What tells rows apart stands whole.
    #expect(lines[2..<5].allSatisfy { !$0.contains("~") && !$0.contains("…") }, "\(lines[2..<5])")
    #expect(lines[0].contains("UPSTREAM") && !lines[0].contains("WHO"))
    #expect(lines[2..<5].map { String($0.suffix(26)) } == Fixtures.ids.reversed())
    #expect(lines.contains { $0.hasPrefix("3 incidents: 2 failed, 1 that no client noticed") })
    #expect(lines.allSatisfy { PlainText.width($0) <= 80 })
  }

  @Test(
    "filters leave out what does not fit",
    arguments: [
      (["--cause", "connect_refused"], [0]), (["--cause", "not_http", "--cause", "CONNECT_REFUSED"], [1, 0]),
      (["--upstream", "git"], [1]), (["--route", "git"], [1]), (["--status", "200"], [2]),
      (["--who", "application"], [0]),
      (["--kind", "absorbed"], [2]), (["--since", "2026-11-24T03:20", "--until", "2026-11-24T03:21"], [2, 1, 0]),
      (["--until", "2026-11-24T03:20"], []), (["--limit", "1"], [0]),
    ])
  func filters(arguments: [String], expected: [Int]) async throws {
    let store = try StoreFixture.all()
    let run = try await CommandRun(["incidents", "--json", "--store", store.path] + arguments)
    #expect(run.status == 0, "\(run.errors)")
    let list = try #require(run.json as? [[String: Any]])
    let ids = list.compactMap { ($0["record"] as? [String: Any])?["id"] as? String }
    #expect(ids == expected.map { Fixtures.ids[$0] })
  }

  @Test(
    "what is misspelt is a usage error that says what was meant",
    arguments: [
      (["--cause", "conect_refused"], "did you mean 'connect_refused'?"), (["--who", "aplication"], "'application'"),
      (["--kind", "absorb"], "'absorbed'"), (["--since", "yesterday"], "--since takes an age"),
      (["--since", "1h", "--until", "2h"], "--since is not before --until"), (["--limit", "0"], "--limit takes 1 to"),
      (["--cause", "\u{1B}[2J"], #"'\x1b[2J'"#),
    ])
  func misspelt(arguments: [String], hint: String) async throws {
    for command in ["incidents", "problems"] {
      let run = try await CommandRun([command] + arguments)
      #expect(run.status == 2 && run.errors.contains(hint), "\(run.errors)")
    }
  }

  @Test("problems are told with the ID that explains them")
  func problems() async throws {
    let store = try StoreFixture.all()
    let run = try await store.run("problems")
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("sluice why --store \(store.path) \(Fixtures.ids[0])"))
    #expect(run.output.contains("3 problems, "))
    let json = try #require(try await store.run("problems", "--json", "--cause", "not_http").json as? [[String: Any]])
    #expect(json.count == 1 && (json[0]["key"] as? [String: Any])?["upstream"] as? String == "git")
  }
}

import Foundation
import TestSupport
import Testing

@testable import sluice

@Suite("sluice why")
struct WhyTests {
  @Test("an ID in any case, within a header line, a beginning of it, or the client's own ID finds the incident")
  func found() async throws {
    let store = try StoreFixture.all()
    let id = Fixtures.ids[0]
    for text in [id, id.lowercased(), "Sluice-Incident: \(id.lowercased())", String(id.prefix(25)), "abc-1"] {
      let run = try await store.run("why", text)
      #expect(run.status == 0, "\(text): \(run.errors)")
      let first = try #require(run.output.split(separator: "\n").first)
      #expect(first.contains("connect_refused"))
      #expect(run.output.contains("  ID           \(id)\n"))
      #expect(run.output.split(separator: "\n").allSatisfy { PlainText.width($0) <= 80 })
    }
  }

  @Test("--json has the shape of a diagnosis, and the incident")
  func json() async throws {
    let run = try await StoreFixture.all().run("why", Fixtures.ids[1], "--json")
    #expect(run.status == 0)
    let answer = try #require(run.json as? [String: Any])
    #expect(Set(answer.keys) == ["verdict", "candidates", "checks", "incident", "problem", "changes"])
    let verdict = try #require(answer["verdict"] as? [String: Any])
    #expect(Set(verdict.keys) == ["who", "cause", "sure", "sentence", "next"])
    let incident = try #require(answer["incident"] as? [String: Any])
    #expect((incident["record"] as? [String: Any])?["id"] as? String == Fixtures.ids[1])
  }

  @Test("an ID of which nothing was kept names the problems of its second")
  func notKept() async throws {
    let store = try StoreFixture.all()
    let id = String(Fixtures.ids[0].dropLast(2)) + "ZZ"
    let run = try await store.run("why", id)
    #expect(run.status == 1)
    #expect(run.output.hasPrefix("\(id) is of 2026-11-24 03:20:00.123 UTC"))
    #expect(run.output.contains("Problems of that second\n"))
    #expect(
      run.output.contains("connect_refused")
        && run.output.contains("sluice why --store \(store.path) \(Fixtures.ids[0])"))
    let json = try #require(try await store.run("why", id, "--json").json as? [String: Any])
    #expect(json["found"] as? Bool == false && json["reason"] as? String == "not_kept")
    #expect((json["problems"] as? [Any])?.count == 3)
  }

  @Test("another text is told what an ID is and where it is found")
  func unknown() async throws {
    let store = try StoreFixture.all()
    let run = try await store.run("why", "\u{1B}[2Jno/such/thing")
    #expect(run.status == 1)
    #expect(run.output.hasPrefix(#"no incident with the request ID '\x1b[2Jno/such/thing'"#))
    #expect(run.output.contains("An ID has 26 letters and digits") && run.output.contains("Sluice-Incident"))
    let empty = try await store.run("why", " ")
    #expect(empty.status == 2 && empty.errors.contains("An ID has 26 letters"))
    let two = try await store.run("why", Fixtures.ids.joined(separator: " "))
    #expect(two.status == 2 && two.errors.contains("holds 3 IDs"))
    #expect(try await store.run("why", String(Fixtures.ids[0].prefix(20))).status == 2)
  }

  @Test("where nothing was named, the way to name it is told")
  func elsewhere() async throws {
    let folder = try TemporaryFolder()
    let run = try await CommandRun(
      ["why", Fixtures.ids[0]], environment: ["STATE_DIRECTORY": folder.path], folder: folder.path)
    #expect(run.status == 3 && run.errors.contains("-c FILE"), "\(run.errors)")
  }

  @Test("a store that cannot be read is told with its place")
  func unreadable() async throws {
    let folder = try TemporaryFolder()
    let none = try await CommandRun(["why", Fixtures.ids[0], "--store", folder.file("none.sqlite")])
    #expect(none.status == 3 && none.errors.contains(folder.file("none.sqlite")))
    try Data("this is no database, whatever its name says\n".utf8).write(to: URL(fileURLWithPath: folder.file("a")))
    let foreign = try await CommandRun(["why", Fixtures.ids[0], "--store", folder.file("a")])
    #expect(foreign.status == 3 && foreign.errors.contains(folder.file("a")) && foreign.output.isEmpty)
  }
}

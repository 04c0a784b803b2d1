import Foundation
import SluiceConfiguration
import SluiceDiagnosis
import SluiceIncidents
import Testing

@testable import SluiceAdmin

@Suite("What is read at the admin address")
struct ReadingRoutesTests {
  private let open = AdminConfiguration(host: "127.0.0.1", port: 9180)

  private func get(_ target: String, store: String? = nil) async -> AdminAnswer {
    let parts = target.split(separator: "?", maxSplits: 1)
    var request = AdminRequest(method: "GET", path: String(parts[0]))
    request.query = parts.count > 1 ? String(parts[1]) : nil
    request.host = "127.0.0.1:9180"
    return await AdminSource.table(store: store).answer(request, open)
  }

  private func read<Document: Decodable>(_ answer: AdminAnswer, as type: Document.Type) throws -> Document {
    try #require(answer.status == 200, "\(String(decoding: answer.body, as: UTF8.self))")
    return try JSONDecoder().decode(type, from: Data(answer.body))
  }

  @Test("the status and the upstreams are what the source says")
  func state() async throws {
    let status = try read(await get("/api/v1/status"), as: StatusDocument.self)
    #expect(status == .sample)
    #expect(status.uptimeMs == 60_000)
    #expect(status.listeners.first?.certificates.first?.daysLeft == 20)
    let upstreams = try read(await get("/api/v1/upstreams"), as: UpstreamsDocument.self)
    #expect(upstreams.upstreams == [.sample])
    #expect(upstreams.upstreams.first?.available == 1)
  }

  @Test("problems: those that go on first, with verdict, rate and marks")
  func problems() async throws {
    let fixture = try StoreFixture()
    try IncidentStore.mark(
      Change(kind: .deploy, time: AdminSource.time - 60_000, text: "api v42", upstream: "api"), path: fixture.path)
    let document = try read(await get("/api/v1/problems", store: fixture.path), as: ProblemsDocument.self)
    try #require(document.problems.count == 2)
    let problem = document.problems[0]
    #expect(problem.cause == "connect_refused" && problem.state == .ongoing && problem.count == 3)
    #expect(
      problem.place
        == ProblemDocument.Place(
          route: "example.com/v1", upstream: "api", endpoint: "http://127.0.0.1:3001"))
    #expect(problem.rate.counts.count == 60 && problem.rate.counts.reduce(0, +) == 3)
    #expect(problem.rate.start == (AdminSource.time / 60_000 - 59) * 60_000)
    #expect(problem.verdict?.sentence.isEmpty == false)
    #expect(document.problems[1].state == .over)
    #expect(document.changes.map(\.text) == ["api v42"])
    #expect(document.next == nil)
    let one = try read(
      await get("/api/v1/problems/\(problem.number)", store: fixture.path), as: ProblemDocument.self)
    #expect(one == problem)
    #expect(await get("/api/v1/problems/99", store: fixture.path).status == 404)
    #expect(await get("/api/v1/problems/x", store: fixture.path).status == 404)
  }

  @Test(
    "problems by state, and page by page",
    arguments: [("ongoing", "connect_refused"), ("over", "response_header_timeout")])
  func problemPages(_ state: String, _ cause: String) async throws {
    let fixture = try StoreFixture()
    let only = try read(await get("/api/v1/problems?state=\(state)", store: fixture.path), as: ProblemsDocument.self)
    #expect(only.problems.map(\.cause) == [cause])
    var causes: [String] = []
    var next: String? = "/api/v1/problems?limit=1"
    while let target = next, causes.count < 5 {
      let page = try read(await get(target, store: fixture.path), as: ProblemsDocument.self)
      causes += page.problems.map(\.cause)
      next = page.next
    }
    #expect(causes == ["connect_refused", "response_header_timeout"])
  }

  @Test("incidents page by page: each once, the newest first")
  func incidentPages() async throws {
    let fixture = try StoreFixture(refused: 7)
    var ids: [String] = []
    var next: String? = "/api/v1/incidents?limit=3&since=2d"
    while let target = next, ids.count < 20 {
      let page = try read(await get(target, store: fixture.path), as: IncidentsDocument.self)
      #expect(page.incidents.count <= 3)
      ids += page.incidents.map(\.id)
      next = page.next
    }
    #expect(ids == fixture.ids.reversed())
  }

  @Test(
    "incidents by what they are",
    arguments: [
      ("cause=connect_refused", 3), ("cause=connect_refused&cause=response_header_timeout", 4), ("upstream=web", 1),
      ("status=504", 1), ("who=client", 0), ("kind=absorbed", 0), ("since=10m", 3), ("until=10m", 1), ("problem=2", 3),
      ("route=example.com%2Fv1", 4),
    ])
  func filters(_ query: String, _ count: Int) async throws {
    let fixture = try StoreFixture()
    let page = try read(await get("/api/v1/incidents?\(query)", store: fixture.path), as: IncidentsDocument.self)
    #expect(page.incidents.count == count)
  }

  @Test("an incident is explained in the shape of `why --json`")
  func incident() async throws {
    let fixture = try StoreFixture()
    let id = try #require(fixture.ids.last)
    for written in [id, id.lowercased()] {
      let answer = try read(await get("/api/v1/incidents/\(written)", store: fixture.path), as: WhyAnswer.self)
      #expect(answer.incident.record.id == id)
      #expect(answer.problem?.key.cause == "connect_refused")
      #expect(answer.candidates.first?.cause == answer.verdict.cause)
    }
  }

  @Test("an incident that is not there is told apart")
  func missing() async throws {
    let fixture = try StoreFixture()
    func reason(_ id: String) async throws -> MissingIncident {
      let answer = await get("/api/v1/incidents/\(id)", store: fixture.path)
      #expect(answer.status == 404 && answer.contentType == "application/problem+json")
      return try JSONDecoder().decode(MissingIncident.self, from: Data(answer.body))
    }
    #expect(try await reason("nonsense").reason == .unknown)
    let last = try #require(fixture.ids.last)
    let ambiguous = try await reason(String(last.prefix(5)))
    #expect(ambiguous.reason == .ambiguous && ambiguous.ids.count > 1)
    let other = try await reason(String(last.prefix(10)) + "0000000000000ABC")
    #expect(other.reason == .notKept && other.problems == [2])
  }

  @Test("the traffic of each window")
  func traffic() async throws {
    let document = try read(await get("/api/v1/traffic"), as: TrafficDocument.self)
    #expect(document.windows.map(\.upstreams.requests) == [100, 100, 107])
    #expect(document.windows.map(\.upstreams.gatewayFailures) == [5, 5, 5])
    #expect(document.upstreams.map(\.upstream) == ["api"])
    #expect(document.upstreams.first?.windows.last?.applicationFailures == 1)
    #expect(document.parts.map(\.requests) == [7, 100])
  }

  @Test("a stream of events is answered to GET only, and no more than a number of times")
  func events() async {
    let source = AdminSource.sample()
    let table = AdminTable(source, AdminPulse(source))
    var request = AdminRequest(method: "HEAD", path: "/api/v1/events")
    request.host = "127.0.0.1"
    let head = await table.answer(request, open)
    #expect(head.status == 200 && head.stream == nil && head.contentType == "text/event-stream")
    request.method = "GET"
    var streams: [AdminAnswer] = []
    for _ in 0..<EventHub.listenersMax { streams.append(await table.answer(request, open)) }
    #expect(streams.allSatisfy { $0.status == 200 && $0.stream != nil })
    #expect(await table.answer(request, open).status == 503)
  }

  @Test("without a store, and with one that cannot be read, it is said")
  func noStore() async {
    let off = await get("/api/v1/problems")
    #expect(off.status == 503 && String(decoding: off.body, as: UTF8.self).contains("store: off"))
    let gone = await get("/api/v1/incidents", store: "/nowhere/incidents.sqlite")
    #expect(gone.status == 503 && String(decoding: gone.body, as: UTF8.self).contains("cannot be read"))
  }

  @Test(
    "a wrong query is refused",
    arguments: [
      ("/api/v1/incidents?limt=3", 400), ("/api/v1/incidents?since=1h&until=2h", 422), ("/api/v1/status?x=1", 400),
      ("/api/v1/problems?after=nonsense", 422), ("/api/v1/problems?limit=0", 400),
    ])
  func wrong(_ target: String, _ status: Int) async throws {
    let fixture = try StoreFixture(refused: 1)
    #expect(await get(target, store: fixture.path).status == status)
  }
}

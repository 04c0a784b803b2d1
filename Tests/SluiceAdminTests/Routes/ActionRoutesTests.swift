import Foundation
import SluiceConfiguration
import SluiceDiagnosis
import SluiceIncidents
import Testing

@testable import SluiceAdmin

@Suite("What is done at the admin address")
struct ActionRoutesTests {
  private let open = AdminConfiguration(host: "127.0.0.1", port: 9180)
  private let noted = Noted()

  private func post(_ path: String, _ body: String = "{}", store: String? = nil) async -> AdminAnswer {
    await AdminSource.table(noted, store: store).answer(request(path, body), open)
  }

  private func request(_ path: String, _ body: String = "{}") -> AdminRequest {
    var request = AdminRequest(method: "POST", path: path)
    request.host = "127.0.0.1:9180"
    request.contentType = "application/json"
    request.body = Array(body.utf8)
    return request
  }

  @Test("an endpoint is drained and taken back, by its URL as one segment", arguments: [true, false])
  func drain(_ isDraining: Bool) async throws {
    let path = "/api/v1/upstreams/api/endpoints/http:%2F%2F127.0.0.1:3000/"
    let answer = await post(path + (isDraining ? "drain" : "undrain"))
    #expect(answer.status == 200)
    let document = try JSONDecoder().decode(EndpointDocument.self, from: Data(answer.body))
    #expect(document.state == (isDraining ? .draining : .healthy))
    #expect(noted.drains.withLock { $0 } == ["api http://127.0.0.1:3000 \(isDraining)"])
  }

  @Test(
    "what is not there is told, with what was probably meant",
    arguments: [
      ("/api/v1/upstreams/apy/endpoints/x/drain", "no upstream 'apy'; did you mean 'api'?"),
      (
        "/api/v1/upstreams/api/endpoints/http:%2F%2F127.0.0.1:3002/drain",
        "no endpoint 'http://127.0.0.1:3002'; did you mean 'http://127.0.0.1:3000'?"
      ),
    ])
  func missing(_ path: String, _ said: String) async {
    let answer = await post(path)
    #expect(answer.status == 404)
    #expect(String(decoding: answer.body, as: UTF8.self).contains(said))
    #expect(noted.drains.withLock { $0.isEmpty })
  }

  @Test("a body that is not {} is refused", arguments: ["", "[]", "null", "1", #"{"force": true}"#, "{"])
  func bodies(_ body: String) async {
    #expect(await post("/api/v1/upstreams/api/endpoints/http:%2F%2F127.0.0.1:3000/drain", body).status == 400)
    #expect(await post("/api/v1/upstreams/api/examine", body).status == 400)
    #expect(noted.drains.withLock { $0.isEmpty } && noted.moments.withLock { $0.isEmpty })
  }

  @Test("an incident's upstream is examined around its time")
  func examine() async throws {
    let fixture = try StoreFixture()
    let answer = await post("/api/v1/incidents/\(fixture.ids[3])/examine", store: fixture.path)
    #expect(answer.status == 200)
    _ = try JSONDecoder().decode(DoctorAnswer.self, from: Data(answer.body))
    #expect(noted.moments.withLock { $0 } == [AdminSource.time - 1_000])
    // Its upstream is no longer configured.
    #expect(await post("/api/v1/incidents/\(fixture.ids[0])/examine", store: fixture.path).status == 422)
    #expect(await post("/api/v1/incidents/nonsense/examine", store: fixture.path).status == 404)
    #expect(await post("/api/v1/upstreams/api/examine").status == 200)
    #expect(noted.moments.withLock { $0 } == [AdminSource.time - 1_000, nil])
  }

  @Test("one examination at a time", .timeLimit(.minutes(1)))
  func turns() async {
    noted.holdsExamination.withLock { $0 = true }
    let table = AdminSource.table(noted)
    let (first, open) = (request("/api/v1/upstreams/api/examine"), open)
    async let answer = table.answer(first, open)
    while noted.moments.withLock({ $0.isEmpty }) { await Task.yield() }
    let second = await table.answer(first, open)
    #expect(second.status == 429 && second.fields == [.init(name: "Retry-After", value: "5")])
    noted.holdsExamination.withLock { $0 = false }
    #expect(await answer.status == 200)
    #expect(await table.answer(first, open).status == 200)
  }
}

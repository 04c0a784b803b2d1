import Foundation
import SluiceAdmin
import SluiceDiagnosis
import TestSupport
import Testing

extension Integration {
  /// The admin address of a running gateway.
  @Suite(.timeLimit(.minutes(2))) struct AdminAPITests {
    @Test("a drained endpoint gets no new request, in no worker, also after a reload; taken back it does")
    func drain() async throws {
      let origins = try OriginGroup(2)
      defer { origins.stopAll() }
      try await withAdmin(upstreams: "{ app: { endpoints: [\(origins.urls)], slowStart: 0s } }") { run in
        let endpoint = "/api/v1/upstreams/app/endpoints/http:%2F%2F127.0.0.1:\(origins.ports[0])"
        #expect(try await used(run) == ["0", "1"])
        let drained = try await run.post(endpoint + "/drain")
        #expect(drained.status == 200 && drained.bodyText.contains(#""state":"draining""#))
        #expect(try await used(run) == ["1"])
        try await run.reload()
        #expect(try await used(run) == ["1"])
        let document = try await run.read("/api/v1/upstreams", as: UpstreamsDocument.self)
        #expect(document.upstreams.first?.endpoints.map(\.state) == [.draining, .healthy])
        #expect(document.upstreams.first?.available == 1)
        #expect(try await run.post(endpoint + "/undrain").status == 200)
        #expect(try await used(run) == ["0", "1"])
        let changes = try await run.read("/api/v1/deploys", as: DeploysDocument.self).changes
        #expect(changes.count { $0.kind == .drain } == 2)
      }
    }

    /// Which origins answer to sixty requests on connections of their own, which both workers accept.
    private func used(_ run: AdminRun) async throws -> Set<String> {
      var answers: Set<String> = []
      for _ in 0..<60 {
        let response = try await run.get("/")
        #expect(response.status == 200)
        answers.insert(response.bodyText)
      }
      return answers
    }

    @Test("a failure is a problem, its incident is explained, and the doctor is run from it")
    func failure() async throws {
      let origins = try OriginGroup(1)
      defer { origins.stopAll() }
      origins.stop(0)
      try await withAdmin(upstreams: "{ app: { endpoints: [\(origins.urls)], retry: { attempts: 1 } } }") { run in
        let failed = try await run.get("/orders")
        #expect(failed.status == 502)
        let id = try #require(failed["sluice-incident"])
        let isStored = try await eventually(within: 10) { try await run.ask("/api/v1/incidents/\(id)").status == 200 }
        try #require(isStored)
        let why = try await run.read("/api/v1/incidents/\(id)", as: WhyAnswer.self)
        #expect(why.incident.record.path == "/orders" && why.verdict.sentence.contains("127.0.0.1"))
        let problems = try await run.read("/api/v1/problems", as: ProblemsDocument.self).problems
        #expect(problems.map(\.cause) == ["connect_refused"] && problems.first?.example == id)
        #expect(problems.first?.rate.counts.last == 1 || problems.first?.rate.counts.dropLast().last == 1)
        let examined = try await run.post("/api/v1/incidents/\(id)/examine")
        try #require(examined.status == 200, "\(examined.bodyText)")
        let doctor = try JSONDecoder().decode(DoctorAnswer.self, from: Data(examined.bodyText.utf8))
        #expect(!doctor.isHealthy && doctor.endpoints.map(\.endpoint) == [origins.url(0)])
        let traffic = try await run.read("/api/v1/traffic", as: TrafficDocument.self)
        #expect(traffic.windows.first?.statuses["502"] == 1 && traffic.windows.first?.causes["connect_refused"] == 1)
        let status = try await run.read("/api/v1/status", as: StatusDocument.self)
        #expect(status.workers == 2 && status.store.state == .working && status.store.problems == 1)
        #expect(status.counts.exchangesTotal == 1 && status.listeners.first?.port == run.port)
        #expect((status.process.memoryBytes ?? 0) > 1 << 20 && (status.process.descriptors ?? 0) > 3)
      }
    }

    @Test("events come as they happen, and HEAD has no body")
    func events() async throws {
      let origins = try OriginGroup(1)
      defer { origins.stopAll() }
      try await withAdmin(upstreams: "{ app: { endpoints: [\(origins.urls)], retry: { attempts: 1 } } }") { run in
        let head = try await run.ask("/api/v1/status", "HEAD")
        #expect(head.status == 200 && head.bodyText.isEmpty && (head["content-length"].flatMap { Int($0) } ?? 0) > 100)
        let port = run.adminPort
        let client = try await blocking { UncheckedBox(try RawClient(port: port)) }
        try await blocking {
          client.value.send(Array("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8))
        }
        func waitFor(_ text: String) async throws -> String {
          let bytes = try await blocking { client.value.readThrough(Array(text.utf8)) }
          return String(decoding: try #require(bytes, "no '\(text)' came"), as: UTF8.self)
        }
        let first = try await waitFor("event: upstreams")
        #expect(first.contains("200 OK") && first.lowercased().contains("content-type: text/event-stream"))
        #expect(first.contains("event: status") && first.lowercased().contains("cache-control: no-store"))
        _ = try await waitFor("event: traffic")
        origins.stop(0)
        #expect(try await run.get("/").status == 502)
        _ = try await waitFor("event: problem")
        #expect(try await waitFor("connect_refused").contains(#""absorbed":0"#))
        // Whoever listens does not hold up the end.
        await run.process.stop()
        #expect(run.process.status == 0)
      }
    }
  }
}

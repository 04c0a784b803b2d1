import Foundation
import SluiceDiagnosis
import SluiceIncidents
import TestSupport
import Testing

extension Integration {
  /// What was planted as a secret is in no file that the gateway writes, and nothing internal reaches a stranger.
  @Suite struct SecretTests {
    /// Each is looked for by itself, so that a test that fails says where it leaked.
    private static let planted = [
      "planted-authorization", "planted-cookie", "planted-proxy-authorization", "planted-api-key", "planted-token",
      "planted-set-cookie", "planted-answer-key", "planted-beyond-the-cap",
    ]

    private static let request = """
      POST /orders?token=planted-token&page=2 HTTP/1.1\r
      Host: shop.test\r
      Authorization: Bearer planted-authorization\r
      Proxy-Authorization: Basic planted-proxy-authorization\r
      Cookie: session=planted-cookie\r
      X-Api-Key: planted-api-key\r
      Content-Length: 0\r
      X-Request-ID: planting\r

      """

    /// A head that is refused, with secrets before and after its mistake, and far more than is kept.
    private static let answer = Array(
      ("HTTP/1.1 200 OK\r\nSet-Cookie: id=planted-set-cookie\r\nX-Api-Key: planted-answer-key\r\nBad Field: 1\r\n\r\n"
        + String(repeating: "x", count: 600) + "planted-beyond-the-cap").utf8)

    @Test func nothingSecretIsKept() async throws {
      let run = try IncidentRun()
      defer { run.remove() }
      let origin = try RecordingOrigin { _ in Self.answer }
      defer { origin.stop() }
      let log = run.folder.appendingPathComponent("access.log").path
      let yaml = """
        listeners: [{ address: '127.0.0.1:0' }]
        upstreams: { shop: { endpoints: ['http://127.0.0.1:\(origin.port)'] } }
        secretHeaders: [X-Api-Key]
        accessLog: { path: '\(log)' }
        """
      let id = try await run.gateway(yaml) { gateway in
        let response = try await gateway.exchange(Self.request + "\r\n")
        #expect(response.status == 502)
        return try #require(response["sluice-incident"])
      }
      #expect(String(decoding: origin.received, as: UTF8.self).contains("planted-authorization"), "nothing was planted")
      let incident = try run.incident(id)
      let bytes = try #require(incident.evidence?.firstBytes)
      #expect(bytes.text.contains("Set-Cookie: ") && bytes.text.contains("Bad Field: 1"))
      #expect(bytes.count == FirstBytes.countMax && bytes.isCut)
      #expect(incident.record.query == "token&page")
      let page = try await CommandRun(["why", id, "--store", run.store])
      // The page breaks its lines between words.
      #expect(page.output.contains("Field:") && page.output.contains("Set-Cookie:"))
      for secret in Self.planted {
        for file in try run.bytes() {
          #expect(file.bytes.range(of: Data(secret.utf8)) == nil, "\(secret) stands in \(file.name)")
        }
        #expect(!page.output.contains(secret), "\(secret) is told by why")
      }
    }

    @Test(arguments: ["text/plain", "text/html", "application/problem+json"])
    func nothingInternalReachesAStranger(accept: String) async throws {
      let run = try IncidentRun()
      defer { run.remove() }
      let origin = try RecordingOrigin { _ in Self.answer }
      defer { origin.stop() }
      let yaml = """
        listeners: [{ address: '127.0.0.1:0' }]
        routes: [{ name: hidden-route, upstream: hidden-upstream }]
        upstreams: { hidden-upstream: { endpoints: ['http://127.0.0.1:\(origin.port)'] } }
        trusted: { detail: [192.0.2.1] }
        """
      try await run.gateway(yaml) { gateway in
        let response = try await gateway.get("/", "Accept: \(accept)")
        #expect(response.status == 502 && response["content-type"]?.hasPrefix(accept) == true)
        let seen = String(decoding: response.head + response.body, as: UTF8.self)
        let incident = try #require(response["sluice-incident"])
        #expect(seen.contains(incident))
        let internals = [
          "127.0.0.1", ":\(origin.port)", "hidden", "Bad Field", "planted", "Set-Cookie", "xxxx", "errno",
        ]
        for text in internals { #expect(!seen.contains(text), "a stranger sees \(text) in \(seen)") }
      }
    }
  }
}

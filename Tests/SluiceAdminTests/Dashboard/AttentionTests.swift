import SluiceIncidents
import Testing

@testable import SluiceAdmin

@Suite("What is worth a look beside problems")
struct AttentionTests {
  private func sentences(_ status: StatusDocument, _ upstreams: [UpstreamDocument] = []) -> [String] {
    Attention.all(status, upstreams).map { "\($0.tone): \($0.sentence)" }
  }

  @Test("a reload that was refused, and a certificate that ends soon")
  func gateway() {
    #expect(
      sentences(.sample) == [
        "warning: The last reload was refused 1 s ago (sluice.yaml has mistakes); generation 2 goes on.",
        "warning: The certificate CN=example.com of listener 127.0.0.1:8443 ends in 20 days.",
      ])
  }

  @Test("a certificate is told by the days that it has left", arguments: [(30, 0), (20, 1), (2, 1), (-1, 1)])
  func certificates(_ days: Int64, _ count: Int) throws {
    var status = StatusDocument.sample
    status.reload = nil
    status.listeners[0].certificates[0].daysLeft = days
    let found = Attention.all(status, [])
    #expect(found.count == count)
    #expect(found.first.map { $0.tone == (days < 3 ? .bad : .warning) } ?? true)
  }

  @Test("an upstream without an available endpoint stands before all else")
  func upstreams() {
    var upstream = UpstreamDocument.sample
    #expect(sentences(.sample, [upstream]).contains("warning: 1 of 2 endpoints of api is left out."))
    upstream.isPanicMode = true
    #expect(
      sentences(.sample, [upstream]).first
        == "bad: No endpoint of api is available: all that do not drain are used.")
  }

  @Test("what was dropped, a store that fails, a gateway that drains")
  func losses() {
    var status = StatusDocument.sample
    (status.reload, status.listeners, status.isDraining) = (nil, [], true)
    status.drops = DropsDocument(logLines: 1200, incidents: 0, alerts: 1)
    status.store.state = .failing
    #expect(
      sentences(status) == [
        "bad: Incidents cannot be stored; the gateway's log says why.",
        "warning: The gateway drains: it accepts nothing new and will end.",
        "warning: 1,200 lines of logs dropped since the start: a queue was full.",
        "warning: 1 alert to webhooks dropped since the start: too many waited, or for more than an hour.",
      ])
  }
}

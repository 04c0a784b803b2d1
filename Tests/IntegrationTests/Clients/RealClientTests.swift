import TestSupport
import Testing

extension Integration {
  /// Clients that others wrote, in front of an application of another language: every byte arrives, nothing hangs, and
  /// the gateway keeps nothing of it.
  @Suite struct RealClientTests {
    static let meetings: [Meeting] = [
      Meeting(client: .curl, version: .h1, origin: .http1, hasLargeBodies: true),
      Meeting(client: .curl, version: .h2, origin: .http1, hasLargeBodies: true),
      Meeting(client: .curl, version: .h2c, origin: .http1),
      Meeting(client: .curl, version: .h1, origin: .h2c, hasLargeBodies: true),
      Meeting(client: .node, version: .h2, origin: .http1, hasLargeBodies: true),
      Meeting(client: .node, version: .h2c, origin: .http1),
      Meeting(client: .node, version: .h2, origin: .h2c, hasLargeBodies: true),
      Meeting(client: .httpx, version: .h1, origin: .h2c),
      Meeting(client: .httpx, version: .h2, origin: .http1, hasLargeBodies: true),
      Meeting(client: .httpx, version: .h2, origin: .h2c),
      Meeting(client: .java, version: .h1, origin: .h2c),
      Meeting(client: .java, version: .h2, origin: .http1, hasLargeBodies: true),
      Meeting(client: .java, version: .h2, origin: .h2c),
      Meeting(client: .java, version: .upgrade, origin: .http1),
      Meeting(client: .h2load, version: .h1, origin: .h2c),
      Meeting(client: .h2load, version: .h2, origin: .http1),
      Meeting(client: .h2load, version: .h2c, origin: .http1),
      Meeting(client: .h2load, version: .h2, origin: .h2c),
      // And with TLS behind the gateway, too.
      Meeting(client: .curl, version: .h1, origin: .h2),
      Meeting(client: .node, version: .h2, origin: .h2, hasLargeBodies: true),
      Meeting(client: .java, version: .h2, origin: .h2),
      Meeting(client: .h2load, version: .h2, origin: .h2),
    ]

    @Test(.timeLimit(.minutes(3)), arguments: meetings)
    func everyCaseIsAsGoodAsAtTheApplicationItself(_ meeting: Meeting) async throws {
      try await withPlace(
        ("origin.mjs", [meeting.origin.rawValue]), meeting.upstream, downstream: meeting.downstream,
        upstream: meeting.origin == .http1 ? "" : "protocol: http2"
      ) { place in
        try await ClientProgram.expectGood(meeting.command(place), cases: meeting.cases, in: place.folder)
        await place.gateway.expectQuiet()
      }
    }
  }
}

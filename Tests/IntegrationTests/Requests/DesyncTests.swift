import Foundation
import TestSupport
import Testing

extension Integration {
  /// Requests that two servers may divide differently: refused, or forwarded in one framing that every reader finds.
  @Suite struct DesyncTests {
    /// Rules by which a request is refused that the corpus calls Compliant: why we are stricter.
    private static let stricter: [String: String] = [
      "transfer_coding_unknown": "RFC 9112 6.1: a coding that is not understood is answered 501",
      "transfer_coding_syntax": "RFC 9112 7.1: chunked has no parameters",
      "target_character": "RFC 9112 3.2: a fragment or a character beyond ASCII is no part of a target",
      "start_line_syntax": "RFC 9112 3: a request line has a target",
      "path_escape": "RFC 3986 2.1: a percent sign without two digits is read in more ways than one",
      "path_above_root": "DECISIONS 26: dot segments above the root are read in more ways than one",
      "path_encoded_slash": "DECISIONS 26: %2F is read in more ways than one",
      "path_backslash": "DECISIONS 26: a backslash is read in more ways than one",
    ]

    @Test(.enabled(if: Corpus.folder != nil, "\(Corpus.missing)"), .timeLimit(.minutes(2)))
    func whatReachesTheOriginHasOneReading() async throws {
      let cases = try Corpus.files("desync", extension: "yaml").flatMap(DesyncCase.read)
      #expect(cases.count > 80)
      try await withGatewayAndOrigin(listener: "timeouts: { bodyIdle: 150ms, head: 300ms }") { gateway, origin in
        for example in cases {
          origin.clear()
          let before = try gateway.log.records().count
          let response = try await gateway.exchange(example.message + Self.rest)
          // What stands behind the head may make records of its own; the next case begins after them.
          let isQuiet = try await eventually {
            let counts = await gateway.gateway.counts()
            return try counts.exchanges == 0 && counts.downstreamConnections == 0
              && gateway.log.records().count == Int(counts.recorded)
          }
          #expect(isQuiet, "\(example.name)")
          let records = try gateway.log.records()
          #expect(records.count > before, "\(example.name): no record")
          compare(example, response, rule: records.dropFirst(before).first?.rule, received: origin.connections)
        }
      }
    }

    /// What a smuggler would put behind a head: the end of a chunked body, and a request that nobody must see.
    private static let rest = Array("0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: evil\r\n\r\n".utf8)

    private func compare(_ example: DesyncCase, _ response: RawResponse, rule: String?, received: [[UInt8]]) {
      let name = example.name
      if example.tier == "Compliant", response.status >= 400, response.status != 408 {
        let reason = rule.flatMap { Self.stricter[$0] }
        #expect(reason != nil, "\(name) is Compliant and was refused: \(response.status) \(rule ?? "")")
      }
      #expect(response.status != 0, "\(name): no answer")
      // Whatever reached the origin is a row of whole messages, but for the last where the client stopped sending.
      for connection in received { checkRow(of: connection, name) }
    }

    private func checkRow(of bytes: [UInt8], _ name: String) {
      var rest = bytes
      while !rest.isEmpty {
        guard let end = rest.offset(of: [0x0D, 0x0A, 0x0D, 0x0A]) else {
          Issue.record("\(name): the origin received half a head: \(text(rest))")
          return
        }
        let problem = CanonicalHead.problem(Array(rest[..<(end + 4)]))
        #expect(problem == nil, "\(name): \(problem ?? "") in \(text(rest[..<end]))")
        if problem != nil { return }
        guard let message = RecordingOrigin.message(rest) else { return }
        rest.removeFirst(message.length)
      }
    }
  }
}

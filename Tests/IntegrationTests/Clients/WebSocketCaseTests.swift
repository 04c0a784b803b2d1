import Foundation
import TestSupport
import Testing

extension Integration {
  /// The case suite of kosoku, which is Autobahn's: the gateway must change no verdict on the server behind it.
  @Suite struct WebSocketCaseTests {
    private struct Verdict: Decodable, Hashable, Sendable {
      var `case`: String
      var behavior: String
      var close: String
      var code: Int?
    }

    /// Without most of the cases for speed and compression, which send up to 16 MiB a thousand times.
    private static let quick = ["9.*", "12.*", "13.*"].flatMap { ["--exclude", $0] }
    private static let costly =
      ["9.1.3", "9.2.3", "9.5.1", "9.7.1", "12.1.1", "12.1.5", "13.1.1", "13.7.3"].flatMap { ["--include", $0] }

    @Test(.timeLimit(.minutes(3)), arguments: [Place.Transport.plain, .secure])
    func noVerdictChangesBehindTheGateway(_ downstream: Place.Transport) async throws {
      try await withPlace(("websocket_server.py", []), downstream: downstream) { place in
        let through = place.url.replacing("http", with: "ws", maxReplacements: 1)
        for cases in [Self.quick, Self.costly] {
          let straight = try await Self.verdicts(["ws://\(place.straight)"] + cases, in: place.folder)
          let verdicts = try await Self.verdicts([through] + place.trustArguments + cases, in: place.folder)
          try await Self.expectSame(straight, verdicts) {
            (
              try await Self.verdicts(["ws://\(place.straight)"] + $0, in: place.folder),
              try await Self.verdicts([through] + place.trustArguments + $0, in: place.folder)
            )
          }
        }
        await place.gateway.expectQuiet()
      }
    }

    /// The same with each connection as a stream of one HTTP/2 connection (RFC 8441).
    @Test(.timeLimit(.minutes(3)))
    func noVerdictChangesOverHTTP2() async throws {
      try await withPlace(("websocket_server.py", []), downstream: .secure) { place in
        let port = try listenPort()
        let bridge = try RunningProcess(
          ClientProgram.command(ClientProgram.script("extended_connect.mjs"))
            + ["\(port)", place.url, place.trust ?? ""], in: place.folder)
        try await bridge.listens(on: port)
        let straight = try await Self.verdicts(["ws://\(place.straight)"] + Self.quick, in: place.folder)
        let verdicts = try await Self.verdicts(["ws://localhost:\(port)"] + Self.quick, in: place.folder)
        try await Self.expectSame(straight, verdicts) {
          (
            try await Self.verdicts(["ws://\(place.straight)"] + $0, in: place.folder),
            try await Self.verdicts(["ws://localhost:\(port)"] + $0, in: place.folder)
          )
        }
        await bridge.stop()
        await place.gateway.expectQuiet()
      }
    }

    private static func verdicts(_ arguments: [String], in folder: TestFolder) async throws -> [Verdict] {
      let command = ClientProgram.command(ClientProgram.script("kosoku_client.py")) + arguments
      return try await ClientProgram.lines(command, within: 60, as: Verdict.self, in: folder)
    }

    /// What a case that differs may be asked again.
    private static let turnsMax = 5

    /// Where a good and a bad message come in one packet, the library under test answers the good one or not: which, is
    /// its own affair and differs from turn to turn, with the gateway and without it. So a case that differs is asked
    /// again on both ways, and is changed by the gateway where none of its verdicts was ever given without it.
    private static func expectSame(
      _ straight: [Verdict], _ through: [Verdict], again: ([String]) async throws -> ([Verdict], [Verdict])
    ) async throws {
      #expect(straight.count > 5 && straight.count == through.count)
      // A suite in which everything fails would be the same on both ways.
      #expect(straight.count { $0.behavior == "OK" } * 10 > straight.count * 8)
      var known = Set(straight)
      var strange = through.filter { !known.contains($0) }
      for _ in 0..<turnsMax where !strange.isEmpty {
        let (moreStraight, moreThrough) = try await again(strange.flatMap { ["--include", $0.case] })
        known.formUnion(moreStraight)
        strange = moreThrough.filter { !known.contains($0) }
      }
      for verdict in strange {
        Issue.record("\(verdict) instead of \(known.filter { $0.case == verdict.case })")
      }
    }
  }
}
